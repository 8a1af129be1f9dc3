"""The workshop: who is in the room, what it votes on, round by round, and what the screen shows meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import AwareDatetime, Field

from ii_vendor.model.base import Frozen


class Subject(StrEnum):
    """What a round is about."""

    answer = "answer"
    flag = "flag"
    weights = "weights"


class Item(Frozen):
    """One thing that the room votes on: the level of an answer, a red flag, or what the sections should weigh.

    Ids throughout. ``flag`` is given for a flag alone; vendor and question are then those of the flag. Weights name
    nothing.
    """

    subject: Subject
    vendor: str = ""
    question: str = ""
    flag: str = ""

    @classmethod
    def answer(cls, vendor: str, question: str) -> Item:
        """The level of one answer."""
        return cls(subject=Subject.answer, vendor=vendor, question=question)

    @property
    def key(self) -> str:
        """What tells items apart: ``answer/halden/Q1``, ``flag/halden/Q1/halden/Q1.cloud``, ``weights``."""
        return "/".join(part for part in (self.subject.value, self.vendor, self.question, self.flag) if part)


class Choice(StrEnum):
    """What can be voted. Levels and ``not applicable`` are for an answer, ``confirm`` and ``dismiss`` for a red flag,
    ``points`` for weights; ``abstain`` always."""

    level_0 = "0"
    level_1 = "1"
    level_2 = "2"
    level_3 = "3"
    level_4 = "4"
    not_applicable = "not applicable"
    confirm = "confirm"
    dismiss = "dismiss"
    points = "points"
    abstain = "abstain"

    @property
    def level(self) -> int | None:
        """The level, 0-4; None for every other choice."""
        return int(self.value) if self.value.isdecimal() else None


LEVEL_CHOICES = tuple(choice for choice in Choice if choice.level is not None)

CHOICES: Mapping[Subject, tuple[Choice, ...]] = {
    Subject.answer: (*LEVEL_CHOICES, Choice.not_applicable, Choice.abstain),
    Subject.flag: (Choice.confirm, Choice.dismiss, Choice.abstain),
    Subject.weights: (Choice.points, Choice.abstain),
}


class Vote(Frozen):
    """What one seat voted in one round, last. ``points`` 0-100 by section id, for weights alone.

    ``sealed``: the ballot that it was given with was ended, so that whoever joins as this seat next does not read it.
    """

    evaluator: str
    choice: Choice
    points: Mapping[str, float] = Field(default_factory=dict)
    reason: str = ""
    at: AwareDatetime
    sealed: bool = False


class Round(Frozen):
    """One round of votes on one item.

    ``id`` counts the rounds of a workshop from 1, ``number`` those of the item. ``voted`` names who has voted;
    ``votes`` holds by name what, of those that may be seen. ``revealed_at`` is None while votes are hidden,
    ``revealed_how`` says whether all were in; ``undone`` counts how often a reveal was taken back.
    """

    id: int
    item: Item
    number: int
    opened_at: AwareDatetime
    opened_by: str
    voted: tuple[str, ...] = ()
    votes: Mapping[str, Vote] = Field(default_factory=dict)
    revealed_at: AwareDatetime | None = None
    revealed_how: str = ""
    undone: int = 0

    @property
    def revealed(self) -> bool:
        """Whether the votes are on the table, so that none is taken any more."""
        return self.revealed_at is not None


class PutOff(StrEnum):
    """Why an item was left without a result."""

    skipped = "skipped"
    parked = "parked"


class Left(Frozen):
    """An item that was skipped, or parked to come back to."""

    item: Item
    how: PutOff
    reason: str
    by: str
    at: AwareDatetime


class Settings(Frozen):
    """How the workshop is held.

    ``names``: the screen says who voted what once votes are shown; without it votes show without names. The record has
    them in any case. ``auto_reveal``: votes are shown as soon as all are in. ``guests``: people who are not on the
    panel may join and vote. ``minutes`` are planned for an item, 1-60, 0: none.
    """

    names: bool = True
    auto_reveal: bool = True
    guests: bool = False
    minutes: int = Field(default=0, ge=0, le=60)


class Workshop(Frozen):
    """A live session of the panel, as its events add up.

    ``code`` is what one joins with. ``ballots`` gives by the SHA-256 of a phone's secret whose ballot it is,
    ``present`` who is in the room and since when. ``left`` holds what was put off last, by the item's key.
    """

    number: int
    code: str
    settings: Settings
    opened_at: AwareDatetime
    opened_by: str
    closed_at: AwareDatetime | None = None
    ballots: Mapping[str, str] = Field(default_factory=dict)
    present: Mapping[str, AwareDatetime] = Field(default_factory=dict)
    rounds: tuple[Round, ...] = ()
    left: Mapping[str, Left] = Field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.closed_at is None

    def rounds_of(self, item: Item) -> tuple[Round, ...]:
        """The rounds on one item, in order."""
        return tuple(each for each in self.rounds if each.item == item)

    def round(self, number: int) -> Round | None:
        """The round with this id; None where there is none."""
        return self.rounds[number - 1] if 1 <= number <= len(self.rounds) else None

    def hides(self, each: Round) -> bool:
        """Whether the votes of a round are not to be seen: until they are shown, or the workshop is over."""
        return self.is_open and not each.revealed


class Scene(StrEnum):
    """What the room's screen shows: a holding screen with how to join, what is on the agenda, the item at hand, or
    where the vendors stand."""

    holding = "holding"
    agenda = "agenda"
    item = "item"
    picture = "picture"


class Supposed(Frozen):
    """A what-if that everybody sees and nothing records: a ``level`` for the item at hand, 0-4, or section weights by
    section id, 0 or more."""

    level: int | None = Field(default=None, ge=0, le=4)
    weights: Mapping[str, float] = Field(default_factory=dict)


class Room(Frozen):
    """What the screen shows and the facilitator steers by: kept so that every process and a restarted one know it, and
    never part of the record.

    ``timer_ends`` is when the time planned for the item is over; None: no timer runs. ``blank``: the screen is dark.
    """

    scene: Scene = Scene.holding
    item: Item | None = None
    blank: bool = False
    timer_ends: AwareDatetime | None = None
    supposed: Supposed | None = None
