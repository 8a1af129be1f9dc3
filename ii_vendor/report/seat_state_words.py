"""How a seat on the panel stands: its interests, its link, and why it may not rate or decide just now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation, Flag, FlagState
from ii_vendor.model.seat import Evaluator, SeatPass, Stage
from ii_vendor.report.phrases import listed
from ii_vendor.rules.flags import SIGNING

CONFLICT = "Closed to you: you declared a conflict of interest."
NOT_DECLARED = "Closed to you until you have said what your interests in this vendor are."


def link_words(evaluation: Evaluation, seat: Evaluator, now: datetime) -> str:
    """How the person comes to the seat, or does not."""
    if seat.closed:
        return "seat closed"
    good = [each for each in _of(seat, evaluation.links.values()) if each.state_at(now) == "good"]
    if good:
        until = f"link sent, good until {max(each.expires_at for each in good):%d %b}"
        return f"{until}; seat taken" if seat.name in evaluation.taken else until
    if seat.name in evaluation.taken:
        held = any(each.state_at(now) == "good" for each in _of(seat, evaluation.sessions.values()))
        return "seat taken" if held or seat.email else "seat taken, no link open"
    if any(_of(seat, evaluation.links.values())):
        return "link no longer good"
    return f"signs in as {seat.email}" if seat.email else "no link yet"


def _of(seat: Evaluator, passes: Iterable[SeatPass]) -> list[SeatPass]:
    return [each for each in passes if each.evaluator == seat.name]


def interests_words(evaluation: Evaluation, seat: Evaluator) -> str:
    """What the seat declared of its interests."""
    declared = evaluation.declarations.get(seat.name)
    if declared is None:
        return "interests not declared"
    later = [vendor.name for vendor in evaluation.vendors if vendor.id not in declared.vendors]
    if later:
        return f"interests not declared about {listed(later)}"
    if not declared.conflicts:
        return "no conflict of interest"
    named = [vendor.name for vendor in evaluation.vendors if vendor.id in declared.conflicts]
    return f"conflict of interest: {listed(named)}"


def closed_words(evaluation: Evaluation, seat: Evaluator | None, vendor: str) -> str:
    """Why a vendor is closed to the seat."""
    declared = evaluation.declarations.get(seat.name) if seat else None
    return CONFLICT if declared is None or vendor in declared.conflicts else NOT_DECLARED


def sections_words(seat: Evaluator, content: Content) -> str:
    """What the seat rates."""
    if not seat.discipline.judges:
        return "looks on"
    if not seat.rating:
        return "oversees, rates nothing"
    titles = [section.title for section in content.sections if section.id in seat.sections]
    return listed(titles) if titles else "all sections"


def why_not_rate(evaluation: Evaluation, content: Content, seat: Evaluator, question: str) -> str:
    """Why the seat cannot rate this question now and what to do, in one or two sentences; empty where it can."""
    if seat.closed:
        return "This seat is closed. What it said stays."
    if not seat.discipline.judges:
        return "You are on the panel as an observer, and observers do not rate."
    if not seat.rates:
        return "You oversee this evaluation, so you rate nothing. You still decide on red flags."
    if evaluation.stage.number < Stage.scoring.number:
        return "Rating begins when the facilitator opens scoring, on the page Panel."
    if evaluation.stage is Stage.moderation:
        return "Ratings closed when moderation opened. What the panel agrees on is recorded on the page Moderation."
    if evaluation.stage is Stage.locked:
        return "This evaluation is locked, so ratings are closed."
    if seat.sections and content.section_of[question].id not in seat.sections:
        return "Not yours to rate: others were asked to judge this section."
    if all(rating_is_closed(evaluation, seat, vendor, question) for vendor in evaluation.responses):
        return "You have handed in, so your ratings are closed. The facilitator can give them back."
    return ""


def rating_is_closed(evaluation: Evaluation, seat: Evaluator, vendor: str, question: str) -> bool:
    """Whether the seat has rated this answer and handed in. One that came later is still to rate."""
    return seat.name in evaluation.handed_in and (vendor, question, seat.name) in evaluation.ratings


def why_not_decide(evaluation: Evaluation, seat: Evaluator | None, *, facilitates: bool) -> str:
    """Why red flags cannot be decided now by this seat, or by somebody without one; empty where they can."""
    if evaluation.stage is Stage.setup:
        return "Red flags are decided once the evaluation is open."
    if evaluation.stage is Stage.locked:
        return "This evaluation is locked, so red flags stay as they are."
    if seat is None:
        return "" if facilitates else "Only members of the panel decide on red flags."
    return "" if seat.discipline.judges else "Observers do not decide on red flags."


def why_not_moderate(seat: Evaluator | None, *, facilitates: bool) -> str:
    """Why this seat, or somebody without one, does not record a consensus; empty where they do."""
    if seat is not None and not seat.discipline.judges:
        return "Observers look on: the facilitator or a chair records the consensus."
    if facilitates or (seat is not None and seat.discipline.chairs):
        return ""
    return "The facilitator or a chair, operations or IT, records the consensus. You can put on record that you differ."


def gate_words(flag: Flag, seat: Evaluator | None) -> list[str]:
    """What a gate asks for, who has signed what, and whose signature is missing; nothing for another flag."""
    if not flag.gate:
        return []
    both = listed([discipline.value for discipline in SIGNING])
    lines = [f"A gate: accepting it, or setting it aside once confirmed, takes {both}, each from their own seat."]
    for state in dict.fromkeys(each.state for each in flag.signatures):
        signed = {each.discipline: each.evaluator for each in flag.signatures if each.state is state}
        missing = [discipline.value for discipline in SIGNING if discipline not in signed]
        names = listed([f"{name} ({discipline.value})" for discipline, name in signed.items()])
        rest = f" Still missing: {listed(missing)}." if missing else ""
        lines.append(f"Signed to be {state.value}: {names}.{rest}")
    if seat is not None and seat.discipline not in SIGNING:
        lines.append("Yours is not one of the two.")
    return lines


def due_words(flag: Flag, today: date) -> str:
    """By when the vendor is to answer a clarification, and whether that day has passed; empty where none was sent."""
    if flag.state is not FlagState.clarification_sent or flag.due is None:
        return ""
    day = f"{flag.due:%d %b %Y}"
    return f"Overdue: the vendor was to answer by {day}." if flag.due < today else f"The vendor is to answer by {day}."
