"""What somebody who leads has before them: what the room may see, and less where their interests conflict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ii_vendor.model.actor import Actor
from ii_vendor.model.scorecard import QuestionScore
from ii_vendor.model.seat import Evaluator
from ii_vendor.model.workshop import Item, Round, Subject, Workshop
from ii_vendor.rules.names import Masks
from ii_vendor.rules.seats import own_seat
from ii_vendor.rules.workshop import voters
from ii_vendor.workshop.live import Live


@dataclass(frozen=True)
class Leading:
    """The workshop as ``actor`` leads it, under the ids that the room sees. ``pages`` names who has a page open."""

    live: Live
    actor: Actor
    pages: frozenset[str] = frozenset()

    @property
    def held(self) -> Workshop:
        """The workshop that goes on."""
        assert self.live.workshop is not None
        return self.live.workshop

    @cached_property
    def seat(self) -> Evaluator | None:
        """The seat of whoever leads; None for somebody without one."""
        return own_seat(self.live.whole, self.actor)

    @cached_property
    def _own_ids(self) -> Mapping[str, str]:
        """The vendors' own ids by those that the room sees."""
        now = self.live.whole
        if not now.masked:
            return {vendor.id: vendor.id for vendor in now.vendors}
        return {mask.id: own for own, mask in Masks(now).of.items()}

    @cached_property
    def _closed(self) -> frozenset[str]:
        """The vendors, as the room sees them, whose answers are closed to whoever leads."""
        seat = self.seat
        declared = self.live.whole.declarations.get(seat.name) if seat else None
        clear = {shown for shown, own in self._own_ids.items() if seat is None or (declared and declared.clears(own))}
        return frozenset(self._own_ids) - clear

    def is_closed(self, vendor: str) -> bool:
        """Whether the answers of this vendor are closed to whoever leads."""
        return vendor in self._closed

    def own(self, shown: str) -> str:
        """The id of a vendor or flag that the room knows as ``shown``."""
        vendor, slash, rest = shown.partition("/")
        return f"{self._own_ids.get(vendor, vendor)}{slash}{rest}"

    def own_item(self, item: Item) -> Item:
        """The item under the vendors' own ids."""
        return item.model_copy(update={"vendor": self.own(item.vendor), "flag": self.own(item.flag)})

    @property
    def whole_round(self) -> Round | None:
        """The newest round on the item at hand with all that is in it, for use behind the door."""
        held, item = self.live.whole.workshop, self.live.own_item
        rounds = held.rounds_of(item) if held and item else ()
        return rounds[-1] if rounds else None

    def unjoined(self) -> tuple[Evaluator, ...]:
        """The seats that may vote on the item at hand and have neither a ballot nor a link: whoever sits at this
        computer may enter what they say."""
        live = self.live
        if not self.actor.here or live.own_item is None or live.whole.workshop is None:
            return ()
        held = {*live.whole.workshop.ballots.values(), *live.whole.taken}
        return tuple(seat for seat in voters(live.whole, live.own_item) if seat.name not in held)


def score_of(live: Live, item: Item) -> QuestionScore | None:
    """How the answer stands that an item is about; None for weights."""
    cards = {card.vendor: card for card in live.comparison.vendors}
    return cards[item.vendor].question(item.question) if item.vendor in cards else None


def vendor_names(live: Live) -> Mapping[str, str]:
    """The vendors as the room knows them, by id."""
    return {vendor.id: vendor.name for vendor in live.seen.vendors}


def short_title(live: Live, item: Item) -> str:
    """``Halden Grid Security, Q4``, as it stands on a button."""
    if item.subject is Subject.weights:
        return "weights of the sections"
    place = f"{vendor_names(live).get(item.vendor, item.vendor)}, {item.question}"
    return f"red flag, {place}" if item.subject is Subject.flag else place
