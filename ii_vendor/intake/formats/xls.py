"""Excel 97-2003 workbooks (.xls) -> plain cells, by xlrd."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import xlrd
from openpyxl.styles.numbers import is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel
from xlrd.book import open_workbook_xls
from xlrd.compdoc import CompDocError
from xlrd.formula import FMLA_TYPE_CELL, FMLA_TYPE_SHARED, FormulaError, decompile_formula

from ii_vendor.intake.biff import FORMULAS, SheetEntry, scan, walk
from ii_vendor.intake.formats.cells import UNTOLD, Budget, Json, Plain
from ii_vendor.intake.ole import open_old_workbook
from ii_vendor.intake.property_set import custom_properties
from ii_vendor.intake.shown import shown

_DAMAGED = (
    xlrd.XLRDError,
    CompDocError,
    FormulaError,
    struct.error,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    LookupError,
    NameError,
    RecursionError,
)
"""What xlrd raises; it trips over names of its own where a formula joins several ranges."""

_UNICODE_VERSION = 80
_SHARED = {0x04BC: 8, 0x0221: 12}
"""Records of formulas that several cells share, and where in them the formula begins."""

_WHOLE_NUMBER = re.compile(r'"[^"]*"|(?<![\w.])([0-9]+)\.0(?![\w.])')
_ELSEWHERE = b"\x01"
"""How a formula begins that says only in which cell it stands."""


def read(path: Path) -> Json | None:
    """What xlrd reads in a workbook that passed the guard; None where it gives up. Raises Refused."""
    old = open_old_workbook(path)
    try:
        book = open_workbook_xls(
            file_contents=old.records, logfile=io.StringIO(), formatting_info=True, ragged_rows=True, on_demand=True
        )
        return _Content(book, old.records).content() | {"properties": custom_properties(old.properties)}
    except _DAMAGED:
        return None


class _Content:
    def __init__(self, book: Any, stream: bytes) -> None:
        self._book = book
        self._stream = stream
        self._budget = Budget()

    def content(self) -> Json:
        """Everything, read once."""
        listed = scan(self._stream).sheets
        sheets = list(self._sheets(listed)) if listed else [self._sheet(self._book.sheet_by_index(0), 0)]
        return {"reader": "xlrd", "names": self._names(), "sheets": sheets, "cleaned": self._budget.cleaned}

    def _sheets(self, listed: list[SheetEntry]) -> Iterator[Json]:
        at = 0
        for entry in listed:
            if entry.kind != "worksheet":
                skipped = f"a {entry.kind}, which has no answers to read"
                yield {"name": entry.name, "state": entry.state, "cells": [], "skipped": skipped}
                continue
            yield self._sheet(self._book.sheet_by_index(at), entry.start) | {"state": entry.state}
            self._book.unload_sheet(at)
            at += 1

    def _sheet(self, sheet: Any, start: int) -> Json:
        formulas = dict(self._formulas(start))
        cells = [
            plain
            for row in range(sheet.nrows)
            for column in range(sheet.row_len(row))
            if (plain := self._cell(sheet, row, column, formulas.get((row, column)))) is not None
        ]
        columns = sorted(column for column, info in sheet.colinfo_map.items() if info.hidden)
        return {
            "name": sheet.name,
            "state": "visible",
            "cells": cells,
            "hidden_rows": sorted(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden),
            "hidden_columns": [[column + 1, column + 1] for column in columns],
            "merges": [
                f"{xlrd.cellname(top, left)}:{xlrd.cellname(bottom - 1, right - 1)}"
                for top, bottom, left, right in sheet.merged_cells
            ],
        }

    def _cell(self, sheet: Any, row: int, column: int, formula: str | None) -> Plain | None:
        type_, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
        if type_ in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) and formula is None:
            return None
        style = self._book.xf_list[sheet.cell_xf_index(row, column)]
        kind, text = self._shown(type_, value, style)
        if formula is not None and not text:
            kind = "blank"
        struck = self._struck(sheet, row, column, text, style)
        return self._budget.cell(row + 1, column + 1, kind, text, formula, struck)

    def _shown(self, type_: int, value: Any, style: Any) -> tuple[str, str]:
        number_format = self._book.format_map[style.format_key].format_str
        if type_ == xlrd.XL_CELL_ERROR:
            return "error", xlrd.error_text_from_code.get(value, "#N/A")
        if type_ == xlrd.XL_CELL_BOOLEAN:
            return "truth", shown(bool(value), number_format)
        if type_ == xlrd.XL_CELL_DATE:
            return "date", self._date(value, number_format)
        if type_ == xlrd.XL_CELL_NUMBER:
            return "number", shown(value, number_format)
        return "text", str(value)

    def _date(self, value: float, number_format: str) -> str:
        epoch = CALENDAR_MAC_1904 if self._book.datemode else CALENDAR_WINDOWS_1900
        try:
            moment = from_excel(value, epoch, timedelta=is_timedelta_format(number_format))
        except (OverflowError, ValueError):
            return shown(value, "General")
        return shown(moment, number_format)

    def _struck(self, sheet: Any, row: int, column: int, text: str, style: Any) -> tuple[str, ...]:
        """The struck-out pieces. The font of the cell holds up to the first run of another font."""
        if not text.strip():
            return ()
        runs = [(0, style.font_index), *sheet.rich_text_runlist_map.get((row, column), ()), (len(text), 0)]
        fonts = self._book.font_list
        pieces = [
            text[start:end]
            for (start, font), (end, _) in pairwise(runs)
            if font < len(fonts) and fonts[font].struck_out
        ]
        return tuple(piece for piece in pieces if piece.strip())

    def _formulas(self, start: int) -> Iterator[tuple[tuple[int, int], str]]:
        """Place and words of each formula. One that several cells share stands behind the first of them."""
        own: dict[tuple[int, int], bytes] = {}
        shared: dict[tuple[int, int], bytes] = {}
        place = (0, 0)
        for code, data in walk(self._stream, start):
            if code in FORMULAS and len(data) >= 4:
                place = struct.unpack_from("<HH", data)
                own[place] = data[20:]
            elif code in _SHARED:
                shared[place] = data[_SHARED[code] :]
        for place, tokens in own.items():
            first = struct.unpack_from("<HH", tokens, 3) if tokens[2:3] == _ELSEWHERE and len(tokens) >= 7 else None
            if first in shared:
                yield place, self._words(shared[first], FMLA_TYPE_SHARED, place)
            else:
                yield place, UNTOLD if first else self._words(tokens, FMLA_TYPE_CELL, place)

    def _words(self, tokens: bytes, kind: int, place: tuple[int, int]) -> str:
        if self._book.biff_version < _UNICODE_VERSION or len(tokens) < 2:
            return UNTOLD
        (length,) = struct.unpack_from("<H", tokens)
        try:
            words = decompile_formula(self._book, tokens[2 : 2 + length], length, kind, *place)
        except _DAMAGED:
            return UNTOLD
        return f"={_WHOLE_NUMBER.sub(_as_excel_writes_it, words)}" if words else UNTOLD

    def _names(self) -> Json:
        """The defined names of the whole workbook with what they point to, where that is told."""
        found = {}
        for name in self._book.name_obj_list:
            text = getattr(getattr(name, "result", None), "text", None)
            if name.scope == -1 and text:
                found[name.name] = text
        return found


def _as_excel_writes_it(found: re.Match[str]) -> str:
    """``1.0`` is ``1``, except within quotation marks."""
    return found[1] or found[0]
