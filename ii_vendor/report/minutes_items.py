"""What a workshop did, item by item, in the order in which the room took them up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ii_vendor.model import events
from ii_vendor.model import workshop_events as steps
from ii_vendor.model.events import Event
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.workshop import Item, Round, Subject, Workshop

Place = tuple[str, str]
"""A vendor and a question, by id; both empty for the weights of the sections."""


@dataclass
class Discussed:
    """One answer with its red flags, or the weights: its rounds, what was recorded on it, and how long it was at hand.

    ``results`` holds the events that say what came of it, oldest first. ``time`` runs until the next item was taken up.
    """

    place: Place
    begun: datetime
    time: timedelta = timedelta()
    rounds: list[Round] = field(default_factory=list)
    results: list[Event] = field(default_factory=list)


def events_of(workshop: Workshop, history: Sequence[Event]) -> list[Event]:
    """The events of the evaluation while this workshop was open, its opening and closing with them."""
    found: list[Event] = []
    for event in history:
        change = event.change
        if isinstance(change, steps.WorkshopOpened):
            if found:
                break
            if change.number == workshop.number:
                found.append(event)
        elif found:
            found.append(event)
            if isinstance(change, steps.WorkshopClosed):
                break
    return found


def discussed(workshop: Workshop, during: Sequence[Event], evaluation: Evaluation) -> list[Discussed]:
    """Everything that was taken up, from the events of the workshop."""
    items: dict[Place, Discussed] = {}
    at_hand: Discussed | None = None
    for event, after in zip(during, [*during[1:], None], strict=True):
        place = _place(event.change, workshop, evaluation)
        if place is not None:
            at_hand = items.setdefault(place, Discussed(place, event.at))
            if isinstance(event.change, steps.RoundOpened):
                at_hand.rounds += [each for each in workshop.rounds if each.id == event.change.round]
            elif not isinstance(event.change, steps.VoteCast | steps.VotesRevealed | steps.RevealUndone):
                at_hand.results.append(event)
        if at_hand is not None and after is not None:
            at_hand.time += after.at - event.at
    return list(items.values())


def came_and_went(during: Sequence[Event]) -> Iterator[Event]:
    """Who came into the room and who left it."""
    return (event for event in during if isinstance(event.change, steps.WorkshopJoined | steps.WorkshopLeft))


def _place(change: object, workshop: Workshop, evaluation: Evaluation) -> Place | None:
    match change:
        case steps.RoundOpened() | steps.ItemPutOff():
            return _of_item(change.item)
        case steps.VoteCast() | steps.VotesRevealed() | steps.RevealUndone():
            of = workshop.round(change.round)
            return _of_item(of.item) if of else None
        case events.ConsensusRecorded() | events.DissentRecorded() | events.FlagRaised():
            return change.vendor, change.question
        case events.FlagDecided() | events.GateSigned():
            flag = evaluation.flags.get(change.flag)
            return (flag.vendor, flag.question) if flag else None
        case events.WeightsProposed() if not change.scope:
            return "", ""
        case events.ProfileAdopted():
            return "", ""
    return None


def _of_item(item: Item) -> Place:
    return ("", "") if item.subject is Subject.weights else (item.vendor, item.question)
