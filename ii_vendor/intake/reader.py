"""Workbook file -> plain cells. Runs inside the reading process only, after the guard, and imports little.

The result is made of dicts, lists and text, ready to cross as JSON; ``raw.py`` gives it types on the other side.
A cell is ``[row, column, kind, text, extras]`` with rows and columns from 1 and kind one of ``text``, ``number``,
``truth``, ``date``, ``error``, ``blank``; ``extras`` holds ``formula`` and ``struck`` where there are any.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError, fromstring, iterparse
from zipfile import ZipFile

from openpyxl.packaging.workbook import ChildSheet
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.worksheet._reader import WorkSheetParser

from ii_vendor.intake import limits
from ii_vendor.intake.refused import Refused
from ii_vendor.intake.shown import shown
from ii_vendor.intake.strings import NS, clean, text_of, unescape

Json = dict[str, Any]
_KINDS = {"s": "text", "n": "number", "b": "truth", "d": "date", "e": "error"}
_DAMAGED = (ValueError, TypeError, IndexError, KeyError, AttributeError, OverflowError, ParseError)
_HIDDEN = ("1", "true")


class _Sheet(WorkSheetParser):
    """openpyxl's walk over a sheet, cut down to cells, hidden rows and columns, and merges."""

    def __init__(self, source: IO[bytes], strings: list[Any], workbook: Any) -> None:
        super().__init__(
            source, strings, False, workbook.epoch, workbook._date_formats, workbook._timedelta_formats, True
        )
        self.merges: list[str] = []

    def rows(self) -> Iterator[list[Json]]:
        """The cells of each row. Anything else that a sheet may hold is passed over."""
        element: Any
        for _, element in iterparse(self.source):
            if element.tag == NS + "row":
                yield self.parse_row(element)[1]
                element.clear()
            elif element.tag == NS + "col":
                self.parse_column_dimensions(element)
            elif element.tag == NS + "mergeCell":
                self.merges.append(element.get("ref", ""))

    def parse_cell(self, element: Any) -> Json:
        """One cell; a formula is set aside and its stored value read in its place."""
        formula = element.find(NS + "f")
        if formula is not None:
            element.remove(formula)
        try:
            cell: Json = super().parse_cell(element)
        except _DAMAGED:
            cell = self._unreadable(element)
        if element.get("t") == "inlineStr":
            inline = element.find(NS + "is")
            cell["value"] = text_of(inline) if inline is not None else None
            cell["data_type"] = "s"
        elif element.get("t") == "str" and isinstance(cell["value"], str):
            cell["value"] = unescape(cell["value"])
        if formula is not None:
            cell["formula"] = "=" + (formula.text or "")
        return cell

    def _unreadable(self, element: Any) -> Json:
        value = element.findtext(NS + "v") or "unreadable"
        return {"row": self.row_counter, "column": self.col_counter, "value": value, "data_type": "e", "style_id": 0}

    def hidden_rows(self) -> list[int]:
        """Numbers of the hidden rows."""
        return [int(row) for row, attributes in self.row_dimensions.items() if attributes.get("hidden") in _HIDDEN]

    def hidden_columns(self) -> list[list[int]]:
        """First and last number of each run of hidden columns."""
        hidden = (a for a in self.column_dimensions.values() if a.get("hidden") in _HIDDEN)
        return [[int(attributes["min"]), int(attributes["max"])] for attributes in hidden]


class _Workbook(ExcelReader):
    """openpyxl's reader without drawings, comments, pivots, links and tables."""

    def read_strings(self) -> None:
        """The table of shared strings, to the letter."""
        part = next((p for p in self.package.Override if p.ContentType.endswith("sharedStrings+xml")), None)
        name = part.PartName.lstrip("/") if part is not None else ""
        if name not in self.valid_files:
            return
        with self.archive.open(name) as source:
            for _, element in iterparse(source):
                if element.tag == NS + "si":
                    self.shared_strings.append(text_of(element))
                    element.clear()

    def custom_properties(self) -> Json:
        """The custom document properties, all as text."""
        if "docProps/custom.xml" not in self.valid_files:
            return {}
        root = fromstring(self.archive.read("docProps/custom.xml"))
        return {node.get("name", ""): "".join(child.text or "" for child in node) for node in root}

    def names(self) -> Json:
        """The defined names of the whole workbook with what they point to."""
        parser: Any = self.parser
        named = parser.defined_names.definedName
        return {name.name: name.value for name in named if name.localSheetId is None and name.value}

    def content(self) -> Json:
        """Everything, read once."""
        self.read_manifest()
        self.read_strings()
        self.read_workbook()
        styles = _Styles(self.archive, self.wb)
        budget = _Budget()
        sheets = [self._sheet(child, relation, styles, budget) for child, relation in self.parser.find_sheets()]
        return {
            "reader": "openpyxl",
            "properties": self.custom_properties(),
            "names": self.names(),
            "sheets": sheets,
            "cleaned": budget.cleaned,
        }

    def _sheet(self, child: ChildSheet, relation: Any, styles: _Styles, budget: _Budget) -> Json:
        sheet: Json = {"name": child.name, "state": child.state, "cells": []}
        if not relation.Type.endswith("/worksheet"):
            return sheet | {"skipped": f"a {relation.Type.rpartition('/')[2]}, which has no cells to read"}
        if relation.target not in self.valid_files:
            return sheet | {"skipped": "its content is missing from the file"}
        with self.archive.open(relation.target) as source:
            parser = _Sheet(source, self.shared_strings, self.wb)
            cells = [plain for row in parser.rows() for cell in row if (plain := _plain(cell, styles, budget))]
        return sheet | {
            "cells": cells,
            "hidden_rows": parser.hidden_rows(),
            "hidden_columns": parser.hidden_columns(),
            "merges": parser.merges,
        }


class _Styles:
    """Number format and strike-through of each cell style, by index."""

    def __init__(self, archive: ZipFile, workbook: Any) -> None:
        self._workbook = workbook
        try:
            apply_stylesheet(archive, workbook)
        except _DAMAGED:
            self._workbook._cell_styles = []

    def number_format(self, index: object) -> str:
        """The number format of a style; ``General`` where there is none."""
        style = self._style(index)
        if style is None:
            return "General"
        if style.numFmtId < BUILTIN_FORMATS_MAX_SIZE:
            return str(BUILTIN_FORMATS.get(style.numFmtId, "General"))
        formats = self._workbook._number_formats
        at = style.numFmtId - BUILTIN_FORMATS_MAX_SIZE
        return str(formats[at]) if at < len(formats) else "General"

    def struck(self, index: object) -> bool:
        """Whether a style strikes its whole cell out."""
        style = self._style(index)
        fonts = self._workbook._fonts
        return style is not None and style.fontId < len(fonts) and bool(fonts[style.fontId].strike)

    def _style(self, index: object) -> Any:
        styles = self._workbook._cell_styles
        return styles[index] if isinstance(index, int) and 0 < index < len(styles) else None


class _Budget:
    """How much text of a workbook may still cross; counts the control characters that were left out."""

    def __init__(self) -> None:
        self._left = limits.MAX_WORKBOOK_CHARS
        self.cleaned = 0

    def spend(self, text: str) -> str:
        """The text, cleaned. Raises Refused when the workbook holds far more than a questionnaire."""
        cleaned, left_out = clean(text)
        self.cleaned += left_out
        self._left -= len(cleaned)
        if self._left < 0:
            raise Refused("This workbook holds far more text than a questionnaire.", "Send the questionnaire alone.")
        return cleaned


def _plain(cell: Json, styles: _Styles, budget: _Budget) -> list[Any] | None:
    """A cell as it crosses; None for an empty one."""
    value, formula = cell["value"], cell.get("formula")
    if value is None and formula is None:
        return None
    style = cell["style_id"]
    text = value if isinstance(value, str) else "" if value is None else shown(value, styles.number_format(style))
    kind = "blank" if value is None else _KINDS.get(cell["data_type"], "text")
    extras: Json = {}
    if formula is not None:
        extras["formula"] = budget.spend(formula)
    struck = (text,) if text.strip() and styles.struck(style) else getattr(value, "struck", ())
    if struck:
        extras["struck"] = [budget.spend(piece) for piece in struck]
    plain = [cell["row"], cell["column"], kind, budget.spend(text)]
    return [*plain, extras] if extras else plain


def read_first(path: Path) -> Json | None:
    """What openpyxl reads in a workbook that passed the guard; None where it gives up. Raises Refused."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with path.open("rb") as file:
                return _Workbook(file, keep_links=False, rich_text=True).content()
        except (*_DAMAGED, OSError, RecursionError, AssertionError):
            return None


def read_second(path: Path) -> Json:
    """What calamine reads: text and stored values, without formulas, hidden rows and struck-out text.

    Raises Refused when it cannot read the workbook either.
    """
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    budget = _Budget()
    sheets: list[Json] = []
    try:
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as workbook:
            for meta in workbook.sheets_metadata:
                state = "visible" if meta.visible == SheetVisibleEnum.Visible else "hidden"
                sheet: Json = {"name": meta.name, "state": state, "cells": []}
                if meta.typ == SheetTypeEnum.WorkSheet:
                    rows = workbook.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
                    sheet["cells"] = list(_cells_of(rows, budget))
                else:
                    sheet["skipped"] = "not a sheet with cells"
                sheets.append(sheet)
    except (CalamineError, OSError, ValueError) as error:
        raise Refused(
            "This workbook is damaged and could not be read.",
            "Open it in Excel, save it as a new .xlsx file, and send that.",
        ) from error
    return {"reader": "calamine", "properties": {}, "names": {}, "sheets": sheets, "cleaned": budget.cleaned}


def _cells_of(rows: list[list[Any]], budget: _Budget) -> Iterator[list[Any]]:
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            if value != "":
                kind = "text" if isinstance(value, str) else "number"
                yield [row, column, kind, budget.spend(shown(value, "General"))]
