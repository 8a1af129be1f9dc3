"""Answers in the wrong place of our workbook: what they look like, where they stand, and where they should go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

SIX = "Six critical questions"
FLOWS = "Data Exchange Agreement"
LOCK_IN = "Lock-in standards…"
SLA = "Service Level Agreement"
Edit = Callable[[Any], None]
Returned = Callable[[Edit], Any]
FIRST, LAST = 8, 13
"""Rows of Q1 and Q6; the answers stand in column E."""


def told(intake: Any, words: str) -> Any:
    found = [problem for problem in intake.problems if words in problem.message]
    assert len(found) == 1, [(p.severity, p.place, p.message) for p in intake.problems]
    return found[0]


def put(cell: Any, value: Any) -> None:
    """Write a value as text, which openpyxl would take for a formula where it begins with an equals sign."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def shift(sheet: Any, column: str, rows: range, by: int) -> None:
    """Move the cells of one column down (or up), as "insert cells, shift down" does."""
    values = {row: sheet[f"{column}{row}"].value for row in rows}
    for row in rows:
        sheet[f"{column}{row}"].value = None
    for row, value in values.items():
        sheet[f"{column}{row + by}"].value = value


@pytest.mark.parametrize(
    ("column", "what"), [("D", "guidance"), ("C", "question"), ("H", "references"), ("G", "status"), ("K", "beside")]
)
def test_an_answer_in_a_column_of_ours_is_told_with_the_cell_where_it_belongs(
    returned: Returned, column: str, what: str
) -> None:
    def edit(book: Any) -> None:
        book[SIX][f"{column}12"].value = f"Operations go on without it ({what})."

    intake = returned(edit)
    problem = told(intake, f"“Operations go on without it ({what}).”")
    assert (problem.severity, problem.place) == ("warning", f"{SIX}!{column}12")
    assert "looks like the answer to Q5, which is empty" in problem.message
    assert "E12" in problem.remedy
    assert intake.response is not None


def test_words_beside_an_answer_are_told_and_not_taken_for_the_answer(returned: Returned) -> None:
    def edit(book: Any) -> None:
        book[SIX]["K8"].value = "See brochure"

    problem = told(returned(edit), "“See brochure”")
    assert "looks like" not in problem.message


def test_a_whole_column_of_answers_in_the_wrong_place_is_told_once(returned: Returned) -> None:
    def edit(book: Any) -> None:
        sheet = book[SIX]
        sheet["K7"].value = "Our response"
        for row in range(FIRST, LAST + 1):
            sheet[f"E{row}"].value = None
            sheet[f"K{row}"].value = f"Answer {row}"

    problem = told(returned(edit), "6 answers seem to stand in the wrong column")
    assert (problem.severity, problem.place) == ("warning", f"{SIX}!K8")
    assert all(f"Q{n} (K{row})" in problem.message for n, row in enumerate(range(FIRST, LAST + 1), 1))
    assert "column E" in problem.remedy


def test_an_answer_in_the_grey_choice_cell_of_a_question_without_choices_is_told(returned: Returned) -> None:
    def edit(book: Any) -> None:
        book[LOCK_IN]["E9"].value = "Fifteen years"

    problem = told(returned(edit), "“Fifteen years”")
    assert (problem.severity, problem.place) == ("warning", f"{LOCK_IN}!E9")
    assert "looks like the answer to L3" in problem.message


def test_dashes_in_grey_cells_are_no_words(returned: Returned) -> None:
    def edit(book: Any) -> None:
        book[LOCK_IN]["E9"].value = "–"
        book[SIX]["K9"].value = "---"

    assert returned(edit).problems == ()


def test_a_number_overwritten_with_words_is_told_and_the_row_still_found(returned: Returned) -> None:
    def edit(book: Any) -> None:
        book[SIX]["B8"].value = "done, see annex"

    intake = returned(edit)
    assert told(intake, "“done, see annex”").place == f"{SIX}!B8"
    assert intake.response.answer("Q1").text.startswith("Operations run on.")


def test_words_written_above_the_table_are_told(returned: Returned) -> None:
    def edit(book: Any) -> None:
        book[SIX]["B4"].value = "All answers hold for release 9."

    assert told(returned(edit), "“All answers hold for release 9.”").place == f"{SIX}!B4"


def test_answers_moved_down_by_a_row_are_told(returned: Returned) -> None:
    def edit(book: Any) -> None:
        for row in range(FIRST, LAST + 1):
            book[SIX][f"E{row}"].value = f"Answer {row}"
        shift(book[SIX], "E", range(FIRST, LAST + 1), 1)

    intake = returned(edit)
    problem = told(intake, "Row 14")
    assert (problem.severity, problem.place) == ("error", f"{SIX}!E14")
    assert "moved down" in problem.message
    assert intake.response is None


def test_choices_moved_by_a_row_are_told_by_the_question_they_belong_to(returned: Returned) -> None:
    def edit(book: Any) -> None:
        shift(book[LOCK_IN], "E", range(7, 9), 1)

    problem = told(returned(edit), "“Partly” is not one of the choices")
    assert problem.place == f"{LOCK_IN}!E8"
    assert "It is a choice of L1" in problem.message


@pytest.mark.parametrize("column", ["B", "C"])
def test_a_column_sorted_by_itself_keeps_the_workbook_out(returned: Returned, column: str) -> None:
    def edit(book: Any) -> None:
        sheet = book[SIX]
        values = [sheet[f"{column}{row}"].value for row in range(FIRST, LAST + 1)]
        for row, value in zip(range(FIRST, LAST + 1), [*values[1:], values[0]], strict=True):
            sheet[f"{column}{row}"].value = value

    intake = returned(edit)
    problem = told(intake, "do not belong together")
    assert (problem.severity, problem.place) == ("error", f"{SIX}!B8")
    assert "rows 8, 9 and 10" in problem.message
    assert intake.response is None


def test_visible_rows_sorted_without_the_hidden_column_are_read_by_what_the_vendor_saw(
    asked: Any, filled: Path, returned: Returned
) -> None:
    before = asked.read(filled)[0].response

    def edit(book: Any) -> None:
        sheet = book[SIX]
        rows = [[sheet.cell(row, column).value for column in range(2, 9)] for row in range(FIRST, LAST + 1)]
        for row, values in zip(range(FIRST, LAST + 1), reversed(rows), strict=True):
            for column, value in enumerate(values, 2):
                put(sheet.cell(row, column), value)

    intake = returned(edit)
    assert [a.text for a in intake.response.answers] == [a.text for a in before.answers]
    assert [a.evidence for a in intake.response.answers] == [a.evidence for a in before.answers]


@pytest.mark.parametrize("retitled", ["", "E7", "F7"])
def test_columns_moved_by_hand_are_read_by_their_titles_even_where_one_was_changed(
    asked: Any, filled: Path, returned: Returned, retitled: str
) -> None:
    before = asked.read(filled)[0].response

    def edit(book: Any) -> None:
        sheet = book[SIX]
        for row in range(7, LAST + 1):
            answer, evidence = sheet[f"E{row}"], sheet[f"F{row}"]
            old = answer.value
            put(answer, evidence.value)
            put(evidence, old)
        if retitled:
            sheet[retitled].value = "In our words"

    intake = returned(edit)
    assert told(intake, "moved by hand").severity == "note"
    assert [a.text for a in intake.response.answers] == [a.text for a in before.answers]
    assert [a.evidence for a in intake.response.answers] == [a.evidence for a in before.answers]


def test_columns_turned_about_whose_titles_leave_a_choice_keep_the_workbook_out(returned: Returned) -> None:
    def edit(book: Any) -> None:
        sheet = book[SLA]
        for row in range(6, 9):
            first, second, third = (sheet[f"{column}{row}"].value for column in "EFG")
            for column, value in zip("EFG", (third, first, second), strict=True):
                sheet[f"{column}{row}"].value = value
        sheet["E6"].value, sheet["G6"].value = "Level", "Proof"

    intake = returned(edit)
    assert told(intake, "A column for answers is missing").sheet == SLA
    assert intake.response is None


@pytest.mark.parametrize("rows_deleted", [0, 2], ids=["whole", "without guidance and references"])
def test_a_table_of_flows_without_marks_and_numbers_takes_none_of_our_words_for_the_vendors(
    asked: Any, filled: Path, returned: Returned, rows_deleted: int
) -> None:
    before = asked.read(filled)[0].response

    def edit(book: Any) -> None:
        sheet = book[FLOWS]
        for row in range(1, sheet.max_row + 1):
            sheet.cell(row, 1).value = None
            if str(sheet.cell(row, 2).value).isdecimal():
                sheet.cell(row, 2).value = None
        if rows_deleted:
            sheet.delete_rows(9, rows_deleted)

    answers = returned(edit).response.answers
    assert [a.text for a in answers] == [a.text for a in before.answers]
    assert [a.evidence for a in answers] == [a.evidence for a in before.answers]


def test_a_table_of_flows_without_column_titles_keeps_the_workbook_out(returned: Returned) -> None:
    def edit(book: Any) -> None:
        for row in range(2, book[FLOWS].max_row + 1):
            book[FLOWS].cell(row, 1).value = None
        book[FLOWS]["B7"].value = "Nr."

    intake = returned(edit)
    assert told(intake, "titles of the columns are missing").sheet == FLOWS
    assert intake.response is None


def test_words_beneath_a_list_in_the_column_of_numbers_are_told(returned: Returned) -> None:
    def edit(book: Any) -> None:
        book[SIX]["B16"].value = "* subject to contract"

    assert told(returned(edit), "“* subject to contract”").place == f"{SIX}!B16"


def test_a_remark_beneath_a_list_that_is_answered_is_kept_beside_the_response(returned: Returned) -> None:
    def edit(book: Any) -> None:
        for row in range(FIRST, LAST + 1):
            book[SIX][f"E{row}"].value = f"Answer {row}"
        book[SIX]["E15"].value = "All figures hold for release 9."

    intake = returned(edit)
    problem = told(intake, "“All figures hold for release 9.”")
    assert (problem.severity, problem.place) == ("warning", f"{SIX}!E15")
    assert [each.answer for each in intake.response.attachments] == ["All figures hold for release 9."]


def test_words_on_the_first_sheet_are_told_where_nothing_is_asked(returned: Returned) -> None:
    def edit(book: Any) -> None:
        sheet = book["Instructions"]
        vendor = next(row for row in range(1, 30) if sheet.cell(row, 1).value == "vendor")
        sheet.cell(vendor, 2).value = "Vendor: Northgate, a company of Southgate"
        sheet.cell(vendor, 8).value = "Offer 4711"
        sheet.cell(sheet.max_row + 2, 2).value = "All answers hold for release 9."

    intake = returned(edit)
    for words in ("a company of Southgate", "Offer 4711", "release 9"):
        assert (told(intake, words).severity, told(intake, words).sheet) == ("warning", "Instructions")


def test_an_answer_merged_over_several_questions_counts_for_each_of_them(returned: Returned) -> None:
    def edit(book: Any) -> None:
        book[SIX].merge_cells("E8:E10")

    intake = returned(edit)
    problem = told(intake, "E8:E10")
    assert (problem.severity, problem.place) == ("warning", f"{SIX}!E8")
    assert "Q1, Q2 and Q3 alike" in problem.message
    answers = [intake.response.answer(f"Q{n}").cells[0] for n in (1, 2, 3)]
    assert {(cell.text, cell.address) for cell in answers} == {
        ("Operations run on.\n\nThe collector keeps 72 h of data.", f"{SIX}!E8")
    }


def test_the_name_of_a_flow_merged_over_its_rows_names_each(returned: Returned) -> None:
    def edit(book: Any) -> None:
        book[FLOWS].merge_cells("C11:C12")

    cells = returned(edit).response.answer("DEA-1").cells
    assert [cell.row for cell in cells] == ["Historian copy", "Historian copy"]


@pytest.mark.parametrize(
    ("written", "taken"), [("partly ", "Partly"), ("PARTLY", "Partly"), ("Partly.", "Partly"), ("  no", "No")]
)
def test_a_choice_that_is_plainly_the_same_is_taken_with_a_note(returned: Returned, written: str, taken: str) -> None:
    def edit(book: Any) -> None:
        book[LOCK_IN]["E7"].value = written

    intake = returned(edit)
    assert told(intake, f"“{written}” was taken as the choice “{taken}”").severity == "note"
    assert intake.response.answer("L1").choice == taken


@pytest.mark.parametrize(
    ("written", "near"), [("Partially", "Partly"), ("Yes, mostly", "Yes"), ("No - from 2027", "No"), ("Not yet", "")]
)
def test_a_choice_that_is_only_like_one_is_told_and_kept_as_written(
    returned: Returned, written: str, near: str
) -> None:
    def edit(book: Any) -> None:
        book[LOCK_IN]["E7"].value = written

    intake = returned(edit)
    problem = told(intake, "not one of the choices")
    assert (problem.severity, problem.place) == ("warning", f"{LOCK_IN}!E7")
    assert (f"It looks like “{near}”" in problem.message) == bool(near)
    assert intake.response.answer("L1").choice == written


def test_a_choice_written_under_the_answer_is_taken(returned: Returned) -> None:
    def edit(book: Any) -> None:
        book[LOCK_IN]["E7"].value = None
        book[LOCK_IN]["F7"].value = "yes"

    intake = returned(edit)
    assert told(intake, "stands under the answer").severity == "note"
    assert intake.response.answer("L1").choice == "Yes"


def test_a_choice_in_a_table_is_held_to_its_options(returned: Returned) -> None:
    def edit(book: Any) -> None:
        sheet = book[SLA]
        row = next(row for row in range(1, 30) if sheet.cell(row, 1).value == "q:SLA-1")
        sheet[f"G{row}"].value = " 99.9 % "

    intake = returned(edit)
    assert told(intake, "was taken as the choice “99.9 %”").severity == "note"
    assert intake.response.answer("SLA-1").cells[-1].text == "99.9 %"


def copy_of(book: Any, title: str = f"{SIX} (2)") -> Any:
    copied = book.copy_worksheet(book[SIX])
    copied.title = title
    return copied


def test_a_copy_of_a_section_that_says_the_same_is_left_out(asked: Any, filled: Path, returned: Returned) -> None:
    before = asked.read(filled)[0].response
    intake = returned(lambda book: copy_of(book))
    assert told(intake, "says the same").severity == "note"
    assert [a.text for a in intake.response.answers] == [a.text for a in before.answers]


def test_an_empty_original_beside_a_filled_copy_is_left_out(asked: Any, filled: Path, returned: Returned) -> None:
    before = asked.read(filled)[0].response

    def edit(book: Any) -> None:
        copy_of(book)
        for row in range(FIRST, LAST + 1):
            book[SIX][f"E{row}"].value = book[SIX][f"F{row}"].value = None

    intake = returned(edit)
    assert told(intake, "empty copy").sheet == SIX
    assert [a.text for a in intake.response.answers] == [a.text for a in before.answers]


def test_copies_of_a_section_that_disagree_keep_the_workbook_out(returned: Returned) -> None:
    def edit(book: Any) -> None:
        copy_of(book)["E9"].value = "Something else"

    intake = returned(edit)
    problem = told(intake, "more than once")
    assert (problem.severity, problem.sheet) == ("error", f"{SIX} (2)")
    assert "different answers to Q2" in problem.message
    assert intake.response is None


def test_a_sheet_of_remarks_under_our_titles_is_no_copy_of_a_section(returned: Returned) -> None:
    def edit(book: Any) -> None:
        remarks = book.create_sheet("Remarks")
        remarks.append(["No.", "Your answer", "Evidence: document, page, contact"])
        remarks.append(["Q2", "See also our white paper", "White paper"])

    intake = returned(edit)
    assert told(intake, "not part of the response workbook").sheet == "Remarks"
    assert intake.response is not None


def test_our_own_workbook_is_known_even_for_other_questions(asked: Any, filled: Path, tmp_path: Path) -> None:
    from ii_vendor.intake import is_ours
    from ii_vendor.intake.raw import raw_workbook
    from ii_vendor.intake.sandbox import Sandbox

    book = openpyxl.Workbook()
    book.active.append(["No.", "Question", "Answer", "Evidence"])
    book.active.append(["Q1", "Who are you?", "We are", "Annex"])
    book.save(tmp_path / "own.xlsx")
    with Sandbox() as sandbox:
        ours, theirs = (raw_workbook(sandbox.read(path)) for path in (filled, tmp_path / "own.xlsx"))
    assert is_ours(ours, asked.questionnaires)
    assert is_ours(ours, ())
    assert not is_ours(theirs, asked.questionnaires)
