"""A database of an earlier version is brought up to date with everything in it."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from ii_vendor.model.workshop import Room
from ii_vendor.store import SCHEMA_VERSION, Record, open_and_upgrade, open_engine, tables
from ii_vendor.store.schema import MIGRATIONS

ROWS = json.loads((Path(__file__).parent / "version_0001.json").read_text("utf-8"))
"""Every row of a database that the first version wrote."""


@pytest.fixture
def old(request, tmp_path):
    """The address of a database as the first version left it."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path / 'ii-vendor.db'}"
    else:
        address = request.getfixturevalue("postgresql")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        tables.metadata.drop_all(connection)
        connection.execute(sa.text("DROP TABLE IF EXISTS alembic_version"))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for name in ("evaluations", "events", "contents", "files"):
            table = sa.Table(name, sa.MetaData(), autoload_with=connection, resolve_fks=False)
            rows = [
                {key: value.encode() if (name, key) == ("files", "body") else value for key, value in row.items()}
                for row in ROWS[name]
            ]
            connection.execute(sa.insert(table), rows)
    engine.dispose()
    return address


@pytest.mark.parametrize("old", ["sqlite", "postgresql"], indirect=True)
def test_what_the_first_version_recorded_is_valid_and_goes_on(old, assert_whole, rated):
    engine, before = open_and_upgrade(old)
    assert before == "0001"
    record, (listed,) = Record(engine), ROWS["evaluations"]
    key = listed["id"]
    assert [event.hash for event in record.events(key)] == [row["hash"] for row in ROWS["events"]]
    assert_whole(record, key)
    evaluation = record.evaluation(key)
    assert (evaluation.sequence, evaluation.record_hash) == (listed["sequence"], listed["record_hash"])
    assert evaluation.ratings["alder", "Q1", "Amara"].reason == "é – “quoted” ☃"
    assert record.content(evaluation.content_hash).profile.minimums.autonomy == 10
    record.change(key, "Amara", lambda _: [rated("it goes on")], via="this computer")
    assert_whole(record, key)
    assert record.change_room(key, lambda _: Room(blank=True)) == record.room(key) == (Room(blank=True), 1)
    *old_salts, new_salt = (event.salt for event in record.events(key))
    assert set(old_salts) == {""}
    assert len(new_salt) == 32


@pytest.mark.parametrize("old", ["sqlite", "postgresql"], indirect=True)
def test_the_command_says_from_which_version_to_which(old, ran, monkeypatch):
    monkeypatch.setenv("II_VENDOR_DATABASE_URL", old)
    address = sa.make_url(old).render_as_string(hide_password=True)
    assert ran("db", "upgrade") == (0, f"Brought the schema of {address} from version 0001 to {SCHEMA_VERSION}.\n", "")
    assert ran("db", "upgrade") == (0, f"The schema of {address} is current: version {SCHEMA_VERSION}.\n", "")
    with open_engine(old).connect() as connection:
        assert len(connection.execute(sa.select(tables.events)).all()) == len(ROWS["events"])


def test_the_command_makes_a_database_that_is_not_there_yet(ran, tmp_path):
    address = f"sqlite:///{tmp_path / 'data' / 'ii-vendor.db'}"
    assert ran("db", "upgrade") == (0, f"Made the schema of {address}: version {SCHEMA_VERSION}.\n", "")
