"""Keeps out what does not belong here: everything but this computer where the app is not shared, and foreign sites."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from ii_vendor.routes.sharing import Sharing, sharing

HERE_ALONE = (
    "This app is open to the computer that it runs on and to nobody else; to reach it from elsewhere, by another name "
    "or through a proxy, start it with: ii-vendor serve --address https://its.public.name "
    "(or --lan in a local network).\n"
)
FOREIGN_SITE = "Another site asked for this. Open the app by its own address.\n"
THROUGH_A_PROXY = ("forwarded", "x-forwarded-", "x-real-ip", "x-client-ip", "cf-connecting-ip", "true-client-ip", "via")
"""How the headers begin by which a proxy tells for whom it asks."""


class Gate:
    """ASGI middleware. A page elsewhere can reach this computer through the browser, by a name that it points here, so
    the name in each request counts, and where a WebSocket was asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        why = _refusal(scope, sharing()) if scope["type"] in ("http", "websocket") else ""
        if not why:
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await PlainTextResponse(why, 403)(scope, receive, send)
        elif "websocket.http.response" in scope.get("extensions", {}):
            await WebSocket(scope, receive, send).send_denial_response(PlainTextResponse(why, 403))
        else:
            await send({"type": "websocket.close", "code": 1008})


def _refusal(scope: Scope, now: Sharing) -> str:
    headers = Headers(scope=scope)
    host, origin = headers.get("host", ""), headers.get("origin")
    if not now.shared:
        client = scope.get("client")
        foreign = (client and not _is_here(client[0])) or not _is_here(_name(f"//{host}"))
        foreign = foreign or any(header.startswith(THROUGH_A_PROXY) for header in headers)
        if foreign or (origin is not None and not _is_here(_name(origin))):
            return HERE_ALONE
    if scope["type"] == "websocket" and not same_site(origin, host, now):
        return FOREIGN_SITE
    return ""


def same_site(origin: str | None, host: str, now: Sharing) -> bool:
    """Whether a request with this ``Origin`` came from a page of this app. Browsers name one with every request that
    changes something; other programs need not."""
    return origin is None or urlsplit(origin).netloc.lower() in (host.lower(), now.host.lower() or host.lower())


def _name(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _is_here(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback
