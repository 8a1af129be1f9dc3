"""A layout that a person corrected, or chose for a sheet that was left out, is the one that counts."""

from __future__ import annotations

from ii_vendor.intake.raw import RawCell, RawSheet, RawWorkbook
from ii_vendor.intake.understanding import propose, reread, understand
from ii_vendor.model.workbook import SheetColumn, SheetLayout, SheetTable

ROWS = (
    ("Area", "Contact", "Remark"),
    ("Access", "Ines", "Two people have keys"),
    ("Backup", "Ben", "On site, each night"),
    ("Exit", "Ola", ""),
)


def sheet(name: str = "People") -> RawSheet:
    cells = {
        (row, column): RawCell(row, column, "text", text)
        for row, texts in enumerate(ROWS, 1)
        for column, text in enumerate(texts, 1)
        if text
    }
    return RawSheet(name, True, cells)


def chosen(name: str = "People") -> SheetLayout:
    columns = (SheetColumn(column=1, role="question"), SheetColumn(column=3, role="answer"))
    return SheetLayout(name=name, status="read", tables=(SheetTable(header=(1,), first=2, last=4, columns=columns),))


def test_a_sheet_that_was_left_out_can_be_chosen_by_a_person() -> None:
    assert propose(sheet()).status == "skipped"
    layout = reread(RawWorkbook((sheet(),)), [chosen()])
    read = [(row.question, row.answers[0].answer, row.answers[0].cells["answer"]) for row in layout.rows]
    assert read[:2] == [("Access", "Two people have keys", "C2"), ("Backup", "On site, each night", "C3")]


def test_a_saved_layout_is_used_for_the_sheet_of_that_name_and_no_other() -> None:
    layout = understand(RawWorkbook((sheet(), sheet("Others"))), [chosen()])
    assert [each.status for each in layout.sheets] == ["read", "skipped"]
    assert {row.sheet for row in layout.rows} == {"People"}
