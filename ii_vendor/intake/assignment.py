"""An assignment workbook that came back -> what it says of each answer, with the cells of what is unclear."""

from __future__ import annotations

from pathlib import Path

from ii_vendor.intake.assignment_marks import EVALUATION, TITLES, origin_lines, origin_of
from ii_vendor.intake.assignment_sheet import rating_sheets
from ii_vendor.intake.handed_in import Item, taken
from ii_vendor.intake.raw import RawWorkbook, raw_workbook
from ii_vendor.intake.refused import Refused
from ii_vendor.intake.sandbox import Sandbox
from ii_vendor.model.offline import AssignmentFile, OfflineEntry, Origin
from ii_vendor.model.response import Problem, SourceFile

_LABELS = tuple(origin_lines(Origin()))


def read_assignment(path: Path) -> AssignmentFile:
    """Read an assignment workbook in a reading process. Raises Refused where it cannot be read or is none."""
    file, _ = taken(Item(path, path.name))
    with Sandbox() as sandbox:
        book = raw_workbook(sandbox.read(path))
    return assignment_in(book, file)


def assignment_in(book: RawWorkbook, file: SourceFile) -> AssignmentFile:
    """What a workbook says that has been read already. Raises Refused where it is no assignment."""
    sheets = rating_sheets(book)
    if not sheets:
        raise Refused(
            "This workbook is no assignment: no sheet has the columns "
            f"“{TITLES['id']}”, “{TITLES['vendor']}” and “{TITLES['level']}” under each other’s titles.",
            "Bring back the workbook that was downloaded under “Work offline”.",
        )
    entries: list[OfflineEntry] = []
    problems = [Problem(severity="warning", message=words) for words in book.warnings]
    for sheet in sheets:
        entries += sheet.entries()
        problems += sheet.problems()
    origin = _origin(book)
    if not origin.evaluation or not origin.sequence:
        problems.insert(0, _lost())
    return AssignmentFile(file=file, origin=origin, entries=tuple(entries), problems=tuple(problems))


def _origin(book: RawWorkbook) -> Origin:
    """By the document's properties; where they are gone, by what the first sheet says."""
    if book.properties.get(EVALUATION):
        return origin_of(book.properties)
    seen: dict[str, str] = {}
    for sheet in book.sheets:
        for (row, column), cell in sheet.cells.items():
            if cell.text.strip() in _LABELS and cell.text.strip() not in seen:
                right = (sheet.text(row, at) for at in range(column + 1, column + 6))
                seen[cell.text.strip()] = next((text for text in right if text.strip()), "")
    return origin_of(seen)


def _lost() -> Problem:
    return Problem(
        severity="warning",
        message="The workbook no longer says from which state of the evaluation it was written, so every row that "
        "differs from what is recorded is shown as a conflict.",
        remedy="Choose row by row, or enter the ratings into a fresh copy.",
    )
