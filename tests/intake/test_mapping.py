"""What vendors do to a workbook, and what is said about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

SIX = "Six critical questions"
FLOWS = "Data Exchange Agreement"
Returned = Callable[[Callable[[Any], None]], Any]


def row_of(sheet: Any, key: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == key)


def column_of(sheet: Any, role: str) -> int:
    return next(column for column in range(1, 20) if sheet.cell(1, column).value == role)


def answer_cell(book: Any, question: str = "Q1", role: str = "answer", sheet: str = SIX) -> Any:
    return book[sheet].cell(row_of(book[sheet], f"q:{question}"), column_of(book[sheet], role))


def said(intake: Any, words: str) -> Any:
    """The one problem that says ``words``."""
    found = [problem for problem in intake.problems if words in problem.message]
    assert len(found) == 1, intake.problems
    return found[0]


def test_a_formula_in_an_answer_is_flagged_and_its_stored_result_kept(asked: Any, filled: Path, tmp_path: Path) -> None:
    import re
    import zipfile

    spoilt = tmp_path / "formula.xlsx"
    with zipfile.ZipFile(filled) as old, zipfile.ZipFile(spoilt, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet2.xml":
                formula = rb'<c r="E8" s="1" t="str"><f>IF(TRUE,"No","")</f><v>Yes &amp; no</v></c>'
                data, done = re.subn(rb'<c r="E8"[^>]*>.*?</c>', formula, data, count=1)
                assert done == 1
            new.writestr(name, data)
    (intake,) = asked.read(spoilt)
    problem = said(intake, "is a formula")
    assert (problem.severity, problem.place) == ("warning", f"{SIX}!E8")
    assert intake.response.answer("Q1").cells[0].text == "Yes & no"


def test_a_formula_without_a_result_keeps_the_workbook_out(returned: Returned) -> None:
    def edit(book: Any) -> None:
        answer_cell(book).value = "=A1"

    intake = returned(edit)
    assert said(intake, "without a stored result").severity == "error"
    assert intake.response is None


def test_a_partly_wrong_workbook_is_never_half_imported(returned: Returned) -> None:
    def edit(book: Any) -> None:
        book[SIX].delete_rows(row_of(book[SIX], "q:Q3"))

    intake = returned(edit)
    problem = said(intake, "row of question Q3 is missing")
    assert (problem.severity, problem.sheet) == ("error", SIX)
    assert intake.response is None


def test_a_missing_sheet_keeps_the_workbook_out(returned: Returned) -> None:
    intake = returned(lambda book: book.remove(book[FLOWS]))
    assert said(intake, FLOWS).severity == "error"
    assert intake.response is None


def test_a_missing_section_keeps_an_older_workbook_out_too(asked: Any, filled: Path) -> None:
    from dataclasses import replace

    book = openpyxl.load_workbook(filled, rich_text=True)
    book.remove(book[FLOWS])
    book.save(filled)
    (intake,) = replace(asked, content_hash="f" * 64).read(filled)
    problem = said(intake, f"'{FLOWS}' is missing")
    assert problem.severity == "error"
    assert "whole workbook" in problem.remedy
    assert intake.response is None


@pytest.mark.parametrize("content_hash", ["", "f" * 64])
def test_a_workbook_without_any_answer_is_refused(asked: Any, tmp_path: Path, content_hash: str) -> None:
    from dataclasses import replace

    blank = asked.write(tmp_path / "blank.xlsx", prefill={})
    (intake,) = (replace(asked, content_hash=content_hash) if content_hash else asked).read(blank)
    assert said(intake, "No question is answered: is this the filled copy?").severity == "error"
    assert intake.response is None


def without(section: Any, *questions: str) -> Any:
    kept = tuple(question for question in section.questions if question.id not in questions)
    return section.model_copy(update={"questions": kept})


def older(asked: Any, **left_out: tuple[str, ...]) -> Any:
    """What was asked before some questions were added to their sections."""
    from dataclasses import replace

    questionnaires = tuple(
        questionnaire.model_copy(
            update={"sections": tuple(without(s, *left_out.get(s.id, ())) for s in questionnaire.sections)}
        )
        for questionnaire in asked.questionnaires
    )
    ids = {question for questions in left_out.values() for question in questions}
    answers = {key: answer for key, answer in asked.answers.items() if key not in ids}
    return replace(asked, questionnaires=questionnaires, content_hash="f" * 64, answers=answers)


def test_an_older_workbook_is_read_and_the_questions_it_does_not_have_are_named(asked: Any, tmp_path: Path) -> None:
    before = older(asked, six_questions=("Q5", "Q6"), dea=("DEA-6",))
    (intake,) = asked.read(before.write(tmp_path / "old.xlsx"))
    named = [(p.severity, p.sheet, p.message) for p in intake.problems if "every question" in p.message]
    assert named == [
        ("warning", SIX, "This sheet does not have every question that is asked now. Missing: Q5, Q6."),
        ("warning", FLOWS, "This sheet does not have every question that is asked now. Missing: DEA-6."),
    ]
    assert intake.response.answer("Q1").answered
    assert not intake.response.answer("Q6").answered


def test_an_older_sheet_with_none_of_the_questions_is_refused(asked: Any, tmp_path: Path) -> None:
    path = asked.write(tmp_path / "old.xlsx", vendor="V")
    book = openpyxl.load_workbook(path, rich_text=True)
    first = row_of(book[SIX], "q:Q1")
    book[SIX].delete_rows(first, 6)
    book.save(path)
    from dataclasses import replace

    (intake,) = replace(asked, content_hash="f" * 64).read(path)
    assert said(intake, "None of the questions of the section").severity == "error"
    assert intake.response is None


def test_an_added_row_with_words_is_refused_with_its_place(returned: Returned) -> None:
    def edit(book: Any) -> None:
        sheet = book[SIX]
        sheet.cell(sheet.max_row + 1, column_of(sheet, "answer")).value = "And one more thing"

    intake = returned(edit)
    problem = said(intake, "was added")
    assert (problem.severity, problem.place) == ("error", f"{SIX}!E14")
    assert intake.response is None


def test_a_question_id_that_stands_twice_with_answers_is_refused(returned: Returned) -> None:
    def edit(book: Any) -> None:
        sheet = book[SIX]
        for column in range(1, sheet.max_column + 1):
            sheet.cell(sheet.max_row + (column == 1), column).value = sheet.cell(row_of(sheet, "q:Q1"), column).value

    intake = returned(edit)
    assert said(intake, "Q1 stands in this sheet more than once").severity == "error"


def test_a_pasted_over_dropdown_is_told_and_the_words_are_kept(returned: Returned) -> None:
    def edit(book: Any) -> None:
        answer_cell(book, "L1", "choice", "Lock-in standards…").value = "Yes, mostly"

    intake = returned(edit)
    assert said(intake, "not one of the choices").severity == "warning"
    assert intake.response.answer("L1").choice == "Yes, mostly"


def test_an_answer_written_under_evidence_is_told_with_its_cell(returned: Returned) -> None:
    def misplace(book: Any) -> None:
        answer_cell(book, role="evidence").value = answer_cell(book).value
        answer_cell(book).value = None

    problem = said(returned(misplace), "words under evidence and no answer")
    assert (problem.severity, problem.sheet) == ("warning", SIX)
    assert problem.cell.startswith("F")


def test_struck_out_words_are_told(returned: Returned) -> None:
    def edit(book: Any) -> None:
        answer_cell(book, "Q1").value = CellRichText("We ", TextBlock(InlineFont(strike=True), "never "), "need it.")
        answer_cell(book, "Q2").font = Font(strike=True)

    intake = returned(edit)
    assert [p.message for p in intake.problems if "struck out" in p.message and "“never”" in p.message]
    assert sum("struck out" in p.message for p in intake.problems) == 2
    assert intake.response.answer("Q1").cells[0].text == "We never need it."


def test_an_error_cell_keeps_the_workbook_out(returned: Returned) -> None:
    def edit(book: Any) -> None:
        cell = answer_cell(book)
        cell.value = "#REF!"
        cell.data_type = "e"

    intake = returned(edit)
    assert "#REF!" in said(intake, "instead of words").message
    assert intake.response is None


def test_hidden_rows_and_sheets_are_read_and_told(returned: Returned) -> None:
    def edit(book: Any) -> None:
        book[SIX].row_dimensions[row_of(book[SIX], "q:Q1")].hidden = True
        book[FLOWS].sheet_state = "hidden"

    intake = returned(edit)
    assert "E8" in [problem.cell for problem in intake.problems if "hidden row or column" in problem.message]
    assert said(intake, "sheet is hidden").sheet == FLOWS
    assert intake.response.answer("Q1").answered
    assert intake.response.answer("DEA-1").answered


def test_what_many_cells_have_in_common_is_told_once(returned: Returned) -> None:
    def edit(book: Any) -> None:
        for row in range(8, 14):
            book[SIX].row_dimensions[row].hidden = True
            book[SIX][f"E{row}"].value = "Run on."
            book[SIX][f"F{row}"].value = "=A1"

    intake = returned(edit)
    hidden, formulas = said(intake, "hidden row or column"), said(intake, "is a formula")
    assert (hidden.cell, formulas.cell) == ("E8", "F8")
    assert "The same holds for E9, E10, E11, E12 and E13." in hidden.message
    assert "The same holds for F9, F10, F11, F12 and F13." in formulas.message


def test_rows_that_are_missing_are_told_together(returned: Returned) -> None:
    intake = returned(lambda book: book[SIX].delete_rows(row_of(book[SIX], "q:Q2"), 3))
    assert said(intake, "rows of questions Q2, Q3 and Q4 are missing").severity == "error"


def test_comments_on_cells_are_told(returned: Returned) -> None:
    def edit(book: Any) -> None:
        book[SIX]["E8"].comment = Comment("Only with the cloud.", "Ada")

    assert said(returned(edit), "comments on cells").severity == "warning"


def test_text_outside_the_answer_cells_is_told_word_for_word(returned: Returned) -> None:
    def edit(book: Any) -> None:
        sheet = book[SIX]
        sheet.cell(row_of(sheet, "q:Q1"), 15).value = "See also our brochure"
        sheet.cell(row_of(sheet, "q:Q2"), column_of(sheet, "guidance")).value = "Answered in the guidance cell"

    intake = returned(edit)
    assert said(intake, "See also our brochure").severity == "warning"
    assert said(intake, "Answered in the guidance cell").severity == "warning"
    assert intake.response is not None


def test_sheets_and_rows_may_be_moved_renamed_and_inserted(asked: Any, filled: Path, returned: Returned) -> None:
    before = asked.read(filled)[0].response

    def edit(book: Any) -> None:
        book[SIX].title = "Our answers"
        book.move_sheet("Our answers", 2)
        book[FLOWS].insert_rows(row_of(book[FLOWS], "row:2"))

    after = returned(edit).response
    assert [a.text for a in after.answers] == [a.text for a in before.answers]


def test_without_hidden_marks_the_ids_that_can_be_seen_are_used(asked: Any, filled: Path, returned: Returned) -> None:
    before = asked.read(filled)[0].response

    def edit(book: Any) -> None:
        for sheet in book:
            if sheet.title not in ("Instructions", "Lists"):
                for merged in list(sheet.merged_cells.ranges):
                    sheet.unmerge_cells(str(merged))
                sheet.delete_cols(1)
                sheet.delete_rows(1)

    intake = returned(edit)
    assert intake.response is not None, intake.problems
    assert [a.text for a in intake.response.answers] == [a.text for a in before.answers]
    assert {problem.severity for problem in intake.problems} == {"note"}
    assert all("lost its hidden marks" in problem.message for problem in intake.problems)


def delete_keys(sheet: Any) -> None:
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.delete_cols(1)


def clear_keys(sheet: Any) -> None:
    for row in range(1, sheet.max_row + 1):
        sheet.cell(row, 1).value = None


def clear_all_but_the_corner(sheet: Any) -> None:
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 1).value = None


@pytest.mark.parametrize("spoil", [delete_keys, clear_keys, clear_all_but_the_corner])
def test_a_lost_key_column_loses_no_answer_and_none_of_our_own_texts_is_taken_for_the_vendors(
    asked: Any, filled: Path, returned: Returned, spoil: Callable[[Any], None]
) -> None:
    before = asked.read(filled)[0].response

    def edit(book: Any) -> None:
        for sheet in book:
            if sheet.title != "Lists":
                spoil(sheet)

    intake = returned(edit)
    assert [problem for problem in intake.problems if problem.severity != "note"] == []
    assert [a.text for a in intake.response.answers] == [a.text for a in before.answers]
    assert [a.evidence for a in intake.response.answers] == [a.evidence for a in before.answers]
    assert intake.response.vendor == before.vendor


def test_words_pasted_over_the_keys_are_told_and_the_answers_are_still_found(
    asked: Any, filled: Path, returned: Returned
) -> None:
    before = asked.read(filled)[0].response
    pasted = []

    def edit(book: Any) -> None:
        for row in range(2, 10):
            cell = book[SIX].cell(row, 1)
            cell.value = f"pasted {row}"
            pasted.append(f"{SIX}!{cell.coordinate}")

    intake = returned(edit)
    (problem,) = [problem for problem in intake.problems if problem.severity != "note"]
    assert all(place.partition("!")[2] in problem.message for place in pasted)
    assert [a.text for a in intake.response.answers] == [a.text for a in before.answers]


def test_an_inserted_row_in_a_table_of_flows_is_one_more_flow(returned: Returned) -> None:
    def edit(book: Any) -> None:
        sheet = book[FLOWS]
        row = row_of(sheet, "row:3")
        sheet.insert_rows(row)
        sheet.cell(row, column_of(sheet, "name")).value = "Video"
        sheet.cell(row, column_of(sheet, "answer:DEA-1")).value = "camera 7"

    cells = returned(edit).response.answer("DEA-1").cells
    assert [(cell.row, cell.text) for cell in cells][-1] == ("Video", "camera 7")


def test_a_flow_without_a_name_gets_its_number(returned: Returned) -> None:
    def edit(book: Any) -> None:
        sheet = book[FLOWS]
        sheet.cell(row_of(sheet, "row:2"), column_of(sheet, "name")).value = None

    response = returned(edit).response
    assert [cell.row for cell in response.answer("DEA-2").cells] == ["Historian copy", "Data flow 2"]


def test_an_older_template_is_told_and_read(asked: Any, tmp_path: Path) -> None:
    older = asked.write(tmp_path / "old.xlsx")
    from dataclasses import replace

    (intake,) = replace(asked, content_hash="f" * 64).read(older)
    assert said(intake, "another version of the questions").severity == "warning"
    assert intake.response.template_hash == asked.content_hash


def test_a_vendors_own_layout_is_not_taken_for_ours(asked: Any, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Question", "Answer"])
    book.active.append(["Who are you?", "We are"])
    book.save(tmp_path / "own.xlsx")
    (intake,) = asked.read(tmp_path / "own.xlsx")
    assert intake.response is None
    assert said(intake, "not our response workbook").remedy


def test_a_workbook_without_a_vendor_name_says_so(asked: Any, tmp_path: Path) -> None:
    (intake,) = asked.read(asked.write(tmp_path / "f.xlsx", vendor=""))
    assert said(intake, "which vendor").severity == "warning"


@pytest.mark.parametrize(
    "name", ["  Northgate Controls ", "Northgate\nControls", "\tNorthgate\r\n Controls\n", "Northgate\x85Controls"]
)
def test_a_vendor_name_is_one_clean_line(asked: Any, tmp_path: Path, name: str) -> None:
    (intake,) = asked.read(asked.write(tmp_path / "f.xlsx", vendor=name))
    assert intake.response.vendor == "Northgate Controls"


@pytest.mark.parametrize(
    ("value", "format_", "text"),
    [(1.1, "0.00", "1.10"), (0.999, "0.0%", "99.9%"), (72, "General", "72"), (True, "General", "TRUE")],
)
def test_numbers_are_read_as_the_vendor_saw_them(returned: Returned, value: object, format_: str, text: str) -> None:
    def edit(book: Any) -> None:
        cell = answer_cell(book)
        cell.value = value
        cell.number_format = format_

    assert returned(edit).response.answer("Q1").cells[0].text == text


def test_sheets_that_are_not_ours_are_named(returned: Returned) -> None:
    def edit(book: Any) -> None:
        book.create_sheet("Brochure")["A1"] = "Buy more"

    assert said(returned(edit), "not part of the response workbook").sheet == "Brochure"
