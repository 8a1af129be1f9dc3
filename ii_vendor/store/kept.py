"""What is kept beside the events: frozen contents and received files by their hash, and the facilitator's keys."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from ii_vendor.model.base import canonical_json
from ii_vendor.model.content import Content
from ii_vendor.store import tables
from ii_vendor.store.database import UNREACHABLE, DatabaseTrouble, saying_trouble

NOTHING_SAVED = f"{UNREACHABLE} Nothing was saved; try again in a moment."


class Kept:
    """Reads and keeps what stands beside the events of one database, which ``engine`` reaches."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self._contents: dict[str, Content] = {}

    def content(self, content_hash: str) -> Content:
        """The frozen content of that hash. Raises DatabaseTrouble where it is not as it was kept."""
        if content_hash not in self._contents:
            query = sa.select(tables.contents.c.body).where(tables.contents.c.hash == content_hash)
            with self._reading() as connection:
                found = connection.execute(query).scalar()
            body = _as_kept(found, content_hash, "content that vendors are judged by")
            self._contents[content_hash] = Content.model_validate_json(body)
        return self._contents[content_hash]

    def file(self, sha256: str) -> tuple[str, bytes]:
        """Name and bytes of a file as it was received. Raises DatabaseTrouble where it is not as it was kept."""
        query = sa.select(tables.files.c.name, as_it_lies(tables.files.c.body).label("body"))
        with self._reading() as connection:
            row = connection.execute(query.where(tables.files.c.sha256 == sha256)).first()
        body = _as_kept(row.body if row else None, sha256, "file that was received")
        return (row.name if row else ""), body

    def keep_facilitator_key(self, key_hash: str, issued_at: datetime, expires_at: datetime) -> None:
        """Keep the SHA-256 of a facilitator's key. Keys that had expired by ``issued_at`` are deleted."""
        table, now = tables.facilitator_keys, _sortable(issued_at)
        with saying_trouble(unreachable=NOTHING_SAVED), self.engine.begin() as connection:
            connection.execute(sa.delete(table).where(table.c.expires_at <= now))
            row = {"hash": key_hash, "issued_at": now, "expires_at": _sortable(expires_at)}
            insert_unless_there(connection, table, row)

    def forget_facilitator_keys(self) -> int:
        """Delete every facilitator's key, and say how many of them had not expired."""
        table, now = tables.facilitator_keys, _sortable(datetime.now(UTC))
        with saying_trouble(unreachable=NOTHING_SAVED), self.engine.begin() as connection:
            gone = connection.execute(sa.delete(table).returning(table.c.expires_at)).scalars().all()
        return sum(expires > now for expires in gone)

    def facilitator_key_expires(self, key_hash: str) -> datetime | None:
        """When the facilitator's key with this SHA-256 ends, past or to come; None where there is none."""
        table = tables.facilitator_keys
        with self._reading() as connection:
            found = connection.execute(sa.select(table.c.expires_at).where(table.c.hash == key_hash)).scalar()
        return datetime.fromisoformat(found) if found else None

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with saying_trouble(), self.engine.connect().execution_options(reads_only=True) as connection:
            yield connection

    def _keep_content(self, connection: sa.Connection, content: Content) -> None:
        row = {"hash": content.hash, "body": canonical_json(content)}
        insert_unless_there(connection, tables.contents, row)


def as_it_lies(body: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """The column with its values as the database gives them: some databases keep anything in any column."""
    return sa.type_coerce(body, sa.types.NullType())


def sha256_of_body(body: str | bytes) -> str:
    """The SHA-256 of a content or a file, by which it is known."""
    return hashlib.sha256(body.encode() if isinstance(body, str) else body).hexdigest()


def _as_kept(body: object, key: str, what: str) -> bytes:
    if isinstance(body, str):
        body = body.encode()
    if isinstance(body, bytes) and sha256_of_body(body) == key:
        return body
    how = "is missing" if body is None else "is not as it was kept"
    raise DatabaseTrouble(
        f"The {what}, {key[:12]}, {how}. 'ii-vendor audit verify', with the name of the evaluation, tells more."
    )


def insert_unless_there(connection: sa.Connection, table: sa.Table, row: Mapping[str, object]) -> bool:
    """Insert a row, unless there is one of its key, and say whether it was inserted.

    Waits for the end of a transaction that is just inserting the same.
    """
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(table).values(**row).on_conflict_do_nothing().returning(*table.primary_key)
    return connection.execute(statement).first() is not None


def _sortable(moment: datetime) -> str:
    """In UTC and always of the same length, so that texts order as moments do, in any collation."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
