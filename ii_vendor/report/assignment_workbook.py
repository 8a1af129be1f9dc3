"""The workbook in which one evaluator rates away from the app: instructions, the answers to rate, and the rubric."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from ii_vendor.intake.assignment_marks import RATINGS, origin_lines
from ii_vendor.model.content import Content
from ii_vendor.model.offline import Assignment
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.report.assignment_workbook_rows import Rows, write_rows
from ii_vendor.report.phrases import counted
from ii_vendor.report.scorecard.book import Book, Sheet

INPUT_TAB, PLAIN_TAB = "#E3C65B", "#0B4F59"
_MEANS = {
    EvidenceGrade.claim: "words alone",
    EvidenceGrade.document: "a document that you saw or that is named exactly",
    EvidenceGrade.contract: "it stands in a contract, or will",
    EvidenceGrade.demonstration: "you saw it work",
    EvidenceGrade.trial: "it was tried in a plant",
}
_STEPS = (
    f"Open the sheet {RATINGS}. Each row is one answer of one vendor. You write into the yellow cells only.",
    "Level: choose 0 (worst) to 4 (best), or n/a where the question does not apply. What each level means stands "
    "beside the answer; red flags, good signs and how to verify are on the sheet Rubric.",
    "Reason: one sentence is enough, and every level needs one.",
    "Quoted words: the vendor’s words that decided it, copied from the answer. They may stay empty.",
    "Evidence: what stands behind the answer. Empty counts as claim, the weakest.",
    "You may filter, and leave rows for later: what is not rated stays open. Keep the columns and titles as they are.",
    "Save the file and bring it back in the app: on the page Review, under “Work offline”. First you are shown what is "
    "new, changed or in conflict; then you choose, and only then it is saved.",
    "Rate in one place at a time. After bringing the file back, download a fresh one to go on.",
)


def write_assignment(
    assignment: Assignment, content: Content, out: Path | BinaryIO, *, written_at: datetime | None = None
) -> None:
    """Write the workbook of an assignment to a file or stream. ``written_at`` is the moment shown (now by default).

    Raises OSError where the file cannot be written.
    """
    moment = written_at or datetime.now().astimezone()
    name = assignment.evaluation.name
    book = Book(str(out) if isinstance(out, Path) else out, footer=f"{name} · {assignment.evaluator}")
    first = book.sheet("Instructions", PLAIN_TAB)
    ratings = book.sheet(RATINGS, INPUT_TAB)
    rubric = book.sheet("Rubric", PLAIN_TAB)
    rows = write_rows(ratings, assignment, content)
    _write_instructions(first, assignment, content, rows, moment)
    _write_rubric(rubric, assignment, content)
    for label, text in origin_lines(assignment.origin).items():
        # A property holds no more than 255 characters.
        book.workbook.set_custom_property(label, text[:255], "text")
    book.workbook.set_properties(
        {"title": "Answers to rate", "subject": book.footer, "comments": "Made with ii-vendor.", "created": moment}
    )
    book.workbook.close()


def _write_instructions(
    sheet: Sheet, assignment: Assignment, content: Content, rows: Rows, written_at: datetime
) -> None:
    sheet.widths(24, 30, 30, 30)
    sheet.raw.set_row(0, 30)
    sheet.text(0, 0, f"{assignment.evaluation.name}: answers to rate", "title")
    answers = counted(len(assignment.pairs), "answer")
    sheet.text(1, 0, f"{assignment.evaluator} · {answers} · written on {written_at:%Y-%m-%d %H:%M %Z}".strip(), "note")
    sheet.text(3, 0, "Rated so far", "cell section")
    sheet.formula(3, 1, f'=COUNTIF({rows.states},"{rows.done}")', rows.rated, "cell count bold")
    sheet.text(3, 2, f"of {answers}", "cell")
    row = _list(sheet, 5, "How it works", _STEPS)
    caps = content.profile.evidence_caps
    row = _list(
        sheet,
        row + 1,
        "Evidence",
        [f"{grade.value}: {_MEANS[grade]}. Carries a level up to {caps[grade]:g}." for grade in EvidenceGrade],
    )
    if assignment.left_out:
        lines = [f"{name}: {why}." for name, why in assignment.left_out.items()]
        row = _list(sheet, row + 1, "Vendors that are not in this workbook", lines)
    if content.reading:
        row = _list(sheet, row + 1, "How to read an answer", content.reading)
    row = _list(
        sheet, row + 1, "About this file", ("By these lines the app knows what has changed since. Leave them here.",)
    )
    for label, text in origin_lines(assignment.origin).items():
        sheet.text(row, 0, label, "cell soft")
        sheet.merge(row, 1, 3, text, "cell soft wrap")
        row += 1
    sheet.print_setup(portrait=True)
    sheet.protect()


def _list(sheet: Sheet, row: int, heading: str, lines: Sequence[str]) -> int:
    """Write a heading with lines under it; gives the row after them."""
    sheet.merge(row, 0, 3, heading, "cell section")
    for line in lines:
        row += 1
        sheet.paragraph(row, 0, 3, line)
    return row + 1


def _write_rubric(sheet: Sheet, assignment: Assignment, content: Content) -> None:
    asked = dict.fromkeys(question for _, question in assignment.pairs)
    sheet.title("Rubric", "How each question is judged. For the panel only: vendors do not see it.")
    sheet.widths(8, 28, 40, 52, 40, 40)
    head = 3
    sheet.headings(head, ("No.", "Question", "Why it matters", "Red flags", "Good signs", "How to verify"))
    for row, question in enumerate(asked, head + 1):
        rubric, title = content.rubric[question], content.questions[question].title
        flags = "\n".join(
            f"{rule.statement} ({rule.severity.value}{', rejects the vendor' if rule.gate else ''})"
            for rule in rubric.red_flags
        )
        texts = (question, title, rubric.rationale, flags, "\n".join(rubric.good_signs), rubric.verify)
        for column, text in enumerate(texts):
            sheet.text(row, column, text, "cell wrap top bold" if column == 0 else "cell wrap top")
        sheet.fit(row, enumerate(texts))
    sheet.raw.freeze_panes(head + 1, 2)
    sheet.print_setup(head=head)
    sheet.protect()
