"""What an import would see in a file, without importing it: for any workbook, ours or not."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from typing import Any

from ii_vendor.intake import layout
from ii_vendor.intake.mapping import tell_reading
from ii_vendor.intake.notes import Notes
from ii_vendor.intake.raw import RawCell, RawSheet, column_letters, raw_workbook
from ii_vendor.intake.refused import Refused
from ii_vendor.intake.sandbox import Sandbox
from ii_vendor.intake.sheetmap import SheetMap, marked

Json = dict[str, Any]
_ROLE_WORDS = {
    "id": ("id", "no", "no.", "nr", "nr.", "#", "ref", "number", "question id", "control id"),
    "question": ("question", "questions", "requirement", "control", "control specification", "description"),
    "answer": ("answer", "answers", "response", "your answer", "vendor answer", "vendor response", "csp caiq answer"),
    "comment": ("comment", "comments", "additional information", "notes", "remarks", "explanation"),
    "evidence": ("evidence", "reference", "references", "attachment"),
    "guidance": ("guidance", "hint", "help", "instructions"),
}


def inspect_file(path: Path) -> Json:
    """Sheets with their header, the roles of their columns and their rows by cell address, and every problem.

    Raises Refused for a file that is not read. Takes at most ten seconds.
    """
    try:
        content = path.read_bytes() if path.stat().st_size else b""
        with Sandbox() as sandbox:
            book = raw_workbook(sandbox.read(path))
    except OSError as error:
        raise Refused(f"'{path}' could not be opened ({error.strerror or error}).") from error
    notes = Notes()
    tell_reading(book, notes)
    return {
        "file": {"name": path.name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()},
        "template": {
            "format": book.properties.get(layout.FORMAT_PROPERTY, ""),
            "content_hash": book.properties.get(layout.CONTENT_PROPERTY, ""),
        },
        "sheets": [_sheet(sheet, notes) for sheet in book.sheets],
        "problems": [problem.model_dump() | {"place": problem.place} for problem in notes.problems],
    }


def _sheet(sheet: RawSheet, notes: Notes) -> Json:
    found: Json = {"name": sheet.name, "visibility": "visible" if sheet.visible else "hidden"}
    if sheet.skipped or not any(cell.text.strip() for cell in sheet.cells.values()):
        return found | {"status": "skipped", "why": sheet.skipped or "it is empty", "dimensions": "", "rows": []}
    ours = marked(sheet)
    header, roles = _our_header(ours) if ours else _likely_header(sheet)
    keys = ours.keys if ours else {}
    for cell in sheet.cells.values():
        _tell_cell(sheet, cell, notes, ours)
    return found | {
        "status": "read",
        "why": "",
        "layout": "response workbook" if ours else "unknown",
        "dimensions": _dimensions(sheet),
        "hidden_rows": sorted(sheet.hidden_rows),
        "hidden_columns": [f"{column_letters(first)}:{column_letters(last)}" for first, last in sheet.hidden_columns],
        "merged": list(sheet.merges),
        "header": {"row": header} if header else None,
        "roles": {role: column_letters(column) for role, column in roles.items()},
        "rows": [_row(row, cells, roles, keys.get(row, "")) for row, cells in sheet.rows() if row > header],
    }


def _row(row: int, cells: list[RawCell], roles: dict[str, int], key: str) -> Json:
    by_column = {column: role for role, column in roles.items()}
    found: Json = {"row": row}
    if key:
        found["key"] = key.removeprefix(layout.QUESTION_KEY)
    found["cells"] = [_cell(cell, by_column.get(cell.column, "")) for cell in cells]
    return found


def _cell(cell: RawCell, role: str) -> Json:
    found: Json = {"cell": cell.address, "role": role, "kind": cell.kind, "text": cell.text}
    if cell.formula:
        found["formula"] = cell.formula
    if cell.struck:
        found["struck"] = list(cell.struck)
    return found


def _tell_cell(sheet: RawSheet, cell: RawCell, notes: Notes, ours: SheetMap | None) -> None:
    """In our workbook only what vendors wrote is worth telling; elsewhere every cell may be an answer."""
    if ours is not None and cell.column not in ours.inputs().values() and cell.column not in (ours.roles.get("input"),):
        return
    if cell.kind == "error":
        notes.add("warning", f"The cell shows {cell.text}.", "", sheet, cell.address)
    elif cell.formula and not cell.text:
        notes.add("warning", "A formula without a stored result.", "", sheet, cell.address)
    elif cell.formula and ours is not None:
        notes.add("warning", "A formula in an answer cell.", "", sheet, cell.address)
    if cell.struck:
        notes.add("warning", "Words in this cell are struck out.", "", sheet, cell.address)


def _dimensions(sheet: RawSheet) -> str:
    rows = [row for row, _ in sheet.cells]
    columns = [column for _, column in sheet.cells]
    first = f"{column_letters(min(columns))}{min(rows)}"
    return f"{first}:{column_letters(max(columns))}{max(rows)}"


def _our_header(found: SheetMap) -> tuple[int, dict[str, int]]:
    return found.head, dict(found.roles)


def _likely_header(sheet: RawSheet) -> tuple[int, dict[str, int]]:
    """The row most like column titles, by known words, then by short texts that fill most columns; and its roles."""
    widths = Counter(row for row, _ in sheet.cells)
    usual = max(widths.values())
    best, best_score = 0, 0.0
    for row, cells in sheet.rows():
        texts = [cell for cell in cells if cell.kind == "text" and 0 < len(cell.text.strip()) <= 60]
        score = 3.0 * len(_roles_by_words(cells)) + len(texts) / usual
        if len(texts) >= 2 and score > best_score + 0.5:
            best, best_score = row, score
    cells = [cell for cell in sheet.cells.values() if cell.row == best]
    return best, _roles_by_words(cells)


def _roles_by_words(cells: list[RawCell]) -> dict[str, int]:
    roles: dict[str, int] = {}
    for cell in cells:
        words = " ".join(cell.text.lower().split())
        role = next((role for role, known in _ROLE_WORDS.items() if words in known), "")
        if role:
            roles.setdefault(role, cell.column)
    return roles
