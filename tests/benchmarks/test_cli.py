"""``ii-vendor --help`` beside a bare import of Typer, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from pytest_benchmark.fixture import BenchmarkFixture

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 21


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)


def _seconds(*arguments: str) -> float:
    started = perf_counter()
    _run(*arguments)
    return perf_counter() - started


def test_help_of_the_command_line(benchmark: BenchmarkFixture):
    ours, bare = ("-m", "ii_vendor", "--help"), ("-c", "import typer")
    for arguments in (bare, ours):
        _run(*arguments)
    pairs = [(_seconds(*bare), _seconds(*ours)) for _ in range(ROUNDS)]
    typer, full = (median(pair[side] for pair in pairs) for side in (0, 1))
    benchmark.extra_info["baseline"] = "python -c 'import typer'"
    benchmark.extra_info["ratio"] = round(full / typer, 2)
    print(f"\nimport typer {typer * 1000:.0f} ms, ii-vendor --help {full * 1000:.0f} ms, ratio {full / typer:.2f}")
    benchmark.pedantic(_run, args=ours, rounds=3)
