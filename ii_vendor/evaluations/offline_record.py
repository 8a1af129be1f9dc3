"""What happened in the record since an assignment workbook was written, and what its letters stood for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ii_vendor.model import events
from ii_vendor.model.content import Content
from ii_vendor.model.events import Event
from ii_vendor.model.offline import Origin, Pair
from ii_vendor.model.panel import Evaluation
from ii_vendor.store import Record


@dataclass(frozen=True)
class Since:
    """What is different from when the workbook was written. ``known`` is False where that moment cannot be told.

    ``rated`` has the last event in which the seat rated an answer, of all times where the moment is not known;
    ``before`` the version of a vendor's response that stood then, where a newer one has come. ``content`` is what
    answers were judged by then, None where it is the same. ``named`` is the evaluation under the letters that stood for
    vendors' names then, None where there were none, or where several lots were drawn and it cannot be told which.
    """

    known: bool
    rated: Mapping[Pair, Event] = field(default_factory=dict)
    before: Mapping[str, int] = field(default_factory=dict)
    content: Content | None = None
    named: Evaluation | None = None

    def reworded(self, question: str, now: Content) -> bool:
        """Whether a question, or how it is judged, is another than when the workbook was written."""
        then = self.content
        if then is None:
            return False
        before = (then.questions.get(question), then.rubric.get(question))
        return before != (now.questions.get(question), now.rubric.get(question))


def since(record: Record, now: Evaluation, seat: str, origin: Origin) -> Since:
    """What happened since the event that ``origin`` names."""
    later = record.events(now.id, origin.sequence - 1) if 0 < origin.sequence <= now.sequence else ()
    if not later or later[0].hash != origin.record_hash:
        every = record.events(now.id)
        return Since(known=False, rated=_rated(every, seat), named=_under_letters(now, every))
    later = later[1:]
    if not any(isinstance(each.change, events.NamesMasked | events.ContentAdopted) for each in later):
        named = now if now.masked else None
        return Since(known=True, rated=_rated(later, seat), before=_versions_before(later), named=named)
    before = [each for each in record.events(now.id) if each.sequence <= origin.sequence]
    return Since(
        known=True,
        rated=_rated(later, seat),
        before=_versions_before(later),
        content=_content_then(record, before),
        named=_under_letters(now, _last_drawn(before)),
    )


def _rated(later: Sequence[Event], seat: str) -> dict[Pair, Event]:
    return {
        (each.change.vendor, each.change.question): each
        for each in later
        if isinstance(each.change, events.RatingRecorded) and each.change.evaluator == seat
    }


def _versions_before(later: Sequence[Event]) -> dict[str, int]:
    versions: dict[str, int] = {}
    for each in later:
        if isinstance(each.change, events.ResponseAccepted):
            versions.setdefault(each.change.vendor, each.change.version - 1)
    return versions


def _content_then(record: Record, before: Sequence[Event]) -> Content | None:
    hashes = [
        each.change.content_hash
        for each in before
        if isinstance(each.change, events.EvaluationCreated | events.ContentAdopted | events.ProfileAdopted)
    ]
    return record.content(hashes[-1]) if hashes else None


def _last_drawn(before: Sequence[Event]) -> Sequence[Event]:
    """The last event that drew letters, or took them away, alone."""
    return [each for each in before if isinstance(each.change, events.NamesMasked)][-1:]


def _under_letters(now: Evaluation, drawn: Sequence[Event]) -> Evaluation | None:
    """The evaluation with the letters that were drawn in these events; None where none were, or more than one lot."""
    orders = [each.change.order for each in drawn if isinstance(each.change, events.NamesMasked) and each.change.masked]
    if len(orders) != 1:
        return None
    return now.model_copy(update={"masked": True, "mask_order": orders[0]})
