"""How firm a result is, all in one: simulations, stability, what would change it, and agreement."""

from __future__ import annotations

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.robustness import Robustness, WeightsVary
from ii_vendor.model.scorecard import Comparison, Outcome
from ii_vendor.score.agreement import agreement
from ii_vendor.score.matrix import matrix
from ii_vendor.score.simulation import simulate
from ii_vendor.score.stability import stability
from ii_vendor.score.turning import turns

SPREAD = 0.3
"""How far each weight is moved, as a share of itself, unless somebody says otherwise."""

SAMPLES = 10_000
"""Enough for a sampling error of at most one percentage point."""

KINDS = (
    (WeightsVary.informed, False),
    (WeightsVary.uniform, False),
    (WeightsVary.fixed, True),
    (WeightsVary.informed, True),
)
"""What the simulations vary: weights, and whether ratings too."""


def robustness(
    evaluation: Evaluation, content: Content, comparison: Comparison, *, spread: float = SPREAD, samples: int = SAMPLES
) -> Robustness:
    """How firm the result is. ``comparison`` must be that of this evaluation and content. ``spread`` is how far each
    weight is moved, 0-1 of itself; ``samples`` how many weightings are tried, from the same seed every time."""
    ranked = [card for card in comparison.ranked() if card.rank is not None]
    several = len(ranked) > 1
    field = matrix(comparison, content)
    return Robustness(
        evaluation=evaluation.id,
        content_hash=content.hash,
        record_hash=evaluation.record_hash,
        names={card.vendor: card.name for card in comparison.vendors},
        ranked=tuple(card.vendor for card in ranked),
        leaders=tuple(card.vendor for card in ranked if card.rank == 1),
        left_out=tuple(
            (card.vendor, "rejected" if card.verdict.outcome is Outcome.reject else "not rated")
            for card in comparison.vendors
            if card.rank is None
        ),
        simulations=tuple(
            simulate(field, weights, ratings=ratings, spread=spread, samples=samples) for weights, ratings in KINDS
        )
        if several
        else (),
        stability=stability(field, ranked[0].vendor) if several else (),
        turns=turns(evaluation, content, comparison),
        agreement=agreement(evaluation, content, comparison),
    )
