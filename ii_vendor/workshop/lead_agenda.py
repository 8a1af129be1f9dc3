"""The agenda as whoever leads sees it: what can still change the outcome first, what was put off, what is agreed."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ii_vendor.model.agenda import AgendaItem, AgreedItem
from ii_vendor.model.workshop import Item, Left, PutOff, Subject
from ii_vendor.report.moderation_words import agenda_words, item_words, range_words
from ii_vendor.workshop.lead_html import button, choice_field, fold, form, submit
from ii_vendor.workshop.lead_plan import items_of, stop_words
from ii_vendor.workshop.lead_view import Leading, short_title, vendor_names

SHOWN = 10
"""As many items are listed before the rest is folded."""


def agenda_html(leading: Leading) -> str:
    """What is open, put off and agreed, each to be taken up; and any other answer."""
    live = leading.live
    still, items = live.agenda.still_decisive, live.agenda.items
    head = f'<p class="still"><b>{escape(agenda_words(live.agenda))}</b></p>'
    if not still:
        head = f'<p class="still"><b>{escape(stop_words(live))}</b></p>'
    most = max((item.impact for item in items), default=0.0)
    rows = [_entry(leading, entry, most) for entry in items if _first(entry).key not in _parked_keys(leading)]
    listed = f'<ol class="agenda">{"".join(rows[:SHOWN])}</ol>' if rows else ""
    if len(rows) > SHOWN:
        more = f'<ol class="agenda" start="{SHOWN + 1}">{"".join(rows[SHOWN:])}</ol>'
        listed += fold(f"{len(rows) - SHOWN} more", more, "agenda-more")
    return f"{head}{_put_off(leading)}{listed}{_agreed(leading, live.agenda.done)}{_any(leading)}"


def _entry(leading: Leading, entry: AgendaItem, most: float) -> str:
    live = leading.live
    item = _first(entry)
    here = live.item is not None and (live.item.vendor, live.item.question) == (entry.vendor, entry.question)
    if leading.is_closed(entry.vendor):
        said = "closed to you"
    else:
        said = " · ".join(words for words in (range_words(entry), *item_words(entry, live.comparison)) if words)
    width = 100 * entry.impact / most if most and not leading.is_closed(entry.vendor) else 0
    impact = f'<i class="impact" style="width:{width:.0f}%" aria-hidden="true"></i>' if width >= 1 else ""
    sign = '<b class="mark" aria-hidden="true">!</b> ' if entry.decisive else ""
    left = leading.held.left.get(item.key)
    off = f" · {left.how.value}" if left else ""
    title = f"{vendor_names(live)[entry.vendor]} · {entry.question}"
    return _row(item, f"{sign}<b>{escape(title)}</b><small>{escape(said + off)}</small>{impact}", here=here)


def _first(entry: AgendaItem) -> Item:
    """What comes first of what there is to vote on about an entry."""
    return next(items_of(entry), Item.answer(entry.vendor, entry.question))


def _parked_keys(leading: Leading) -> set[str]:
    return {key for key, each in leading.held.left.items() if each.how is PutOff.parked}


def _row(item: Item, inner: str, *, here: bool = False) -> str:
    """One item, which its button takes up; ``inner`` is HTML."""
    body = {"vendor": item.vendor, "question": item.question, "flag": item.flag}
    if item.subject is Subject.weights:
        body, step = {}, "weights"
    else:
        step = "flag" if item.flag else "item"
    current = ' aria-current="true"' if here else ""
    return f"<li{current}>{button('', step, f'take-{item.key}', body, kind='take', inner=inner)}</li>"


def _put_off(leading: Leading) -> str:
    parked = [each for each in leading.held.left.values() if each.how is PutOff.parked]
    if not parked:
        return ""
    rows = "".join(_row(each.item, _parked(leading, each)) for each in parked)
    return f'<h3>Parked</h3><ul class="agenda">{rows}</ul><h3>To settle</h3>'


def _parked(leading: Leading, left: Left) -> str:
    title = short_title(leading.live, left.item)
    reason = "" if leading.is_closed(left.item.vendor) else left.reason
    return f"<b>{escape(title[0].upper() + title[1:])}</b><small>{escape(reason or 'come back to it')}</small>"


def _agreed(leading: Leading, done: Sequence[AgreedItem]) -> str:
    if not done:
        return ""
    names = vendor_names(leading.live)
    rows = "".join(
        _row(
            Item.answer(each.vendor, each.question),
            f"<b>{escape(f'{names[each.vendor]} · {each.question}')}</b><small>{_level(leading, each)}</small>",
        )
        for each in done
    )
    return fold(f"Agreed ({len(done)})", f'<ul class="agenda">{rows}</ul>', "agreed")


def _level(leading: Leading, each: AgreedItem) -> str:
    if leading.is_closed(each.vendor):
        return "closed to you"
    level = "not applicable" if each.level is None else f"level {each.level}"
    return f"{level}, {each.dissents} dissent" if each.dissents else level


def _any(leading: Leading) -> str:
    """Any answer of any vendor, and the weights."""
    live = leading.live
    questions = {key: f"{key} {asked.title}" for key, asked in live.content.questions.items()}
    inner = (
        choice_field("Vendor", "vendor", "any-vendor", vendor_names(live))
        + choice_field("Question", "question", "any-question", questions)
        + submit("Take it up", "any-take", kind="")
    )
    weights = button("Vote on the weights of the sections", "weights", "take-the-weights")
    return fold("Something else", form("item", inner, "any-form") + weights, "any")
