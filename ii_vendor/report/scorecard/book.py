"""The workbook being written: named styles, and sheets that know how to print."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from ii_vendor.report.scorecard.words import clean, looks_like_formula

Value = float | int | str | None

TEAL, VERMILION, GREY, INK = "#0F7C8A", "#D55E00", "#8A949B", "#1F2D33"
TEAL_DARK, TEAL_PALE, VERMILION_PALE, GREY_PALE, INPUT = "#0B4F59", "#E3F1F3", "#FBE6D9", "#EEF1F2", "#FFF8D2"
TEAL_TINT, VERMILION_TINT, RULE = "#8CC7CE", "#F0A878", "#C9D2D6"

LINE, TALLEST = 13.2, 409.0
"""The height of a line of text and of the tallest row, in points."""

_OR_DASH = '{0};-{0};{0};"–"'
"""A number format that shows the empty text of a formula without a result as a dash."""

_STYLES: Mapping[str, Mapping[str, object]] = {
    "title": {"bold": True, "font_size": 20, "font_color": TEAL_DARK, "valign": "vcenter"},
    "subtitle": {"font_size": 12, "font_color": INK, "bold": True},
    "note": {"font_color": "#56636A"},
    "head": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": TEAL_DARK,
        "text_wrap": True,
        "valign": "vcenter",
        "border": 1,
        "border_color": "#FFFFFF",
    },
    "red": {"bg_color": VERMILION},
    "teal": {"bg_color": TEAL},
    "dark": {"bg_color": "#34474F"},
    "cell": {"border": 1, "border_color": RULE},
    "wrap": {"text_wrap": True},
    "top": {"valign": "top"},
    "centre": {"align": "center"},
    "bold": {"bold": True},
    "big": {"font_size": 13, "bold": True},
    "soft": {"font_color": "#56636A"},
    "section": {"bg_color": TEAL_PALE, "bold": True},
    "tint": {"bg_color": TEAL_PALE},
    "level": {"num_format": _OR_DASH.format("0.0"), "align": "center"},
    "move": {"num_format": '+0.0;-0.0;0.0;"–"', "align": "center"},
    "score": {"num_format": _OR_DASH.format("0.0"), "align": "center"},
    "count": {"num_format": "0", "align": "center"},
    "rank": {"num_format": _OR_DASH.format("0"), "align": "center"},
    "share": {"num_format": "0.0%", "align": "center"},
    "rated": {"num_format": '0%" rated"', "align": "center"},
    "weight": {"num_format": "0.####", "align": "center"},
    "money": {"num_format": _OR_DASH.format("#,##0.00"), "align": "right", "indent": 1},
    "input": {"bg_color": INPUT, "locked": False, "border_color": "#B9A44C"},
    "mono": {"font_name": "Consolas"},
    "quoted": {"quote_prefix": True},
}


@lru_cache(maxsize=4096)
def column(index: int) -> str:
    """The letters of a column counted from 0: 0 is A."""
    return str(xl_col_to_name(index))


def at(row: int, col: int) -> str:
    """The address of a cell, both counted from 0: (5, 2) is C6."""
    return f"{column(col)}{row + 1}"


def fixed(sheet: str, row: int, col: int, last_row: int | None = None, last_col: int | None = None) -> str:
    """The absolute address of a cell or of a range: ``Weights!$D$6:$D$9``."""
    name = f"'{sheet}'" if " " in sheet else sheet
    start = f"{name}!${column(col)}${row + 1}"
    if last_row is None and last_col is None:
        return start
    end_col, end_row = col if last_col is None else last_col, row if last_row is None else last_row
    return f"{start}:${column(end_col)}${end_row + 1}"


def wrapped_lines(text: str, width: float) -> int:
    """About how many lines a text takes in a column of this width in characters."""
    room = max(width - 1.0, 1.0)
    if len(text) <= room and "\n" not in text:
        return 1
    return sum(max(1, ceil(len(line) / room)) for line in text.split("\n"))


class OwnFormulas(Worksheet):  # type: ignore[misc]
    """A worksheet that takes formulas as they are.

    XlsxWriter searches each formula 28 times for functions younger than Excel 2010. Ours use none, and the search would
    take half of the whole time.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002
        return formula.removeprefix("=")


class Book:
    """An XlsxWriter workbook in which a style is a few words: ``book.style("cell score section")``."""

    def __init__(self, out: Any, footer: str) -> None:
        self.workbook = xlsxwriter.Workbook(
            out, {"default_format_properties": {"font_name": "Calibri", "font_size": 10, "font_color": INK}}
        )
        self.footer = clean(footer).replace("&", "&&")[:80]
        self._styles: dict[str, Format] = {}

    def style(self, words: str) -> Format:
        """The format that these words of the style list add up to."""
        if words not in self._styles:
            properties: dict[str, object] = {"valign": "vcenter"}
            for word in words.split():
                properties.update(_STYLES[word])
            if "border" in properties and "align" not in properties:
                properties.update(align="left", indent=1)
            self._styles[words] = self.workbook.add_format(properties)
        return self._styles[words]

    def sheet(self, name: str, colour: str) -> Sheet:
        """A new sheet, after those there are."""
        return Sheet(self, name, colour)

    def close(self, created: datetime, source: Mapping[str, str | int]) -> None:
        """Write the file. ``source`` says what it was written from, as its custom properties."""
        for name, value in source.items():
            self.workbook.set_custom_property(name, value)
        self.workbook.set_properties(
            {
                "title": "Vendor scorecard",
                "subject": self.footer,
                "comments": f"ii-vendor: {', '.join(f'{name} {value}' for name, value in source.items())}",
                "created": created,
            }
        )
        self.workbook.close()


class Sheet:
    """One sheet. Rows and columns count from 0; text is always text and never becomes a formula or a link."""

    def __init__(self, book: Book, name: str, colour: str) -> None:
        self.book, self.name = book, name
        self._widths: tuple[float, ...] = ()
        self.raw: Worksheet = book.workbook.add_worksheet(name, worksheet_class=OwnFormulas)
        self.raw.set_tab_color(colour)
        self.raw.hide_gridlines(2)

    def text(self, row: int, col: int, text: str, style: str = "cell") -> None:
        """Write words. They are made safe first."""
        safe = clean(text)
        if looks_like_formula(safe):
            style = f"{style} quoted"
        self.raw.write_string(row, col, safe, self.book.style(style))

    def number(self, row: int, col: int, number: float, style: str = "cell") -> None:
        """Write a number."""
        self.raw.write_number(row, col, number, self.book.style(style))

    def put(self, row: int, col: int, value: Value, style: str = "cell") -> None:
        """Write a number or words, or an empty cell for None."""
        if value is None:
            self.raw.write_blank(row, col, None, self.book.style(style))
        elif isinstance(value, str):
            self.text(row, col, value, style)
        else:
            self.number(row, col, value, style)

    def formula(self, row: int, col: int, formula: str, value: Value, style: str = "cell") -> None:
        """Write a formula of ours with the result that Python computed; None is the empty text."""
        self.raw.write_formula(row, col, formula, self.book.style(style), "" if value is None else value)

    def headings(
        self, row: int, headings: Sequence[str], style: str = "head", height: float = 32, centred: Container[int] = ()
    ) -> None:
        """Write a row of column headings, tall enough for wrapped ones (height in points)."""
        self.raw.set_row(row, height)
        for col, heading in enumerate(headings):
            self.text(row, col, heading, f"{style} centre" if col in centred else style)

    def title(self, title: str, *notes: str) -> None:
        """Write the sheet's title and what to know about it into the first rows."""
        self.raw.set_row(0, 30)
        self.text(0, 0, title, "title")
        for row, note in enumerate(notes, start=1):
            self.text(row, 0, note, "note")

    def widths(self, *widths: float) -> None:
        """Set column widths, in characters, from the first column on."""
        self._widths = widths
        for col, width in enumerate(widths):
            self.raw.set_column(col, col, width)

    def fit(self, row: int, texts: Iterable[tuple[int, str]]) -> None:
        """Make a row tall enough for wrapped text in columns whose widths are set; not every program does so itself."""
        lines = max((wrapped_lines(text, self._widths[col]) for col, text in texts), default=1)
        if lines > 1:
            self.raw.set_row(row, min(LINE * lines + 4, TALLEST))

    def merge(self, row: int, col: int, last_col: int, text: str, style: str) -> None:
        """Write words across several columns."""
        if last_col == col:
            self.text(row, col, text, style)
            return
        self.raw.merge_range(row, col, row, last_col, "", self.book.style(style))
        self.text(row, col, text, style)

    def paragraph(self, row: int, col: int, last_col: int, text: str) -> None:
        """Write prose across several columns whose widths are set. Merged cells never grow by themselves, so the row
        is made tall enough."""
        self.merge(row, col, last_col, text, "wrap top")
        lines = wrapped_lines(clean(text), 1.1 * sum(self._widths[col : last_col + 1]))
        self.raw.set_row(row, min(LINE * lines + 3, TALLEST))

    def choices(self, row: int, col: int, last_row: int, last_col: int, options: Sequence[str]) -> None:
        """Offer a dropdown list in these cells, and refuse anything else (an empty cell is fine)."""
        if last_row >= row:
            self.raw.data_validation(row, col, last_row, last_col, {"validate": "list", "source": list(options)})

    def print_setup(
        self, *, head: int | None = None, columns: int = 0, wide: int = 1, tall: int = 0, portrait: bool = False
    ) -> None:
        """A4, ``wide`` pages across and ``tall`` down (0: as many as needed), the rows down to ``head`` and the first
        ``columns`` repeated on every page."""
        if not portrait:
            self.raw.set_landscape()
        self.raw.set_paper(9)
        self.raw.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.raw.fit_to_pages(wide, tall)
        self.raw.set_footer(f"&L&8{self.book.footer}&C&8&A&R&8Page &P of &N")
        if head is not None:
            self.raw.repeat_rows(0 if wide > 1 else max(head - 1, 0), head)
        if columns and wide > 1:
            self.raw.repeat_columns(0, columns - 1)

    def protect(self) -> None:
        """Lock everything but the input cells, without a password: against slips, not against people."""
        self.raw.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})
