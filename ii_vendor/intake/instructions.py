"""The first sheet of the response workbook: what it is for, how to fill it in, who answers, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ii_vendor.intake import layout
from ii_vendor.intake.fitting import row_height
from ii_vendor.intake.section_sheets import Progress
from ii_vendor.intake.sheet import MarkedSheet
from ii_vendor.model.questionnaire import Questionnaire

COLUMNS = (("label", 34.0), ("input", 74.0), ("count", 14.0), ("share", 14.0))
_RULES = (
    "Write only into the pale yellow cells. Everything else is locked, without a password, so that rows and numbers "
    "stay where they are.",
    "Please do not add rows, except in tables that say so. If an answer is longer than a cell, name the document and "
    "page in the evidence column.",
    "Say what happens, not what could be bought: what the plant experiences when a link, a service or your company is "
    "not there.",
    "Evidence helps you: a claim that a document, a contract term, a demonstration or a trial supports counts for more "
    "than a claim alone. Name the document and the page, or who can show it.",
    "A star (*) marks a critical question. If you cannot answer yet, say so and say when; an open answer is better "
    "than an empty one.",
    "Write answers as text, not as formulas. Save as an Excel workbook (.xlsx); LibreOffice is fine, too.",
)


def write_instructions(
    sheet: MarkedSheet, questionnaires: Sequence[Questionnaire], about: Mapping[str, str], title: str
) -> dict[str, int]:
    """Write everything above the overview; gives the row (from 0) of each input by its key."""
    sheet.line("title", title, "title", 40)
    sheet.line("subtitle", "Response workbook for vendors", "subtitle", 22)
    sheet.line("gap", "", "text", 8)
    _heading(sheet, "What this is for")
    for questionnaire in questionnaires:
        _label_row(sheet, questionnaire.title, questionnaire.purpose)
    _gap(sheet)
    _heading(sheet, "Who answers")
    rows: dict[str, int] = {}
    for key, label in layout.INPUT_LABELS.items():
        rows[key] = sheet.row
        _input_row(sheet, key, label, about.get(key, ""))
    _gap(sheet)
    _heading(sheet, "About this request")
    for label in ("Return to", "Due", "Prepared on", "Version"):
        if about.get(label):
            _label_row(sheet, label, about[label])
    _gap(sheet)
    _heading(sheet, "How to fill it in")
    critical = next((each.id for asked in questionnaires for each in asked.questions() if each.critical), "")
    _legend(sheet, critical)
    _gap(sheet)
    for number, rule in enumerate(_RULES, 1):
        sheet.line(layout.NOTE_KEY, f"{number}.  {rule}", "text")
    _gap(sheet)
    return rows


def write_overview(sheet: MarkedSheet, progress: Sequence[Progress]) -> None:
    """How many questions of each sheet are answered, live, with the total."""
    _heading(sheet, "How far you are")
    sheet.key(layout.NOTE_KEY)
    for role, text in (("label", "Sheet"), ("input", "Section"), ("count", "Answered"), ("share", "Share")):
        sheet.text(role, text, "head")
    sheet.end_row(22)
    first = sheet.row
    for part in progress:
        _overview_row(sheet, part)
    done, total = sum(p.answered for p in progress), sum(p.questions for p in progress)
    sheet.key("total")
    sheet.text("label", "All", "label")
    sheet.text("input", f"{total} questions", "label")
    counts = f"{sheet.cell('count', first)}:{sheet.cell('count', sheet.row - 1)}"
    sheet.formula("count", f"=SUM({counts})", done, "total")
    sheet.formula("share", f"={sheet.cell('count')}/{total}", done / total, "total_share")
    sheet.end_row(24)


def _overview_row(sheet: MarkedSheet, part: Progress) -> None:
    sheet.key(layout.NOTE_KEY)
    target = f"internal:'{part.sheet}'!B2"
    sheet.sheet.write_url(sheet.row, sheet.columns["label"], target, sheet.styles["link"], part.sheet)
    sheet.text("input", f"{part.title}: {part.questions} questions", "value")
    sheet.formula("count", f"={part.formula}", part.answered, "count")
    share = f"={sheet.cell('count')}/{part.questions}"
    sheet.formula("share", share, part.answered / part.questions, "share")
    sheet.end_row(20)


def _heading(sheet: MarkedSheet, text: str) -> None:
    sheet.line("heading", text, "heading", 24)


def _gap(sheet: MarkedSheet) -> None:
    sheet.line("gap", "", "text", 10)


def _wide(sheet: MarkedSheet, text: str, style: str) -> None:
    """Text from the second column to the last."""
    sheet.sheet.merge_range(sheet.row, sheet.columns["input"], sheet.row, sheet.last_column, "", sheet.styles[style])
    sheet.text("input", text, style)


def _label_row(sheet: MarkedSheet, label: str, text: str) -> None:
    sheet.key(layout.NOTE_KEY)
    sheet.text("label", label, "label")
    _wide(sheet, text, "value")
    sheet.end_row(row_height([(text, 100.0), (label, 32.0)]))


def _input_row(sheet: MarkedSheet, key: str, label: str, value: str) -> None:
    sheet.key(key)
    sheet.text("label", label, "label")
    _wide(sheet, value, "input")
    sheet.end_row(24)


def _legend(sheet: MarkedSheet, critical: str) -> None:
    """What the looks of cells mean. ``critical`` is a critical question, where there is one."""
    lines = [("sample", "pale yellow", "You write here."), ("closed", "grey or white", "Please leave as it is.")]
    if critical:
        lines.append(("critical", f"{critical} *", "A critical question: the answer decides on its own."))
    for style, sample, meaning in lines:
        sheet.key(layout.NOTE_KEY)
        sheet.text("label", sample, style)
        _wide(sheet, meaning, "value")
        sheet.end_row(20)
