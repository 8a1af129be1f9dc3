"""One row of a returned sheet -> the vendor's answer to the question of that row."""

from __future__ import annotations

from collections.abc import Iterator

from ii_vendor.intake import layout
from ii_vendor.intake.notes import Notes, quoted
from ii_vendor.intake.returned.asked import Asked
from ii_vendor.intake.returned.choices import plainly, seemingly
from ii_vendor.intake.returned.leftovers import left_in_row
from ii_vendor.intake.returned.places import Place
from ii_vendor.intake.returned.wording import Wording, asked_then, tell_wording
from ii_vendor.model.questionnaire import Column, Question, Section
from ii_vendor.model.response import Answer, Cell


def answer_roles(section: Section) -> list[str]:
    """The roles of the columns that answers stand in."""
    table = section.table
    if table is None:
        return [layout.ANSWER]
    parts = section.questions if layout.is_flow_table(section) else table.columns
    return [layout.answer_role(part.id) for part in parts]


class RowReader:
    """Reads the rows of one section's questions."""

    def __init__(self, section: Section, asked: Asked, notes: Notes) -> None:
        self._roles = answer_roles(section)
        columns = section.table.columns if section.table else ()
        self._columns: dict[str, Column] = {layout.answer_role(column.id): column for column in columns}
        self._asked = asked
        self._notes = notes

    def answer(self, question: Question, place: Place, trusted: bool) -> Answer:
        """The answer in a row. ``trusted``: the workbook was made from the questions asked now, whatever a vendor may
        have written over their words since."""
        wording: Wording = "same" if trusted else place.wording
        self._tell_wording(question, place, wording)
        if wording == "other":
            if place.is_filled:
                self._notes.keep(left_in_row(place.found, place.row))
            return Answer(question=question.id)
        label = asked_then(place.words) if wording == "opposite" else ""
        answer = Answer(
            question=question.id,
            cells=tuple(self._cells(place, label)),
            evidence=self._words(place, "evidence"),
            choice=self._choice(question, place),
        )
        self._tell_only_evidence(answer, place)
        return _labelled_choice(answer, label, place) if label else answer

    def _words(self, place: Place, role: str) -> str:
        cell = place.found.cell(place.row, role)
        return self._notes.words(place.found.sheet, cell.row, cell.column) if cell else ""

    def _cells(self, place: Place, label: str) -> Iterator[Cell]:
        """The answered cells of a row; columns with options are held to them. In a table the empty cells of an answered
        row are told too."""
        for role in self._roles:
            column = self._columns.get(role)
            title = column.title if column else ""
            cell = place.found.cell(place.row, role)
            text = self._words(place, role)
            address = cell.address if cell and text else place.found.place(place.row, role)
            if not text and (column is None or not place.is_filled):
                continue
            if column is not None and column.options:
                text = self._settled(text, column.options, place, address)
            yield Cell(text=text, row=label, column=title, address=f"{place.found.sheet.name}!{address}")

    def _choice(self, question: Question, place: Place) -> str:
        """The option that was chosen; the vendor's own words where they are no option."""
        if question.kind != "choice":
            return ""
        text = self._words(place, "choice")
        if text.strip():
            return self._settled(text, question.options, place, place.found.place(place.row, "choice"), question.id)
        cell = place.found.cell(place.row, layout.ANSWER)
        option = plainly(cell.text, question.options) if cell and cell.text.strip() else ""
        if cell and option:
            message = f"The choice of {question.id} stands under the answer: {quoted(option)}. It was taken."
            self._notes.add("note", message, "", place.found.sheet, cell.address)
        return option

    def _settled(self, text: str, options: tuple[str, ...], place: Place, address: str, question: str = "") -> str:
        """The option that the text plainly is; else the text itself, and it is told that it is none."""
        if not text.strip() or text in options:
            return text
        option = plainly(text, options)
        if option:
            message = f"{quoted(text, exact=True)} was taken as the choice {quoted(option)}."
            self._notes.add("note", message, "", place.found.sheet, address)
            return option
        message = f"{quoted(text)} is not one of the choices ({'; '.join(options)}). It was kept as written."
        near, elsewhere = seemingly(text, options), self._asked.with_option(text, question)
        remedy = "Read it as the vendor's own words, or ask."
        if near:
            message += f" It looks like {quoted(near)}."
        elif elsewhere and question:
            message += f" It is a choice of {elsewhere}: were answers moved to another row?"
            remedy = "Compare the answers around it with their questions, and ask the vendor."
        self._notes.add("warning", message, remedy, place.found.sheet, address)
        return text

    def _tell_wording(self, question: Question, place: Place, wording: Wording) -> None:
        texts = [place.found.text(place.row, role) for role in place.found.inputs()]
        said = " ".join(text for text in texts if text.strip())
        if said:
            where = place.found.place(place.row, "question")
            tell_wording(self._notes, place.found.sheet, where, question.id, place.words, wording, said)

    def _tell_only_evidence(self, answer: Answer, place: Place) -> None:
        """Tell words under evidence beside answer cells in which nothing at all stands, not even a formula."""
        blank = not any((place.row, place.found.roles.get(role)) in place.found.sheet.cells for role in self._roles)
        if answer.evidence.strip() and not answer.answered and blank:
            message = f"{answer.question} has words under evidence and no answer, so it counts as not answered."
            remedy = (
                f"If this is the answer, ask the vendor to move it to {place.found.place(place.row, self._roles[0])}."
            )
            address = place.found.place(place.row, "evidence")
            self._notes.add("warning", message, remedy, place.found.sheet, address)


def _labelled_choice(answer: Answer, label: str, place: Place) -> Answer:
    """The choice as a cell that names the question it was given to, for a yes to the opposite question is no yes."""
    if not answer.choice.strip():
        return answer
    address = f"{place.found.sheet.name}!{place.found.place(place.row, 'choice')}"
    chosen = Cell(text=answer.choice, row=label, address=address)
    return answer.model_copy(update={"choice": "", "cells": (chosen, *answer.cells)})
