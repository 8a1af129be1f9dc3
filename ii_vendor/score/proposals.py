"""Several people's weights, each set on its own: who gave some, who may see them, and what each set would do."""

from __future__ import annotations

from typing import NamedTuple

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation, WeightProposal
from ii_vendor.model.rubric import Profile
from ii_vendor.model.scorecard import Comparison
from ii_vendor.score.elicitation import weighed_ids
from ii_vendor.score.moves import Move
from ii_vendor.score.weights import normalised, section_shares


class WhatIf(NamedTuple):
    """What one person's weights would do: the vendors under them, and every rank and verdict that differs from now."""

    proposal: WeightProposal
    comparison: Comparison
    moves: tuple[Move, ...]


def profile_with(profile: Profile, proposal: WeightProposal) -> Profile:
    """``profile`` with one person's weights of the sections, or of the questions of one section, in place of its own.
    Nothing else of it changes."""
    weighed = "question_weights" if proposal.scope else "section_weights"
    return profile.model_copy(update={weighed: {**getattr(profile, weighed), **proposal.weights}})


def shares_in_force(content: Content, scope: str = "") -> dict[str, float]:
    """What the sections, or the questions of the section ``scope``, weigh now: shares that add up to 1, in the order
    asked; all 0 where nothing weighs anything."""
    if not scope:
        return section_shares(content)
    weights = content.profile.question_weights
    return normalised({question: weights.get(question, 1.0) for question in weighed_ids(content, scope)})


def proposals_of(evaluation: Evaluation, scope: str = "") -> tuple[WeightProposal, ...]:
    """Everybody's latest weights for one scope, in the panel's order."""
    found = (evaluation.proposals.get((member.name, scope)) for member in evaluation.evaluators)
    return tuple(proposal for proposal in found if proposal is not None)


def still_to_weigh(evaluation: Evaluation, scope: str = "") -> tuple[str, ...]:
    """Who on the panel has given no weights for this scope. Whoever looks on or oversees gives none."""
    return tuple(
        member.name
        for member in evaluation.evaluators
        if member.rates and not member.closed and (member.name, scope) not in evaluation.proposals
    )


def open_to(evaluation: Evaluation, person: str | None, scope: str = "") -> bool:
    """Whether ``person`` may see the others' weights: after giving his or her own, or once nobody is left to weigh.

    Whoever sees others' weights first is drawn towards them.
    """
    return (person, scope) in evaluation.proposals or not still_to_weigh(evaluation, scope)


def leaders(comparison: Comparison) -> tuple[str, ...]:
    """The names of those on the first rank; several where they tie, none where nobody is ranked."""
    return tuple(card.name for card in comparison.vendors if card.rank == 1)
