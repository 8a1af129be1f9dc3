"""How often each vendor takes each rank, as a map: a row a vendor, a column a rank, deeper is more often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ii_vendor.charts.chart import Cell, Chart
from ii_vendor.charts.look import figure, label, rows
from ii_vendor.model.robustness import Simulation
from ii_vendor.report.phrases import rank_percents

DEEP = 0.85
"""From this share on a cell is so deep that its number is written in white."""

TITLE = 0.4
"""How much of a row its title takes, before the cells."""


def acceptability(simulation: Simulation, names: Mapping[str, str], order: Sequence[str]) -> Chart:
    """Vendor by rank, in percent of the samples, the vendors in this ``order``. An empty cell never happened, ``<1`` is
    less than half a percent. Each row adds up to 100."""
    shares = [simulation.ranks[simulation.vendors.index(vendor)] for vendor in order]
    shown = [[said.removesuffix(" %") for said in rank_percents(simulation, vendor)] for vendor in order]
    count = len(order)
    made = figure(90 + 62 * count)
    made.add_heatmap(
        x=list(range(1, count + 1)),
        y=[edge for row in range(count) for edge in (row - 0.5, row - 0.5 + TITLE)] + [count - 0.5],
        z=[cells for row in shares for cells in ([None] * count, row)],
        zmin=0,
        zmax=1,
        xgap=4,
        colorscale=[[0, "rgba(110,150,158,0.16)"], [1, "rgba(11,122,138,1)"]],
        showscale=False,
        hoverinfo="skip",
    )
    for deep in (False, True):
        made.add_scatter(**_numbers(shares, shown, [names[vendor] for vendor in order], deep))
    rows(made, [label(names[vendor], 42) for vendor in order], up=0.5 - TITLE / 2)
    made.update_xaxes(
        side="top",
        title_text="Rank, and how often in %",
        tickvals=list(range(1, count + 1)),
        showgrid=False,
        range=[0.45, count + 0.55],
        ticklabelstandoff=4,
    )
    made.update_layout(showlegend=False)
    columns = ("vendor", *(f"rank {rank}, %" for rank in range(1, count + 1)))
    table: list[tuple[Cell, ...]] = [
        (names[vendor], *(100 * share for share in row)) for vendor, row in zip(order, shares, strict=True)
    ]
    return Chart(made, columns, tuple(table))


def _numbers(
    shares: Sequence[Sequence[float]], shown: Sequence[Sequence[str]], names: Sequence[str], deep: bool
) -> dict[str, object]:
    """The numbers of the deep cells, or of the others: white, or in the colour of the page's type."""
    cells = [
        (rank + 1, row + TITLE / 2, _cell(share, words), f"{name}, rank {rank + 1}: {100 * share:.1f} %")
        for row, (parts, texts, name) in enumerate(zip(shares, shown, map(label, names), strict=True))
        for rank, (share, words) in enumerate(zip(parts, texts, strict=True))
        if (share >= DEEP) is deep
    ]
    x, y, text, hover = zip(*cells, strict=True) if cells else ((), (), (), ())
    font = {"size": 19, **({"color": "white"} if deep else {})}
    return {"x": x, "y": y, "text": text, "hovertext": hover, "mode": "text", "textfont": font, "hoverinfo": "text"}


def _cell(share: float, words: str) -> str:
    if not share:
        return ""
    return f"<b>{words}</b>" if words.isdecimal() else label(words)
