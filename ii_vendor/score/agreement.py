"""How far the evaluators agree: on levels, on the vendors' order, on how strict to be; and what tells nobody apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.robustness import Agreement, Alpha, Flat, Severity
from ii_vendor.model.scorecard import AnswerStatus, Comparison, Scorecard
from ii_vendor.score.alpha import alpha_interval, krippendorff_alpha, pairable_units
from ii_vendor.score.concordance import kendalls_w
from ii_vendor.score.weights import question_shares

Array = NDArray[np.float64]

ENOUGH_UNITS = 10
"""On fewer answers rated by two or more, a single answer is over a tenth of what alpha rests on."""


def agreement(evaluation: Evaluation, content: Content, comparison: Comparison) -> Agreement:
    """How far the panel agrees, by everybody's latest levels of all vendors, rejected ones too.

    ``comparison`` must be that of this evaluation and content. "Not applicable" is no level.
    """
    levels = _levels(evaluation, content)
    totals = own_totals(levels, np.array(list(question_shares(content).values())))
    return Agreement(
        pooled=_alpha("", levels.reshape(len(levels), levels.shape[1] * levels.shape[2])),
        questions=tuple(_alpha(question, levels[:, :, i]) for i, question in enumerate(content.questions)),
        kendall=kendalls_w(totals),
        raters=totals.shape[0],
        items=totals.shape[1],
        severities=tuple(_severities(evaluation, levels)),
        flats=tuple(_flats(evaluation, content)),
        inseparable=tuple(_inseparable(comparison)),
    )


def own_totals(levels: Array, weights: Array) -> Array:
    """Each evaluator's own weighted mean level of each vendor (raters x items), from ``levels`` (evaluators x vendors x
    questions, nan where not rated) and the questions' weights.

    An evaluator's totals are over the questions that he rated for every vendor taken, so that they are comparable, and
    evaluators without such a question are left out. Of the vendors that two evaluators can compare, those are taken
    that let the most pairs of answers be compared; 0 x 0 where there are no two vendors and two evaluators like that.
    """
    rated = ~np.isnan(levels) & (weights > 0)
    taken = _comparable_vendors(rated)
    if not taken:
        return np.empty((0, 0))
    common = np.logical_and.reduce(rated[:, taken], axis=1)
    raters = np.flatnonzero(common.any(axis=1))
    mine = common[raters] * weights
    totals: Array = (np.nan_to_num(levels[raters][:, taken]) * mine[:, None]).sum(axis=2)
    totals /= mine.sum(axis=1, keepdims=True)
    return totals


def _comparable_vendors(rated: NDArray[np.bool_]) -> list[int]:
    """Which vendors to compare: of those rated by two or more, one after the other is dropped, each time the one
    without whom the others share the most, and the best choice on that way is taken."""
    left = [vendor for vendor in range(rated.shape[1]) if rated[:, vendor].any(axis=1).sum() > 1]
    best: list[int] = []
    most = 0
    while len(left) > 1:
        pairs = int(_shared(np.logical_and.reduce(rated[:, left], axis=1))) * len(left) * (len(left) - 1)
        if pairs > most:
            best, most = list(left), pairs
        left.pop(_to_drop(rated[:, left]))
    return best


def _to_drop(rated: NDArray[np.bool_]) -> int:
    """Without which vendor the others share the most questions; of several, the one rated the least, then the last."""
    others = rated.shape[1] - 1
    shared = _shared((rated.sum(axis=1)[:, None] - rated == others).transpose(0, 2, 1))
    ratings = rated.sum(axis=(0, 2))
    return max(range(others + 1), key=lambda vendor: (shared[vendor], -ratings[vendor], vendor))


def _shared(common: NDArray[np.bool_]) -> NDArray[np.intp]:
    """How many answers (evaluators x questions, then anything) two evaluators or more can compare; 0 for fewer."""
    counts = common.sum(axis=1)
    return np.where((counts > 0).sum(axis=0) > 1, counts.sum(axis=0), 0)


def _levels(evaluation: Evaluation, content: Content) -> Array:
    """Everybody's latest levels (evaluators x vendors x questions), nan where there is none."""
    names = {member.name: i for i, member in enumerate(evaluation.evaluators)}
    vendors = {vendor.id: i for i, vendor in enumerate(evaluation.vendors)}
    questions = {question: i for i, question in enumerate(content.questions)}
    levels = np.full((len(names), len(vendors), len(questions)), np.nan)
    for (vendor, question, evaluator), rating in evaluation.ratings.items():
        if rating.level is not None:
            levels[names[evaluator], vendors[vendor], questions[question]] = rating.level
    return levels


def _alpha(question: str, ratings: Array) -> Alpha:
    units, pairable = pairable_units(ratings)
    low, high = alpha_interval(ratings) or (None, None)
    return Alpha(
        question=question,
        value=krippendorff_alpha(ratings),
        low=low,
        high=high,
        units=units,
        pairable=pairable,
        too_few=units < ENOUGH_UNITS,
    )


def _severities(evaluation: Evaluation, levels: Array) -> Iterator[Severity]:
    """Everybody who rated, in the panel's order."""
    counts = (~np.isnan(levels)).sum(axis=0)
    sums = np.nansum(levels, axis=0)
    who = {evaluator for _, _, evaluator in evaluation.ratings}
    for own, member in zip(levels, evaluation.evaluators, strict=True):
        shared = ~np.isnan(own) & (counts > 1)
        offsets = own[shared] - (sums[shared] - own[shared]) / (counts[shared] - 1)
        if member.name in who:
            yield Severity(
                evaluator=member.name,
                offset=float(offsets.mean()) if len(offsets) else None,
                shared=len(offsets),
            )


def _flats(evaluation: Evaluation, content: Content) -> Iterator[Flat]:
    given: dict[tuple[str, str], list[int | None]] = {}
    for (_, question, evaluator), rating in evaluation.ratings.items():
        given.setdefault((evaluator, question), []).append(rating.level)
    for member in evaluation.evaluators:
        for question in content.questions:
            levels = given.get((member.name, question), [])
            if len(levels) > 1 and len(set(levels)) == 1:
                yield Flat(evaluator=member.name, question=question, level=levels[0], vendors=len(levels))


def _inseparable(comparison: Comparison) -> Iterator[tuple[str, str]]:
    means = {card.vendor: _means(card) for card in comparison.vendors}
    for one, other in combinations(means, 2):
        both = means[one].keys() & means[other].keys()
        if both and all(means[one][question] == means[other][question] for question in both):
            yield one, other


def _means(card: Scorecard) -> dict[str, float]:
    """The mean of the levels given to each question, 0 where the vendor did not answer. A consensus changes nothing."""
    return {
        score.question: 0.0 if score.status is AnswerStatus.unanswered else round(score.mean, 9)
        for score in card.questions
        if score.mean is not None
    }
