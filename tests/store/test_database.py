"""The schema and where the database lies."""

import os
import stat

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from ii_vendor.errors import UserError
from ii_vendor.store import data_folder, database_url, open_engine, tables
from ii_vendor.store.database import MIGRATIONS


def test_migrations_make_the_schema_that_the_code_expects(database):
    with open_engine(database).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []


def test_the_newest_migration_is_the_one_the_code_asks_for():
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == tables.SCHEMA_VERSION


def test_opening_a_database_again_changes_nothing(database):
    for _ in range(2):
        with open_engine(database).connect() as connection:
            versions = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalars().all()
    assert versions == [tables.SCHEMA_VERSION]


def test_an_event_of_an_unknown_evaluation_cannot_be_written(database):
    row = dict.fromkeys(("at", "actor", "kind", "change", "previous_hash", "hash"), "x")
    with pytest.raises(sa.exc.IntegrityError), open_engine(database).begin() as connection:
        connection.execute(sa.insert(tables.events).values(evaluation="nobody", sequence=1, **row))


def test_the_data_folder_can_be_chosen_and_is_private(tmp_path, monkeypatch):
    monkeypatch.setenv("II_VENDOR_DATA", str(tmp_path / "a" / "b"))
    monkeypatch.delenv("II_VENDOR_DATABASE_URL", raising=False)
    assert data_folder() == tmp_path / "a" / "b"
    if os.name == "posix":
        assert stat.S_IMODE(data_folder().stat().st_mode) == 0o700
    assert database_url() == f"sqlite:///{tmp_path / 'a' / 'b' / 'ii-vendor.db'}"


def test_another_database_can_be_named(monkeypatch):
    monkeypatch.setenv("II_VENDOR_DATABASE_URL", "postgresql+psycopg://db/vendors")
    assert database_url() == "postgresql+psycopg://db/vendors"


def test_a_database_of_a_newer_version_is_left_alone(database):
    with open_engine(database).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UserError, match="made by a newer ii-vendor"):
        open_engine(database)


def test_a_file_that_is_no_database_is_told_in_words(tmp_path):
    (tmp_path / "notes.db").write_text("these are notes, and quite a few of them" * 10)
    with pytest.raises(UserError, match=r"Cannot open sqlite:///.*notes.db: file is not a database"):
        open_engine(f"sqlite:///{tmp_path / 'notes.db'}")
