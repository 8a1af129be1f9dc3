"""Who answers: the input cells of the first sheet of a returned workbook."""

from __future__ import annotations

from ii_vendor.intake import layout
from ii_vendor.intake.notes import Notes
from ii_vendor.intake.raw import RawSheet, RawWorkbook
from ii_vendor.intake.returned.sheetmap import SheetMap, named_cell


def about(book: RawWorkbook, instructions: SheetMap | None, key: str, notes: Notes) -> str:
    """What stands in an input cell: found by its mark, by the label beside it, or by its defined name."""
    row = instructions.row_of(key) if instructions else 0
    if instructions and row:
        return notes.words(instructions.sheet, row, instructions.roles.get("input"))
    for sheet in book.sheets:
        place = _cell_after_label(sheet, key)
        if place:
            return notes.words(sheet, *place)
    named = named_cell(book, f"ii.{key}")
    sheet_named = next((sheet for sheet in book.sheets if named and sheet.name == named[0]), None)
    return notes.words(sheet_named, named[1], named[2]) if named and sheet_named else ""


def is_first_sheet(sheet: RawSheet, instructions: SheetMap | None) -> bool:
    """Whether the sheet asks who answers."""
    marked = instructions is not None and instructions.sheet is sheet
    return marked or _cell_after_label(sheet, "vendor") is not None


def _cell_after_label(sheet: RawSheet, key: str) -> tuple[int, int] | None:
    """Row and column of an input cell, by the label that people see beside it."""
    labels = (cell for cell in sheet.cells.values() if cell.text.strip() == layout.INPUT_LABELS[key])
    return next(((cell.row, cell.column + 1) for cell in labels), None)
