"""A returned table whose columns are the questions and whose rows the vendor fills -> an answer to each question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ii_vendor.intake import layout
from ii_vendor.intake.notes import Notes, quoted
from ii_vendor.intake.returned.asked import Asked
from ii_vendor.intake.returned.identity import Claim, Identity, identify
from ii_vendor.intake.returned.leftovers import left_in_column
from ii_vendor.intake.returned.places import ASK_FOR_FRESH_COPY, KEPT_BESIDE
from ii_vendor.intake.returned.sheetmap import SheetMap
from ii_vendor.intake.returned.wording import Wording, asked_then, compare, tell_wording
from ii_vendor.model.questionnaire import Question, Section
from ii_vendor.model.response import Answer, Cell


@dataclass(frozen=True)
class QuestionColumn:
    """A column of answers: what it says of itself, whose question it is, and how the words in its header compare."""

    role: str
    claim: Claim
    identity: Identity
    wording: Wording
    words: str


def question_columns(found: SheetMap, asked: Asked, older: bool) -> list[QuestionColumn]:
    """The columns of a table of flows. ``older``: the workbook says that it was made from other questions."""
    columns = []
    for role in found.roles:
        if role.startswith(f"{layout.ANSWER}:"):
            claim, title = _claim(found, role)
            identity = identify(claim, asked, older)
            question = asked.questions.get(identity.question)
            words = f"{title}\n{claim.words}" if claim.words.strip() else ""
            columns.append(
                QuestionColumn(role, claim, identity, compare(words, question) if question else "unknown", words)
            )
    return columns


def _claim(found: SheetMap, role: str) -> tuple[Claim, str]:
    """What a column says of itself, and its title without the id."""
    title = found.sheet.text(found.head, found.roles[role]) if found.head else ""
    shown = layout.id_from_visible(title)
    text_row = found.row_of(layout.TEXT_KEY)
    words = found.sheet.text(text_row, found.roles[role]) if text_row else ""
    own_title = title.replace("*", " ").partition(shown)[2].strip() if shown else ""
    return Claim(role.partition(":")[2], shown, words), own_title


class FlowReader:
    """Reads a table of flows. ``trusted``: the workbook was made from the very questions asked now."""

    def __init__(
        self, section: Section, found: SheetMap, asked: Asked, notes: Notes, *, older: bool, trusted: bool
    ) -> None:
        self._section = section
        self._map = found
        self._notes = notes
        self._trusted = trusted
        self._columns: dict[str, QuestionColumn] = {}
        for column in question_columns(found, asked, older):
            if column.identity.doubtful:
                self._tell_doubtful(column)
            elif column.identity.question in asked.questions:
                self._columns[column.identity.question] = column
                self._tell_renumbered(column)
            else:
                self._tell_unknown(column)

    @property
    def lacking(self) -> list[str]:
        """The questions that have no column."""
        return [question.id for question in self._section.questions if question.id not in self._columns]

    def answers(self) -> list[Answer]:
        """An Answer for each question of the section, in the order asked."""
        numbers = self._numbers()
        rows = [row for row in numbers if self._map.is_filled(row)]
        names = {row: self._words(row, "name") or layout.flow_label(self._section, numbers[row]) for row in rows}
        return [self._answer(question, names) for question in self._section.questions]

    def _numbers(self) -> dict[int, int]:
        """The number of each table row, counted from 1 from the top, empty ones included."""
        keyed = {row for row, key in self._map.keys.items() if key.startswith(layout.FLOW_KEY)}
        filled = {row for row, _ in self._map.rows() if self._map.is_flow(row)}
        return {row: number for number, row in enumerate(sorted(keyed | filled), 1)}

    def _answer(self, question: Question, names: Mapping[int, str]) -> Answer:
        column = self._columns.get(question.id)
        if column is None:
            return Answer(question=question.id)
        wording: Wording = "same" if self._trusted else column.wording
        cells = [
            Cell(text=self._words(row, column.role), row=name, address=self._address(row, column.role))
            for row, name in names.items()
        ]
        said = " · ".join(cell.text for cell in cells if cell.text.strip())
        if said:
            place = self._map.place(self._map.row_of(layout.TEXT_KEY) or 1, column.role)
            tell_wording(self._notes, self._map.sheet, place, question.id, column.words, wording, said)
        if wording == "other":
            self._notes.keep(left_in_column(self._map, column.role, column.claim.key, column.words))
            return Answer(question=question.id)
        if wording == "opposite":
            cells = [cell.model_copy(update={"column": asked_then(column.words)}) for cell in cells]
        evidence_row = self._map.row_of(layout.EVIDENCE_KEY)
        evidence = self._words(evidence_row, column.role) if evidence_row else ""
        return Answer(question=question.id, cells=tuple(cells), evidence=evidence)

    def _words(self, row: int, role: str) -> str:
        cell = self._map.cell(row, role)
        return self._notes.words(self._map.sheet, cell.row, cell.column) if cell else ""

    def _address(self, row: int, role: str) -> str:
        return f"{self._map.sheet.name}!{self._map.place(row, role)}"

    def _filled_below(self, column: QuestionColumn) -> list[str]:
        rows = (row for row, _ in self._map.rows() if self._map.is_flow(row))
        return [text for row in rows if (text := self._map.text(row, column.role)).strip()]

    def _tell(self, severity: Literal["error", "warning", "note"], message: str, remedy: str, role: str) -> None:
        self._notes.add(severity, message, remedy, self._map.sheet, self._map.place(self._map.head or 1, role))

    def _tell_doubtful(self, column: QuestionColumn) -> None:
        if self._filled_below(column):
            message = (
                f"This column is marked as {column.claim.key}, but its header shows "
                f"{column.claim.shown or 'other words'}, so it is not clear which question it answers. Was it moved by "
                "hand?"
            )
            self._tell("error", message, ASK_FOR_FRESH_COPY, column.role)

    def _tell_renumbered(self, column: QuestionColumn) -> None:
        identity = column.identity
        if identity.was and self._filled_below(column):
            message = f"Question {identity.question} had the number {identity.was} in this workbook."
            self._tell("note", f"{message} It was found by its words.", "", column.role)

    def _tell_unknown(self, column: QuestionColumn) -> None:
        filled = self._filled_below(column)
        if filled:
            self._notes.keep(left_in_column(self._map, column.role, column.identity.question, column.words))
            message = f"Question {column.identity.question} is not asked any more. {KEPT_BESIDE}: {quoted(filled[0])}."
            self._tell("warning", message, "", column.role)
