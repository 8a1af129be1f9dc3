"""Every figure, drawn from a Comparison. Autonomy is blue-teal, red flags vermilion, what is undecided hatched."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from ii_vendor.model.scorecard import Autonomy, Band, Comparison, Floor, Outcome, Scorecard

AUTONOMY, QUIET = "#0b7a8a", "#6b7c81"
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
    shown = band(Band(low=score.low, high=score.high)) if score.coverage else "–"
    if not score.coverage:
        text = "not rated yet"
    elif number(low) == number(high):
        text = f"{number(score.claimed)} claimed, {number(score.evidenced)} evidenced"
    else:
        share = f"{100 * score.coverage:.0f} % rated"
        text = f"{share}, of that {number(score.claimed)} claimed, {number(score.evidenced)} evidenced"
    bars = (("iv-open", high), ("iv-claimed", low), ("iv-evidenced", min(evidenced, low)))
    return _figure("Autonomy", "iv-autonomy", shown, text, bars)


def _red_bar(card: Scorecard) -> str:
    low, high = card.red_flags.low or 0.0, card.red_flags.high or 0.0
    text = f"{number(card.red_flags.low)} confirmed"
    if number(low) != number(high):
        text += f", {number(high)} if every open flag stands"
    bars = (("iv-open iv-openred", high), ("iv-confirmed", low))
    return _figure("Red flags", "iv-red", band(card.red_flags), text, bars)


def _figure(name: str, kind: str, shown: str, text: str, bars: Sequence[tuple[str, float]]) -> str:
    span = " iv-span" if "–" in shown[1:] else ""
    drawn = "".join(f'<i class="{style}" style="width:{width:.2f}%"></i>' for style, width in bars)
    return (
        f'<div class="iv-figure"><span class="iv-name">{name}</span><b class="{kind}{span}">{shown}</b>'
        f'<div class="iv-track" role="img" aria-label="{name}: {text}">{drawn}</div><small>{text}</small></div>'
    )


def section_heatmap(comparison: Comparison) -> str:
    """Autonomy by section, 0-100 (HTML table): a row a vendor, the score or its band in a cell, deeper is better."""
    cards = comparison.ranked()
    titles = "".join(f'<th scope="col">{escape(score.title)}</th>' for score in cards[0].sections) if cards else ""
    rows = "".join(
        f'<tr><th scope="row">{escape(card.name)}</th>'
        f"{''.join(_heat_cell(score.autonomy) for score in card.sections)}</tr>"
        for card in cards
    )
    return (
        '<div class="iv-scroll"><table class="iv-heat"><thead><tr><th scope="col">Vendor</th>'
        f"{titles}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _heat_cell(score: Autonomy) -> str:
    shown = band(Band(low=score.low, high=score.high)) if score.coverage else "–"
    strength = (score.low or 0.0) if score.coverage else 0.0
    styles = " ".join(style for style, so in (("iv-deep", strength >= 65), ("iv-span", "–" in shown[1:])) if so)
    return f'<td class="{styles}" style="--iv-heat:{strength:.0f}%">{shown}</td>'


def weight_effect(now: Comparison, then: Comparison) -> go.Figure:
    """Each vendor's autonomy under the weights in force (hollow) and under others (solid), joined by a line."""
    cards, before = then.ranked()[::-1], {card.vendor: card.autonomy.claimed for card in now.vendors}
    names = [card.name for card in cards]
    moves = [(before[card.vendor], card.autonomy.claimed) for card in cards]
    joined = {
        "type": "scatter",
        "mode": "lines",
        "x": [value for move in moves for value in (*move, None)],
        "y": [name for name in names for _ in range(3)],
        "line": {"color": QUIET, "width": 2},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    figure = go.Figure(
        [
            joined,
            _dots("now", names, [a for a, _ in moves], "circle-open"),
            _dots("what if", names, [b for _, b in moves], "circle"),
        ]
    )
    figure.update_layout(
        height=110 + 44 * len(cards),
        margin={"l": 8, "r": 24, "t": 8, "b": 8},
        legend={"orientation": "h", "y": 1.15},
        font={"size": 15, "color": QUIET},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )
    figure.update_xaxes(title="Autonomy claimed", range=[0, 102], zeroline=False, automargin=True)
    figure.update_yaxes(automargin=True, tickfont={"size": 15})
    return figure


def _dots(name: str, vendors: Sequence[str], values: Sequence[float | None], symbol: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": list(values),
        "y": list(vendors),
        "marker": {"size": 14, "symbol": symbol, "color": AUTONOMY, "line": {"width": 2, "color": AUTONOMY}},
        "hovertemplate": "%{y}: %{x:.1f}<extra>" + name + "</extra>",
    }
