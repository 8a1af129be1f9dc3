"""Two hundred ballots that vote within ten seconds, beside as many Streamlit sessions that ask once a second.

``pytest -o addopts=--import-mode=importlib tests/benchmarks/test_workshop.py -s``
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles
from typing import Any

import psutil

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.actor import NOBODY
from ii_vendor.model.seat import Discipline
from ii_vendor.model.workshop import Item, Room, Scene, Settings
from ii_vendor.store import Record, open_engine
from ii_vendor.store.audit import audit
from tests.benchmarks.ballots import Phone, Session
from tests.servers import Running

BALLOTS = int(os.environ.get("II_VENDOR_BENCHMARK_BALLOTS", "200"))
BURST = 10.0
"""Seconds within which everybody votes."""

SERVE = ("-m", "ii_vendor", "serve", "--no-browser", "--port", "8890")
POLLING = Path(__file__).with_name("polling_app.py")
STREAMLIT = (
    *("-m", "streamlit", "run", str(POLLING), "--server.port", "8895"),
    *("--server.address", "127.0.0.1", "--server.headless", "true"),
)
VENDOR = "halden-grid-security"


class Hall:
    """A workshop on the sample evaluation with a round open and ``BALLOTS`` guests who have joined."""

    def __init__(self, folder: Path) -> None:
        environment = {**os.environ, "II_VENDOR_DATA": str(folder)}
        demo = [sys.executable, "-m", "ii_vendor", "demo", "--no-serve"]
        subprocess.run(demo, env=environment, check=True, capture_output=True)
        self.engine = open_engine(f"sqlite:///{folder / 'ii-vendor.db'}")
        self.door = Evaluations(Record(self.engine), "Fay")
        self.key = self.door.listing()[0].id
        held = self.door.open_workshop(self.key, Settings(guests=True, auto_reveal=False)).workshop
        assert held
        self.secrets = {}
        visitor = self.door.acting_as(NOBODY)
        for number in range(BALLOTS):
            given = visitor.join(self.key, held.code, f"Guest-{number:03}", Discipline.security)
            self.secrets[given.evaluator] = given.secret
            actor = visitor.ballot_held(self.key, given.secret)
            assert actor
            self.door.acting_as(actor).declare(self.key, given.evaluator)
        item = Item.answer(VENDOR, "Q1")
        self.door.change_room(self.key, lambda _: Room(scene=Scene.item, item=item))
        self.door.open_round(self.key, item)

    def cookie(self, name: str) -> str:
        return f"ii-ballot-{self.key}={self.secrets[name]}"

    def check_nothing_is_lost(self, sent: dict[str, str]) -> None:
        """Every vote that was acknowledged stands in the record, as it was sent, and the chain holds."""
        self.door.reveal(self.key, 1)
        kept = self.door.get(self.key).workshops[-1].rounds[0].votes
        assert {name: vote.choice.value for name, vote in kept.items()} == sent
        assert audit(self.engine, self.key).valid


def percentile(taken: list[float], share: int) -> float:
    """Milliseconds."""
    return 1000 * quantiles(taken, n=100)[share - 1]


def resident(running: Running) -> int:
    return psutil.Process(running.process.pid).memory_info().rss


async def burst(names: list[str], vote: Callable[[str], Any]) -> None:
    """Everybody votes once, at a moment of their own within ``BURST`` seconds."""
    dice = random.Random(6)

    async def one(name: str) -> None:
        await asyncio.sleep(dice.uniform(0, BURST))
        await vote(name)

    await asyncio.gather(*(one(name) for name in names))


async def with_ballots(running: Running, hall: Hall) -> dict[str, float]:
    address = f"http://127.0.0.1:{running.port}"
    names, sent = list(hall.secrets), {}
    begun: dict[str, float] = {}
    seen: dict[str, float] = {}
    acknowledged: list[float] = []
    screen = Phone(address, "")

    def on_screen(said: dict[str, Any], at: float) -> None:
        shown = " ".join(said["parts"].values())
        if 'class="waits"' in shown or "All votes are in." in shown:
            for name in begun.keys() - seen.keys() - set(re.findall(r"Guest-\d{3}", shown)):
                seen[name] = at - begun[name]

    screen.listen(f"/room/{hall.key}/screen/stream", on_screen)
    await screen.ready.wait()
    await asyncio.sleep(2)
    before = resident(running)
    phones = {name: Phone(address, hall.cookie(name)) for name in names}
    for phone in phones.values():
        phone.listen(f"/ballot/{hall.key}/stream", lambda _said, _at: None)
    await asyncio.gather(*(phone.ready.wait() for phone in phones.values()))
    await asyncio.sleep(2)
    growth = resident(running) - before
    process = psutil.Process(running.process.pid)
    worked, started = sum(process.cpu_times()[:2]), time.perf_counter()

    async def vote(name: str) -> None:
        choice = str(names.index(name) % 5)
        begun[name] = time.perf_counter()
        body: dict[str, object] = {"round": 1, "choice": choice, "reason": f"Because of {name}."}
        status, seconds = await phones[name].post(f"/ballot/{hall.key}", body)
        assert status == 200
        acknowledged.append(seconds)
        sent[name] = choice

    await burst(names, vote)
    for _ in range(100):
        if len(seen) == len(names):
            break
        await asyncio.sleep(0.05)
    busy = (sum(process.cpu_times()[:2]) - worked) / (time.perf_counter() - started)
    for phone in (*phones.values(), screen):
        await phone.close()
    assert len(seen) == len(names)
    hall.check_nothing_is_lost(sent)
    return {
        "acknowledged p50 ms": percentile(acknowledged, 50),
        "acknowledged p95 ms": percentile(acknowledged, 95),
        "on the screen p50 ms": percentile(list(seen.values()), 50),
        "on the screen p95 ms": percentile(list(seen.values()), 95),
        "memory kB a ballot": growth / 1024 / len(names),
        "of one core": busy,
    }


async def with_sessions(running: Running, hall: Hall) -> dict[str, float]:
    address = f"http://127.0.0.1:{running.port}"
    names, sent = list(hall.secrets), {}
    begun: dict[str, float] = {}
    seen: dict[str, float] = {}
    acknowledged: list[float] = []
    screen = Session(address, f"evaluation={hall.key}")

    def on_screen(shown: str, at: float) -> None:
        for name in re.findall(r"Guest-\d+", shown):
            if name in begun and name not in seen:
                seen[name] = at - begun[name]

    screen.heard = on_screen
    await screen.open()
    sessions = {name: Session(address, f"evaluation={hall.key}&secret={hall.secrets[name]}") for name in names}
    for session in sessions.values():
        await session.open()

    async def vote(name: str) -> None:
        begun[name] = time.perf_counter()
        acknowledged.append(await sessions[name].vote())
        sent[name] = "3"

    await burst(names, vote)
    for _ in range(200):
        if len(seen) == len(names):
            break
        await asyncio.sleep(0.1)
    for session in (*sessions.values(), screen):
        await session.close()
    assert len(seen) == len(names)
    hall.check_nothing_is_lost(sent)
    return {
        "acknowledged p95 ms": percentile(acknowledged, 95),
        "on the screen p95 ms": percentile(list(seen.values()), 95),
    }


def test_ballots_beside_sessions_that_poll(start: Callable[..., Running], tmp_path: Path):
    measured = {}
    for kind, arguments, drive in (
        ("ballots", SERVE, with_ballots),
        (
            "sessions that poll",
            STREAMLIT,
            with_sessions,
        ),
    ):
        folder = tmp_path / kind.replace(" ", "-")
        folder.mkdir()
        hall = Hall(folder)
        running = start(
            *arguments,
            II_VENDOR_DATA=str(folder),
            STREAMLIT_RUNNER_POST_SCRIPT_GC="false",
            STREAMLIT_BROWSER_GATHER_USAGE_STATS="false",
        )
        measured[kind] = asyncio.run(drive(running, hall))
        running.stop()
        hall.engine.dispose()
    ballots, polled = measured.values()
    measured["polling, as a multiple of ballots"] = {key: polled[key] / ballots[key] for key in polled}
    print(
        json.dumps({kind: {key: round(each, 1) for key, each in of.items()} for kind, of in measured.items()}, indent=2)
    )
