"""Cells and sheets as ``inspect`` prints them."""

from __future__ import annotations

from typing import Any

from ii_vendor.intake.raw import RawCell, RawSheet, column_letters

Json = dict[str, Any]


def cell_found(cell: RawCell, role: str) -> Json:
    """One cell with its address, its role and what is odd about it."""
    found: Json = {"cell": cell.address, "role": role, "kind": cell.kind, "text": cell.text}
    if cell.formula:
        found["formula"] = cell.formula
    if cell.struck:
        found["struck"] = list(cell.struck)
    return found


def dimensions(sheet: RawSheet) -> str:
    """The area that holds something: ``A1:F20``; empty where nothing does."""
    if not sheet.cells:
        return ""
    rows = [row for row, _ in sheet.cells]
    columns = [column for _, column in sheet.cells]
    first = f"{column_letters(min(columns))}{min(rows)}"
    return f"{first}:{column_letters(max(columns))}{max(rows)}"


def hidden_columns(sheet: RawSheet) -> list[str]:
    """Each run of hidden columns: ``F:H``."""
    return [f"{column_letters(first)}:{column_letters(last)}" for first, last in sheet.hidden_columns]
