"""The schema and where the database lies."""

import os
import stat
import sys

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from ii_vendor.errors import UserError
from ii_vendor.store import data_folder, database_url, open_engine, tables
from ii_vendor.store.schema import MIGRATIONS


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


def test_a_data_folder_that_cannot_be_is_told_in_words(tmp_path, monkeypatch):
    (tmp_path / "notes").write_text("a file")
    for place, why in ((tmp_path / "notes", "it is a file"), (tmp_path / "notes" / "data", "Not a directory")):
        monkeypatch.setenv("II_VENDOR_DATA", str(place))
        with pytest.raises(UserError, match=rf"Cannot use .* as the data folder: {why}. Point II_VENDOR_DATA at"):
            data_folder()


@pytest.mark.parametrize("address", ["nonsense", "sea://s3cret@host/x", "postgresql://eva:s3cret@host:port/x"])
def test_what_is_no_address_of_a_database_is_told_in_words_and_not_repeated(address, monkeypatch):
    monkeypatch.setenv("II_VENDOR_DATABASE_URL", address)
    with pytest.raises(UserError, match="II_VENDOR_DATABASE_URL is not the address of a database") as told:
        open_engine()
    assert "s3cret" not in str(told.value)


def test_a_driver_that_is_not_installed_is_named_with_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.setenv("II_VENDOR_DATABASE_URL", "postgresql+psycopg://db/vendors")
    with pytest.raises(UserError, match=r"package 'psycopg'.*pip install \"psycopg\[binary\]\""):
        open_engine()


def test_a_file_that_is_no_database_is_told_in_words(tmp_path):
    (tmp_path / "notes.db").write_text("these are notes, and quite a few of them" * 10)
    with pytest.raises(UserError, match=r"Cannot open sqlite:///.*notes.db: file is not a database"):
        open_engine(f"sqlite:///{tmp_path / 'notes.db'}")
