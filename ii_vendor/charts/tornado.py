"""The tornado of the lead: what moves the leader's lead over its strongest rival most, the biggest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from ii_vendor.charts.chart import Chart
from ii_vendor.charts.look import AUTONOMY, RED, figure, label, rows
from ii_vendor.model.content import Content
from ii_vendor.score.tornado import Swing

MOST = 12
ROOM = 0.22
"""What is left at either side for the words at a bar's end, as a share of what the bars take."""

UNDER = 0.24
"""Half the height of a bar, in rows, with a little room."""

COLUMNS = ("what moves", "of", "now", "from", "to", "lead at from, points", "lead at to, points", "lead now, points")
HATCHED = {"pattern": {"shape": "\\", "fgcolor": "white", "bgcolor": RED, "size": 8, "solidity": 0.2}}


def tornado(swings: Sequence[Swing], base: float, names: Mapping[str, str], content: Content) -> Chart:
    """The lead, in points, at both ends of each swing, from the lead ``base`` as it stands. The line at 0 is where the
    lead is lost. The twelve biggest are drawn, all stand in the numbers."""
    shown = list(swings[:MOST])
    made = figure(150 + 54 * len(shown))
    for side, rising in (("Shrinks the lead", False), ("Widens the lead", True)):
        made.add_bar(**_side(side, shown, base, rising))
    ends = [end for one in shown for end in (one.lead_low, one.lead_high)] + [0.0, base]
    reach = (max(ends) - min(ends)) or 1.0
    low, high = min(ends) - ROOM * reach, max(ends) + ROOM * reach
    rows(made, [_title(one, names, content) for one in shown], up=0.38, solid=True)
    made.update_layout(barmode="overlay", bargap=0.56)
    made.update_xaxes(range=[low, high], title_text="Lead in points")
    for row in range(len(shown)):
        # Beside the bars only: titles would cut a band through all rows to pieces.
        lost = {"x0": low, "x1": 0, "y0": row - UNDER, "y1": row + UNDER}
        made.add_shape(type="rect", **lost, fillcolor=RED, opacity=0.09, line_width=0, layer="below")
    _upright(made, 0.0, "Lead lost", {"color": RED, "width": 3, "dash": "dash"})
    _upright(made, base, "Lead now", {"color": AUTONOMY, "width": 2})
    return Chart(made, COLUMNS, tuple(_row(one, base, names, content) for one in swings))


def _upright(made: go.Figure, at: float, words: str, line: dict[str, Any]) -> None:
    """An upright line, explained beside the bars' colours: words at the line itself would meet those of another."""
    made.add_vline(x=at, line=line)
    made.add_scatter(x=[None], y=[None], mode="lines", line=line, name=words)


def _side(name: str, swings: Sequence[Swing], base: float, rising: bool) -> dict[str, Any]:
    """The half of each bar on which the lead grows, or shrinks, labelled with what the level or weight is there."""
    bars = []
    for row, one in enumerate(swings):
        for end, at in ((one.lead_low, one.low), (one.lead_high, one.high)):
            if abs(end - base) > 1e-9 and (end > base) is rising:
                bars.append((row, end - base, _amount(one, at), f"{_amount(one, at)}: lead {end:+.1f}"))
    return {
        "orientation": "h",
        "name": name,
        "base": base,
        "y": [row for row, *_ in bars],
        "x": [length for _, length, *_ in bars],
        "text": [text for _, _, text, _ in bars],
        "textposition": "outside",
        "textfont": {"size": 15},
        "cliponaxis": False,
        "hovertext": [hover for *_, hover in bars],
        "hoverinfo": "text",
        "marker": {"color": AUTONOMY if rising else RED, "line": {"width": 0}, **({} if rising else HATCHED)},
    }


def _title(one: Swing, names: Mapping[str, str], content: Content) -> str:
    what, whose = _what(one, content), names.get(one.vendor, "")
    if one.kind == "level":
        return f"{one.id}, {label(whose, 26)}: {'not rated' if one.now is None else f'level {_level(one.now)}'}"
    return f"Weight of {label(what, 26) if one.kind == 'section' else one.id}: {_share(one.now or 0.0)}"


def _what(one: Swing, content: Content) -> str:
    if one.kind == "section":
        return next(section.title for section in content.sections if section.id == one.id)
    return f"{one.id} {content.questions[one.id].title}"


def _amount(one: Swing, value: float) -> str:
    return f"level {_level(value)}" if one.kind == "level" else _share(value)


def _level(value: float) -> str:
    return f"{round(value, 1):g}"


def _share(value: float) -> str:
    return f"{100 * value:.0f} %" if value >= 0.1 else f"{100 * value:.1f} %"


def _row(one: Swing, base: float, names: Mapping[str, str], content: Content) -> tuple[str | float | None, ...]:
    scale = 1.0 if one.kind == "level" else 100.0
    moved = "level" if one.kind == "level" else "weight, %"
    return (
        f"{_what(one, content)}, {moved}",
        names.get(one.vendor, ""),
        None if one.now is None else scale * one.now,
        scale * one.low,
        scale * one.high,
        one.lead_low,
        one.lead_high,
        base,
    )
