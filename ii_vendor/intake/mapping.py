"""A returned response workbook -> one vendor's Response, or the reasons why not. Never half of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from ii_vendor.intake import layout
from ii_vendor.intake.answers import ASK_FOR_WHOLE, SectionReader
from ii_vendor.intake.notes import Notes
from ii_vendor.intake.raw import RawSheet, RawWorkbook
from ii_vendor.intake.sheetmap import SheetMap, find_by_ids, marked, named_cell, visible
from ii_vendor.model.questionnaire import Questionnaire, Section
from ii_vendor.model.response import Answer, Problem, Response, SourceFile

_OWN_SHEETS = ("Lists",)


def map_response(
    book: RawWorkbook, questionnaires: Sequence[Questionnaire], content_hash: str, file: SourceFile
) -> tuple[Response | None, tuple[Problem, ...]]:
    """The response in a workbook that was made by ``write_template``, and what is to know about it.

    The response is None when any problem is an error.
    """
    response, problems = draft_response(book, questionnaires, content_hash, file)
    return None if any(problem.severity == "error" for problem in problems) else response, problems


def draft_response(
    book: RawWorkbook, questionnaires: Sequence[Questionnaire], content_hash: str, file: SourceFile
) -> tuple[Response | None, tuple[Problem, ...]]:
    """What can be read in spite of errors: to look at, never to import. None where no section is found."""
    return _Mapping(book, questionnaires, content_hash, file).draft()


class _Mapping:
    def __init__(
        self, book: RawWorkbook, questionnaires: Sequence[Questionnaire], content_hash: str, file: SourceFile
    ) -> None:
        self._book = book
        self._sections = [(q, section) for q in questionnaires for section in q.sections]
        self._content_hash = content_hash
        self._file = file
        self._notes = Notes()
        self._marked = [found for sheet in book.sheets if (found := marked(sheet))]
        self._template_hash = book.properties.get(layout.CONTENT_PROPERTY, "")

    def draft(self) -> tuple[Response | None, tuple[Problem, ...]]:
        """All that was read, and all problems."""
        tell_reading(self._book, self._notes)
        maps = self._find_sections()
        if not maps:
            self._refuse_foreign()
            return None, self._notes.problems
        self._tell_version()
        answers = [answer for asked in self._sections for answer in self._read(asked, maps)]
        about = {key: self._about(key) for key in layout.INPUT_KEYS}
        about["vendor"] = single_line(about["vendor"])
        self._tell_unread_sheets(maps)
        self._tell_emptiness(answers, about["vendor"])
        return self._response(answers, about), self._notes.problems

    def _response(self, answers: Sequence[Answer], about: Mapping[str, str]) -> Response:
        return Response(
            vendor=about["vendor"],
            contact=about["contact"].strip(),
            date=about["date"].strip(),
            template_hash=self._template_hash,
            answers=tuple(answers),
            file=self._file,
            problems=self._notes.problems,
        )

    def _find_sections(self) -> dict[str, SheetMap]:
        """The sheet of each section: by its mark, else by the ids that can be seen."""
        maps: dict[str, SheetMap] = {}
        taken = {found.sheet.name for found in self._marked}
        unmarked = [sheet for sheet in self._book.sheets if sheet.name not in taken and not sheet.skipped]
        for questionnaire, section in self._sections:
            mark = layout.section_mark(questionnaire.id, section.id)
            sheets = [found for found in self._marked if found.mark == mark]
            if len(sheets) > 1:
                self._refuse_copy(sheets, section)
            found = sheets[0] if sheets else find_by_ids(unmarked, section)
            if found is not None and not found.head:
                found = visible(found.sheet, section) or found
            if found is not None:
                maps[section.id] = found
        return maps

    def _refuse_copy(self, sheets: Sequence[SheetMap], section: Section) -> None:
        names = " and ".join(f"'{found.sheet.name}'" for found in sheets)
        message = f"The section '{section.title}' is in the workbook more than once, on {names}."
        self._notes.add("error", message, "Ask the vendor to delete the copy that does not count.", sheets[1].sheet)

    def _refuse_foreign(self) -> None:
        if self._marked:
            message = "This is a response workbook, but none of its sections is asked in this evaluation."
            self._notes.add("error", message, "Check that it was sent out for this evaluation.")
            return
        self._notes.add(
            "error",
            "This is not the response workbook that was sent out, and a vendor's own layout is not read.",
            "Ask the vendor to copy the answers into the response workbook.",
        )

    @property
    def _current(self) -> bool:
        return self._template_hash == self._content_hash

    def _tell_version(self) -> None:
        if self._current:
            return
        format_ = self._book.properties.get(layout.FORMAT_PROPERTY, "")
        if not self._template_hash:
            message = "The workbook lost the note of which version of the questions it was made from."
        elif format_ and format_ != layout.FORMAT:
            message = "This workbook was made by another version of ii-vendor."
        else:
            message = "This workbook was made from another version of the questions than this evaluation asks."
        self._notes.add("warning", message, "Check that the answers fit the questions asked now.")

    def _read(self, asked: tuple[Questionnaire, Section], maps: Mapping[str, SheetMap]) -> list[Answer]:
        section = asked[1]
        found = maps.get(section.id)
        if found is None:
            self._notes.add("error", f"The sheet of the section '{section.title}' is missing.", ASK_FOR_WHOLE)
            return [Answer(question=question.id) for question in section.questions]
        if not found.mark:
            message = "This sheet lost its hidden marks, so its rows were found by the ids that can be seen."
            self._notes.add("note", message, "", found.sheet)
        return SectionReader(self._book, asked, found, self._notes, self._current).answers()

    def _about(self, key: str) -> str:
        """What stands in an input cell of the first sheet."""
        for found in self._marked:
            row = found.row_of(key) if found.mark == layout.INSTRUCTIONS_MARK else 0
            if row:
                return self._notes.words(found.sheet, row, found.roles.get("input"))
        for plain in self._book.sheets:
            place = _cell_after_label(plain, key)
            if place:
                return self._notes.words(plain, *place)
        named = named_cell(self._book, f"ii.{key}")
        sheet = next((s for s in self._book.sheets if named and s.name == named[0]), None)
        return self._notes.words(sheet, named[1], named[2]) if named and sheet else ""

    def _tell_unread_sheets(self, maps: Mapping[str, SheetMap]) -> None:
        read = {found.sheet.name for found in maps.values()}
        read |= {found.sheet.name for found in self._marked if found.mark == layout.INSTRUCTIONS_MARK}
        read |= {sheet.name for sheet in self._book.sheets if _cell_after_label(sheet, "vendor")}
        for sheet in self._book.sheets:
            if sheet.name not in read and sheet.name not in _OWN_SHEETS and (sheet.cells or sheet.skipped):
                self._notes.add("warning", _why_unread(sheet), "Look whether it holds answers.", sheet)

    def _tell_emptiness(self, answers: Sequence[Answer], vendor: str) -> None:
        if not any(answer.answered for answer in answers):
            message = "No question is answered: is this the filled copy?"
            self._notes.add("error", message, "Ask the vendor for the filled workbook.")
        if not vendor:
            self._notes.add("warning", "The workbook does not say which vendor it is from.", "Choose the vendor.")


def single_line(text: str) -> str:
    """A name as people write it in a list: without line breaks, control characters and blanks around it."""
    spaced = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
    return " ".join(spaced.split())


def _cell_after_label(sheet: RawSheet, key: str) -> tuple[int, int] | None:
    """Row and column of an input cell of the first sheet, by the label that people see beside it."""
    labels = (cell for cell in sheet.cells.values() if cell.text.strip() == layout.INPUT_LABELS[key])
    return next(((cell.row, cell.column + 1) for cell in labels), None)


def _why_unread(sheet: RawSheet) -> str:
    hidden = "" if sheet.visible else "hidden "
    if sheet.skipped:
        return f"This {hidden}sheet was not read: it is {sheet.skipped}."
    return f"This {hidden}sheet is not part of the response workbook and was not read."


def tell_reading(book: RawWorkbook, notes: Notes) -> None:
    """Tell what the guard and the readers found worth telling about a whole file."""
    for warning in book.warnings:
        notes.add("warning", warning)
    if not book.complete:
        message = "This workbook is slightly damaged: only text and stored values could be read."
        notes.add("warning", message, "Whether answers are formulas, hidden or struck out could not be seen.")
    if book.cleaned:
        notes.add("note", f"{book.cleaned} control characters that no screen shows were left out.")
