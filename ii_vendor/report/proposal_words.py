"""Somebody's weights and what they would do, in sentences. Plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ii_vendor.model.panel import WeighingMethod, WeightProposal
from ii_vendor.model.scorecard import Comparison
from ii_vendor.report.phrases import listed
from ii_vendor.score import whole_percentages
from ii_vendor.score.proposals import WhatIf, leaders

WAYS = {WeighingMethod.swing: "points for swings", WeighingMethod.rank_order: "a plain order"}


def given_words(proposal: WeightProposal) -> str:
    """``Amara Osei, by points for swings on 2 Nov 2026``."""
    return f"{proposal.evaluator}, by {WAYS[proposal.method]} on {proposal.at.day} {proposal.at:%b %Y}"


def gap_words(titles: Mapping[str, str], proposals: Sequence[WeightProposal]) -> str:
    """Where people are furthest apart, in whole percent; for one person alone, what he or she would weigh most."""
    shares = {proposal.evaluator: whole_percentages(proposal.weights) for proposal in proposals}
    if len(shares) == 1:
        (name, share), *_ = shares.items()
        most = max(titles, key=lambda key: share.get(key, 0))
        return f"{name} would weigh {titles[most]} most: {share.get(most, 0)} %."
    gaps = {key: sorted((share.get(key, 0), name) for name, share in shares.items()) for key in titles}
    widest = max(gaps, key=lambda key: gaps[key][-1][0] - gaps[key][0][0])
    (low, lowest), *_, (high, highest) = gaps[widest]
    if low == high:
        return "Everybody gives the same weights."
    return f"Furthest apart on {titles[widest]}: {low} % ({lowest}) to {high} % ({highest})."


def effect_words(now: Comparison, effect: WhatIf) -> str:
    """Who would lead, and every rank and verdict that would differ from now."""
    before, after = leaders(now), leaders(effect.comparison)
    if not after:
        said = "Nobody would be ranked."
    else:
        verb = "leads" if len(after) == 1 else "share the lead"
        said = f"{listed(after)} {verb}, {'as now' if before == after else 'which is new'}."
    if not effect.moves:
        return f"{said} No rank and no verdict changes."
    return f"{said} {'; '.join(f'{move.name}: {move.what} {move.old} → {move.new}' for move in effect.moves)}."
