"""The problems of one workbook while it is read, and the reading of one cell with everything worth telling about it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Literal

from ii_vendor.intake.limits import MAX_CELL_CHARS
from ii_vendor.intake.raw import RawCell, RawSheet
from ii_vendor.model.response import Attachment, Problem

_SHOWN = 120
_LISTED = 8
_ONE_BY_ONE = 3


def quoted(text: str, longest: int = _SHOWN, exact: bool = False) -> str:
    """The words in quotation marks, cut where they are long; in one line unless they are wanted ``exact``."""
    line = text if exact else " ".join(text.split())
    return f"“{line[:longest]}…”" if len(line) > longest else f"“{line}”"


def listed(parts: Sequence[str]) -> str:
    """``Q1``, ``Q1 and Q2``, ``Q1, Q2 and Q3``."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def first_of(parts: Sequence[str]) -> str:
    """As ``listed``, with at most eight of them: ``E8, E9, E10 and 4 more``."""
    return listed([*parts[:_LISTED], f"{len(parts) - _LISTED} more"] if len(parts) > _LISTED else parts)


def rows_in_words(rows: Sequence[int]) -> str:
    """``row 8``, ``rows 8, 9 and 12``, ``rows 8, 9, 10 and 4 more``."""
    return f"row {rows[0]}" if len(rows) == 1 else f"rows {first_of([str(row) for row in rows])}"


def _together(problems: Sequence[Problem]) -> Sequence[Problem]:
    if len(problems) <= _ONE_BY_ONE:
        return problems
    first, *others = problems
    message = f"{first.message} The same holds for {first_of([other.cell for other in others])}."
    return [first.model_copy(update={"message": message})]


class Notes:
    """Collects problems, in the order found, and answers to questions that are not asked."""

    def __init__(self) -> None:
        self._problems: dict[Problem, str] = {}
        self._attachments: list[Attachment] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found. What many cells of a sheet have in common is told once."""
        alike: dict[Hashable, list[Problem]] = {}
        for problem, kind in self._problems.items():
            alike.setdefault((kind, problem.sheet) if kind else problem, []).append(problem)
        return tuple(told for group in alike.values() for told in _together(group))

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """Answers that belong to none of our questions."""
        return tuple(self._attachments)

    def keep(self, attachment: Attachment) -> None:
        """Keep an answer that belongs to none of our questions, so that it can be read."""
        self._attachments.append(attachment)

    def add(
        self,
        severity: Literal["error", "warning", "note"],
        message: str,
        remedy: str = "",
        sheet: RawSheet | None = None,
        cell: str = "",
        kind: str = "",
    ) -> None:
        """Add a problem, at a sheet and a cell where there is one. The same problem is told once, and those of one
        ``kind`` on one sheet together where they are many."""
        name = sheet.name if sheet else ""
        problem = Problem(severity=severity, message=message, remedy=remedy, sheet=name, cell=cell)
        self._problems.setdefault(problem, kind)

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
                "shows an error",
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
                "formula without a result",
            )
        elif cell.kind != "error":
            self.add(
                "warning",
                f"The answer is a formula, {quoted(cell.formula)}. Its stored result was taken: {quoted(cell.text)}.",
                "Check that these are the vendor's words.",
                sheet,
                cell.address,
                "formula",
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
            message = "This answer stands in a hidden row or column. It was read."
            self.add("warning", message, "", sheet, cell.address, "hidden")
        if len(cell.text) > MAX_CELL_CHARS:
            self.add(
                "warning",
                f"This answer has {len(cell.text)} characters, more than Excel itself can hold. It was kept whole.",
                "",
                sheet,
                cell.address,
            )
