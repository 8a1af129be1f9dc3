"""The database: where it lies, how it is opened, and what is said when it fails."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from ii_vendor.errors import UserError
from ii_vendor.folders import data_path
from ii_vendor.store.schema import bring_up_to_date

UNREACHABLE = "The database server cannot be reached just now."

_LOST = ("08", "57P", "25P03")
"""How the codes begin by which PostgreSQL says that it ended a connection, or took none."""

_TAKEN = ("55P03", "40")
"""The same for a lock that was not given in time, and for a transaction that stood in another's way."""

_WAITING = {
    "connect_timeout": 5,
    # A server that vanished without a word is noticed within a minute.
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""Seconds, and milliseconds for the last, as libpq has them."""

_POSTGRESQL: dict[str, Any] = {
    # Every statement sees what was committed before it, whatever the server's own default is.
    "isolation_level": "READ COMMITTED",
    "pool_pre_ping": True,
    # Several processes must fit into the 100 connections that a server allows as it is installed.
    "pool_size": 5,
    "max_overflow": 15,
    "pool_timeout": 10,
}

_SESSION = """
    SELECT set_config('lock_timeout', '15s', false),
           set_config('idle_in_transaction_session_timeout', '10s', false),
           set_config('synchronous_commit',
                      CASE current_setting('synchronous_commit')
                      WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, false)
"""
"""Nobody waits for ever for a lock, nor for one that a vanished process holds; what is acknowledged is on disk."""


class DatabaseTrouble(UserError):
    """The database cannot be opened, read or changed just now."""


def data_folder() -> Path:
    """The folder that holds everything: ``II_VENDOR_DATA``, or the user's data folder. Made if absent, private.

    Raises DatabaseTrouble where there can be no such folder.
    """
    folder = data_path()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        why = "it is a file" if folder.is_file() else error.strerror
        raise DatabaseTrouble(
            f"Cannot use {folder} as the data folder: {why}. Point II_VENDOR_DATA at a folder that you may write to."
        ) from error
    return folder


def database_url() -> str:
    """``II_VENDOR_DATABASE_URL``, or a SQLite file in the data folder."""
    return os.environ.get("II_VENDOR_DATABASE_URL") or f"sqlite:///{data_folder() / 'ii-vendor.db'}"


def open_engine(url: str | None = None) -> sa.Engine:
    """Open the database and bring its schema up to date. Raises UserError where that is not possible."""
    return open_and_upgrade(url)[0]


def open_and_upgrade(url: str | None = None) -> tuple[sa.Engine, str | None]:
    """The same, with the version of the schema as it was before; None where the database was empty."""
    engine = _engine(url or database_url())
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_with_the_write_lock)
        remedy = "Check II_VENDOR_DATA and who may write there."
    else:
        event.listen(engine, "connect", _configure_postgresql)
        remedy = "Check II_VENDOR_DATABASE_URL and that the database server runs."
    address = engine.url.render_as_string(hide_password=True)
    with saying_trouble(f"Cannot open {address}", remedy, unreachable=""):
        return engine, bring_up_to_date(engine)


@contextmanager
def saying_trouble(
    what: str = "The database cannot be used",
    remedy: str = "Check that it can be reached and written to.",
    unreachable: str = f"{UNREACHABLE} Try again in a moment.",
) -> Iterator[None]:
    """Turns what a database says into DatabaseTrouble: what went wrong, why, and what to do.

    ``unreachable`` is what to say of a server that is gone for now; where empty, it is told as everything else is.
    """
    try:
        yield
    except sa.exc.TimeoutError as error:
        raise DatabaseTrouble("The database is very busy just now. Try again in a moment.") from error
    except sa.exc.DBAPIError as error:
        if _waited_in_vain(error):
            raise DatabaseTrouble("Another program is writing to the database. Try again.") from error
        if unreachable and was_lost(error):
            raise DatabaseTrouble(unreachable) from error
        why = " ".join(str(error.orig).split())
        raise DatabaseTrouble(f"{what}: {why}. {remedy}") from error


def was_lost(error: sa.exc.DBAPIError) -> bool:
    """Whether the connection to the server was lost, or not made."""
    state = getattr(error.orig, "sqlstate", "")
    never_connected = state is None and isinstance(error, sa.exc.OperationalError)
    return error.connection_invalidated or never_connected or (state or "").startswith(_LOST)


def _waited_in_vain(error: sa.exc.DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    return state.startswith(_TAKEN) if state else state is None and "locked" in str(error.orig)


def _engine(address: str) -> sa.Engine:
    # As hosting providers and psql write it.
    address = re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", address)
    try:
        url = sa.make_url(address)
        if url.get_backend_name() != "postgresql":
            return sa.create_engine(url)
        # What the address says itself goes before.
        waiting = {name: value for name, value in _WAITING.items() if name not in url.query}
        return sa.create_engine(url, connect_args=waiting, **_POSTGRESQL)
    except ModuleNotFoundError as error:
        raise DatabaseTrouble(
            f"The database that II_VENDOR_DATABASE_URL names needs the Python package '{error.name}'. "
            'For PostgreSQL: pip install "psycopg[binary]"'
        ) from error
    # ValueError: a port that is no number. The address is not repeated, as it may hold a password.
    except (sa.exc.ArgumentError, ValueError) as error:
        raise DatabaseTrouble(
            "II_VENDOR_DATABASE_URL is not the address of a database. Write it as "
            "postgresql://user:password@host/name, or leave it out to keep everything in the data folder."
        ) from error


def _configure_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    # First, so that what follows waits too. Longer than any queue of writers takes.
    cursor.execute("PRAGMA busy_timeout=30000")
    cursor.execute("PRAGMA journal_mode=WAL")
    # FULL: what was acknowledged outlives a power cut too, not only the process.
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _configure_postgresql(connection: Any, _: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SESSION)
    connection.commit()


def _begin_with_the_write_lock(connection: sa.Connection) -> None:
    """One that may write takes the lock first: a transaction that reads first can fail half-way when it writes."""
    connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get("reads_only") else "BEGIN IMMEDIATE")
