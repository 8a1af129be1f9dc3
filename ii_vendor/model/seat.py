"""Who sits on the panel, what each may judge, and how far the evaluation has come."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import AwareDatetime

from ii_vendor.model.base import Frozen, Words


class Discipline(StrEnum):
    """What a member of the panel answers for."""

    operations = "operations"
    it = "IT"
    security = "security"
    procurement = "procurement"
    asset_owner = "asset owner"
    observer = "observer"

    @property
    def judges(self) -> bool:
        """Whether its members judge: an observer only looks on."""
        return self is not Discipline.observer

    @property
    def chairs(self) -> bool:
        """Whether its members lead the moderation: operations and IT chair together."""
        return self in (Discipline.operations, Discipline.it)


class Evaluator(Frozen):
    """A seat on the panel.

    ``sections`` are those that it rates, all where empty; without ``rating`` it rates none and still decides on red
    flags, as an asset owner who oversees. ``email`` is the address by which OpenID Connect knows the person. A
    ``closed`` seat may do nothing more; what it said stays.
    """

    name: Words
    discipline: Discipline
    sections: tuple[str, ...] = ()
    rating: bool = True
    email: str = ""
    closed: bool = False

    @property
    def rates(self) -> bool:
        """Whether it rates and weighs."""
        return self.rating and self.discipline.judges


class Stage(StrEnum):
    """How far an evaluation has come."""

    setup = "setup"
    open = "open"
    scoring = "scoring"
    moderation = "moderation"
    locked = "locked"

    @property
    def number(self) -> int:
        """Its place in the order, from 0."""
        return list(Stage).index(self)


class Declaration(Frozen):
    """What a seat said of its interests in ``vendors``: ``conflicts`` names those that something stands in the way of,
    and what it is. A vendor that was added later is not in it."""

    evaluator: str
    vendors: tuple[str, ...]
    conflicts: Mapping[str, str]
    at: AwareDatetime

    def clears(self, vendor: str) -> bool:
        """Whether it says that nothing stands in the way of judging this vendor."""
        return vendor in self.vendors and vendor not in self.conflicts


class SeatPass(Frozen):
    """A personal link, or the session that it was exchanged for; known by the SHA-256 of its secret."""

    evaluator: str
    issued_at: AwareDatetime
    expires_at: AwareDatetime
    used: bool = False
    revoked: bool = False

    def state_at(self, now: AwareDatetime) -> str:
        """``good``, or why it opens nothing: ``revoked``, ``used`` or ``expired``."""
        if self.revoked:
            return "revoked"
        if self.used:
            return "used"
        return "good" if now < self.expires_at else "expired"
