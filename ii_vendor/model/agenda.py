"""What the panel still has to settle, ordered by what it decides, and what a proposed consensus would change.

Computed from an evaluation and never stored as truth. Vendors, questions and flags are named by id.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import Field

from ii_vendor.model.base import Frozen
from ii_vendor.model.scorecard import Comparison, Outcome


class Why(StrEnum):
    """Why an answer is on the agenda."""

    spread = "levels far apart"
    dispute = "in dispute"
    stale = "answer changed"
    overtaken = "agreed before a rating was changed"
    unrated = "not rated"
    flag = "red flag undecided"


class AgendaItem(Frozen):
    """One answer of one vendor that the panel has to talk about.

    ``low`` and ``high`` are the levels, 0-4, between which the panel is free, None where no level is open: the lowest
    and the highest that somebody gave, and 0 and 4 where nobody rated the answer as it stands. ``spread`` is how far
    they lie apart, at least what the undecided ``flags`` take of the four levels (a critical one all, a major one 2.4).
    ``impact`` is ``spread`` times ``weight``, the question's share of all weights (0-1), where that can change
    anything, else 0.

    What follows says what settling this answer as a whole, its level and all its flags, could change, all else as it
    stands: ``changes_leader`` holds other vendors that would lead or share the lead (an empty tuple in it: nobody
    would), ``changes_ranks`` the vendors with another rank, ``changes_verdicts`` the other outcomes by vendor, and
    ``changes_gate`` says whether a gate could then reject the vendor, or no longer be open.
    """

    vendor: str
    question: str
    why: tuple[Why, ...]
    low: int | None
    high: int | None
    spread: float
    weight: float
    impact: float
    flags: tuple[str, ...] = ()
    changes_leader: tuple[tuple[str, ...], ...] = ()
    changes_ranks: tuple[str, ...] = ()
    changes_verdicts: Mapping[str, tuple[Outcome, ...]] = Field(default_factory=dict)
    changes_gate: bool = False

    @property
    def decisive(self) -> bool:
        """Whether this answer alone can still change the outcome."""
        return bool(self.changes_leader or self.changes_ranks or self.changes_verdicts or self.changes_gate)


class AgreedItem(Frozen):
    """An answer that the panel has agreed on.

    ``mean`` is that of the ratings, ``move`` how far the consensus lies above it, below it where negative. ``level``
    None: not applicable. ``dissents`` counts who does not share it.
    """

    vendor: str
    question: str
    level: int | None
    mean: float | None
    move: float | None
    dissents: int = 0


class Agenda(Frozen):
    """What is open, what decides most first, and what is agreed, in the order of vendors and questions."""

    items: tuple[AgendaItem, ...]
    done: tuple[AgreedItem, ...]

    @property
    def still_decisive(self) -> int:
        """How many items can still change the outcome, each by itself."""
        return sum(item.decisive for item in self.items)


class Neighbour(Frozen):
    """The next vendor in the ranking and how many points of autonomy, 0 or more of 100, lie between."""

    vendor: str
    points: float


class ConsensusMoves(Frozen):
    """What a consensus on one answer would change, against the evaluation as it stands.

    ``mean`` is that of the ratings, and ``move`` how far ``level`` lies above it, below it where negative; None where
    there is no mean or no level. ``given`` holds what the evaluators gave, None for not applicable. ``after`` is the
    comparison with it, ``ranks`` and ``verdicts`` hold what it changes by vendor, before and after. ``leaders`` and
    ``leaders_before`` share rank 1. ``lead`` and ``lead_before`` are the points of autonomy between the first two, None
    where fewer are ranked. ``above`` and ``below`` are the vendor's neighbours in the ranking after it.
    """

    vendor: str
    question: str
    level: int | None
    given: tuple[int | None, ...]
    mean: float | None
    move: float | None
    after: Comparison
    ranks: Mapping[str, tuple[int | None, int | None]]
    verdicts: Mapping[str, tuple[Outcome, Outcome]]
    leaders_before: tuple[str, ...]
    leaders: tuple[str, ...]
    lead_before: float | None
    lead: float | None
    above: Neighbour | None
    below: Neighbour | None

    @property
    def changes_leader(self) -> bool:
        """Whether others lead after it."""
        return set(self.leaders) != set(self.leaders_before)
