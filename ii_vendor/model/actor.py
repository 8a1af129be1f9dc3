"""Who acts, and by which right."""

from __future__ import annotations

from ii_vendor.model.base import Frozen


class Actor(Frozen):
    """Somebody who reads or changes evaluations. ``via`` says in words how the person was known.

    ``facilitates``: may prepare, invite, open and close stages. ``here``: sits at the computer that holds the data and
    may enter what an untaken seat says. ``seat_in`` is the evaluation in which ``name`` has a seat of their own, known
    by the session whose hash ``session`` is, or by the address ``email``.
    """

    name: str
    via: str = ""
    facilitates: bool = False
    here: bool = False
    seat_in: str = ""
    session: str = ""
    email: str = ""

    @classmethod
    def at_this_computer(cls, name: str, via: str = "") -> Actor:
        """Whoever sits at the computer that holds the data."""
        return cls(name=name, via=via, facilitates=True, here=True)

    @classmethod
    def facilitator(cls, name: str, via: str) -> Actor:
        """Somebody who came with the facilitator's link, or is named as a facilitator."""
        return cls(name=name, via=via, facilitates=True)

    @classmethod
    def seated(cls, evaluation: str, name: str, via: str, *, session: str = "", email: str = "") -> Actor:
        """The holder of a seat, who came with a personal link or through OpenID Connect."""
        return cls(name=name, via=via, seat_in=evaluation, session=session, email=email)


NOBODY = Actor(name="", via="nobody")
"""A visitor without a link: sees nothing and changes nothing."""
