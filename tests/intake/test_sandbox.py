"""The reading processes: they may die, hang or be killed; the one that serves people does not."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import psutil
import pytest

from ii_vendor.intake import Refused, limits
from ii_vendor.intake.sandbox import Sandbox


def test_a_killed_reader_becomes_a_message_and_is_replaced(filled: Path) -> None:
    with Sandbox() as sandbox:
        sandbox.read(filled)
        first = sandbox.process_ids()[0]
        psutil.Process(first).suspend()
        killer = threading.Timer(0.2, psutil.Process(first).kill)
        killer.start()
        with pytest.raises(Refused, match="brought the reading process down"):
            sandbox.read(filled)
        killer.join()
        assert sandbox.read(filled)["sheets"]
        assert sandbox.process_ids() != [first]


def test_a_reader_that_hangs_is_stopped(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Sandbox() as sandbox:
        sandbox.read(filled)
        hung = psutil.Process(sandbox.process_ids()[0])
        hung.suspend()
        monkeypatch.setattr(limits, "SECONDS_PER_FILE", 0.3)
        with pytest.raises(Refused, match="took longer"):
            sandbox.read(filled)
        assert not hung.is_running()


def test_one_process_reads_many_files(filled: Path) -> None:
    with Sandbox() as sandbox:
        sandbox.read(filled)
        before = sandbox.process_ids()
        for _ in range(5):
            sandbox.read(filled)
        assert sandbox.process_ids() == before


def test_leaving_the_sandbox_ends_its_processes(filled: Path) -> None:
    with Sandbox(2) as sandbox:
        sandbox.read(filled)
        process = psutil.Process(sandbox.process_ids()[0])
    assert not process.is_running()
    assert sandbox.process_ids() == []


def test_a_reply_that_is_too_long_is_refused(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_REPLY_BYTES", 100)
    with Sandbox() as sandbox, pytest.raises(Refused, match="far more than a questionnaire"):
        sandbox.read(filled)


def test_two_readers_work_side_by_side(asked: Any, tmp_path: Path) -> None:
    paths = [asked.write(tmp_path / f"{n}.xlsx", vendor=f"Vendor {n}") for n in range(8)]
    seen: list[tuple[int, int, str]] = []
    intakes = asked.read(*paths, progress=lambda *step: seen.append(step), workers=2)
    assert [intake.response.vendor for intake in intakes] == [f"Vendor {n}" for n in range(8)]
    assert [step[:2] for step in seen] == [(n, 8) for n in range(1, 9)]
    assert {step[2] for step in seen} == {path.name for path in paths}


def test_the_reading_process_is_held_to_its_memory(filled: Path) -> None:
    resource = pytest.importorskip("resource")
    if not hasattr(resource, "prlimit"):
        pytest.skip("this system cannot tell another process's limits")
    with Sandbox() as sandbox:
        sandbox.read(filled)
        assert resource.prlimit(sandbox.process_ids()[0], resource.RLIMIT_AS)[0] == limits.MEMORY_BYTES
