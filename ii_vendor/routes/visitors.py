"""Who a visitor of a shared app is, by the cookies that the links gave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from starlette.responses import Response

from ii_vendor.evaluations import SessionGiven
from ii_vendor.facilitator import KEY_DAYS, key_is_good
from ii_vendor.model.actor import NOBODY, Actor
from ii_vendor.routes import process
from ii_vendor.routes.sharing import sharing

FACILITATOR = "ii-facilitator"
SEAT = "ii-seat-"
DAY = 24 * 60 * 60


def facilitates(cookies: Mapping[str, str]) -> bool:
    """Whether the visitor came with a facilitator's link that is still good."""
    return key_is_good(process.record(), cookies.get(FACILITATOR, ""))


def seat_held(cookies: Mapping[str, str], evaluation: str) -> Actor | None:
    """The seat in this evaluation that the visitor took by a personal link, as long as its session is good."""
    session = cookies.get(SEAT + evaluation)
    return process.service(NOBODY).seat_by_session(evaluation, session) if session else None


def seats_held(cookies: Mapping[str, str]) -> dict[str, Actor]:
    """The same for every evaluation, by its id."""
    named = [name.removeprefix(SEAT) for name in cookies if name.startswith(SEAT)]
    held = {evaluation: seat_held(cookies, evaluation) for evaluation in named}
    return {evaluation: actor for evaluation, actor in held.items() if actor}


def with_facilitator(response: Response, key: str) -> Response:
    """The response, which makes the visitor the facilitator for as long as the key is good."""
    return _with_cookie(response, FACILITATOR, key, KEY_DAYS * DAY)


def with_seat(response: Response, evaluation: str, given: SessionGiven) -> Response:
    """The response, which gives the visitor the seat until its session ends."""
    seconds = int((given.expires_at - datetime.now(UTC)).total_seconds())
    return _with_cookie(response, SEAT + evaluation, given.secret, seconds)


def _with_cookie(response: Response, name: str, value: str, seconds: int) -> Response:
    # Lax, not strict: whoever opens a used link once more, from a mail, is to come back to the seat.
    response.set_cookie(name, value, max_age=seconds, path="/", httponly=True, samesite="lax", secure=sharing().secure)
    return response
