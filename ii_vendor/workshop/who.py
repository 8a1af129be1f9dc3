"""Who asks for a page of a workshop: the holder of a ballot, or whoever leads."""

from __future__ import annotations

import getpass
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from ii_vendor.model.actor import NOBODY, Actor
from ii_vendor.routes import process
from ii_vendor.routes.gate import same_site
from ii_vendor.routes.openid import Tickets
from ii_vendor.routes.sharing import sharing
from ii_vendor.routes.visitors import DAY, facilitates, seat_held
from ii_vendor.rules.workshop import leads

BALLOT = "ii-ballot-"
NAME = "facilitator"
"""Where the address keeps the name that the facilitator gave."""


def with_secret(response: Response, evaluation: str, secret: str) -> Response:
    """The response, which gives the phone a secret for a day; the workshop's end ends it sooner."""
    secure = sharing().secure
    response.set_cookie(
        BALLOT + evaluation, secret, max_age=DAY, path="/", httponly=True, samesite="lax", secure=secure
    )
    return response


def ballot_of(cookies: Mapping[str, str], evaluation: str) -> Actor | None:
    """Whose ballot this phone has; None for nobody's."""
    secret = cookies.get(BALLOT + evaluation, "")
    return process.service(NOBODY).ballot_held(evaluation, secret) if secret else None


def holders(request: Request) -> list[Actor]:
    """Who may vote from here: known by the phone's own secret first, then by a personal link."""
    evaluation = request.path_params["evaluation"]
    linked = seat_held(request.cookies, evaluation) if sharing().shared else None
    return [each for each in (ballot_of(request.cookies, evaluation), linked) if each]


def leader(tickets: Tickets, request: Request) -> Actor | None:
    """Who leads the workshop from here: somebody at this computer, the facilitator, or a chair; None for everybody
    else."""
    evaluation, name = request.path_params["evaluation"], request.query_params.get(NAME, "").strip()[:80]
    if not sharing().shared:
        login = getpass.getuser()
        return Actor.at_this_computer(name or login, via=f"this computer (login {login})")
    held = holders(request)
    now = process.record().evaluation(evaluation)
    seat = next((each for each in held if leads(now, each)), held[0] if held else None)
    signed_in = tickets.bearer(request.query_params.get("ticket", ""), evaluation)
    if facilitates(request.cookies) or (signed_in and signed_in.facilitates):
        facilitator = signed_in if signed_in and signed_in.facilitates else None
        facilitator = facilitator or Actor.facilitator(name or "Facilitator", "facilitator's link")
        if seat is None:
            return facilitator
        return seat.model_copy(update={"facilitates": True, "via": f"{seat.via}, {facilitator.via}"})
    asking = seat or signed_in
    return asking if asking and leads(now, asking) else None


def from_here(request: Request) -> bool:
    """Whether a page of this app sent the request, and not another site."""
    return same_site(request.headers.get("origin"), request.headers.get("host", ""), sharing())
