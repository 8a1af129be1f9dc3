"""The second reader, calamine, for what the first gives up on: text and stored values only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ii_vendor.intake.formats.cells import Budget, Json, Plain
from ii_vendor.intake.refused import Refused
from ii_vendor.intake.shown import kind_of_value, shown


def read(path: Path) -> Json:
    """Text and stored values, without formulas, number formats, hidden rows and columns, and struck-out text.

    Raises Refused when calamine cannot read the workbook either.
    """
    budget = Budget()
    try:
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as workbook:
            sheets = [_sheet(workbook, meta, budget) for meta in workbook.sheets_metadata]
    except (CalamineError, OSError, ValueError) as error:
        raise Refused(
            "This workbook is damaged and could not be read.",
            "Open it in Excel, save it as a new .xlsx file, and send that.",
        ) from error
    if not sheets:
        raise Refused("This workbook holds no sheet.", "Ask for it to be sent again.")
    return {"reader": "calamine", "properties": {}, "names": {}, "sheets": sheets, "cleaned": budget.cleaned}


def _sheet(workbook: CalamineWorkbook, meta: Any, budget: Budget) -> Json:
    state = "visible" if meta.visible == SheetVisibleEnum.Visible else "hidden"
    sheet: Json = {"name": meta.name, "state": state, "cells": []}
    if meta.typ != SheetTypeEnum.WorkSheet:
        return sheet | {"skipped": "not a sheet with cells"}
    rows = workbook.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
    return sheet | {"cells": list(_cells(rows, budget))}


def _cells(rows: list[list[Any]], budget: Budget) -> Iterator[Plain]:
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            if value != "":
                yield budget.cell(row, column, kind_of_value(value), shown(value, "General"))
