"""Excel workbooks (.xlsx, .xlsm) -> plain cells, by openpyxl."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError, fromstring, iterparse

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError
from openpyxl.packaging.workbook import ChildSheet
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet._reader import WorkSheetParser

from ii_vendor.intake.formats.cells import UNTOLD, Budget, Json, Plain
from ii_vendor.intake.formats.strict import StrictPackage, is_strict
from ii_vendor.intake.formats.xlsx_styles import Styles
from ii_vendor.intake.package import with_slashes
from ii_vendor.intake.raw import column_letters
from ii_vendor.intake.shown import is_day, shown
from ii_vendor.intake.strings import NS, text_of, unescape

_KINDS = {"s": "text", "n": "number", "b": "truth", "d": "date", "e": "error"}
_DAMAGED = (ValueError, TypeError, IndexError, KeyError, AttributeError, OverflowError, ParseError)
_HIDDEN = ("1", "true")
_OTHER_SHEETS = {
    "chartsheet": "chart",
    "dialogsheet": "dialog",
    "xlmacrosheet": "macro sheet",
    "xlintlmacrosheet": "macro sheet",
}


class _Sheet(WorkSheetParser):
    """openpyxl's walk over a sheet, cut down to cells, hidden rows and columns, and merges."""

    def __init__(self, source: IO[bytes], strings: list[Any], epoch: Any, styles: Styles) -> None:
        super().__init__(source, strings, False, epoch, styles.dates, styles.durations, True)
        self.merges: list[str] = []
        self._shared: dict[str, tuple[str, str]] = {}

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
            cell["formula"] = self._formula(formula, f"{column_letters(cell['column'])}{cell['row']}")
            if cell["value"] is None and element.get("t") == "str" and element.find(NS + "v") is not None:
                cell["value"] = ""
        return cell

    def _formula(self, formula: Any, place: str) -> str:
        """A formula; one that is shared by several cells stands in the first of them, and is moved to the others."""
        text, key = formula.text or "", formula.get("si", "")
        if formula.get("t") != "shared":
            return f"={text}"
        if text:
            self._shared[key] = (f"={text}", place)
            return f"={text}"
        first = self._shared.get(key)
        if first is None:
            return UNTOLD
        try:
            return str(Translator(*first).translate_formula(place))
        except (TranslatorError, TokenizerError, *_DAMAGED):
            return UNTOLD

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

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(file, keep_links=False, rich_text=True)
        if is_strict(self.archive):
            self.archive = StrictPackage(file)
        self.valid_files = with_slashes(self.archive).namelist()

    def _part(self, ending: str) -> str:
        """The name of the part whose content is of a type; empty where there is none."""
        part = next((p for p in self.package.Override if p.ContentType.endswith(ending)), None)
        name = part.PartName.lstrip("/") if part is not None else ""
        return name if name in self.valid_files else ""

    def _styles(self) -> Styles:
        """The cell styles; plain ones where there are none."""
        name = self._part("styles+xml")
        if not name:
            return Styles()
        with self.archive.open(name) as part:
            return Styles(part)

    def read_strings(self) -> None:
        """The table of shared strings, to the letter."""
        name = self._part("sharedStrings+xml")
        if not name:
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
        styles = self._styles()
        budget = Budget()
        sheets = [self._sheet(child, relation, styles, budget) for child, relation in self.parser.find_sheets()]
        return {
            "reader": "openpyxl",
            "properties": self.custom_properties(),
            "names": self.names(),
            "sheets": sheets,
            "cleaned": budget.cleaned,
        }

    def _sheet(self, child: ChildSheet, relation: Any, styles: Styles, budget: Budget) -> Json:
        sheet: Json = {"name": child.name, "state": child.state, "cells": []}
        if not relation.Type.endswith("/worksheet"):
            what = _OTHER_SHEETS.get(relation.Type.rpartition("/")[2].lower(), "sheet of another kind")
            return sheet | {"skipped": f"a {what}, which has no answers to read"}
        if relation.target not in self.valid_files:
            return sheet | {"skipped": "its content is missing from the file"}
        with self.archive.open(relation.target) as source:
            parser = _Sheet(source, self.shared_strings, self.wb.epoch, styles)
            cells = [
                plain
                for row in parser.rows()
                for cell in row
                if (plain := _plain(cell, styles, budget, self.wb.epoch)) is not None
            ]
        return sheet | {
            "cells": cells,
            "hidden_rows": parser.hidden_rows(),
            "hidden_columns": parser.hidden_columns(),
            "merges": parser.merges,
        }


def _plain(cell: Json, styles: Styles, budget: Budget, epoch: Any) -> Plain | None:
    """A cell as it crosses; None for an empty one."""
    value, formula = cell["value"], cell.get("formula")
    if value is None and formula is None:
        return None
    style = styles[cell["style_id"]]
    if isinstance(value, time) and epoch == CALENDAR_MAC_1904 and is_day(style.number_format):
        value = date(1904, 1, 1)
    text = value if isinstance(value, str) else "" if value is None else shown(value, style.number_format)
    kind = "blank" if value is None else _KINDS.get(cell["data_type"], "text")
    struck = (text,) if text.strip() and style.struck else getattr(value, "struck", ())
    return budget.cell(cell["row"], cell["column"], kind, text, formula, struck)


def read(path: Path) -> Json | None:
    """What openpyxl reads in a workbook that passed the guard; None where it gives up. Raises Refused."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with path.open("rb") as file:
                return _Workbook(file).content()
        except (*_DAMAGED, OSError, RecursionError, AssertionError):
            return None
