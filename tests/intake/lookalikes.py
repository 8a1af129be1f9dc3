"""Workbooks laid out like real ones, with the reading that a person would give them.

Each look is written as a workbook file by ``Look.write``. The words are invented; only the layouts are borrowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
from openpyxl.styles import Font

Value = str | int | float | bool | None


@dataclass(frozen=True)
class Page:
    """One sheet. ``rows`` stand at ``top``, ``left``; addresses in the other fields are as on the finished sheet."""

    name: str
    rows: tuple[tuple[Value, ...], ...]
    top: int = 1
    left: int = 1
    merges: tuple[str, ...] = ()
    visible: bool = True
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    formats: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """What a person reads in one row. ``cells`` are the addresses of the parts that a test looks at.

    ``answers`` are by vendor; the empty name where the workbook is of one vendor.
    """

    id: str
    question: str
    answers: Mapping[str, str]
    comment: str = ""
    evidence: str = ""
    section: str | None = None
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Look:
    """A layout with its expected reading: how many questions, how many answered, some rows by key.

    ``told`` are words of problems that must be told, with their place (``Answers!D7``) where there is one.
    """

    name: str
    pages: tuple[Page, ...]
    questions: int
    answered: int
    rows: Mapping[str, Seen] = field(default_factory=dict)
    vendors: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    told: tuple[tuple[str, str], ...] = ()

    def write(self, folder: Path) -> Path:
        """The workbook, in ``folder``."""
        book = openpyxl.Workbook()
        book.remove(book.active)
        for page in self.pages:
            _write(book.create_sheet(page.name), page)
        path = folder / f"{self.name}.xlsx"
        book.save(path)
        return path


def _write(sheet: openpyxl.worksheet.worksheet.Worksheet, page: Page) -> None:
    for number, row in enumerate(page.rows, page.top):
        for column, value in enumerate(row, page.left):
            if value is not None:
                sheet.cell(number, column, value)
    for merged in page.merges:
        sheet.merge_cells(merged)
    for row in page.hidden_rows:
        sheet.row_dimensions[row].hidden = True
    for letters in page.hidden_columns:
        sheet.column_dimensions[letters].hidden = True
    for address in page.struck:
        sheet[address].font = Font(strike=True)
    for address, number_format in page.formats.items():
        sheet[address].number_format = number_format
    if not page.visible:
        sheet.sheet_state = "hidden"


def one(answer: str) -> dict[str, str]:
    """The answers of a row where the workbook is of one vendor."""
    return {"": answer}
