"""Where things stand on the sheets of a returned workbook: columns by role, rows by key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ii_vendor.intake import layout
from ii_vendor.intake.raw import RawSheet, RawWorkbook
from ii_vendor.model.questionnaire import Section

_NEAR_THE_CORNER = 12
_TITLES = {
    "No.": "id",
    "Question": "question",
    "Guidance": "guidance",
    "Your choice": "choice",
    "Your answer": layout.ANSWER,
    layout.EVIDENCE: "evidence",
    layout.REFERENCES: "references",
    layout.STATUS: "status",
}
_REFERENCE = re.compile(r"'?((?:[^']|'')+?)'?!\$?([A-Z]{1,3})\$?([0-9]{1,7})")


@dataclass(frozen=True)
class SheetMap:
    """One sheet with its roles and keys. ``mark`` is empty where they were found by what can be seen.

    ``head`` is the row of the column titles, 0 where there is none.
    """

    sheet: RawSheet
    mark: str
    roles: Mapping[str, int]
    keys: Mapping[int, str]

    @property
    def head(self) -> int:
        """The row of the column titles; 0 where it is gone."""
        return next((row for row, key in self.keys.items() if key == layout.HEAD_KEY), 0)

    def inputs(self) -> dict[str, int]:
        """The columns that vendors write into."""
        return {role: column for role, column in self.roles.items() if layout.is_input(role)}

    def row_of(self, key: str) -> int:
        """The first row with this key; 0 where there is none."""
        return next((row for row, found in self.keys.items() if found == key), 0)


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


def visible(sheet: RawSheet, section: Section) -> SheetMap | None:
    """The map of a sheet that lost its marks, by the column titles and ids that people see."""
    titles = _titles(section)
    for row, cells in sheet.rows():
        roles: dict[str, int] = {}
        for cell in cells:
            role = _role_by_title(cell.text, titles)
            if role:
                roles.setdefault(role, cell.column)
        if "id" in roles and sum(layout.is_input(role) for role in roles) >= 2:
            return SheetMap(sheet, "", roles, {row: layout.HEAD_KEY, **_visible_keys(sheet, section, roles, row)})
    return None


def _titles(section: Section) -> dict[str, str]:
    titles = dict(_TITLES)
    if section.table is None:
        return titles
    titles |= {column.title: layout.answer_role(column.id) for column in section.table.columns}
    if layout.is_flow_table(section):
        titles[section.table.row_title] = "name"
        titles |= {layout.flow_title(question): layout.answer_role(question.id) for question in section.questions}
    return titles


def _role_by_title(text: str, titles: Mapping[str, str]) -> str:
    first = text.split("\n", 1)[0].strip()
    return titles.get(text.strip()) or titles.get(first, "")


def _visible_keys(sheet: RawSheet, section: Section, roles: Mapping[str, int], head: int) -> dict[int, str]:
    """Keys by the visible ids of a list, or by the visible numbers of a table of flows."""
    shown = {row: layout.id_from_visible(sheet.text(row, roles["id"])) for row, _ in sheet.rows() if row > head}
    if layout.is_flow_table(section):
        return _flow_keys(sheet, shown, roles.get("name", 0))
    known = {question.id for question in section.questions}
    return {row: layout.QUESTION_KEY + id_ for row, id_ in shown.items() if id_ in known}


def _flow_keys(sheet: RawSheet, shown: Mapping[int, str], name_column: int) -> dict[int, str]:
    """Everything above the first number belongs to the header; the evidence stands in a row of its own."""
    numbered = {row: layout.FLOW_KEY + number for row, number in shown.items() if number.isdecimal()}
    first = min(numbered, default=0)
    header = {row: layout.NOTE_KEY for row in shown if row < first}
    evidence = {
        row: layout.EVIDENCE_KEY for row in shown if sheet.text(row, name_column).startswith(layout.FLOW_EVIDENCE)
    }
    return {**header, **numbered, **evidence}


def find_by_ids(sheets: Iterable[RawSheet], section: Section) -> SheetMap | None:
    """The unmarked sheet that shows most ids of a section, if any shows one."""
    maps = [found for sheet in sheets if (found := visible(sheet, section))]
    wanted = {layout.QUESTION_KEY + question.id for question in section.questions}
    wanted_roles = {layout.answer_role(question.id) for question in section.questions}

    def overlap(found: SheetMap) -> int:
        return len(wanted & set(found.keys.values())) + len(wanted_roles & set(found.roles))

    best = max(maps, key=overlap, default=None)
    return best if best is not None and overlap(best) else None


def named_cell(book: RawWorkbook, name: str) -> tuple[str, int, int] | None:
    """Sheet, row and column that a defined name points to."""
    match = _REFERENCE.fullmatch(book.names.get(name, "").lstrip("=$"))
    if match is None:
        return None
    column = 0
    for letter in match[2]:
        column = column * 26 + ord(letter) - 64
    return match[1].replace("''", "'"), int(match[3]), column
