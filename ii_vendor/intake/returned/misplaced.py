"""Words that stand outside the cells to write in: in our own columns, around a table, or on the first sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ii_vendor.intake import layout
from ii_vendor.intake.notes import Notes, listed, quoted
from ii_vendor.intake.own_text import STATES, plain
from ii_vendor.intake.raw import RawCell, column_letters
from ii_vendor.intake.returned.asked import Asked
from ii_vendor.intake.returned.places import ASK_FOR_TEXT_IN_PLACE, Place, Places
from ii_vendor.intake.returned.sheetmap import SheetMap
from ii_vendor.intake.returned.wording import likeness

_TOLD_ONE_BY_ONE = 3
_OTHER_WORDS = 0.3
_LONG_NUMBER = 8
_DASHES = "-–—._…"
_LABELS = ("question", "guidance", "references")


@dataclass(frozen=True)
class _Stray:
    """A text that is not imported. ``question`` is the one it seems to answer, whose own answer cell, ``target``, is
    empty."""

    cell: RawCell
    question: str = ""
    target: str = ""


def tell_misplaced(
    maps: Sequence[SheetMap], asked: Asked, places: Places, notes: Notes, *, trusted: bool, below: int = 0
) -> None:
    """Tell every such text on one sheet, which has a map for each section on it; many in one column are told together.

    ``trusted``: the workbook was made from the very questions asked now, so that other words in our columns are not
    those of an older version. Rows up to ``below`` are not looked at.
    """
    finder = _Finder(maps, asked, places, trusted)
    strays = [stray for stray in finder.strays() if stray.cell.row > below]
    for column in _columns(strays):
        _tell_column(maps[0], column, notes)


def tell_added(first: SheetMap, notes: Notes) -> None:
    """Tell every text that a vendor added to the first sheet, beside what is asked there."""
    if not first.row_of("vendor"):
        return
    strays = [_Stray(cell) for _, cells in first.sheet.rows() for cell in cells if _is_added(cell, first)]
    for column in _columns(strays):
        _tell_column(first, column, notes)


def _is_added(cell: RawCell, first: SheetMap) -> bool:
    text, key = cell.text.strip(), first.keys.get(cell.row, "")
    if not text or cell.formula or layout.is_key(text) or layout.is_mark(text) or text in first.roles:
        return False
    if key in layout.INPUT_KEYS and cell.column == first.roles.get("label"):
        return text != layout.INPUT_LABELS[key]
    return cell.column not in first.roles.values() or key in ("", "gap")


def _columns(strays: Sequence[_Stray]) -> Iterator[Sequence[_Stray]]:
    """The texts of each column. Columns and rows that only count are left out, as some programs add them when they
    save."""
    rows: dict[int, list[_Stray]] = {}
    for stray in strays:
        rows.setdefault(stray.cell.row, []).append(stray)
    columns: dict[int, list[_Stray]] = {}
    for line in rows.values():
        if not _only_count(line, lambda cell: cell.column):
            for stray in line:
                columns.setdefault(stray.cell.column, []).append(stray)
    yield from (column for column in columns.values() if not _only_count(column, lambda cell: cell.row))


def _only_count(strays: Sequence[_Stray], place: Callable[[RawCell], int]) -> bool:
    texts = [stray.cell.text.strip() for stray in strays]
    if len(texts) <= _TOLD_ONE_BY_ONE or not all(text.isdecimal() and len(text) < _LONG_NUMBER for text in texts):
        return False
    return len({int(text) - place(stray.cell) for text, stray in zip(texts, strays, strict=True)}) == 1


def _tell_column(found: SheetMap, strays: Sequence[_Stray], notes: Notes) -> None:
    answers = [stray for stray in strays if stray.question]
    others = [stray for stray in strays if not stray.question]
    if len(answers) > _TOLD_ONE_BY_ONE:
        others = [stray for stray in others if stray.cell.row != found.head]
        _tell_answers(found, answers, notes)
    else:
        for stray in answers:
            message = f"Text outside the answer cells is not imported: {quoted(stray.cell.text)}."
            message += f" It looks like the answer to {stray.question}, which is empty."
            remedy = f"Ask the vendor to move it to {stray.target}, if it is."
            notes.add("warning", message, remedy, found.sheet, stray.cell.address)
    if len(others) > _TOLD_ONE_BY_ONE:
        shown = [f"{quoted(stray.cell.text)} ({stray.cell.address})" for stray in others[:_TOLD_ONE_BY_ONE]]
        rest = listed([stray.cell.address for stray in others[_TOLD_ONE_BY_ONE:]])
        message = f"Text outside the answer cells is not imported: {', '.join(shown)}, and more in {rest}."
        notes.add("warning", message, ASK_FOR_TEXT_IN_PLACE, found.sheet, others[0].cell.address)
    else:
        for stray in others:
            message = f"Text outside the answer cells is not imported: {quoted(stray.cell.text)}."
            notes.add("warning", message, ASK_FOR_TEXT_IN_PLACE, found.sheet, stray.cell.address)


def _tell_answers(found: SheetMap, answers: Sequence[_Stray], notes: Notes) -> None:
    column = column_letters(answers[0].cell.column)
    where = listed([f"{stray.question} ({stray.cell.address})" for stray in answers])
    message = (
        f"{len(answers)} answers seem to stand in the wrong column, {column}, for their own answer cells are empty: "
        f"{where}. They are not imported. The first says {quoted(answers[0].cell.text)}."
    )
    remedy = f"Ask the vendor to move them to column {answers[0].target.rstrip('0123456789')}."
    notes.add("warning", message, remedy, found.sheet, answers[0].cell.address)


class _Finder:
    def __init__(self, maps: Sequence[SheetMap], asked: Asked, places: Places, trusted: bool) -> None:
        self._maps = maps
        self._sheet = maps[0].sheet
        self._asked = asked
        self._places = places
        self._trusted = trusted

    def strays(self) -> Iterator[_Stray]:
        """Every text outside the answer cells that is not the template's own, row by row."""
        for row, cells in self._sheet.rows():
            found = self._map_of(row)
            role_by_column = {column: role for role, column in found.roles.items()}
            for cell in cells:
                role = role_by_column.get(cell.column, "")
                if not self._is_own(cell, found) and self._is_outside(cell, role, found):
                    yield self._stray(cell, found)

    def _map_of(self, row: int) -> SheetMap:
        """The map of the section that a row belongs to; the first one's for what stands above it."""
        return next((found for found in reversed(self._maps) if found.head <= row), self._maps[0])

    def _is_own(self, cell: RawCell, found: SheetMap) -> bool:
        text = cell.text.strip()
        if not text.strip(_DASHES) or layout.is_key(text) or layout.is_mark(text) or text in found.roles:
            return True
        return plain(text) in self._asked.own_texts

    def _is_outside(self, cell: RawCell, role: str, found: SheetMap) -> bool:
        if not role:
            return True
        if cell.row <= found.head:
            return self._trusted
        key = found.keys.get(cell.row, "")
        at = self._places.at(self._sheet.name, cell.row)
        if at is not None:
            return self._is_outside_row(cell, role, *at)
        if key == layout.EVIDENCE_KEY or key.startswith(layout.FLOW_KEY):
            return not layout.is_input(role) and not _is_label(cell, role)
        if key:
            return self._trusted
        if layout.is_input(role) or cell.formula or _is_label(cell, role):
            return False
        return not self._names_its_row(cell.row, role, found)

    def _names_its_row(self, row: int, role: str, found: SheetMap) -> bool:
        """Whether a text beside a row that belongs to none of our questions is told with its answer, or may be that of
        an older question."""
        if found.is_filled(row):
            return role in ("id", "question")
        return not self._trusted and bool(found.text(row, "id").strip() and found.text(row, "question").strip())

    def _is_outside_row(self, cell: RawCell, role: str, question: str, place: Place) -> bool:
        """Whether a text in the row of a question stands where the template, or nothing, should stand."""
        if layout.is_input(role):
            return role == "choice" and self._asked.questions[question].kind != "choice"
        if role == "status":
            return not _is_label(cell, role)
        if self._trusted:
            return True
        if role == "id":
            return len(cell.text.replace("*", " ").split()) > 1
        return (
            role in _LABELS and not place.found.is_answered(place.row) and self._is_other(cell, role, question, place)
        )

    def _is_other(self, cell: RawCell, role: str, question: str, place: Place) -> bool:
        """Whether the words of a workbook that may be older are none that its question could have had."""
        if role == "question":
            return place.wording == "other"
        asked = self._asked.questions[question]
        ours = layout.guidance_text(asked) if role == "guidance" else layout.references_text(asked)
        return likeness(cell.text, ours) < _OTHER_WORDS

    def _stray(self, cell: RawCell, found: SheetMap) -> _Stray:
        at = self._places.at(self._sheet.name, cell.row)
        if at is None or at[1].found.is_answered(at[1].row) or self._has_choice(*at):
            return _Stray(cell)
        answer = next(iter(found.answers()), layout.ANSWER)
        return _Stray(cell, at[0], found.place(cell.row, answer))

    def _has_choice(self, question: str, place: Place) -> bool:
        return self._asked.questions[question].kind == "choice" and bool(place.found.text(place.row, "choice").strip())


def _is_label(cell: RawCell, role: str) -> bool:
    """Whether the text is what the template's own column holds: a state, or the number of a row."""
    text = cell.text.strip()
    return text.isdecimal() or (role == "status" and text in STATES)
