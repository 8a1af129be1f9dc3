"""What the styles of an Excel workbook say that matters: number formats, those that show dates, struck-out text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO
from xml.etree.ElementTree import Element, iterparse

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

from ii_vendor.intake.strings import NS, is_struck

GENERAL = "General"


@dataclass(frozen=True)
class Style:
    """How a cell looks."""

    number_format: str = GENERAL
    struck: bool = False


class Styles:
    """The cell styles of a workbook, by index. ``dates`` and ``durations`` are the indexes of those that show one."""

    def __init__(self, part: IO[bytes] | None = None) -> None:
        self._styles: list[Style] = []
        if part is not None:
            self._read(part)
        formats = [style.number_format for style in self._styles]
        self.dates = {at for at, each in enumerate(formats) if is_date_format(each)}
        self.durations = {at for at, each in enumerate(formats) if is_timedelta_format(each)}

    def __getitem__(self, index: object) -> Style:
        """The style of an index; a plain one where there is none."""
        return self._styles[index] if isinstance(index, int) and 0 <= index < len(self._styles) else Style()

    def _read(self, part: IO[bytes]) -> None:
        formats = {number: code for number, code in BUILTIN_FORMATS.items() if code is not None}
        struck: list[bool] = []
        for _, element in iterparse(part):
            if element.tag == NS + "numFmt":
                formats[_number(element, "numFmtId")] = element.get("formatCode") or GENERAL
            elif element.tag == NS + "fonts":
                struck = [is_struck(font.find(NS + "strike")) for font in element]
            elif element.tag == NS + "cellXfs":
                self._styles = [_style(each, formats, struck) for each in element]


def _style(element: Element, formats: dict[int, str], struck: list[bool]) -> Style:
    font = _number(element, "fontId")
    out = struck[font] if 0 <= font < len(struck) else False
    return Style(formats.get(_number(element, "numFmtId"), GENERAL), out)


def _number(element: Element, name: str) -> int:
    value = element.get(name, "0")
    return int(value) if value.isdecimal() and value.isascii() else 0
