"""What would change the result: single levels, weights, evaluators and flags that give another winner or verdict."""

from __future__ import annotations

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.robustness import Turns
from ii_vendor.model.scorecard import Comparison
from ii_vendor.score.turning.decisions import evaluator_turns, flag_turns
from ii_vendor.score.turning.levels import level_turns
from ii_vendor.score.turning.standing import standing
from ii_vendor.score.turning.weights import weight_turns

__all__ = ["turns"]


def turns(evaluation: Evaluation, content: Content, comparison: Comparison) -> Turns:
    """Every single change that gives other leaders or another verdict, the smallest first within each kind.

    ``comparison`` must be that of this evaluation and content.
    """
    now = standing(comparison, content)
    return Turns(
        levels=level_turns(now),
        weights=weight_turns(now),
        evaluators=evaluator_turns(evaluation, content, comparison),
        flags=flag_turns(evaluation, content, comparison),
    )
