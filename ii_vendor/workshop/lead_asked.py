"""A step that somebody who leads asked for: what stands in it, and where the workshop stood when they did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.workshop import Item, Room, Subject
from ii_vendor.routes import process
from ii_vendor.rules import NeedsSecondLook, Refused, Stale
from ii_vendor.workshop.lead_view import Leading, vendor_names
from ii_vendor.workshop.live import Live

OUT_OF_DATE = "This page does not fit any more. Load it again."
MOVED_ON = "It has just moved on: this is how it stands."
MOST_LETTERS = 4000

Chosen = TypeVar("Chosen", bound=StrEnum)


@dataclass(frozen=True)
class Asked:
    """A step with what it says, ``body``, under the ids of the room."""

    leading: Leading
    body: Mapping[str, Any]

    @property
    def live(self) -> Live:
        """The workshop as the step found it."""
        return self.leading.live

    @property
    def key(self) -> str:
        """The id of the evaluation."""
        return self.live.whole.id

    @property
    def service(self) -> Evaluations:
        """The evaluations on behalf of whoever leads."""
        return process.service(self.leading.actor)

    def check_fresh(self) -> int:
        """The version of the room that was looked at. Refused where the step does not say, Stale where somebody else
        has moved on since."""
        version = self.number("version")
        if version != self.live.version:
            raise Stale([MOVED_ON])
        return version

    def show(self, room: Room) -> None:
        """Have the screen show this, unless somebody else has moved on."""
        self.service.change_room(self.key, lambda _: room, seen=self.check_fresh())

    def text(self, name: str) -> str:
        """Words; empty where there are none."""
        said = self.body.get(name, "")
        if not isinstance(said, str) or len(said) > MOST_LETTERS:
            raise Refused(OUT_OF_DATE)
        return said.strip()

    def number(self, name: str) -> int:
        """A whole number, as such or as it was typed."""
        said = self.body.get(name)
        if isinstance(said, str) and said.strip().isdecimal() and len(said) < 9:
            return int(said)
        if not isinstance(said, int) or isinstance(said, bool):
            raise Refused("A whole number is needed here." if said else OUT_OF_DATE)
        return said

    def says(self, name: str) -> bool:
        """Whether something is said to be so."""
        return self.body.get(name) is True

    def one_of(self, name: str, kind: type[Chosen]) -> Chosen:
        """A choice out of those that there are."""
        said = self.text(name)
        if said not in list(kind):
            raise Refused(OUT_OF_DATE)
        return kind(said)

    def level(self) -> int | None:
        """The level chosen, 0-4, or None for not applicable. Refused where none was."""
        said = self.text("level")
        if not said:
            raise Refused("Choose a level first.")
        if said == "n/a":
            return None
        if said not in ("0", "1", "2", "3", "4"):
            raise Refused(OUT_OF_DATE)
        return int(said)

    def confirmed(self) -> frozenset[str]:
        """The reasons for which a second look was asked for, and that were confirmed."""
        said = self.body.get("confirmed", ())
        return frozenset(each for each in said if isinstance(each, str)) if isinstance(said, list) else frozenset()

    def look_twice(self, reason: str) -> None:
        """Raise NeedsSecondLook unless something was confirmed."""
        if not self.confirmed():
            raise NeedsSecondLook([reason])

    def item(self) -> Item:
        """The answer or red flag that is named, under the ids of the room. Refused where there is none."""
        live, vendor, question, flag = self.live, self.text("vendor"), self.text("question"), self.text("flag")
        names = vendor_names(live)
        if vendor not in names or question not in live.content.questions:
            raise Refused(OUT_OF_DATE)
        if live.seen.received(vendor) is None:
            raise Refused(f"{names[vendor]} has not responded yet, so there is nothing to vote on.")
        if not flag:
            return Item.answer(vendor, question)
        known = live.seen.flags.get(flag)
        if known is None or (known.vendor, known.question) != (vendor, question):
            raise Refused(OUT_OF_DATE)
        return Item(subject=Subject.flag, vendor=vendor, question=question, flag=flag)

    def at_hand(self) -> Item:
        """The item at hand, under the ids of the room. Refused where there is none."""
        if self.live.item is None:
            raise Refused("Choose something from the agenda first.")
        return self.live.item
