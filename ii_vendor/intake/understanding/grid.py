"""A sheet as rows of cells, with its merged cells resolved."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ii_vendor.intake.raw import RawCell, RawSheet

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_MOST_COVERED = 200_000


@dataclass(frozen=True)
class Merge:
    """A merged area; rows and columns count from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def wide(self) -> bool:
        """Whether it spans columns."""
        return self.right > self.left

    @property
    def tall(self) -> bool:
        """Whether it spans rows."""
        return self.bottom > self.top


class Grid:
    """Cells that say something, by row and column."""

    def __init__(self, sheet: RawSheet) -> None:
        self.sheet = sheet
        self.lines: dict[int, dict[int, RawCell]] = {}
        for cell in sheet.cells.values():
            if cell.text.strip() or cell.formula:
                self.lines.setdefault(cell.row, {})[cell.column] = cell
        self.lines = {row: dict(sorted(self.lines[row].items())) for row in sorted(self.lines)}
        self._rows = list(self.lines)
        self.last_row = max(self.lines, default=0)
        self.last_column = max((max(cells) for cells in self.lines.values()), default=0)

    @cached_property
    def merges(self) -> tuple[Merge, ...]:
        """The merged areas that span more than one cell, within the rows in use."""
        found = (_merge(text, self.last_row, self.last_column) for text in self.sheet.merges)
        return tuple(merge for merge in found if merge is not None)

    @cached_property
    def _down(self) -> Mapping[tuple[int, int], tuple[int, int]]:
        """For a cell beneath the top of a tall merged area: where the area begins."""
        covered: dict[tuple[int, int], tuple[int, int]] = {}
        for merge in self.merges:
            if len(covered) > _MOST_COVERED:
                break
            for row in range(merge.top + 1, merge.bottom + 1):
                covered[row, merge.left] = merge.top, merge.left
        return covered

    @cached_property
    def wide_rows(self) -> Mapping[int, tuple[Merge, ...]]:
        """The merged areas that span columns, by their top row."""
        found: dict[int, list[Merge]] = {}
        for merge in self.merges:
            if merge.wide:
                found.setdefault(merge.top, []).append(merge)
        return {row: tuple(merges) for row, merges in found.items()}

    @cached_property
    def tall_tops(self) -> Mapping[tuple[int, int], int]:
        """The last row of each tall merged area, by its first cell."""
        return {(merge.top, merge.left): merge.bottom for merge in self.merges if merge.tall}

    def top_of(self, row: int, column: int) -> int:
        """The row where the merged area of a cell begins; the row itself where nothing is merged downwards."""
        return self._down.get((row, column), (row, column))[0]

    def cell(self, row: int, column: int) -> RawCell | None:
        """The cell at a place, if it says something."""
        return self.lines.get(row, {}).get(column)

    def reaching(self, row: int, column: int) -> RawCell | None:
        """The cell at a place, or the one that is merged down to it."""
        return self.cell(row, column) or self.cell(self.top_of(row, column), column)

    def text(self, row: int, column: int) -> str:
        """The text at a place."""
        cell = self.cell(row, column)
        return cell.text if cell else ""

    def reaching_text(self, row: int, column: int) -> str:
        """The text at a place, or the one that is merged down to it."""
        cell = self.reaching(row, column)
        return cell.text if cell else ""

    def rows(self, first: int, last: int) -> Sequence[int]:
        """The rows in use from ``first`` to ``last``."""
        return self._rows[bisect_left(self._rows, first) : bisect_right(self._rows, last)]


def _merge(text: str, last_row: int, last_column: int) -> Merge | None:
    match = _RANGE.fullmatch(text)
    if match is None or match[3] is None:
        return None
    rows = sorted((int(match[2]), int(match[4])))
    columns = sorted((_number(match[1]), _number(match[3])))
    bottom, right = min(rows[1], max(last_row, rows[0])), min(columns[1], max(last_column, columns[0]))
    merge = Merge(rows[0], columns[0], bottom, right)
    return merge if merge.wide or merge.tall else None


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
