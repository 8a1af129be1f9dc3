"""A record with an evaluation in it, and processes that write to it and may be killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from ii_vendor.model import events
from ii_vendor.model.content import Content
from ii_vendor.model.events import Event, RatingRecorded
from ii_vendor.model.response import Response
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.store import Record, open_engine
from ii_vendor.store.audit import audit

HERE = Path(__file__).parent


@pytest.fixture
def record(database: str) -> Record:
    """The record of a database that nobody else uses."""
    return Record(open_engine(database))


@pytest.fixture
def begun(record: Record, content: Content, response_of: Callable[..., Response]) -> str:
    """The id of an evaluation with Amara on the panel and the response of Alder."""
    change = events.EvaluationCreated(name="Renewal", content_hash=content.hash)
    key = record.begin("renewal", "somebody", change, content).id
    response = response_of("Alder")
    record.change(
        key,
        "somebody",
        lambda _: [
            events.EvaluatorAdded(name="Amara", discipline="operations"),
            events.VendorAdded(vendor="alder", name="Alder"),
            events.ResponseAccepted(vendor="alder", version=1, response=response, findings=()),
        ],
        files=[(response.file.sha256, response.file.name, b"alder")],
    )
    return key


@pytest.fixture(scope="session")
def rated() -> Callable[..., RatingRecorded]:
    """An event in which Amara, or another, rates Alder."""

    def build(reason: str, level: int | None = 3, evaluator: str = "Amara", question: str = "Q1") -> RatingRecorded:
        return RatingRecorded(
            evaluator=evaluator,
            vendor="alder",
            question=question,
            level=level,
            grade=EvidenceGrade.trial,
            reason=reason,
            quote="",
            response_version=1,
        )

    return build


@pytest.fixture(scope="session")
def assert_whole() -> Callable[[Record, str], None]:
    """Fails unless the audit finds nothing wrong with an evaluation: its events, their end, and all they refer to."""

    def check(record: Record, evaluation: str) -> None:
        found = audit(record.engine, evaluation)
        assert found.faults == ()
        assert len(found.entries) == record.evaluation(evaluation).sequence

    return check


class Writers:
    """Processes that write to a record as fast as they can."""

    def __init__(self, mother: subprocess.Popen[str], folder: Path) -> None:
        self._mother = mother
        self.folder = folder

    def start(self, url: str, evaluation: str, *writers: str, **job: float) -> int:
        """Start one process with a thread for each writer; gives its process id."""
        job_in_words = {"url": url, "evaluation": evaluation, "writers": writers, "first": 0}
        return self._ask(json.dumps(job_in_words | {"acknowledged": str(self.folder)} | job))

    def wait(self, process: int) -> int:
        """Wait for the end of a process: 0, or the negative number of the signal that ended it."""
        return self._ask(f"wait {process}")

    def acknowledged(self, writer: str) -> list[int]:
        """The numbers of all changes of this writer that it was told are saved."""
        noted = self.folder / writer
        return [int(line) for line in noted.read_text().splitlines()] if noted.exists() else []

    def wait_for_more(self, writer: str, told: int) -> None:
        """Wait until this writer was told of more than ``told`` changes that they are saved."""
        until = time.monotonic() + 30
        while len(self.acknowledged(writer)) <= told:
            assert time.monotonic() < until, "the writer does not write"
            time.sleep(0.001)

    def saved(self, found: Sequence[Event]) -> dict[str, list[int]]:
        """By writer, the numbers of the changes in a record, in order. Fails where a change is not all there."""
        parts = Counter(event.change.reason for event in found if isinstance(event.change, RatingRecorded))
        assert set(parts.values()) <= {3}
        numbers: dict[str, list[int]] = {}
        for reason in parts:
            writer, number = reason.split()
            numbers.setdefault(writer, []).append(int(number))
        return numbers

    def _ask(self, line: str) -> int:
        print(line, file=self._mother.stdin, flush=True)
        return int(self._mother.stdout.readline())


@pytest.fixture(scope="session")
def writer_process() -> Iterator[subprocess.Popen[str]]:
    """The process that others are forked from."""
    environment = os.environ | {"PYTHONPATH": str(HERE.parents[1])}
    command = [sys.executable, str(HERE / "writer.py")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as mother:
        yield mother
        mother.stdin.close()


@pytest.fixture
def writers(writer_process: subprocess.Popen[str], tmp_path: Path) -> Writers:
    """Processes that write, and what each was told is saved."""
    folder = tmp_path / "acknowledged"
    folder.mkdir()
    return Writers(writer_process, folder)
