"""The response workbook that vendors fill in, written from questionnaires."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

from xlsxwriter import Workbook

from ii_vendor.intake import layout
from ii_vendor.intake.fitting import sheet_names
from ii_vendor.intake.instructions import COLUMNS, write_instructions, write_overview
from ii_vendor.intake.prefill import MisplacedAnswer
from ii_vendor.intake.section_sheets import write_section
from ii_vendor.intake.sheet import Book, MarkedSheet
from ii_vendor.model.questionnaire import Questionnaire
from ii_vendor.model.response import Answer

_DEFAULT_TITLE = "Can the plant run without you?"
_WRITING = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_template(
    questionnaires: Sequence[Questionnaire],
    content_hash: str,
    out: Path | BinaryIO,
    *,
    title: str = "",
    contact: str = "",
    due: str = "",
    vendor: str = "",
    vendor_contact: str = "",
    vendor_date: str = "",
    prefill: Mapping[str, Answer] | None = None,
) -> None:
    """Write the response workbook to ``out``.

    ``content_hash`` (64 hex digits) is kept in the file and compared when it comes back. ``title``, ``contact`` and
    ``due`` are shown on the first sheet. ``prefill`` holds answers by question id; together with ``vendor``,
    ``vendor_contact`` and ``vendor_date`` it makes a filled workbook. Raises UnwritableText for text that a cell cannot
    hold, and MisplacedAnswer for a prefilled answer that no question asks for.
    """
    answers = dict(prefill or {})
    _refuse_misplaced(questionnaires, answers)
    about = {
        "Return to": contact,
        "Due": due,
        "Prepared on": date.today().isoformat(),
        "Version": _version(questionnaires, content_hash),
        "vendor": vendor,
        "contact": vendor_contact,
        "date": vendor_date,
    }
    with Workbook(out if not isinstance(out, Path) else str(out), _WRITING) as workbook:
        _properties(workbook, title or _DEFAULT_TITLE, content_hash)
        _write_sheets(Book(workbook), questionnaires, answers, about, title or _DEFAULT_TITLE)


def _write_sheets(
    book: Book,
    questionnaires: Sequence[Questionnaire],
    answers: Mapping[str, Answer],
    about: Mapping[str, str],
    title: str,
) -> None:
    first = MarkedSheet(book, "Instructions", layout.INSTRUCTIONS_MARK, COLUMNS)
    inputs = write_instructions(first, questionnaires, about, title)
    pairs = [(questionnaire, section) for questionnaire in questionnaires for section in questionnaire.sections]
    names = sheet_names(section.title for _, section in pairs)
    progress = []
    for name, (questionnaire, section) in zip(names, pairs, strict=True):
        mark = layout.section_mark(questionnaire.id, section.id)
        titles = (questionnaire.title, questionnaire.version)
        progress.append(write_section(book, name, mark, section, answers, titles))
    write_overview(first, progress)
    first.finish(None)
    first.start_at(inputs["vendor"], "input")
    first.sheet.set_portrait()
    first.sheet.fit_to_pages(1, 1)
    for key, row in inputs.items():
        book.book.define_name(f"ii.{key}", f"='{first.name}'!{first.cell('input', row, absolute=True)}")
    book.write_lists()


def _properties(workbook: Workbook, title: str, content_hash: str) -> None:
    workbook.set_properties({"title": title, "subject": "Response workbook", "comments": "Made with ii-vendor."})
    workbook.set_custom_property(layout.FORMAT_PROPERTY, layout.FORMAT, "text")
    workbook.set_custom_property(layout.CONTENT_PROPERTY, content_hash, "text")


def _version(questionnaires: Sequence[Questionnaire], content_hash: str) -> str:
    versions = ", ".join(f"{questionnaire.title} {questionnaire.version}" for questionnaire in questionnaires)
    return f"{versions} · content {content_hash[:12]}"


def _refuse_misplaced(questionnaires: Sequence[Questionnaire], answers: Mapping[str, Answer]) -> None:
    asked = {question.id for questionnaire in questionnaires for question in questionnaire.questions()}
    unknown = sorted(set(answers) - asked)
    if unknown:
        raise MisplacedAnswer(f"No question asks for: {', '.join(unknown)}.")
