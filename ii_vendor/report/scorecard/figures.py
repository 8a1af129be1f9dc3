"""The figures of the Totals sheet: each with its formula for one vendor and the value that Python computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ii_vendor.model.questionnaire import Section
from ii_vendor.model.scorecard import AnswerStatus, Autonomy, Band, QuestionScore, Scorecard
from ii_vendor.report.scorecard.book import Value, fixed
from ii_vendor.report.scorecard.plan import (
    FIRST,
    TOTALS,
    WEIGHTS,
    Plan,
    RatingsColumns,
    WeightsColumns,
    of_ratings,
    of_weights,
)

ALL = "all"
"""The key of the figures over all sections, beside the sections' ids."""

FIRST_VENDOR = 2
"""The column of the first vendor on the Totals sheet."""


@dataclass(frozen=True)
class Figure:
    """One row of the Totals sheet. ``formula`` and ``value`` take the vendor, counted from 0."""

    key: str
    label: str
    how: str
    style: str
    formula: Callable[[int], str]
    value: Callable[[int], Value]


@dataclass(frozen=True)
class Block:
    """Figures that belong together, under a heading."""

    title: str
    figures: tuple[Figure, ...]


class Totals:
    """Where each figure stands: by key and vendor, or over all vendors."""

    def __init__(self, plan: Plan) -> None:
        self.vendors = len(plan.cards)
        self.rows: dict[str, int] = {}

    def add(self, keys: Sequence[str], row: int) -> None:
        """Let these figures stand one below the other from this row on."""
        self.rows.update({key: row + offset for offset, key in enumerate(keys)})

    def at(self, key: str, vendor: int) -> str:
        """One vendor's cell, for formulas on any sheet."""
        return fixed(TOTALS, self.rows[key], FIRST_VENDOR + vendor)

    def every(self, key: str) -> str:
        """All vendors' cells."""
        return fixed(TOTALS, self.rows[key], FIRST_VENDOR, self.rows[key], FIRST_VENDOR + max(self.vendors, 1) - 1)

    def before(self, key: str, vendor: int) -> str:
        """The cells left of a vendor's, from the column of words on."""
        return fixed(TOTALS, self.rows[key], FIRST_VENDOR - 1, self.rows[key], FIRST_VENDOR + vendor - 1)


RATED = (AnswerStatus.rated, AnswerStatus.unanswered)
Line = tuple[str, str, str, str, Callable[[int], str], Callable[[int], Value]]


class _Scope:
    """All questions, or those of one section (counted from 0), as formulas see them.

    A section is weighed by its questions' own weights, so it has a score even where the section counts for nothing.
    """

    def __init__(self, plan: Plan, totals: Totals, key: str, section: int | None) -> None:
        self.plan, self.key, self._totals = plan, key, totals
        self._span = None if section is None else plan.section_spans[section]
        self.weights = of_weights(plan, WeightsColumns.share if section is None else WeightsColumns.weight, self._span)
        self.columns = RatingsColumns(len(plan.raters))
        self.axes = [_Axes(plan, card, section) for card in plan.cards]

    def ref(self, key: str, vendor: int) -> str:
        return self._totals.at(f"{key}:{self.key}", vendor)

    def times_weight(self, col: int, factor: str = "") -> Callable[[int], str]:
        """Sum of weight times a column of the Ratings sheet."""
        return lambda v: f"{factor}SUMPRODUCT({of_ratings(self.plan, col, v, self._span)},{self.weights})"

    def weight_where(self, *statuses: AnswerStatus) -> Callable[[int], str]:
        """Sum of the weights of the questions that stand so."""

        def formula(vendor: int) -> str:
            status = of_ratings(self.plan, self.columns.status, vendor, self._span)
            either = "+".join(f'({status}="{one}")' for one in statuses)
            return f"=SUMPRODUCT(({either})*{self.weights})"

        return formula

    def per(self, denominator: str, numerator: Callable[[int], str]) -> Callable[[int], str]:
        """A quotient; the empty text where nothing weighs anything."""

        def formula(vendor: int) -> str:
            under = self.ref(denominator, vendor)
            return f'=IF({under}=0,"",{numerator(vendor)}/{under})'

        return formula


def score_figures(plan: Plan, totals: Totals, key: str, section: int | None) -> tuple[Figure, ...]:
    """Both axes over all questions, or over one section (counted from 0)."""
    scope = _Scope(plan, totals, key, section)
    lines = [*_sums(scope), *_autonomy(scope), *_red_flags(scope)]
    if section is not None:
        lines.append(_section_minimum(scope, section))
    return tuple(Figure(f"{line[0]}:{key}", *line[1:]) for line in lines)


def _sums(scope: _Scope) -> Iterator[Line]:
    missing, axes, columns = AnswerStatus.missing, scope.axes, scope.columns
    for key, label, how, statuses in (
        ("applies", "Weight that applies", "Without questions that do not apply", (*RATED, missing)),
        ("rated", "Weight that is rated", "Rated or not answered", RATED),
        ("open", "Weight still to be rated", "Not rated yet", (missing,)),
    ):
        yield key, label, how, "weight", scope.weight_where(*statuses), _weight(axes, statuses)
    for key, label, how, col, which in (
        ("levels", "Weight × level", "Sum over the rated questions", columns.claimed, "claimed"),
        ("proven", "Weight × evidenced level", "Each level capped by its evidence", columns.evidenced, "evidenced"),
    ):
        yield key, label, how, "weight", scope.times_weight(col, "="), _levels(axes, which)


def _weight(axes: Sequence[_Axes], statuses: Sequence[AnswerStatus]) -> Callable[[int], Value]:
    return lambda v: axes[v].weight(*statuses)


def _levels(axes: Sequence[_Axes], which: str) -> Callable[[int], Value]:
    return lambda v: axes[v].levels(which)


def _autonomy(scope: _Scope) -> Iterator[Line]:
    ref, axes = scope.ref, scope.axes

    def points(levels: str) -> Callable[[int], str]:
        return lambda v: f"25*{ref(levels, v)}"

    def at_best(levels: str) -> Callable[[int], str]:
        return lambda v: f"25*({ref(levels, v)}+4*{ref('open', v)})"

    how = "100 × (weight × level) / (4 × weight that applies): what is not rated counts as 0"
    low = scope.per("applies", points("levels"))
    yield "low", "Autonomy, low", how, "score bold", low, lambda v: axes[v].autonomy.low
    high, how = scope.per("applies", at_best("levels")), "The same with level 4 for what is not rated"
    yield "high", "Autonomy, high", how, "score bold", high, lambda v: axes[v].autonomy.high
    claimed, how = scope.per("rated", points("levels")), "Over the rated questions only"
    yield "claimed", "Claimed", how, "score", claimed, lambda v: axes[v].autonomy.claimed
    evidenced, how = scope.per("rated", points("proven")), "The same with evidenced levels"
    yield "evidenced", "Evidenced", how, "score", evidenced, lambda v: axes[v].autonomy.evidenced
    best, how = scope.per("applies", at_best("proven")), "Evidenced levels, with level 4 for what is not rated"
    yield "evidenced_high", "Evidenced, at best", how, "score", best, lambda v: axes[v].evidenced_high
    share, how = scope.per("applies", lambda v: ref("rated", v)), "Weight that is rated / weight that applies"
    yield "coverage", "Rated share", how, "share", share, lambda v: axes[v].autonomy.coverage


def _red_flags(scope: _Scope) -> Iterator[Line]:
    axes, columns = scope.axes, scope.columns
    how = "100 × (weight × red flags that stand) / weight that applies"
    low = scope.per("applies", scope.times_weight(columns.flags, "100*"))
    yield "flags", "Red flags, low", how, "score bold", low, lambda v: axes[v].flags.low
    high = scope.per("applies", scope.times_weight(columns.flags_open, "100*"))
    how = "The same with open flags counted as confirmed"
    yield "flags_high", "Red flags, high", how, "score bold", high, lambda v: axes[v].flags.high


def _section_minimum(scope: _Scope, section: int) -> Line:
    cell = fixed(WEIGHTS, FIRST + section, WeightsColumns.section_minimum)
    least = scope.plan.content.profile.minimums.sections.get(scope.plan.sections[section].id)

    def formula(vendor: int) -> str:
        high = scope.ref("high", vendor)
        return f"=IF(AND(ISNUMBER({high}),ISNUMBER({cell})),IF(ROUND({high},9)<{cell},1,0),0)"

    how = "1 if the score at best is below the section’s least score (sheet Weights)"
    return (
        "missed",
        "Least score missed",
        how,
        "count",
        formula,
        lambda v: int(below(scope.axes[v].autonomy.high, least)),
    )


def below(score: float | None, least: float | None) -> bool:
    """Whether a score misses a minimum; never without both."""
    return score is not None and least is not None and round(score, 9) < least


class _Axes:
    """One vendor's computed figures over all questions or one section, with the sums they are made of."""

    def __init__(self, plan: Plan, card: Scorecard, section: int | None) -> None:
        self.autonomy: Autonomy
        self.flags: Band
        if section is None:
            self.autonomy, self.flags = card.autonomy, card.red_flags
            self._questions: Sequence[QuestionScore] = card.questions
            self._weights = np.array([score.weight for score in card.questions])
        else:
            first, last = plan.section_spans[section]
            self.autonomy, self.flags = card.sections[section].autonomy, card.sections[section].red_flags
            self._questions = card.questions[first : last + 1]
            self._weights = _inner_weights(plan, plan.sections[section])

    def weight(self, *statuses: AnswerStatus) -> float:
        return sum(
            float(weight)
            for score, weight in zip(self._questions, self._weights, strict=True)
            if score.status in statuses
        )

    def levels(self, which: str) -> float:
        levels = (getattr(score, which) for score in self._questions)
        return sum(
            (float(weight) * level for level, weight in zip(levels, self._weights, strict=True) if level is not None),
            0.0,
        )

    @property
    def evidenced_high(self) -> float | None:
        applies = self.weight(AnswerStatus.rated, AnswerStatus.unanswered, AnswerStatus.missing)
        best = self.levels("evidenced") + 4 * self.weight(AnswerStatus.missing)
        return 25 * best / applies if applies else None


def _inner_weights(plan: Plan, section: Section) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    weights = plan.content.profile.question_weights
    return np.array([weights.get(question.id, 1.0) for question in section.questions])


def blocks_of_scores(plan: Plan, totals: Totals) -> Iterator[Block]:
    """All sections together, then each section."""
    yield Block("All sections", score_figures(plan, totals, ALL, None))
    for index, section in enumerate(plan.sections):
        yield Block(f"Section: {section.title}", score_figures(plan, totals, section.id, index))
