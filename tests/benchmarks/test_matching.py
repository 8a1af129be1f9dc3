"""2 000 foreign questions laid beside all of ours, beside taking the same questions apart into words."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from time import perf_counter

import yaml
from pytest_benchmark.fixture import BenchmarkFixture

from ii_vendor.intake.foreign import negation, similarity_words
from ii_vendor.intake.foreign.matching import match_questions
from ii_vendor.library import load_shared
from ii_vendor.model.workbook import ReadRow, WorkbookLayout

REWRITES = Path(__file__).resolve().parents[1] / "intake" / "foreign" / "rewrites.yaml"
ROWS, ROUNDS = 2000, 7


def _texts() -> list[str]:
    asked = [each for said in yaml.safe_load(REWRITES.read_text("utf-8")).values() for each in said["same"]]
    own = ["Do you keep a list of spare pumps?", "Company name", "Is training offered to new staff every year?"]
    return [f"{asked[n % len(asked)] if n % 3 == 0 else own[n % 3]} ({n})" for n in range(ROWS)]


def _forget() -> None:
    for cached in (negation._signs, similarity_words.words_of):
        cached.cache_clear()


def test_matching_2000_questions(benchmark: BenchmarkFixture):
    library, texts = load_shared(), _texts()
    asked = library.content().questionnaires
    rows = tuple(ReadRow(sheet="Questions", row=n, id=f"X-{n}", question=each) for n, each in enumerate(texts, start=1))
    layout = WorkbookLayout(fingerprint="-", sheets=(), rows=rows)

    def match() -> None:
        _forget()
        match_questions(layout, asked, library.crosswalks, {})

    def words() -> None:
        _forget()
        for text in texts:
            similarity_words.words_of(text)

    pairs = [(_seconds(words), _seconds(match)) for _ in range(ROUNDS)]
    bare, full = (median(pair[side] for pair in pairs) for side in (0, 1))
    benchmark.extra_info["baseline"] = "the words of the same texts"
    benchmark.extra_info["ratio"] = round(full / bare, 2)
    print(f"\nwords {bare * 1000:.0f} ms, matching {full * 1000:.0f} ms for {ROWS} rows")
    benchmark.pedantic(match, rounds=3)


def _seconds(work) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started
