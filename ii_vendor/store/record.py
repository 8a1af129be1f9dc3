"""The record: events appended under one hash chain, and the evaluations they add up to."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import uuid4

import sqlalchemy as sa
from pydantic import TypeAdapter

from ii_vendor.errors import UserError
from ii_vendor.model.base import canonical_json
from ii_vendor.model.content import Content
from ii_vendor.model.events import Change, Event
from ii_vendor.model.panel import Evaluation
from ii_vendor.store import tables
from ii_vendor.store.database import saying_trouble
from ii_vendor.store.replay import Replay

_change: TypeAdapter[Any] = TypeAdapter(Change)

GENESIS = "0" * 64
"""What stands as the hash before the first event."""


class NoSuchEvaluation(UserError):
    """There is no evaluation of that id or name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        listed = f" There are: {', '.join(known)}." if known else " There is none yet."
        super().__init__(f"There is no evaluation '{name}'.{listed}")


class SeveralEvaluations(NoSuchEvaluation):
    """Several evaluations have that name, so that it does not say which is meant. ``ids`` are theirs, two or more."""

    def __init__(self, name: str, ids: Sequence[str]) -> None:
        count = "two" if len(ids) == 2 else str(len(ids))
        listed = f"{', '.join(ids[:-1])} or {ids[-1]}"
        UserError.__init__(self, f"There are {count} evaluations called '{name}'. Use the id: {listed}.")


def event_hash(evaluation: str, sequence: int, at: datetime, actor: str, change: str, previous_hash: str) -> str:
    """SHA-256 over everything an event says and the hash of the event before it."""
    said = canonical_json([evaluation, sequence, at.isoformat(), actor, change, previous_hash])
    return hashlib.sha256(said.encode()).hexdigest()


class Listed(NamedTuple):
    """What is known of an evaluation without reading its events. ``sequence`` is that of its latest event."""

    id: str
    name: str
    created_at: datetime
    sequence: int


class Record:
    """The evaluations of one database. Threads may share it, and any number of processes the database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._replays: dict[str, Replay] = {}
        self._contents: dict[str, Content] = {}
        self._lock = threading.RLock()

    def listing(self) -> list[Listed]:
        """Every evaluation, newest first."""
        query = sa.select(tables.evaluations).order_by(tables.evaluations.c.created_at.desc())
        with self._reading() as connection:
            rows = connection.execute(query)
            return [Listed(row.id, row.name, datetime.fromisoformat(row.created_at), row.sequence) for row in rows]

    def evaluation(self, evaluation_id: str, sequence: int | None = None) -> Evaluation:
        """The evaluation after its latest event. Raises NoSuchEvaluation.

        ``sequence`` is that of its latest event where the caller has just read it: then nothing is asked again.
        """
        with self._lock:
            replay = self._replays.get(evaluation_id)
            if replay and replay.sequence == sequence:
                return replay.evaluation
        with self._lock, self._reading() as connection:
            return self._catch_up(connection, evaluation_id).evaluation

    def events(self, evaluation_id: str, after: int = 0) -> tuple[Event, ...]:
        """Every event with a sequence above ``after``, in order."""
        with self._reading() as connection:
            return tuple(self._events(connection, evaluation_id, after))

    def content(self, content_hash: str) -> Content:
        """The frozen content of that hash."""
        with self._lock:
            if content_hash not in self._contents:
                query = sa.select(tables.contents.c.body).where(tables.contents.c.hash == content_hash)
                with self._reading() as connection:
                    self._contents[content_hash] = Content.model_validate_json(connection.execute(query).scalar_one())
            return self._contents[content_hash]

    def file(self, sha256: str) -> tuple[str, bytes]:
        """Name and bytes of a file as it was received."""
        query = sa.select(tables.files.c.name, tables.files.c.body).where(tables.files.c.sha256 == sha256)
        with self._reading() as connection:
            row = connection.execute(query).one()
        return row.name, row.body

    def begin(self, evaluation_id: str, actor: str, change: Change, content: Content) -> Evaluation:
        """Start an evaluation with its first event and the content it freezes; its id grows where it is taken."""
        with self._lock:
            with self._writing() as connection:
                same = sa.select(tables.evaluations.c.id).where(tables.evaluations.c.id == evaluation_id)
                if connection.execute(same).first():
                    evaluation_id = f"{evaluation_id}-{uuid4().hex[:6]}"
                self._keep_content(connection, content)
                connection.execute(
                    sa.insert(tables.evaluations).values(
                        id=evaluation_id,
                        name=getattr(change, "name", evaluation_id),
                        created_at=datetime.now(UTC).isoformat(),
                        sequence=0,
                        record_hash=GENESIS,
                    )
                )
                self._append(connection, evaluation_id, actor, [change], 0, GENESIS)
            return self.evaluation(evaluation_id)

    def change(
        self,
        evaluation_id: str,
        actor: str,
        decide: Callable[[Evaluation], Sequence[Change]],
        *,
        content: Content | None = None,
        files: Sequence[tuple[str, str, bytes]] = (),
    ) -> Evaluation:
        """Append what ``decide`` makes of the evaluation as it stands, in one transaction that nobody can get between.

        ``content`` and ``files`` (sha256, name, bytes) are kept with it. Whatever ``decide`` raises leaves everything
        as it was.
        """
        with self._lock:
            with self._writing() as connection:
                self._lock_row(connection, evaluation_id)
                before = self._catch_up(connection, evaluation_id).evaluation
                changes = decide(before)
                if content is not None:
                    self._keep_content(connection, content)
                for sha256, name, body in files:
                    self._keep(connection, tables.files, {"sha256": sha256, "name": name, "body": body})
                self._append(connection, evaluation_id, actor, changes, before.sequence, before.record_hash)
            return self.evaluation(evaluation_id)

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with saying_trouble(), self._engine.connect().execution_options(reads_only=True) as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with saying_trouble(), self._engine.begin() as connection:
            yield connection

    def _lock_row(self, connection: sa.Connection, evaluation_id: str) -> None:
        """On PostgreSQL the row is the lock; on SQLite the transaction already holds the only one there is."""
        query = sa.select(tables.evaluations.c.id).where(tables.evaluations.c.id == evaluation_id).with_for_update()
        connection.execute(query)

    def _catch_up(self, connection: sa.Connection, evaluation_id: str) -> Replay:
        replay = self._replays.setdefault(evaluation_id, Replay())
        for event in self._events(connection, evaluation_id, replay.sequence):
            replay.apply(event)
        if not replay.sequence:
            del self._replays[evaluation_id]
            known = connection.execute(sa.select(tables.evaluations.c.id)).scalars().all()
            raise NoSuchEvaluation(evaluation_id, known)
        return replay

    def _events(self, connection: sa.Connection, evaluation_id: str, after: int) -> Iterator[Event]:
        table = tables.events
        query = sa.select(table).where(table.c.evaluation == evaluation_id, table.c.sequence > after)
        for row in connection.execute(query.order_by(table.c.sequence)):
            yield Event.model_construct(
                evaluation=row.evaluation,
                sequence=row.sequence,
                at=datetime.fromisoformat(row.at),
                actor=row.actor,
                change=_change.validate_json(row.change),
                previous_hash=row.previous_hash,
                hash=row.hash,
            )

    def _append(
        self,
        connection: sa.Connection,
        evaluation_id: str,
        actor: str,
        changes: Sequence[Change],
        sequence: int,
        previous_hash: str,
    ) -> None:
        rows = []
        for change in changes:
            sequence += 1
            at, body = datetime.now(UTC), canonical_json(change)
            own_hash = event_hash(evaluation_id, sequence, at, actor, body, previous_hash)
            rows.append(
                {
                    "evaluation": evaluation_id,
                    "sequence": sequence,
                    "at": at.isoformat(),
                    "actor": actor,
                    "kind": change.kind,
                    "change": body,
                    "previous_hash": previous_hash,
                    "hash": own_hash,
                }
            )
            previous_hash = own_hash
        if not rows:
            return
        connection.execute(sa.insert(tables.events), rows)
        head = sa.update(tables.evaluations).where(tables.evaluations.c.id == evaluation_id)
        connection.execute(head.values(sequence=sequence, record_hash=previous_hash))

    def _keep_content(self, connection: sa.Connection, content: Content) -> None:
        self._keep(connection, tables.contents, {"hash": content.hash, "body": canonical_json(content)})

    def _keep(self, connection: sa.Connection, table: sa.Table, row: dict[str, object]) -> None:
        """Insert a row that is named by its hash, unless it is there already."""
        key = next(iter(table.primary_key))
        if connection.execute(sa.select(key).where(key == row[key.name])).first() is None:
            connection.execute(sa.insert(table).values(**row))
