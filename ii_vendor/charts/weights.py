"""What another weighting does to each vendor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ii_vendor.charts.chart import Chart
from ii_vendor.charts.look import AUTONOMY, QUIET, figure, label, rows
from ii_vendor.model.scorecard import Comparison


def weight_effect(now: Comparison, then: Comparison) -> Chart:
    """Each vendor's autonomy, as it is ranked by, under the weights in force (hollow) and under others (solid), joined
    by a line."""
    cards, before = then.ranked(), {card.vendor: card.autonomy.low for card in now.vendors}
    names = [card.name for card in cards]
    moves = [(before[card.vendor], card.autonomy.low) for card in cards]
    made = figure(130 + 54 * len(cards))
    made.add_scatter(
        mode="lines",
        x=[value for move in moves for value in (*move, None)],
        y=[row for row in range(len(cards)) for _ in range(3)],
        line={"color": QUIET, "width": 3},
        hoverinfo="skip",
        showlegend=False,
    )
    made.add_scatter(**_dots("now", names, [was for was, _ in moves], "circle-open"))
    made.add_scatter(**_dots("what if", names, [comes for _, comes in moves], "circle"))
    rows(made, [label(name, 42) for name in names], up=0.4)
    made.update_xaxes(title_text="Autonomy, not rated counted as 0", range=_window(moves))
    table = tuple((name, *move) for name, move in zip(names, moves, strict=True))
    return Chart(made, ("vendor", "now", "what if"), table)


def _window(moves: Sequence[tuple[float | None, float | None]]) -> list[float]:
    """The part of 0-100 that the scores take, with room around it and never under 20 points, so that moves show."""
    known = [value for move in moves for value in move if value is not None]
    low, high = min(known, default=0.0), max(known, default=100.0)
    room = max(5.0, (20.0 - (high - low)) / 2)
    return [max(-2.0, low - room), min(102.0, high + room)]


def _dots(name: str, vendors: Sequence[str], values: Sequence[float | None], symbol: str) -> dict[str, Any]:
    return {
        "mode": "markers",
        "name": name,
        "x": list(values),
        "y": list(range(len(vendors))),
        "marker": {"size": 15, "symbol": symbol, "color": AUTONOMY, "line": {"width": 3, "color": AUTONOMY}},
        "hovertext": [
            f"{label(vendor)}, {name}: {value:.1f}" if value is not None else ""
            for vendor, value in zip(vendors, values, strict=True)
        ],
        "hoverinfo": "text",
    }
