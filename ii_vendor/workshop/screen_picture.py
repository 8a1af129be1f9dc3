"""The moving picture: autonomy and red flags of every vendor, left and right of its name, and what moved them last."""

from __future__ import annotations

from html import escape

from ii_vendor.charts.scoreboard import OUTCOME_SIGNS
from ii_vendor.charts.words import band, floor_words
from ii_vendor.model.scorecard import Band, Comparison, Scorecard
from ii_vendor.workshop.live import Live
from ii_vendor.workshop.screen_changes import Decision, autonomy, change_words, last_decision, score_words
from ii_vendor.workshop.screen_html import Scenery, fitted
from ii_vendor.workshop.screen_supposed import Supposing

TITLE = "<h1>Where the vendors stand <small>hatched: still undecided · line: before</small></h1>"

LEAST_MOVE = 0.5
"""A bar that moved by so many points, or more, shows where it ended before."""

FEWEST, MANY, MOST = 4, 5, 8
"""There are rows for so many vendors at least; of more than ``MANY`` each name has one line; ``MOST`` find room."""


def picture_scene(live: Live, what_if: Supposing | None) -> Scenery:
    """Where the vendors stand, or would stand under what is supposed."""
    last = None if what_if else last_decision(live)
    shown = what_if.then if what_if else live.comparison
    was = live.comparison if what_if else last.before if last else live.comparison
    return Scenery(
        top=f'<p class="kicker">{escape(live.seen.name)}</p>{TITLE}',
        left=_board(shown, was),
        foot=fitted(f"<p>{escape(_moved(live, what_if, last))}</p>", 1.8, kind="said", more="…"),
        state="supposed" if what_if else "",
        share=100,
    )


def _board(shown: Comparison, was: Comparison) -> str:
    cards, before = shown.ranked(), {card.vendor: card for card in was.vendors}
    rows = "".join(_row(card, before[card.vendor]) for card in cards[:MOST])
    many = "many" if len(cards) > MANY else ""
    more = f'<p class="quiet">and {len(cards) - MOST} more</p>' if len(cards) > MOST else ""
    return (
        '<div class="board" role="table" aria-label="Autonomy and red flags of each vendor">'
        '<div class="board-head" role="row"><span role="columnheader">Rank</span>'
        '<span role="columnheader" class="of-autonomy">Autonomy <small>more is better</small></span>'
        '<span role="columnheader">Vendor</span>'
        '<span role="columnheader" class="of-red">Red flags <small>fewer are better</small></span></div>'
        f'<div class="rows {many}" role="rowgroup" style="--rows:{max(FEWEST, len(cards[:MOST]))}">{rows}</div>'
        f"{more}</div>"
    )


def _row(card: Scorecard, was: Scorecard) -> str:
    rank = "–" if card.rank is None else f"{card.rank}{'?' if card.provisional else ''}"
    outcome = card.verdict.outcome
    name = (
        f'<b>{escape(card.name)}</b><span class="stands">'
        f'<span class="verdict {outcome.value}"><i aria-hidden="true">{OUTCOME_SIGNS[outcome]}</i> {outcome.value}'
        "</span> "
        f'<span class="floor">{escape(floor_words(card.floor))}</span></span>'
    )
    return (
        f'<div class="vendor" role="row" data-vendor="{escape(card.vendor)}"><b class="rank" role="cell">{rank}</b>'
        f"{_side('autonomy', autonomy(card), autonomy(was))}"
        f'<div role="cell" class="name">{fitted(name, 1.9, kind="named")}</div>'
        f"{_side('red', card.red_flags, was.red_flags)}</div>"
    )


def _side(kind: str, score: Band, was: Band) -> str:
    """A score as its figure and a bar that grows away from the name: what is sure, then what is open. A line stands
    where the sure part ended before."""
    low, high = score.low or 0.0, score.high or 0.0
    shown, before = band(score), was.low or 0.0
    side = "right" if kind == "autonomy" else "left"
    line = f'<i class="was" style="{side}:{before:.2f}%"></i>' if abs(before - low) >= LEAST_MOVE else ""
    name = "autonomy" if kind == "autonomy" else "red flags"
    said = f"{name} {shown}"
    return (
        f'<div role="cell" class="side {kind}"><b class="big{" span" if "–" in shown[1:] else ""}">{shown}</b>'
        f'<div class="track" role="img" aria-label="{said}"><i class="open" style="width:{high:.2f}%"></i>'
        f'<i class="sure" style="width:{low:.2f}%"></i>{line}</div></div>'
    )


def _moved(live: Live, what_if: Supposing | None, last: Decision | None) -> str:
    """What the last decision changed, or what is supposed would change."""
    if what_if:
        return " ".join(("Then:", *change_words(live.comparison, what_if.then)))
    if last is None:
        return "Nothing has been decided in this workshop yet."
    said = (f"Last decision: {last.words}", score_words(last.before, live.comparison, last.vendor))
    return " ".join(part for part in (*said, *change_words(last.before, live.comparison)) if part)
