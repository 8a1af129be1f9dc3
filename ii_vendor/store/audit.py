"""The audit: whether a record is whole, with all that it refers to, and which state of it a hash names.

A chain shows that nothing inside it was changed, removed, reordered or inserted. It cannot show by itself that its last
events were cut off, or that all of it was written anew: only a hash that somebody kept elsewhere can, such as the one
printed on every export. ``Audit.named`` looks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from ii_vendor.store import tables
from ii_vendor.store.chain import Chain, Entry, Fault, Row
from ii_vendor.store.kept import as_it_lies, sha256_of_body
from ii_vendor.store.record import NoSuchEvaluation, SeveralEvaluations
from ii_vendor.store.snapshot import snapshot
from ii_vendor.store.texts import is_text

Kept = Callable[[str], str | None]
"""Gives the SHA-256 of what is kept under a hash; None where nothing is."""


class Head(NamedTuple):
    """What the list of evaluations says of one: its name, and the last event's number and hash."""

    name: str
    sequence: int
    record_hash: str


@dataclass(frozen=True)
class Audit:
    """What was found in the record of an evaluation: every event in order, and every fault.

    ``kept`` are the hashes of all contents and files that the events name.
    """

    evaluation: str
    name: str
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    kept: frozenset[str] = frozenset()

    @property
    def valid(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    def named(self, prefix: str) -> Entry | None:
        """The event whose hash begins so, or None."""
        return next((entry for entry in self.entries if entry.hash.startswith(prefix)), None)

    def since(self, entry: Entry) -> tuple[Entry, ...]:
        """Every event after this one."""
        return tuple(each for each in self.entries if each.sequence > entry.sequence)


@dataclass(frozen=True)
class Copy:
    """What was found in an exported record: its own faults, and how it stands to the record in the database.

    ``common`` counts the events that are the same from the first on, and ``only_here`` those of the copy after them.
    """

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    withheld: int
    common: int

    @property
    def only_here(self) -> int:
        """How many events of the copy the record in the database has not, or has otherwise."""
        return len(self.entries) - self.common

    @property
    def valid(self) -> bool:
        """Whether the copy is whole and the record in the database begins with it."""
        return bool(self.entries) and not self.faults and not self.only_here


def verify(evaluation: str, head: Head | None, rows: Iterable[Row], contents: Kept, files: Kept) -> Audit:
    """Look through the events of an evaluation, in the order of their numbers, and through all they refer to."""
    chain = Chain(evaluation)
    for row in rows:
        chain.add(row)
    faults = [*chain.faults, *_faults_of_head(head, chain)]
    faults += _faults_of_kept(chain.contents, contents, "content it was judged by", "The content was changed")
    faults += _faults_of_kept(chain.files, files, "file that the vendor sent", "The file was changed")
    name = head.name if head and is_text(head.name) else chain.name
    named = frozenset((*chain.contents, *chain.files))
    return Audit(evaluation, name, tuple(chain.entries), tuple(faults), named)


def compare_copy(audit: Audit, rows: Iterable[Row]) -> Copy:
    """Look through an exported record and lay it beside the one in the database."""
    chain = Chain(audit.evaluation, exported=True)
    for row in rows:
        chain.add(row)
    common = 0
    for here, there in zip(chain.entries, audit.entries, strict=False):
        if (here.sequence, here.hash) != (there.sequence, there.hash):
            break
        common += 1
    return Copy(tuple(chain.entries), tuple(chain.faults), chain.withheld, common)


def audit(engine: sa.Engine, evaluation: str) -> Audit:
    """Verify the evaluation with this id, or the only one of this name, as the database has it at this moment.

    Raises NoSuchEvaluation, SeveralEvaluations, DatabaseTrouble.
    """
    with snapshot(engine) as connection:
        return audit_in(connection, _find(connection, evaluation))


def audit_in(connection: sa.Connection, evaluation: str) -> Audit:
    """Verify the evaluation with this id in a transaction that is open already."""
    table = tables.evaluations
    query = sa.select(table.c.name, table.c.sequence, table.c.record_hash).where(table.c.id == evaluation)
    found = connection.execute(query).first()
    return verify(
        evaluation,
        Head(*found) if found else None,
        rows_of(connection, evaluation),
        lambda key: sha256_here(connection, tables.contents, key),
        lambda key: sha256_here(connection, tables.files, key),
    )


def rows_of(connection: sa.Connection, evaluation: str) -> Iterator[Row]:
    """The events of an evaluation as the database has them, in the order of their numbers, a few at a time."""
    table = tables.events
    query = sa.select(*(table.c[name] for name in Row._fields)).where(table.c.evaluation == evaluation)
    with _whatever_is_text(connection):
        for row in connection.execute(query.order_by(table.c.sequence).execution_options(yield_per=100)):
            yield Row(*row)


@contextmanager
def _whatever_is_text(connection: sa.Connection) -> Iterator[None]:
    """SQLite keeps bytes that are no text in a text, too: they come with halves of characters instead of an error."""
    own: Any = connection.connection.driver_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    own.text_factory = lambda said: said.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        own.text_factory = str


def sha256_here(connection: sa.Connection, table: sa.Table, key: str) -> str | None:
    """The SHA-256 of the content or file that the database keeps under ``key``; None where it keeps none."""
    (column,) = table.primary_key
    found = connection.execute(sa.select(as_it_lies(table.c.body)).where(column == key)).scalar()
    return None if found is None else sha256_of_body(found)


def _find(connection: sa.Connection, wanted: str) -> str:
    """The id that is meant. Events without a row in the list of evaluations are found by their id, too."""
    table = tables.evaluations
    names: dict[str, str] = {row.id: row.name for row in connection.execute(sa.select(table.c.id, table.c.name))}
    if (
        wanted in names
        or connection.execute(
            sa.select(tables.events.c.sequence).where(tables.events.c.evaluation == wanted).limit(1)
        ).first()
    ):
        return wanted
    named = [key for key, name in names.items() if is_text(name) and name.casefold() == wanted.casefold()]
    if len(named) > 1:
        raise SeveralEvaluations(wanted, named)
    if not named:
        raise NoSuchEvaluation(wanted, list(names))
    return named[0]


def _faults_of_head(head: Head | None, chain: Chain) -> Iterator[Fault]:
    if head is None:
        yield Fault(
            None, "The list of evaluations does not have it.", "It was taken off the list; its events are there."
        )
        return
    if not (is_text(head.name) and type(head.sequence) is int and is_text(head.record_hash)):
        yield Fault(
            None, "The list of evaluations holds something that ii-vendor never writes.", "The list was changed."
        )
        return
    if not chain.sequence:
        yield Fault(None, "It has no events.", "All of its record was removed.")
    elif head.sequence > chain.sequence:
        yield Fault(
            None,
            f"The record ends with event {chain.sequence}, and {head.sequence} were recorded.",
            "The last events were removed.",
        )
    elif head.sequence < chain.sequence:
        yield Fault(
            None,
            f"The record goes on to event {chain.sequence}, and {head.sequence} were recorded.",
            "Events were put in at the end.",
        )
    elif head.record_hash != chain.hash:
        yield Fault(
            chain.sequence or None,
            "The last event is not the one that the list of evaluations names.",
            "The last event was replaced, or the list was changed.",
        )
    if chain.name and head.name != chain.name:
        yield Fault(
            None,
            f"The list of evaluations calls it '{head.name}'; it was created as '{chain.name}'.",
            "The name was changed on the list.",
        )


def _faults_of_kept(named: dict[str, int], kept: Kept, what: str, changed: str) -> Iterator[Fault]:
    for key, sequence in named.items():
        actual = kept(key)
        if actual is None:
            yield Fault(sequence, f"Event {sequence} names a {what}, {key[:12]}, and it is missing.", "It was removed.")
        elif actual != key:
            yield Fault(
                sequence,
                f"The {what}, {key[:12]}, named by event {sequence}, does not give its hash.",
                f"{changed} after it was kept.",
            )
