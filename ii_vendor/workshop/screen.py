"""The screen of the room: one window for the projector, which shows what whoever leads lets it show."""

from __future__ import annotations

import time
from functools import partial
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from ii_vendor.routes import process
from ii_vendor.routes.openid import Tickets
from ii_vendor.routes.plain import plain_page
from ii_vendor.routes.sharing import sharing
from ii_vendor.store import NoSuchEvaluation
from ii_vendor.workshop import stream as pushing
from ii_vendor.workshop.hub import hub_of
from ii_vendor.workshop.live import Live
from ii_vendor.workshop.page import asset, page
from ii_vendor.workshop.screen_parts import Door, drawn, layout
from ii_vendor.workshop.stream import Shown
from ii_vendor.workshop.who import leader

STYLE, SCRIPT = asset("screen.css"), asset("screen.js")

NOT_YOU = (
    "<h1>This is the screen of the room</h1><p>Whoever leads the workshop opens it for the projector: the facilitator, "
    "or a chair, operations or IT. To vote, open your own link, or join with the code on the screen.</p>"
    '<p><a class="button" href="/join">Join the workshop</a></p>'
)
NO_EVALUATION = "<h1>There is no such evaluation</h1><p>Check the address, or open it from the page Workshop.</p>"


async def show(tickets: Tickets, request: Request) -> Response:
    """``GET /room/{evaluation}/screen``."""
    evaluation = request.path_params["evaluation"]
    try:
        if not await run_in_threadpool(_may_see, tickets, request):
            return plain_page("Not for you", NOT_YOU, status=403)
        async with hub_of(evaluation) as hub:
            live = await hub.look()
            if live.workshop is None:
                return _no_workshop(evaluation)
            seen = await run_in_threadpool(drawn, live, _door(request))
    except NoSuchEvaluation:
        return plain_page("No such evaluation", NO_EVALUATION, status=404)
    return page(
        "The screen of the workshop",
        seen.parts,
        layout=layout(seen),
        style=STYLE,
        script=SCRIPT,
        source=request.url.path,
        told={**seen.told, "now": int(time.time() * 1000)},
        kind="screen",
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
    """``GET /room/{evaluation}/screen/stream``."""
    if not await run_in_threadpool(_leads, tickets, request):
        return pushing.answer(None)
    return await pushing.stream(request, partial(_draw, tickets, request))


async def now(tickets: Tickets, request: Request) -> Response:
    """``GET /room/{evaluation}/screen/now?mark=…``."""
    if not await run_in_threadpool(_leads, tickets, request):
        return pushing.answer(None)
    return await pushing.wait(request, partial(_draw, tickets, request))


def _may_see(tickets: Tickets, request: Request) -> bool:
    """Whether whoever asks leads the workshop. Raises NoSuchEvaluation."""
    process.record().evaluation(request.path_params["evaluation"])
    return leader(tickets, request) is not None


def _leads(tickets: Tickets, request: Request) -> bool:
    try:
        return _may_see(tickets, request)
    except NoSuchEvaluation:
        return False


def _door(request: Request) -> Door:
    """Where people come in who are not in the room yet."""
    now = sharing()
    return Door(now.address or f"{request.url.scheme}://{request.url.netloc}", shared=now.shared)


def _draw(tickets: Tickets, request: Request, live: Live) -> Shown | None:
    """What the room may see now; None once the workshop is over, or whoever opened the screen leads no more."""
    if live.workshop is None or leader(tickets, request) is None:
        return None
    return drawn(live, _door(request))
