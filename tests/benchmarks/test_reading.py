"""A foreign workbook of 2 000 questions through guard and sandbox, measured against bare openpyxl."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from ii_vendor.intake.raw import RawWorkbook, raw_workbook
from ii_vendor.intake.sandbox import Sandbox

QUESTIONS = 2_000
TITLES = ("ID", "Control area", "Question", "Answer", "Comment")


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Questions with an answer and a comment each, no two alike."""
    path = tmp_path_factory.mktemp("workbooks") / "foreign.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Questions")
        sheet.write_row(0, 0, TITLES)
        for n in range(1, QUESTIONS + 1):
            row = (
                f"{n // 50 + 1}.{n % 50:02}",
                f"Area {n // 50 + 1}",
                f"Does part {n} of the plant keep running when your service cannot be reached?",
                ("Yes", "No", "NA")[n % 3],
                f"The collector of part {n} keeps its copy for {n % 96} hours.",
            )
            sheet.write_row(n, 0, row)
    return path


def read_bare(path: Path) -> int:
    """What openpyxl alone takes: every cell of every sheet, in this process."""
    book = openpyxl.load_workbook(path)
    return sum(cell.value is not None for sheet in book for row in sheet.iter_rows() for cell in row)


def test_reading_two_thousand_questions(benchmark: Any, workbook: Path) -> None:
    def read() -> RawWorkbook:
        return raw_workbook(sandbox.read(workbook))

    with Sandbox() as sandbox:
        read()
        book = benchmark.pedantic(read, rounds=7, iterations=1)
    bare = []
    for _ in range(7):
        started = time.perf_counter()
        assert read_bare(workbook) == len(book.sheets[0].cells) == len(TITLES) * (QUESTIONS + 1)
        bare.append(time.perf_counter() - started)
    benchmark.extra_info["bare_openpyxl_seconds"] = round(min(bare), 3)
    benchmark.extra_info["ratio_to_bare_openpyxl"] = round(benchmark.stats.stats.min / min(bare), 2)
