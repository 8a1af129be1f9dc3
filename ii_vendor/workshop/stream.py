"""Tells an open page what has changed on it: server-sent events, or an answer that waits where those are blocked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import nullcontext
from typing import Any, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from ii_vendor.routes.closing import closing
from ii_vendor.store import DatabaseTrouble
from ii_vendor.workshop.hub import Hub, hub_of
from ii_vendor.workshop.live import Live

HEARTBEAT = 10.0
"""Seconds after which a silent stream says that it is there, and looks anew whether its visitor may still see it."""

LONGEST_WAIT = 25.0
"""Seconds that an answer may wait for news."""

_HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}


class Shown(NamedTuple):
    """What a page shows: HTML by the name of the part, and what its script is told beside it."""

    parts: Mapping[str, str]
    told: Mapping[str, Any]


Draw = Callable[[Live], Shown | None]
"""Draws what one visitor may see; None once they may see nothing. Runs in a thread."""


async def stream(
    request: Request, draw: Draw, *, votes: bool = True, evaluator: str = "", quick: bool = False
) -> Response:
    """``GET …/stream``: all that the page shows, and then each part of it that changes.

    ``votes``: the page shows how others vote; without it, it is not woken by votes. ``evaluator`` is who is there as
    long as the stream lasts. ``quick``: drawing takes no longer than handing it to a thread.
    """
    evaluation = request.path_params["evaluation"]

    async def told() -> AsyncIterator[str]:
        yield "retry: 1000\n\n"
        async with hub_of(evaluation) as hub:
            with hub.connection_of(evaluator) if evaluator else nullcontext():
                async for text in _told(hub, draw, votes, quick):
                    yield text

    return StreamingResponse(told(), 200, _HEADERS, "text/event-stream")


async def wait(request: Request, draw: Draw, *, votes: bool = True, quick: bool = False) -> Response:
    """``GET …/now?mark=…``: all that the page shows, as soon as its mark is another one, after 25 s at the latest."""
    async with hub_of(request.path_params["evaluation"]) as hub:
        known, waits = request.query_params.get("mark", ""), _waits(hub, votes)
        seen = await waits(0, 0)
        live, shown = await _drawn(hub, draw, quick)
        if shown is not None and mark_of(shown) == known:
            await waits(seen, LONGEST_WAIT)
            live, shown = await _drawn(hub, draw, quick)
    return answer(shown, live)


def answer(shown: Shown | None, live: Live | None = None, **more: object) -> Response:
    """What the page shows of ``live``, at once; of None that it may show nothing more."""
    if shown is None or live is None:
        return JSONResponse({"gone": True, **more}, 403, _HEADERS)
    return JSONResponse({**_said(shown, shown.parts, live), **more}, headers=_HEADERS)


def _said(shown: Shown, parts: Mapping[str, str], live: Live) -> dict[str, Any]:
    """``at`` only grows, so that a page takes nothing older than what it shows."""
    at = [live.whole.sequence, live.version]
    return {"parts": dict(parts), "told": dict(shown.told), "mark": mark_of(shown), "at": at}


def mark_of(shown: Shown) -> str:
    """What tells one state of a page from another."""
    return hashlib.sha256(json.dumps([dict(shown.parts), dict(shown.told)]).encode()).hexdigest()[:16]


async def _told(hub: Hub, draw: Draw, votes: bool, quick: bool) -> AsyncIterator[str]:
    sent, waits, seen = Shown({}, {}), _waits(hub, votes), 0
    while hub.follows and not closing().is_set():
        reached = await waits(seen, HEARTBEAT)
        try:
            live, shown = await _drawn(hub, draw, quick)
        except DatabaseTrouble:
            return
        if shown is None:
            yield "event: gone\ndata: {}\n\n"
            return
        parts = {name: html for name, html in shown.parts.items() if sent.parts.get(name) != html}
        if parts or shown.told != sent.told:
            yield f"data: {json.dumps(_said(shown, parts, live))}\n\n"
        elif reached == seen:
            yield "event: beat\ndata: {}\n\n"
        sent, seen = shown, reached


def _waits(hub: Hub, votes: bool) -> Callable[[int, float], Awaitable[int]]:
    return hub.moved if votes else hub.turned


async def _drawn(hub: Hub, draw: Draw, quick: bool) -> tuple[Live, Shown | None]:
    live = hub.live
    return live, draw(live) if quick else await run_in_threadpool(draw, live)
