"""A comparison as arrays: what every simulation and every interval is computed from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ii_vendor.model.content import Content
from ii_vendor.model.rubric import TOP_LEVEL
from ii_vendor.model.scorecard import AnswerStatus, Comparison, QuestionScore
from ii_vendor.score.weights import question_shares

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Matrix:
    """The ranked vendors of a comparison (V) by its questions (Q), in the comparison's order.

    ``weights`` are the questions' shares of the whole, adding up to 1, and ``section_of`` the index of each question's
    section. ``utility`` is level / 4 as the rank counts it: 0 where not rated. ``applies`` is False where a question
    does not apply to a vendor and so leaves its denominator. ``least`` and ``most`` are the utilities between which the
    ratings leave room: from the lowest to the highest level that somebody gave, 0 to 1 where nobody rated. A consensus
    leaves none.
    """

    vendors: tuple[str, ...]
    questions: tuple[str, ...]
    sections: tuple[str, ...]
    section_of: NDArray[np.intp]
    weights: Array
    utility: Array
    applies: NDArray[np.bool_]
    least: Array
    most: Array

    def scores(self, weights: Array | None = None) -> Array:
        """Each vendor's autonomy, 0-1, as it is ranked: sum(w u) / sum(w) over what applies; 0 where nothing weighs."""
        chosen = self.weights if weights is None else weights
        totals = self.applies @ chosen
        return np.divide(self.utility @ chosen, totals, out=np.zeros(len(totals)), where=totals > 0)


def matrix(comparison: Comparison, content: Content) -> Matrix:
    """The ranked vendors of ``comparison``, which must be one of ``content``."""
    cards = [card for card in comparison.vendors if card.rank is not None]
    sections = tuple(section.id for section in content.sections)
    rows = [[_bounds(score) for score in card.questions] for card in cards]
    shape = (len(cards), len(content.questions), 3)
    bounds = np.array(rows, dtype=np.float64).reshape(shape)
    applies = [[score.status is not AnswerStatus.not_applicable for score in card.questions] for card in cards]
    return Matrix(
        vendors=tuple(card.vendor for card in cards),
        questions=tuple(content.questions),
        sections=sections,
        section_of=np.array([sections.index(content.section_of[each].id) for each in content.questions], dtype=np.intp),
        weights=np.array(list(question_shares(content).values()), dtype=np.float64),
        utility=bounds[:, :, 0],
        applies=np.array(applies, dtype=np.bool_).reshape(shape[:2]),
        least=bounds[:, :, 1],
        most=bounds[:, :, 2],
    )


def _bounds(score: QuestionScore) -> tuple[float, float, float]:
    """Utility as ranked, at the least and at the most."""
    if score.status is AnswerStatus.missing:
        return 0.0, 0.0, 1.0
    if score.claimed is None:
        return 0.0, 0.0, 0.0
    utility = score.claimed / TOP_LEVEL
    if score.status is AnswerStatus.unanswered or score.consensus:
        return utility, utility, utility
    return utility, min(score.levels) / TOP_LEVEL, max(score.levels) / TOP_LEVEL
