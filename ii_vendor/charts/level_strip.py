"""Everybody's level of one answer as dots on 0 to 4, their mean, and what the panel agreed on."""

from __future__ import annotations

from html import escape

from ii_vendor.model.rubric import TOP_LEVEL
from ii_vendor.model.scorecard import QuestionScore


def level_strip(score: QuestionScore) -> str:
    """The strip: a column a level with a dot a person, names beside them. Not applicable stands in a column of its own,
    where somebody said so."""
    levels: list[int | None] = [*range(TOP_LEVEL + 1)]
    if any(rating.level is None for rating in score.ratings) or (score.consensus and score.consensus.level is None):
        levels.append(None)
    columns = "".join(_column(score, level) for level in levels)
    mean = ""
    if score.mean is not None:
        # The middle of the column of level 0 is half a column in.
        place = 100 * (score.mean + 0.5) / len(levels)
        mean = f'<div class="iv-mean" style="left:{place:.2f}%"><b>mean {score.mean:.2g}</b></div>'
    return (
        f'<div class="iv-strip" role="img" aria-label="{escape(_said(score))}" '
        f'style="--iv-columns:{len(levels)}">{columns}{mean}</div>'
    )


def _column(score: QuestionScore, level: int | None) -> str:
    older = dict.fromkeys(score.stale, " iv-older")
    people = "".join(
        f'<span class="iv-dot{older.get(rating.evaluator, "")}">{escape(rating.evaluator)}</span>'
        for rating in score.ratings
        if rating.level == level
    )
    agreed = ""
    if score.consensus and score.consensus.level == level:
        agreed = '<span class="iv-agreed">consensus</span>'
    return f'<div class="iv-level"><b>{"n/a" if level is None else level}</b>{agreed}{people}</div>'


def _said(score: QuestionScore) -> str:
    given = ", ".join(
        f"{rating.evaluator} {'not applicable' if rating.level is None else rating.level}" for rating in score.ratings
    )
    mean = f". Mean {score.mean:.2g}" if score.mean is not None else ""
    return f"{given or 'Nobody has rated this answer'}{mean}"
