"""What every Plotly figure shares: colours, type for a projector, names that stay words, and how it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from textwrap import shorten
from typing import Any, NamedTuple

import plotly.graph_objects as go

AUTONOMY, RED, QUIET = "#0b7a8a", "#d4500c", "#6b7c81"

FAMILY = "system-ui, 'Segoe UI', 'Liberation Sans', 'DejaVu Sans', Arial, sans-serif"

CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "displayModeBar": True,
    "modeBarButtons": [["toImage"]],
    "toImageButtonOptions": {"format": "svg", "filename": "ii-vendor"},
}
"""The one button that a figure carries: save it as a picture, made by the browser itself."""


class Ground(NamedTuple):
    """What a figure stands on: the page's colours, so that a saved picture reads as well as the page did."""

    paper: str
    ink: str
    rule: str


LIGHT = Ground("#ffffff", "#17272b", "#dfe6e8")
DARK = Ground("#10191c", "#e8f0f1", "#2b3a3f")


def label(words: str, most: int = 0) -> str:
    """Somebody's words for a figure: Plotly would take tags in them for markup. ``most``: how many letters at most."""
    line = " ".join(words.split())
    if most and len(line) > most:
        # One word without spaces, which shorten would drop, is cut.
        line = shorten(line, most, placeholder=" …") if len(line.split()[0]) < most - 2 else f"{line[: most - 1]}…"
    return escape(line, quote=False)


def figure(height: int) -> go.Figure:
    """An empty figure, ``height`` pixels high, in the look that all share."""
    made = go.Figure()
    made.update_layout(
        height=height,
        margin={"l": 8, "r": 24, "t": 34, "b": 8},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "font": {"size": 16}},
        font={"size": 16},
        hoverlabel={"font": {"size": 15}, "align": "left"},
        dragmode=False,
    )
    axis = {"automargin": True, "zeroline": False, "fixedrange": True, "tickfont": {"size": 16}}
    made.update_xaxes(title={"font": {"size": 16}}, **axis)
    made.update_yaxes(title={"font": {"size": 16}}, **axis)
    return made


def rows(made: go.Figure, titles: Sequence[str], *, up: float, solid: bool = False) -> None:
    """Lay a figure out in rows 0, 1, 2 … from the top, each under its title, which so has the width of the screen.

    ``up`` is how far above the middle of its row a title stands, in rows. A ``solid`` title hides what is behind it.
    """
    made.update_yaxes(range=[len(titles) - 0.5, -up - 0.25], visible=False)
    made.update_layout(
        annotations=[
            {
                "text": title,
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "y": row - up,
                "yanchor": "middle",
                "showarrow": False,
                "align": "left",
                "font": {"size": 17},
                "name": "solid" if solid else "clear",
            }
            for row, title in enumerate(titles)
        ]
    )


def dressed(made: go.Figure, *, dark: bool) -> go.Figure:
    """The same figure for a light or a dark page, with its own ground, type and rules."""
    ground = DARK if dark else LIGHT
    made = go.Figure(made)
    made.update_layout(
        template="none",
        paper_bgcolor=ground.paper,
        plot_bgcolor=ground.paper,
        font={"color": ground.ink, "family": FAMILY},
        modebar={"bgcolor": "rgba(0,0,0,0)", "color": ground.ink, "activecolor": ground.ink},
    )
    made.update_xaxes(gridcolor=ground.rule, linecolor=ground.rule)
    made.update_yaxes(gridcolor=ground.rule, linecolor=ground.rule)
    made.update_annotations(selector={"name": "solid"}, bgcolor=ground.paper, borderpad=1)
    return made
