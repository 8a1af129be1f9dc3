"""The central picture and the map of sections (HTML, so that words keep their size on any screen).

Autonomy is blue-teal, red flags vermilion, what is undecided hatched.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ii_vendor.charts.words import band, floor_words, number
from ii_vendor.model.scorecard import Autonomy, Band, Comparison, Outcome, Scorecard

OUTCOME_SIGNS = {
    Outcome.shortlist: "✓",
    Outcome.conditional: "◆",
    Outcome.incomplete: "…",
    Outcome.reject: "✕",
}


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
