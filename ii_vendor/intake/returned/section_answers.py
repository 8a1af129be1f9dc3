"""The sheet of one section -> the vendor's answers, with a problem for everything that does not fit."""

from __future__ import annotations

from collections.abc import Sequence

from ii_vendor.intake import layout
from ii_vendor.intake.merges import merges_of
from ii_vendor.intake.notes import Notes, listed, quoted
from ii_vendor.intake.returned.asked import Asked
from ii_vendor.intake.returned.flow_answers import FlowReader
from ii_vendor.intake.returned.leftovers import left_in_row
from ii_vendor.intake.returned.places import ASK_FOR_FRESH_COPY, KEPT_BESIDE, Place, Places
from ii_vendor.intake.returned.row_answers import RowReader, answer_roles
from ii_vendor.intake.returned.sheetmap import SheetMap
from ii_vendor.intake.returned.shifted import tell_shifted
from ii_vendor.model.questionnaire import Question, Section
from ii_vendor.model.response import Answer

ASK_FOR_WHOLE = "Ask the vendor for the whole workbook as it was sent out."
_ASK_FOR_ROW = "Ask the vendor to copy the answers into the workbook as it was sent out."


class SectionReader:
    """Reads one section. ``found`` is its sheet, None where all its questions stand on sheets of other sections.

    ``older``: the workbook says that it was made from other questions. ``trusted``: it was made from the very questions
    asked now.
    """

    def __init__(
        self,
        section: Section,
        found: SheetMap | None,
        asked: Asked,
        places: Places,
        notes: Notes,
        *,
        older: bool,
        trusted: bool,
    ) -> None:
        self._section = section
        self._map = found
        self._sheet = found.sheet if found else None
        self._asked = asked
        self._places = places
        self._notes = notes
        self._older = older
        self._trusted = trusted
        self._lacking: list[str] = []

    def answers(self) -> list[Answer]:
        """An Answer for each question of the section, in the order asked."""
        self._tell_sheet()
        answers = self._from_flows(self._map) if self._map and self._is_table else self._from_rows()
        self._tell_lacking()
        return answers

    @property
    def _is_table(self) -> bool:
        return layout.is_flow_table(self._section)

    def _tell_sheet(self) -> None:
        if self._map is None:
            return
        if not self._map.sheet.visible:
            self._notes.add("warning", "This sheet is hidden. It was read.", "", self._sheet)
        if not self._map.mark:
            message = "This sheet lost its hidden marks, so its rows were found by the ids that can be seen."
            self._notes.add("note", message, "", self._sheet)
        if self._map.moved:
            message = "The columns of this sheet were moved by hand. They were read by their titles."
            self._notes.add("note", message, "", self._sheet)
        if not self._is_table:
            self._refuse_missing_columns(self._map)
            self._tell_merges(self._map)

    def _refuse_missing_columns(self, found: SheetMap) -> None:
        roles = answer_roles(self._section)
        missing = [role for role in roles if role not in found.roles]
        names = ", ".join(role.partition(":")[2] or "the answer" for role in missing)
        if missing and (self._trusted or len(missing) == len(roles)):
            self._notes.add("error", f"A column for answers is missing: {names}.", _ASK_FOR_ROW, self._sheet)
        elif missing:
            message = f"This older sheet has no column for: {names}."
            self._notes.add("warning", message, "Ask the vendor for what is missing.", self._sheet)

    def _tell_merges(self, found: SheetMap) -> None:
        """Tell answers that were merged over several questions: their words count for each of them."""
        questions = {
            place.row: question.id for question in self._section.questions for place in self._on_sheet(question)
        }
        for merge in merges_of(found.sheet):
            over = [id_ for row, id_ in sorted(questions.items()) if merge.top <= row <= merge.bottom]
            text = found.sheet.text(merge.top, merge.left)
            if len(over) > 1 and text.strip() and merge.left in found.inputs().values():
                message = (
                    f"The cells {merge.address} are merged into one. Its words were read for {listed(over)} alike."
                )
                remedy = "Check that they answer each of these questions."
                self._notes.add("warning", message, remedy, found.sheet, merge.address.partition(":")[0])

    def _on_sheet(self, question: Question) -> Sequence[Place]:
        return [place for place in self._places.of(question.id) if place.found is self._map]

    def _tell_lacking(self) -> None:
        """Questions that an older workbook does not have; without any of them it is another workbook."""
        title = self._section.title
        if len(self._lacking) == len(self._section.questions):
            message = f"None of the questions of the section '{title}' is on this sheet."
            self._notes.add("error", message, ASK_FOR_WHOLE, self._sheet)
        elif self._lacking and self._trusted:
            rows = "The row of question" if len(self._lacking) == 1 else "The rows of questions"
            message = f"{rows} {listed(self._lacking)} {'is' if len(self._lacking) == 1 else 'are'} missing."
            self._notes.add("error", message, _ASK_FOR_ROW, self._sheet)
        elif self._lacking:
            where = "This sheet" if self._map else f"This workbook, in the section '{title}',"
            message = f"{where} does not have every question that is asked now. Missing: {', '.join(self._lacking)}."
            self._notes.add("warning", message, "Ask the vendor to answer what is missing.", self._sheet)

    def _from_flows(self, found: SheetMap) -> list[Answer]:
        if not found.head:
            message = "The titles of the columns are missing, so it is not clear which question each answers."
            self._notes.add("error", message, ASK_FOR_FRESH_COPY, self._sheet)
            return [Answer(question=question.id) for question in self._section.questions]
        reader = FlowReader(self._section, found, self._asked, self._notes, older=self._older, trusted=self._trusted)
        if reader.lacking and self._trusted:
            message = f"A column for answers is missing: {', '.join(reader.lacking)}."
            self._notes.add("error", message, _ASK_FOR_ROW, self._sheet)
        else:
            self._lacking += reader.lacking
        return reader.answers()

    def _from_rows(self) -> list[Answer]:
        rows = RowReader(self._section, self._asked, self._notes)
        answers = []
        for question in self._section.questions:
            place = self._place_of(question)
            answer = rows.answer(question, place, self._trusted) if place else Answer(question=question.id)
            answers.append(answer)
        if self._map:
            tell_shifted(self._section, answers, self._map, self._notes)
        return answers

    def _place_of(self, question: Question) -> Place | None:
        """The row that answers a question; None where it has none."""
        places = self._places.of(question.id)
        filled = [place for place in places if place.is_filled]
        if len(filled) > 1:
            self._refuse_repeated(question, filled)
        place = next(iter(filled or places), None)
        if place is None and not self._places.is_doubtful(question.id):
            self._lacking.append(question.id)
        if place is not None and place.found is not self._map and place.is_filled:
            self._tell_moved(question, place)
        return place

    def _tell_moved(self, question: Question, place: Place) -> None:
        where = place.found.place(place.row, "id")
        if set(answer_roles(self._section)) & set(place.found.roles):
            message = f"Question {question.id} stood in another section of this workbook. It was read there."
            self._notes.add("note", message, "", place.found.sheet, where)
            return
        left = left_in_row(place.found, place.row)
        self._notes.keep(left)
        message = f"Question {question.id} was answered in other columns in this workbook. {KEPT_BESIDE}: "
        message += f"{quoted(left.answer or left.evidence)}."
        self._notes.add("warning", message, "Ask the vendor to answer it as it is asked now.", place.found.sheet, where)

    def _refuse_repeated(self, question: Question, filled: Sequence[Place]) -> None:
        first, second = filled[0], filled[1]
        if first.found is second.found:
            rows = listed([str(place.row) for place in filled])
            message = f"Question {question.id} stands in this sheet more than once, in rows {rows}, with answers."
        else:
            places = listed([f"'{place.found.sheet.name}', row {place.row}" for place in filled])
            message = f"Question {question.id} stands in this workbook more than once, with answers: {places}."
        address = second.found.place(second.row, answer_roles(self._section)[0])
        self._notes.add("error", message, "Ask the vendor which answer counts.", second.found.sheet, address)
