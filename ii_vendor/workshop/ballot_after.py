"""What a ballot shows once the votes are on the table, and once the room has agreed."""

from __future__ import annotations

from html import escape

from ii_vendor.model.panel import FlagState
from ii_vendor.model.seat import Evaluator
from ii_vendor.model.workshop import LEVEL_CHOICES, Choice, Item, Round, Subject, Vote
from ii_vendor.report.workshop_words import choice_words
from ii_vendor.rules.workshop import count_of, extremes
from ii_vendor.workshop.live import Live


def shown_html(live: Live, seat: Evaluator, of: Round, own: Vote | None) -> tuple[str, str]:
    """That the votes are shown; the votes as the screen shows them, and where one's own stands among them."""
    mine = f"<p>You voted: <b>{escape(choice_words(own.choice))}</b>.</p>" if own else "<p>You did not vote.</p>"
    return "The votes are shown. The room talks about them.", f"{mine}{_called_on(live, seat, of)}{_counts(of)}"


def _called_on(live: Live, seat: Evaluator, of: Round) -> str:
    lowest, highest = extremes(of)
    which = "lowest" if seat.name in lowest else "highest" if seat.name in highest else ""
    if not which:
        return ""
    asked = (
        "Please tell the room why you see it so."
        if live.workshop and live.workshop.settings.names
        else "The screen does not say whose it is; tell the room why you see it so if you like."
    )
    return f'<p class="called"><b>You gave the {which} level.</b> {asked}</p>'


def _counts(of: Round) -> str:
    counts = count_of(of)
    if of.item.subject is Subject.weights:
        return ""
    listed = {
        Subject.answer: (*LEVEL_CHOICES, *(each for each in (Choice.not_applicable, Choice.abstain) if each in counts)),
        Subject.flag: (Choice.confirm, Choice.dismiss, Choice.abstain),
    }[of.item.subject]
    most = max(counts.values(), default=1)
    rows = "".join(
        f"<tr><th scope='row'>{escape(choice_words(each).capitalize())}</th><td><i "
        f'style="width:{80 * counts.get(each, 0) / most:.0f}%"></i> {counts.get(each, 0)}</td></tr>'
        for each in listed
    )
    return f'<table class="counts"><caption>Round {of.number}</caption><tbody>{rows}</tbody></table>'


def agreed_html(live: Live, seat: Evaluator, item: Item, of: Round) -> tuple[str, str] | None:
    """What the room came to after this round, and why; None while it has not."""
    if item.subject is Subject.flag:
        return _decided(live, item, of)
    agreed = live.seen.consensus.get((item.vendor, item.question))
    if item.subject is not Subject.answer or agreed is None or agreed.at < of.opened_at:
        return None
    level = "does not apply" if agreed.level is None else f"level {agreed.level}"
    return f"<b>Agreed: {level}.</b>", f"<p>{escape(agreed.reason)}</p>{_dissent(live, seat, item)}"


def _decided(live: Live, item: Item, of: Round) -> tuple[str, str] | None:
    flag = live.seen.flags.get(item.flag)
    if flag is None or not flag.decisions or flag.decisions[-1].at < of.opened_at:
        return None
    last = flag.decisions[-1]
    words = "open again" if last.state is FlagState.raised else last.state.value
    return f"<b>The red flag is {escape(words)}.</b>", f"<p>{escape(last.reason)}</p>"


def _dissent(live: Live, seat: Evaluator, item: Item) -> str:
    if not seat.rates:
        return ""
    given = live.seen.dissents.get((item.vendor, item.question, seat.name))
    if given:
        level = "does not apply" if given.level is None else f"level {given.level}"
        return f"<p>On record: you do not share this. You would give {level}: {escape(given.reason)}</p>"
    draft = f"dissent-{escape(item.key)}"
    options = "".join(
        f'<label class="small"><input type="radio" name="choice" value="{each.value}" required '
        f'data-draft="{draft}-choice"> {escape("n/a" if each is Choice.not_applicable else each.value)}</label>'
        for each in (*LEVEL_CHOICES, Choice.not_applicable)
    )
    return (
        "<details><summary>I do not share this</summary>"
        '<form method="post"><input type="hidden" name="do" value="dissent">'
        f'<input type="hidden" name="vendor" value="{escape(item.vendor)}">'
        f'<input type="hidden" name="question" value="{escape(item.question)}">'
        f'<fieldset class="row"><legend>The level that you would give</legend>{options}</fieldset>'
        '<label class="field" for="why">Why, in a sentence</label>'
        f'<textarea id="why" name="reason" rows="3" required maxlength="500" data-draft="{draft}-reason"></textarea>'
        '<p><button class="main">Put it on record</button></p></form></details>'
    )
