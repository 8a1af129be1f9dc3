"""Blocks of cells that were merged into one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ii_vendor.intake.raw import RawSheet, column_letters

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})")


@dataclass(frozen=True)
class Merge:
    """A block of merged cells; rows and columns from 1, the last ones included."""

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
        if found := _RANGE.fullmatch(written):
            rows = sorted((int(found[2]), int(found[4])))
            columns = sorted((column_number(found[1]), column_number(found[3])))
            yield Merge(rows[0], columns[0], rows[1], columns[1])
