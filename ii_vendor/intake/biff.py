"""The records of an Excel 97-2003 workbook: walked once by the guard, and again for what the reader does not tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import unpack_from
from typing import Literal

from ii_vendor.intake import limits
from ii_vendor.intake.ole import damaged, locked
from ii_vendor.intake.refused import Refused

_ASK_AGAIN = "Open it in Excel, save it as a new .xlsx file, and send that."
_BEGINS = (0x0009, 0x0209, 0x0409, 0x0809)
_ENDS = 0x000A
FORMULAS = (0x0006, 0x0206, 0x0406)
_CELLS = {0x0002, 0x0003, 0x0004, 0x0005, *FORMULAS, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E}
_ROW_OF_NUMBERS, _ROW_OF_BLANKS = 0x00BD, 0x00BE
_PASSWORD, _SHEET, _NAME, _FORMAT = 0x002F, 0x0085, 0x0018, 0x00E0
_COMMENT = 0x001C
_LINKED_BOOK, _LINKED_SHEET, _HYPERLINK, _MERGES = 0x01AE, 0x0017, 0x01B8, 0x00E5
_OUR_OWN = (b"\x01\x04", b"\x01\x3a")
"""A link to this workbook itself, or to the functions of an add-in."""

_KINDS: dict[int, Literal["worksheet", "macro sheet", "chart"]] = {0: "worksheet", 1: "macro sheet", 2: "chart"}
_STATES = ("visible", "hidden", "veryHidden")
_UNICODE_VERSION = 0x0600


@dataclass(frozen=True)
class SheetEntry:
    """A sheet as the workbook lists it. ``start`` is where its records begin."""

    name: str
    state: str
    kind: str
    start: int


@dataclass
class Records:
    """What a walk over all records of a workbook found."""

    sheets: list[SheetEntry] = field(default_factory=list)
    linked: bool = False
    comments: bool = False


def walk(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Code and content of each record of one part of the stream, from ``start`` to the end of that part."""
    depth, at = 0, start
    while at + 4 <= len(stream):
        code, size = unpack_from("<HH", stream, at)
        yield code, stream[at + 4 : at + 4 + size]
        if code in _BEGINS:
            depth += 1
        elif code == _ENDS:
            depth -= 1
            if depth <= 0:
                return
        at += 4 + size


def scan(stream: bytes) -> Records:
    """Walk everything. Raises Refused at the first thing that no questionnaire needs, and for a password."""
    if len(stream) < 8 or unpack_from("<H", stream)[0] not in _BEGINS:
        raise damaged()
    found = Records()
    tally = _Tally()
    for code, data in walk(stream, 0):
        tally.add(code, data)
        if code == _SHEET:
            found.sheets.append(_sheet_entry(data, unpack_from("<H", stream, 4)[0] >= _UNICODE_VERSION))
        elif code == _LINKED_BOOK:
            found.linked |= len(data) > 4 and data[2:4] not in _OUR_OWN
        elif code == _LINKED_SHEET and unpack_from("<H", stream, 4)[0] < _UNICODE_VERSION:
            found.linked |= data[1:2] == b"\x01"
    for sheet in found.sheets:
        for code, data in walk(stream, sheet.start):
            tally.add(code, data)
            found.comments |= code == _COMMENT
    return found


def _sheet_entry(data: bytes, unicode: bool) -> SheetEntry:
    if len(data) < 8:
        raise damaged()
    start, state, kind, length = unpack_from("<iBBB", data)
    if start < 0:
        raise damaged()
    wide = unicode and data[7] & 1
    text = data[8:] if unicode else data[7:]
    name = text[: 2 * length].decode("utf-16-le", "replace") if wide else text[:length].decode("cp1252", "replace")
    return SheetEntry(name, _STATES[min(state & 3, 2)], _KINDS.get(kind, "macro sheet"), start)


def _area(data: bytes, at: int) -> int:
    """How many cells a range holds."""
    top, bottom, left, right = unpack_from("<4H", data, at)
    return int((abs(bottom - top) + 1) * (abs(right - left) + 1))


class _Tally:
    """What has been counted over all parts of a workbook."""

    def __init__(self) -> None:
        self._records = self._cells = self._blanks = self._linked = self._merges = self._merged = 0
        self._counts = dict.fromkeys((_SHEET, _NAME, _FORMAT), 0)

    def add(self, code: int, data: bytes) -> None:
        self._records += 1
        if code in _CELLS:
            self._cells += 1
        elif code == _ROW_OF_NUMBERS:
            self._cells += len(data) // 6
        elif code == _ROW_OF_BLANKS:
            self._blanks += len(data) // 2
        elif code == _HYPERLINK and len(data) >= 8:
            self._linked += _area(data, 0)
        elif code == _MERGES:
            places = range(2, len(data) - 7, 8)
            self._merges += len(places)
            self._merged += sum(_area(data, at) for at in places)
        elif code == _PASSWORD:
            raise locked()
        elif code in self._counts:
            self._counts[code] += 1
        self._refuse_excess()

    def _refuse_excess(self) -> None:
        for count, most, what in (
            (self._records + self._blanks, limits.MAX_ELEMENTS, "records"),
            (self._cells, limits.MAX_CELLS, "cells"),
            (self._linked, limits.MAX_CELLS, "linked cells"),
            (self._merges, limits.MAX_RANGES, "merged ranges"),
            (self._merged, limits.MAX_AREA, "merged cells"),
            (self._counts[_SHEET], limits.MAX_SHEETS, "sheets"),
            (self._counts[_NAME], limits.MAX_NAMES, "named ranges"),
            (self._counts[_FORMAT], limits.MAX_STYLES, "cell formats"),
        ):
            if count > most:
                number = f"{most:,}".replace(",", " ")
                raise Refused(f"This file holds more than {number} {what}.", _ASK_AGAIN)
