"""The problems of one workbook while it is read, and the reading of one cell with everything worth telling about it."""

from __future__ import annotations

from typing import Literal

from ii_vendor.intake.limits import MAX_CELL_CHARS
from ii_vendor.intake.raw import RawCell, RawSheet
from ii_vendor.model.response import Problem

_SHOWN = 120


def quoted(text: str) -> str:
    """The words in quotation marks, cut where they are long."""
    line = " ".join(text.split())
    return f"“{line[:_SHOWN]}…”" if len(line) > _SHOWN else f"“{line}”"


class Notes:
    """Collects problems, in the order found."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found."""
        return tuple(self._problems)

    def add(
        self,
        severity: Literal["error", "warning", "note"],
        message: str,
        remedy: str = "",
        sheet: RawSheet | None = None,
        cell: str = "",
    ) -> None:
        """Add a problem, at a sheet and a cell where there is one."""
        name = sheet.name if sheet else ""
        self._problems.append(Problem(severity=severity, message=message, remedy=remedy, sheet=name, cell=cell))

    def words(self, sheet: RawSheet, row: int, column: int | None) -> str:
        """The vendor's words in a cell, to the letter. Whatever is odd about the cell is told."""
        cell = sheet.cells.get((row, column)) if column is not None else None
        if cell is None:
            return ""
        self._tell_formula(sheet, cell)
        if cell.kind == "error":
            self.add(
                "error",
                f"The cell shows {quoted(cell.text)} instead of words.",
                "Ask the vendor to write the answer as text.",
                sheet,
                cell.address,
            )
        self._tell_oddities(sheet, cell)
        return cell.text

    def _tell_formula(self, sheet: RawSheet, cell: RawCell) -> None:
        if not cell.formula:
            return
        if not cell.text.strip():
            self.add(
                "error",
                f"The answer is a formula without a stored result: {quoted(cell.formula)}.",
                "Ask the vendor to write the answer as text.",
                sheet,
                cell.address,
            )
        elif cell.kind != "error":
            self.add(
                "warning",
                f"The answer is a formula, {quoted(cell.formula)}. Its stored result was taken: {quoted(cell.text)}.",
                "Check that these are the vendor's words.",
                sheet,
                cell.address,
            )

    def _tell_oddities(self, sheet: RawSheet, cell: RawCell) -> None:
        if cell.struck:
            self.add(
                "warning",
                f"These words are struck out: {quoted(' … '.join(cell.struck))}. They were kept.",
                "Ask the vendor whether they still stand.",
                sheet,
                cell.address,
            )
        if cell.text.strip() and sheet.is_hidden(cell.row, cell.column):
            self.add("warning", "This answer stands in a hidden row or column. It was read.", "", sheet, cell.address)
        if len(cell.text) > MAX_CELL_CHARS:
            self.add(
                "warning",
                f"This answer has {len(cell.text)} characters, more than Excel itself can hold. It was kept whole.",
                "",
                sheet,
                cell.address,
            )
