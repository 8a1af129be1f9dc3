"""A plain page of the workshop: drawn whole by the server, then kept up to date in place."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from html import escape
from pathlib import Path

from starlette.responses import HTMLResponse

from ii_vendor.routes.plain import private

_here = Path(__file__).parent


def asset(name: str) -> str:
    """A style or a script that lies beside this module."""
    return (_here / name).read_text("utf-8")


LIVE = asset("live.js")
BASE = asset("base.css")


def still_page(title: str, body: str, *, style: str, kind: str, status: int = 200) -> HTMLResponse:
    """A page that stays as it is, without a script. ``body`` is HTML."""
    text = f'{_head(title, style)}<body class="{kind}"><main><p class="brand">ii-vendor</p>{body}</main></body></html>'
    return HTMLResponse(text, status, _headers(""))


def page(
    title: str,
    parts: Mapping[str, str],
    *,
    layout: str,
    style: str,
    script: str,
    source: str,
    told: Mapping[str, object] | None = None,
    kind: str,
) -> HTMLResponse:
    """A page that goes on by itself.

    ``layout`` is HTML in which ``{name}`` stands for the part of that name: the element with the id ``name`` that the
    script fills anew whenever ``source`` tells of it. ``told`` is what it tells beside HTML. ``kind`` names the page
    to styles.
    """
    nonce = secrets.token_urlsafe(16)
    # In one pass: what a vendor wrote in braces is no place for a part.
    body = re.sub(r"\{(\w+)\}", lambda place: parts.get(place[1], place[0]), layout)
    begin = json.dumps({"source": source, "parts": list(parts), "told": told or {}}).replace("<", "\\u003c")
    text = (
        f'{_head(title, style)}<body class="{kind}">{body}<p id="trouble" role="status" hidden></p>'
        f'<script nonce="{nonce}">{LIVE}{script}\nstart({begin});</script></body></html>'
    )
    return HTMLResponse(text, 200, _headers(f"script-src 'nonce-{nonce}'; connect-src 'self'; "))


def _head(title: str, style: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,"><title>{escape(title)} · ii-vendor</title><style>{BASE}{style}</style></head>'
    )


def _headers(scripts: str) -> dict[str, str]:
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; {scripts}"
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    return {"content-security-policy": policy, "x-content-type-options": "nosniff", **private()}
