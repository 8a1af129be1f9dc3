"""Who is in the room, who has voted and who is missing: names alone, and never what."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ii_vendor.model.panel import Evaluation
from ii_vendor.model.seat import Evaluator
from ii_vendor.model.workshop import CHOICES, Item, Subject
from ii_vendor.report.phrases import counted
from ii_vendor.report.workshop_words import choice_words
from ii_vendor.rules.workshop import awaited, voters, why_no_vote
from ii_vendor.workshop.lead_html import button, choice_field, fold, form, names, radio, submit, text_field
from ii_vendor.workshop.lead_view import Leading


def votes_in(leading: Leading) -> str:
    """``5 of 7 have voted``: of those in the room who may, and of those who did."""
    of, waited = leading.live.round, _awaited(leading)
    voted = len(of.voted) if of else 0
    return f"{voted} of {voted + len(waited)} {'has' if voted == 1 else 'have'} voted"


def people_html(leading: Leading) -> str:
    """Who has voted, and for whom the room waits."""
    live, of = leading.live, leading.live.round
    parts = []
    if of is not None and not of.revealed:
        parts.append(_voting(leading))
    else:
        parts.append(_there(tuple(leading.held.present)))
    if live.own_item is not None:
        parts.append(_others(live.whole, live.own_item))
    return "".join(parts)


def hall_html(leading: Leading) -> str:
    """What can be done for somebody who left, has another phone, or has none."""
    of = leading.live.round
    open_to_votes = of is not None and not of.revealed and of.item.subject is not Subject.weights
    return _somebody_left(leading) + (_vote_for(leading, of.item) if of and open_to_votes else "")


def _there(present: Sequence[str]) -> str:
    if not present:
        return "<p>Nobody has joined yet.</p>"
    return f"<p><b>In the room: {counted(len(present), 'person', 'people')}.</b> {names(present)}</p>"


def _awaited(leading: Leading) -> tuple[str, ...]:
    whole = leading.whole_round
    return awaited(leading.live.whole, whole) if whole else ()


def _voting(leading: Leading) -> str:
    of, waited = leading.live.round, _awaited(leading)
    assert of is not None
    total = len(of.voted) + len(waited)
    share = 100 * len(of.voted) / total if total else 0
    bar = f'<div class="bar" aria-hidden="true"><i style="width:{share:.0f}%"></i></div>'
    in_order = [seat.name for seat in leading.live.seen.evaluators if seat.name in of.voted]
    voted = f'<p class="voted"><b aria-hidden="true">✓</b> {names(in_order)}</p>' if of.voted else ""
    missing = ""
    if waited:
        rows = "".join(_missing(leading, name) for name in waited[:12])
        more = f"<li>{len(waited) - 12} more</li>" if len(waited) > 12 else ""
        missing = f'<p class="waits">Waiting for</p><ul class="missing">{rows}{more}</ul>'
    return f'<p class="count"><b>{votes_in(leading)}</b></p>{bar}{voted}{missing}'


def _missing(leading: Leading, name: str) -> str:
    away = "" if name in leading.pages else " <small>phone asleep?</small>"
    leave = button("Do not wait", "leave", f"leave-{name}", {"name": name}, kind="plain")
    return f"<li><span>{escape(name)}{away}</span>{leave}</li>"


def _others(now: Evaluation, item: Item) -> str:
    """Who may vote on the item and is not in the room, and who does not vote on it."""
    held = now.workshop
    present = held.present if held else {}
    absent = [seat.name for seat in voters(now, item) if seat.name not in present]
    without = [_without(now, seat, item) for seat in now.evaluators if seat.name in present and not seat.closed]
    silent = [words for words in without if words]
    lines = f'<p class="quiet">Not in the room: {names(absent)}</p>' if absent else ""
    return lines + (f'<p class="quiet">No vote on this: {names(silent)}</p>' if silent else "")


def _without(now: Evaluation, seat: Evaluator, item: Item) -> str:
    """The name of a seat that does not vote on the item, with why where that gives nothing away; empty for others."""
    if not why_no_vote(now, seat, item):
        return ""
    if not seat.discipline.judges:
        return f"{seat.name} (observer)"
    # Who has an interest in a vendor would tell which one stands behind a letter.
    if now.masked and seat.rates:
        return ""
    if item.vendor and seat.name not in now.declarations:
        return f"{seat.name} (has not said what their interests are)"
    return seat.name


def _somebody_left(leading: Leading) -> str:
    held = leading.live.whole.workshop
    known = dict.fromkeys([*leading.held.present, *(held.ballots.values() if held else ())])
    if not known:
        return ""
    options = {"": "Who?", **{name: name for name in known}}
    inner = (
        choice_field("Who", "name", "left-name", options)
        + '<div class="row">'
        + submit("Do not wait for them", "left-gone", kind="")
        + submit("Free the seat for another phone", "left-free", {"release": True}, kind="")
        + "</div>"
    )
    return fold("Somebody left, or has another phone", form("leave", inner, "left-form"), "left")


def _vote_for(leading: Leading, item: Item) -> str:
    seats, of = leading.unjoined(), leading.whole_round
    if not seats or of is None:
        return ""
    options = {"": "Who?", **{seat.name: seat.name for seat in seats}}
    choices = "".join(radio(choice_words(each), "choice", each.value, "for-choice") for each in CHOICES[item.subject])
    inner = (
        choice_field("Who", "name", "for-name", options)
        + f'<fieldset class="choices"><legend>What they say</legend>{choices}</fieldset>'
        + text_field("Why (optional)", "reason", "for-reason")
        + submit("Enter the vote", "for-enter", kind="")
    )
    return fold("Vote for somebody without a phone", form("vote", inner, "for-form", {"round": of.id}), "for")
