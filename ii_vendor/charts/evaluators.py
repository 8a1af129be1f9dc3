"""How far the evaluators lie apart: each one's level on the same answer, joined from the lowest to the highest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ii_vendor.charts.chart import Chart
from ii_vendor.charts.look import AUTONOMY, QUIET, figure, label, rows
from ii_vendor.model.content import Content
from ii_vendor.model.scorecard import Comparison, QuestionScore

MOST = 12

SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "star", "hexagon", "x", "triangle-down", "pentagon")
COLOURS = (AUTONOMY, "#c08a1e", "#7484d0", "#c564a5", "#639a45", "#85969b")


def evaluator_ranges(comparison: Comparison, content: Content, evaluators: Sequence[str], vendor: str = "") -> Chart:
    """Answers on which the evaluators' levels differ, of one vendor (by id) or of all, the largest range first and of
    equal ranges the weightier. Twelve are drawn, all stand in the numbers."""
    apart = ranges(comparison, vendor)
    shown = apart[:MOST]
    made = figure(150 + 58 * len(shown))
    made.add_scatter(
        mode="lines",
        x=[x for _, score in shown for x in (*_ends(score), None)],
        y=[y for row in range(len(shown)) for y in (row, row, None)],
        line={"color": QUIET, "width": 4},
        hoverinfo="skip",
        showlegend=False,
    )
    for index, evaluator in enumerate(evaluators):
        marks = _marks(index, evaluator, [score for _, score in shown], len(evaluators))
        if marks["x"]:
            made.add_scatter(**marks)
    titles = [f"{score.question}, {name}" if not vendor else _titled(score, content) for name, score in shown]
    rows(made, [label(title, 44) for title in titles], up=0.4)
    made.update_xaxes(range=[-0.15, 4.15], tickvals=[0, 1, 2, 3, 4], title_text="Level, 4 is best")
    columns = ("vendor", "question", "lowest", "highest", *evaluators)
    return Chart(made, columns, tuple(_row(name, score, evaluators) for name, score in apart))


def ranges(comparison: Comparison, vendor: str = "") -> list[tuple[str, QuestionScore]]:
    """The answers, each with its vendor's name, on which levels differ, the largest range first."""
    found = [
        (card.name, score)
        for card in comparison.ranked()
        if vendor in ("", card.vendor)
        for score in card.questions
        if score.spread
    ]
    return sorted(found, key=lambda pair: (-pair[1].spread, -pair[1].weight))


def _titled(score: QuestionScore, content: Content) -> str:
    return f"{score.question} {content.questions[score.question].title}"


def _levels(score: QuestionScore) -> dict[str, int]:
    return {rating.evaluator: rating.level for rating in score.ratings if rating.level is not None}


def _ends(score: QuestionScore) -> tuple[int, int]:
    levels = _levels(score).values()
    return min(levels), max(levels)


def _marks(index: int, evaluator: str, scores: Sequence[QuestionScore], of: int) -> dict[str, Any]:
    """One evaluator's marks, each a little higher or lower where others gave the same level."""
    given = [(row, _levels(score)) for row, score in enumerate(scores)]
    mine = [(row, levels[evaluator], levels) for row, levels in given if evaluator in levels]
    return {
        "mode": "markers",
        "name": label(evaluator),
        "x": [level for _, level, _ in mine],
        "y": [row + _aside(evaluator, level, levels) for row, level, levels in mine],
        "marker": {
            "symbol": SYMBOLS[index % len(SYMBOLS)],
            "color": COLOURS[index % len(COLOURS)],
            "size": 15 if of <= 6 else 13,
            "line": {"width": 1.5, "color": "white"},
        },
        "hovertext": [f"{label(evaluator)}: level {level}" for _, level, _ in mine],
        "hoverinfo": "text",
    }


def _aside(evaluator: str, level: int, levels: dict[str, int]) -> float:
    same = [name for name, given in levels.items() if given == level]
    return 0.26 * (same.index(evaluator) - (len(same) - 1) / 2)


def _row(name: str, score: QuestionScore, evaluators: Sequence[str]) -> tuple[str | int | None, ...]:
    levels = _levels(score)
    return (name, score.question, *_ends(score), *(levels.get(evaluator) for evaluator in evaluators))
