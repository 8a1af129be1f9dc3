"""The record: events appended under one hash chain, and the evaluations they add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import uuid4

import sqlalchemy as sa

from ii_vendor.errors import UserError
from ii_vendor.model.content import Content
from ii_vendor.model.events import Change, Event
from ii_vendor.model.panel import Evaluation
from ii_vendor.store import tables
from ii_vendor.store.database import saying_trouble, was_lost
from ii_vendor.store.heads import notification
from ii_vendor.store.kept import NOTHING_SAVED, insert_unless_there
from ii_vendor.store.news import announce
from ii_vendor.store.outcome import was_saved
from ii_vendor.store.replay import Replay
from ii_vendor.store.rooms import Rooms
from ii_vendor.store.rows import Head, event_of, rows_after
from ii_vendor.store.texts import check_is_text, saying_what_is_no_text
from ii_vendor.store.turns import Turns

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


class Listed(NamedTuple):
    """What is known of an evaluation without reading its events. ``sequence`` is that of its latest event."""

    id: str
    name: str
    created_at: datetime
    sequence: int


class Record(Rooms):
    """The evaluations of one database. Threads may share it, and any number of processes the database."""

    def __init__(self, engine: sa.Engine) -> None:
        super().__init__(engine)
        self._replays: dict[str, Replay] = {}
        self._locks: dict[str, Turns] = {}

    def listing(self) -> list[Listed]:
        """Every evaluation, newest first."""
        table = tables.evaluations
        with self._reading() as connection:
            rows = connection.execute(sa.select(table).order_by(table.c.created_at.desc(), table.c.id))
            return [Listed(row.id, row.name, datetime.fromisoformat(row.created_at), row.sequence) for row in rows]

    def evaluation(self, evaluation_id: str, sequence: int | None = None) -> Evaluation:
        """The evaluation after its latest event. Raises NoSuchEvaluation.

        ``sequence`` is that of its latest event where the caller has just read it: then nothing is asked again.
        """
        with self._lock(evaluation_id):
            replay = self._replays.get(evaluation_id)
            if replay and replay.sequence == sequence:
                return replay.evaluation
            with self._reading() as connection:
                return self._catch_up(connection, evaluation_id).evaluation

    def events(self, evaluation_id: str, after: int = 0) -> tuple[Event, ...]:
        """Every event with a sequence above ``after``, in order."""
        with self._reading() as connection:
            return tuple(self._events(connection, evaluation_id, after))

    def begin(self, evaluation_id: str, actor: str, change: Change, content: Content, *, via: str = "") -> Evaluation:
        """Start an evaluation with its first event and the content it freezes; its id grows where it is taken."""
        check_is_text(getattr(change, "name", evaluation_id), "The name of the evaluation")

        def write(connection: sa.Connection) -> list[Event]:
            row = {
                "id": evaluation_id,
                "name": getattr(change, "name", evaluation_id),
                "created_at": datetime.now(UTC).isoformat(),
                "sequence": 0,
                "record_hash": GENESIS,
            }
            while not insert_unless_there(connection, tables.evaluations, row):
                row["id"] = f"{evaluation_id}-{uuid4().hex[:6]}"
            self._keep_content(connection, content)
            return self._append(connection, Head(str(row["id"]), 0, GENESIS), actor, via, [change])

        with self._lock(evaluation_id):
            written = self._write(write)
        return self._take_in(written[0].evaluation, written)

    def change(
        self,
        evaluation_id: str,
        actor: str,
        decide: Callable[[Evaluation], Sequence[Change]],
        *,
        content: Content | None = None,
        files: Sequence[tuple[str, str, bytes]] = (),
        via: str = "",
    ) -> Evaluation:
        """Append what ``decide`` makes of the evaluation as it stands, in one transaction that nobody can get between.

        ``content`` and ``files`` (sha256, name, bytes) are kept with it. Whatever ``decide`` raises leaves everything
        as it was. Raises DatabaseTrouble, which says whether anything was saved, and UserError for what is no text.
        """
        for _, name, _ in files:
            check_is_text(name, "The name of the file")

        def write(connection: sa.Connection) -> list[Event]:
            before = self._catch_up(connection, evaluation_id, to_append=True).evaluation
            with saying_what_is_no_text():
                changes = decide(before)
            if content is not None:
                self._keep_content(connection, content)
            # In one order everywhere, so that two who keep the same files never wait for each other.
            for sha256, name, body in sorted(files):
                insert_unless_there(connection, tables.files, {"sha256": sha256, "name": name, "body": body})
            head = Head(evaluation_id, before.sequence, before.record_hash)
            return self._append(connection, head, actor, via, changes)

        with self._lock(evaluation_id):
            return self._take_in(evaluation_id, self._write(write))

    def _lock(self, evaluation_id: str) -> Turns:
        """What a thread holds while it works on an evaluation. SQLite has one writer at a time, whatever it writes:
        there the threads queue here, in order, and not at the database, which lets them wait by chance."""
        return self._locks.setdefault("" if self.engine.dialect.name == "sqlite" else evaluation_id, Turns())

    def _write(self, write: Callable[[sa.Connection], list[Event]]) -> list[Event]:
        """Run ``write`` in one transaction and give the events it appended, all of them saved for certain."""
        appended: list[Event] = []
        with saying_trouble(unreachable=NOTHING_SAVED):
            try:
                with self.engine.begin() as connection:
                    appended = write(connection)
            except sa.exc.DBAPIError as error:
                # Only the commit can fail once there are events.
                if not (appended and was_lost(error) and was_saved(self.engine, appended[-1])):
                    raise
        if appended:
            announce(self.engine, appended[-1].evaluation, appended[-1].sequence)
        return appended

    def _take_in(self, evaluation_id: str, appended: Sequence[Event]) -> Evaluation:
        """The evaluation with what was just saved, without asking the database, which may be gone by now."""
        with self._lock(evaluation_id):
            replay = self._replays.setdefault(evaluation_id, Replay())
            for event in appended:
                if event.sequence > replay.sequence:
                    replay.apply(event)
            return replay.evaluation

    def _catch_up(self, connection: sa.Connection, evaluation_id: str, *, to_append: bool = False) -> Replay:
        """Read the events that are not known yet. Only what was committed gets here: a transaction reads before it
        appends.

        ``to_append`` holds the row of the evaluation until the end of the transaction. On PostgreSQL that row is the
        lock for appending; on SQLite the transaction already holds the only one there is.
        """
        table = tables.evaluations
        query = sa.select(table.c.sequence, table.c.record_hash).where(table.c.id == evaluation_id)
        head = connection.execute(query.with_for_update() if to_append else query).first()
        if head is None:
            known = connection.execute(sa.select(table.c.id).order_by(table.c.created_at, table.c.id))
            raise NoSuchEvaluation(evaluation_id, known.scalars().all())
        replay = self._replays.get(evaluation_id, Replay())
        known_hash = replay.evaluation.record_hash if replay.sequence else GENESIS
        if (replay.sequence, known_hash) == tuple(head):
            return replay
        unknown = list(self._events(connection, evaluation_id, replay.sequence))
        if replay.sequence and not (unknown and unknown[0].previous_hash == known_hash):
            # The database was put back to an earlier state, or holds other events than it did.
            replay, unknown = Replay(), list(self._events(connection, evaluation_id, 0))
        for event in unknown:
            replay.apply(event)
        self._replays[evaluation_id] = replay
        return replay

    def _events(self, connection: sa.Connection, evaluation_id: str, after: int) -> Iterator[Event]:
        table = tables.events
        query = sa.select(table).where(table.c.evaluation == evaluation_id, table.c.sequence > after)
        for row in connection.execute(query.order_by(table.c.sequence)).mappings():
            yield event_of(row)

    def _append(
        self, connection: sa.Connection, head: Head, actor: str, via: str, changes: Sequence[Change]
    ) -> list[Event]:
        rows = list(rows_after(head, actor, via, changes))
        if not rows:
            return []
        connection.execute(sa.insert(tables.events), rows)
        sequence = rows[-1]["sequence"]
        update = sa.update(tables.evaluations).where(tables.evaluations.c.id == head.evaluation)
        update = update.values(sequence=sequence, record_hash=rows[-1]["hash"])
        if connection.dialect.name == "postgresql":
            update = update.returning(notification(head.evaluation, sequence))
        connection.execute(update)
        return [event_of(row) for row in rows]
