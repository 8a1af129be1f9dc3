"""What comes next in a workshop, and what it is called on the button."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ii_vendor.model.agenda import AgendaItem
from ii_vendor.model.panel import FlagState
from ii_vendor.model.workshop import Item, PutOff, Room, Scene, Subject
from ii_vendor.report.phrases import counted
from ii_vendor.rules.workshop import awaited
from ii_vendor.score import agreed_on
from ii_vendor.workshop.lead_view import Leading, score_of, short_title
from ii_vendor.workshop.live import Live


class Does(StrEnum):
    """What the next step is."""

    light = "light"
    agenda = "agenda"
    item = "item"
    round = "round"
    reveal = "reveal"
    picture = "picture"
    wait = "wait"


@dataclass(frozen=True)
class Plan:
    """The next step: what it ``does``, its ``label``, and ``why`` in a sentence. ``item`` is what it takes up, under
    the ids of the room; ``missing`` are those who have not voted when it shows the votes."""

    does: Does
    label: str
    why: str = ""
    item: Item | None = None
    missing: tuple[str, ...] = ()

    @property
    def takes(self) -> str:
        """What tells the item that it takes up from others; empty where it takes up none."""
        return self.item.key if self.item else ""


def plan(leading: Leading) -> Plan:
    """What the next step is. It never records a result by itself."""
    live = leading.live
    room, item = live.room, live.item
    if room.blank:
        return Plan(Does.light, "Light the screen again")
    if room.scene is Scene.holding:
        return Plan(Does.agenda, "Show the agenda")
    if room.scene is Scene.item and item:
        return _at_item(leading, item)
    if item and not finished(live, item) and item.key not in leading.held.left:
        return Plan(Does.item, f"Back to {short_title(live, item)}", item=item)
    return _onward(leading)


def before(room: Room) -> Room | None:
    """The room one scene back; None where it is at the first one. Nothing of the record changes with it."""
    if room.blank:
        return room.model_copy(update={"blank": False})
    scene = {
        Scene.holding: None,
        Scene.agenda: Scene.holding,
        Scene.item: Scene.agenda,
        Scene.picture: Scene.item if room.item else Scene.agenda,
    }[room.scene]
    return room.model_copy(update={"scene": scene, "supposed": None}) if scene else None


def _at_item(leading: Leading, item: Item) -> Plan:
    live = leading.live
    onward = Plan(Does.picture, "Show where the vendors stand")
    of, whole = live.round, leading.whole_round
    if of is None or whole is None:
        return onward if finished(live, item) else Plan(Does.round, "Open the vote")
    if of.revealed:
        return onward if finished(live, item) else _result_first(item)
    missing = awaited(live.whole, whole)
    if not of.voted:
        return Plan(Does.wait, "Waiting for votes", "Nobody has voted yet.")
    label = f"Show the votes, {len(missing)} missing" if missing else "Show the votes"
    return Plan(Does.reveal, label, missing=missing)


def _result_first(item: Item) -> Plan:
    if item.subject is Subject.flag:
        return Plan(Does.wait, "Decide on it first", "Record the decision first, vote again, or park it.")
    return Plan(Does.wait, "Agree on it first", "Record the consensus first, vote again, or park it.")


def _onward(leading: Leading) -> Plan:
    live, following = leading.live, next_item(leading)
    if following is None:
        why = "Nothing is left to take up: you can stop here."
        if live.room.scene is Scene.picture:
            return Plan(Does.agenda, "Back to the agenda", why)
        return Plan(Does.picture, "Show where the vendors stand", why)
    title = short_title(live, following)
    if following.key in leading.held.left:
        return Plan(Does.item, f"Come back to {title}", item=following)
    why = "" if live.agenda.still_decisive else stop_words(live)
    return Plan(Does.item, f"Next: {title}", why, item=following)


def stop_words(live: Live) -> str:
    """That the room may stop, where no open item can change the outcome by itself; empty as long as one can."""
    if live.agenda.still_decisive:
        return ""
    if not live.agenda.items:
        return "Everything is settled: you can stop here."
    opened = counted(len(live.agenda.items), "open item")
    return f"None of the {opened} can change the outcome by itself: you can stop here."


def next_item(leading: Leading, *, besides: Item | None = None) -> Item | None:
    """What the agenda has next: neither put off nor finished in this workshop; then what was parked. ``besides`` is
    passed over."""
    live, left = leading.live, leading.held.left
    for entry in live.agenda.items:
        if live.seen.received(entry.vendor) is None:
            continue
        for item in items_of(entry):
            if item.key in left:
                break
            if item != besides and not finished(live, item):
                return item
    parked = (each.item for each in left.values() if each.how is PutOff.parked and each.item != besides)
    return next((item for item in parked if not finished(live, item)), None)


def items_of(entry: AgendaItem) -> Iterator[Item]:
    """What there is to vote on about an entry of the agenda: its level, where one is open, then its red flags."""
    if entry.low is not None:
        yield Item.answer(entry.vendor, entry.question)
    for flag in entry.flags:
        yield Item(subject=Subject.flag, vendor=entry.vendor, question=entry.question, flag=flag)


def finished(live: Live, item: Item) -> bool:
    """Whether the room has come to a result on this item, in this workshop and since the last round on it began."""
    held = live.workshop
    if held is None:
        return False
    rounds = held.rounds_of(item)
    since = rounds[-1].opened_at if rounds else held.opened_at
    if item.subject is Subject.weights:
        return bool(rounds) and rounds[-1].revealed
    return any(at >= since for at in _results(live, item))


def _results(live: Live, item: Item) -> Iterator[datetime]:
    """When the panel came to a result on an item, or signed towards one."""
    score = score_of(live, item)
    if item.subject is Subject.answer and score and score.consensus and agreed_on(score):
        yield score.consensus.at
    flag = live.seen.flags.get(item.flag)
    if item.subject is Subject.flag and flag:
        yield from (each.at for each in flag.decisions if each.state is not FlagState.raised)
        yield from (each.at for each in flag.signatures)
