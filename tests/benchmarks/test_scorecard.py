"""The scorecard of 20 vendors and 100 questions beside bare XlsxWriter writing as many cells of each kind."""

from __future__ import annotations

import importlib.util
import re
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter
from types import ModuleType

import xlsxwriter
from pytest_benchmark.fixture import BenchmarkFixture

from ii_vendor.report.scorecard import write_scorecard
from ii_vendor.score import compare

ROUNDS = 5
COLUMNS = 20


def _evaluations() -> ModuleType:
    """The generator of evaluations that the tests of reports use."""
    path = Path(__file__).resolve().parents[1] / "report" / "conftest.py"
    spec = importlib.util.spec_from_file_location("generated_evaluations", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _cells(workbook: bytes) -> Counter[str]:
    """How many cells of each kind the workbook holds."""
    kinds: Counter[str] = Counter()
    with zipfile.ZipFile(BytesIO(workbook)) as file:
        for name in file.namelist():
            if name.startswith("xl/worksheets/sheet"):
                sheet = file.read(name).decode()
                text, formulas = sheet.count('t="s"'), sheet.count("<f>")
                cells = len(re.findall("<c ", sheet))
                empty = len(re.findall(r"<c [^>]*/>", sheet))
                kinds += Counter(text=text, formula=formulas, empty=empty, number=cells - text - formulas - empty)
    return kinds


def _bare(cells: Counter[str]) -> None:
    """Write as many cells of each kind, 20 a row, one style, short text and a short formula."""
    book = xlsxwriter.Workbook(BytesIO())
    style = book.add_format({"border": 1})
    sheet = book.add_worksheet()
    place = 0
    for kind, count in cells.items():
        for index in range(count):
            row, col = divmod(place, COLUMNS)
            place += 1
            if kind == "text":
                sheet.write_string(row, col, f"text {index % 2_000}", style)
            elif kind == "number":
                sheet.write_number(row, col, index, style)
            elif kind == "formula":
                sheet.write_formula(row, col, "=A1+B1", style, 1.0)
            else:
                sheet.write_blank(row, col, None, style)
    book.close()


def test_a_scorecard_of_20_vendors_and_100_questions(benchmark: BenchmarkFixture) -> None:
    content, evaluation = _evaluations().generate(20, 100)
    comparison = compare(evaluation, content)

    def scorecard() -> bytes:
        out = BytesIO()
        write_scorecard(comparison, evaluation, content, out)
        return out.getvalue()

    cells = _cells(scorecard())
    assert cells["formula"] > 20 * 100 * 4
    bare: list[float] = []

    def time_bare() -> None:
        """Before each round, so that both meet the same load on the machine."""
        start = perf_counter()
        _bare(cells)
        bare.append(perf_counter() - start)

    benchmark.pedantic(scorecard, setup=time_bare, rounds=ROUNDS)
    stats = benchmark.stats.stats
    benchmark.extra_info.update(
        cells=dict(cells), bare_xlsxwriter_s=median(bare), ratio=stats.median / median(bare), target_ratio=2.0
    )
