"""Every vendor's score against the share of one weight: where lines cross, the order changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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


def weight_lines(
    shares: Array,
    scores: Array,
    vendors: Sequence[str],
    names: Mapping[str, str],
    stability: WeightStability,
    tried: float | None = None,
) -> Chart:
    """``scores`` (vendors x shares, 0-100) of the ranked ``vendors``, best first, for each share, 0-1, of one weight.

    Shaded: the interval in which the leader stays ahead, each overtaking marked with its share. The full upright line
    is the share as it is, the dashed one a share that somebody tries. Each line's number stands at its end. Of a single
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
    made.add_scatter(**_overtakings(shares, scores[0], stability, names, reach))
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
    """The number of each line at its right end, moved apart where lines end close together."""
    places = np.argsort(scores, kind="stable")
    spots = scores[places].astype(float)
    for index in range(1, len(spots)):
        spots[index] = max(spots[index], spots[index - 1] + gap)
    spots -= max(0.0, float(np.mean(spots - scores[places])))
    return {
        "mode": "text",
        "x": [x] * len(spots),
        "y": spots.tolist(),
        "text": [f"<b>{place + 1}</b>" for place in places],
        "showlegend": False,
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


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
) -> dict[str, Any]:
    """A mark where a rival meets the leader, with the share; of marks close together only the first is labelled."""
    near = (spot for spot in _meetings(stability) if spot[0] <= reach)
    spots = sorted(near, key=lambda spot: abs(spot[0] - stability.share))
    taken: list[float] = []
    texts = []
    for share, _ in spots:
        clear = all(abs(share - other) > 0.09 * reach for other in taken)
        texts.append(f"<b>{_percent(share)}</b>" if clear else "")
        taken += [share] if clear else []
    return {
        "mode": "markers+text",
        "x": [100 * share for share, _ in spots],
        "y": [float(np.interp(share, shares, leader)) for share, _ in spots],
        "text": texts,
        "textposition": [_side(share / reach) for share, _ in spots],
        "textfont": {"size": 18},
        "hovertext": [f"{label(names[rival])} meets the leader at {_percent(share)}" for share, rival in spots],
        "hoverinfo": "text",
        "marker": {"symbol": "diamond", "size": 15, "color": RED, "line": {"width": 1.5, "color": "white"}},
        "name": "The lead changes",
        "showlegend": bool(spots),
    }


def _side(across: float) -> str:
    """Where the words of a mark so far across the picture, 0-1, stand inside it."""
    return "top right" if across < 0.1 else "top left" if across > 0.9 else "top center"


def _meetings(stability: WeightStability) -> Iterator[tuple[float, str]]:
    for one in stability.rivals:
        for share in (one.low, one.high):
            if 1e-9 < share < 1 - 1e-9:
                yield share, one.rival


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if 0.1 <= share <= 0.9 else f"{100 * share:.1f} %"
