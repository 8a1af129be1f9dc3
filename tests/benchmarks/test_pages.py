"""A rerun of Compare with 20 vendors and 100 questions beside a rerun of an empty page, in one process."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest
import streamlit as st
from pytest_benchmark.fixture import BenchmarkFixture
from streamlit.testing.v1 import AppTest

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.panel import Discipline
from ii_vendor.model.response import SourceFile
from ii_vendor.store import Record, open_engine

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 15


def _generated():
    path = ROOT / "tests" / "report" / "conftest.py"
    spec = importlib.util.spec_from_file_location("generated_evaluations", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.generate(20, 100)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The generated evaluation, recorded through the service as if a panel had worked on it."""
    monkeypatch.setenv("II_VENDOR_DATA", str(tmp_path))
    content, generated = _generated()
    service = Evaluations(Record(open_engine()), "benchmark")
    key = service.create(generated.name, content).id
    for member in generated.evaluators:
        service.add_evaluator(key, member.name, Discipline.operations)
    for vendor in generated.vendors:
        received = generated.received(vendor.id)
        body = vendor.id.encode()
        file = SourceFile(name=f"{vendor.id}.xlsx", sha256=hashlib.sha256(body).hexdigest(), size=len(body))
        response = received.response.model_copy(update={"vendor": vendor.name, "file": file})
        service.accept_response(key, response, body)
    ids = {vendor.id: service.vendor_id(key, vendor.name) for vendor in generated.vendors}
    for rating in list(generated.ratings.values()):
        answer = generated.received(rating.vendor).response.answer(rating.question)
        if rating.level and not answer.answered:
            continue
        service.rate(
            key,
            rating.evaluator,
            ids[rating.vendor],
            rating.question,
            rating.level,
            grade=rating.grade,
            reason="as seen",
        )
    st.cache_resource.clear()


def _seconds(app: AppTest) -> float:
    started = perf_counter()
    app.run()
    return perf_counter() - started


@pytest.mark.usefixtures("database")
def test_rerun_of_compare(benchmark: BenchmarkFixture, tmp_path: Path):
    empty_script = tmp_path / "empty.py"
    empty_script.write_text("import streamlit as st\nst.title('Nothing')\n")
    empty = AppTest.from_file(str(empty_script), default_timeout=60).run()
    compare = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    compare.switch_page(str(ROOT / "ii_vendor" / "pages" / "compare.py")).run()
    assert not compare.exception
    pairs = [(_seconds(empty), _seconds(compare)) for _ in range(ROUNDS)]
    bare, full = (median(pair[side] for pair in pairs) for side in (0, 1))
    benchmark.extra_info["baseline"] = "rerun of a Streamlit page with one title"
    benchmark.extra_info["ratio"] = round(full / bare, 2)
    print(f"\nempty {bare * 1000:.1f} ms, compare {full * 1000:.1f} ms, ratio {full / bare:.2f}")
    benchmark.pedantic(compare.run, rounds=3)
