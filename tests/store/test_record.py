"""The record: appended only, chained by hash, and whole whatever happens to the process."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from ii_vendor.errors import UserError
from ii_vendor.evaluations import Evaluations, Refused
from ii_vendor.model.base import canonical_json
from ii_vendor.model.panel import FlagState
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.report.plain import record_jsonl
from ii_vendor.store import NoSuchEvaluation, Record, open_engine, tables
from ii_vendor.store.record import GENESIS, event_hash

ROOT = Path(__file__).resolve().parents[2]

RATE_FOREVER = """
import itertools, sys
from ii_vendor.evaluations import Evaluations
from ii_vendor.store import Record, open_engine
url, evaluation, evaluator, most = sys.argv[1:]
service = Evaluations(Record(open_engine(url)), evaluator)
for number in itertools.islice(itertools.count(), int(most)):
    service.rate(evaluation, evaluator, "alder", "Q1", number % 5, reason=f"{evaluator} {number}")
    print(number, flush=True)
"""


def rating_process(database: str, evaluation: str, evaluator: str, most: int = 1_000_000) -> subprocess.Popen[str]:
    """A process of its own that rates as fast as it can and prints the number of each acknowledged rating."""
    return subprocess.Popen(
        [sys.executable, "-c", RATE_FOREVER, database, evaluation, evaluator, str(most)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )


def reopened(database: str) -> Evaluations:
    """The service as a new process would see it."""
    return Evaluations(Record(open_engine(database)), "somebody")


def assert_whole_chain(events):
    """Every event carries the hash of the one before it, and its own is what its words give."""
    previous = GENESIS
    for number, event in enumerate(events, 1):
        assert event.sequence == number
        assert event.previous_hash == previous
        said = canonical_json(event.change)
        assert event.hash == event_hash(event.evaluation, number, event.at, event.actor, said, previous)
        previous = event.hash


@pytest.mark.parametrize("acknowledged", [1, 7, 30])
def test_nothing_acknowledged_is_lost_when_the_process_is_killed(database, renewal, acknowledged):
    with rating_process(database, renewal, "Amara") as process:
        seen = [int(process.stdout.readline()) for _ in range(acknowledged)]
        process.send_signal(signal.SIGKILL)
        seen += [int(line) for line in process.stdout.read().split()]
    service = reopened(database)
    events = service.history(service.get(renewal))
    reasons = [event.change.reason for event in events if event.change.kind == "rating recorded"]
    assert reasons[: len(seen)] == [f"Amara {number}" for number in seen]
    assert_whole_chain(events)
    service.rate(renewal, "Ben", "alder", "Q1", 2, reason="work goes on")


def test_processes_and_threads_that_write_at_once_lose_nothing(database, renewal):
    before = len(reopened(database).history(reopened(database).get(renewal)))
    service = reopened(database)
    for name in ("Chen", "Dana"):
        service.add_evaluator(renewal, name, next(iter(service.get(renewal).evaluators)).discipline)

    def rate(evaluator: str) -> None:
        for number in range(15):
            service.acting_as(evaluator).rate(renewal, evaluator, "alder", "Q2", number % 5, reason=f"{number}")

    processes = [rating_process(database, renewal, name, 15) for name in ("Amara", "Ben")]
    threads = [threading.Thread(target=rate, args=(name,)) for name in ("Chen", "Dana")]
    for thread in threads:
        thread.start()
    for waited in (*threads, *processes):
        waited.join() if isinstance(waited, threading.Thread) else waited.communicate()
    assert [process.returncode for process in processes] == [0, 0]
    events = service.history(service.get(renewal))
    assert len(events) == before + 2 + 4 * 15
    assert_whole_chain(events)


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


def test_two_may_start_an_evaluation_of_the_same_name_at_once(database, content):
    services, together, made = [reopened(database), reopened(database)], threading.Barrier(2), []

    def create(service: Evaluations) -> None:
        together.wait()
        made.append(service.create("Renewal", content).id)

    threads = [threading.Thread(target=create, args=(service,)) for service in services]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 2
    assert {each.id for each in services[0].listing()} == set(made)


def test_every_event_is_chained_to_the_one_before(evaluations, renewal):
    evaluations.rate(renewal, "Amara", "alder", "Q1", 1, reason="é – “quoted” ☃", quote="Operations stop")
    evaluation = evaluations.get(renewal)
    events = evaluations.history(evaluation)
    assert_whole_chain(events)
    assert (evaluation.sequence, evaluation.record_hash) == (len(events), events[-1].hash)


def test_a_changed_word_in_the_database_breaks_the_chain(database, evaluations, renewal):
    evaluations.rate(renewal, "Amara", "alder", "Q1", 1, reason="as it was")
    engine = open_engine(database)
    with engine.begin() as connection:
        changed = sa.func.replace(tables.events.c.change, "as it was", "as we say")
        connection.execute(sa.update(tables.events).values(change=changed))
    with pytest.raises(AssertionError):
        assert_whole_chain(Record(engine).events(renewal))


def test_the_exported_record_says_everything_the_database_does(evaluations, renewal):
    events = evaluations.history(evaluations.get(renewal))
    lines = [json.loads(line) for line in record_jsonl(events).splitlines()]
    assert [line["hash"] for line in lines] == [event.hash for event in events]
    assert [canonical_json(line["change"]) for line in lines] == [canonical_json(event.change) for event in events]


def test_a_fresh_start_sees_the_same_evaluation(database, evaluations, response_of, profile_with, renewal):
    steps = [
        lambda: evaluations.rate(renewal, "Amara", "alder", "Q1", 3, grade=EvidenceGrade.trial, reason="seen"),
        lambda: evaluations.rate(renewal, "Amara", "alder", "Q1", None, reason="changed my mind"),
        lambda: evaluations.decide_flag(renewal, "alder/Q1-stops", FlagState.accepted, reason="we know", owner="Ines"),
        lambda: evaluations.raise_flag(renewal, "birch", "L2", statement="No plan at all", gate=True),
        lambda: evaluations.accept_response(
            renewal, response_of("Alder", L2="Ask us.", original=b"alder 2"), b"alder 2"
        ),
        lambda: evaluations.adopt_profile(renewal, profile_with(autonomy=10), reason="tried"),
        lambda: evaluations.add_vendor(renewal, "Cedar"),
    ]
    for step in steps:
        after = step()
        assert reopened(database).get(renewal) == after
        assert Record(open_engine(database)).evaluation(renewal).model_dump() == after.model_dump()
    service = reopened(database)
    assert service.compare(service.get(renewal)) == evaluations.compare(evaluations.get(renewal))


def test_another_process_sees_what_this_one_did(database, evaluations, renewal):
    other = reopened(database)
    assert other.get(renewal).ratings == {}
    evaluations.rate(renewal, "Amara", "alder", "Q1", 3, reason="seen")
    assert len(other.get(renewal).ratings) == 1


def test_a_refused_change_leaves_nothing_behind(database, evaluations, renewal, content, response_of):
    engine = open_engine(database)

    def everything() -> list[tuple[object, ...]]:
        with engine.connect() as connection:
            return [
                tuple(row) for table in tables.metadata.sorted_tables for row in connection.execute(sa.select(table))
            ]

    def decide(_: object) -> list[object]:
        raise Refused("no")

    before = everything()
    with pytest.raises(Refused):
        Record(engine).change(renewal, "somebody", decide, content=content, files=[("f" * 64, "x.xlsx", b"x")])
    with pytest.raises(Refused):
        evaluations.accept_response(renewal, response_of("Alder", Q9="?", original=b"other"), b"other", vendor="nobody")
    assert everything() == before


def test_the_frozen_content_is_read_back_to_the_letter(database, content, renewal):
    record = Record(open_engine(database))
    frozen = record.content(record.evaluation(renewal).content_hash)
    assert frozen == content
    assert frozen.hash == content.hash


def test_original_files_are_kept_as_they_came(evaluations, renewal):
    received = evaluations.get(renewal).received("alder")
    assert evaluations.original(received.response.file.sha256) == ("Alder.xlsx", b"alder")


def test_an_unknown_evaluation_is_named_with_those_there_are(evaluations, renewal):
    with pytest.raises(NoSuchEvaluation, match=f"no evaluation 'other'. There are: {renewal}"):
        evaluations.get("other")


@pytest.fixture
def busy(database):
    """The service on a database that another program is writing to, and for which it does not wait."""
    engine = open_engine(database)
    sa.event.listen(engine, "checkout", lambda raw, *_: raw.execute("PRAGMA busy_timeout=1"))
    with sqlite3.connect(database.removeprefix("sqlite:///"), isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        yield Evaluations(Record(engine), "somebody")
        other.execute("ROLLBACK")
    other.close()


def test_a_database_that_somebody_else_writes_to_is_told_in_words(renewal, busy, content):
    for change in (
        lambda: busy.rate(renewal, "Amara", "alder", "Q1", 1, reason="x"),
        lambda: busy.create("Another", content),
    ):
        with pytest.raises(UserError, match=r"^Another program is writing to the database\. Try again\.$"):
            change()
    assert busy.get(renewal).ratings == {}


def test_a_database_that_fails_while_it_is_read_or_changed_is_told_in_words(database, evaluations, renewal, content):
    with open_engine(database).begin() as connection:
        connection.execute(sa.text("DROP TABLE events"))
    for attempt in (
        lambda: evaluations.get(renewal),
        lambda: evaluations.rate(renewal, "Amara", "alder", "Q1", 1, reason="x"),
        lambda: evaluations.create("Another", content),
    ):
        with pytest.raises(UserError, match=r"The database cannot be used: no such table: events\. Check"):
            attempt()
