"""Merged cells: which cell holds the words of a place."""

from __future__ import annotations

from bisect import bisect_right

from ii_vendor.intake.merges import Merge, merges_of
from ii_vendor.intake.raw import RawCell, RawSheet


def _top(merge: Merge) -> int:
    return merge.top


class DownMerges:
    """The blocks of one sheet that join cells of one column over several rows."""

    def __init__(self, sheet: RawSheet) -> None:
        self._sheet = sheet
        self._blocks: dict[int, list[Merge]] = {}
        for merge in sorted(merges_of(sheet), key=_top):
            if merge.tall:
                self._blocks.setdefault(merge.left, []).append(merge)

    def block(self, row: int, column: int) -> Merge | None:
        """The block that a place belongs to, where that starts in the same column."""
        blocks = self._blocks.get(column, [])
        at = bisect_right(blocks, row, key=_top) - 1
        return blocks[at] if at >= 0 and row <= blocks[at].bottom else None

    def cell(self, row: int, column: int | None) -> RawCell | None:
        """The cell that holds the words of a place; None where there are none."""
        if column is None:
            return None
        own = self._sheet.cells.get((row, column))
        if own is not None and own.text.strip():
            return own
        block = self.block(row, column)
        return self._sheet.cells.get((block.top, column)) if block else own
