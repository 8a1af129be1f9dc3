"""What is computed from ratings and flags: scorecards and their comparison. Never stored as truth."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from ii_vendor.model.base import Frozen
from ii_vendor.model.panel import Consensus, Dissent, Flag, Rating

CONSENSUS = "the consensus"
"""What ``stale`` names where the panel agreed on an earlier answer, or before a rating was changed."""


class Band(Frozen):
    """A score from 0 to 100 that is known only within bounds; ``low == high`` once everything is decided.

    Both are None where nothing weighs anything.
    """

    low: float | None
    high: float | None

    @property
    def settled(self) -> bool:
        """Whether nothing open can move the score."""
        return self.low == self.high


class AnswerStatus(StrEnum):
    """Where one answer of one vendor stands."""

    rated = "rated"
    missing = "not rated"
    unanswered = "not answered"
    not_applicable = "not applicable"


class QuestionScore(Frozen):
    """One question of one vendor.

    ``claimed`` is the level of the ``consensus``, or without one the mean level 0-4 over those who rated; ``evidenced``
    the same with each level capped by its evidence grade. Both are None while nobody rated or where the question does
    not apply, both 0 where the vendor did not answer.
    ``weight`` is the question's share of all weights (0-1), ``spread`` the highest minus the lowest level rated.
    ``disputed``: a critical question without consensus that some rated 0 and others did not, or that was rated not
    applicable. ``stale`` names who judged an earlier answer than the one that stands now, as far as it counts: the
    evaluators, after ``CONSENSUS`` where it is of an earlier answer too or a rating was changed after it; nobody once
    the panel agreed on this one.
    """

    question: str
    section: str
    weight: float
    status: AnswerStatus
    claimed: float | None
    evidenced: float | None
    spread: int = 0
    disputed: bool = False
    stale: tuple[str, ...] = ()
    ratings: tuple[Rating, ...] = ()
    flags: tuple[Flag, ...] = ()
    consensus: Consensus | None = None
    dissents: tuple[Dissent, ...] = ()

    @property
    def levels(self) -> tuple[int, ...]:
        """The levels that somebody gave, 0-4, in the panel's order; without "not applicable"."""
        return tuple(rating.level for rating in self.ratings if rating.level is not None)

    @property
    def mean(self) -> float | None:
        """The mean of the levels that somebody gave, whatever counts; None where there are none."""
        return sum(self.levels) / len(self.levels) if self.levels else None

    @property
    def move(self) -> float | None:
        """By how many levels the consensus lies above the mean, below it where negative; None without either."""
        if self.consensus is None or self.consensus.level is None or self.mean is None:
            return None
        return self.consensus.level - self.mean


class Autonomy(Frozen):
    """An autonomy score, 0-100, of one section or of all.

    ``low`` counts missing ratings as level 0 and ``high`` as level 4. ``claimed`` and ``evidenced`` are over what has
    been rated; they are None before the first rating. ``coverage`` is the rated share of the weights, 0-1.
    """

    low: float | None
    high: float | None
    claimed: float | None
    evidenced: float | None
    coverage: float | None


class SectionScore(Frozen):
    """One section of one vendor on both axes."""

    section: str
    title: str
    weight: float
    autonomy: Autonomy
    red_flags: Band


class Floor(Frozen):
    """The lowest level (0-4) among the critical questions and the first question at it; None before any rating."""

    level: float | None
    question: str | None


class Outcome(StrEnum):
    """What the rules say of a vendor, worst first."""

    reject = "reject"
    incomplete = "incomplete"
    conditional = "conditional"
    shortlist = "shortlist"


class Reason(Frozen):
    """Why a verdict is what it is: ``quote`` has the vendor's words, ``clause`` and ``verify`` what would close it."""

    kind: Literal["gate", "critical", "minimum", "coverage", "undecided", "dispute", "flag", "clean"]
    text: str
    question: str = ""
    flag: str = ""
    quote: str = ""
    clause: str = ""
    verify: str = ""

    def __str__(self) -> str:
        return f"{self.text} “{self.quote}”" if self.quote else self.text


class Verdict(Frozen):
    """The outcome with its reasons, the gravest first."""

    outcome: Outcome
    reasons: tuple[Reason, ...]


class Scorecard(Frozen):
    """One vendor's two axes, floor and verdict. ``rank`` is None for a vendor that is
    rejected or not rated at all.

    ``provisional``: an open rating could still move the rank. ``on_front``: ranked, and no other
    ranked vendor is at least as good on both axes and better on one.
    """

    vendor: str
    name: str
    rank: int | None
    provisional: bool
    on_front: bool
    autonomy: Autonomy
    red_flags: Band
    floor: Floor
    verdict: Verdict
    sections: tuple[SectionScore, ...]
    questions: tuple[QuestionScore, ...]

    def question(self, question_id: str) -> QuestionScore:
        """The score of one question. Raises KeyError where there is none."""
        for score in self.questions:
            if score.question == question_id:
                return score
        raise KeyError(question_id)


class Comparison(Frozen):
    """All vendors of an evaluation side by side, in the order they were added."""

    evaluation: str
    name: str
    content_hash: str
    record_hash: str
    profile: str
    vendors: tuple[Scorecard, ...]

    def ranked(self) -> tuple[Scorecard, ...]:
        """The same scorecards, best rank first and rejected vendors last."""
        return tuple(sorted(self.vendors, key=lambda card: (card.rank is None, card.rank or 0)))
