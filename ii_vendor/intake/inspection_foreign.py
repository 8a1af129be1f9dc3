"""A sheet in another layout as ``inspect`` prints it: its tables, the role of each column, and its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ii_vendor.intake.inspection_cells import Json, cell_found, dimensions, hidden_columns
from ii_vendor.intake.notes import Notes
from ii_vendor.intake.raw import RawCell, RawSheet, column_letters
from ii_vendor.model.workbook import ReadAnswer, ReadRow, SheetLayout, SheetTable, WorkbookLayout


def foreign_sheet(raw: RawSheet, sheet: SheetLayout, read: WorkbookLayout) -> Json:
    """One sheet: read or skipped and why, where its headers are, what its columns hold, and every row beneath."""
    found: Json = {
        "name": raw.name,
        "visibility": "visible" if raw.visible else "hidden",
        "status": sheet.status,
        "why": sheet.why,
        "dimensions": dimensions(raw),
    }
    if sheet.status == "skipped":
        return found | {"rows": []}
    rows = [row for row in read.rows if row.sheet == raw.name]
    headed = next((table for table in sheet.tables if table.header), None)
    first = min(table.first for table in sheet.tables)
    return found | {
        "layout": "another layout",
        "hidden_rows": sorted(raw.hidden_rows),
        "hidden_columns": hidden_columns(raw),
        "merged": list(raw.merges),
        "header": {"row": headed.header[-1], "rows": list(headed.header)} if headed else None,
        "roles": _roles(headed or sheet.tables[0]),
        "tables": [_table(table) for table in sheet.tables],
        "questions": len(rows),
        "answered": sum(row.answered for row in rows),
        "rows": list(_rows(raw, sheet.tables, rows, first)),
    }


def tell_columns(read: WorkbookLayout, notes: Notes) -> None:
    """Say where no question at all was found."""
    if not read.rows:
        notes.add("warning", "No questions were found in this file.", "Look at the sheets and why they were left out.")


def _roles(table: SheetTable) -> dict[str, str]:
    """The column of each role; the first where several share it."""
    found: dict[str, str] = {}
    for column in table.columns:
        if column.role != "other":
            found.setdefault(column.role, column_letters(column.column))
    return found


def _table(table: SheetTable) -> Json:
    columns = [
        {"column": column_letters(each.column)} | each.model_dump(exclude={"column"}, exclude_defaults=True)
        for each in table.columns
    ]
    return {"header": list(table.header), "first": table.first, "last": table.last, "columns": columns}


def _rows(raw: RawSheet, tables: Sequence[SheetTable], rows: Iterable[ReadRow], first: int) -> Iterable[Json]:
    asked: dict[int, list[ReadRow]] = {}
    for row in rows:
        asked.setdefault(row.row, []).append(row)
    for number, cells in raw.rows():
        if number >= first and not any(number in table.header for table in tables):
            yield from _row(number, cells, tables, asked.get(number, []))


def _row(number: int, cells: list[RawCell], tables: Sequence[SheetTable], asked: Sequence[ReadRow]) -> Iterable[Json]:
    table = next((each for each in tables if each.first <= number <= each.last), None)
    roles = {each.column: each.role for each in table.columns} if table else {}
    shown = [cell_found(cell, roles.get(cell.column, "")) for cell in cells]
    if not asked:
        yield {"row": number, "cells": shown}
    for row in asked:
        yield _question(row) | {"cells": shown}


def _question(row: ReadRow) -> Json:
    found: Json = {"row": row.row, "key": row.key}
    found |= {part: getattr(row, part) for part in ("id", "section", "question", "guidance") if getattr(row, part)}
    addresses = dict(row.cells)
    if len(row.answers) == 1 and not row.answers[0].vendor:
        found |= _said(row.answers[0])
        addresses |= row.answers[0].cells
    elif row.answers:
        found["answers"] = [
            {"vendor": each.vendor} | _said(each) | {"addresses": dict(each.cells)} for each in row.answers
        ]
    return found | {"answered": row.answered, "hidden": row.hidden, "addresses": addresses}


def _said(answer: ReadAnswer) -> Json:
    return {"answer": answer.answer, "comment": answer.comment, "evidence": answer.evidence}
