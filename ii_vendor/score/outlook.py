"""The result if one answer of one vendor counted otherwise, without comparing everything anew."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ii_vendor.model.content import Content
from ii_vendor.model.rubric import TOP_LEVEL
from ii_vendor.model.scorecard import AnswerStatus, Comparison, Outcome, QuestionScore, Scorecard
from ii_vendor.score.comparison import RANK_DIGITS
from ii_vendor.score.turning.standing import POINTS, Array, Mask, Standing, standing
from ii_vendor.score.verdict import answer_outcome


@dataclass(frozen=True)
class Result:
    """Everybody's rank, in the comparison's order, and the outcome of the vendor whose answer counts otherwise."""

    ranks: tuple[int | None, ...]
    outcome: Outcome


class Outlook:
    """The vendors of ``comparison``, which must be one of ``content``, each answer open to count otherwise."""

    def __init__(self, comparison: Comparison, content: Content) -> None:
        now = standing(comparison, content)
        self._vendors = [_VendorOutlook(now, number) for number in range(len(comparison.vendors))]
        self._lows = [_low_of(card) for card in comparison.vendors]

    def result(self, vendor: int, place: int, score: QuestionScore) -> Result:
        """The result if ``score`` stood for the answer to question number ``place`` of vendor number ``vendor``, both
        from 0. Only its status, level, evidenced level, flags, dispute and staleness matter."""
        outcome, low = self._vendors[vendor].then(place, score)
        lows = [*self._lows[:vendor], low, *self._lows[vendor + 1 :]]
        ranked = sorted(each for each in lows if each is not None)
        ranks = (None if low is None else 1 + len(ranked) - bisect_right(ranked, low) for low in lows)
        return Result(tuple(ranks), outcome)


def _low_of(card: Scorecard) -> float | None:
    """What a vendor is ranked by; None where it has no rank."""
    return None if card.rank is None else round(card.autonomy.low or 0.0, RANK_DIGITS)


class _Mean:
    """The weighted mean of one vendor's points, 0-100, over the answers that apply."""

    def __init__(self, points: Array, weights: Array, applies: Mask) -> None:
        self._points: list[float] = points.tolist()
        self._weights: list[float] = weights.tolist()
        self._applies: list[bool] = applies.tolist()
        self._top, self._total = self._sums()

    def _sums(self, without: int | None = None) -> tuple[float, float]:
        counted = [each and place != without for place, each in enumerate(self._applies)]
        weights = [weight if each else 0.0 for weight, each in zip(self._weights, counted, strict=True)]
        return sum(weight * point for weight, point in zip(weights, self._points, strict=True)), sum(weights)

    def then(self, place: int, points: float | None) -> float | None:
        """The mean if one answer had ``points``, None: did not apply. None where nothing that applies weighs."""
        weight, applied = self._weights[place], self._applies[place]
        if applied and points is not None:
            # The usual case, without adding everything up again: the weights stay the same.
            return (self._top + weight * (points - self._points[place])) / self._total if self._total else None
        top, total = self._sums(without=place)
        if points is not None:
            top, total = top + weight * points, total + weight
        return top / total if total else None


class _VendorOutlook:
    """One vendor, with what each of its answers makes of it."""

    def __init__(self, now: Standing, number: int) -> None:
        self._content, self._scores = now.content, now.cards[number].questions
        applies = now.applies[number]
        self._low = _Mean(now.low[number], now.weights, applies)
        self._bars = [
            (bar.minimum, bar.points is now.evidenced, _Mean(bar.points[number], bar.weights(now.weights), applies))
            for bar in now.bars
        ]
        self._weighs: list[bool] = (now.weights > 0).tolist()
        self._judged = frozenset(np.flatnonzero(now.rated[number] & (now.weights > 0)).tolist())

    @cached_property
    def _outcomes(self) -> list[Outcome]:
        return [answer_outcome(score, self._content) for score in self._scores]

    @cached_property
    def _counts(self) -> Counter[Outcome]:
        return Counter(self._outcomes)

    def then(self, place: int, score: QuestionScore) -> tuple[Outcome, float | None]:
        """The vendor's outcome, and the points, 0-100, that it is ranked by; None where it is not ranked then."""
        low = self._low.then(place, _points(score, score.claimed, 0))
        if self._misses(place, score):
            return Outcome.reject, None
        outcome = self._of_answers(place, score)
        if low is None:
            return min((outcome, Outcome.incomplete), key=_WORST_FIRST.index), None
        judged = score.status in (AnswerStatus.rated, AnswerStatus.unanswered)
        ranked = bool(self._judged - {place}) or (judged and self._weighs[place])
        if outcome is Outcome.reject or not ranked:
            return outcome, None
        return outcome, round(min(100.0, low), RANK_DIGITS)

    def _of_answers(self, place: int, score: QuestionScore) -> Outcome:
        """The worst that one of the answers makes of the vendor."""
        own, was = answer_outcome(score, self._content), self._outcomes[place]
        others = {each for each, count in self._counts.items() if count > (each is was)}
        return min(others | {own}, key=_WORST_FIRST.index)

    def _misses(self, place: int, score: QuestionScore) -> bool:
        """Whether a minimum of a score is missed for certain."""
        for minimum, proven, mean in self._bars:
            level = score.evidenced if proven else score.claimed
            reached = mean.then(place, _points(score, level, TOP_LEVEL))
            if reached is not None and round(reached, RANK_DIGITS) < minimum:
                return True
        return False


_WORST_FIRST = tuple(Outcome)


def _points(score: QuestionScore, level: float | None, where_missing: float) -> float | None:
    """What the answer gives at this level, 0-100; None where it does not apply."""
    if score.status is AnswerStatus.not_applicable:
        return None
    return POINTS * (where_missing if score.status is AnswerStatus.missing else level or 0.0)
