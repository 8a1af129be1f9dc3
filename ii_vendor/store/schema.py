"""The schema: which version of it a database has, and how it is brought up to date."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from ii_vendor.errors import UserError
from ii_vendor.store.tables import SCHEMA_VERSION

MIGRATIONS = Path(__file__).parent / "migrations"

UPGRADING = 0x11_5C4E3A
"""The advisory lock that a process holds on PostgreSQL while it upgrades."""


def schema_version(engine: sa.Engine) -> str | None:
    """The number of the last migration that the database has seen; None for an empty database."""
    with engine.connect().execution_options(reads_only=True) as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def bring_up_to_date(engine: sa.Engine) -> str | None:
    """Run the migrations that are missing, and give the version before. Raises UserError for a newer database.

    Any number of processes may do so at once: one runs them, the others wait and find nothing left to do.
    """
    version = schema_version(engine)
    if version == SCHEMA_VERSION:
        return version
    if version is not None and version > SCHEMA_VERSION:
        raise UserError("This database was made by a newer ii-vendor. Install that one, or use another data folder.")
    # Loaded only when there is something to run.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            # As long as the migration of the process before takes.
            connection.execute(sa.text("SET LOCAL lock_timeout = 0"))
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(UPGRADING)))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return version
