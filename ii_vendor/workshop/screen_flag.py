"""A red flag on the screen: what it says, the vendor's words, and how the room votes on it."""

from __future__ import annotations

from html import escape

from ii_vendor.model.panel import Flag
from ii_vendor.model.workshop import Choice, Item
from ii_vendor.report.seat_state_words import gate_words
from ii_vendor.rules.workshop import count_of
from ii_vendor.workshop.live import Live
from ii_vendor.workshop.screen_answer import answer_of, marked_answer, question_html
from ii_vendor.workshop.screen_changes import before, change_words, score_words
from ii_vendor.workshop.screen_html import Scenery, beginning, fitted, left_out
from ii_vendor.workshop.screen_item import State, progress, rounds_before, state_of, voters_strip
from ii_vendor.workshop.screen_result import LONGEST, changes_html
from ii_vendor.workshop.screen_votes import marks_html, reasons_html

TITLES = {Choice.confirm: "Confirm", Choice.dismiss: "Dismiss", Choice.abstain: "Abstain"}


def flag_scene(live: Live, item: Item) -> Scenery:
    """One red flag, and how far the room has come with it."""
    state, flag = state_of(live, item), live.seen.flags[item.flag]
    scenery = Scenery(
        top=question_html(live, item),
        figure="" if state is State.settled else progress(live),
        left=_flag(flag),
        right=marked_answer(*answer_of(live, item)),
        foot=voters_strip(live),
        state=f"flag-{state.value}",
        share=44,
    )
    if state is State.revealed:
        return scenery._replace(right=_spread(live), foot="<p>A confirmed red flag counts against the vendor.</p>")
    if state is State.settled:
        return scenery._replace(right=_decided(live, flag), foot="<p>The decision is recorded.</p>")
    return scenery


def _flag(flag: Flag) -> str:
    """The red flag with the vendor's words that it was raised for."""
    gate = '<span class="gate">gate: it rejects the vendor while confirmed</span>' if flag.gate else ""
    quotes = "".join(f"<blockquote>{escape(quote.text)}</blockquote>" for quote in flag.quotes if quote.text)
    ask = f'<p class="ask"><b>Ask:</b> {escape(flag.ask)}</p>' if flag.ask else ""
    inner = (
        f'<p class="flag-head"><b><span aria-hidden="true">⚑</span> Red flag</b> <span>{flag.severity.value}</span>'
        f"{gate}</p><h2>{escape(flag.statement)}</h2>{quotes}{ask}"
    )
    return fitted(inner, 2.4, kind="flag", more="…")


def _spread(live: Live) -> str:
    """How many confirm and dismiss, who where the workshop is held so, and why."""
    of = live.round
    assert of is not None
    rows = ""
    for choice, title in TITLES.items():
        names = [name for name, vote in of.votes.items() if vote.choice is choice]
        if not names and choice is Choice.abstain:
            continue
        before_ = "".join(
            f'<span class="before">round {each.number}: {count_of(each).get(choice, 0)}</span>'
            for each in rounds_before(live)
        )
        rows += (
            f'<li class="{choice.value}"><b class="big">{len(names)}</b><div><p>{title} {before_}</p>'
            f'<div class="votes">{marks_html(live, of, names)}</div></div></li>'
        )
    reasons = fitted(reasons_html(live, of), 1.9, kind="reasons", more=left_out("in the minutes"))
    return f'<ul class="verdicts">{rows}</ul>{reasons}'


def _decided(live: Live, flag: Flag) -> str:
    """What was decided, why, and what it changed."""
    was = before(live, flag)
    changed = [score_words(was, live.comparison, flag.vendor), *change_words(was, live.comparison)]
    last = flag.decisions[-1] if flag.decisions else None
    why = f'<p class="why">{escape(beginning(last.reason, LONGEST))}</p>' if last else ""
    signed = "".join(f"<p>{escape(line)}</p>" for line in gate_words(flag, None)[1:])
    return (
        f'<div class="agreed"><p class="level word {flag.state.name}"><span>Decided</span>'
        f'<b class="big">{escape(flag.state.value)}</b></p></div>'
        f"{fitted(f'{why}{signed}{changes_html(changed)}', 2, kind='result', more='…')}"
    )
