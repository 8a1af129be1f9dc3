"""What the screen of a workshop shows: overwritten as one, heard of by every process, and in no backup."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from ii_vendor.model.events import EvaluationCreated
from ii_vendor.model.workshop import Item, Room, Scene
from ii_vendor.rules import Stale
from ii_vendor.store import News, Record, open_engine, room_of, tables
from ii_vendor.store.transfer import backup, restore

CREATED = EvaluationCreated(name="Renewal", content_hash="")


@pytest.fixture
def record(database: str, content) -> Record:
    record = Record(open_engine(database))
    record.begin("renewal", "Fay", CREATED, content)
    return record


def blank(before) -> Room:
    return before.room.model_copy(update={"blank": not before.room.blank})


def test_a_room_is_kept_for_every_process(record, database):
    assert record.room("renewal") == (Room(), 0)
    shown = Room(scene=Scene.item, item=Item.answer("alder", "Q1"))
    assert record.change_room("renewal", lambda _: shown).version == 1
    assert Record(open_engine(database)).room("renewal") == (shown, 1)


def test_what_changes_nothing_is_no_change(record):
    record.change_room("renewal", blank)
    assert record.change_room("renewal", lambda before: before.room).version == 1


def test_whoever_is_refused_changes_nothing(record):
    def refuse(_):
        raise Stale(["Somebody else has just moved on."])

    with pytest.raises(Stale):
        record.change_room("renewal", refuse)
    assert record.room("renewal") == (Room(), 0)


def test_no_change_is_lost_between_many_at_once(record):
    with ThreadPoolExecutor(8) as threads:
        for done in [threads.submit(record.change_room, "renewal", blank) for _ in range(40)]:
            done.result()
    assert record.room("renewal") == (Room(), 40)


def test_another_process_hears_of_it(record, database):
    news = News(open_engine(database))
    news.wait("renewal", 0, 10)
    record.change_room("renewal", blank)
    assert news.wait(room_of("renewal"), 0, 10) == 1
    assert news.latest("renewal") == 1
    news.stop()


def test_a_backup_leaves_rooms_where_they_are(record, tmp_path: Path):
    record.change_room("renewal", blank)
    backup(record.engine, tmp_path / "all.zip")
    other = open_engine(f"sqlite:///{tmp_path / 'other.db'}")
    assert restore(other, tmp_path / "all.zip").added == ("renewal",)
    with other.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(tables.rooms)).scalar() == 0
    other.dispose()
