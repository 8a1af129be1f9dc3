"""Every figure, drawn from a Comparison. Autonomy is blue-teal, red flags vermilion, what is undecided hatched."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from ii_vendor.model.scorecard import Band, Comparison, Floor, Outcome, Scorecard

AUTONOMY, AUTONOMY_LIGHT, RED = "#0b7a8a", "#7cc4cd", "#d4500c"
OUTCOME_SYMBOLS = {
    Outcome.shortlist: "circle",
    Outcome.conditional: "diamond",
    Outcome.incomplete: "circle-open",
    Outcome.reject: "x",
}
OUTCOME_SIGNS = {
    Outcome.shortlist: "✓",
    Outcome.conditional: "◆",
    Outcome.incomplete: "…",
    Outcome.reject: "✕",
}


def number(value: float | None) -> str:
    """A score as a whole number, with one decimal where that would hide something; a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:.1f}" if 0.05 <= value < 1 else f"{value:.0f}"


def band(value: Band) -> str:
    """``12``, or ``12–30`` while something is undecided."""
    low, high = number(value.low), number(value.high)
    return low if low == high else f"{low}–{high}"


def floor_words(floor: Floor) -> str:
    """``Floor 1 at Q4``, and so that a mean is seen to be one, ``Floor 1.5 at Q4``."""
    return "No floor yet" if floor.level is None else f"Floor {round(floor.level, 1):g} at {floor.question}"


def verdict_chip(outcome: Outcome) -> str:
    """The verdict as a labelled sign (HTML)."""
    sign = f'<span aria-hidden="true">{OUTCOME_SIGNS[outcome]}</span>'
    return f'<span class="iv-chip iv-{outcome.value}">{sign} {outcome.value}</span>'


def scoreboard(comparison: Comparison, *, compact: bool = False) -> str:
    """The central picture (HTML): autonomy | red flags side by side for each vendor, best rank first."""
    rows = "".join(_scoreboard_row(card, compact) for card in comparison.ranked())
    kind = "iv-board iv-compact" if compact else "iv-board"
    return (
        f'<div class="{kind}" role="table" aria-label="Autonomy and red flags of each vendor">'
        '<div class="iv-row iv-head" role="row"><span role="columnheader">Vendor</span>'
        '<span role="columnheader">Autonomy <small>higher is better</small></span>'
        '<span role="columnheader">Red flags <small>lower is better</small></span>'
        f'<span role="columnheader">Verdict</span></div>{rows}</div>'
    )


def _scoreboard_row(card: Scorecard, compact: bool) -> str:
    rank = "–" if card.rank is None else str(card.rank)
    provisional = ' <span title="Open ratings could still change this rank">?</span>' if card.provisional else ""
    reasons = "" if compact else _first_reasons(card)
    return (
        f'<div class="iv-row" role="row"><div role="cell" class="iv-vendor"><span class="iv-rank">{rank}{provisional}'
        f"</span><span>{escape(card.name)}</span></div>"
        f'<div role="cell">{_autonomy_bar(card)}</div><div role="cell">{_red_bar(card)}</div>'
        f'<div role="cell" class="iv-verdict">{verdict_chip(card.verdict.outcome)}'
        f'<span class="iv-floor">{floor_words(card.floor)}</span>{reasons}</div></div>'
    )


def _first_reasons(card: Scorecard) -> str:
    shown = "".join(f"<li>{escape(reason.text)}</li>" for reason in card.verdict.reasons[:2])
    more = len(card.verdict.reasons) - 2
    rest = f"<li>and {more} more</li>" if more > 0 else ""
    return f'<ul class="iv-reasons">{shown}{rest}</ul>'


def _autonomy_bar(card: Scorecard) -> str:
    score = card.autonomy
    low, high = score.low or 0.0, score.high or 0.0
    evidenced = (score.evidenced or 0.0) * (score.coverage or 0.0)
    text = f"{number(score.claimed)} claimed, {number(score.evidenced)} evidenced"
    if score.claimed is None:
        text = "not rated yet"
    elif round(low) != round(high):
        text += f"; between {number(low)} and {number(high)} once all is rated"
    return (
        f'<div class="iv-figure"><b class="iv-autonomy">{number(score.claimed)}</b>'
        f'<div class="iv-track" role="img" aria-label="Autonomy {text}">'
        f'<i class="iv-open" style="width:{high:.2f}%"></i><i class="iv-claimed" style="width:{low:.2f}%"></i>'
        f'<i class="iv-evidenced" style="width:{min(evidenced, low):.2f}%"></i></div>'
        f"<small>{text}</small></div>"
    )


def _red_bar(card: Scorecard) -> str:
    low, high = card.red_flags.low or 0.0, card.red_flags.high or 0.0
    text = f"{number(card.red_flags.low)} confirmed"
    if round(low) != round(high):
        text += f"; up to {number(high)} if every open flag stands"
    return (
        f'<div class="iv-figure"><b class="iv-red">{number(card.red_flags.low)}</b>'
        f'<div class="iv-track" role="img" aria-label="Red flags {text}">'
        f'<i class="iv-open iv-openred" style="width:{high:.2f}%"></i>'
        f'<i class="iv-confirmed" style="width:{low:.2f}%"></i></div>'
        f"<small>{text}</small></div>"
    )


def quadrant(comparison: Comparison) -> go.Figure:
    """Autonomy against red flags, a point a vendor with its bands; the dotted line joins the Pareto front."""
    figure = go.Figure()
    front = sorted((card for card in comparison.vendors if card.on_front), key=lambda card: card.red_flags.low or 0)
    if len(front) > 1:
        figure.add_scatter(
            x=[card.red_flags.low for card in front],
            y=[card.autonomy.low for card in front],
            mode="lines",
            line={"color": "#7a8a8e", "dash": "dot", "width": 2},
            hoverinfo="skip",
        )
    places = _label_places(comparison.ranked())
    for card in comparison.ranked():
        figure.add_scatter(**_point(card, places[card.vendor]))
    widest = max([20.0, *((card.red_flags.high or 0.0) for card in comparison.vendors)])
    figure.update_xaxes(title="Red flags (lower is better)", range=[-2, min(100.0, widest * 1.25) + 2], zeroline=False)
    figure.update_yaxes(title="Autonomy (higher is better)", range=[0, 104], zeroline=False)
    return _plain(figure, 420)


def _label_places(cards: Sequence[Scorecard]) -> dict[str, str]:
    """Where each name goes, so that neighbours do not write over each other."""
    spots = ("top right", "bottom right", "top center", "bottom center")
    places: dict[str, str] = {}
    for index, card in enumerate(cards):
        near = [
            places[other.vendor]
            for other in cards[:index]
            if abs((other.autonomy.low or 0) - (card.autonomy.low or 0)) < 8
            and abs((other.red_flags.low or 0) - (card.red_flags.low or 0)) < 12
        ]
        places[card.vendor] = next((spot for spot in spots if spot not in near), spots[0])
    return places


def _point(card: Scorecard, place: str) -> dict[str, Any]:
    low, high = card.autonomy.low or 0.0, card.autonomy.high or 0.0
    red_low, red_high = card.red_flags.low or 0.0, card.red_flags.high or 0.0
    rejected = card.verdict.outcome is Outcome.reject
    return {
        "x": [red_low],
        "y": [low],
        "mode": "markers+text",
        "text": [card.name],
        "textposition": place,
        "textfont": {"size": 16},
        "cliponaxis": False,
        "name": card.name,
        "marker": {
            "size": 16,
            "symbol": OUTCOME_SYMBOLS[card.verdict.outcome],
            "color": RED if rejected else AUTONOMY,
            "line": {"width": 2, "color": RED if rejected else AUTONOMY},
        },
        "error_y": {"type": "data", "array": [high - low], "arrayminus": [0], "visible": high > low, "thickness": 1.5},
        "error_x": {
            "type": "data",
            "array": [red_high - red_low],
            "arrayminus": [0],
            "visible": red_high > red_low,
            "thickness": 1.5,
        },
        "hovertemplate": f"{escape(card.name)}<br>Autonomy %{{y:.0f}}, red flags %{{x:.0f}}<br>"
        f"{card.verdict.outcome.value}<extra></extra>",
    }


def section_heatmap(comparison: Comparison) -> str:
    """Autonomy claimed by section, 0-100 (HTML table): vendors as rows, the number in each cell, deeper is better."""
    cards = comparison.ranked()
    titles = "".join(f'<th scope="col">{escape(score.title)}</th>' for score in cards[0].sections) if cards else ""
    rows = "".join(
        f'<tr><th scope="row">{escape(card.name)}</th>'
        f"{''.join(_heat_cell(score.autonomy.claimed) for score in card.sections)}</tr>"
        for card in cards
    )
    return (
        '<div class="iv-scroll"><table class="iv-heat"><thead><tr><th scope="col">Vendor</th>'
        f"{titles}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _heat_cell(value: float | None) -> str:
    strength = 0.0 if value is None else value
    dark = "iv-deep" if strength >= 60 else ""
    return f'<td class="{dark}" style="--iv-heat:{strength:.0f}%">{number(value)}</td>'


def _plain(figure: go.Figure, height: int) -> go.Figure:
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 24, "t": 24, "b": 8},
        showlegend=False,
        font={"size": 15},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )
    for axes in (figure.update_xaxes, figure.update_yaxes):
        axes(automargin=True, tickfont={"size": 14}, title_font={"size": 16})
    return figure
