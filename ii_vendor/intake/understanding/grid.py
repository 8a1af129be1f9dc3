"""A sheet as rows of cells, with its merged cells resolved."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property

from ii_vendor.intake.merges import Merge, merges_of
from ii_vendor.intake.raw import RawCell, RawSheet

_MOST_COVERED = 200_000


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
        found = (self._within(merge) for merge in merges_of(self.sheet))
        return tuple(merge for merge in found if merge.wide or merge.tall)

    def _within(self, merge: Merge) -> Merge:
        """A block cut to what is in use: some reach to the last row or column that a sheet can have."""
        bottom = min(merge.bottom, max(self.last_row, merge.top))
        return Merge(merge.top, merge.left, bottom, min(merge.right, max(self.last_column, merge.left)))

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
