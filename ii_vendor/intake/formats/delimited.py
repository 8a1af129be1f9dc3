"""Text files of rows and columns (.csv) -> plain cells."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ii_vendor.intake import limits
from ii_vendor.intake.formats.cells import Budget, Json
from ii_vendor.intake.plain_text import PlainText
from ii_vendor.intake.refused import Refused

SHEET = "Sheet1"
"""A text file has one sheet, and no name for it."""

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_ROWS = 200
_SAMPLE_CHARS = 1 << 18
_DIRECTIVE = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_KEPT_AS_TEXT = re.compile('="([^"]*)"')
_NAMED = 5


@dataclass(frozen=True)
class _Row:
    """The values of a row, and the lines of the file, from 1, that it spans."""

    values: list[str]
    first: int
    last: int


def read(plain: PlainText) -> Json:
    """The cells of one sheet, all of them text: ``1.10``, ``007`` and ``NA`` stay as they are.

    Rows count as Excel would count them: an empty line is a row, and a cell may hold several lines. ``told`` are
    sentences about what is wrong. Raises Refused for a cell with more than a million characters.
    """
    budget = Budget()
    told = list(_wrong_bytes(plain))
    delimiter, text = _delimiter(plain.text)
    cells = []
    last = None
    for number, row in enumerate(_rows(text, delimiter), 1):
        last = row
        for column, value in enumerate(row.values, 1):
            if value:
                kept = _KEPT_AS_TEXT.fullmatch(value)
                cells.append(budget.cell(number, column, "text", kept[1] if kept else value))
    if last is not None and _is_open(text, last, delimiter):
        told.append(
            f"A quotation mark in line {last.first} is never closed, so everything after it was read as one cell. "
            "Look at the end of the file."
        )
    sheet = {"name": SHEET, "state": "visible", "cells": cells}
    return {
        "reader": "csv",
        "properties": {},
        "names": {},
        "sheets": [sheet],
        "cleaned": budget.cleaned,
        "told": told,
    }


def is_table(text: str) -> bool:
    """Whether a text has columns: at least two rows, nearly all of them with the same number of several values."""
    delimiter, text = _delimiter(text)
    widths = [len(row.values) for row in islice(_rows(text, delimiter), _SAMPLE_ROWS) if any(row.values)]
    usual = max(set(widths), key=widths.count, default=0)
    return len(widths) >= 2 and usual >= 2 and widths.count(usual) >= 0.9 * len(widths)


def _delimiter(text: str) -> tuple[str, str]:
    """What stands between the values, and the text without the line that says so, where there is one."""
    if directive := _DIRECTIVE.match(text):
        return directive[1], text[directive.end() :]
    sample = text[:_SAMPLE_CHARS]
    return max(_DELIMITERS, key=lambda each: _agreement(sample, each)), text


def _agreement(text: str, delimiter: str) -> tuple[float, int]:
    """How far the rows agree on a number of several columns, and on how many."""
    widths = [len(row.values) for row in islice(_rows(text, delimiter), _SAMPLE_ROWS) if any(row.values)]
    several = [width for width in widths if width > 1]
    if not several:
        return 0.0, 0
    usual = max(set(several), key=several.count)
    return round(several.count(usual) / len(widths), 1), usual


def _rows(text: str, delimiter: str) -> Iterator[_Row]:
    csv.field_size_limit(limits.MAX_TEXT_CHARS)
    reader = csv.reader(_lines(text), delimiter=delimiter)
    before = 0
    try:
        for values in reader:
            yield _Row(values, before + 1, reader.line_num)
            before = reader.line_num
    except csv.Error as error:
        raise Refused(
            f"A cell that begins in line {before + 1} holds more than a million characters.",
            "Open the file in Excel or LibreOffice, look for a quotation mark that is not closed, and save it again.",
        ) from error


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends, as Excel breaks them: at carriage returns and line feeds and nowhere else."""
    return (match[0] for match in _LINE.finditer(text))


def _is_open(text: str, last: _Row, delimiter: str) -> bool:
    """Whether the last row ends within quotation marks."""
    try:
        list(csv.reader(islice(_lines(text), last.first - 1, None), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _wrong_bytes(plain: PlainText) -> Iterator[str]:
    lines = plain.wrong_lines
    if not lines:
        return
    named = ", ".join(map(str, lines[:_NAMED])) + (f" and {len(lines) - _NAMED} more" if len(lines) > _NAMED else "")
    yield (
        f"Some letters could not be read and show as \N{REPLACEMENT CHARACTER}: line{'s' * (len(lines) > 1)} {named}. "
        "Ask for the file to be saved again as CSV UTF-8, or as an Excel workbook (.xlsx)."
    )
