"""What every item shows alike: where the room stands with it, how many have voted, and who."""

from __future__ import annotations

from enum import StrEnum
from html import escape

from ii_vendor.model.workshop import Item, Round
from ii_vendor.rules.workshop import awaited
from ii_vendor.workshop.lead_plan import finished
from ii_vendor.workshop.live import Live
from ii_vendor.workshop.screen_html import big, fitted, left_out, short_names

NAMED = 9
"""As many voters are named one by one; of more, those that the room waits for."""


class State(StrEnum):
    """Where the room stands with the item at hand."""

    reading = "reading"
    voting = "voting"
    revealed = "revealed"
    settled = "settled"


def state_of(live: Live, item: Item) -> State:
    """Where the room stands: a new round after a result opens the item again."""
    of = live.round
    if of is not None and not of.revealed:
        return State.voting
    if finished(live, item) and item.vendor:
        return State.settled
    return State.reading if of is None else State.revealed


def progress(live: Live) -> str:
    """How many of those in the room have voted, as a figure."""
    of = live.round
    if of is None:
        return ""
    if of.revealed:
        return f'<p class="figure"><span>Round</span><b class="big">{of.number}</b></p>'
    voted = len(of.voted)
    again = f", round {of.number}" if of.number > 1 else ""
    return big(f"{voted} of {voted + len(_awaited(live))}", f"{'has' if voted == 1 else 'have'} voted{again}")


def voters_strip(live: Live) -> str:
    """Who has voted and who has not, in the panel's order, and never what."""
    of = live.round
    if of is None:
        return f"<p>{'Read the answer. ' if live.item and live.item.vendor else ''}The vote is not open yet.</p>"
    waited, short = _awaited(live), short_names(seat.name for seat in live.seen.evaluators)
    there = [seat.name for seat in live.seen.evaluators if seat.name in of.voted or seat.name in waited]
    if len(there) > NAMED:
        rows = "".join(f'<li class="waits">{escape(short[name])}</li>' for name in there if name in waited)
        said = "Waiting for" if rows else "All votes are in."
    else:
        rows = "".join(_voter(name, short[name], voted=name in of.voted) for name in there)
        said = ""
    head = f"<span>{said}</span>" if said else ""
    return fitted(f'{head}<ul class="voters">{rows}</ul>', 1.8, kind="line", more=left_out(""))


def _voter(name: str, short: str, *, voted: bool) -> str:
    if voted:
        return (
            f'<li class="voted" data-voter="{escape(name)}"><i role="img" aria-label="voted">✓</i>{escape(short)}</li>'
        )
    return f'<li class="waits"><i role="img" aria-label="waiting"></i>{escape(short)}</li>'


def _awaited(live: Live) -> tuple[str, ...]:
    """For whom the room waits: what each may vote on is known behind the door alone."""
    held, own = live.whole.workshop, live.own_item
    rounds = held.rounds_of(own) if held and own else ()
    return awaited(live.whole, rounds[-1]) if rounds else ()


def rounds_before(live: Live) -> tuple[Round, ...]:
    """The rounds on the item at hand that came before the newest one and were shown, as far as two go."""
    held = live.workshop
    rounds = held.rounds_of(live.item) if held and live.item else ()
    return tuple(each for each in rounds[:-1] if each.revealed)[-2:]
