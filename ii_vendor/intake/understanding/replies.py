"""What was answered in a row: the answer, its comment and its evidence, for one vendor or for several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ii_vendor.intake.raw import column_letters
from ii_vendor.intake.understanding.grid import Grid
from ii_vendor.intake.understanding.words import is_mark, is_no_mark, is_ticked
from ii_vendor.model.workbook import ReadAnswer, SheetColumn

PARTS = ("answer", "comment", "evidence")


class Replies:
    """Reads the columns of a table that a vendor writes into."""

    def __init__(self, grid: Grid, columns: Iterable[SheetColumn]) -> None:
        self._grid = grid
        self._by_vendor: dict[str, list[SheetColumn]] = {}
        for column in columns:
            if column.role in (*PARTS, "option"):
                self._by_vendor.setdefault(column.vendor, []).append(column)
        every = [each for group in self._by_vendor.values() for each in group]
        self.columns = frozenset(each.column for each in every)
        self._ticked = frozenset(each.column for each in every if each.role == "option")
        self._parts = {
            vendor: {part: found for part in PARTS if (found := _column_of(part, group))}
            for vendor, group in self._by_vendor.items()
        }

    def any(self, row: int) -> bool:
        """Whether anything of an answer stands in the row."""
        return any(
            column not in self._ticked or not is_no_mark(text)
            for column in self.columns
            if (text := self._text(row, column).strip())
        )

    def read(self, row: int) -> tuple[ReadAnswer, ...]:
        """What each vendor wrote in the row."""
        return tuple(self._of(vendor, columns, row) for vendor, columns in self._by_vendor.items())

    def joined(self, before: Sequence[ReadAnswer], row: int) -> tuple[ReadAnswer, ...]:
        """The answers so far with those of a further row of the same question."""
        return tuple(_joined(one, more) for one, more in zip(before, self.read(row), strict=True))

    def marked(self, row: int) -> Mapping[str, Sequence[SheetColumn]]:
        """The ticked columns of the row, by vendor."""
        return {vendor: self._marked(columns, row) for vendor, columns in self._by_vendor.items()}

    def _marked(self, columns: Iterable[SheetColumn], row: int) -> list[SheetColumn]:
        ticks = ((each, self._text(row, each.column)) for each in columns if each.column in self._ticked)
        return [each for each, text in ticks if is_ticked(text)]

    def _of(self, vendor: str, columns: Sequence[SheetColumn], row: int) -> ReadAnswer:
        said: dict[str, str] = {}
        cells: dict[str, str] = {}
        for part, column in self._parts[vendor].items():
            said[part] = self._text(row, column)
            cells[part] = f"{column_letters(column)}{self._grid.top_of(row, column)}"
        ticked = self._marked(columns, row)
        if ticked:
            chosen = "; ".join(self._choice(row, each) for each in ticked)
            written = said.get("answer", "").strip()
            said["answer"] = f"{chosen}: {written}" if written else chosen
            cells["answer"] = f"{column_letters(ticked[0].column)}{row}"
        return ReadAnswer(vendor=vendor, cells=cells, **said)

    def _choice(self, row: int, column: SheetColumn) -> str:
        text = self._text(row, column.column).strip()
        plain = is_mark(text) or text.casefold() == column.option.casefold()
        return column.option if plain else f"{column.option}: {text}"

    def _text(self, row: int, column: int) -> str:
        cell = self._grid.reaching(row, column)
        return cell.text if cell is not None and cell.kind != "error" else ""


def _column_of(role: str, columns: Iterable[SheetColumn]) -> int:
    return next((each.column for each in columns if each.role == role), 0)


def _joined(one: ReadAnswer, more: ReadAnswer) -> ReadAnswer:
    parts: dict[str, object] = {}
    cells = dict(one.cells)
    for part in PARTS:
        before, after = getattr(one, part), getattr(more, part)
        if after.strip() and cells.get(part) != more.cells.get(part):
            parts[part] = f"{before}\n{after}" if before.strip() else after
            cells[part] = f"{cells[part].split(':')[0]}:{more.cells[part]}" if before.strip() else more.cells[part]
    return one.model_copy(update={**parts, "cells": cells})
