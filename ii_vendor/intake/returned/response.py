"""A returned response workbook -> one vendor's Response, or the reasons why not. Never half of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from ii_vendor.intake import layout
from ii_vendor.intake.notes import Notes, listed
from ii_vendor.intake.raw import RawSheet, RawWorkbook
from ii_vendor.intake.returned.asked import Asked
from ii_vendor.intake.returned.first_sheet import about, is_first_sheet
from ii_vendor.intake.returned.flow_answers import question_columns
from ii_vendor.intake.returned.leftovers import left_in_column
from ii_vendor.intake.returned.misplaced import tell_added, tell_misplaced
from ii_vendor.intake.returned.places import Places
from ii_vendor.intake.returned.section_answers import ASK_FOR_WHOLE, SectionReader
from ii_vendor.intake.returned.sections import Sections, sheet_of
from ii_vendor.intake.returned.sheetmap import SheetMap
from ii_vendor.intake.returned.version import Version, tell_version
from ii_vendor.intake.returned.wording import Wording
from ii_vendor.model.questionnaire import Questionnaire, Section
from ii_vendor.model.response import Answer, Problem, Response, SourceFile

_OWN_SHEETS = ("Lists",)
_ASK_FOR_ALL_SHEETS = "Ask the vendor for the whole workbook, or for a zip with a file for each of its sheets."


def is_ours(book: RawWorkbook, questionnaires: Sequence[Questionnaire]) -> bool:
    """Whether a workbook is one that was made by ``write_template``, for these questionnaires or others.

    It is known by the hidden mark of any sheet, and without marks by our column titles over the ids of our questions.
    """
    return Sections(book, Asked(questionnaires)).is_ours


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
        self._asked = Asked(questionnaires)
        self._file = file
        self._notes = Notes()
        self._sections = Sections(book, self._asked)
        self._version = Version(book, content_hash)

    def draft(self) -> tuple[Response | None, tuple[Problem, ...]]:
        """All that was read, and all problems."""
        tell_reading(self._book, self._notes)
        if not self._sections.sheets:
            self._refuse()
            return None, self._notes.problems
        maps = self._sections.maps(self._notes)
        self._keep_dropped_tables()
        lists, dropped = self._lists(maps), self._sections.dropped
        places = Places(self._book, lists, dropped, self._asked, self._version.is_older, self._notes)
        wordings = self._wordings(maps, places)
        trusted = self._version.is_current or (not self._version.is_older and self._all_same(wordings))
        present = [section for _, section in self._asked.sections if self._is_there(section, maps, places)]
        expected = [question.id for section in present for question in section.questions]
        tell_version(self._version, wordings, expected, self._notes)
        self._tell_missing(maps, places)
        answers = [
            answer for _, section in self._asked.sections for answer in self._read(section, maps, places, trusted)
        ]
        self._tell_misplaced(maps, places, trusted)
        if self._sections.instructions:
            tell_added(self._sections.instructions, self._notes)
        who = {key: about(self._book, self._sections.instructions, key, self._notes) for key in layout.INPUT_KEYS}
        who["vendor"] = single_line(who["vendor"])
        self._tell_unread_sheets()
        self._tell_emptiness(answers, who["vendor"])
        return self._response(answers, who), self._notes.problems

    def _response(self, answers: Sequence[Answer], who: Mapping[str, str]) -> Response:
        return Response(
            vendor=who["vendor"],
            contact=who["contact"].strip(),
            date=who["date"].strip(),
            template_hash=self._version.hash,
            answers=tuple(answers),
            file=self._file,
            problems=self._notes.problems,
            attachments=self._notes.attachments,
        )

    def _refuse(self) -> None:
        if self._sections.is_ours:
            names = (
                listed([f"'{found.sheet.name}'" for found in self._sections.dropped]) if self._sections.dropped else ""
            )
            message = "This is a response workbook, but none of its sections is asked in this evaluation"
            message += f": it has {names}." if names else "."
            self._notes.add("error", message, "Check that it was sent out for this evaluation.")
            return
        self._notes.add(
            "error",
            "This is not the response workbook that was sent out, and a vendor's own layout is not read.",
            "Ask the vendor to copy the answers into the response workbook.",
        )

    def _keep_dropped_tables(self) -> None:
        for found in self._sections.dropped:
            for column in question_columns(found, self._asked, self._version.is_older):
                kept = left_in_column(found, column.role, column.claim.key, column.words)
                if kept.answered and column.claim.words:
                    self._notes.keep(kept)

    def _lists(self, maps: Mapping[str, SheetMap]) -> list[SheetMap]:
        return [
            maps[section.id]
            for _, section in self._asked.sections
            if section.id in maps and not layout.is_flow_table(section)
        ]

    def _wordings(self, maps: Mapping[str, SheetMap], places: Places) -> dict[str, Wording]:
        """How the words of each question that the workbook has compare with those asked now."""
        wordings = places.wordings()
        for _, section in self._asked.sections:
            if layout.is_flow_table(section) and section.id in maps:
                for column in question_columns(maps[section.id], self._asked, self._version.is_older):
                    wordings[column.identity.question] = column.wording
        return {question: wordings[question] for question in self._asked.questions if question in wordings}

    def _all_same(self, wordings: Mapping[str, Wording]) -> bool:
        return len(wordings) == len(self._asked.questions) and set(wordings.values()) == {"same"}

    def _tell_missing(self, maps: Mapping[str, SheetMap], places: Places) -> None:
        """Sections that have no sheet, and whose questions stand nowhere else."""
        missing = [section for _, section in self._asked.sections if not self._is_there(section, maps, places)]
        titles = [f"'{section.title}'" for section in missing]
        if titles and len(self._book.sheets) == 1:
            message = f"This file holds one sheet of the response workbook. Missing: {listed(titles)}."
            self._notes.add("error", message, _ASK_FOR_ALL_SHEETS)
        elif len(titles) == 1:
            self._notes.add("error", f"The sheet of the section {titles[0]} is missing.", ASK_FOR_WHOLE)
        elif titles:
            message = f"The sheets of {len(titles)} sections are missing: {listed(titles)}."
            self._notes.add("error", message, ASK_FOR_WHOLE)

    def _is_there(self, section: Section, maps: Mapping[str, SheetMap], places: Places) -> bool:
        return section.id in maps or any(places.of(question.id) for question in section.questions)

    def _read(self, section: Section, maps: Mapping[str, SheetMap], places: Places, trusted: bool) -> Sequence[Answer]:
        if not self._is_there(section, maps, places):
            return [Answer(question=question.id) for question in section.questions]
        reader = SectionReader(
            section,
            maps.get(section.id),
            self._asked,
            places,
            self._notes,
            older=self._version.is_older,
            trusted=trusted,
        )
        return reader.answers()

    def _tell_misplaced(self, maps: Mapping[str, SheetMap], places: Places, trusted: bool) -> None:
        for name in dict.fromkeys(found.sheet.name for found in maps.values()):
            found = sheet_of(maps, name)
            # Where everything was pasted on one sheet, the instructions stand above the first table.
            below = found[0].head - 1 if is_first_sheet(found[0].sheet, self._sections.instructions) else 0
            tell_misplaced(found, self._asked, places, self._notes, trusted=trusted, below=below)

    def _tell_unread_sheets(self) -> None:
        dropped = {found.sheet.name for found in self._sections.dropped}
        known = self._sections.sheets | set(_OWN_SHEETS)
        for sheet in self._book.sheets:
            if sheet.name in known or is_first_sheet(sheet, self._sections.instructions):
                continue
            if sheet.name in dropped:
                kept = sum(attachment.section == sheet.name for attachment in self._notes.attachments)
                message = "This sheet belongs to a section that is not asked in this evaluation."
                if kept:
                    message += f" Its answers to {kept} questions are kept beside the response."
                self._notes.add("note", message, "", sheet)
            elif sheet.cells or sheet.skipped:
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
