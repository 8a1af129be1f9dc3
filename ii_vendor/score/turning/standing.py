"""Every vendor as it stands, as arrays, with the minimums that its scores must reach."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ii_vendor.model.content import Content
from ii_vendor.model.rubric import TOP_LEVEL, Minimums
from ii_vendor.model.scorecard import AnswerStatus, Autonomy, Comparison, Outcome, Scorecard
from ii_vendor.score.comparison import RANK_DIGITS, leading
from ii_vendor.score.verdict import verdict

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

POINTS = 100.0 / TOP_LEVEL
"""What one level is worth on the scale of scores, 0-100."""


@dataclass(frozen=True)
class Bar:
    """A minimum, 0-100, for the mean of ``points`` (V x Q, 0-100) over the questions in ``among`` (Q). Where none of
    these weighs anything, their weights are ``own``."""

    minimum: float
    points: Array
    among: Mask
    own: Array

    def weights(self, weights: Array) -> Array:
        """What each question counts for this minimum, where the questions weigh ``weights``."""
        chosen = np.where(self.among, weights, 0.0)
        return chosen if chosen.any() else np.where(self.among, self.own, 0.0)


@dataclass(frozen=True)
class Standing:
    """The vendors (V) of a comparison by its questions (Q), rejected and unrated ones too.

    ``weights`` are the questions' shares. ``low`` and ``high`` are the points 0-100 of each answer with missing ratings
    as level 0 and 4, ``evidenced`` those of the evidenced levels with missing ones as 4. ``rest`` is the outcome of
    each vendor by the real rules if no score had to reach a minimum: its verdict is that, or rejected by a minimum.
    ``weighed`` is the same if something that applies weighs, for vendors of whom nothing does now. ``lifted`` is the
    content without those minimums.
    """

    content: Content
    lifted: Content
    cards: tuple[Scorecard, ...]
    leaders: tuple[str, ...]
    weights: Array
    applies: Mask
    rated: Mask
    low: Array
    high: Array
    evidenced: Array
    bars: tuple[Bar, ...]
    rest: tuple[Outcome, ...]
    weighed: tuple[Outcome, ...]


def standing(comparison: Comparison, content: Content) -> Standing:
    """The vendors of ``comparison``, which must be one of ``content``."""
    cards = comparison.vendors
    shape = (len(cards), len(content.questions))
    statuses = [[score.status for score in card.questions] for card in cards]
    applies = np.array([[each is not AnswerStatus.not_applicable for each in row] for row in statuses], dtype=np.bool_)
    missing = np.array([[each is AnswerStatus.missing for each in row] for row in statuses], dtype=np.bool_)
    applies, missing = applies.reshape(shape), missing.reshape(shape)
    claimed = np.array([[score.claimed or 0.0 for score in card.questions] for card in cards]).reshape(shape)
    evidenced = np.array([[score.evidenced or 0.0 for score in card.questions] for card in cards]).reshape(shape)
    high = np.where(missing, TOP_LEVEL, claimed) * POINTS
    best_evidenced = np.where(missing, TOP_LEVEL, evidenced) * POINTS
    lifted = _without_score_minimums(content)
    return Standing(
        content=content,
        lifted=lifted,
        cards=cards,
        leaders=leading(cards),
        weights=np.array([score.weight for score in cards[0].questions] if cards else [0.0] * shape[1]),
        applies=applies,
        rated=applies & ~missing,
        low=claimed * POINTS,
        high=high,
        evidenced=best_evidenced,
        bars=_bars(content, high, best_evidenced),
        rest=tuple(verdict(card.questions, card.autonomy, card.sections, lifted).outcome for card in cards),
        weighed=tuple(verdict(card.questions, _weighed(card), card.sections, lifted).outcome for card in cards),
    )


def missed(scores: Array, minimum: float) -> Mask:
    """Which scores, 0-100, are below a minimum as the rules see it: inclusive, after rounding."""
    return np.asarray(np.round(scores, RANK_DIGITS) < minimum)


def _weighed(card: Scorecard) -> Autonomy:
    return card.autonomy.model_copy(update={"coverage": card.autonomy.coverage or 0.0})


def _without_score_minimums(content: Content) -> Content:
    minimums = Minimums(floor=content.profile.minimums.floor)
    return content.with_profile(content.profile.model_copy(update={"minimums": minimums}))


def _bars(content: Content, high: Array, evidenced: Array) -> tuple[Bar, ...]:
    minimums = content.profile.minimums
    own = np.array([content.profile.question_weights.get(question, 1.0) for question in content.questions])
    sections = np.array([content.section_of[question].id for question in content.questions])
    everything = np.ones(len(own), dtype=np.bool_)
    nothing = np.zeros(len(own))
    bars = [
        (minimums.autonomy, high, everything, nothing),
        (minimums.evidenced, evidenced, everything, nothing),
        *((minimums.sections.get(section.id), high, sections == section.id, own) for section in content.sections),
    ]
    return tuple(Bar(minimum, *rest) for minimum, *rest in bars if minimum is not None)
