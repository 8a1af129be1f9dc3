"""Twenty evaluators who rate for a minute from two app processes on PostgreSQL, against bare INSERTs by as many.

``II_VENDOR_BENCHMARK_SECONDS`` makes it shorter or longer.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles
from typing import Any

import pytest

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.content import Content
from ii_vendor.model.events import RatingRecorded
from ii_vendor.model.response import Response
from ii_vendor.model.seat import Discipline, Stage
from ii_vendor.store import Record, open_engine
from ii_vendor.store.audit import audit

SECONDS = float(os.environ.get("II_VENDOR_BENCHMARK_SECONDS", "60"))
BARE_SECONDS = 15.0
PANEL = [f"Evaluator-{number}" for number in range(20)]

APP_PROCESS = """
import json, sys, threading, time
import sqlalchemy as sa
from ii_vendor.evaluations import Evaluations
from ii_vendor.model.events import RatingRecorded
from ii_vendor.store import Record, open_engine

QUESTIONS = ("Q1", "Q2", "L1", "L2")

how, url, evaluation, seconds, *panel = sys.argv[1:]
engine = open_engine(url)
door, took = Evaluations(Record(engine), "facilitator"), {name: [] for name in panel}
own = {name: door.acting_as(name) for name in panel}
together = threading.Barrier(len(panel))

def rating(name, number):
    return RatingRecorded(
        evaluator=name, vendor="alder", question=QUESTIONS[number % 4], level=number % 5, grade="trial",
        reason=f"{name} {number}", quote="", response_version=1,
    )

def bare(name, number):
    with engine.begin() as connection:
        insert = "INSERT INTO bare (writer, number, body) VALUES (:writer, :number, :body)"
        body = rating(name, number).model_dump_json()
        connection.execute(sa.text(insert), {"writer": name, "number": number, "body": body})

def rate(name, number):
    said = rating(name, number)
    own[name].rate(
        evaluation, name, said.vendor, said.question, said.level, grade=said.grade, reason=said.reason
    )

def work(name):
    write, number = {"bare": bare, "rate": rate}[how], 0
    together.wait()
    until = time.monotonic() + float(seconds)
    while time.monotonic() < until:
        started = time.perf_counter()
        write(name, number)
        took[name].append(time.perf_counter() - started)
        number += 1

threads = [threading.Thread(target=work, args=(name,)) for name in panel]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(json.dumps(took))
"""


def seconds_taken(how: str, url: str, evaluation: str, seconds: float) -> dict[str, list[float]]:
    """By writer, how long each acknowledged write took, with ten writers in each of two processes."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", APP_PROCESS, how, url, evaluation, str(seconds), *half],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        for half in (PANEL[:10], PANEL[10:])
    ]
    said = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    return {name: took for each in said for name, took in json.loads(each).items()}


@pytest.fixture
def scoring(evaluations: Evaluations, content: Content, response_of: Callable[..., Response]) -> str:
    """The id of an evaluation in which twenty evaluators, who declared no conflict, rate Alder."""
    key = evaluations.create("Panel", content).id
    for name in PANEL:
        evaluations.add_evaluator(key, name, Discipline.operations)
    evaluations.accept_response(key, response_of("Alder"), b"alder")
    for name in PANEL:
        evaluations.declare(key, name)
    evaluations.go_to(key, Stage.scoring)
    return key


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_twenty_evaluators_write_for_a_minute_from_two_processes(
    benchmark: Any, database: str, scoring: str, postgresql_server: Any
) -> None:
    # Every commit waits for the disk, as on a server that people rely on.
    postgresql_server.tell("ALTER SYSTEM SET fsync = on", "SELECT pg_reload_conf()")
    engine = open_engine(database)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE bare (writer text, number integer, body text)")
    bare = seconds_taken("bare", database, scoring, BARE_SECONDS)
    took = benchmark.pedantic(seconds_taken, ("rate", database, scoring, SECONDS), rounds=1, iterations=1)

    recorded = Record(engine).events(scoring)
    saved = [event.change.reason for event in recorded if isinstance(event.change, RatingRecorded)]
    acknowledged = [f"{name} {number}" for name, each in took.items() for number in range(len(each))]
    assert sorted(saved) == sorted(acknowledged)
    assert audit(engine, scoring).faults == ()

    for what, found, seconds in (("bare_inserts", bare, BARE_SECONDS), ("changes", took, SECONDS)):
        every = [one for each in found.values() for one in each]
        benchmark.extra_info[f"{what}_per_second"] = round(len(every) / seconds, 1)
        benchmark.extra_info[f"{what}_p50_ms"] = round(1000 * quantiles(every, n=20)[9], 1)
        benchmark.extra_info[f"{what}_p95_ms"] = round(1000 * quantiles(every, n=20)[18], 1)
    per_second = benchmark.extra_info
    ratio = per_second["changes_per_second"] / per_second["bare_inserts_per_second"]
    benchmark.extra_info["ratio_to_bare_inserts"] = round(ratio, 3)
    benchmark.extra_info["lost"] = len(set(acknowledged) - set(saved))
    benchmark.extra_info["doubled"] = len(saved) - len(set(saved))
    print(json.dumps(benchmark.extra_info, indent=2))
