"""How firmness is computed, for whoever has to check it: the terms, the samples and the limits."""

from __future__ import annotations

from ii_vendor.model.robustness import Robustness
from ii_vendor.report.phrases import counted, listed, percent, thousands
from ii_vendor.report.robustness_words import CAVEAT


def method_lines(robustness: Robustness) -> list[str]:
    """What each part of the page rests on, a paragraph a part."""
    return [*_samples(robustness), *_out(robustness), *METHOD]


METHOD = (
    "What the panel agreed on counts in place of the mean of the ratings, with the evidence that the consensus names. "
    "The ratings stay as they were given: agreement is measured on them, whatever was agreed afterwards.",
    "Ratings vary: each answer takes any level between the lowest and the highest that an evaluator gave it, and an "
    "answer that nobody rated any level from 0 to 4. An answer that the panel agreed on stays at its level.",
    "A typical weighting under which a vendor leads is the mean of all weightings tried that it wins (its central "
    "weight vector in SMAA-2). The shares by rank are rank acceptability indices, those pair by pair pairwise winning "
    "indices. Equal scores share the rank between them. In the map, whole percentages add up to 100 in each row: the "
    "largest remainders are rounded up.",
    "A weight’s stability interval is exact, not sampled: its share moves from 0 to 1 while all other weights keep "
    "their proportions, and the bound is where the leader’s score meets a rival’s.",
    "What would change the winner or a verdict is found by changing one thing at a time in the record as it stands and "
    "judging again by the same rules. Another level means that the panel agrees on it; without an evaluator, what was "
    "agreed stays. Two changes together may turn what neither turns alone.",
    "The lead’s chart moves each level of the two best vendors over the range that the panel gave it, or by one level "
    "where all gave the same or a consensus stands, and each weight by 30 % of itself, one at a time.",
    "Agreement on levels is Krippendorff’s alpha for ordinal levels with a bootstrap interval of 95 %; agreement on "
    "the order is Kendall’s W over the totals by each evaluator’s own ratings, with ties. Strictness is the mean "
    "difference from the mean of the others on the same answers.",
)


def _samples(robustness: Robustness) -> list[str]:
    if not robustness.simulations:
        return [CAVEAT]
    one = robustness.simulations[0]
    return [
        CAVEAT,
        f"Each share rests on {thousands(one.samples)} samples, drawn from the same fixed seeds every time, so the "
        "same record always gives the same shares. The draws depend on the questions and vendors alone, so what "
        "differs between two views or two weightings is what was changed, never chance. The sampling error is at most "
        f"{100 * max(each.margin for each in robustness.simulations):.1f} percentage points (95 %).",
        "Weights near those set: the share of each section, and that of each question inside its section, is "
        f"multiplied by a number drawn evenly from {percent(1 - one.spread)} to {percent(1 + one.spread)}, and both "
        "are scaled to add up to 1 again. Any weights: every division of the whole among the sections, and of each "
        "section among its questions, is equally likely. What weighs nothing stays at nothing.",
    ]


def _out(robustness: Robustness) -> list[str]:
    if not robustness.left_out:
        return []
    names = [f"{robustness.names[vendor]} ({why})" for vendor, why in robustness.left_out]
    return [
        f"Rejected and unrated vendors have no rank, whatever the weights. {counted(len(names), 'vendor')} "
        f"left out: {listed(names)}."
    ]
