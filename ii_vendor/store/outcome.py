"""Whether a transaction was saved whose connection was lost while it was being committed."""

from __future__ import annotations

import time

import sqlalchemy as sa

from ii_vendor.model.events import Event
from ii_vendor.store import tables
from ii_vendor.store.database import DatabaseTrouble
from ii_vendor.store.kept import insert_unless_there

SOUGHT = 15.0
"""For so many seconds the server is asked again and again: as long as a restart takes."""

UNKNOWN = (
    "The connection to the database server was lost while your change was being saved, and the server cannot be "
    "reached to see whether it was. Once it can, look whether your change is there before you make it again."
)


def was_saved(engine: sa.Engine, event: Event) -> bool:
    """Whether the last event of the lost transaction stands in the record, for certain.

    Raises DatabaseTrouble where the server does not come back within ``SOUGHT`` seconds.
    """
    until = time.monotonic() + SOUGHT
    while True:
        try:
            return _stands(engine, event)
        except sa.exc.DBAPIError as error:
            if time.monotonic() > until:
                raise DatabaseTrouble(UNKNOWN) from error
        time.sleep(0.2)


def _stands(engine: sa.Engine, event: Event) -> bool:
    """The server may still be at work on its half of the lost transaction. What that holds is asked for first, the row
    of a new evaluation or the lock on an old one, so that the answer comes after its end. Changes nothing."""
    evaluations, events = tables.evaluations, tables.events
    row = {"id": event.evaluation, "name": "", "created_at": "", "sequence": 0, "record_hash": ""}
    with engine.connect() as connection:
        insert_unless_there(connection, evaluations, row)
        connection.execute(sa.select(evaluations.c.id).where(evaluations.c.id == event.evaluation).with_for_update())
        same = sa.select(events.c.hash).where(
            events.c.evaluation == event.evaluation, events.c.sequence == event.sequence
        )
        found: str | None = connection.execute(same).scalar()
        connection.rollback()
    return found == event.hash
