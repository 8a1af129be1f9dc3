"""What can happen in a workshop, as it stands in the record of its evaluation."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ii_vendor.model.base import Frozen
from ii_vendor.model.workshop import Choice, Item, PutOff, Settings


class WorkshopOpened(Frozen):
    """A workshop began. ``code`` is what one joins with, as long as it goes on."""

    kind: Literal["workshop opened"] = "workshop opened"
    number: int = Field(ge=1)
    code: str
    settings: Settings


class WorkshopChanged(Frozen):
    """How the workshop is held was changed. ``code`` is the one that holds from now on."""

    kind: Literal["workshop changed"] = "workshop changed"
    code: str
    settings: Settings


class WorkshopJoined(Frozen):
    """Somebody came into the room, or came back. ``ballot`` is the SHA-256 of their phone's secret; empty: by a ballot
    that they have."""

    kind: Literal["workshop joined"] = "workshop joined"
    evaluator: str
    ballot: str = ""


class WorkshopLeft(Frozen):
    """Somebody left the room: nobody waits for their vote. ``released``: their ballot opens nothing any more, so that
    they can join with another phone."""

    kind: Literal["workshop left"] = "workshop left"
    evaluator: str
    released: bool = False


class RoundOpened(Frozen):
    """A round of votes began; ``round`` counts those of the workshop from 1."""

    kind: Literal["round opened"] = "round opened"
    round: int = Field(ge=1)
    item: Item


class VoteCast(Frozen):
    """Somebody voted, or voted anew, while the round's votes were hidden. ``workshop`` and ``round``
    count from 1. ``points`` 0-100 by section, for weights."""

    kind: Literal["vote cast"] = "vote cast"
    evaluator: str
    workshop: int = Field(ge=1)
    round: int
    choice: Choice
    points: dict[str, float] = Field(default_factory=dict)
    reason: str = ""


class VotesRevealed(Frozen):
    """The votes of a round were shown: ``how`` is ``all in`` or ``by hand``."""

    kind: Literal["votes revealed"] = "votes revealed"
    round: int
    how: str


class RevealUndone(Frozen):
    """The votes of a round were hidden again, and are taken again."""

    kind: Literal["reveal undone"] = "reveal undone"
    round: int


class ItemPutOff(Frozen):
    """An item was skipped, or parked to come back to."""

    kind: Literal["item put off"] = "item put off"
    item: Item
    how: PutOff
    reason: str = ""


class WorkshopClosed(Frozen):
    """The workshop ended. Votes that were still hidden are open with it."""

    kind: Literal["workshop closed"] = "workshop closed"


WorkshopChange = (
    WorkshopOpened
    | WorkshopChanged
    | WorkshopJoined
    | WorkshopLeft
    | RoundOpened
    | VoteCast
    | VotesRevealed
    | RevealUndone
    | ItemPutOff
    | WorkshopClosed
)
"""Everything of a workshop that can stand in the record."""
