"""Invented bids, and what the rules would make of them before anything is sent out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from ii_vendor.model.base import Frozen, Id, Words
from ii_vendor.model.price import LEAST, MOST
from ii_vendor.model.robustness import VerdictMove
from ii_vendor.model.rubric import TOP_LEVEL, EvidenceGrade
from ii_vendor.model.scorecard import Comparison

Level = Annotated[int, Field(ge=0, le=TOP_LEVEL, strict=True)]


class Mark(Frozen):
    """What an invented bid would get: a level 0-4, a grade, or both; None is as for what stands around it.

    A bare number is a level.
    """

    level: Level | None = None
    grade: EvidenceGrade | None = None

    @model_validator(mode="before")
    @classmethod
    def _a_number_is_a_level(cls, value: Any) -> Any:
        return {"level": value} if isinstance(value, int) and not isinstance(value, bool) else value


class Bid(Frozen):
    """An invented bid: what a panel would make of it, without any answer being written.

    ``level`` and ``grade`` hold for every question unless its section or the question itself says otherwise.
    ``red_flags`` are the ids of the rubric's red flags that would be confirmed. ``price`` is 0.01 to 10^15 and
    never scored.
    """

    id: Id
    title: Words
    story: Words
    level: Level
    grade: EvidenceGrade = EvidenceGrade.claim
    sections: dict[Id, Mark] = Field(default_factory=dict)
    questions: dict[Id, Mark] = Field(default_factory=dict)
    red_flags: tuple[Id, ...] = ()
    price: Annotated[float, Field(ge=LEAST, le=MOST, allow_inf_nan=False)] | None = None
    currency: Words = "EUR"

    def level_of(self, section: str, question: str = "") -> int:
        """The level, 0-4, of a question of this section; without a question, what the section starts from."""
        given = (self.questions.get(question), self.sections.get(section))
        return next((mark.level for mark in given if mark and mark.level is not None), self.level)

    def grade_of(self, section: str, question: str = "") -> EvidenceGrade:
        """The grade of a question of this section; without a question, what the section starts from."""
        given = (self.questions.get(question), self.sections.get(section))
        return next((mark.grade for mark in given if mark and mark.grade is not None), self.grade)

    def with_section(self, section: str, mark: Mark, questions: Collection[str]) -> Self:
        """The same bid with another mark for a section; an empty one takes the section's own away.

        A level or grade that is new holds for all of the section's ``questions``: those that they had end.
        """
        before, own = self.sections.get(section, Mark()), dict(self.questions)
        for key in set(questions) & set(own):
            kept = own[key].model_dump()
            for what in ("level", "grade"):
                if getattr(mark, what) not in (None, getattr(before, what)):
                    kept[what] = None
            own = _changed(own, key, Mark(**kept))
        return self.model_copy(update={"sections": _changed(self.sections, section, mark), "questions": own})

    def with_question(self, question: str, mark: Mark) -> Self:
        """The same bid with another mark for a question; an empty one takes the question's own away."""
        return self.model_copy(update={"questions": _changed(self.questions, question, mark)})

    def with_red_flag(self, flag: str, confirmed: bool) -> Self:
        """The same bid with or without a red flag."""
        others = tuple(each for each in self.red_flags if each != flag)
        return self.model_copy(update={"red_flags": (*others, flag) if confirmed else others})


def _changed(marks: Mapping[str, Mark], key: str, mark: Mark) -> dict[str, Mark]:
    changed = {**marks, key: mark}
    if mark == Mark():
        del changed[key]
    return changed


class Decides(StrEnum):
    """What a question does to the outcome of a dry run."""

    same = "same"
    nothing = "nothing"
    matters = "matters"


class QuestionDecides(Frozen):
    """What becomes of the outcome when one question is left out.

    ``levels`` holds each bid's level by its id, and ``points`` how far the question moves the bids apart: the largest
    difference in points of autonomy, 0-100, that it makes between two of them.

    ``leaders`` holds who leads without it, None where that stays; ``order`` says whether any rank moves; ``verdicts``
    those that become others. ``rests`` names the bids whose verdict gives the question as a reason, whether or not the
    verdict has others too. ``same``: none of these, and one level for all bids. ``nothing``: none of these.
    """

    question: str
    section: str
    levels: Mapping[str, int]
    points: float
    leaders: tuple[str, ...] | None = None
    order: bool = False
    verdicts: tuple[VerdictMove, ...] = ()
    rests: tuple[str, ...] = ()

    @property
    def decides(self) -> Decides:
        """Whether the question tells bids apart at all, and whether that turns anything."""
        if self.leaders is not None or self.order or self.verdicts or self.rests:
            return Decides.matters
        return Decides.same if len(set(self.levels.values())) == 1 else Decides.nothing


class Gain(Frozen):
    """By how many points of autonomy, 0-100, one question puts the bid that is chosen before the one that is wanted;
    below 0 where the wanted one is better."""

    question: str
    points: float


class DryRun(Frozen):
    """Which of the invented ``bids`` the rules would choose, and which questions decide it.

    ``chosen`` holds the bids at rank 1: none where all are rejected. ``gains`` say where the chosen one is better than
    the ``wanted`` one, the most first; empty where the wanted one leads. ``together``: leaving out at once every
    question that decides nothing alone moves a rank or a verdict.
    """

    bids: tuple[Bid, ...]
    wanted: str
    chosen: tuple[str, ...]
    comparison: Comparison
    questions: tuple[QuestionDecides, ...]
    gains: tuple[Gain, ...] = ()
    together: bool = False

    @property
    def as_wanted(self) -> bool:
        """Whether the wanted bid, and it alone, is chosen."""
        return self.chosen == (self.wanted,)

    def bid(self, bid_id: str) -> Bid:
        """The bid with this id. Raises KeyError where there is none."""
        for bid in self.bids:
            if bid.id == bid_id:
                return bid
        raise KeyError(bid_id)

    def deciding(self, what: Decides) -> tuple[QuestionDecides, ...]:
        """The questions that decide this much, in the order asked."""
        return tuple(each for each in self.questions if each.decides is what)
