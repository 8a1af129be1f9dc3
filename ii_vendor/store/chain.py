"""The chain of events: whether each says what was sealed, and follows the one before it.

Works on events as the database or an exported file has them, before anything is made of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from ii_vendor.store.record import GENESIS
from ii_vendor.store.rows import event_hash
from ii_vendor.store.texts import is_text

WITHHELD = "withheld"
"""The kind that stands in an export for an event that its reader may not see yet. It is never stored."""


class Row(NamedTuple):
    """An event as it lies there. ``at`` and ``change`` are the texts that were hashed, ``change`` canonical JSON."""

    evaluation: str
    sequence: int
    at: str
    actor: str
    via: str
    kind: str
    change: str
    previous_hash: str
    hash: str
    salt: str = ""


class Fault(NamedTuple):
    """Something that is not as it was recorded. ``sequence`` is None where it is not about one event."""

    sequence: int | None
    what: str
    means: str


class Entry(NamedTuple):
    """What is kept of an event once it was looked at."""

    sequence: int
    at: str
    actor: str
    kind: str
    hash: str


def seal(row: Row) -> str:
    """The hash that the words of an event give."""
    return event_hash(row.evaluation, row.sequence, row.at, row.actor, row.change, row.previous_hash, row.via, row.salt)


class Chain:
    """A record being looked through. ``add`` each event in order; ``faults`` and ``entries`` are what was found.

    ``contents`` and ``files`` hold every hash that the events refer to, with the sequence of the first that does. Only
    in an ``exported`` record may words be withheld; ``withheld`` counts the events whose hash could not be checked.
    """

    def __init__(self, evaluation: str, *, exported: bool = False) -> None:
        self._evaluation = evaluation
        self._exported = exported
        self._foreign = False
        self.entries: list[Entry] = []
        self.faults: list[Fault] = []
        self.contents: dict[str, int] = {}
        self.files: dict[str, int] = {}
        self.name = ""
        self.withheld = 0

    @property
    def sequence(self) -> int:
        """That of the last event; 0 before the first."""
        return self.entries[-1].sequence if self.entries else 0

    @property
    def hash(self) -> str:
        """That of the last event."""
        return self.entries[-1].hash if self.entries else GENESIS

    def add(self, row: Row) -> None:
        """Look at the next event."""
        row = self._readable(row)
        self.faults += self._faults_of(row)
        change = _read(row.change)
        if change is not None:
            self._note(row, change)
        self.entries.append(Entry(row.sequence, row.at, row.actor, row.kind, row.hash))

    def _readable(self, row: Row) -> Row:
        """The event with words in place of whatever is none: some databases keep anything in any column."""
        wrong = {name: value for name, value in row._asdict().items() if not _fits(name, value)}
        if not wrong:
            return row
        shown: dict[str, Any] = {name: ascii(value) for name, value in wrong.items()}
        if "sequence" in wrong:
            shown["sequence"] = self.sequence + 1
        row = row._replace(**shown)
        self.faults.append(
            Fault(
                row.sequence,
                f"Event {row.sequence} holds something that ii-vendor never writes, in {', '.join(wrong)}.",
                "It was replaced after it was recorded.",
            )
        )
        return row

    def _faults_of(self, row: Row) -> Iterator[Fault]:
        number, expected = row.sequence, self.sequence + 1
        if row.evaluation != self._evaluation and not self._foreign:
            self._foreign = True
            yield Fault(
                number, f"Event {number} belongs to the evaluation '{row.evaluation}'.", "It does not belong here."
            )
        if number > expected:
            gone = f"Event {expected} is" if number == expected + 1 else f"Events {expected} to {number - 1} are"
            yield Fault(expected, f"{gone} missing.", "What happened then was removed from the record.")
        elif number < expected:
            yield Fault(
                number,
                f"Event {number} stands after event {self.sequence}.",
                "It was repeated, or moved from its place.",
            )
        elif row.previous_hash != self.hash:
            before = f"the hash of event {self.sequence}" if self.sequence else "the mark of a beginning"
            yield Fault(
                number,
                f"Event {number} does not carry {before}.",
                "An event before it was changed, removed, inserted or moved; or it was itself.",
            )
        yield from self._faults_of_words(row)

    def _faults_of_words(self, row: Row) -> Iterator[Fault]:
        if self._exported and row.kind == WITHHELD:
            self.withheld += 1
            return
        if seal(row) != row.hash:
            yield Fault(
                row.sequence,
                f"What event {row.sequence} says does not give its hash.",
                "The event was changed after it was recorded, or never recorded by ii-vendor.",
            )
        change = _read(row.change)
        if change is None:
            yield Fault(row.sequence, f"Event {row.sequence} cannot be read.", "Its words were damaged or replaced.")
        elif change.get("kind") != row.kind:
            yield Fault(
                row.sequence,
                f"Event {row.sequence} is filed as '{row.kind}' and says '{change.get('kind')}'.",
                "Its label was changed after it was recorded.",
            )

    def _note(self, row: Row, change: dict[str, Any]) -> None:
        if row.sequence == 1:
            self.name = str(change.get("name", ""))
        for kind, key in _references(change):
            (self.contents if kind == "content" else self.files).setdefault(key, row.sequence)


def _fits(name: str, value: object) -> bool:
    return type(value) is int if name == "sequence" else is_text(value)


def _read(change: str) -> dict[str, Any] | None:
    try:
        value = json.loads(change)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _references(value: object) -> Iterator[tuple[str, str]]:
    """Every frozen content and every received file that an event names by its hash."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "content_hash" and isinstance(inner, str) and inner:
                yield "content", inner
            elif key == "file" and isinstance(inner, dict) and isinstance(inner.get("sha256"), str):
                yield "file", inner["sha256"]
            else:
                yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)
