"""The sheet of an assignment on which answers are rated: its columns by what people see, its rows by their ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ii_vendor.intake import assignment_marks as marks
from ii_vendor.intake.layout import id_from_visible
from ii_vendor.intake.levels import NOT_APPLICABLE, grade_read, level_read
from ii_vendor.intake.notes import quoted
from ii_vendor.intake.raw import RawCell, RawSheet, RawWorkbook, column_letters
from ii_vendor.intake.refused import Refused
from ii_vendor.model.offline import Given, OfflineEntry
from ii_vendor.model.response import Problem
from ii_vendor.model.rubric import EvidenceGrade

MAX_ROWS = 20_000
"""As many rows of answers are read from a sheet."""

_NEAR_THE_CORNER = 12
_NEEDED = {marks.ID, marks.VENDOR, marks.LEVEL}
_ROLES = {title.casefold(): role for role, title in marks.TITLES.items()}


def rating_sheets(book: RawWorkbook) -> list[RatingSheet]:
    """Every sheet on which answers are rated, in order."""
    found = (_rating_sheet(sheet) for sheet in book.sheets)
    return [sheet for sheet in found if sheet is not None]


def _rating_sheet(sheet: RawSheet) -> RatingSheet | None:
    corner = next((cell for cell in sheet.cells.values() if _is_corner(cell)), None)
    head, roles = _titled(sheet)
    if corner is not None:
        # What people see holds: a column may have been moved without its mark.
        named = {text: column for column, text in _row(sheet, corner.row).items() if text in marks.TITLES}
        seen = set(roles.values())
        roles = {role: column for role, column in named.items() if column not in seen} | roles
        written = next((column for column, text in _row(sheet, corner.row).items() if text == marks.WRITTEN), 0)
        roles |= {marks.WRITTEN: written} if written else {}
    if _NEEDED - roles.keys():
        return None
    if corner is None:
        return RatingSheet(sheet, roles, head, 0)
    return RatingSheet(sheet, roles, head or _first_marked(sheet, corner) - 1, corner.column)


def _first_marked(sheet: RawSheet, corner: RawCell) -> int:
    """The first row whose hidden mark names an answer; the row under the corner where none does."""
    rows = (row for row, _ in sheet.rows() if marks.pair_of(sheet.text(row, corner.column)))
    return next(rows, corner.row + 1)


def _is_corner(cell: RawCell) -> bool:
    near = cell.row <= _NEAR_THE_CORNER and cell.column <= _NEAR_THE_CORNER
    return near and cell.text.startswith(marks.CORNER.partition(":")[0])


def _titled(sheet: RawSheet) -> tuple[int, dict[str, int]]:
    """The row of the column titles, 0 where there is none, and the columns by role."""
    for row, cells in sheet.rows():
        roles: dict[str, int] = {}
        for cell in cells:
            role = _ROLES.get(" ".join(cell.text.split("\n", 1)[0].split()).casefold())
            if role:
                roles.setdefault(role, cell.column)
        if len(_NEEDED & roles.keys()) == len(_NEEDED):
            return row, roles
    return 0, {}


def _row(sheet: RawSheet, row: int) -> dict[int, str]:
    return {column: cell.text for (at, column), cell in sheet.cells.items() if at == row}


@dataclass(frozen=True)
class RatingSheet:
    """One such sheet. ``head`` is the row of its titles, ``keys`` the column of hidden keys, 0 where it has none."""

    sheet: RawSheet
    roles: Mapping[str, int]
    head: int
    keys: int

    @cached_property
    def _rows(self) -> dict[int, list[RawCell]]:
        return {row: cells for row, cells in self.sheet.rows() if row > self.head}

    def entries(self) -> list[OfflineEntry]:
        """The rows that belong to an answer, in order. Raises Refused where there are far too many."""
        rows = [row for row in self._rows if self._names_an_answer(row)]
        if len(rows) > MAX_ROWS:
            raise Refused(f"The sheet “{self.sheet.name}” has more rows than any assignment.")
        return [self._entry(row) for row in rows]

    def problems(self) -> Iterator[Problem]:
        """What stands on the sheet and belongs to no answer."""
        yield from self._beside_nothing()
        yield from self._further_columns()
        hidden = sum(row in self.sheet.hidden_rows and self._names_an_answer(row) for row in self._rows)
        if hidden:
            rows = "1 hidden row was" if hidden == 1 else f"{hidden} hidden rows were"
            yield self._problem("note", f"{rows} read too, as a filter hides rows and changes nothing in them.")

    def _names_an_answer(self, row: int) -> bool:
        return self._marked(row) is not None or bool(self._text(row, marks.ID) and self._text(row, marks.VENDOR))

    def _marked(self, row: int) -> tuple[str, str] | None:
        return marks.pair_of(self.sheet.text(row, self.keys)) if self.keys else None

    def _text(self, row: int, role: str) -> str:
        return self.sheet.text(row, self.roles.get(role, 0)).strip()

    def cell(self, row: int, role: str) -> RawCell | None:
        """The cell of a row in the column of this role; None where nothing is in it."""
        return self.sheet.cells.get((row, self.roles.get(role, 0)))

    def _entry(self, row: int) -> OfflineEntry:
        reading = _Reading(self, row)
        said = {role: reading.words(role) for role in marks.INPUTS}
        level, grade = reading.level(said[marks.LEVEL]), reading.grade(said[marks.GRADE])
        written = self._text(row, marks.WRITTEN)
        as_now = marks.written_as(said[marks.LEVEL], said[marks.GRADE], said[marks.REASON], said[marks.QUOTE])
        given = Given(
            level=None if level == NOT_APPLICABLE else int(level or 0),
            grade=grade or EvidenceGrade.claim,
            reason=said[marks.REASON].strip(),
            quote=said[marks.QUOTE].strip(),
        )
        return OfflineEntry(
            sheet=self.sheet.name,
            row=row,
            vendor=self._text(row, marks.VENDOR),
            question=id_from_visible(self._text(row, marks.ID)),
            marked=self._marked(row),
            given=given if level else None,
            filled=any(text.strip() for text in said.values()),
            untouched=written == as_now if written else None,
            cells={
                role: f"{column_letters(self.roles[role])}{row}" for role in marks.INPUTS if self.roles.get(role, 0)
            },
            problems=tuple(reading.problems),
        )

    def _beside_nothing(self) -> Iterator[Problem]:
        for row in self._rows:
            if self._names_an_answer(row):
                continue
            for role in marks.INPUTS:
                cell = self.cell(row, role)
                if cell is not None and cell.text.strip():
                    yield self._problem(
                        "warning",
                        f"{quoted(cell.text)} stands beside no vendor and question, so it was not used.",
                        "Move it into the row of its answer.",
                        cell.address,
                    )

    def _further_columns(self) -> Iterator[Problem]:
        """Columns that somebody added: what is in them is nobody's rating."""
        ours = {*self.roles.values(), self.keys}
        found: dict[int, RawCell] = {}
        for row in filter(self._names_an_answer, self._rows):
            for cell in self._rows[row]:
                if cell.column not in ours and cell.text.strip():
                    found.setdefault(cell.column, cell)
        for column, cell in sorted(found.items()):
            title = self.sheet.text(self.head, column).strip()
            named = f"Column {column_letters(column)}{f' {quoted(title)}' if title else ''}"
            yield self._problem(
                "warning",
                f"{named} is none of the workbook’s own, so what stands in it was left out.",
                f"Put what should be kept into the column “{marks.TITLES[marks.REASON]}”.",
                cell.address,
            )

    def _problem(
        self, severity: Literal["error", "warning", "note"], message: str, remedy: str = "", cell: str = ""
    ) -> Problem:
        return Problem(severity=severity, message=message, remedy=remedy, sheet=self.sheet.name, cell=cell)


class _Reading:
    """The yellow cells of one row while they are read; ``problems`` says what is odd about them."""

    def __init__(self, sheet: RatingSheet, row: int) -> None:
        self._sheet, self._row = sheet, row
        self.problems: list[Problem] = []

    def words(self, role: str) -> str:
        """The text of a cell with one kind of line end."""
        cell = self._sheet.cell(self._row, role)
        if cell is None:
            return ""
        if cell.kind == "error" or (cell.formula and not cell.text.strip()):
            shown = cell.text.strip() or cell.formula
            self._add("error", role, f"The cell shows {quoted(shown)} instead of words.", "Type it as text.")
        elif cell.formula:
            shown = f"{quoted(cell.formula)}. Its result was taken: {quoted(cell.text)}"
            self._add("warning", role, f"The cell holds a formula, {shown}.", "Check that it is what you meant.")
        if cell.struck:
            self._add("warning", role, f"These words are struck out and were kept: {quoted(' … '.join(cell.struck))}.")
        return cell.text.replace("\r\n", "\n").replace("\r", "\n")

    def level(self, text: str) -> str:
        """The level, empty where there is none or none that can be told."""
        cell = self._sheet.cell(self._row, marks.LEVEL)
        if cell is not None and cell.kind == "date":
            what = f"The cell holds the date {quoted(text)}, which a spreadsheet makes of entries such as 3/4."
            self._add("error", marks.LEVEL, what, "Write 0, 1, 2, 3, 4 or n/a.")
            return ""
        level, how = level_read(text)
        if how == "unclear":
            what = f"{quoted(text)} is no level."
            self._add("error", marks.LEVEL, what, "Write 0, 1, 2, 3, 4 or n/a.")
        elif how == "taken":
            self._add("note", marks.LEVEL, f"{quoted(text)} was read as {level}.")
        return level

    def grade(self, text: str) -> EvidenceGrade | None:
        """The evidence grade, None where there is none or none that can be told."""
        grade, how = grade_read(text)
        if how == "unclear":
            grades = ", ".join(each.value for each in EvidenceGrade)
            self._add("error", marks.GRADE, f"{quoted(text)} is no kind of evidence.", f"Choose one of: {grades}.")
        elif how == "taken" and grade is not None:
            self._add("note", marks.GRADE, f"{quoted(text)} was read as {grade.value}.")
        return grade

    def _add(self, severity: Literal["error", "warning", "note"], role: str, message: str, remedy: str = "") -> None:
        cell = f"{column_letters(self._sheet.roles[role])}{self._row}"
        self.problems.append(
            Problem(severity=severity, message=message, remedy=remedy, sheet=self._sheet.sheet.name, cell=cell)
        )
