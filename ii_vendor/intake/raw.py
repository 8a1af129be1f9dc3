"""What crosses from the reading process, with types: sheets of cells, before anybody knows what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, NamedTuple

CellKind = Literal["text", "number", "truth", "date", "error", "blank"]


class RawCell(NamedTuple):
    """A cell that holds something. ``row`` and ``column`` count from 1; ``text`` is what the cell shows.

    ``formula`` is empty for a plain cell; ``struck`` are the pieces of the text that are struck out.
    """

    row: int
    column: int
    kind: CellKind
    text: str
    formula: str = ""
    struck: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """``D7``, as Excel writes it."""
        return f"{column_letters(self.column)}{self.row}"


@dataclass(frozen=True)
class RawSheet:
    """A sheet. ``skipped`` says why it has no cells, where that is so."""

    name: str
    visible: bool
    cells: Mapping[tuple[int, int], RawCell]
    skipped: str = ""
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    merges: tuple[str, ...] = ()

    def text(self, row: int, column: int) -> str:
        """The text at a place; empty where nothing is."""
        cell = self.cells.get((row, column))
        return cell.text if cell else ""

    def rows(self) -> Iterator[tuple[int, list[RawCell]]]:
        """Every row that holds something, with its cells from left to right."""
        found: dict[int, list[RawCell]] = {}
        for (row, _), cell in sorted(self.cells.items()):
            found.setdefault(row, []).append(cell)
        yield from found.items()

    def is_hidden(self, row: int, column: int) -> bool:
        """Whether the row or the column is hidden."""
        return row in self.hidden_rows or any(first <= column <= last for first, last in self.hidden_columns)


@dataclass(frozen=True)
class RawWorkbook:
    """A workbook as read. ``complete`` is False where only text and stored values could be read.

    ``warnings`` are sentences of the guard and the reader; ``cleaned`` counts control characters that were left out.
    """

    sheets: tuple[RawSheet, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    complete: bool = True
    cleaned: int = 0


def raw_workbook(content: Mapping[str, Any]) -> RawWorkbook:
    """The reply of the reading process as a RawWorkbook."""
    return RawWorkbook(
        sheets=tuple(_raw_sheet(sheet) for sheet in content["sheets"]),
        properties=content["properties"],
        names=content["names"],
        warnings=tuple(content["warnings"]),
        complete=content["reader"] != "calamine",
        cleaned=content["cleaned"],
    )


def _raw_sheet(sheet: Mapping[str, Any]) -> RawSheet:
    cells = (_raw_cell(*cell) for cell in sheet["cells"])
    return RawSheet(
        name=sheet["name"],
        visible=sheet["state"] == "visible",
        cells={(cell.row, cell.column): cell for cell in cells},
        skipped=sheet.get("skipped", ""),
        hidden_rows=frozenset(sheet.get("hidden_rows", ())),
        hidden_columns=tuple((first, last) for first, last in sheet.get("hidden_columns", ())),
        merges=tuple(sheet.get("merges", ())),
    )


def _raw_cell(row: int, column: int, kind: CellKind, text: str, extras: Mapping[str, Any] | None = None) -> RawCell:
    if extras is None:
        return RawCell(row, column, kind, text)
    return RawCell(row, column, kind, text, extras.get("formula", ""), tuple(extras.get("struck", ())))


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """``AB`` for column 28."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
