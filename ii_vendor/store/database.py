"""The database: where it lies, how it is opened, and that its schema is the current one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from ii_vendor.errors import UserError
from ii_vendor.folders import data_path
from ii_vendor.store.tables import SCHEMA_VERSION

MIGRATIONS = Path(__file__).parent / "migrations"


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
    engine = _engine(url or database_url())
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_with_the_write_lock)
        remedy = "Check II_VENDOR_DATA and who may write there."
    else:
        remedy = "Check II_VENDOR_DATABASE_URL and that the database server runs."
    with saying_trouble(f"Cannot open {engine.url.render_as_string(hide_password=True)}", remedy):
        _upgrade(engine)
    return engine


@contextmanager
def saying_trouble(
    what: str = "The database cannot be used", remedy: str = "Check that it can be reached and written to."
) -> Iterator[None]:
    """Turns what a database says into DatabaseTrouble: what went wrong, why, and what to do."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        why = str(error.orig).strip()
        if "locked" in why:
            raise DatabaseTrouble("Another program is writing to the database. Try again.") from error
        raise DatabaseTrouble(f"{what}: {why}. {remedy}") from error


def _engine(address: str) -> sa.Engine:
    try:
        # A file cannot drop a connection as a server can.
        return sa.create_engine(address, pool_pre_ping=not address.startswith("sqlite"))
    except ModuleNotFoundError as error:
        raise DatabaseTrouble(
            f"The database that II_VENDOR_DATABASE_URL names needs the Python package '{error.name}'. "
            'For PostgreSQL: pip install "psycopg[binary]"'
        ) from error
    # ValueError: a port that is no number. The address is not repeated, as it may hold a password.
    except (sa.exc.ArgumentError, ValueError) as error:
        raise DatabaseTrouble(
            "II_VENDOR_DATABASE_URL is not the address of a database. Write it as "
            "postgresql+psycopg://user:password@host/name, or leave it out to keep everything in the data folder."
        ) from error


def _configure_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    # FULL: what was acknowledged outlives a power cut too, not only the process.
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_with_the_write_lock(connection: sa.Connection) -> None:
    """One that may write takes the lock first: a transaction that reads first can fail half-way when it writes."""
    connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get("reads_only") else "BEGIN IMMEDIATE")


def _upgrade(engine: sa.Engine) -> None:
    """Run the migrations that are missing. Alembic is loaded only when there is one to run."""
    version = _version(engine)
    if version == SCHEMA_VERSION:
        return
    if version is not None and version > SCHEMA_VERSION:
        raise UserError("This database was made by a newer ii-vendor. Install that one, or use another data folder.")
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _version(engine: sa.Engine) -> str | None:
    with engine.connect().execution_options(reads_only=True) as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
