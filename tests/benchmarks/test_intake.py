"""Intake of 200 workbooks of 60 questions, measured against bare openpyxl reading of the same files."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import openpyxl
import psutil
import pytest

from ii_vendor.intake import read_responses, write_template
from ii_vendor.model.questionnaire import Question, Questionnaire, Section
from ii_vendor.model.response import Answer, Cell

FILES = 200
QUESTIONS = 60
HASH = "a" * 64


def questionnaire() -> Questionnaire:
    """Sixty text questions."""
    questions = tuple(
        Question(
            id=f"Q{n}",
            title=f"Question {n}",
            text=f"How does the plant run when part {n} of your service is not there?",
            guidance="Say what operators see and for how long it lasts.",
            evidence=("a test report",),
        )
        for n in range(1, QUESTIONS + 1)
    )
    section = Section(id="all", title="All questions", questions=questions)
    return Questionnaire(id="sixty", title="Sixty questions", version="1", purpose="To measure.", sections=(section,))


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Filled workbooks, no two alike."""
    folder = tmp_path_factory.mktemp("workbooks")
    paths = []
    for file in range(FILES):
        text = f"Operations of site {file} run on. The collector keeps a copy for 72 hours. " * 3
        answers = {
            f"Q{n}": Answer(question=f"Q{n}", cells=(Cell(text=f"{n}. {text}"),)) for n in range(1, QUESTIONS + 1)
        }
        paths.append(folder / f"{file:03}.xlsx")
        write_template([questionnaire()], HASH, paths[-1], vendor=f"Vendor {file}", prefill=answers)
    return paths


def read_bare(paths: list[Path]) -> int:
    """What openpyxl alone takes: every cell of every sheet, in this process."""
    cells = 0
    for path in paths:
        book = openpyxl.load_workbook(path)
        cells += sum(cell.value is not None for sheet in book for row in sheet.iter_rows() for cell in row)
        book.close()
    return cells


def test_intake_of_two_hundred_workbooks(benchmark: Any, workbooks: list[Path]) -> None:
    questionnaires = [questionnaire()]
    read_responses(workbooks[:20], questionnaires, HASH)
    process = psutil.Process()
    before = process.memory_info().rss
    intakes = benchmark.pedantic(read_responses, (workbooks, questionnaires, HASH), rounds=3, iterations=1)
    grown = process.memory_info().rss - before
    started = time.perf_counter()
    assert read_bare(workbooks) > FILES * QUESTIONS
    bare = time.perf_counter() - started
    assert sum(intake.response is not None for intake in intakes) == FILES
    assert all(answer.answered for intake in intakes for answer in intake.response.answers)
    benchmark.extra_info["bare_openpyxl_seconds"] = round(bare, 3)
    benchmark.extra_info["ratio_to_bare_openpyxl"] = round(benchmark.stats.stats.min / bare, 2)
    benchmark.extra_info["memory_grown_mib"] = round(grown / 2**20, 1)
