"""Every vendor's score against the share of one weight: where lines cross, the order changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from ii_vendor.charts.chart import Chart
from ii_vendor.charts.look import AUTONOMY, QUIET, RED, figure, label
from ii_vendor.model.robustness import WeightStability
from ii_vendor.score.matrix import Array

COLOURS = (AUTONOMY, "#c08a1e", "#7484d0", "#c564a5", "#639a45", "#85969b")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
HEIGHT = 520
GAP = 0.042
"""How far apart numbers at the ends of lines must stand, as a share of the height."""


_FULL: dict[str, Any] = {
    "mode": "markers+text",
    "name": "The lead changes",
    "marker": {"symbol": "diamond", "size": 15, "color": RED, "line": {"width": 1.5, "color": "white"}},
}
_HOLLOW: dict[str, Any] = {
    "mode": "markers",
    "name": "Another passes 1, no longer first",
    "marker": {"symbol": "diamond-open", "size": 11, "color": RED, "line": {"width": 2, "color": RED}},
}


def weight_lines(
    shares: Array,
    scores: Array,
    vendors: Sequence[str],
    names: Mapping[str, str],
    stability: WeightStability,
    tried: float | None = None,
) -> Chart:
    """``scores`` (vendors x shares, 0-100) of the ranked ``vendors``, best first, for each share, 0-1, of one weight.

    Shaded: the interval in which the leader stays ahead. A diamond with its share is where the lead is lost, a hollow
    one where another passes the vendor that led. The full upright line is the share as it is, the dashed one a share
    that somebody tries. Each line's number stands at its end. Of a single
    question, which mostly weighs little, only the shares up to where something happens are drawn.
    """
    reach = _reach(stability, tried)
    whole, drawn = (shares, scores), shares <= reach + 1e-9
    shares, scores = shares[drawn], scores[:, drawn]
    made = figure(HEIGHT + 26 * len(vendors))
    made.add_vrect(
        x0=100 * stability.low, x1=100 * stability.high, fillcolor=AUTONOMY, opacity=0.12, line_width=0, layer="below"
    )
    for place, vendor in reversed(list(enumerate(vendors))):
        made.add_scatter(**_line(place, f"{place + 1} {label(names[vendor], 36)}", shares, scores[place]))
    low, high = _scale(scores)
    made.add_scatter(**_ends(scores[:, -1], (high - low) * GAP, 102 * reach))
    _upright(made, stability.share, "now", "solid", top=True, left=stability.share > reach / 2)
    if tried is not None:
        _upright(made, tried, "what if", "dash", top=False, left=tried > reach / 2)
    for trace in _overtakings(shares, scores[0], stability, names, reach):
        made.add_scatter(**trace)
    made.update_layout(
        legend={"y": -0.16, "yanchor": "top", "traceorder": "reversed"}, margin={"t": 40, "r": 8}, hovermode="closest"
    )
    made.update_xaxes(range=[0, 104 * reach], title_text="Share of this weight, %")
    made.update_yaxes(range=[low, high], title_text="Autonomy", dtick=20 if high - low > 50 else 10)
    table = zip(whole[0].tolist(), *whole[1].tolist(), strict=True)
    return Chart(made, ("share, %", *(names[v] for v in vendors)), tuple((100 * s, *row) for s, *row in table))


def _line(place: int, name: str, shares: Array, scores: Array) -> dict[str, Any]:
    return {
        "mode": "lines",
        "name": name,
        "x": (100 * shares).tolist(),
        "y": scores.tolist(),
        "line": {
            "color": COLOURS[place % len(COLOURS)],
            "dash": DASHES[place % len(DASHES)],
            "width": 5 if place == 0 else 3,
        },
        "hovertext": [f"{name}<br>at {100 * s:.0f} %: {y:.1f}" for s, y in zip(shares, scores, strict=True)],
        "hoverinfo": "text",
    }


def _reach(stability: WeightStability, tried: float | None) -> float:
    """Up to which share the picture goes, 0-1."""
    if stability.kind == "section":
        return 1.0
    ends = [one.high for one in stability.rivals if one.high < 1]
    return min(1.0, max(0.1, 4 * stability.share, 1.25 * (tried or 0.0), 1.25 * min(ends, default=0.0)))


def _scale(scores: Array) -> tuple[float, float]:
    """From which score to which the picture reaches: what the lines need, and a little more."""
    low, high = float(scores.min()), float(scores.max())
    room = max(8.0, 0.12 * (high - low))
    return max(0.0, low - room), min(104.0, high + room)


def _ends(scores: Array, gap: float, x: float) -> dict[str, Any]:
    """The number of each line at its right end; those that end close together share the room around their middle."""
    places = np.argsort(scores, kind="stable")
    groups: list[list[float]] = []
    for end in scores[places].tolist():
        groups.append([end])
        while len(groups) > 1 and _spread(groups[-1], gap)[0] - _spread(groups[-2], gap)[-1] < gap:
            groups[-2:] = [groups[-2] + groups[-1]]
    return {
        "mode": "text",
        "x": [x] * len(places),
        "y": [spot for group in groups for spot in _spread(group, gap)],
        "text": [f"<b>{place + 1}</b>" for place in places],
        "showlegend": False,
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _spread(group: Sequence[float], gap: float) -> list[float]:
    """As many spots, ``gap`` apart around the middle of the group."""
    middle = sum(group) / len(group)
    return [middle + gap * (index - (len(group) - 1) / 2) for index in range(len(group))]


def _upright(made: Any, share: float, words: str, dash: str, *, top: bool, left: bool) -> None:
    """An upright line with its words at the top or at the foot, so that two close together stay readable."""
    made.add_vline(x=100 * share, line={"width": 2.5, "dash": dash, "color": QUIET}, layer="below")
    made.add_annotation(
        text=f"{words} {_percent(share)}",
        x=100 * share,
        yref="paper",
        y=1.0 if top else 0.0,
        yanchor="bottom",
        xanchor="right" if left else "left",
        showarrow=False,
    )


def _overtakings(
    shares: Array, leader: Array, stability: WeightStability, names: Mapping[str, str], reach: float
) -> Iterator[dict[str, Any]]:
    """Marks where a rival meets the leader: with its share where the lead changes, hollow where it is lost already."""
    near = [spot for spot in _meetings(stability) if spot[0] <= reach]
    turns = [spot for spot in near if min(abs(spot[0] - end) for end in (stability.low, stability.high)) < 1e-9]
    later = [spot for spot in near if spot not in turns]
    if later:
        yield _marks(later, shares, leader, names) | _HOLLOW
    if turns:
        sides = [_side(share / reach, below=share < stability.share) for share, _ in turns]
        words = {"text": _once(share for share, _ in turns), "textposition": sides, "textfont": {"size": 18}}
        yield _marks(turns, shares, leader, names) | _FULL | words


def _marks(
    spots: Sequence[tuple[float, str]], shares: Array, leader: Array, names: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "x": [100 * share for share, _ in spots],
        "y": [float(np.interp(share, shares, leader)) for share, _ in spots],
        "hovertext": [f"{label(names[rival])} meets 1 at {_percent(share)}" for share, rival in spots],
        "hoverinfo": "text",
    }


def _once(spots: Iterable[float]) -> list[str]:
    """The share at each mark, once where several vendors meet in one place."""
    texts: list[str] = []
    for share in spots:
        text = f"<b>{_percent(share)}</b>"
        texts.append("" if text in texts else text)
    return texts


def _side(across: float, *, below: bool) -> str:
    """Where the words of a mark so far across the picture, 0-1, stand: inside it, and outside of the interval."""
    return "top left" if across > 0.9 or (below and across >= 0.1) else "top right"


def _meetings(stability: WeightStability) -> Iterator[tuple[float, str]]:
    for one in stability.rivals:
        for share in (one.low, one.high):
            if 1e-9 < share < 1 - 1e-9:
                yield share, one.rival


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if 0.1 <= share <= 0.9 else f"{100 * share:.1f} %"
