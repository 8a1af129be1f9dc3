"""The sheet of one section -> the vendor's answers, with a problem for everything that does not fit."""

from __future__ import annotations

from collections.abc import Iterator

from ii_vendor.intake import layout
from ii_vendor.intake.notes import Notes, quoted
from ii_vendor.intake.own_text import own_texts, plain
from ii_vendor.intake.raw import RawCell, RawWorkbook, column_letters
from ii_vendor.intake.sheetmap import SheetMap, named_cell
from ii_vendor.model.questionnaire import Question, Questionnaire, Section
from ii_vendor.model.response import Answer, Cell

_ASK_FOR_TEXT_IN_PLACE = "Ask the vendor to move the words into the yellow cells of a question."
ASK_FOR_WHOLE = "Ask the vendor for the whole workbook as it was sent out."
_ASK_FOR_ROW = "Ask the vendor to copy the answers into the workbook as it was sent out."


class SectionReader:
    """Reads one section from its sheet. ``current``: the workbook was made from the very questions asked now."""

    def __init__(
        self,
        book: RawWorkbook,
        asked: tuple[Questionnaire, Section],
        found: SheetMap,
        notes: Notes,
        current: bool,
    ) -> None:
        self._book = book
        self._section = asked[1]
        self._own_texts = own_texts(*asked)
        self._map = found
        self._sheet = found.sheet
        self._notes = notes
        self._current = current
        self._lacking: list[str] = []

    def answers(self) -> list[Answer]:
        """An Answer for each question of the section, in the order asked."""
        if not self._sheet.visible:
            self._notes.add("warning", "This sheet is hidden. It was read.", "", self._sheet)
        self._refuse_missing_columns()
        answers = self._from_flows() if layout.is_flow_table(self._section) else self._from_rows()
        self._tell_lacking()
        self._tell_stray_text()
        return answers

    def _column(self, role: str) -> int | None:
        return self._map.roles.get(role)

    def _words(self, row: int, role: str) -> str:
        return self._notes.words(self._sheet, row, self._column(role))

    def _answer_roles(self) -> list[str]:
        table = self._section.table
        if table is None:
            return [layout.ANSWER]
        parts = self._section.questions if layout.is_flow_table(self._section) else table.columns
        return [layout.answer_role(part.id) for part in parts]

    def _refuse_missing_columns(self) -> None:
        missing = [role for role in self._answer_roles() if role not in self._map.roles]
        names = [role.partition(":")[2] or "the answer" for role in missing]
        if missing and (self._current or len(missing) == len(self._answer_roles())):
            message = f"A column for answers is missing: {', '.join(names)}."
            self._notes.add("error", message, _ASK_FOR_ROW, self._sheet)
        elif layout.is_flow_table(self._section):
            self._lacking += names
        elif missing:
            message = f"This older sheet has no column for: {', '.join(names)}."
            self._notes.add("warning", message, "Ask the vendor for what is missing.", self._sheet)

    def _tell_lacking(self) -> None:
        """Questions that an older workbook does not have; without any of them it is another workbook."""
        if len(self._lacking) == len(self._section.questions):
            message = f"None of the questions of the section '{self._section.title}' is on this sheet."
            self._notes.add("error", message, ASK_FOR_WHOLE, self._sheet)
        elif self._lacking:
            message = f"This sheet does not have every question that is asked now. Missing: {', '.join(self._lacking)}."
            self._notes.add("warning", message, "Ask the vendor to answer what is missing.", self._sheet)

    def _from_rows(self) -> list[Answer]:
        rows = self._rows_by_question()
        answers = []
        for question in self._section.questions:
            row = self._row_of(question, rows.get(question.id, []))
            answers.append(self._answer(question, row) if row else Answer(question=question.id))
        return answers

    def _rows_by_question(self) -> dict[str, list[int]]:
        """Rows of each question id: by hidden key, then by the id that can be seen. Unknown ids are told."""
        known = {question.id for question in self._section.questions}
        rows: dict[str, list[int]] = {}
        for row, cells in self._sheet.rows():
            key = self._map.keys.get(row, "")
            if row <= self._map.head or (key and not key.startswith(layout.QUESTION_KEY)):
                continue
            id_column = self._column("id")
            shown = layout.id_from_visible(self._sheet.text(row, id_column)) if id_column else ""
            question = key.removeprefix(layout.QUESTION_KEY) or shown
            if question in known:
                rows.setdefault(question, []).append(row)
            elif written := [c for c in cells if c.text.strip() and c.column in self._map.inputs().values()]:
                self._tell_unknown(written[0], question)
        return rows

    def _tell_unknown(self, cell: RawCell, question: str) -> None:
        if question and not self._current:
            message = f"Question {question} is not asked any more; what was written there is not imported."
            self._notes.add("warning", message, "", self._sheet, cell.address)
            return
        what = f"a question {question}, which is not asked" if question else "no question"
        message = f"Row {cell.row} was added: its words belong to {what}."
        self._notes.add("error", message, _ASK_FOR_TEXT_IN_PLACE, self._sheet, cell.address)

    def _row_of(self, question: Question, rows: list[int]) -> int:
        """The row that answers a question; 0 where it has none."""
        if not rows:
            rows = self._row_by_name(question)
        filled = [row for row in rows if self._is_filled(row)]
        if len(filled) > 1:
            listed = " and ".join(str(row) for row in filled)
            message = f"Question {question.id} stands in this sheet more than once, in rows {listed}, with answers."
            place = f"{column_letters(min(self._map.inputs().values()))}{filled[1]}"
            self._notes.add("error", message, "Ask the vendor which answer counts.", self._sheet, place)
        if not rows and self._current:
            self._notes.add("error", f"The row of question {question.id} is missing.", _ASK_FOR_ROW, self._sheet)
        elif not rows:
            self._lacking.append(question.id)
        return next(iter(filled or rows), 0)

    def _row_by_name(self, question: Question) -> list[int]:
        named = named_cell(self._book, layout.defined_name(question.id))
        if named is None or named[0] != self._sheet.name or named[1] in self._map.keys:
            return []
        # A program that deletes a row may leave its name behind, pointing to nothing.
        held = any(row == named[1] and cell.text.strip() for (row, _), cell in self._sheet.cells.items())
        return [named[1]] if held else []

    def _is_filled(self, row: int) -> bool:
        return any(self._sheet.text(row, column).strip() for column in self._map.inputs().values())

    def _answer(self, question: Question, row: int) -> Answer:
        cells = tuple(self._cells(row))
        choice = self._choice(question, row)
        self._tell_changed_labels(row)
        answer = Answer(question=question.id, cells=cells, evidence=self._words(row, "evidence"), choice=choice)
        if answer.evidence.strip() and not answer.answered and self._is_blank(row):
            message = f"{question.id} has words under evidence and no answer, so it counts as not answered."
            place = f"{column_letters(self._column('evidence') or 0)}{row}"
            self._notes.add("warning", message, "If this is the answer, ask the vendor to move it.", self._sheet, place)
        return answer

    def _is_blank(self, row: int) -> bool:
        """Whether nothing at all, not even a formula, stands in the answer cells."""
        return not any((row, self._column(role)) in self._sheet.cells for role in self._answer_roles())

    def _cells(self, row: int) -> Iterator[Cell]:
        """The answered cells of a row; columns with options are held to them. In a table the empty cells of an answered
        row are told too."""
        columns = {layout.answer_role(c.id): c for c in self._section.table.columns} if self._section.table else {}
        for role in self._answer_roles():
            text = self._words(row, role)
            cell = self._sheet.cells.get((row, self._column(role) or 0))
            column = columns.get(role)
            if column is not None and not text and self._is_filled(row):
                yield Cell(text="", column=column.title, address=self._place_of(row, role))
            if cell is None or not text:
                continue
            if column is not None and column.options:
                self._tell_if_no_option(text, column.options, cell.address)
            yield Cell(text=text, column=column.title if column else "", address=self._place(cell.address))

    def _place(self, address: str) -> str:
        return f"{self._sheet.name}!{address}"

    def _place_of(self, row: int, role: str) -> str:
        return self._place(f"{column_letters(self._column(role) or 1)}{row}")

    def _choice(self, question: Question, row: int) -> str:
        if question.kind != "choice":
            return ""
        choice = self._words(row, "choice")
        cell = self._sheet.cells.get((row, self._column("choice") or 0))
        if cell is not None:
            self._tell_if_no_option(choice, question.options, cell.address)
        return choice

    def _tell_if_no_option(self, text: str, options: tuple[str, ...], address: str) -> None:
        if text.strip() and text.strip() not in options:
            message = f"{quoted(text)} is not one of the choices ({'; '.join(options)}). It was kept as written."
            self._notes.add("warning", message, "Read it as the vendor's own words, or ask.", self._sheet, address)

    def _from_flows(self) -> list[Answer]:
        rows = [row for row, _ in self._sheet.rows() if self._is_flow(row)]
        rows = [row for row in rows if self._is_filled(row)]
        numbers = self._numbers()
        names = {row: self._words(row, "name") or layout.flow_label(self._section, numbers[row]) for row in rows}
        return [self._flow_answer(question, names) for question in self._section.questions]

    def _is_flow(self, row: int) -> bool:
        """A row of the table: one of ours, or one that the vendor inserted."""
        key = self._map.keys.get(row, "")
        return row > self._map.head and (not key or key.startswith(layout.FLOW_KEY))

    def _numbers(self) -> dict[int, int]:
        """The number of each table row, counted from 1 from the top, empty ones included."""
        keyed = {row for row, key in self._map.keys.items() if key.startswith(layout.FLOW_KEY)}
        filled = {row for row, _ in self._sheet.rows() if self._is_flow(row)}
        return {row: number for number, row in enumerate(sorted(keyed | filled), 1)}

    def _flow_answer(self, question: Question, names: dict[int, str]) -> Answer:
        role = layout.answer_role(question.id)
        column = self._column(role)
        if column is None:
            return Answer(question=question.id)
        cells = []
        for row, name in names.items():
            cells.append(Cell(text=self._words(row, role), row=name, address=self._place_of(row, role)))
        evidence_row = self._map.row_of(layout.EVIDENCE_KEY)
        evidence = self._words(evidence_row, role) if evidence_row else ""
        return Answer(question=question.id, cells=tuple(cells), evidence=evidence)

    def _tell_changed_labels(self, row: int) -> None:
        """Words that a vendor put into our columns would be lost without this."""
        if not self._current:
            return
        for role in ("question", "guidance", "references"):
            cell = self._sheet.cells.get((row, self._column(role) or 0))
            if cell is not None:
                self._tell_outside(cell.text, cell.address)

    def _tell_stray_text(self) -> None:
        """Text beside the columns of the template, and in rows of a table that are not ours."""
        ours = set(self._map.roles.values())
        for row, cells in self._sheet.rows():
            for cell in cells:
                if cell.column not in ours and row > 1 and not layout.is_key(cell.text):
                    self._tell_outside(cell.text, cell.address)
        self._tell_labels_of_unknown_rows()

    def _tell_labels_of_unknown_rows(self) -> None:
        inputs = set(self._map.inputs().values())
        for row, cells in self._sheet.rows():
            if row <= self._map.head or self._map.keys.get(row) or self._is_known_by_id(row):
                continue
            for cell in cells:
                if cell.column not in inputs and cell.column in self._map.roles.values() and not cell.formula:
                    self._tell_outside(cell.text, cell.address)

    def _is_known_by_id(self, row: int) -> bool:
        column = self._column("id")
        return column is not None and bool(layout.id_from_visible(self._sheet.text(row, column)))

    def _tell_outside(self, text: str, address: str) -> None:
        if text.strip() and plain(text) not in self._own_texts:
            message = f"Text outside the answer cells is not imported: {quoted(text)}."
            self._notes.add("warning", message, _ASK_FOR_TEXT_IN_PLACE, self._sheet, address)
