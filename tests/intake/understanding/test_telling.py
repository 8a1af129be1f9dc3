"""What is told about a foreign workbook beside its answers."""

from __future__ import annotations

from ii_vendor.intake.raw import RawCell, RawSheet, RawWorkbook
from ii_vendor.intake.understanding import understand


def sheet_of(*cells: RawCell) -> RawSheet:
    titles = [RawCell(1, column, "text", title) for column, title in enumerate(("ID", "Question", "Answer", "Hint"), 1)]
    asked = [
        RawCell(row, column, "text", text)
        for row in range(2, 6)
        for column, text in enumerate((f"A-{row}", f"Is part {row} on site?", "Yes"), 1)
    ]
    return RawSheet("Sheet1", True, {(cell.row, cell.column): cell for cell in (*titles, *asked, *cells)})


def test_errors_and_missing_results_beside_the_answers_are_told_with_their_places() -> None:
    spoilt = (RawCell(2, 4, "error", "#REF!", "=X1"), RawCell(4, 4, "error", "#N/A"), RawCell(5, 4, "blank", "", "=A1"))
    told = understand(RawWorkbook((sheet_of(*spoilt),))).problems
    assert [(each.severity, each.place, each.message) for each in told] == [
        ("note", "Sheet1!D2", "Other cells show an error: D2 and D4."),
        ("note", "Sheet1!D5", "Other cells hold a formula without a stored result: D5."),
    ]


def test_an_error_in_an_answer_is_told_once_and_is_no_answer() -> None:
    layout = understand(RawWorkbook((sheet_of(RawCell(3, 3, "error", "#REF!")),)))
    assert [row.answers[0].answer for row in layout.rows] == ["Yes", "", "Yes", "Yes"]
    assert [(each.severity, each.place) for each in layout.problems] == [("warning", "Sheet1!C3")]


def test_very_many_answers_by_formula_are_read_and_told_together() -> None:
    cells = [RawCell(row, 1, "text", f"B-{row}") for row in range(10, 60)]
    cells += [RawCell(row, 2, "text", f"Is number {row} here?") for row in range(10, 60)]
    cells += [RawCell(row, 3, "text", "Yes", "=Z1") for row in range(10, 60)]
    told = understand(RawWorkbook((sheet_of(*cells),))).problems
    formulas = [each for each in told if "formula" in each.message]
    assert len(formulas) <= 3
    assert "C11" in "".join(each.cell + each.message for each in formulas)
