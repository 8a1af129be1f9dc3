"""One answer of one vendor at levels that it might have, and what becomes of the result at each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import inf

import numpy as np

from ii_vendor.model.robustness import Effect
from ii_vendor.model.rubric import TOP_LEVEL, EvidenceGrade
from ii_vendor.model.scorecard import AnswerStatus, Outcome, QuestionScore, Scorecard
from ii_vendor.score.comparison import RANK_DIGITS
from ii_vendor.score.turning.effects import effect_of
from ii_vendor.score.turning.standing import POINTS, Array, Standing, missed
from ii_vendor.score.verdict import verdict


class VendorNow:
    """A vendor as it stands: what its answers are judged against."""

    def __init__(self, now: Standing, number: int) -> None:
        self.now, self.number = now, number
        self.card: Scorecard = now.cards[number]
        self.low = self.card.autonomy.low or 0.0
        self.missing = sum(score.status is AnswerStatus.missing for score in self.card.questions)
        self.base = float(now.weights[now.applies[number]].sum())
        self.bars = [(self._bar_weights(bar.weights(now.weights)), bar) for bar in now.bars]
        self.others = _ranked_others(now, number)
        self.best_other = max(self.others.values(), default=None)

    def _bar_weights(self, weights: Array) -> Array:
        counted = np.where(self.now.applies[self.number], weights, 0.0)
        return counted / counted.sum() if counted.any() else counted

    @cached_property
    def bar_scores(self) -> list[float]:
        """What the vendor reaches for each minimum, 0-100."""
        return [float(weights @ bar.points[self.number]) for weights, bar in self.bars]

    @cached_property
    def misses(self) -> list[bool]:
        """Which minimums the vendor misses now."""
        pairs = zip(self.bars, self.bar_scores, strict=True)
        return [bool(weights.any() and missed(np.array(score), bar.minimum)) for (weights, bar), score in pairs]


def _ranked_others(now: Standing, number: int) -> dict[str, float]:
    return {
        card.vendor: round(card.autonomy.low or 0.0, RANK_DIGITS)
        for place, card in enumerate(now.cards)
        if place != number and card.verdict.outcome is not Outcome.reject and card.autonomy.coverage
    }


@dataclass(frozen=True)
class AnswerAt:
    """One answer if the panel agreed on another level, 0-4.

    The evidence behind it stays what it is: that of the consensus, or without one what everybody who rated it saw; an
    answer that nobody rated is rated on the vendor's claim alone. Nothing else changes, so an answer that is newer than
    its ratings stays so.
    """

    vendor: VendorNow
    place: int

    @property
    def score(self) -> QuestionScore:
        """The answer as it is."""
        return self.vendor.card.questions[self.place]

    @cached_property
    def _caps(self) -> list[float]:
        """What the evidence behind each level that counts can carry, ascending."""
        caps = self.vendor.now.content.profile.evidence_caps
        if self.score.consensus:
            return [caps[self.score.consensus.grade]]
        return sorted(caps[rating.grade] for rating in self.score.ratings) or [caps[EvidenceGrade.claim]]

    def evidenced(self, level: float) -> float:
        """The evidenced level if ``level`` is claimed."""
        return sum(min(level, cap) for cap in self._caps) / len(self._caps)

    def _claimed_for(self, evidenced: float) -> float:
        """The lowest claimed level with this evidenced one; infinite where the evidence cannot carry it."""
        carried = 0.0
        for number, cap in enumerate(self._caps):
            level = (len(self._caps) * evidenced - carried) / (len(self._caps) - number)
            if level <= cap:
                return level
            carried += cap
        return inf

    def effect(self, level: float) -> Effect:
        """What becomes of the result at this level."""
        card, outcome = self.vendor.card, self.outcome(level)
        then = self._leaders(level, outcome)
        return effect_of(self.vendor.now.leaders, then, {card.vendor: (card.verdict.outcome, outcome)})

    def outcome(self, level: float) -> Outcome:
        """The vendor's outcome at this level."""
        return Outcome.reject if self._misses(level) else self._rest(level)

    def _misses(self, level: float) -> bool:
        """Whether the vendor then misses a minimum of its scores."""
        vendor = self.vendor
        for (weights, bar), score, misses in zip(vendor.bars, vendor.bar_scores, vendor.misses, strict=True):
            weight = weights[self.place]
            if weight:
                gain = self._points(level, bar.points) - bar.points[vendor.number, self.place]
                misses = bool(missed(np.array(score + weight * gain), bar.minimum))
            if misses:
                return True
        return False

    def _points(self, level: float, which: Array) -> float:
        return POINTS * (self.evidenced(level) if which is self.vendor.now.evidenced else level)

    def _rest(self, level: float) -> Outcome:
        """The outcome by the real rules, minimums of scores apart."""
        vendor, now = self.vendor, self.vendor.now
        missing = self.score.status is AnswerStatus.missing
        if not self._critical and (not missing or vendor.missing > 1):
            return now.rest[vendor.number]
        changed = {"status": AnswerStatus.rated, "claimed": level, "evidenced": self.evidenced(level)}
        then = self.score.model_copy(update={**changed, "disputed": False})
        questions = (*vendor.card.questions[: self.place], then, *vendor.card.questions[self.place + 1 :])
        return verdict(questions, vendor.card.autonomy, vendor.card.sections, now.lifted).outcome

    @property
    def _critical(self) -> bool:
        return self.vendor.now.content.questions[self.score.question].critical

    def _leaders(self, level: float, outcome: Outcome) -> list[str]:
        vendor = self.vendor
        low, best = self._low(level), vendor.best_other
        own = low if outcome is not Outcome.reject and self._in_ranking else None
        top = max((score for score in (own, best) if score is not None), default=None)
        scores = {**vendor.others, vendor.card.vendor: own}
        return [card.vendor for card in vendor.now.cards if top is not None and scores.get(card.vendor) == top]

    @property
    def _weight(self) -> float:
        """This answer's share of what applies to the vendor."""
        return float(self.vendor.now.weights[self.place]) / self.vendor.base if self.vendor.base else 0.0

    @property
    def _in_ranking(self) -> bool:
        """Whether anything that weighs is rated, once this answer is."""
        return bool(self.vendor.card.autonomy.coverage) or self._weight > 0

    def _low(self, level: float) -> float:
        now = self.vendor.low
        return round(now + self._weight * (POINTS * level - self._low_points), RANK_DIGITS)

    @property
    def _low_points(self) -> float:
        return float(self.vendor.now.low[self.vendor.number, self.place])

    def places(self) -> list[float]:
        """The exact levels, 0-4, at which something can turn."""
        found = [*self._at_minimums(), *self._at_rival()]
        if self._critical:
            found += [0.0, self.vendor.now.content.profile.minimums.floor or 0.0]
        return [level for level in found if 0 <= level <= TOP_LEVEL]

    def _at_minimums(self) -> list[float]:
        found, vendor = [], self.vendor
        for (weights, bar), score in zip(vendor.bars, vendor.bar_scores, strict=True):
            if weights[self.place]:
                needed = (bar.minimum - score) / weights[self.place] + bar.points[vendor.number, self.place]
                level = float(needed) / POINTS
                found.append(self._claimed_for(level) if bar.points is vendor.now.evidenced else level)
        return found

    def _at_rival(self) -> list[float]:
        best = self.vendor.best_other
        if best is None or not self._weight:
            return []
        return [((best - self.vendor.low) / self._weight + self._low_points) / POINTS]
