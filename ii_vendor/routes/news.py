"""Tells a page that its evaluation has changed: server-sent events, or an answer that waits. Numbers, no content."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

from ii_vendor.evaluations import NoSuchEvaluation, Refused
from ii_vendor.model.actor import NOBODY, Actor
from ii_vendor.routes import process
from ii_vendor.routes.closing import closing
from ii_vendor.routes.openid import Tickets
from ii_vendor.routes.sharing import sharing
from ii_vendor.routes.visitors import facilitates, seat_held
from ii_vendor.store import DatabaseTrouble

HEARTBEAT = 15.0
"""Seconds after which a silent stream says that it is there, and asks again whether the visitor may still listen."""

LONGEST_WAIT = 30.0
"""Seconds that an answer in JSON may wait."""

_HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}
_CLOSED = "This evaluation is open to its panel alone.\n"


async def stream(tickets: Tickets, request: Request) -> Response:
    """``GET /news/<evaluation>?after=N``: the sequence of the latest event, each time there is a later one."""
    listener = await run_in_threadpool(_listener, tickets, request)
    if listener is None:
        return PlainTextResponse(_CLOSED, 403, _HEADERS)
    return StreamingResponse(_told(tickets, request), 200, _HEADERS, "text/event-stream")


async def wait(tickets: Tickets, request: Request) -> Response:
    """``GET /news/<evaluation>.json?after=N&wait=20``: the same once, after ``wait`` seconds at the latest."""
    listener = await run_in_threadpool(_listener, tickets, request)
    if listener is None:
        return PlainTextResponse(_CLOSED, 403, _HEADERS)
    after, now = _number(request, "after"), asyncio.get_running_loop().time
    until, heard, sequence = now() + min(_number(request, "wait"), LONGEST_WAIT), after, after
    while sequence <= after and not closing().is_set():
        seconds = until - now()
        heard = await _heard(request.path_params["evaluation"], heard, max(seconds, 0))
        sequence = await _visible(listener, request, after, heard)
        if seconds <= 0:
            break
    return JSONResponse({"sequence": sequence}, headers=_HEADERS)


async def _told(tickets: Tickets, request: Request) -> AsyncIterator[str]:
    heard = told = _number(request, "after")
    yield "retry: 1000\n\n"
    while True:
        latest = await _heard(request.path_params["evaluation"], heard, HEARTBEAT)
        if closing().is_set():
            return
        try:
            listener = await run_in_threadpool(_listener, tickets, request)
            sequence = latest if listener is None else await _visible(listener, request, told, latest)
        except DatabaseTrouble:
            # The browser asks again in a moment.
            return
        if sequence > told:
            yield f"data: {sequence}\n\n"
        elif latest <= heard:
            yield ": nothing new\n\n"
        if listener is None:
            return
        heard, told = max(heard, latest), max(told, sequence)


async def _visible(listener: Actor, request: Request, after: int, latest: int) -> int:
    """The sequence of the last event that the listener may see: what stays closed is no reason to draw a page anew."""
    if latest <= after or listener.facilitates:
        return latest
    return await run_in_threadpool(process.service(listener).visible_sequence, request.path_params["evaluation"], after)


async def _heard(evaluation: str, after: int, seconds: float) -> int:
    """The latest sequence, once it is above ``after``, after ``seconds``, or when the app closes."""
    heard = asyncio.ensure_future(process.news().after(evaluation, after, seconds))
    closed = asyncio.ensure_future(closing().wait())
    try:
        await asyncio.wait((heard, closed), return_when=asyncio.FIRST_COMPLETED)
        return heard.result() if heard.done() else after
    finally:
        heard.cancel()
        closed.cancel()


def _listener(tickets: Tickets, request: Request) -> Actor | None:
    """Who listens; None for somebody who may not see the evaluation."""
    evaluation = request.path_params["evaluation"]
    try:
        if not sharing().shared:
            actor = Actor.at_this_computer(request.query_params.get("person", ""))
        elif facilitates(request.cookies):
            actor = Actor.facilitator("", "facilitator's link")
        else:
            ticket = request.query_params.get("ticket", "")
            actor = seat_held(request.cookies, evaluation) or tickets.bearer(ticket, evaluation) or NOBODY
        process.service(actor).check_open(evaluation)
    except (NoSuchEvaluation, Refused):
        return None
    return actor


def _number(request: Request, name: str) -> int:
    text = request.query_params.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 12 else 0
