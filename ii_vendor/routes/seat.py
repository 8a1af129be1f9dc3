"""A personal link: it says whose seat it opens, and a button takes the seat. Looking alone uses nothing up."""

from __future__ import annotations

from html import escape

from starlette.requests import Request
from starlette.responses import Response

from ii_vendor.evaluations import Refused
from ii_vendor.model.actor import NOBODY
from ii_vendor.routes import process
from ii_vendor.routes.gate import same_site
from ii_vendor.routes.plain import go_on, plain_page
from ii_vendor.routes.sharing import sharing
from ii_vendor.routes.visitors import seat_held, with_seat

NOT_SHARED = (
    "This app is not shared, so nobody needs a link: whoever sits at this computer acts for every seat. "
    "Personal links open once it is started with ii-vendor serve --lan or --address."
)


def look(request: Request) -> Response:
    """Say whose seat the link opens, with the button that takes it. Changes nothing."""
    evaluation, secret = request.path_params["evaluation"], request.path_params["secret"]
    if not sharing().shared:
        return _nothing_to_take(NOT_SHARED)
    held = seat_held(request.cookies, evaluation)
    try:
        seat = process.service(NOBODY).look_at_link(evaluation, secret)
    except Refused as refusal:
        # Whoever took the seat with this link comes back by it, too.
        return _review(evaluation) if held else _refused(refusal)
    if held and held.name == seat.name:
        return _review(evaluation)
    name = process.record().evaluation(evaluation).name
    return plain_page(
        "Your seat on the panel",
        f'<p class="of">{escape(name)}</p>'
        f"<h1>You are {escape(seat.name)}, {escape(seat.discipline.value)}</h1>"
        '<form method="post"><button>Take this seat</button></form>'
        '<p class="quiet">The link works once, and the seat stays open in this browser. '
        f"You are not {escape(seat.name)}? Then close this page and tell the facilitator.</p>",
        form=True,
    )


def take(request: Request) -> Response:
    """Exchange the link for a session in a cookie, and go on to the evaluation."""
    evaluation, secret = request.path_params["evaluation"], request.path_params["secret"]
    now = sharing()
    if not now.shared:
        return _nothing_to_take(NOT_SHARED)
    if not same_site(request.headers.get("origin"), request.headers.get("host", ""), now):
        return _nothing_to_take("Another site pressed this button. Open the link itself.")
    try:
        given = process.service(NOBODY).take_seat(evaluation, secret)
    except Refused as refusal:
        return _refused(refusal)
    return with_seat(_review(evaluation), evaluation, given)


def _review(evaluation: str) -> Response:
    return go_on(f"/review?evaluation={evaluation}")


def _refused(refusal: Refused) -> Response:
    why = str(refusal)
    return _nothing_to_take(why if "facilitator" in why else f"{why} Ask the facilitator for a new link.")


def _nothing_to_take(why: str) -> Response:
    return plain_page("No seat to take", f"<h1>No seat to take</h1><p>{escape(why)}</p>", status=403)
