"""A small page of our own: it opens at once on any phone and asks for nothing else."""

from __future__ import annotations

import secrets
from html import escape

from starlette.responses import HTMLResponse, RedirectResponse

_STYLE = """
:root { color-scheme: light dark; }
body { margin: 0; padding: 12vh 1.5rem 3rem; color: #17272b; background: #fff;
  font: 1.25rem/1.45 system-ui, -apple-system, "Segoe UI", Arial, sans-serif; }
main { max-width: 34rem; margin: 0 auto; }
.brand { color: #0b6e7c; font-weight: 750; margin: 0 0 2.5rem; }
.of { margin: 0 0 .3rem; }
h1 { font-size: 2rem; line-height: 1.2; letter-spacing: -.02em; margin: 0 0 1.6rem; overflow-wrap: anywhere; }
button, a.button { display: inline-block; box-sizing: border-box; max-width: 100%; padding: .8rem 1.6rem; border: 0;
  border-radius: 4px; font: inherit; font-weight: 650; color: #fff; background: #0b6e7c; cursor: pointer;
  text-decoration: none; }
button:disabled { opacity: .6; }
:focus-visible { outline: 3px solid #d4500c; outline-offset: 3px; }
.quiet { font-size: 1.05rem; margin: 1.6rem 0 0; opacity: .85; }
@media (prefers-color-scheme: dark) {
  body { color: #e8f0f1; background: #10191c; }
  .brand { color: #5cc3d0; }
  button, a.button { color: #06181b; background: #4fb6c4; }
}
@media (max-width: 480px) { body { padding-top: 2rem; } button, a.button { width: 100%; text-align: center; } }
"""

_ONCE = """
var form = document.forms[0], button = form.querySelector("button");
form.addEventListener("submit", function () { button.disabled = true; });
window.addEventListener("pageshow", function () { button.disabled = false; });
"""
"""A second tap would send the link again, which by then is used."""


def plain_page(title: str, body: str, *, status: int = 200, form: bool = False) -> HTMLResponse:
    """A page with ``title`` as text and ``body`` as HTML, in which every text that is not ours has been escaped."""
    nonce = secrets.token_urlsafe(16)
    script = f'<script nonce="{nonce}">{_ONCE}</script>' if form else ""
    page = (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,"><title>{escape(title)} · ii-vendor</title><style>{_STYLE}</style>'
        f'<main><p class="brand">ii-vendor</p>{body}</main>{script}</html>'
    )
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'nonce-{nonce}'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    headers = {"content-security-policy": policy, "x-content-type-options": "nosniff", **private()}
    return HTMLResponse(page, status, headers)


def go_on(path: str) -> RedirectResponse:
    """Send the visitor to another page of the app, without the secret that came in the address."""
    return RedirectResponse(path, 303, private())


def private() -> dict[str, str]:
    """Headers of what has a secret in its address: no copy is kept, and no other site learns it.

    The app itself may: without that, browsers would hide from it that its own button was pressed.
    """
    return {"cache-control": "no-store", "referrer-policy": "same-origin"}
