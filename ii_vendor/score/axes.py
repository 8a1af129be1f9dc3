"""The two axes: autonomy and red flags, 0-100 each and never netted."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from ii_vendor.model.panel import Flag
from ii_vendor.model.rubric import TOP_LEVEL
from ii_vendor.model.scorecard import AnswerStatus, Autonomy, Band, QuestionScore

Array = NDArray[np.float64]


def weighted_score(levels: Array, weights: Array) -> float | None:
    """100 * sum(w u) / sum(w) with u = level / 4, so 0-100; None where nothing weighs anything.

    The scale is fixed at 0-4 and never stretched over the vendors present: removing a vendor moves nobody else.
    """
    total = float(weights.sum())
    # Rounding can carry a perfect score past 100 by its last binary digit.
    return min(100.0, 100.0 * float(weights @ levels) / (TOP_LEVEL * total)) if total else None


def autonomy(questions: Sequence[QuestionScore]) -> Autonomy:
    """The autonomy of these questions. Those that do not apply leave the denominator."""
    applicable = [score for score in questions if score.status is not AnswerStatus.not_applicable]
    weights = np.array([score.weight for score in applicable], dtype=np.float64)
    claimed, evidenced = _levels(applicable, "claimed"), _levels(applicable, "evidenced")
    rated = ~np.isnan(claimed)
    total = float(weights.sum())
    return Autonomy(
        low=weighted_score(np.nan_to_num(claimed, nan=0.0), weights),
        high=weighted_score(np.nan_to_num(claimed, nan=TOP_LEVEL), weights),
        claimed=weighted_score(claimed[rated], weights[rated]),
        evidenced=weighted_score(evidenced[rated], weights[rated]),
        coverage=min(1.0, float(weights[rated].sum()) / total) if total else None,
    )


def evidenced_high(questions: Sequence[QuestionScore]) -> float | None:
    """The best evidenced score, 0-100, that the missing ratings could still make."""
    applicable = [score for score in questions if score.status is not AnswerStatus.not_applicable]
    weights = np.array([score.weight for score in applicable], dtype=np.float64)
    return weighted_score(np.nan_to_num(_levels(applicable, "evidenced"), nan=TOP_LEVEL), weights)


def exposure(flags: Sequence[Flag]) -> float:
    """e = 1 - prod(1 - s) over these flags' severity weights: 0 without a flag, 1 with any critical one."""
    return 1.0 - prod(1.0 - flag.severity.weight for flag in flags)


def red_flags(questions: Sequence[QuestionScore]) -> Band:
    """100 * sum(w e) / sum(w), 0-100, higher is worse: low over the flags that stand, high with the undecided ones."""
    applicable = [score for score in questions if score.status is not AnswerStatus.not_applicable]
    total = sum(score.weight for score in applicable)
    if not total:
        return Band(low=None, high=None)

    def over(pick_undecided: bool) -> float:
        return sum(
            score.weight
            * exposure([f for f in score.flags if f.state.counts or (pick_undecided and f.state.undecided)])
            for score in applicable
        )

    return Band(low=min(100.0, 100.0 * over(False) / total), high=min(100.0, 100.0 * over(True) / total))


def _levels(questions: Sequence[QuestionScore], which: str) -> Array:
    values = [getattr(score, which) for score in questions]
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
