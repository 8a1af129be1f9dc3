"""What a ballot shows: who has it, what is at hand, and the one thing to do about it. Every text is escaped."""

from __future__ import annotations

from html import escape

from ii_vendor.model.seat import Evaluator
from ii_vendor.model.workshop import Item, Round, Subject, Vote
from ii_vendor.rules.workshop import why_no_vote
from ii_vendor.workshop.ballot_after import agreed_html, shown_html
from ii_vendor.workshop.ballot_interests import interests_html
from ii_vendor.workshop.ballot_vote import vote_html
from ii_vendor.workshop.live import Live
from ii_vendor.workshop.stream import Shown

LAYOUT = (
    '<header id="who">{who}</header><main><div id="said">{said}</div><div id="hand">{hand}</div>'
    '<div id="state" role="status">{state}</div><div id="ballot">{ballot}</div></main><footer id="foot">{foot}</footer>'
    '<noscript><p class="quiet"><a href="">Load anew</a> to see what is at hand now.</p></noscript>'
)

ANSWER_SHOWN = 3000
"""As many characters of an answer are shown on a phone."""

LOOK = "Look at the screen. Your ballot opens here."


def ballot_shown(live: Live, seat: Evaluator, *, may_lead: bool) -> Shown:
    """The ballot of a seat, with the way to lead where that is possible from here."""
    present = live.whole.workshop is not None and seat.name in live.whole.workshop.present
    to_declare = _undeclared(live, seat)
    hand = "" if to_declare or not present else _at_hand(live, seat)
    if not present:
        state, body, stage = "", _away(), "away"
    elif to_declare:
        state, body, stage = "", interests_html(live, seat), "interests"
    else:
        (state, body), stage = _to_do(live, seat)
    parts = {
        "who": _who(seat),
        "said": "",
        "hand": hand,
        "state": f'<p class="state">{state}</p>' if state else "",
        "ballot": body,
        "foot": _foot(live, present=present, may_lead=may_lead),
    }
    return Shown(parts, {"stage": stage})


def _undeclared(live: Live, seat: Evaluator) -> bool:
    """Whether the seat has still to say what its interests are."""
    declared = live.whole.declarations.get(seat.name)
    known = declared.vendors if declared else ()
    return any(vendor.id not in known for vendor in live.whole.vendors)


def _to_do(live: Live, seat: Evaluator) -> tuple[tuple[str, str], str]:
    """How things stand, what to do now, and what tells this stage from others."""
    item, of = live.item, live.round
    if item is None or of is None or live.own_item is None:
        return (LOOK, ""), f"wait {item.key if item else ''}"
    why = why_no_vote(live.whole, seat, live.own_item)
    if why and (_closed(live, seat) or not of.revealed):
        return (escape(why), ""), f"none {of.id}"
    settled = agreed_html(live, seat, item, of)
    if settled:
        return settled, f"agreed {of.id}"
    own = _own_vote(live, seat, of)
    if of.revealed:
        return shown_html(live, seat, of, own), f"shown {of.id}"
    return vote_html(live, of, own), f"vote {of.id}"


def _own_vote(live: Live, seat: Evaluator, of: Round) -> Vote | None:
    """What the seat itself voted, which nobody else is shown yet."""
    whole = live.whole.workshop.round(of.id) if live.whole.workshop else None
    return whole.votes.get(seat.name) if whole else None


def _closed(live: Live, seat: Evaluator) -> bool:
    declared = live.whole.declarations.get(seat.name)
    own = live.own_item
    return bool(own and own.vendor and not (declared and declared.clears(own.vendor)))


def _at_hand(live: Live, seat: Evaluator) -> str:
    """What the room talks about, with the answer to unfold."""
    item = live.item
    if item is None:
        return '<h1 tabindex="-1">Welcome</h1>'
    if item.subject is Subject.weights:
        return '<h1 tabindex="-1">What should weigh how much?</h1>'
    asked = live.content.questions[item.question]
    vendor = next((each.name for each in live.seen.vendors if each.id == item.vendor), item.vendor)
    title = f"Red flag: {vendor}" if item.subject is Subject.flag else vendor
    answer = "" if _closed(live, seat) else _answer(live, item)
    return (
        f'<h1 tabindex="-1">{escape(title)} <span>{escape(asked.id)} {escape(asked.title)}</span></h1>'
        f"<details><summary>{'Question and answer' if answer else 'The question'}</summary>"
        f"<p><b>{escape(asked.text)}</b></p>{answer}</details>"
    )


def _answer(live: Live, item: Item) -> str:
    received = live.seen.received(item.vendor)
    if received is None:
        return ""
    answer = received.response.answer(item.question)
    words = answer.text.strip() or "The vendor left this empty."
    cut = f"{words[:ANSWER_SHOWN]} … (the rest is on the screen)" if len(words) > ANSWER_SHOWN else words
    evidence = f"<p>Evidence: {escape(answer.evidence[:500])}</p>" if answer.evidence else ""
    return f'<p class="words">{escape(cut)}</p>{evidence}'


def _who(seat: Evaluator) -> str:
    return f"<b>{escape(seat.name)}</b> <span>{escape(seat.discipline.value)}</span>"


def _away() -> str:
    return (
        '<h1 tabindex="-1">You are not in the room</h1><p>Nobody waits for your vote. What you voted stays.</p>'
        '<form method="post"><input type="hidden" name="do" value="enter">'
        '<button class="main">I am here</button></form>'
    )


def _foot(live: Live, *, present: bool, may_lead: bool) -> str:
    lead = f'<a href="/room/{escape(live.whole.id)}/lead">Lead from this phone</a>' if may_lead else ""
    leave = (
        '<form method="post"><input type="hidden" name="do" value="leave"><button>I have to leave</button></form>'
        if present
        else ""
    )
    return f"{lead}{leave}<p>The record keeps your name, your votes and your reasons, whatever the screen shows.</p>"
