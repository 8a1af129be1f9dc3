"""Backup and restore: everything a database holds of its evaluations, to one file and back, whatever the database.

What opens doors on one computer, such as a facilitator's key, is not the evaluations' and stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import groupby, islice
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa

from ii_vendor.errors import UserError
from ii_vendor.store import tables
from ii_vendor.store.archive import BadBackup, Reading, Writing, file_name, line_of, read_archive, write_archive
from ii_vendor.store.audit import Audit, Head, audit_in, sha256_here, verify
from ii_vendor.store.chain import Row
from ii_vendor.store.database import DatabaseTrouble, saying_trouble
from ii_vendor.store.kept import insert_unless_there, sha256_of_body
from ii_vendor.store.snapshot import snapshot, unhurried

CARRIED = (tables.evaluations, tables.events, tables.contents, tables.files, tables.mappings)
"""Every table that a backup holds."""

Json = dict[str, Any]


class Backup(NamedTuple):
    """What was written: how many rows of each table, and the audits of evaluations that are not valid."""

    counts: Mapping[str, int]
    broken: tuple[Audit, ...]


class Refusal(NamedTuple):
    """An evaluation that is not restored, why, and what can be done."""

    evaluation: str
    why: str
    remedy: str


class Restored(NamedTuple):
    """What became of each evaluation of a backup: ids of those added and of those that were here to the letter."""

    added: tuple[str, ...]
    already_here: tuple[str, ...]
    refused: tuple[Refusal, ...]


class NotRestored(UserError):
    """Evaluations that cannot be restored; nothing was."""

    def __init__(self, refused: tuple[Refusal, ...]) -> None:
        self.refused = refused
        lines = [f"  {each.evaluation}: {each.why} {each.remedy}" for each in refused]
        last = "To restore the others all the same, add --skip-refused."
        super().__init__("\n".join(["Nothing was restored, because of:", *lines, last]))


def backup(engine: sa.Engine, path: Path) -> Backup:
    """Write the whole database to ``path``, as it stands at one moment, holding one row of it at a time.

    A file of that name is replaced once the new one is whole. Raises DatabaseTrouble, OSError.
    """
    with snapshot(engine) as connection, write_archive(path) as out:
        keys = _keys(connection, tables.evaluations.c.id)
        counts = {
            "evaluations": _write_rows(out, "evaluations", _each(connection, tables.evaluations.c.id, keys)),
            "events": _write_rows(out, "events", _events(connection, keys)),
            "contents": _write_rows(out, "contents", _each_of(connection, tables.contents.c.hash)),
            "files": _write_rows(out, "files", _file_rows(connection)),
            "mappings": _write_rows(out, "mappings", _each_of(connection, tables.mappings.c.key)),
        }
        for key in _keys(connection, tables.files.c.sha256):
            body = connection.execute(sa.select(tables.files.c.body).where(tables.files.c.sha256 == key)).scalar_one()
            # A received workbook is a zip itself: packing it again gains nothing.
            with out.member(file_name(key), packed=False) as add:
                add(body)
        out.finish(tables.SCHEMA_VERSION, counts)
        broken = tuple(found for key in keys if not (found := audit_in(connection, key)).valid)
    return Backup(counts, broken)


def restore(engine: sa.Engine, path: Path, *, skip_refused: bool = False) -> Restored:
    """Add every evaluation of a backup to the database, all or none, after checking all of them.

    An evaluation that is here to the letter is left as it is. One that is here otherwise, or whose record in the backup
    is not valid, is refused: then nothing is restored, or with ``skip_refused`` the rest. Nothing is ever overwritten;
    a confirmed mapping that is here under the same key stays as it is here.
    Raises BadBackup, NotRestored, DatabaseTrouble.
    """
    with read_archive(path, tables.SCHEMA_VERSION) as archive, saying_trouble(), engine.begin() as connection:
        unhurried(connection)
        heads = {row["id"]: row for row in _rows(archive, tables.evaluations)}
        contents = {row["hash"]: sha256_of_body(row["body"]) for row in _rows(archive, tables.contents)}
        altered = _altered(connection, archive, contents)
        standing = {key: _standing(connection, audit, altered) for key, audit in _audits(archive, heads, contents)}
        refused = tuple(each for each in standing.values() if each)
        if refused and not skip_refused:
            raise NotRestored(refused)
        added = [key for key, each in standing.items() if each is None and not _is_here(connection, key)]
        _load(connection, archive, heads, added, contents)
        _load_mappings(connection, archive)
    here = [key for key, each in standing.items() if each is None and key not in added]
    return Restored(tuple(added), tuple(here), refused)


def _keys(connection: sa.Connection, column: sa.Column[str]) -> list[str]:
    """Every value of a key, in one order whatever the database: each has its own idea of the alphabet."""
    return sorted(connection.execute(sa.select(column)).scalars())


def _each(connection: sa.Connection, key: sa.Column[str], values: list[str]) -> Iterator[Json]:
    for value in values:
        yield dict(connection.execute(sa.select(key.table).where(key == value)).mappings().one())


def _each_of(connection: sa.Connection, key: sa.Column[str]) -> Iterator[Json]:
    return _each(connection, key, _keys(connection, key))


def _events(connection: sa.Connection, evaluations: list[str]) -> Iterator[Json]:
    table = tables.events
    for key in evaluations:
        query = sa.select(table).where(table.c.evaluation == key).order_by(table.c.sequence)
        for row in connection.execute(query.execution_options(yield_per=100)).mappings():
            yield dict(row)


def _file_rows(connection: sa.Connection) -> Iterator[Json]:
    for key in _keys(connection, tables.files.c.sha256):
        query = sa.select(tables.files.c.sha256, tables.files.c.name).where(tables.files.c.sha256 == key)
        yield dict(connection.execute(query).mappings().one())


def _write_rows(out: Writing, table: str, rows: Iterator[Json]) -> int:
    count = 0
    with out.member(f"{table}.jsonl") as add:
        for row in rows:
            try:
                add(line_of(row))
            except (TypeError, ValueError) as error:
                raise DatabaseTrouble(
                    f"A row of {table} holds something that ii-vendor never writes, so no backup of it can be made. "
                    "'ii-vendor audit verify', with the name of an evaluation, tells more."
                ) from error
            count += 1
    return count


def _rows(archive: Reading, table: sa.Table) -> Iterator[Json]:
    """The rows of a member, with the columns and kinds of value that the table has."""
    columns = {column.name: column for column in table.columns if not isinstance(column.type, sa.LargeBinary)}
    needed = {name for name, column in columns.items() if column.server_default is None}
    for row in archive.lines(f"{table.name}.jsonl"):
        kinds_fit = all(
            type(value) is (int if isinstance(columns[name].type, sa.Integer) else str)
            for name, value in row.items()
            if name in columns
        )
        if not needed <= row.keys() <= columns.keys() or not kinds_fit:
            raise BadBackup(
                f"This backup is damaged: a row of {table.name}.jsonl has not the columns of the table. Nothing was "
                "restored. Use another copy of it."
            )
        yield row


def _audits(archive: Reading, heads: Mapping[str, Json], contents: Mapping[str, str]) -> Iterator[tuple[str, Audit]]:
    """The audit of every evaluation in the backup, one after the other."""
    left = dict(heads)
    for key, rows in groupby(_rows(archive, tables.events), lambda row: str(row["evaluation"])):
        head = left.pop(key, None)
        if head is None:
            raise BadBackup(
                f"This backup is damaged: it has events of '{key}' that belong nowhere. Nothing was restored. Use "
                "another copy of it."
            )
        yield key, verify(key, _head(head), map(_event, rows), contents.get, archive.sha256)
    for key, head in left.items():
        yield key, verify(key, _head(head), (), contents.get, archive.sha256)


def _head(row: Json) -> Head:
    return Head(row["name"], row["sequence"], row["record_hash"])


def _event(row: Json) -> Row:
    return Row(**{"via": "", "salt": "", **row})


def _is_here(connection: sa.Connection, evaluation: str) -> bool:
    query = sa.select(tables.evaluations.c.id).where(tables.evaluations.c.id == evaluation)
    return connection.execute(query).first() is not None


def _altered(connection: sa.Connection, archive: Reading, contents: Iterable[str]) -> frozenset[str]:
    """The contents and files of the backup that are here under the same hash, and no longer give it."""
    keys = [(tables.contents, key) for key in contents]
    keys += [(tables.files, row["sha256"]) for row in _rows(archive, tables.files)]
    return frozenset(key for table, key in keys if sha256_here(connection, table, key) not in (None, key))


def _standing(connection: sa.Connection, theirs: Audit, altered: Set[str]) -> Refusal | None:
    """Why an evaluation of the backup cannot be restored; None where it can, or is here to the letter."""
    key = theirs.evaluation
    if not theirs.valid:
        return Refusal(
            key, f"its record in the backup is not valid. {theirs.faults[0].what}", "Use a backup from before that."
        )
    if not _is_here(connection, key):
        if lost := sorted(theirs.kept & altered):
            return Refusal(
                key,
                f"it needs a content or file, {lost[0][:12]}, that is here already and is not as it was kept here.",
                "Restore into another data folder or database.",
            )
        return None
    ours = audit_in(connection, key)
    if not ours.valid:
        return Refusal(
            key,
            f"it is here already, and its record here is not valid. {ours.faults[0].what}",
            f"See “ii-vendor audit verify {key}”, and restore into another data folder or database.",
        )
    here, there = [each.hash for each in ours.entries], [each.hash for each in theirs.entries]
    if here == there:
        return None
    more = len(here) - len(there)
    if here[: len(there)] == there:
        return Refusal(
            key,
            f"it is here already, and goes {_events_words(more)} further than the backup.",
            "There is nothing to restore.",
        )
    remedy = "Restore into an empty data folder or database, and compare."
    if there[: len(here)] == here:
        return Refusal(key, f"it is here already, and the backup goes {_events_words(-more)} further.", remedy)
    return Refusal(key, "another evaluation with this id is here already.", remedy)


def _events_words(number: int) -> str:
    return f"{number} event{'' if number == 1 else 's'}"


def _load(
    connection: sa.Connection,
    archive: Reading,
    heads: Mapping[str, Json],
    added: list[str],
    contents: Mapping[str, str],
) -> None:
    """Insert what is not there yet. What does not give its hash is left out: nothing that is restored names it."""
    wanted = set(added)
    for row in _rows(archive, tables.contents):
        if contents[row["hash"]] == row["hash"]:
            insert_unless_there(connection, tables.contents, row)
    for row in _rows(archive, tables.files):
        if archive.sha256(row["sha256"]) == row["sha256"]:
            insert_unless_there(connection, tables.files, {**row, "body": archive.file(row["sha256"])})
    for key in added:
        connection.execute(sa.insert(tables.evaluations), [heads[key]])
    events = (row for row in _rows(archive, tables.events) if row["evaluation"] in wanted)
    while some := list(islice(events, 50)):
        connection.execute(sa.insert(tables.events), some)


def _load_mappings(connection: sa.Connection, archive: Reading) -> None:
    """A backup from before there were any has none."""
    if f"{tables.mappings.name}.jsonl" in archive.members:
        for row in _rows(archive, tables.mappings):
            insert_unless_there(connection, tables.mappings, row)
