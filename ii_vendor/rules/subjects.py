"""What a change is about, so that two people who change the same thing see each other's change first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ii_vendor.model import events
from ii_vendor.model.events import Change, Event
from ii_vendor.rules.refusal import Stale


def subject(change: object) -> str:
    """The thing that a change changes; empty where nobody can have looked at it before."""
    match change:
        case events.RatingRecorded():
            return f"rating/{change.vendor}/{change.question}/{change.evaluator}"
        case events.ConsensusRecorded():
            return f"consensus/{change.vendor}/{change.question}"
        case events.DissentRecorded():
            return f"dissent/{change.vendor}/{change.question}/{change.evaluator}"
        case events.FlagRaised() | events.FlagDecided() | events.GateSigned():
            return f"flag/{change.flag}"
        case events.ResponseAccepted():
            return f"response/{change.vendor}"
        case events.ProfileAdopted() | events.ContentAdopted():
            return "content"
        case events.PriceRecorded():
            return f"price/{change.vendor}"
        case events.WeightsProposed():
            return f"weights/{change.evaluator}/{change.scope}"
        case events.InterestsDeclared() | events.SeatChanged() | events.SeatClosed():
            return f"seat/{change.evaluator}"
        case events.StageChanged() | events.NamesMasked():
            return "stage"
    return ""


def rests_on(change: Change) -> set[str]:
    """Everything that somebody looked at who makes this change: the thing itself, and what it was judged by."""
    match change:
        case events.RatingRecorded() | events.ConsensusRecorded():
            return {subject(change), f"response/{change.vendor}"}
        case events.DissentRecorded():
            return {subject(change), f"consensus/{change.vendor}/{change.question}"}
    return {subject(change)} - {""}


def check_fresh(changes: Sequence[Change], since: Iterable[Event]) -> None:
    """Raise Stale where one of the events ``since`` changed what ``changes`` rest on."""
    looked_at = set().union(*(rests_on(change) for change in changes))
    met = [said(event) for event in since if subject(event.change) in looked_at]
    if met:
        raise Stale(met)


def said(event: Event) -> str:
    """What an event did, in a sentence."""
    change, when = event.change, f"{event.actor} at {event.at:%H:%M} UTC"
    match change:
        case events.RatingRecorded() | events.ConsensusRecorded() | events.DissentRecorded():
            level = "not applicable" if change.level is None else f"level {change.level}"
            return f"{when}: {level}, “{change.reason}”."
        case events.FlagDecided():
            return f"{when}: {change.state.value}, “{change.reason}”."
        case events.GateSigned():
            return f"{when} signed: {change.state.value}, “{change.reason}”."
        case events.ResponseAccepted():
            return f"{when}: version {change.version} of the response arrived."
        case events.StageChanged():
            return f"{when}: the stage is {change.stage.value}."
        case events.PriceRecorded():
            return f"{when}: the price."
    return f"{when}: {change.kind}."
