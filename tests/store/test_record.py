"""The record: appended only, chained by hash, and whole whatever happens to the process."""

import hashlib
import os
import re
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from ii_vendor.errors import UserError
from ii_vendor.model import events
from ii_vendor.store import NoSuchEvaluation, Record, open_engine, tables
from ii_vendor.store.database import DatabaseTrouble
from ii_vendor.store.rows import event_hash

ROOT = Path(__file__).resolve().parents[2]


def reopened(database: str) -> Record:
    """The record as a new process would see it."""
    return Record(open_engine(database))


def everything(database: str) -> list[tuple[object, ...]]:
    """Every row of every table."""
    with open_engine(database).connect() as connection:
        return [tuple(row) for table in tables.metadata.sorted_tables for row in connection.execute(sa.select(table))]


def test_several_processes_may_open_a_new_database_at_the_same_time(database):
    code = "import sys; from ii_vendor.store import Record, open_engine; Record(open_engine(sys.argv[1])).listing()"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, database],
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        for _ in range(3)
    ]
    assert [process.communicate()[1] for process in started] == ["", "", ""]


def test_any_number_may_start_an_evaluation_of_the_same_name_and_content_at_once(database, content):
    records, together, made = [reopened(database) for _ in range(6)], threading.Barrier(6), []
    change = events.EvaluationCreated(name="Renewal", content_hash=content.hash)

    def begin(record: Record) -> None:
        together.wait()
        made.append(record.begin("renewal", "x", change, content).id)

    threads = [threading.Thread(target=begin, args=(record,)) for record in records]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 6
    assert {each.id for each in records[0].listing()} == set(made)
    assert records[0].content(content.hash) == content


def test_any_number_may_keep_the_same_files_at_once(database, begun, rated):
    records, together, failed = [reopened(database) for _ in range(4)], threading.Barrier(4), []

    def keep(record: Record, number: int) -> None:
        together.wait()
        files = [(hashlib.sha256(bytes(size)).hexdigest(), f"{size}.xlsx", bytes(size)) for size in range(40)]
        try:
            record.change(begun, "x", lambda _: [rated("kept")], files=files[::-1] if number % 2 else files)
        except UserError as trouble:
            failed.append(trouble)

    threads = [threading.Thread(target=keep, args=each) for each in zip(records, range(4), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert records[0].file(hashlib.sha256(bytes(7)).hexdigest()) == ("7.xlsx", bytes(7))


def test_every_event_is_chained_to_the_one_before(record, begun, rated, assert_whole):
    record.change(begun, "Amara", lambda _: [rated("é – “quoted” ☃")], via="personal link")
    record.change(begun, "Amara", lambda _: [rated("as before")])
    evaluation, found = record.evaluation(begun), record.events(begun)
    assert_whole(record, begun)
    assert [event.via for event in found[-2:]] == ["personal link", ""]
    assert (evaluation.sequence, evaluation.record_hash) == (len(found), found[-1].hash)


def test_how_the_actor_was_known_is_sealed_with_the_rest():
    said = ("renewal", 1, datetime.now(UTC), "Amara", "{}", "0" * 64)
    assert len({event_hash(*said), event_hash(*said, "personal link"), event_hash(*said, "this computer")}) == 3


def test_the_salt_is_sealed_with_the_rest_and_never_taken_for_something_else():
    said = ("renewal", 1, datetime.now(UTC), "Amara", "{}", "0" * 64)
    found = [event_hash(*said, *more) for more in ((), ("a",), ("", "a"), ("a", "b"), ("b", "a"))]
    assert len(set(found)) == 5


def test_every_event_has_a_salt_of_128_bits_of_its_own(record, begun, rated):
    record.change(begun, "Amara", lambda _: [rated("ok"), rated("ok")])
    salts = [event.salt for event in record.events(begun)]
    assert all(re.fullmatch(r"[0-9a-f]{32}", salt) for salt in salts)
    assert len(set(salts)) == len(salts)


@pytest.mark.parametrize("masked", [False, True])
def test_nobody_can_try_words_on_the_hash_of_an_event_that_is_withheld(evaluations, renewal, masked):
    if masked:
        evaluations.mask_names(renewal, True)
    evaluations.acting_as("Amara").rate(renewal, "Amara", "alder", "Q1", 3, reason="ok")
    (whole,) = evaluations.history(evaluations.get(renewal))[-1:]
    key, _, secret = evaluations.issue_link(renewal, "Ben").partition("/")
    ben = evaluations.acting_as(evaluations.seat_by_session(key, evaluations.take_seat(key, secret).secret))
    seen = next(each for each in ben.history(ben.get(renewal)) if each.sequence == whole.sequence)
    assert (seen.change.kind, seen.hash, seen.salt) == ("withheld", whole.hash, "")


@pytest.mark.parametrize(
    ("column", "before", "after"), [("change", "as it was", "as we say"), ("via", "a link", "other")]
)
def test_a_changed_word_in_the_database_breaks_the_chain(
    database, record, begun, rated, assert_whole, column, before, after
):
    record.change(begun, "Amara", lambda _: [rated("as it was")], via="a link")
    with open_engine(database).begin() as connection:
        changed = sa.func.replace(tables.events.c[column], before, after)
        connection.execute(sa.update(tables.events).values({column: changed}))
    with pytest.raises(AssertionError):
        assert_whole(record, begun)


def test_a_fresh_start_sees_the_same_evaluation(database, record, begun, rated, response_of):
    profile = events.ProfileAdopted(profile="other", content_hash="f" * 64, reason="tried")
    steps = [
        rated("seen"),
        rated("changed my mind", None),
        events.ResponseAccepted(
            vendor="alder", version=2, response=response_of("Alder", L2="Ask us.", original=b"2"), findings=()
        ),
        profile,
        events.VendorAdded(vendor="cedar", name="Cedar"),
    ]
    for step in steps:
        after = record.change(begun, "Amara", lambda _, step=step: [step])
        assert reopened(database).evaluation(begun) == after
        assert reopened(database).evaluation(begun).model_dump() == after.model_dump()


def test_another_process_sees_what_this_one_did(database, record, begun, rated):
    other = reopened(database)
    assert other.evaluation(begun).ratings == {}
    record.change(begun, "Amara", lambda _: [rated("seen")])
    assert len(other.evaluation(begun).ratings) == 1


def test_a_refused_change_leaves_nothing_behind(database, record, begun, content):
    def decide(_: object) -> list[object]:
        raise UserError("no")

    before, known = everything(database), record.evaluation(begun)
    with pytest.raises(UserError):
        record.change(begun, "somebody", decide, content=content, files=[("f" * 64, "x.xlsx", b"x")])
    assert everything(database) == before
    assert record.evaluation(begun) == known


@pytest.mark.parametrize("moment", ["INSERT INTO events", "UPDATE evaluations", "COMMIT"])
def test_a_change_that_fails_at_any_moment_is_neither_saved_nor_remembered(
    database, begun, rated, assert_whole, moment
):
    engine = open_engine(database)
    record, before = Record(engine), everything(database)
    known = record.evaluation(begun)

    def fail(*said: object) -> None:
        if moment == "COMMIT" or str(said[2]).startswith(moment):
            raise RuntimeError("as with a full disk")

    when = "commit" if moment == "COMMIT" else "before_cursor_execute"
    sa.event.listen(engine, when, fail)
    with pytest.raises(RuntimeError):
        record.change(begun, "x", lambda _: [rated("never"), rated("no")], files=[("f" * 64, "x.xlsx", b"x")])
    sa.event.remove(engine, when, fail)
    assert everything(database) == before
    assert record.evaluation(begun) == known
    assert record.change(begun, "x", lambda _: [rated("now")]).sequence == known.sequence + 1
    assert_whole(record, begun)


def test_a_record_that_was_put_back_to_an_earlier_state_is_read_anew(database, record, begun, rated, assert_whole):
    as_it_was = record.evaluation(begun)
    record.change(begun, "Amara", lambda _: [rated("to be lost")])
    with open_engine(database).begin() as connection:
        connection.execute(sa.delete(tables.events).where(tables.events.c.sequence > as_it_was.sequence))
        head = {"sequence": as_it_was.sequence, "record_hash": as_it_was.record_hash}
        connection.execute(sa.update(tables.evaluations).values(head))
    assert record.evaluation(begun) == as_it_was
    record.change(begun, "Amara", lambda _: [rated("instead")])
    assert_whole(record, begun)
    assert reopened(database).evaluation(begun) == record.evaluation(begun)


def test_the_frozen_content_is_read_back_to_the_letter(database, content, begun):
    other = reopened(database)
    frozen = other.content(other.evaluation(begun).content_hash)
    assert frozen == content
    assert frozen.hash == content.hash


def test_original_files_are_kept_as_they_came(record, begun):
    received = record.evaluation(begun).received("alder")
    assert record.file(received.response.file.sha256) == ("Alder.xlsx", b"alder")


def test_an_unknown_evaluation_is_named_with_those_there_are(record, begun, content):
    record.begin("audit", "x", record.events(begun)[0].change, content)
    for attempt in (lambda: record.evaluation("other"), lambda: record.change("other", "x", lambda _: [])):
        with pytest.raises(NoSuchEvaluation, match=rf"no evaluation 'other'\. There are: {begun}, audit\.$"):
            attempt()


def test_a_content_or_file_that_is_not_as_it_was_kept_is_never_given_out(database, record, begun):
    evaluation = record.evaluation(begun)
    content, file = evaluation.content_hash, evaluation.received("alder").response.file.sha256
    with record.engine.begin() as connection:
        connection.execute(sa.update(tables.contents).values(body=tables.contents.c.body + " "))
        connection.execute(sa.update(tables.files).values(body=b"mallory"))
    attempts = (lambda: reopened(database).content(content), lambda: reopened(database).file(file))
    for attempt in attempts:
        with pytest.raises(DatabaseTrouble, match=r"is not as it was kept\. 'ii-vendor audit verify'.* tells more\.$"):
            attempt()
    with record.engine.begin() as connection:
        connection.execute(sa.delete(tables.contents))
        connection.execute(sa.delete(tables.files))
    for attempt in attempts:
        with pytest.raises(DatabaseTrouble, match=r"is missing\. 'ii-vendor audit verify'.* tells more\.$"):
            attempt()


@pytest.mark.parametrize("wrong", ["a\x00b", "a\ud800b"], ids=["NUL", "half a character"])
@pytest.mark.parametrize("where", ["actor", "via", "evaluation", "file", "reason", "conflict"])
def test_what_no_database_can_keep_is_refused_in_words_and_nothing_written(
    database, record, begun, rated, content, where, wrong
):
    def attempt():
        match where:
            case "actor":
                record.change(begun, wrong, lambda _: [rated("x")])
            case "via":
                record.change(begun, "x", lambda _: [rated("x")], via=wrong)
            case "evaluation":
                change = events.EvaluationCreated.model_construct(name=wrong, content_hash=content.hash)
                record.begin("other", "x", change, content)
            case "file":
                record.change(begun, "x", lambda _: [rated("x")], files=[("f" * 64, wrong, b"x")], content=content)
            case "reason":
                record.change(begun, "x", lambda _: [rated("fine"), rated(wrong)], files=[("f" * 64, "x", b"x")])
            case "conflict":
                said = {"vendors": ("alder",), "conflicts": {"alder": wrong}}
                record.change(begun, "x", lambda _: [events.InterestsDeclared(evaluator="Amara", **said)])

    before = everything(database)
    with pytest.raises(UserError, match=r"contains characters that are no text\. Type it anew\.$"):
        attempt()
    assert everything(database) == before


def test_backslashes_and_every_other_character_are_text(record, begun, rated, assert_whole):
    reason = "\\u0000 \\\\u0000 \x01 \x7f \ufffe 😀 é"
    assert record.change(begun, "x", lambda _: [rated(reason)]).ratings["alder", "Q1", "Amara"].reason == reason
    assert_whole(record, begun)


def test_every_facilitator_key_is_forgotten_at_once(record):
    now = datetime.now(UTC)
    record.keep_facilitator_key("a" * 64, now, now + timedelta(days=1))
    record.keep_facilitator_key("b" * 64, now, now + timedelta(days=1))
    record.keep_facilitator_key("c" * 64, now - timedelta(days=2), now - timedelta(days=1))
    assert record.forget_facilitator_keys() == 2
    assert [record.facilitator_key_expires(letter * 64) for letter in "abc"] == [None, None, None]
    assert record.forget_facilitator_keys() == 0


def test_a_facilitator_key_holds_until_it_expires(record):
    now = datetime(2026, 11, 2, 12, tzinfo=UTC)
    record.keep_facilitator_key("a" * 64, now, now + timedelta(hours=1))
    record.keep_facilitator_key("b" * 64, now, now + timedelta(hours=1, microseconds=1))
    assert record.facilitator_key_expires("a" * 64) == now + timedelta(hours=1)
    assert record.facilitator_key_expires("f" * 64) is None
    record.keep_facilitator_key("c" * 64, now + timedelta(hours=1), now + timedelta(hours=2))
    kept = [record.facilitator_key_expires(letter * 64) for letter in "abc"]
    assert kept == [None, now + timedelta(hours=1, microseconds=1), now + timedelta(hours=2)]


@pytest.fixture
def busy(database):
    """The record of a database that another program is writing to, and for which it does not wait."""
    engine = open_engine(database)
    sa.event.listen(engine, "checkout", lambda raw, *_: raw.execute("PRAGMA busy_timeout=1"))
    other = sqlite3.connect(database.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield Record(engine)
    other.execute("ROLLBACK")
    other.close()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_database_that_somebody_else_writes_to_is_told_in_words(begun, busy, content, rated):
    change = events.EvaluationCreated(name="Another", content_hash=content.hash)
    for attempt in (
        lambda: busy.change(begun, "x", lambda _: [rated("late")]),
        lambda: busy.begin("another", "x", change, content),
        lambda: busy.keep_facilitator_key("a" * 64, datetime.now(UTC), datetime.now(UTC)),
    ):
        with pytest.raises(UserError, match=r"^Another program is writing to the database\. Try again\.$"):
            attempt()
    assert busy.evaluation(begun).ratings == {}


def test_a_database_that_fails_while_it_is_read_or_changed_is_told_in_words(database, begun, content, rated):
    other = reopened(database)
    with open_engine(database).begin() as connection:
        connection.execute(sa.text("DROP TABLE events"))
    change = events.EvaluationCreated(name="Another", content_hash=content.hash)
    for attempt in (
        lambda: other.evaluation(begun),
        lambda: other.change(begun, "x", lambda _: [rated("lost")]),
        lambda: other.begin("another", "x", change, content),
    ):
        with pytest.raises(UserError, match=r"^The database cannot be used: .*\bevents\b.* Check that it can be"):
            attempt()
