"""What happened to an evaluation as a whole, to its panel and its vendors, in plain words."""

from __future__ import annotations

from ii_vendor.model import events
from ii_vendor.model.content import Content
from ii_vendor.model.events import Event
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.seat import Stage
from ii_vendor.report.audit_phrases import because, moment, sections, vendor
from ii_vendor.report.carried_words import carried_words
from ii_vendor.report.phrases import counted, listed, of

STAGES = {
    Stage.setup: "took the evaluation back to preparation",
    Stage.open: "opened the evaluation to the panel",
    Stage.scoring: "opened scoring",
    Stage.moderation: "opened moderation",
    Stage.locked: "locked the evaluation",
}


def seat_words(event: Event, evaluation: Evaluation, content: Content) -> str | None:
    """What the actor did, without the name in front; None for an event of another kind."""
    change = event.change
    match change:
        case events.EvaluationCreated():
            return f"created the evaluation “{change.name}” under content {change.content_hash[:12]}."
        case events.StageChanged():
            unfinished = f" Left unfinished: {'; '.join(change.unfinished)}." if change.unfinished else ""
            return f"{STAGES[change.stage]}{because(change.reason)}.{unfinished}"
        case events.NamesMasked():
            return "hid the vendors’ names from the panel." if change.masked else "showed the vendors’ names again."
        case events.EvaluatorAdded():
            judging = f" for {sections(change.sections, content)}" if change.sections else ""
            return f"took {change.name} ({change.discipline.value}) onto the panel{judging}."
        case events.SeatChanged():
            judged = sections(change.sections, content) if change.sections else "every section"
            return f"gave {change.evaluator} {judged} to judge{because(change.reason)}."
        case events.LinkIssued():
            return f"made a personal link for {change.evaluator}, good until {moment(change.expires_at)}."
        case events.SeatTaken():
            return f"took {_seat(change.evaluator, event.actor)} by {change.how}."
        case events.LinksRevoked():
            return f"ended every link of {change.evaluator}{because(change.reason)}."
        case events.SeatClosed():
            return f"closed the seat of {change.evaluator}{because(change.reason)}. What it said stays."
        case events.InterestsDeclared():
            return _declared(change, event.actor, evaluation)
        case events.AssignmentHandedIn():
            return f"handed in {'all' if change.evaluator == event.actor else of(change.evaluator)} ratings."
        case events.AssignmentReturned():
            return f"gave the assignment back to {change.evaluator}, to change ratings{because(change.reason)}."
        case events.VendorAdded():
            return f"added the vendor {vendor(change.vendor, evaluation)}."
        case events.ResponseAccepted():
            found = counted(len(change.findings), "finding")
            whose = of(vendor(change.vendor, evaluation))
            carried = change.response.carried
            how = f" {carried_words(carried)}" if carried else ""
            return f"accepted version {change.version} of {whose} response, with {found}.{how}"
        case _:
            return None


def _seat(whose: str, actor: str) -> str:
    return "the seat" if whose == actor else f"the seat of {whose}"


def _declared(change: events.InterestsDeclared, actor: str, evaluation: Evaluation) -> str:
    declared = "declared" if change.evaluator == actor else f"entered that {change.evaluator} declares"
    if not change.conflicts:
        return f"{declared} that no interest stands in the way."
    against = (f"{vendor(key, evaluation)} (“{' '.join(why.split())}”)" for key, why in change.conflicts.items())
    return f"{declared} a conflict of interest with {listed(list(against))}."
