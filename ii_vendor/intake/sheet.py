"""A protected sheet with its hidden marks: what every sheet of the response workbook has in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from ii_vendor.intake.fitting import row_height, writable
from ii_vendor.intake.styles import Styles

_LONGEST_INLINE_LIST = 255
_LAPTOP_WIDTH = 180.0
_PROTECTION = {"format_columns": True, "format_rows": True, "select_locked_cells": True, "select_unlocked_cells": True}


class Book:
    """The workbook that is being written, with its formats and its lists of options."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.styles = Styles(book)
        self._lists: list[tuple[str, ...]] = []

    def option_source(self, options: tuple[str, ...]) -> list[str] | str:
        """Where a dropdown takes its options from: the list itself, or a named range when it is too long for that."""
        if len(",".join(options)) <= _LONGEST_INLINE_LIST and not any("," in option for option in options):
            return list(options)
        if options not in self._lists:
            self._lists.append(options)
        return f"=ii.list.{self._lists.index(options) + 1}"

    def write_lists(self) -> None:
        """Add the hidden sheet of long option lists, if there are any. Call it last."""
        if not self._lists:
            return
        sheet = self.book.add_worksheet("Lists")
        for column, options in enumerate(self._lists):
            for row, option in enumerate(options):
                sheet.write_string(row, column, option)
            last = xl_rowcol_to_cell(len(options) - 1, column, True, True)
            first = xl_rowcol_to_cell(0, column, True, True)
            self.book.define_name(f"ii.list.{column + 1}", f"=Lists!{first}:{last}")
        sheet.protect()
        sheet.hide()


class MarkedSheet:
    """One sheet. Rows are written top down; columns are given as (role, width in characters)."""

    def __init__(self, book: Book, name: str, mark: str, columns: Sequence[tuple[str, float]]) -> None:
        self.name = name
        self.styles = book.styles
        self.sheet: Worksheet = book.book.add_worksheet(name)
        self.columns = {role: index for index, (role, _) in enumerate(columns, 1)}
        self.widths = dict(columns)
        self.row = 1
        self._write_marks(mark)

    def _write_marks(self, mark: str) -> None:
        hidden = self.styles["hidden"]
        self.sheet.write_string(0, 0, mark, hidden)
        for role, column in self.columns.items():
            self.sheet.write_string(0, column, role, hidden)
            self.sheet.set_column(column, column, self.widths[role])
        self.sheet.set_column(0, 0, 3, hidden, {"hidden": True})
        self.sheet.set_row(0, 15, None, {"hidden": True})
        self.sheet.hide_gridlines(2)

    @property
    def last_column(self) -> int:
        """Index of the last column in use, from 0."""
        return len(self.columns)

    def key(self, key: str) -> None:
        """Name the current row."""
        self.sheet.write_string(self.row, 0, key, self.styles["hidden"])

    def text(self, role: str, text: str, style: str) -> None:
        """Write text into the current row; it never becomes a formula. Raises UnwritableText."""
        place = f"{self.name}!{self.cell(role)}"
        self.sheet.write_string(self.row, self.columns[role], writable(text, place), self.styles[style])

    def titled(self, role: str, title: str, text: str, style: str) -> None:
        """Write a bold title with text beneath it into one cell."""
        bold, plain = self.styles["bold"], self.styles["plain"]
        self.sheet.write_rich_string(self.row, self.columns[role], bold, title, plain, f"\n{text}", self.styles[style])

    def formula(self, role: str, formula: str, value: str | int | float, style: str) -> None:
        """Write a live formula together with its present value."""
        self.sheet.write_formula(self.row, self.columns[role], formula, self.styles[style], value)

    def dropdown(self, role: str, source: list[str] | str, rows: int = 1) -> None:
        """Offer options in the current row and those below."""
        options: dict[str, Any] = {
            "validate": "list",
            "source": source,
            "error_title": "Please choose from the list",
            "error_message": "Choose one of the options in the list. Details belong in the answer beside it.",
        }
        column = self.columns[role]
        self.sheet.data_validation(self.row, column, self.row + rows - 1, column, options)

    def line(self, key: str, text: str, style: str, height: float | None = None) -> None:
        """A line of text from the first column, as wide as a laptop shows."""
        last, width = self._reading_width()
        self.key(key)
        self.sheet.merge_range(self.row, 1, self.row, last, "", self.styles[style])
        self.sheet.write_string(self.row, 1, writable(text, self.name), self.styles[style])
        self.end_row(height or row_height([(text, width)]))

    def _reading_width(self) -> tuple[int, float]:
        """The last column that a laptop shows beside the first, at least the second, and the width up to it."""
        last, width = 0, 0.0
        for column, own in enumerate(self.widths.values(), 1):
            if column > 2 and width + own > _LAPTOP_WIDTH:
                break
            last, width = column, width + own
        return last, width

    def end_row(self, height: float) -> None:
        """Set the height of the current row, in points, and go on to the next."""
        self.sheet.set_row(self.row, height)
        self.row += 1

    def cell(self, role: str, row: int | None = None, absolute: bool = False) -> str:
        """The address of a cell, in the current row unless another is given (from 0)."""
        at = self.row if row is None else row
        return str(xl_rowcol_to_cell(at, self.columns[role], absolute, absolute))

    def reference(self, role: str, first: int, last: int) -> str:
        """A range of one column, with the sheet's name, as other sheets refer to it."""
        return f"'{self.name}'!{self.cell(role, first, True)}:{self.cell(role, last, True)}"

    def start_at(self, row: int, role: str) -> None:
        """Select the cell where a vendor begins to write. ``row`` counts from 0."""
        self.sheet.set_selection(row, self.columns[role], row, self.columns[role])

    def finish(self, head_row: int | None, frozen_columns: int = 0, insert_rows: bool = False) -> None:
        """Freeze the header, protect the sheet without a password, and set up printing: one page wide."""
        if head_row is not None:
            self.sheet.freeze_panes(head_row + 1, frozen_columns)
            self.sheet.repeat_rows(head_row)
        self.sheet.protect("", _PROTECTION | {"insert_rows": insert_rows})
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.print_area(1, 1, max(self.row - 1, 1), self.last_column)
        self.sheet.set_footer("&L&9&A&R&9Page &P of &N")
