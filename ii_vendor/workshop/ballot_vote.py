"""The forms by which a phone votes: a level, confirm or dismiss, or points for every section."""

from __future__ import annotations

from html import escape

from ii_vendor.evaluations.voting import MOST_WORDS
from ii_vendor.model.workshop import LEVEL_CHOICES, Choice, Round, Subject, Vote
from ii_vendor.report.workshop_words import choice_words
from ii_vendor.score.elicitation import weighed_ids
from ii_vendor.workshop.live import Live


def number_of(live: Live) -> int:
    """Which of its evaluation's workshops it is: rounds count from 1 in each."""
    return live.workshop.number if live.workshop else 0


def vote_html(live: Live, of: Round, own: Vote | None) -> tuple[str, str]:
    """How one's vote stands in a round whose votes are hidden, and the form, with what was voted so far."""
    draft = f"{number_of(live)}-{of.id}-{of.undone}"
    state = "Your vote is secret until all are shown."
    if own and own.sealed:
        state, own = "<b>You have voted with another phone.</b> You can vote anew until the votes are shown.", None
    if own:
        state = f"<b>Your vote is in: {choice_words(own.choice)}.</b> You can change it until the votes are shown."
    fields = {Subject.answer: _levels, Subject.flag: _flag, Subject.weights: _points}[of.item.subject]
    number = f" (round {of.number})" if of.number > 1 else ""
    reason = escape(own.reason) if own else ""
    # Behind the hidden choice of points, so that this one counts; behind the other button, so that Enter does not
    # press it.
    abstain = f'<p><button name="choice" value="{Choice.abstain.value}">I do not vote</button></p>'
    return state, (
        f'<form method="post" class="vote" data-round="{draft}">'
        f'<input type="hidden" name="do" value="vote"><input type="hidden" name="round" value="{of.id}">'
        f'<input type="hidden" name="workshop" value="{number_of(live)}">'
        f"{fields(live, of, own, draft, number)}"
        f'<label class="field" for="reason">Why? A few words help the room.</label>'
        f'<textarea id="reason" name="reason" rows="3" maxlength="{MOST_WORDS}" data-draft="{draft}-reason">'
        f"{reason}</textarea>"
        f'<p class="bar"><button class="main" id="cast">{"Change my vote" if own else "Vote"}</button></p>'
        f"{abstain if of.item.subject is Subject.weights else ''}</form>"
    )


def _levels(live: Live, of: Round, own: Vote | None, draft: str, number: str) -> str:
    rubric = live.content.rubric[of.item.question]
    received = live.seen.received(of.item.vendor)
    empty = received is None or not received.response.answer(of.item.question).answered
    choices = [(choice, rubric.levels[choice.level or 0]) for choice in LEVEL_CHOICES]
    if empty:
        choices = choices[:1]
    cards = "".join(_card(choice, choice.value, words, own, draft) for choice, words in choices)
    cards += _card(Choice.not_applicable, "n/a", "Does not apply: the question is not one for this plant.", own, draft)
    left_empty = "<p>The vendor left this empty, so it can only be level 0 or not apply.</p>" if empty else ""
    return _fieldset(f"Which level fits{number}?", left_empty + cards + _abstain(own, draft))


def _flag(live: Live, of: Round, own: Vote | None, draft: str, number: str) -> str:
    flag = live.seen.flags.get(of.item.flag)
    about = ""
    if flag:
        quotes = "".join(f"<blockquote>{escape(quote.text)}</blockquote>" for quote in flag.quotes if quote.text)
        gate = ", a gate: confirmed, it rejects the vendor" if flag.gate else ""
        about = f"<p><b>{escape(flag.statement)}</b></p><p>Severity: {flag.severity.value}{gate}.</p>{quotes}"
    cards = _card(Choice.confirm, "⚑", "Confirm: it is so, and it counts against the vendor.", own, draft)
    cards += _card(Choice.dismiss, "✕", "Dismiss: it is not so, or it does not matter here.", own, draft)
    return about + _fieldset(f"Is it a red flag{number}?", cards + _abstain(own, draft))


def _points(live: Live, of: Round, own: Vote | None, draft: str, number: str) -> str:
    del of
    titles = {section.id: section.title for section in live.content.sections}
    given = own.points if own else {}
    rows = "".join(
        f'<label class="points"><span>{escape(titles[key])}</span>'
        f'<input type="range" name="points-{escape(key)}" min="0" max="100" step="5" '
        f'value="{given.get(key, 100):g}" data-draft="{draft}-{escape(key)}"><output>{given.get(key, 100):g}</output>'
        "</label>"
        for key in weighed_ids(live.content, "")
    )
    how = (
        "<p>Think of each section going from worst to best. Leave the one where that matters most at 100, and lower "
        "the others to what they are worth beside it.</p>"
    )
    kept = '<input type="hidden" name="choice" value="points">'
    return f"<fieldset><legend>Points for each section{number}</legend>{how}{rows}{kept}</fieldset>"


def _fieldset(legend: str, inner: str) -> str:
    return f"<fieldset><legend>{escape(legend)}</legend>{inner}</fieldset>"


def _card(choice: Choice, sign: str, words: str, own: Vote | None, draft: str) -> str:
    checked = " checked" if own and own.choice is choice else ""
    return (
        f'<label class="card"><input type="radio" name="choice" value="{choice.value}" required '
        f'data-draft="{draft}-choice"{checked}><b>{sign}</b><span>{escape(words)}</span></label>'
    )


def _abstain(own: Vote | None, draft: str) -> str:
    return _card(Choice.abstain, "–", "I do not vote.", own, draft)
