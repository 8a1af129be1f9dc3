"""Every route of the workshop."""

from __future__ import annotations

from functools import partial

from starlette.routing import Route

from ii_vendor.routes.openid import Tickets
from ii_vendor.routes.site import Endpoint, saying_trouble
from ii_vendor.workshop import ballot, joining, lead, screen


def workshop_site(tickets: Tickets) -> list[Route]:
    """Joining, the ballot, the screen and the lead view, by evaluation."""
    pages: dict[tuple[str, str], Endpoint] = {
        ("GET", "/join"): joining.look,
        ("POST", "/join"): joining.join,
        ("GET", "/join/{code}"): joining.look,
        ("GET", "/ballot/{evaluation}"): ballot.show,
        ("GET", "/ballot/{evaluation}/stream"): ballot.stream,
        ("GET", "/ballot/{evaluation}/now"): ballot.now,
        ("POST", "/ballot/{evaluation}"): ballot.act,
        ("GET", "/room/{evaluation}/screen"): partial(screen.show, tickets),
        ("GET", "/room/{evaluation}/screen/stream"): partial(screen.stream, tickets),
        ("GET", "/room/{evaluation}/screen/now"): partial(screen.now, tickets),
        ("GET", "/room/{evaluation}/lead"): partial(lead.show, tickets),
        ("GET", "/room/{evaluation}/lead/stream"): partial(lead.stream, tickets),
        ("GET", "/room/{evaluation}/lead/now"): partial(lead.now, tickets),
        ("POST", "/room/{evaluation}/lead"): partial(lead.act, tickets),
    }
    return [Route(path, saying_trouble(endpoint), methods=[method]) for (method, path), endpoint in pages.items()]
