"""Whatever is done to our workbook on its way, no answer is read for another question, and none is lost in silence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ii_vendor.intake.raw import RawCell, RawSheet, RawWorkbook, raw_workbook
from ii_vendor.intake.returned.response import map_response
from ii_vendor.intake.sandbox import Sandbox
from ii_vendor.model.response import Answer, Cell, Problem, Response, SourceFile

FILE = SourceFile(name="spoilt.xlsx", sha256="", size=0)
Move = Callable[[int, int], tuple[int, int]]
LISTS = ("Six critical questions", "Lock-in standards…", "Service Level Agreement")
FLOWS = "Data Exchange Agreement"


class Sent:
    """A workbook in which every answer says whose it is, and what reads it when it comes back."""

    def __init__(self, asked: Any, book: RawWorkbook) -> None:
        self.book = book
        self._asked = asked

    def read(self, book: RawWorkbook) -> tuple[Response | None, tuple[Problem, ...]]:
        return map_response(book, self._asked.questionnaires, self._asked.content_hash, FILE)


@dataclass(frozen=True)
class Spoil:
    """Something that happens to a workbook on its way."""

    what: str
    apply: Callable[[RawWorkbook], RawWorkbook] = field(repr=False)


@pytest.fixture(scope="session")
def sent(asked: Any, tmp_path_factory: pytest.TempPathFactory) -> Sent:
    answers = {}
    for questionnaire in asked.questionnaires:
        for section in questionnaire.sections:
            for question in section.questions:
                labels: list[dict[str, str]] = [{}]
                if section.table:
                    flows = section.table.questions_as == "columns"
                    labels = (
                        [{"row": "Copy"}] if flows else [{"column": each.title} for each in section.table.columns[:2]]
                    )
                cells = tuple(Cell(text=f"Words for {question.id}.", **label) for label in labels)
                answers[question.id] = Answer(question=question.id, cells=cells, evidence=f"Annex of {question.id}")
    path = asked.write(tmp_path_factory.mktemp("sent") / "sent.xlsx", prefill=answers)
    with Sandbox() as sandbox:
        return Sent(asked, raw_workbook(sandbox.read(path)))


def moved(sheet: RawSheet, move: Move) -> RawSheet:
    cells = {}
    for (row, column), cell in sheet.cells.items():
        to = move(row, column)
        if 0 not in to:
            cells[to] = cell._replace(row=to[0], column=to[1])
    return replace(sheet, cells=cells, merges=())


def on_sheet(name: str, change: tuple[str, Callable[[RawSheet], RawSheet]]) -> Spoil:
    what, apply = change
    return Spoil(
        f"{what} on {name}",
        lambda book: replace(book, sheets=tuple(apply(s) if s.name.startswith(name[:12]) else s for s in book.sheets)),
    )


def is_answer(cell: RawCell) -> bool:
    return cell.text.startswith(("Words for", "Annex of"))


def rows_of_questions(sheet: RawSheet) -> list[int]:
    keys = {row: cell.text for (row, column), cell in sheet.cells.items() if column == 1}
    return sorted(row for row, key in keys.items() if key.startswith(("q:", "row:")))


def lost_properties(book: RawWorkbook) -> RawWorkbook:
    return replace(book, properties={}, names={})


def renamed(book: RawWorkbook) -> RawWorkbook:
    return replace(
        book, sheets=tuple(replace(each, name=f"{each.name[:20]} v{n}") for n, each in enumerate(book.sheets))
    )


def reordered(book: RawWorkbook) -> RawWorkbook:
    return replace(book, sheets=tuple(reversed(book.sheets)))


Change = tuple[str, Callable[[RawSheet], RawSheet]]


def row_inserted(at: int) -> Change:
    return f"row inserted at {at}", lambda sheet: moved(sheet, lambda row, column: (row + (row >= at), column))


def column_inserted(at: int) -> Change:
    return f"column inserted at {at}", lambda sheet: moved(sheet, lambda row, column: (row, column + (column >= at)))


def marks_cut_off(sheet: RawSheet) -> RawSheet:
    return moved(sheet, lambda row, column: (row - 1, column - 1))


def keys_cleared(sheet: RawSheet) -> RawSheet:
    return moved(sheet, lambda row, column: (row, 0 if column == 1 and row > 1 else column))


def rows_turned(first: int, last: int) -> Change:
    """The rows of questions upside down, in some columns. A column of answers is not turned by itself: that cannot be
    seen."""

    def turn(sheet: RawSheet) -> RawSheet:
        if first == last and any(is_answer(cell) for cell in sheet.cells.values() if cell.column == first):
            return sheet
        rows = rows_of_questions(sheet)
        to = dict(zip(rows, reversed(rows), strict=True))
        return moved(sheet, lambda row, column: (to.get(row, row) if first <= column <= last else row, column))

    return f"columns {first}-{last} turned upside down", turn


def columns_swapped(one: int, other: int, with_marks: bool) -> Change:
    to = {one: other, other: one}
    first = 1 if with_marks else 2
    return (
        f"columns {one} and {other} swapped from row {first}",
        lambda sheet: moved(sheet, lambda row, column: (row, to.get(column, column) if row >= first else column)),
    )


def title_overwritten(column: int) -> Change:
    """The title of a column in other words, where the sheet still has its titles."""

    def overwrite(sheet: RawSheet) -> RawSheet:
        row = next((row for (row, _), cell in sorted(sheet.cells.items()) if cell.text.strip() == "No."), 0)
        title = RawCell(row, column, "text", f"Column {column}")
        return (
            replace(sheet, cells=dict(sheet.cells) | {(row, column): title}) if (row, column) in sheet.cells else sheet
        )

    return f"title of column {column} overwritten", overwrite


def numbers_cleared(sheet: RawSheet) -> RawSheet:
    return moved(sheet, lambda row, column: (0 if sheet.text(row, column).isdecimal() else row, column))


SHEETS = st.sampled_from([*LISTS, FLOWS])
LIST_SHEETS = st.sampled_from(LISTS)
COLUMNS = st.integers(2, 8)
SPOILS: st.SearchStrategy[Spoil] = st.one_of(
    st.sampled_from(
        [Spoil("no properties", lost_properties), Spoil("renamed", renamed), Spoil("reordered", reordered)]
    ),
    st.builds(on_sheet, SHEETS, st.builds(row_inserted, st.integers(1, 14))),
    st.builds(on_sheet, SHEETS, st.builds(column_inserted, st.integers(1, 9))),
    st.builds(on_sheet, SHEETS, st.sampled_from([("marks cut off", marks_cut_off), ("keys cleared", keys_cleared)])),
    st.builds(on_sheet, LIST_SHEETS, st.sampled_from([rows_turned(2, 20), rows_turned(1, 20)])),
    st.builds(on_sheet, LIST_SHEETS, st.builds(lambda column: rows_turned(column, column), st.integers(1, 3))),
    st.builds(on_sheet, SHEETS, st.builds(columns_swapped, COLUMNS, COLUMNS, st.booleans())),
    st.builds(on_sheet, SHEETS, st.builds(title_overwritten, COLUMNS)),
    st.just(on_sheet(FLOWS, ("numbers cleared", numbers_cleared))),
)


def keeps_enough_titles(spoils: list[Spoil]) -> bool:
    """Columns that were moved under the marks cannot be told apart where none of their titles is left."""
    return sum(spoil.what.startswith("title of") for spoil in spoils) < 2


def belongs(answer: Answer) -> bool:
    said = [cell.text for cell in answer.cells if cell.text]
    return set(said) <= {f"Words for {answer.question}."} and answer.evidence in ("", f"Annex of {answer.question}")


@settings(max_examples=300, deadline=None)
@given(spoils=st.lists(SPOILS, min_size=1, max_size=3).filter(keeps_enough_titles))
def test_no_answer_is_read_for_another_question_and_none_is_lost(sent: Sent, spoils: list[Spoil]) -> None:
    book = sent.book
    for spoil in spoils:
        book = spoil.apply(book)
    response, problems = sent.read(book)
    if response is None:
        errors = [problem for problem in problems if problem.severity == "error"]
        assert errors
        assert all(problem.message and problem.remedy for problem in errors)
        return
    assert [answer.question for answer in response.answers if not belongs(answer)] == []
    unread = {answer.question for answer in response.answers if not answer.answered}
    told = " ".join(problem.message for problem in problems)
    assert [question for question in unread if question not in told] == []


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_an_answer_moved_anywhere_on_its_sheet_is_told(sent: Sent, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(LISTS[:2]))
    sheet = next(each for each in sent.book.sheets if each.name == name)
    answers = [cell for cell in sheet.cells.values() if cell.text.startswith("Words for")]
    cell = data.draw(st.sampled_from(answers))
    to = (data.draw(st.integers(2, 20)), data.draw(st.integers(2, 14)))

    def misplace(each: RawSheet) -> RawSheet:
        cells = {place: other for place, other in each.cells.items() if other is not cell}
        return replace(each, cells=cells | {to: RawCell(to[0], to[1], "text", cell.text)})

    response, problems = sent.read(on_sheet(name, ("moved", misplace)).apply(sent.book))
    question = cell.text.removeprefix("Words for ").removesuffix(".")
    at_home = response is not None and response.answer(question).text == cell.text
    overwrites = to in sheet.cells and is_answer(sheet.cells[to])
    assert (
        at_home
        or overwrites
        or any(cell.text in problem.message or question in problem.message for problem in problems)
    )
