"""The screen of the room: one window for the projector, which shows what whoever leads lets it show."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from ii_vendor.routes.openid import Tickets
from ii_vendor.routes.plain import plain_page


async def show(tickets: Tickets, request: Request) -> Response:
    """``GET /room/{evaluation}/screen``."""
    return plain_page("Screen", "<h1>Screen</h1>")


async def stream(tickets: Tickets, request: Request) -> Response:
    """``GET /room/{evaluation}/screen/stream``."""
    return await show(tickets, request)


async def now(tickets: Tickets, request: Request) -> Response:
    """``GET /room/{evaluation}/screen/now?mark=…``."""
    return await show(tickets, request)
