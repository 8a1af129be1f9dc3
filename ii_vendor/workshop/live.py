"""A workshop as it stands at one moment, with all that its pages show of it, worked out once for everybody."""

from __future__ import annotations

from dataclasses import dataclass

from ii_vendor.model.agenda import Agenda
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.scorecard import Comparison
from ii_vendor.model.seat import Discipline, Evaluator
from ii_vendor.model.workshop import Item, Room, Round, Workshop
from ii_vendor.rules.masking import masked, masked_item, masked_workshops
from ii_vendor.rules.names import Masks
from ii_vendor.rules.workshop import votes_seen_by
from ii_vendor.score import compare
from ii_vendor.score.agenda import agenda
from ii_vendor.store import Record, RoomNow

COUNTS = (
    "content_hash",
    "stage",
    "masked",
    "mask_order",
    "evaluators",
    "vendors",
    "responses",
    "ratings",
    "flags",
    "declarations",
    "set_aside",
    "consensus",
    "dissents",
)
"""The fields of an evaluation that its scores and agenda rest on: a vote is none of them."""

THE_ROOM = Evaluator(name="the room’s screen", discipline=Discipline.observer)
"""Who sees what the screen shows: a seat that nobody has."""


@dataclass(frozen=True)
class Standing:
    """What does not move with a vote. ``seen`` is the evaluation as the room may see it: without the names of vendors
    that are hidden, and without links."""

    whole: Evaluation
    seen: Evaluation
    content: Content
    comparison: Comparison
    agenda: Agenda
    masks: Masks | None

    def holds_for(self, whole: Evaluation) -> bool:
        """Whether nothing that counts has changed since."""
        return all(getattr(self.whole, field) == getattr(whole, field) for field in COUNTS)


@dataclass(frozen=True)
class Live:
    """The workshop at one moment.

    ``whole`` holds everything and is for use behind the door alone; ``seen``, ``comparison`` and ``agenda`` hold what
    the room may see, with votes that are not shown left out. ``item`` is what is at hand under the ids of ``seen``,
    ``own_item`` under the vendors' own. ``version`` is that of the room.
    """

    whole: Evaluation
    seen: Evaluation
    content: Content
    comparison: Comparison
    agenda: Agenda
    room: Room
    version: int
    own_item: Item | None
    item: Item | None

    @property
    def workshop(self) -> Workshop | None:
        """The workshop that goes on, as the room may see it; None while there is none."""
        return self.seen.workshop

    @property
    def round(self) -> Round | None:
        """The newest round on the item at hand, as the room may see it; None before the first."""
        rounds = self.workshop.rounds_of(self.item) if self.workshop and self.item else ()
        return rounds[-1] if rounds else None

    @property
    def for_ballots(self) -> tuple[object, ...]:
        """What ballots show, but for each seat's own vote: it stays the same while others vote."""
        held, of = self.workshop, self.round
        received = self.seen.received(self.item.vendor) if self.item and self.item.vendor else None
        if held is None:
            return (self.whole.stage, len(self.whole.workshops))
        return (
            held.number,
            held.settings,
            self.item,
            of and (of.id, of.revealed, of.undone),
            self.seen.evaluators,
            self.whole.declarations,
            self.seen.flags,
            self.item and self.seen.consensus.get((self.item.vendor, self.item.question)),
            self.whole.masked,
            self.whole.content_hash,
            received and received.version,
        )


def look(record: Record, evaluation_id: str, before: Live | None, standing: Standing | None) -> tuple[Live, Standing]:
    """The workshop as the database has it at this moment. What ``before`` and ``standing`` know is not worked out
    again. Raises DatabaseTrouble, NoSuchEvaluation."""
    whole, (room, version) = record.evaluation(evaluation_id), record.room(evaluation_id)
    if before and (before.whole.sequence, before.version) == (whole.sequence, version) and standing:
        return before, standing
    if standing is None or not standing.holds_for(whole):
        standing = _standing(record, whole)
    return _live(whole, RoomNow(room, version), standing), standing


def _standing(record: Record, whole: Evaluation) -> Standing:
    content = record.content(whole.content_hash)
    seen = votes_seen_by(whole, None).model_copy(update={"links": {}, "sessions": {}, "view": "the room"})
    seen = masked(seen, THE_ROOM) if whole.masked else seen
    comparison = compare(seen, content)
    masks = Masks(whole) if whole.masked else None
    return Standing(whole, seen, content, comparison, agenda(seen, content, comparison), masks)


def _live(whole: Evaluation, now: RoomNow, standing: Standing) -> Live:
    workshops, item = votes_seen_by(whole, None).workshops, now.room.item
    if item and item.vendor and item.vendor not in {vendor.id for vendor in whole.vendors}:
        item = None
    shown = item
    if standing.masks:
        workshops = masked_workshops(workshops, standing.masks)
        shown = masked_item(item, standing.masks) if item else None
    moved = {"workshops": workshops, "sequence": whole.sequence, "record_hash": whole.record_hash}
    return Live(
        whole=whole,
        seen=standing.seen.model_copy(update=moved),
        content=standing.content,
        comparison=standing.comparison,
        agenda=standing.agenda,
        room=now.room,
        version=now.version,
        own_item=item,
        item=shown,
    )
