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


def score_figures(plan: Plan, totals: Totals, scope: str, section: int | None) -> tuple[Figure, ...]:
    """Both axes over all questions, or over one section (counted from 0).

    A section is weighed by its questions' own weights, so it has a score even where the section counts for nothing.
    """
    span = None if section is None else plan.section_spans[section]
    weights = of_weights(plan, WeightsColumns.share if section is None else WeightsColumns.weight, span)
    columns = RatingsColumns(len(plan.raters))

    def cells(col: int, vendor: int) -> str:
        return of_ratings(plan, col, vendor, span)

    def weight_where(vendor: int, *statuses: AnswerStatus) -> str:
        status = cells(columns.status, vendor)
        either = "+".join(f'({status}="{one}")' for one in statuses)
        return f"=SUMPRODUCT(({either})*{weights})"

    def per(numerator: Callable[[int], str], denominator: str) -> Callable[[int], str]:
        def formula(vendor: int) -> str:
            under = totals.at(f"{denominator}:{scope}", vendor)
            return f'=IF({under}=0,"",{numerator(vendor)}/{under})'

        return formula

    def ref(key: str, vendor: int) -> str:
        return totals.at(f"{key}:{scope}", vendor)

    axes = [_Axes(plan, card, section) for card in plan.cards]
    rated = (AnswerStatus.rated, AnswerStatus.unanswered)
    figures = [
        Figure(
            "applies",
            "Weight that applies",
            "Sum of the weights, without questions that do not apply",
            "weight",
            lambda v: weight_where(v, *rated, AnswerStatus.missing),
            lambda v: axes[v].weight(*rated, AnswerStatus.missing),
        ),
        Figure(
            "rated",
            "Weight that is rated",
            "Rated or not answered",
            "weight",
            lambda v: weight_where(v, *rated),
            lambda v: axes[v].weight(*rated),
        ),
        Figure(
            "open",
            "Weight still to be rated",
            "Not rated yet",
            "weight",
            lambda v: weight_where(v, AnswerStatus.missing),
            lambda v: axes[v].weight(AnswerStatus.missing),
        ),
        Figure(
            "levels",
            "Weight × level",
            "Sum over the rated questions",
            "weight",
            lambda v: f"=SUMPRODUCT({cells(columns.claimed, v)},{weights})",
            lambda v: axes[v].levels("claimed"),
        ),
        Figure(
            "proven",
            "Weight × evidenced level",
            "The same with each level capped by its evidence",
            "weight",
            lambda v: f"=SUMPRODUCT({cells(columns.evidenced, v)},{weights})",
            lambda v: axes[v].levels("evidenced"),
        ),
        Figure(
            "low",
            "Autonomy, low",
            "100 × (weight × level) / (4 × weight that applies): what is not rated counts as 0",
            "score bold",
            per(lambda v: f"25*{ref('levels', v)}", "applies"),
            lambda v: axes[v].autonomy.low,
        ),
        Figure(
            "high",
            "Autonomy, high",
            "The same with level 4 for what is not rated",
            "score bold",
            per(lambda v: f"25*({ref('levels', v)}+4*{ref('open', v)})", "applies"),
            lambda v: axes[v].autonomy.high,
        ),
        Figure(
            "claimed",
            "Claimed",
            "Over the rated questions only",
            "score",
            per(lambda v: f"25*{ref('levels', v)}", "rated"),
            lambda v: axes[v].autonomy.claimed,
        ),
        Figure(
            "evidenced",
            "Evidenced",
            "The same with evidenced levels",
            "score",
            per(lambda v: f"25*{ref('proven', v)}", "rated"),
            lambda v: axes[v].autonomy.evidenced,
        ),
        Figure(
            "evidenced_high",
            "Evidenced, at best",
            "Evidenced levels, with level 4 for what is not rated",
            "score",
            per(lambda v: f"25*({ref('proven', v)}+4*{ref('open', v)})", "applies"),
            lambda v: axes[v].evidenced_high,
        ),
        Figure(
            "coverage",
            "Rated share",
            "Weight that is rated / weight that applies",
            "share",
            per(lambda v: ref("rated", v), "applies"),
            lambda v: axes[v].autonomy.coverage,
        ),
        Figure(
            "flags",
            "Red flags, low",
            "100 × (weight × red flags that stand) / weight that applies",
            "score bold",
            per(lambda v: f"100*SUMPRODUCT({cells(columns.flags, v)},{weights})", "applies"),
            lambda v: axes[v].flags.low,
        ),
        Figure(
            "flags_high",
            "Red flags, high",
            "The same with open flags counted as confirmed",
            "score bold",
            per(lambda v: f"100*SUMPRODUCT({cells(columns.flags_open, v)},{weights})", "applies"),
            lambda v: axes[v].flags.high,
        ),
    ]
    if section is not None:
        figures.append(_section_minimum(plan, section, ref, axes))
    return tuple(
        Figure(f"{figure.key}:{scope}", figure.label, figure.how, figure.style, figure.formula, figure.value)
        for figure in figures
    )


def _section_minimum(plan: Plan, section: int, ref: Callable[[str, int], str], axes: Sequence[_Axes]) -> Figure:
    least = fixed(WEIGHTS, FIRST + section, WeightsColumns.section_minimum)
    return Figure(
        "missed",
        "Least score missed",
        "1 if the score at best is below the section’s least score (sheet Weights)",
        "count",
        lambda v: f"=IF(AND(ISNUMBER({ref('high', v)}),ISNUMBER({least})),IF(ROUND({ref('high', v)},9)<{least},1,0),0)",
        lambda v: int(
            below(axes[v].autonomy.high, plan.content.profile.minimums.sections.get(plan.sections[section].id))
        ),
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
