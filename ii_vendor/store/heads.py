"""The latest sequence of every evaluation as it changes, whichever process writes: how the database lets us hear it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

CHANNEL = "ii_vendor"
"""Where PostgreSQL passes news on between processes."""

LOOKED = 0.25
"""Seconds between two looks at whether anybody has changed a SQLite file. A look reads no table."""

QUIET = 15.0
"""Every so many seconds a PostgreSQL server is asked whether it is still there and nothing was missed."""

Heads = dict[str, int]
"""Latest sequences by the id of the evaluation, and the versions of their rooms by ``room_of`` it."""


def room_of(evaluation_id: str) -> str:
    """What stands for the room of an evaluation among the heads. No id has a blank."""
    return f"{evaluation_id} room"


def heads_as_they_change(engine: sa.Engine) -> Iterator[Heads]:
    """All heads first, then those that may have changed; none at least twice a second, so that the reader may end it.

    Goes on until the database fails: raises what SQLAlchemy or the driver does.
    """
    with _own_connection(engine) as connection:
        yield from _of_postgresql(connection) if engine.dialect.name == "postgresql" else _of_sqlite(connection)


def notification(evaluation_id: str, sequence: int) -> sa.ColumnElement[Any]:
    """What a transaction on PostgreSQL selects so that every process hears of it once it is committed."""
    return sa.func.pg_notify(CHANNEL, f"{evaluation_id} {sequence}")


@contextmanager
def _own_connection(engine: sa.Engine) -> Iterator[Any]:
    """A connection of the driver that is not one of the pool's."""
    pooled = engine.raw_connection()
    own = pooled.driver_connection
    pooled.detach()
    try:
        yield own
    finally:
        pooled.close()


def _of_postgresql(connection: Any) -> Iterator[Heads]:
    connection.rollback()
    connection.autocommit = True
    # Listening comes before reading: what is written in between is then heard, and not missed.
    connection.execute(f"LISTEN {CHANNEL}")
    due = 0.0
    while True:
        if time.monotonic() >= due:
            yield _all(connection)
            due = time.monotonic() + QUIET
        for heard in connection.notifies(timeout=0.5, stop_after=1):
            evaluation_id, _, sequence = heard.payload.rpartition(" ")
            if sequence.isdecimal():
                yield {evaluation_id: int(sequence)}
        yield {}


def _of_sqlite(connection: Any) -> Iterator[Heads]:
    connection.execute("PRAGMA query_only=ON")
    seen = None
    while True:
        # A number that moves when another connection commits, in this process or another.
        (version,) = connection.execute("PRAGMA data_version").fetchone()
        yield _all(connection) if version != seen else {}
        seen = version
        time.sleep(LOOKED)


def _all(connection: Any) -> Heads:
    heads = "SELECT id, sequence FROM evaluations UNION ALL SELECT evaluation || ' room', version FROM rooms"
    return dict(connection.execute(heads).fetchall())
