"""A database read as it stood at one moment, whatever is written meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from ii_vendor.store.database import saying_trouble


@contextmanager
def snapshot(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction that only reads: everything read in it is of one moment. Raises DatabaseTrouble."""
    # SQLite's own transactions are snapshots; PostgreSQL's are where it is asked.
    options = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with saying_trouble(), engine.connect().execution_options(reads_only=True, **options) as connection:
        unhurried(connection)
        yield connection


def unhurried(connection: sa.Connection) -> None:
    """Let this transaction rest as long as a file is read or written between two of its statements."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SET LOCAL idle_in_transaction_session_timeout = 0"))
