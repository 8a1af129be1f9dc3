"""The routes beside the pages, and what runs as long as the app does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from html import escape

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ii_vendor.routes import news, process, seat
from ii_vendor.routes.closing import noticing_the_end
from ii_vendor.routes.facilitate import facilitate
from ii_vendor.routes.openid import Tickets
from ii_vendor.routes.plain import plain_page
from ii_vendor.store import DatabaseTrouble

Endpoint = Callable[[Request], Awaitable[Response]]

PAUSE = 0.3
"""Seconds that a guess costs. Nobody with a link waits; 128 random bits need no more."""


def site(tickets: Tickets) -> list[Route]:
    """Every route of our own. They come before Streamlit's, which answers whatever is left."""
    return [
        Route("/seat/{evaluation}/{secret}", _unhurried(seat.look), methods=["GET"]),
        Route("/seat/{evaluation}/{secret}", _unhurried(seat.take), methods=["POST"]),
        Route("/facilitate", _unhurried(facilitate), methods=["GET"]),
        Route("/news/{evaluation}.json", saying_trouble(partial(news.wait, tickets)), methods=["GET"]),
        Route("/news/{evaluation}", saying_trouble(partial(news.stream, tickets)), methods=["GET"]),
    ]


@asynccontextmanager
async def lifespan(_: object) -> AsyncIterator[None]:
    """From the start of the app to its end."""
    async with noticing_the_end():
        try:
            yield
        finally:
            await run_in_threadpool(process.close)


def saying_trouble(endpoint: Endpoint) -> Endpoint:
    """The endpoint, which says in words where the database cannot be used just now."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except DatabaseTrouble as trouble:
            return plain_page("Not just now", f"<h1>Not just now</h1><p>{escape(str(trouble))}</p>", status=503)

    return answer


def _unhurried(endpoint: Callable[[Request], Response]) -> Endpoint:
    """The endpoint in a thread of its own, a moment later where it refuses, so that guessing is slow."""

    async def answer(request: Request) -> Response:
        response = await run_in_threadpool(endpoint, request)
        if response.status_code == 403:
            await asyncio.sleep(PAUSE)
        return response

    return saying_trouble(answer)
