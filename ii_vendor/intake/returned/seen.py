"""A sheet of ours read by what people see, column titles and numbers, where its hidden marks are gone or wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ii_vendor.intake import layout
from ii_vendor.intake.raw import RawCell, RawSheet
from ii_vendor.intake.returned.sheetmap import SheetMap
from ii_vendor.model.questionnaire import Section

_TITLES = {
    layout.NUMBER: "id",
    "Question": "question",
    "Guidance": "guidance",
    "Your choice": "choice",
    "Your answer": layout.ANSWER,
    layout.EVIDENCE: "evidence",
    layout.REFERENCES: "references",
    layout.STATUS: "status",
}


@dataclass(frozen=True)
class SeenSheet:
    """A sheet with its rows, and those of them that may be column titles: the rows with our title over the numbers."""

    sheet: RawSheet
    rows: Mapping[int, Sequence[RawCell]]
    heads: tuple[int, ...]


def seen(sheet: RawSheet) -> SeenSheet | None:
    """The sheet, ready to be looked at for several sections; None where it has none of our column titles."""
    heads = sorted({cell.row for cell in sheet.cells.values() if cell.text.strip() == layout.NUMBER})
    return SeenSheet(sheet, dict(sheet.rows()), tuple(heads)) if heads else None


def visible(found: SeenSheet, section: Section) -> SheetMap | None:
    """The map of a section on a sheet without marks; None where nothing of it is seen there."""
    titles = _titles(section)
    maps = []
    for row, following in zip(found.heads, [*found.heads[1:], 0], strict=True):
        roles = _roles(found.rows[row], titles)
        if "id" in roles and sum(layout.is_input(role) for role in roles) >= 2:
            last = following - 1 if following else 0
            if layout.is_flow_table(section):
                roles = _with_names(found, roles, row, last)
            keys = _keys(found, section, roles, row, last)
            maps.append(SheetMap(found.sheet, "", roles, keys, last))
    return max(maps, key=lambda each: overlap(each, section), default=None)


def overlap(found: SheetMap, section: Section) -> int:
    """How many questions of the section are seen in a map."""
    keys = {layout.QUESTION_KEY + question.id for question in section.questions}
    roles = {layout.answer_role(question.id) for question in section.questions}
    return len(keys & set(found.keys.values())) + len(roles & set(found.roles))


def find_by_ids(sheets: Iterable[SeenSheet], section: Section) -> list[SheetMap]:
    """The sheets that show most ids of a section, none where no sheet shows any."""
    maps = [(overlap(found, section), found) for sheet in sheets if (found := visible(sheet, section))]
    most = max((count for count, _ in maps), default=0)
    return [found for count, found in maps if count == most and most]


def realigned(found: SheetMap, section: Section) -> SheetMap:
    """The map with the columns as their titles say, where a vendor moved the columns and not the marks above them.

    Beside columns that were moved, the one whose title was changed has the place that is left; several have none.
    """
    titles = _titles(section)
    heads = [cell for cell in found.sheet.cells.values() if cell.row == found.head]
    stay = {role for cell in heads if (role := _role(cell, titles)) and found.roles.get(role) == cell.column}
    titled = {role: column for role, column in _roles(heads, titles).items() if role in found.roles}
    if titled.keys() <= stay:
        return found
    roles = titled | {role: found.roles[role] for role in stay}
    lost, left = found.roles.keys() - roles.keys(), set(found.roles.values()) - set(roles.values())
    settled = dict(zip(lost, left, strict=True)) if len(lost) == len(left) == 1 else {}
    return replace(found, roles=roles | settled, moved=True)


def _titles(section: Section) -> dict[str, str]:
    titles = dict(_TITLES)
    if section.table is None:
        return titles
    titles |= {column.title: layout.answer_role(column.id) for column in section.table.columns}
    if layout.is_flow_table(section):
        titles[section.table.row_title] = "name"
        titles |= {question.id: layout.answer_role(question.id) for question in section.questions}
    return titles


def _roles(heads: Sequence[RawCell], titles: Mapping[str, str]) -> dict[str, int]:
    roles: dict[str, int] = {}
    for cell in sorted(heads):
        role = _role(cell, titles)
        if role:
            roles.setdefault(role, cell.column)
    return roles


def _with_names(found: SeenSheet, roles: Mapping[str, int], head: int, last: int) -> dict[str, int]:
    """The roles of a table of flows with the column of their names, which is also known by our labels in it."""
    labels = (layout.FLOW_EVIDENCE, *layout.FLOW_LABELS)
    beneath = (cell for row, cells in found.rows.items() if row > head and (not last or row <= last) for cell in cells)
    labelled = (cell.column for cell in beneath if cell.text.strip() in labels)
    column = roles.get("name") or next(labelled, 0)
    return {**roles, "name": column} if column else dict(roles)


def _role(cell: RawCell, titles: Mapping[str, str]) -> str:
    """By the title, by the first line of one with a hint beneath, or by the id at the start of a question's column."""
    first_line = cell.text.split("\n", 1)[0].strip()
    question = layout.id_from_visible(cell.text)
    by_id = layout.answer_role(question) if titles.get(question) == layout.answer_role(question) else ""
    return titles.get(cell.text.strip()) or titles.get(first_line) or by_id


def _keys(found: SeenSheet, section: Section, roles: Mapping[str, int], head: int, last: int) -> dict[int, str]:
    """Keys by the visible ids of a list, or by the visible numbers of a table of flows."""
    rows = [row for row in found.rows if row > head and (not last or row <= last)]
    shown = {row: layout.id_from_visible(found.sheet.text(row, roles["id"])) for row in rows}
    if layout.is_flow_table(section):
        return {head: layout.HEAD_KEY, **_flow_keys(found.sheet, shown, roles.get("name", 0), section)}
    known = {question.id for question in section.questions}
    return {head: layout.HEAD_KEY, **{row: layout.QUESTION_KEY + id_ for row, id_ in shown.items() if id_ in known}}


def _flow_keys(sheet: RawSheet, shown: Mapping[int, str], name_column: int, section: Section) -> dict[int, str]:
    """The header, whose first row asks the questions, ends with its last label or question, or above the first number
    where it has lost them; the evidence stands in a row of its own."""
    asked = {question.text for question in section.questions}
    asking = {cell.row for cell in sheet.cells.values() if cell.text.strip() in asked}
    numbered = {row: layout.FLOW_KEY + number for row, number in shown.items() if number.isdecimal()}
    below = [*shown][: len(layout.FLOW_LABELS) + 1]
    ours = [row for row in below if row in asking or sheet.text(row, name_column).strip() in layout.FLOW_LABELS]
    first = max(ours) + 1 if ours else min(numbered, default=0)
    header = [row for row in shown if row < first]
    texts = dict(zip(header, [layout.TEXT_KEY, *[layout.NOTE_KEY] * len(header)], strict=False))
    evidence = {
        row: layout.EVIDENCE_KEY for row in shown if sheet.text(row, name_column).startswith(layout.FLOW_EVIDENCE)
    }
    return {**texts, **numbered, **evidence}
