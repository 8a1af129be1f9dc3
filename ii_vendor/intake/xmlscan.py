"""The inner check: each XML part is walked once, as a stream, before any reader builds something from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

from ii_vendor.intake import limits
from ii_vendor.intake.refused import Refused

_ASK_AGAIN = "Open it in Excel, save it as a new .xlsx file, and send that."
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
_AREAS = {"mergeCell": "ref", "hyperlink": "ref", "f": "ref", "autoFilter": "ref", "table": "ref"}
_RANGES = {"dataValidation", "conditionalFormatting", "mergeCell", "hyperlink", "protectedRange", "ignoredError"}
_COUNTED = {
    "sheet": (limits.MAX_SHEETS, "sheets"),
    "definedName": (limits.MAX_NAMES, "named ranges"),
    "xf": (2 * limits.MAX_STYLES, "cell formats"),
    "numFmt": (limits.MAX_STYLES, "number formats"),
    "c": (limits.MAX_CELLS, "cells"),
}


def excess(what: str, most: int) -> Refused:
    """The refusal of a file that holds more than ``most`` of something."""
    number = f"{most:,}".replace(",", " ")
    return Refused(f"This file holds more than {number} {what}.", _ASK_AGAIN)


def cell_position(reference: str) -> tuple[int, int]:
    """Row and column, counted from 1, of a reference such as ``D7``. Raises Refused for one that Excel cannot have."""
    match = _REFERENCE.fullmatch(reference)
    if match:
        column = 0
        for letter in match[1].upper():
            column = column * 26 + ord(letter) - 64
        row = int(match[2])
        if row <= limits.MAX_ROW and column <= limits.MAX_COLUMN:
            return row, column
    raise Refused("This file holds a cell outside any sheet that Excel knows.", _ASK_AGAIN)


def range_area(reference: str) -> int:
    """How many cells a range such as ``A1:B7`` holds. Raises Refused for one that Excel cannot have."""
    first, _, last = reference.partition(":")
    top, left = cell_position(first)
    bottom, right = cell_position(last or first)
    return (abs(bottom - top) + 1) * (abs(right - left) + 1)


@dataclass
class Tally:
    """What has been counted over all parts of a package."""

    elements: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    external: int = 0
    scripts: int = 0
    embedded: int = 0
    comments: int = 0


class PartScan:
    """The walk over one XML part. Raises Refused at the first thing that no workbook needs."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._depth = self._text = self._runs = self._ranges = self._area = 0
        self._last_row = self._last_column = self._row = self._cell_row = self._column = 0
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        self._parser = parser

    def run(self, chunks: Iterable[bytes]) -> None:
        """Walk the whole part."""
        try:
            for chunk in chunks:
                self._parser.Parse(chunk, False)
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Refused("This file is damaged: a part of it is not complete.", _ASK_AGAIN) from error

    def _doctype(self, *_: object) -> None:
        raise Refused("This file holds declarations that no spreadsheet program writes, as a trap would.", _ASK_AGAIN)

    def _characters(self, text: str) -> None:
        self._text += len(text)
        if self._text > limits.MAX_TEXT_CHARS:
            raise Refused("This file holds a cell with more than a million characters.", _ASK_AGAIN)

    def _end(self, _: str) -> None:
        self._depth -= 1

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tally = self._tally
        tally.elements += 1
        self._depth += 1
        self._text = 0
        if tally.elements > limits.MAX_ELEMENTS:
            raise excess("elements", limits.MAX_ELEMENTS)
        if self._depth > limits.MAX_DEPTH:
            raise Refused("This file is nested more deeply than any workbook.", _ASK_AGAIN)
        if attributes:
            self._refuse_attributes(attributes)
        local = name.rpartition(":")[2]
        self._look(local, attributes)

    def _look(self, local: str, attributes: dict[str, str]) -> None:
        """Look at what this kind of document may hold. ``local`` is the name of the element without its prefix."""
        check = _CHECKS.get(local)
        if check is not None:
            check(self, local, attributes)

    def _refuse_attributes(self, attributes: dict[str, str]) -> None:
        if len(attributes) > limits.MAX_ATTRIBUTES or max(map(len, attributes.values())) > limits.MAX_ATTRIBUTE_CHARS:
            raise Refused("This file holds an element with far too many or too long properties.", _ASK_AGAIN)

    def _count(self, name: str, _: dict[str, str]) -> None:
        most, what = _COUNTED[name]
        count = self._tally.counts[name] = self._tally.counts.get(name, 0) + 1
        if count > most:
            raise excess(what, most)

    def _format(self, name: str, attributes: dict[str, str]) -> None:
        self._count(name, attributes)
        if len(attributes.get("formatCode", "")) > limits.MAX_FORMAT_CHARS:
            raise Refused("This file holds a number format far longer than Excel allows.", _ASK_AGAIN)

    def _row_starts(self, _: str, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self._row = cell_position(f"A{number}")[0] if number is not None else self._row + 1
        self._column = 0

    def _cell(self, name: str, attributes: dict[str, str]) -> None:
        self._count(name, attributes)
        reference = attributes.get("r")
        row, column = cell_position(reference) if reference is not None else (self._row, self._column + 1)
        self._cell_row, self._column = row, column

    def _value(self, name: str, attributes: dict[str, str]) -> None:
        """Only cells with content count: styled empty rows out to the last column are common and harmless."""
        if self._cell_row > self._last_row or self._column > self._last_column:
            self._last_row = max(self._cell_row, self._last_row)
            self._last_column = max(self._column, self._last_column)
            if self._last_row * self._last_column > limits.MAX_AREA:
                raise Refused("This file holds cells scattered over a far larger sheet than can be read.", _ASK_AGAIN)
        if name == "is":
            self._runs = 0
        elif name == "f":
            self._range(name, attributes)

    def _string_starts(self, *_: object) -> None:
        self._runs = 0

    def _run(self, *_: object) -> None:
        self._runs += 1
        if self._runs > limits.MAX_RUNS:
            raise excess("pieces of differently formatted text in one cell", limits.MAX_RUNS)

    def _string_table(self, _: str, attributes: dict[str, str]) -> None:
        for key in ("count", "uniqueCount"):
            value = attributes.get(key, "0")
            if not value.isdecimal() or int(value) > limits.MAX_ELEMENTS:
                raise Refused("This file claims to hold more text than it could.", _ASK_AGAIN)

    def _range(self, name: str, attributes: dict[str, str]) -> None:
        if name in _RANGES:
            self._ranges += 1
            if self._ranges > limits.MAX_RANGES:
                raise excess("merged, linked or checked ranges in a sheet", limits.MAX_RANGES)
        reference = attributes.get(_AREAS.get(name, ""))
        if reference:
            self._area += range_area(reference)
            if self._area > limits.MAX_AREA:
                raise Refused("This file holds a range over a far larger sheet than can be read.", _ASK_AGAIN)

    def _relationship(self, _: str, attributes: dict[str, str]) -> None:
        if attributes.get("TargetMode") == "External" and not attributes.get("Type", "").endswith("/hyperlink"):
            self._tally.external += 1


_CHECKS = {
    "sheet": PartScan._count,
    "definedName": PartScan._count,
    "xf": PartScan._count,
    "numFmt": PartScan._format,
    "row": PartScan._row_starts,
    "c": PartScan._cell,
    "si": PartScan._string_starts,
    "r": PartScan._run,
    "sst": PartScan._string_table,
    "Relationship": PartScan._relationship,
    **dict.fromkeys((*_AREAS, *_RANGES), PartScan._range),
    **dict.fromkeys(("v", "is", "f"), PartScan._value),
}
