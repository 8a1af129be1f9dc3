"""Backup and restore: nothing is lost on the way, whatever the database, and nothing is overwritten."""

from __future__ import annotations

import hashlib
import json
import threading
import zipfile
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from ii_vendor.errors import UserError
from ii_vendor.model import events
from ii_vendor.model.mapping import ConfirmedMapping
from ii_vendor.model.workbook import SavedMapping
from ii_vendor.store import Record, open_engine, tables
from ii_vendor.store.archive import BadBackup
from ii_vendor.store.audit import audit, rows_of
from ii_vendor.store.chain import Row, seal
from ii_vendor.store.mappings import keep_mapping, kept_mappings
from ii_vendor.store.transfer import CARRIED, NotRestored, backup, restore

MEMBERS = ("evaluations.jsonl", "events.jsonl", "contents.jsonl", "files.jsonl", "mappings.jsonl")


def everything(engine):
    """Every row of every table that a backup holds."""
    with engine.connect() as connection:
        return {table.name: sorted(tuple(row) for row in connection.execute(sa.select(table))) for table in CARRIED}


def members(path):
    """The bytes of every member but the manifest, which tells the time."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "manifest.json"}


def rewritten(path, change):
    """The zip again, with what ``change`` makes of its members by name."""
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in change(kept).items():
            archive.writestr(name, body)


def mapping(name, questions=None):
    saved = SavedMapping(fingerprint="f" * 64, name=name, sheets=(), questions=questions or {"a-1|do you?": "Q1"})
    return ConfirmedMapping(mapping=saved, asked={"Q1": "does it run?"})


@pytest.fixture
def full(record, begun, rated, response_of, content):
    """A record with two evaluations, names of many kinds, every kind of file, and a facilitator's key."""
    record.change(begun, "Zoë Ünal", lambda _: [rated("é – “quoted” ☃ \\u0000 end")], via="personal link")
    for key in ("Zebra", "apfel", "Äpfel", "b-2", "b_1"):
        record.begin(key, "x", events.EvaluationCreated(name=key, content_hash=content.hash), content)
    other = response_of("Alder", original=bytes(range(256)) * 999)
    record.change(
        "b-2",
        "x",
        lambda _: [events.ResponseAccepted(vendor="alder", version=1, response=other, findings=())],
        files=[(other.file.sha256, other.file.name, bytes(range(256)) * 999)],
    )
    keep_mapping(record.engine, mapping("Ünal"), "Zoë", datetime(2026, 11, 2, 12, tzinfo=UTC))
    with record.engine.begin() as connection:
        key = {"hash": "secret" * 10, "issued_at": "2026", "expires_at": "2027"}
        connection.execute(sa.insert(tables.facilitator_keys).values(**key))
    return record


@pytest.fixture
def empty(tmp_path):
    """A new SQLite database, by its number."""
    return lambda number=0: open_engine(f"sqlite:///{tmp_path / f'empty-{number}.db'}")


def test_every_table_is_either_carried_or_left_where_it_is_on_purpose():
    assert {table.name for table in tables.metadata.sorted_tables} == {
        *(table.name for table in CARRIED),
        "facilitator_keys",
        # What the screen of a workshop shows at the moment.
        "rooms",
    }


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_nothing_is_lost_from_sqlite_to_postgresql_and_back(full, postgresql, empty, tmp_path):
    first, second, third = (tmp_path / f"{number}.zip" for number in range(3))
    there, back = open_engine(postgresql), empty()
    backup(full.engine, first)
    restore(there, first)
    backup(there, second)
    restore(back, second)
    backup(back, third)
    assert everything(full.engine) == everything(there) == everything(back)
    assert members(first) == members(second) == members(third)
    assert Record(there).evaluation("renewal") == Record(back).evaluation("renewal") == full.evaluation("renewal")
    assert all(audit(there, key).valid for key in ("renewal", "Zebra", "apfel", "Äpfel", "b-2", "b_1"))


def test_a_backup_never_holds_a_facilitator_s_key(full, tmp_path):
    backup(full.engine, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert not any(b"secretsecret" in archive.read(name) for name in archive.namelist())


def test_the_manifest_says_what_is_in_it(full, tmp_path):
    written = backup(full.engine, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert set(manifest["members"]) == set(archive.namelist()) - {"manifest.json"}
    assert manifest["schema"] == tables.SCHEMA_VERSION
    counts = {"evaluations": 6, "events": 11, "contents": 1, "files": 2, "mappings": 1}
    assert manifest["counts"] == written.counts == counts


def test_a_backup_shows_one_moment_while_others_write(full, empty, rated, tmp_path):
    ended = threading.Event()

    def rate():
        other = Record(open_engine(full.engine.url.render_as_string(hide_password=False)))
        while not ended.is_set():
            other.change("renewal", "Amara", lambda now: [rated(f"after {now.sequence}")] * 3)
        other.engine.dispose()

    thread = threading.Thread(target=rate)
    thread.start()
    try:
        found = [backup(full.engine, tmp_path / f"{number}.zip") for number in range(3)]
    finally:
        ended.set()
        thread.join()
    assert all(not each.broken for each in found)
    restore(empty(), tmp_path / "2.zip")
    assert audit(empty(), "renewal").valid


def test_a_backup_that_cannot_be_finished_leaves_the_old_one_as_it_was(full, tmp_path):
    path = tmp_path / "b.zip"
    backup(full.engine, path)
    before = path.read_bytes()
    with full.engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE files RENAME TO gone"))
    with pytest.raises(UserError, match="The database cannot be used"):
        backup(full.engine, path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir() if each.suffix in (".zip", ".part")] == ["b.zip"]


def test_what_is_here_to_the_letter_is_left_as_it_is(full, tmp_path):
    backup(full.engine, tmp_path / "b.zip")
    before = everything(full.engine)
    found = restore(full.engine, tmp_path / "b.zip")
    assert (found.added, found.refused) == ((), ())
    assert set(found.already_here) == {"renewal", "Zebra", "apfel", "Äpfel", "b-2", "b_1"}
    assert everything(full.engine) == before


def test_an_evaluation_that_went_on_here_is_refused_and_nothing_restored(full, rated, tmp_path):
    backup(full.engine, tmp_path / "b.zip")
    full.change("renewal", "Amara", lambda _: [rated("later")])
    before = everything(full.engine)
    with pytest.raises(NotRestored, match=r"renewal: it is here already, and goes 1 event further than the backup"):
        restore(full.engine, tmp_path / "b.zip")
    assert everything(full.engine) == before


def test_an_evaluation_that_goes_further_in_the_backup_is_refused_and_the_rest_restored_where_asked(
    full, empty, rated, content, tmp_path
):
    early, late, here = tmp_path / "early.zip", tmp_path / "late.zip", empty()
    backup(full.engine, early)
    restore(here, early)
    full.change("renewal", "Amara", lambda _: [rated("later"), rated("later still")])
    full.begin("new", "x", events.EvaluationCreated(name="New", content_hash=content.hash), content)
    backup(full.engine, late)
    before = audit(here, "renewal")
    with pytest.raises(NotRestored, match=r"renewal: it is here already, and the backup goes 2 events further"):
        restore(here, late)
    found = restore(here, late, skip_refused=True)
    assert [each.evaluation for each in found.refused] == ["renewal"]
    assert found.added == ("new",)
    assert audit(here, "renewal") == before


def test_another_evaluation_of_the_same_id_is_refused(full, empty, content, tmp_path):
    backup(full.engine, tmp_path / "b.zip")
    here = Record(empty())
    here.begin("renewal", "y", events.EvaluationCreated(name="Renewal", content_hash=content.hash), content)
    before = everything(here.engine)
    with pytest.raises(NotRestored, match="renewal: another evaluation with this id is here already"):
        restore(here.engine, tmp_path / "b.zip")
    assert everything(here.engine) == before
    found = restore(here.engine, tmp_path / "b.zip", skip_refused=True)
    assert set(found.added) == {"Zebra", "apfel", "Äpfel", "b-2", "b_1"}
    assert audit(here.engine, "b-2").valid


def test_a_record_that_is_not_valid_is_written_with_a_word_and_not_restored(full, empty, tmp_path):
    with full.engine.begin() as connection:
        connection.execute(
            sa.update(tables.events).where(tables.events.c.evaluation == "renewal").values(actor="Mallory")
        )
    written = backup(full.engine, tmp_path / "b.zip")
    assert [each.evaluation for each in written.broken] == ["renewal"]
    with pytest.raises(NotRestored, match=r"renewal: its record in the backup is not valid\. What event 1 says"):
        restore(empty(), tmp_path / "b.zip")
    assert not any(everything(empty()).values())
    assert "Zebra" in restore(empty(), tmp_path / "b.zip", skip_refused=True).added


@pytest.mark.parametrize(("table", "body"), [(tables.contents, "{}"), (tables.files, b"mallory")])
def test_an_evaluation_is_not_restored_onto_a_content_or_file_that_was_changed_here(full, empty, tmp_path, table, body):
    backup(full.engine, tmp_path / "b.zip")
    here = empty()
    restore(here, tmp_path / "b.zip")
    with here.begin() as connection:
        connection.execute(sa.delete(tables.events))
        connection.execute(sa.delete(tables.evaluations))
        connection.execute(sa.update(table).values(body=body))
    before = everything(here)
    with pytest.raises(NotRestored, match=r"renewal: it needs a content or file, \w{12}, .* not as it was kept here"):
        restore(here, tmp_path / "b.zip")
    assert everything(here) == before
    found = restore(here, tmp_path / "b.zip", skip_refused=True)
    named = {"renewal", "b-2"} if table is tables.files else {"renewal", "Zebra", "apfel", "Äpfel", "b-2", "b_1"}
    assert {each.evaluation for each in found.refused} == named
    assert all(audit(here, key).valid for key in found.added)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_database_that_holds_what_is_no_text_is_not_backed_up_and_told_in_words(full, tmp_path):
    with full.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE events SET actor = x'00ff' WHERE sequence = 2")
    with pytest.raises(UserError, match="A row of events holds something that ii-vendor never writes"):
        backup(full.engine, tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()


def test_a_backup_from_before_events_had_a_salt_is_restored(record, begun, empty, tmp_path):
    path = tmp_path / "b.zip"
    with record.engine.begin() as connection:
        previous = "0" * 64
        for row in list(rows_of(connection, begun)):
            row = row._replace(salt="", previous_hash=previous)
            previous = seal(row)
            values = {"salt": "", "previous_hash": row.previous_hash, "hash": previous}
            connection.execute(sa.update(tables.events).where(tables.events.c.sequence == row.sequence).values(values))
        connection.execute(sa.update(tables.evaluations).values(record_hash=previous))
    backup(record.engine, path)
    rewritten(path, lambda kept: resealed(kept, events_jsonl=kept["events.jsonl"].replace(b'"salt":"",', b"")))
    assert restore(empty(), path).added == (begun,)
    assert audit(empty(), begun).valid


def test_a_backup_from_before_there_were_mappings_is_restored(record, begun, empty, tmp_path):
    path = tmp_path / "b.zip"
    backup(record.engine, path)
    rewritten(path, lambda kept: resealed({name: kept[name] for name in kept if name != "mappings.jsonl"}))
    assert restore(empty(), path).added == (begun,)


def test_a_mapping_that_is_here_already_stays_as_it_is_here(full, tmp_path):
    backup(full.engine, tmp_path / "b.zip")
    keep_mapping(full.engine, mapping("newer", {"a-1|do you?": ""}), "Ida", datetime(2026, 11, 3, tzinfo=UTC))
    here = kept_mappings(full.engine)
    restore(full.engine, tmp_path / "b.zip")
    assert kept_mappings(full.engine) == here


def refused(engine, path, said):
    before = everything(engine)
    with pytest.raises(BadBackup, match=said):
        restore(engine, path)
    assert everything(engine) == before


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda _: {"readme.txt": b"hello"}, "not a backup that ii-vendor wrote"),
        (lambda kept: kept | {"manifest.json": b'{"format": "other"}'}, "not a backup that ii-vendor wrote"),
        (lambda kept: kept | {"manifest.json": b"{"}, "its manifest cannot be read"),
        (lambda kept: kept | {"manifest.json": b"[" * 100_000}, "its manifest cannot be read"),
        (
            lambda kept: kept | {"manifest.json": kept["manifest.json"].replace(b'"0004"', b'"9999"')},
            "made by a newer ii-vendor",
        ),
        (
            lambda kept: kept | {"manifest.json": kept["manifest.json"].replace(b'"version": 1', b'"version": 2')},
            "made by a newer ii-vendor",
        ),
        (lambda kept: {name: body for name, body in kept.items() if name != "events.jsonl"}, "events.jsonl is missing"),
        (lambda kept: kept | {"events.jsonl": kept["events.jsonl"][:-9]}, "events.jsonl is not what the manifest says"),
        (lambda kept: kept | {"events.jsonl": bytes(1 << 24)}, "events.jsonl unpacks to more than it may"),
    ],
)
def test_what_is_no_whole_backup_is_refused_in_words(full, tmp_path, change, said):
    path = tmp_path / "b.zip"
    backup(full.engine, path)
    rewritten(path, change)
    refused(full.engine, path, said)


def resealed(kept, **changed):
    """The members with some of them changed, under a manifest that fits."""
    kept = kept | {name.replace("_jsonl", ".jsonl"): body for name, body in changed.items()}
    manifest = json.loads(kept["manifest.json"])
    manifest["members"] = {
        name: {"sha256": hashlib.sha256(body).hexdigest(), "size": len(body)}
        for name, body in kept.items()
        if name != "manifest.json"
    }
    return kept | {"manifest.json": json.dumps(manifest).encode()}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda kept: resealed(kept, events_jsonl=b"[]\n"), "not as ii-vendor writes it"),
        (lambda kept: resealed(kept, events_jsonl=b'{"evaluation":1}\n'), "has not the columns"),
        (lambda kept: resealed(kept, events_jsonl=b'{"evaluation":"x'), "ends in the middle of a line"),
        (lambda kept: resealed(kept, events_jsonl=b'{"x":"\\ud800"}\n'), "cannot be read"),
        (lambda kept: resealed(kept, evaluations_jsonl=b""), "events of '.*' that belong nowhere"),
        (lambda kept: resealed(kept, events_jsonl=b" " * (1 << 26)), "unpacks to more than it may"),
        (
            lambda kept: resealed(
                kept | {"files/../../evil": b"x"}, files_jsonl=b'{"name":"x","sha256":"../../evil"}\n'
            ),
            "renewal",
        ),
    ],
)
def test_a_backup_made_to_do_harm_does_none(full, empty, tmp_path, change, said):
    path = tmp_path / "b.zip"
    backup(full.engine, path)
    rewritten(path, change)
    before = sorted(each.name for each in tmp_path.rglob("*"))
    if said == "renewal":
        # A member that nothing names is never read, and no member ever becomes a file of that name.
        assert "renewal" in restore(empty(), path, skip_refused=True).added
    else:
        refused(full.engine, path, said)
    assert {each.name for each in tmp_path.rglob("*")} - {*before} <= {"empty-0.db", "empty-0.db-wal", "empty-0.db-shm"}


def test_a_file_that_is_none_is_refused_in_words(full, tmp_path):
    for body, said in ((b"hello", "not a backup"), (b"PK\x03\x04cut", "is damaged: it was cut off")):
        (tmp_path / "x.zip").write_bytes(body)
        refused(full.engine, tmp_path / "x.zip", said)
    refused(full.engine, tmp_path / "nothing.zip", "Cannot read .*nothing.zip: No such file")


def test_the_columns_of_an_event_are_those_that_an_audit_looks_at():
    assert {column.name for column in tables.events.columns} == set(Row._fields)
