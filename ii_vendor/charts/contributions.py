"""Where each vendor's autonomy comes from: a bar made of what each section contributes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ii_vendor.charts.chart import Chart
from ii_vendor.charts.look import figure, label, rows
from ii_vendor.charts.words import number
from ii_vendor.score.matrix import Array

SHADES = (
    ("#08505c", "white"),
    ("#8fcbd3", "#0d2a30"),
    ("#0b7a8a", "white"),
    ("#c9e6e9", "#0d2a30"),
    ("#3f93a0", "white"),
    ("#a7c4c9", "#0d2a30"),
    ("#5b7a80", "white"),
    ("#dfe9eb", "#0d2a30"),
)
"""Deep and pale in turn, so that neighbours differ to every eye, and the type that reads on each."""

HATCH = {"shape": "/", "fgcolor": "#6f8f95", "bgcolor": "rgba(0,0,0,0)", "size": 7, "solidity": 0.3}


def contribution_bars(
    points: Array,
    vendors: Sequence[str],
    sections: Mapping[str, str],
    names: Mapping[str, str],
    open_points: Mapping[str, float],
) -> Chart:
    """A stacked bar for each of ``vendors``, with its total at the end.

    ``points`` (vendors x sections) and ``open_points``, what the missing ratings could add, are on the scale 0-100.
    Every section has a number, which stands in its pieces too. What is not rated yet is hatched.
    """
    made = figure(110 + 25 * (len(sections) + 1) + 84 * len(vendors))
    for index, title in enumerate(sections.values()):
        made.add_bar(**_piece(index, title, points[:, index], [names[vendor] for vendor in vendors]))
    gaps = [open_points.get(vendor, 0.0) for vendor in vendors]
    if any(gap > 1e-9 for gap in gaps):
        made.add_bar(
            orientation="h",
            y=list(range(len(vendors))),
            x=gaps,
            name="Not rated yet",
            marker={"pattern": HATCH, "color": "rgba(0,0,0,0)", "line": {"width": 1, "color": "#6f8f95"}},
            hovertext=[f"Not rated yet: up to {number(gap)} more" for gap in gaps],
            hoverinfo="text",
        )
    totals = points.sum(axis=1)
    made.add_scatter(
        mode="text",
        x=[total + gap for total, gap in zip(totals, gaps, strict=True)],
        y=list(range(len(vendors))),
        text=[f" <b>{number(total)}</b>" for total in totals],
        textposition="middle right",
        textfont={"size": 22},
        showlegend=False,
        hoverinfo="skip",
        cliponaxis=False,
    )
    rows(made, [label(names[vendor], 42) for vendor in vendors], up=0.41)
    made.update_layout(barmode="stack", bargap=0.52, uniformtext={"mode": "hide", "minsize": 12})
    made.update_layout(legend={"traceorder": "normal"})
    made.update_xaxes(range=[0, 104], title_text="Points of autonomy, of 100", tickvals=list(range(0, 101, 20)))
    columns = ("vendor", *sections.values(), "total", "not rated yet, up to")
    table = zip(vendors, points.tolist(), totals.tolist(), gaps, strict=True)
    return Chart(made, columns, tuple((names[v], *each, total, gap) for v, each, total, gap in table))


def _piece(index: int, title: str, points: Array, names: Sequence[str]) -> dict[str, object]:
    shade, ink = SHADES[index % len(SHADES)]
    shown = label(title)
    return {
        "orientation": "h",
        "y": list(range(len(names))),
        "x": points.tolist(),
        "name": f"{index + 1} {shown}",
        "marker": {"color": shade, "line": {"width": 0}},
        "text": [f"<b>{number(each)}</b><br>{index + 1}" if each > 0 else "" for each in points],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": ink, "size": 14},
        "hovertext": [f"{label(name)}<br>{shown}: {each:.1f}" for name, each in zip(names, points, strict=True)],
        "hoverinfo": "text",
    }
