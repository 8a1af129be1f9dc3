"""Where things stand on a sheet of a returned workbook: columns by role, rows by key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ii_vendor.intake import layout
from ii_vendor.intake.merges import column_number
from ii_vendor.intake.raw import RawCell, RawSheet, RawWorkbook, column_letters
from ii_vendor.intake.returned.merged import DownMerges

_NEAR_THE_CORNER = 12
_REFERENCE = re.compile(r"'?((?:[^']|'')+?)'?!\$?([A-Z]{1,3})\$?([0-9]{1,7})")


@dataclass(frozen=True)
class SheetMap:
    """One sheet with its roles and keys. ``mark`` is empty where they were found by what can be seen.

    ``last`` is the last row that belongs to the section, 0 where all below the column titles do. ``moved``: columns
    were moved by hand and are read by their titles.
    """

    sheet: RawSheet
    mark: str
    roles: Mapping[str, int]
    keys: Mapping[int, str]
    last: int = 0
    moved: bool = False
    merges: DownMerges = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "merges", DownMerges(self.sheet))

    @property
    def head(self) -> int:
        """The row of the column titles; 0 where it is gone."""
        return next((row for row, key in self.keys.items() if key == layout.HEAD_KEY), 0)

    @cached_property
    def _inputs(self) -> dict[str, int]:
        return {role: column for role, column in self.roles.items() if layout.is_input(role)}

    def inputs(self) -> dict[str, int]:
        """The columns that vendors write into."""
        return self._inputs

    def answers(self) -> dict[str, int]:
        """The columns for the answers themselves, without choice, evidence and name."""
        roles = {role: column for role, column in self.roles.items() if role.startswith(f"{layout.ANSWER}:")}
        return roles or {role: column for role, column in self.roles.items() if role == layout.ANSWER}

    def row_of(self, key: str) -> int:
        """The first row with this key; 0 where there is none."""
        return next((row for row, found in self.keys.items() if found == key), 0)

    def rows(self) -> Iterator[tuple[int, list[RawCell]]]:
        """The rows beneath the column titles that hold something."""
        for row, cells in self.sheet.rows():
            if self.head < row and (not self.last or row <= self.last):
                yield row, cells

    def cell(self, row: int, role: str) -> RawCell | None:
        """The cell of a row under a role; where cells were merged downwards, the one that holds their words."""
        return self.merges.cell(row, self.roles.get(role))

    def text(self, row: int, role: str) -> str:
        """The text of that cell; empty where there is none."""
        cell = self.cell(row, role)
        return cell.text if cell else ""

    def place(self, row: int, role: str) -> str:
        """The address of a row under a role: ``E8``."""
        return f"{self.letters(role)}{row}"

    def letters(self, role: str) -> str:
        """The letters of a role's column; those of the first column where it has none."""
        return column_letters(self.roles.get(role, 1))

    def is_flow(self, row: int) -> bool:
        """Whether a row is one of a table of flows: one of ours, or one that the vendor inserted."""
        key = self.keys.get(row, "")
        return not key or key.startswith(layout.FLOW_KEY)

    def is_answered(self, row: int) -> bool:
        """Whether the vendor wrote anything into the answer cells of a row."""
        return any(self.text(row, role).strip() for role in self.answers())

    def is_filled(self, row: int) -> bool:
        """Whether the vendor wrote anything into a row."""
        return any(self.text(row, role).strip() for role in self.inputs())


def marked(sheet: RawSheet) -> SheetMap | None:
    """The map of a sheet that still has its hidden marks."""
    near = (c for c in sheet.cells.values() if c.row <= _NEAR_THE_CORNER and c.column <= _NEAR_THE_CORNER)
    corner = next((cell for cell in near if layout.is_mark(cell.text)), None)
    if corner is None:
        return None
    roles: dict[str, int] = {}
    keys: dict[int, str] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if row == corner.row and column != corner.column:
            roles.setdefault(cell.text, column)
        elif column == corner.column and row != corner.row and layout.is_key(cell.text):
            keys[row] = cell.text
    return SheetMap(sheet, corner.text, roles, keys)


def named_cell(book: RawWorkbook, name: str) -> tuple[str, int, int] | None:
    """Sheet, row and column that a defined name points to."""
    match = _REFERENCE.fullmatch(book.names.get(name, "").lstrip("=$"))
    return (match[1].replace("''", "'"), int(match[3]), column_number(match[2])) if match else None
