"""A sheet as rows of cells."""

from __future__ import annotations

from time import process_time

from ii_vendor.intake.raw import RawCell, RawSheet
from ii_vendor.intake.understanding.grid import Grid


def test_a_few_rows_of_a_very_long_sheet_are_found_at_once() -> None:
    """They are asked for once for each row that could be a row of titles: of a long list, that may be every one."""
    grid = Grid(RawSheet("Long", True, {(row, 1): RawCell(row, 1, "text", "x") for row in range(1, 100_001, 2)}))
    began = process_time()
    found = [list(grid.rows(row, row + 3)) for row in range(1, 4_000, 2)]
    assert process_time() - began < 0.5
    assert (found[0], found[-1]) == ([1, 3], [3999, 4001])
