"""OpenDocument spreadsheets (.ods) -> plain cells, read as a stream."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse
from zipfile import ZipFile

from ii_vendor.intake.formats.cells import Budget, Json, Plain
from ii_vendor.intake.formats.ods_styles import OFFICE, TABLE, Styles
from ii_vendor.intake.formats.ods_text import paragraphs
from ii_vendor.intake.open_document_scan import repeated
from ii_vendor.intake.raw import column_letters
from ii_vendor.intake.shown import shown

_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS = (TABLE + "table-cell", TABLE + "covered-table-cell")
_ASIDE = (TABLE + "tracked-changes", TABLE + "dde-links", TABLE + "shapes", OFFICE + "forms")
_GROUPS = (TABLE + "table-row-group", TABLE + "table-column-group")
_ERROR = re.compile(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)|Err:[0-9]{3}")
_DURATION = re.compile(r"(-?)P(?:([0-9]+)D)?T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:[.,][0-9]+)?S)?")
_PREFIX = re.compile(r"^(?:of|oooc|msoxl|grddl):")
_REFERENCE = re.compile(r"\[([^\]]*)\]")
_RANGE = re.compile(r"\$?('(?:[^']|'')+'|[^.$']+)\.(\$?[A-Z]+\$?[0-9]+)(?::(?:\$?[^.]*)?\.(\$?[A-Z]+\$?[0-9]+))?")
_KINDS = {"float": "number", "percentage": "number", "currency": "number", "date": "date", "time": "date"}


def read(path: Path) -> Json | None:
    """What stands in a spreadsheet that passed the guard; None where it makes no sense. Raises Refused."""
    try:
        with ZipFile(path) as archive:
            styles = Styles()
            if "styles.xml" in archive.namelist():
                with archive.open("styles.xml") as part:
                    styles.read(part)
            with archive.open("content.xml") as part:
                content = _Content(styles)
                content.read(part)
            return {
                "reader": "ods",
                "properties": _properties(archive),
                "names": content.names,
                "sheets": content.sheets,
                "cleaned": content.budget.cleaned,
            }
    except (ParseError, ValueError, KeyError):
        return None


def _properties(archive: ZipFile) -> Json:
    """The custom document properties, all as text."""
    if "meta.xml" not in archive.namelist():
        return {}
    with archive.open("meta.xml") as part:
        found = [element for _, element in iterparse(part) if element.tag == _META + "user-defined"]
    return {element.get(_META + "name", ""): element.text or "" for element in found}


@dataclass
class _Sheet:
    """A sheet on its way. ``row`` and ``column`` are how many stand before; ``hiding`` counts collapsed groups."""

    name: str
    visible: bool
    row: int = 0
    column: int = 0
    hiding: int = 0
    skipped: str = ""
    rows: int = 1
    row_style: str = ""
    column_styles: list[tuple[range, str]] = field(default_factory=list)
    cells: list[Plain] = field(default_factory=list)
    line: list[tuple[range, Element]] = field(default_factory=list)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[list[int]] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)

    def style_of(self, element: Element, column: int) -> str:
        """The style of a cell: its own, or that of its row, or of its column."""
        own = element.get(TABLE + "style-name") or self.row_style
        return own or next((style for columns, style in self.column_styles if column in columns), "")

    def content(self) -> Json:
        """The sheet as it crosses. Hidden rows below everything that holds something are of no interest."""
        last = max((cell[0] for cell in self.cells), default=0)
        state = "visible" if self.visible else "hidden"
        if self.skipped:
            return {"name": self.name, "state": state, "cells": [], "skipped": self.skipped}
        hidden = [row for first, end in self.hidden_rows for row in range(first, min(end, last) + 1)]
        return {
            "name": self.name,
            "state": state,
            "cells": self.cells,
            "hidden_rows": hidden,
            "hidden_columns": self.hidden_columns,
            "merges": self.merges,
        }


class _Content:
    """The walk over ``content.xml``. ``sheets`` and ``names`` grow while it goes on."""

    def __init__(self, styles: Styles) -> None:
        self.sheets: list[Json] = []
        self.names: Json = {}
        self.budget = Budget()
        self._styles = styles
        self._sheet: _Sheet | None = None
        self._aside = self._depth = 0

    def read(self, part: IO[bytes]) -> None:
        """Walk the whole part."""
        for event, element in iterparse(part, events=("start", "end")):
            if element.tag in _ASIDE:
                self._aside += 1 if event == "start" else -1
            if self._aside:
                continue
            if event == "start":
                self._starts(element)
            else:
                self._ends(element)

    def _starts(self, element: Element) -> None:
        if element.tag == TABLE + "table":
            self._depth += 1
            if self._sheet is None:
                visible = self._styles.displays(element.get(TABLE + "style-name", ""))
                self._sheet = _Sheet(element.get(TABLE + "name", ""), visible)
        elif self._sheet is None:
            return
        elif element.tag in _GROUPS and element.get(TABLE + "display") == "false":
            self._sheet.hiding += 1
        elif element.tag == TABLE + "table-row":
            self._sheet.line, self._sheet.column = [], 0
            self._sheet.rows = _times(element, "rows")
            self._sheet.row_style = element.get(TABLE + "default-cell-style-name", "")

    def _ends(self, element: Element) -> None:
        tag, sheet = element.tag, self._sheet
        if tag == OFFICE + "automatic-styles":
            self._styles.add_all(element)
        elif tag == TABLE + "named-range" and sheet is None:
            self._name(element)
        elif sheet is None:
            return
        elif tag in _CELLS:
            self._cell(sheet, element)
        elif tag == TABLE + "table-row":
            self._row(sheet, element)
        elif tag == TABLE + "table-column":
            _column(sheet, element)
        elif tag in _GROUPS and element.get(TABLE + "display") == "false":
            sheet.hiding -= 1
        elif tag == TABLE + "table-source":
            sheet.skipped = "a copy of a sheet of another file, kept for a link"
        elif tag == TABLE + "table":
            self._depth -= 1
            if not self._depth:
                self.sheets.append(sheet.content())
                self._sheet = None
                element.clear()

    def _cell(self, sheet: _Sheet, element: Element) -> None:
        """Set a cell aside until its row ends; its merge is told once, at the first of repeated rows."""
        times = _times(element, "columns")
        if len(element) or _has(element, TABLE + "formula") or _has(element, OFFICE + "value-type"):
            sheet.line.append((range(sheet.column + 1, sheet.column + times + 1), element))
        wide, high = (int(element.get(f"{TABLE}number-{what}-spanned", "1")) for what in ("columns", "rows"))
        if wide > 1 or high > 1:
            first = f"{column_letters(sheet.column + 1)}{sheet.row + 1}"
            sheet.merges.append(f"{first}:{column_letters(sheet.column + wide)}{sheet.row + high}")
        sheet.column += times

    def _row(self, sheet: _Sheet, element: Element) -> None:
        if sheet.hiding or element.get(TABLE + "visibility", "visible") != "visible":
            sheet.hidden_rows.append((sheet.row + 1, sheet.row + sheet.rows))
        if sheet.line:
            for row in range(sheet.row + 1, sheet.row + sheet.rows + 1):
                sheet.cells.extend(self._plain_cells(sheet, row))
        sheet.row += sheet.rows
        sheet.line = []
        element.clear()

    def _plain_cells(self, sheet: _Sheet, row: int) -> Iterator[Plain]:
        for columns, element in sheet.line:
            for column in columns:
                out = self._styles.struck(sheet.style_of(element, column))
                if (plain := self._plain(row, column, element, out)) is None:
                    break
                yield plain

    def _plain(self, row: int, column: int, element: Element, out: bool) -> Plain | None:
        formula = element.get(TABLE + "formula")
        text, struck = paragraphs(element, self._styles)
        kind, text = _shown(element, text)
        if formula is None and not text:
            return None
        if formula is not None:
            formula = _REFERENCE.sub(_as_excel_writes_it, _PREFIX.sub("", formula))
            kind = kind if text or _has(element, OFFICE + "value-type") else "blank"
        if out and text.strip():
            struck = (text,)
        return self.budget.cell(row, column, kind, text, formula, struck)

    def _name(self, element: Element) -> None:
        found = _RANGE.fullmatch(element.get(TABLE + "cell-range-address", ""))
        if found:
            last = f":{found[3]}" if found[3] and found[3] != found[2] else ""
            self.names[element.get(TABLE + "name", "")] = f"{found[1]}!{found[2]}{last}"


def _shown(element: Element, text: str) -> tuple[str, str]:
    """Kind and text of a cell: numbers as the cell shows them, dates as ISO writes them."""
    type_ = element.get(OFFICE + "value-type", "string")
    if element.get(_CALC + "value-type") == "error" or (
        element.get(TABLE + "formula") is not None and _ERROR.fullmatch(text)
    ):
        return "error", text
    if type_ == "boolean":
        value = element.get(OFFICE + "boolean-value", "")
        return "truth", value.upper() if value in ("true", "false") else text
    if type_ == "date":
        return "date", _date(element.get(OFFICE + "date-value", "")) or text
    if type_ == "time":
        return "date", _time(element.get(OFFICE + "time-value", ""), text) or text
    if type_ in _KINDS:
        return _KINDS[type_], text.strip() or element.get(OFFICE + "value", "")
    return "text", text or element.get(OFFICE + "string-value", "")


def _date(value: str) -> str:
    with suppress(ValueError):
        return shown(datetime.fromisoformat(value), "General")
    return value


def _time(value: str, text: str) -> str:
    """``PT12H30M00S`` is ``12:30:00``, and a duration may have more than 24 hours.

    Where the cell does not show so many, it holds a day and shows only the time of it: ``text`` is kept.
    """
    found = _DURATION.fullmatch(value)
    if found is None:
        return value
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    hours += 24 * days
    if hours >= 24 and str(hours) not in text:
        return text
    return f"{found[1]}{hours:02}:{minutes:02}:{seconds:02}"


def _column(sheet: _Sheet, element: Element) -> None:
    times = _times(element, "columns")
    columns = range(sheet.column + 1, sheet.column + times + 1)
    sheet.column_styles.append((columns, element.get(TABLE + "default-cell-style-name", "")))
    if sheet.hiding or element.get(TABLE + "visibility", "visible") != "visible":
        sheet.hidden_columns.append([columns[0], columns[-1]])
    sheet.column += times


def _as_excel_writes_it(reference: re.Match[str]) -> str:
    """``[.A2:.B3]`` is ``A2:B3``."""
    return reference[1].replace(":.", ":").removeprefix(".")


def _has(element: Element, attribute: str) -> bool:
    return element.get(attribute) is not None


def _times(element: Element, what: str) -> int:
    name = f"number-{what}-repeated"
    return repeated({name: value} if (value := element.get(TABLE + name)) is not None else {}, name)
