"""Joining a workshop: the code from the screen, then one's name. No account, no script, nothing to install."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from html import escape

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from ii_vendor.errors import UserError
from ii_vendor.evaluations import BallotGiven
from ii_vendor.evaluations.gathering import CODE_LENGTH, MOST_LETTERS, new_secret
from ii_vendor.model.actor import NOBODY, Actor
from ii_vendor.model.seat import Discipline, Evaluator
from ii_vendor.routes import process
from ii_vendor.routes.plain import go_on
from ii_vendor.routes.sharing import sharing
from ii_vendor.routes.site import PAUSE
from ii_vendor.routes.visitors import seat_held
from ii_vendor.store import DatabaseTrouble
from ii_vendor.workshop.body import form_of
from ii_vendor.workshop.page import asset, still_page
from ii_vendor.workshop.who import BALLOT, ballot_of, from_here, with_secret

STYLE = asset("ballot.css")
ANOTHER_SITE = "Another site pressed this button. Open the address on the screen itself."


async def look(request: Request) -> Response:
    """``GET /join`` asks for the code, ``GET /join/{code}`` for the name of whoever came with it."""
    code = request.path_params.get("code") or request.query_params.get("code", "")
    if not code:
        return _page("Join the workshop", _ask_for_code())
    return await _names(request, code, "", other="other" in request.query_params)


async def join(request: Request) -> Response:
    """``POST /join``: takes the seat and goes on to the ballot, or says why not."""
    if not from_here(request):
        return _page("Not joined", f"<h1>Not joined</h1><p>{ANOTHER_SITE}</p>", status=403)
    said = await form_of(request)
    code, name = said.get("code", ""), said.get("name", "")
    try:
        evaluation, given = await run_in_threadpool(_joined, request.cookies, code, name, said.get("discipline", ""))
    except DatabaseTrouble:
        raise
    except UserError as refusal:
        return await _names(request, code, str(refusal), other=True)
    return with_secret(go_on(f"/ballot/{evaluation}"), evaluation, given.secret)


def _joined(cookies: Mapping[str, str], code: str, name: str, discipline: str) -> tuple[str, BallotGiven]:
    service = process.service(NOBODY)
    evaluation = service.workshop_by_code(code)
    known = {each.value: each for each in Discipline}
    asked, secret = known.get(discipline, Discipline.observer), cookies.get(BALLOT + evaluation, "")
    holder = ballot_of(cookies, evaluation)
    # A phone whose holder says to be somebody else gets another ballot.
    same = holder is None or holder.name.casefold() == " ".join(name.split()).casefold()
    own = secret if same else ""
    return evaluation, service.join(evaluation, code, name, asked, secret=own)


async def _names(request: Request, code: str, refusal: str, *, other: bool) -> Response:
    """The names to choose from, for whoever has the right code."""
    try:
        evaluation, name, seats, guests = await run_in_threadpool(_behind, code)
    except DatabaseTrouble:
        raise
    except UserError as unknown:
        # Whoever guesses waits; nobody in the room notices.
        await asyncio.sleep(PAUSE)
        return _page("Join the workshop", _ask_for_code(str(unknown), code), status=403)
    held = None if other else await run_in_threadpool(_held, request.cookies, evaluation)
    if held:
        return _page("Join the workshop", _go_on(name, held.name, evaluation, code))
    body = _ask_for_name(name, code, seats, refusal, guests=guests)
    page = _page("Join the workshop", body, status=409 if refusal else 200)
    # Known before it joins, a phone that never hears that it has joined can ask again.
    known = BALLOT + evaluation in request.cookies
    return page if known or refusal else with_secret(page, evaluation, new_secret())


def _held(cookies: Mapping[str, str], evaluation: str) -> Actor | None:
    """Whose ballot this phone has, or whose seat by a personal link; None for nobody's."""
    return ballot_of(cookies, evaluation) or (seat_held(cookies, evaluation) if sharing().shared else None)


def _behind(code: str) -> tuple[str, str, tuple[Evaluator, ...], bool]:
    """What the code opens: the evaluation's id and name, the seats that are free, and whether guests may join."""
    service = process.service(NOBODY)
    evaluation = service.workshop_by_code(code)
    name = process.record().evaluation(evaluation).name
    return evaluation, name, service.seats_to_join(evaluation, code), service.guests_may_join(evaluation, code)


def _ask_for_code(refusal: str = "", code: str = "") -> str:
    return (
        f"<h1>Join the workshop</h1>{_refused(refusal)}"
        '<form action="/join"><label class="field" for="code">The code on the screen</label>'
        f'<input id="code" name="code" class="code" value="{escape(code)}" required autocomplete="off" '
        f'autocapitalize="characters" autocorrect="off" spellcheck="false" maxlength="{CODE_LENGTH + 4}">'
        '<button class="main">Go on</button></form>'
    )


def _ask_for_name(evaluation: str, code: str, seats: tuple[Evaluator, ...], refusal: str, *, guests: bool) -> str:
    hidden = f'<input type="hidden" name="code" value="{escape(code)}">'
    buttons = "".join(
        f'<li><button name="name" value="{escape(seat.name)}"><b>{escape(seat.name)}</b> '
        f"<span>{escape(seat.discipline.value)}</span></button></li>"
        for seat in seats
    )
    free = (
        f'<form action="/join" method="post">{hidden}<ul class="seats">{buttons}</ul></form>'
        if seats
        else "<p>Every seat of the panel has been joined with.</p>"
    )
    return (
        f'<p class="quiet">{escape(evaluation)}</p><h1>Who are you?</h1>{_refused(refusal)}{free}'
        f'<form action="/join" method="post">{hidden}<h2>{"New here" if guests else "Not in the list"}?</h2>'
        f'<label class="field" for="name">Your name</label>'
        f'<input id="name" name="name" required maxlength="{MOST_LETTERS}" autocomplete="name">'
        f'{_disciplines() if guests else ""}<button class="main">Join</button></form>'
        '<p class="quiet">Your name, your votes and your reasons stand in the record of the evaluation.</p>'
    )


def _disciplines() -> str:
    guests = (each for each in Discipline if not each.chairs)
    options = "".join(f'<option value="{each.value}">{escape(each.value)}</option>' for each in guests)
    return (
        '<label class="field" for="discipline">What you answer for</label>'
        f'<select id="discipline" name="discipline">{options}</select>'
    )


def _go_on(evaluation: str, name: str, key: str, code: str) -> str:
    return (
        f'<p class="quiet">{escape(evaluation)}</p><h1>You are {escape(name)}</h1>'
        f'<form action="/ballot/{escape(key)}" method="post"><input type="hidden" name="do" value="enter">'
        '<button class="main">Go on</button></form>'
        f'<p><a href="/join/{escape(code)}?other">I am somebody else</a></p>'
    )


def _refused(refusal: str) -> str:
    return f'<p class="refused" role="alert">{escape(refusal)}</p>' if refusal else ""


def _page(title: str, body: str, *, status: int = 200) -> Response:
    return still_page(title, body, style=STYLE, kind="joining", status=status)
