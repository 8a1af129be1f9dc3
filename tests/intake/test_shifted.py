"""Answers that were all moved by a row are told by what they speak of: on every list of the sample bids."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ii_vendor.demo import sample_content, write_workbooks
from ii_vendor.intake.layout import is_flow_table, section_mark
from ii_vendor.intake.raw import RawSheet, RawWorkbook, raw_workbook
from ii_vendor.intake.returned.response import draft_response
from ii_vendor.intake.returned.sheetmap import marked
from ii_vendor.intake.sandbox import Sandbox
from ii_vendor.library import load_library
from ii_vendor.model.response import Problem, SourceFile

FILE = SourceFile(name="bid.xlsx", sha256="", size=0)


@pytest.fixture(scope="module")
def content() -> Any:
    return sample_content(load_library())


@pytest.fixture(scope="module")
def bids(content: Any, tmp_path_factory: pytest.TempPathFactory) -> list[RawWorkbook]:
    with Sandbox() as sandbox:
        paths = write_workbooks(content, tmp_path_factory.mktemp("bids"))
        return [raw_workbook(sandbox.read(path)) for path in paths]


def suspicions(book: RawWorkbook, content: Any) -> list[Problem]:
    _, problems = draft_response(book, content.questionnaires, content.questionnaire_hash, FILE)
    return [problem for problem in problems if "moved" in problem.message and "by a row" in problem.message]


def shifted(sheet: RawSheet, by: int) -> RawSheet:
    """The answers of one sheet moved by a row; the one that leaves the list is lost."""
    found = marked(sheet)
    assert found is not None
    rows = {row for row, key in found.keys.items() if key.startswith("q:")}
    columns = set(found.answers().values()) | {
        found.roles[role] for role in ("choice", "evidence") if role in found.roles
    }
    cells = {}
    for (row, column), cell in sheet.cells.items():
        ours = row in rows and column in columns
        if not ours:
            cells[row, column] = cell
        elif row + by in rows:
            cells[row + by, column] = cell._replace(row=row + by)
    return replace(sheet, cells=cells)


def test_answers_in_their_own_rows_raise_no_suspicion(bids: list[RawWorkbook], content: Any) -> None:
    assert [suspicions(book, content) for book in bids] == [[] for _ in bids]


def test_short_answers_that_speak_of_no_question_raise_no_suspicion(bids: list[RawWorkbook], content: Any) -> None:
    def shortened(sheet: RawSheet) -> RawSheet:
        found = marked(sheet)
        assert found is not None
        answers = found.answers().values()
        rows = [row for row, key in found.keys.items() if key.startswith("q:")][2:]
        cells = {
            (row, column): cell._replace(text="See our answer above.") if row in rows and column in answers else cell
            for (row, column), cell in sheet.cells.items()
        }
        return replace(sheet, cells=cells)

    for book in bids:
        sheets = tuple(shortened(each) if marked(each) else each for each in book.sheets)
        assert suspicions(replace(book, sheets=sheets), content) == []


@pytest.mark.parametrize(("by", "way"), [(1, "down"), (-1, "up")])
def test_nearly_every_list_that_was_moved_by_a_row_is_told(
    bids: list[RawWorkbook], content: Any, by: int, way: str
) -> None:
    marks = {
        section_mark(questionnaire.id, section.id)
        for questionnaire in content.questionnaires
        for section in questionnaire.sections
        if not is_flow_table(section)
    }
    told, lists = 0, 0
    for book in bids:
        for sheet in book.sheets:
            found = marked(sheet)
            if found is not None and found.mark in marks:
                spoilt = replace(book, sheets=tuple(shifted(s, by) if s is sheet else s for s in book.sheets))
                problems = suspicions(spoilt, content)
                assert {problem.sheet for problem in problems} <= {sheet.name}
                told += any(f"moved {way} by a row" in problem.message for problem in problems)
                lists += 1
    assert lists == 24
    assert lists == 24
    assert told >= 19
