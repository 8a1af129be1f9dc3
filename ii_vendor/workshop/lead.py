"""The view of whoever leads a workshop: the item at hand, what the screen shows, and every step."""

from __future__ import annotations

import time
from functools import partial
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ii_vendor.errors import UserError
from ii_vendor.model.actor import Actor
from ii_vendor.routes import process
from ii_vendor.routes.openid import Tickets
from ii_vendor.routes.plain import plain_page
from ii_vendor.rules import NeedsSecondLook, Stale
from ii_vendor.rules.seats import own_seat
from ii_vendor.rules.workshop import NO_WORKSHOP
from ii_vendor.store import NoSuchEvaluation
from ii_vendor.workshop import stream as pushing
from ii_vendor.workshop.body import json_of
from ii_vendor.workshop.hub import hub_of, pages_open
from ii_vendor.workshop.lead_asked import MOVED_ON, OUT_OF_DATE, Asked
from ii_vendor.workshop.lead_parts import LAYOUT, drawn
from ii_vendor.workshop.lead_record import shown
from ii_vendor.workshop.lead_view import Leading
from ii_vendor.workshop.live import Live
from ii_vendor.workshop.page import asset, page
from ii_vendor.workshop.steps import take
from ii_vendor.workshop.stream import Shown
from ii_vendor.workshop.who import from_here, leader

STYLE, SCRIPT = asset("lead.css"), asset("lead.js")

NOT_YOU = (
    "<h1>This page is for whoever leads</h1><p>The facilitator leads the workshop, or a chair: operations or IT. Open "
    "it with the facilitator’s link or your own. Chairs who were given no link join with the code on the screen "
    "first.</p>"
)
NO_EVALUATION = "<h1>There is no such evaluation</h1><p>Check the address, or open it from the page Workshop.</p>"
ANOTHER_SITE = "Another site asked for this. Open the workshop by its own address."


async def show(tickets: Tickets, request: Request) -> Response:
    """``GET /room/{evaluation}/lead``."""
    evaluation = request.path_params["evaluation"]
    try:
        actor = await run_in_threadpool(leader, tickets, request)
        if actor is None:
            return plain_page("Not for you", NOT_YOU, status=403)
        async with hub_of(evaluation) as hub:
            live = await hub.look()
            if live.workshop is None:
                return _no_workshop(evaluation)
            seen = await run_in_threadpool(drawn, Leading(live, actor, pages_open(evaluation)))
    except NoSuchEvaluation:
        return plain_page("No such evaluation", NO_EVALUATION, status=404)
    return page(
        "Lead the workshop",
        seen.parts,
        layout=LAYOUT,
        style=STYLE,
        script=SCRIPT,
        source=request.url.path,
        told={**seen.told, "now": int(time.time() * 1000)},
        kind="lead",
    )


def _no_workshop(evaluation: str) -> Response:
    address = f"/workshop?{urlencode({'evaluation': evaluation})}"
    return plain_page(
        "No workshop is open",
        "<h1>No workshop is open</h1><p>It is over, or has not begun. The page Workshop opens one, and the minutes of "
        f'earlier ones are on the page Reports.</p><p><a class="button" href="{address}">To the page Workshop</a></p>',
        status=404,
    )


async def stream(tickets: Tickets, request: Request) -> Response:
    """``GET /room/{evaluation}/lead/stream``."""
    actor = await run_in_threadpool(_leads, tickets, request)
    if actor is None:
        return pushing.answer(None)
    seat = await run_in_threadpool(_seat_of, actor, request)
    return await pushing.stream(request, partial(_draw, tickets, request), evaluator=seat)


async def now(tickets: Tickets, request: Request) -> Response:
    """``GET /room/{evaluation}/lead/now?mark=…``."""
    if await run_in_threadpool(_leads, tickets, request) is None:
        return pushing.answer(None)
    return await pushing.wait(request, partial(_draw, tickets, request))


async def act(tickets: Tickets, request: Request) -> Response:
    """``POST /room/{evaluation}/lead``: takes a step, and gives what the page shows then.

    What is refused comes back with 409 and ``error``, and where it has to be confirmed with ``second_look``.
    """
    if not from_here(request):
        return JSONResponse({"error": ANOTHER_SITE}, 403)
    actor = await run_in_threadpool(_leads, tickets, request)
    if actor is None:
        return pushing.answer(None)
    body = await json_of(request)
    if body is None:
        return JSONResponse({"error": OUT_OF_DATE}, 400)
    draw, step = partial(_draw, tickets, request), str(body.get("id", ""))
    async with hub_of(request.path_params["evaluation"]) as hub:
        if step in _taken:
            live = await hub.look()
            return pushing.answer(await run_in_threadpool(draw, live), live)
        status, more = await run_in_threadpool(_taking, Asked(Leading(await hub.look(), actor), body))
        if status == 200:
            _taken.remember(step)
        live = await hub.look()
        seen = await run_in_threadpool(draw, live)
    answered = pushing.answer(seen, live, **more)
    if seen is not None:
        answered.status_code = status
    return answered


def _taking(asked: Asked) -> tuple[int, dict[str, Any]]:
    """Takes the step: gives the status, and what is said beside the page."""
    try:
        if asked.live.workshop is None:
            return 409, {"error": NO_WORKSHOP}
        return 200, dict(take(asked))
    except NeedsSecondLook as look:
        reasons = [shown(asked.live, each) for each in look.reasons]
        return 409, {"error": " ".join(reasons), "second_look": reasons}
    except Stale:
        return 409, {"error": MOVED_ON}
    except UserError as refusal:
        return 409, {"error": shown(asked.live, str(refusal))}


def _leads(tickets: Tickets, request: Request) -> Actor | None:
    """Who leads from here; None for everybody else, and where there is no such evaluation."""
    try:
        process.record().evaluation(request.path_params["evaluation"])
    except NoSuchEvaluation:
        return None
    return leader(tickets, request)


def _seat_of(actor: Actor, request: Request) -> str:
    seat = own_seat(process.record().evaluation(request.path_params["evaluation"]), actor)
    return seat.name if seat else ""


def _draw(tickets: Tickets, request: Request, live: Live) -> Shown | None:
    """What whoever asked may see of the workshop now; None once it is over or no longer theirs to lead."""
    actor = leader(tickets, request)
    if actor is None or live.workshop is None:
        return None
    return drawn(Leading(live, actor, pages_open(live.whole.id)))


class _Taken:
    """The last steps that were taken, so that one sent again, for want of an answer, is not taken twice."""

    def __init__(self, most: int = 500) -> None:
        self._ids: dict[str, None] = {}
        self._most = most

    def __contains__(self, step: str) -> bool:
        return step in self._ids

    def remember(self, step: str) -> None:
        """Keep the id of a step, where it has one."""
        if step:
            self._ids[step] = None
            while len(self._ids) > self._most:
                del self._ids[next(iter(self._ids))]


_taken = _Taken()
