"""An event of the record in plain words: who did what, to which answer, and why. Plain text."""

from __future__ import annotations

from typing import NamedTuple

from ii_vendor.model import events
from ii_vendor.model import workshop_events as steps
from ii_vendor.model.content import Content
from ii_vendor.model.events import Event
from ii_vendor.model.panel import Evaluation, FlagState
from ii_vendor.model.workshop import Item
from ii_vendor.report.audit_phrases import answer, because, flag, level, owned, person, quoted, sections, vendor
from ii_vendor.report.money import money
from ii_vendor.report.phrases import level_words, of
from ii_vendor.report.proposal_words import WAYS
from ii_vendor.report.seat_words import seat_words
from ii_vendor.report.second_reader_words import second_reading_words
from ii_vendor.report.workshop_words import workshop_words

DECISIONS = {
    FlagState.raised: "opened again",
    FlagState.confirmed: "confirmed",
    FlagState.dismissed: "dismissed",
    FlagState.clarification_sent: "sent to the vendor for clarification",
    FlagState.accepted: "accepted as a risk",
}
WITHHELD = {
    "rating recorded": "A rating",
    "response accepted": "A response",
    "flag raised": "A red flag",
    "flag decided": "A decision on a red flag",
    "gate signed": "A signature on a gate",
    "consensus recorded": "A consensus",
    "dissent recorded": "A dissent",
    "second reading recorded": "A second reading",
    "price recorded": "A price",
    "weights proposed": "A set of weights",
    "vote cast": "A vote",
    "round opened": "A round of votes",
    "item put off": "An item put off",
}
"""What is not shown yet, by the kind of its event."""


class Concerns(NamedTuple):
    """Whom and what an event is about: names of people, ids of vendors, and a question or an empty text."""

    people: frozenset[str]
    vendors: frozenset[str]
    question: str


def concerns(event: Event, evaluation: Evaluation) -> Concerns:
    """Whom and what an event is about; whoever entered it is one of the people."""
    change = event.change
    about = _voted_on(change, evaluation) or change
    known = evaluation.flags.get(getattr(about, "flag", ""))
    vendors = {getattr(about, "vendor", "") or (known.vendor if known else "")}
    if isinstance(change, events.InterestsDeclared):
        vendors |= change.conflicts.keys()
    whose = change.name if isinstance(change, events.EvaluatorAdded) else getattr(change, "evaluator", "")
    question = getattr(about, "question", "") or (known.question if known else "")
    return Concerns(frozenset({event.actor, whose} - {""}), frozenset(vendors - {""}), question)


def _voted_on(change: object, evaluation: Evaluation) -> Item | None:
    """What an event of a workshop is about, where it is about one thing."""
    match change:
        case steps.RoundOpened() | steps.ItemPutOff():
            return change.item
        case steps.VoteCast() if change.workshop <= len(evaluation.workshops):
            of = evaluation.workshops[change.workshop - 1].round(change.round)
            return of.item if of else None
    return None


def event_words(event: Event, evaluation: Evaluation, content: Content) -> str:
    """One event in a sentence or two. ``evaluation`` and ``content`` give vendors, people and sections their names."""
    if isinstance(event.change, events.Withheld):
        return _withheld(event, event.change, evaluation)
    did = (
        seat_words(event, evaluation, content)
        or workshop_words(event, evaluation, content)
        or _judging(event, evaluation, content)
    )
    return f"{person(event.actor, evaluation)} {did}"


def _judging(event: Event, evaluation: Evaluation, content: Content) -> str:
    change, who = event.change, event.actor
    match change:
        case events.RatingRecorded():
            verb = "rated" if change.evaluator == who else f"entered a rating by {change.evaluator} of"
            where = answer(change.vendor, change.question, evaluation)
            said = f"{level(change.level)} on a {change.grade.value}{because(change.reason)}.{quoted(change.quote)}"
            open_to_them = " Others’ ratings had been open to them before." if change.informed else ""
            return f"{verb} {where}: {said}{open_to_them}"
        case events.ConsensusRecorded():
            return _agreed(change, evaluation)
        case events.DissentRecorded():
            dissents = "dissented" if change.evaluator == who else f"put on record that {change.evaluator} dissents"
            where = answer(change.vendor, change.question, evaluation)
            return f"{dissents} on {where}: {level(change.level)}{because(change.reason)}."
        case events.FlagRaised():
            kind = f"{change.severity.value}{', a gate' if change.gate else ''}"
            where = answer(change.vendor, change.question, evaluation)
            quotes = "".join(quoted(quote.text) for quote in change.quotes)
            return f"raised a red flag ({kind}) on {where}: “{change.statement.rstrip('.')}”.{quotes}"
        case events.GateSigned():
            whose = "" if change.evaluator == who else f", for {change.evaluator}"
            step = f"{DECISIONS[change.state]}{owned(change.owner)}{because(change.reason)}"
            return (
                f"signed{whose} as {change.discipline.value} that the gate {flag(change.flag, evaluation)} be {step}."
            )
        case events.FlagDecided():
            due = f", an answer due by {change.due.day} {change.due:%b %Y}" if change.due else ""
            step = f"{DECISIONS[change.state]}{owned(change.owner)}{due}{because(change.reason)}"
            return f"decided on the red flag {flag(change.flag, evaluation)}: {step}."
        case events.ContentAdopted():
            changes = f" Changed: {'; '.join(change.changes)}." if change.changes else ""
            return f"adopted other content, {change.content_hash[:12]}{because(change.reason)}.{changes}"
        case events.ProfileAdopted():
            profile = f"“{change.profile}”, content {change.content_hash[:12]}"
            return f"adopted other weights or thresholds ({profile}){because(change.reason)}."
        case events.PriceRecorded():
            return _priced(change, evaluation)
        case events.SecondReadingRecorded():
            return second_reading_words(change, evaluation)
        case events.WeightsProposed():
            verb = "proposed weights" if change.evaluator == who else f"entered weights by {change.evaluator}"
            scope = f"the questions of {sections((change.scope,), content)}" if change.scope else "the sections"
            return f"{verb} for {scope}, by {WAYS[change.method]}{because(change.reason)}."
        case _:
            raise ValueError(f"There are no words for '{change.kind}'.")


def _agreed(change: events.ConsensusRecorded, evaluation: Evaluation) -> str:
    where = answer(change.vendor, change.question, evaluation)
    moved = "" if change.mean is None else f" (mean of the ratings {level_words(change.mean)})"
    words = " No evidence was found." if change.no_evidence else quoted(change.quote)
    again = f" Confirmed a second time: {'; '.join(change.second_look)}." if change.second_look else ""
    said = f"{level(change.level)}{moved} on a {change.grade.value}{because(change.reason)}.{words}{again}"
    return f"recorded the consensus on {where}: {said}"


def _priced(change: events.PriceRecorded, evaluation: Evaluation) -> str:
    whose = of(vendor(change.vendor, evaluation))
    if change.amount is None:
        return f"took {whose} price back."
    covers = f", for {change.basis}" if change.basis else ""
    return f"recorded {whose} price: {money(change.amount, change.currency)}{covers}."


def _withheld(event: Event, change: events.Withheld, evaluation: Evaluation) -> str:
    what = WITHHELD.get(change.of_kind, f"An event of the kind “{change.of_kind}”")
    where = ", ".join(part for part in (vendor(change.vendor, evaluation), change.question) if part)
    about = f" on {where}" if where else ""
    return f"{what} by {person(change.evaluator or event.actor, evaluation)}{about}, {_until(change, evaluation)}."


def _until(change: events.Withheld, evaluation: Evaluation) -> str:
    if change.vendor in evaluation.closed_vendors:
        return "closed to you: your interests are undeclared or in conflict there"
    if change.of_kind == "rating recorded" and change.evaluator in evaluation.withheld:
        return "which opens with moderation, or once you both have handed in"
    if change.of_kind == "vote cast" and not evaluation.masked:
        return "which opens when the votes are shown"
    return "which opens when the vendors’ names are shown" if evaluation.masked else "which is not shown to you yet"
