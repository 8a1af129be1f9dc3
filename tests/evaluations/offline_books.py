"""Assignment workbooks of the small evaluation: written, edited as people do, and read back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl

from ii_vendor.evaluations import Evaluations
from ii_vendor.intake import read_assignment
from ii_vendor.intake.assignment_marks import TITLES
from ii_vendor.model.offline import AssignmentComparison, AssignmentFile
from ii_vendor.report.assignment_workbook import write_assignment

Edit = Callable[[Any], None]


def export(service: Evaluations, key: str, person: str, path: Path) -> Path:
    """Write somebody's assignment."""
    assignment = service.assignment(key, person)
    write_assignment(assignment, service.content(assignment.evaluation), path)
    return path


def sheet_of(book: Any) -> Any:
    """The sheet on which answers are rated, whatever it is called by now."""
    return next(sheet for sheet in book if any(cell.value == "Vendor" for row in sheet["A1:Z9"] for cell in row))


def columns(sheet: Any) -> dict[str, int]:
    """The column of each title that people see."""
    for row in sheet["A1:Z9"]:
        found = {str(cell.value).split("\n")[0]: cell.column for cell in row if cell.value}
        if "Vendor" in found:
            return {role: found[title] for role, title in TITLES.items() if title in found}
    raise AssertionError("no titles")


def row_of(sheet: Any, vendor: str, question: str) -> int:
    """The first row of an answer."""
    at = columns(sheet)
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, at["vendor"]).value == vendor:
            shown = str(sheet.cell(row, at["id"]).value).split()[0]
            if shown == question:
                return row
    raise AssertionError(f"no row for {vendor}, {question}")


def put(sheet: Any, vendor: str, question: str, **said: object) -> None:
    """Type into the yellow cells of an answer."""
    row, at = row_of(sheet, vendor, question), columns(sheet)
    for role, value in said.items():
        sheet.cell(row, at[role]).value = value


def rating(vendor: str, question: str, level: object, reason: str = "Seen.", **more: object) -> Edit:
    """Rates one answer in the workbook."""
    return lambda book: put(sheet_of(book), vendor, question, level=level, reason=reason, **more)


def edit(path: Path, *edits: Edit) -> Path:
    """Open a workbook as somebody would, change it, and save it."""
    book = openpyxl.load_workbook(path)
    for change in edits:
        change(book)
    book.save(path)
    return path


def read(path: Path, *edits: Edit) -> AssignmentFile:
    """The workbook as it is read after these edits."""
    return read_assignment(edit(path, *edits))


def states(found: AssignmentComparison) -> dict[tuple[str, str], str]:
    """The state of every answer that is not simply the same or open."""
    return {row.pair: row.state.value for row in found.rows if row.state.value not in ("the same", "not rated")}


def whys(found: AssignmentComparison) -> Iterator[str]:
    """What is said of rows."""
    return (why for row in found.rows for why in row.why)
