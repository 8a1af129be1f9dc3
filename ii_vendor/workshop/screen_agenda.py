"""The agenda on the screen: how much can still change the outcome, what comes first and why, and what is done."""

from __future__ import annotations

from html import escape

from ii_vendor.model.agenda import AgendaItem
from ii_vendor.model.workshop import PutOff
from ii_vendor.report.moderation_words import agenda_words, item_words, range_words
from ii_vendor.report.phrases import few
from ii_vendor.workshop.lead_view import short_title
from ii_vendor.workshop.live import Live
from ii_vendor.workshop.screen_html import Scenery, fitted, left_out

SHOWN = 6
"""As many items are listed, those that can change the outcome first."""


def agenda_scene(live: Live) -> Scenery:
    """What there is to settle."""
    return Scenery(
        top=f'<p class="kicker">{escape(live.seen.name)}</p><h1>What there is to settle</h1>',
        left=fitted(f"{_still(live)}{_done(live)}", 2.2, kind="still"),
        right=fitted(_items(live), 2.2, kind="items", more=left_out("")),
        foot=f"<p>{escape(_foot(live))}</p>",
        share=34,
    )


def _still(live: Live) -> str:
    still, opened = live.agenda.still_decisive, len(live.agenda.items)
    if still:
        return (
            f'<p class="still-count"><b class="big">{still}</b> '
            f"{'item' if still == 1 else 'items'} can still change the outcome</p>"
            f'<p class="quiet">of {opened} open</p>'
        )
    return (
        '<p class="stop"><b>Nothing left can change the outcome.</b> You can stop here.</p>'
        f'<p class="quiet">{escape(agenda_words(live.agenda))}</p>'
    )


def _done(live: Live) -> str:
    """What the panel has agreed on, and what it has put off."""
    held, done = live.workshop, len(live.agenda.done)
    left = list(held.left.values()) if held else []
    counts = (
        (done, "agreed"),
        (sum(each.how is PutOff.parked for each in left), "parked, to come back to"),
        (sum(each.how is PutOff.skipped for each in left), "skipped"),
    )
    rows = "".join(f"<li><b>{count}</b> {words}</li>" for count, words in counts if count)
    return f'<ul class="done">{rows}</ul>' if rows else ""


def _items(live: Live) -> str:
    rows = "".join(_item(live, item) for item in live.agenda.items[:SHOWN])
    return f"<ol>{rows}</ol>" if rows else ""


def _item(live: Live, item: AgendaItem) -> str:
    name = next(vendor.name for vendor in live.seen.vendors if vendor.id == item.vendor)
    why = "; ".join(words for words in (*item_words(item, live.comparison), range_words(item)) if words)
    kind = "decisive" if item.decisive else ""
    title = live.content.questions[item.question].title
    return (
        f'<li class="{kind}"><b>{escape(name)}</b> · {escape(item.question)} {escape(title)}'
        f'<span class="why">{escape(why)}</span></li>'
    )


def _foot(live: Live) -> str:
    held = live.workshop
    parked = [short_title(live, each.item) for each in held.left.values() if each.how is PutOff.parked] if held else []
    if parked:
        return f"Parked, to come back to: {few(parked, 3)}."
    return "What decides most comes first. The order is worked out anew after each decision."
