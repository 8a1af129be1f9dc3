"""The ballot: a small plain page on a phone, that votes, and says what is at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ii_vendor.errors import UserError
from ii_vendor.evaluations import Refused
from ii_vendor.model.actor import Actor
from ii_vendor.model.workshop import Choice
from ii_vendor.routes import process
from ii_vendor.routes.plain import go_on
from ii_vendor.rules.seats import own_seat
from ii_vendor.rules.workshop import leads
from ii_vendor.store import DatabaseTrouble, NoSuchEvaluation
from ii_vendor.workshop import stream as pushing
from ii_vendor.workshop.ballot_interests import conflicts_said
from ii_vendor.workshop.ballot_parts import LAYOUT, ballot_shown
from ii_vendor.workshop.body import form_of, json_of
from ii_vendor.workshop.hub import hub_of
from ii_vendor.workshop.joining import ANOTHER_SITE, STYLE
from ii_vendor.workshop.live import Live
from ii_vendor.workshop.page import asset, page, still_page
from ii_vendor.workshop.stream import Shown
from ii_vendor.workshop.who import from_here, holders

SCRIPT = asset("ballot.js")
NOTHING: Mapping[str, Any] = {"do": "nothing"}
OUT_OF_DATE = "This page is out of date. Load it anew."
JOIN_FIRST = (
    "<h1>Join first</h1><p>This phone has no ballot here. Scan the code on the screen, or type it.</p>"
    '<p><a class="main" href="/join">Type the code</a></p>'
)
NOT_YET = (
    "<h1>No workshop is open</h1><p>Once one is, come back here, or scan the code on the screen.</p>"
    '<p><a class="main" href="">Load anew</a></p>'
)
OVER = (
    "<h1>The workshop is over</h1><p>Thank you. Your votes and your reasons stand in the record of the evaluation, and "
    "in the minutes.</p>"
)


async def show(request: Request) -> Response:
    """``GET /ballot/{evaluation}``."""
    return await _page(request)


async def _page(request: Request, refusal: str = "") -> Response:
    evaluation = request.path_params["evaluation"]
    held = await run_in_threadpool(holders, request)
    try:
        async with hub_of(evaluation) as hub:
            live = await hub.look()
            shown = _drawn(held, live)
            over = live.workshop is None and bool(live.whole.workshops)
    except NoSuchEvaluation:
        return _still(JOIN_FIRST, 403)
    if shown is None:
        return _still(OVER if over else NOT_YET if held else JOIN_FIRST, 403)
    if refusal:
        return page_of(request, shown._replace(parts={**shown.parts, "said": refusal_html(refusal)}), 409)
    return page_of(request, shown)


def page_of(request: Request, shown: Shown, status: int = 200) -> Response:
    """The whole page."""
    drawn = page(
        "Ballot",
        shown.parts,
        layout=LAYOUT,
        style=STYLE,
        script=SCRIPT,
        source=request.url.path,
        told=shown.told,
        kind="ballot",
    )
    drawn.status_code = status
    return drawn


def refusal_html(refusal: str) -> str:
    """Why something was not done, as it stands on the page."""
    return f'<p class="refused" role="alert">{escape(refusal)}</p>'


async def stream(request: Request) -> Response:
    """``GET /ballot/{evaluation}/stream``."""
    held = await run_in_threadpool(holders, request)
    if not held:
        return pushing.answer(None)
    return await pushing.stream(request, partial(_drawn, held), votes=False, evaluator=held[0].name, quick=True)


async def now(request: Request) -> Response:
    """``GET /ballot/{evaluation}/now?mark=…``."""
    held = await run_in_threadpool(holders, request)
    if not held:
        return pushing.answer(None)
    return await pushing.wait(request, partial(_drawn, held), votes=False, quick=True)


async def act(request: Request) -> Response:
    """``POST /ballot/{evaluation}``: votes, declares interests, leaves, comes back or dissents, as ``do`` says.

    From the page's script it gives what the page shows then, with ``error`` and 409 where it was refused; from a form
    without a script the page itself.
    """
    if not from_here(request):
        return JSONResponse({"error": ANOTHER_SITE}, 403)
    scripted = request.headers.get("content-type", "").startswith("application/json")
    said = (await json_of(request) or NOTHING) if scripted else await form_of(request)
    held = await run_in_threadpool(holders, request)
    if not held:
        return pushing.answer(None) if scripted else await _page(request)
    evaluation, refusal = request.path_params["evaluation"], ""
    try:
        await run_in_threadpool(_done, held[0], evaluation, said)
    except DatabaseTrouble:
        raise
    except UserError as refused:
        refusal = str(refused)
    if not scripted:
        return await _page(request, refusal) if refusal else go_on(request.url.path)
    async with hub_of(evaluation) as hub:
        live = await hub.look()
        answered = pushing.answer(_drawn(held, live), live, **({"error": refusal} if refusal else {}))
    if refusal and answered.status_code == 200:
        answered.status_code = 409
    return answered


def _done(actor: Actor, evaluation: str, said: Mapping[str, Any]) -> None:
    """Does what the page asked for. Refused in words."""
    service, name = process.service(actor), actor.name
    words = {key: str(value) for key, value in said.items() if isinstance(value, str | int | float)}
    match words.get("do", "vote"):
        case "vote":
            service.vote(
                evaluation,
                name,
                _number(words.get("round", "")),
                _choice(words.get("choice", "")),
                reason=words.get("reason", ""),
                workshop=_number(words["workshop"]) if "workshop" in words else None,
                points={
                    key.removeprefix("points-"): float(_number(value))
                    for key, value in words.items()
                    if key.startswith("points-")
                },
            )
        case "interests":
            service.declare(evaluation, name, conflicts_said(words))
        case "dissent":
            level = _choice(words.get("choice", "")).level
            vendor, question = words.get("vendor", ""), words.get("question", "")
            # Under letters nobody is to learn by trying which vendor it is.
            if vendor not in {each.id for each in service.get(evaluation).vendors}:
                raise Refused(OUT_OF_DATE)
            service.dissent(evaluation, name, vendor, question, level, reason=words.get("reason", ""))
        case "leave":
            service.leave(evaluation, name)
        case "enter":
            service.enter(evaluation, name)
        case _:
            raise Refused(OUT_OF_DATE)


def _choice(text: str) -> Choice:
    known = {each.value: each for each in Choice}
    if not text:
        raise Refused("Choose first what you vote.")
    if text not in known:
        raise Refused(OUT_OF_DATE)
    return known[text]


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise Refused(OUT_OF_DATE)
    return int(text)


def _drawn(held: Sequence[Actor], live: Live) -> Shown | None:
    """The ballot of the first of those who may vote from here; None once it is nobody's, or the workshop is over."""
    seat = own_seat(live.whole, held[0]) if held else None
    if seat is None or not live.workshop:
        return None
    return ballot_shown(live, seat, may_lead=any(leads(live.whole, each) for each in held))


def _still(body: str, status: int) -> Response:
    return still_page("Ballot", body, style=STYLE, kind="joining", status=status)
