"""Merged cells: which cell holds the words of a place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from ii_vendor.intake.raw import RawCell, RawSheet, column_letters

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})")


@dataclass(frozen=True)
class Merge:
    """A block of cells that were merged into one; rows and columns from 1, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def address(self) -> str:
        """``E8:E10``."""
        return f"{column_letters(self.left)}{self.top}:{column_letters(self.right)}{self.bottom}"


def column_number(letters: str) -> int:
    """28 for ``AB``."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def merges_of(sheet: RawSheet) -> Iterator[Merge]:
    """The merged blocks of a sheet."""
    for written in sheet.merges:
        found = _RANGE.fullmatch(written)
        if found:
            yield Merge(int(found[2]), column_number(found[1]), int(found[4]), column_number(found[3]))


def _top(merge: Merge) -> int:
    return merge.top


class DownMerges:
    """The blocks of one sheet that join cells of one column over several rows."""

    def __init__(self, sheet: RawSheet) -> None:
        self._sheet = sheet
        self._blocks: dict[int, list[Merge]] = {}
        for merge in sorted(merges_of(sheet), key=_top):
            if merge.top < merge.bottom:
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
