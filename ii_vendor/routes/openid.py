"""Who somebody is whose e-mail address OpenID Connect has verified, and the ticket by which their page hears news."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import time
from collections.abc import Callable

from ii_vendor.model.actor import NOBODY, Actor
from ii_vendor.routes import process

FACILITATORS = "II_VENDOR_FACILITATORS"
"""The environment variable with the addresses of those who facilitate, separated by commas."""

TICKET_SECONDS = 12 * 60 * 60


def facilitator_by_email(email: str, name: str = "") -> Actor | None:
    """The facilitator with this verified address; None for anybody else's."""
    named = {each.strip().casefold() for each in os.environ.get(FACILITATORS, "").split(",")} - {""}
    if email.casefold() not in named:
        return None
    return Actor.facilitator(name or email, f"OpenID Connect ({email})")


def seat_by_email(email: str, evaluation: str) -> Actor | None:
    """The seat in this evaluation that has this verified address; None where there is none."""
    return process.service(NOBODY).seat_by_email(evaluation, email)


class Tickets:
    """Tickets for news. Only a page learns who has signed in, so it hands the browser what proves it to the route.

    ``secret`` is the one by which sign-ins are kept, the same in every app process; empty where nobody can sign in.
    """

    def __init__(self, secret: Callable[[], str]) -> None:
        self._secret = secret

    def issue(self, evaluation: str, email: str) -> str:
        """A ticket for whoever has signed in with this address."""
        said = json.dumps([evaluation, email, int(time.time()) + TICKET_SECONDS]).encode()
        return base64.urlsafe_b64encode(said).decode() + "." + self._seal(said)

    def bearer(self, ticket: str, evaluation: str) -> Actor | None:
        """Who came with this ticket, if they may still see the evaluation."""
        if not self._secret():
            return None
        body, _, seal = ticket.partition(".")
        try:
            said = base64.urlsafe_b64decode(body)
            if not hmac.compare_digest(seal.encode(), self._seal(said).encode()):
                return None
            issued_for, email, until = json.loads(said)
        except ValueError:
            return None
        if issued_for != evaluation or time.time() > until:
            return None
        return facilitator_by_email(email) or seat_by_email(email, evaluation)

    def _seal(self, said: bytes) -> str:
        return hmac.new(self._secret().encode(), b"news " + said, hashlib.sha256).hexdigest()
