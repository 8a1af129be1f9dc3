"""How long reading answers takes, beside splitting them into words; and that the time grows with the length alone."""

from __future__ import annotations

import re
from statistics import median
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from ii_vendor.detect import find
from ii_vendor.library import load_library, read_labelled, shipped_folder
from ii_vendor.model.response import Answer, Cell
from ii_vendor.model.signal import SignalSet


@pytest.fixture(scope="module")
def signals() -> SignalSet:
    return load_library().signals


@pytest.fixture(scope="module")
def answers() -> list[Answer]:
    return [each.as_answer() for each in read_labelled([shipped_folder() / "scoring" / "answers"])][::5]


def test_answers_beside_splitting_them_into_words(
    benchmark: BenchmarkFixture, signals: SignalSet, answers: list[Answer]
):
    for answer in answers:
        find(signals, answer)
    words = re.compile(r"\w+")
    start = perf_counter()
    for answer in answers:
        words.findall(answer.text)
    baseline = perf_counter() - start
    each: list[float] = []

    def read() -> None:
        each.clear()
        for answer in answers:
            begun = perf_counter()
            find(signals, answer)
            each.append(perf_counter() - begun)

    benchmark.pedantic(read, rounds=5)
    total = benchmark.stats.stats.median
    print(f"\nmedian {1000 * median(each):.2f} ms an answer; {total / baseline:.0f}x splitting into words")


@pytest.mark.parametrize("kind", ["prose", "one sentence", "one line of odd signs", "one word again and again"])
def test_a_long_answer_beside_one_of_half_its_length(
    benchmark: BenchmarkFixture, signals: SignalSet, answers: list[Answer], kind: str
):
    prose = "\n".join(answer.text for answer in answers)
    piece = {
        "prose": prose,
        "one sentence": re.sub(r"[.:;!?\n]", " ", prose),
        "one line of odd signs": "if not (is, [our] - cloud; " * 2000,
        "one word again and again": "not " * 20_000,
    }[kind]
    text = (piece * (100_000 // len(piece) + 1))[:100_000]

    def read(length: int) -> float:
        start = perf_counter()
        find(signals, Answer(question="Q1", cells=(Cell(text=text[:length]),)))
        return perf_counter() - start

    read(1000)
    half = min(read(50_000) for _ in range(3))
    benchmark.pedantic(read, (100_000,), rounds=3)
    whole = benchmark.stats.stats.min
    print(f"\n{kind}: 100 kB in {1000 * whole:.0f} ms, {whole / half:.1f}x half of it")
