"""From a commit in another process to whoever waits for it here, against asking for the sequence once a second."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import time
from pathlib import Path
from statistics import quantiles
from typing import Any

import sqlalchemy as sa

from ii_vendor.model import events
from ii_vendor.model.content import Content
from ii_vendor.store import News, Record, open_engine, tables

EVENTS = 50
ENOUGH = 30.0
"""Seconds within which every event must be heard of."""

WRITER = """
import sys, time
from ii_vendor.model.events import RatingRecorded
from ii_vendor.store import Record, open_engine

url, evaluation = sys.argv[1:]
record = Record(open_engine(url))
record.evaluation(evaluation)
print("ready", flush=True)
for number, _ in enumerate(sys.stdin):
    rating = RatingRecorded(
        evaluator="Amara", vendor="alder", question="Q1", level=number % 5, grade="trial", reason=f"{number}", quote="",
        response_version=1,
    )
    record.change(evaluation, "Amara", lambda _: [rating])
    print(time.clock_gettime(time.CLOCK_MONOTONIC), flush=True)
"""


class Listeners:
    """Two that wait for the same events in this process: one by the news, one that asks every second."""

    def __init__(self, url: str, evaluation: str) -> None:
        self.evaluation, self._engine = evaluation, open_engine(url)
        self.news = News(open_engine(url))
        self.known = self.news.wait(evaluation, 0, ENOUGH)

    def stop(self) -> None:
        self.news.stop()

    async def heard(self, by: str, after: int) -> float:
        """When an event after ``after`` is known, on the clock of all processes, in seconds."""
        if by == "news":
            assert await self.news.after(self.evaluation, after, ENOUGH) > after
        else:
            while await asyncio.to_thread(self._sequence) <= after:
                await asyncio.sleep(1.0)
        return time.clock_gettime(time.CLOCK_MONOTONIC)

    def _sequence(self) -> int:
        column = tables.evaluations.c
        with self._engine.connect() as connection:
            query = sa.select(column.sequence).where(column.id == self.evaluation)
            return int(connection.execute(query).scalar_one())


async def seconds_until_heard(by: str, listeners: Listeners, writer: subprocess.Popen[str]) -> list[float]:
    """Seconds from each commit, as the other process has it back, to its being known here; 0 where it was before."""
    took = []
    for _ in range(EVENTS):
        after = listeners.known
        waiting = asyncio.ensure_future(listeners.heard(by, after))
        # Events come at any time within the second.
        await asyncio.sleep(random.uniform(0.05, 1.05))
        print(file=writer.stdin, flush=True)
        committed = float(await asyncio.to_thread(writer.stdout.readline))
        took.append(max(0.0, await waiting - committed))
        listeners.known = after + 1
    return took


def test_a_change_in_another_process_is_heard_of(benchmark: Any, database: str, content: Content) -> None:
    record = Record(open_engine(database))
    key = record.begin("panel", "x", events.EvaluationCreated(name="Panel", content_hash=content.hash), content).id
    record.change(
        key,
        "x",
        lambda _: [
            events.EvaluatorAdded(name="Amara", discipline="operations"),
            events.VendorAdded(vendor="alder", name="Alder"),
        ],
    )
    listeners = Listeners(database, key)
    command = [sys.executable, "-c", WRITER, database, key]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as writer:
        assert writer.stdout and writer.stdin
        assert writer.stdout.readline() == "ready\n"
        asked = asyncio.run(seconds_until_heard("asking", listeners, writer))
        told = benchmark.pedantic(
            lambda: asyncio.run(seconds_until_heard("news", listeners, writer)), rounds=1, iterations=1
        )
        writer.stdin.close()
    listeners.stop()

    assert record.evaluation(key).sequence == listeners.known == 3 + 2 * EVENTS
    for what, took in (("asking_each_second", asked), ("news", told)):
        assert len(took) == EVENTS
        benchmark.extra_info[f"{what}_p50_ms"] = round(1000 * quantiles(took, n=20)[9], 1)
        benchmark.extra_info[f"{what}_p95_ms"] = round(1000 * quantiles(took, n=20)[18], 1)
        benchmark.extra_info[f"{what}_most_ms"] = round(1000 * max(took), 1)
    print(json.dumps(benchmark.extra_info, indent=2))
