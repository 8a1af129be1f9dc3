"""What the screen of a workshop shows: one row an evaluation, overwritten as the room goes on, and no part of the
record."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import sqlalchemy as sa

from ii_vendor.model.base import canonical_json
from ii_vendor.model.workshop import Room
from ii_vendor.store import tables
from ii_vendor.store.database import saying_trouble
from ii_vendor.store.heads import notification, room_of
from ii_vendor.store.kept import NOTHING_SAVED, Kept, insert_unless_there
from ii_vendor.store.news import announce


class RoomNow(NamedTuple):
    """What the screen shows, and how often that was changed: 0 before the first time."""

    room: Room
    version: int


class Rooms(Kept):
    """Reads and changes the rooms of one database."""

    def room(self, evaluation_id: str) -> RoomNow:
        """The room of an evaluation; a new one where there is none yet."""
        with self._reading() as connection:
            return _room(connection, evaluation_id)

    def change_room(self, evaluation_id: str, decide: Callable[[RoomNow], Room]) -> RoomNow:
        """Put what ``decide`` makes of the room in its place, in one transaction. What changes nothing is not written.

        Whatever ``decide`` raises leaves the room as it was. Raises DatabaseTrouble.
        """
        table = tables.rooms
        with saying_trouble(unreachable=NOTHING_SAVED), self.engine.begin() as connection:
            first = {"evaluation": evaluation_id, "version": 0, "body": canonical_json(Room())}
            insert_unless_there(connection, table, first)
            before = _room(connection, evaluation_id, to_change=True)
            room = decide(before)
            if room == before.room:
                return before
            after = RoomNow(room, before.version + 1)
            update = sa.update(table).where(table.c.evaluation == evaluation_id)
            update = update.values(version=after.version, body=canonical_json(room))
            if connection.dialect.name == "postgresql":
                update = update.returning(notification(room_of(evaluation_id), after.version))
            connection.execute(update)
        announce(self.engine, room_of(evaluation_id), after.version)
        return after


def _room(connection: sa.Connection, evaluation_id: str, *, to_change: bool = False) -> RoomNow:
    table = tables.rooms
    query = sa.select(table.c.body, table.c.version).where(table.c.evaluation == evaluation_id)
    row = connection.execute(query.with_for_update() if to_change else query).first()
    return RoomNow(Room.model_validate_json(row.body), row.version) if row else RoomNow(Room(), 0)
