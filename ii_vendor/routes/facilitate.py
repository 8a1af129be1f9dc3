"""The facilitator's link, as it is printed where the app is started."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from ii_vendor.facilitator import KEY_DAYS, key_is_good
from ii_vendor.routes import process
from ii_vendor.routes.plain import go_on, plain_page
from ii_vendor.routes.sharing import sharing
from ii_vendor.routes.visitors import with_facilitator


def facilitate(request: Request) -> Response:
    """Make the visitor the facilitator if the key in the address is good."""
    if not sharing().shared:
        return go_on("/")
    key = request.query_params.get("key", "")
    if key_is_good(process.record(), key):
        return with_facilitator(go_on("/"), key)
    body = (
        "<h1>This is not a facilitator’s link that works</h1>"
        f"<p>Such a link works for {KEY_DAYS} days. Print a new one where the app runs, with "
        "<code>ii-vendor facilitator</code>.</p>"
    )
    return plain_page("Facilitator", body, status=403)
