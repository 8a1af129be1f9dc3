"""The sheet of an assignment on which answers are rated: a row for each answer, more where it is long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from ii_vendor.intake import assignment_marks as marks
from ii_vendor.intake.layout import question_text, visible_id
from ii_vendor.intake.levels import NOT_APPLICABLE
from ii_vendor.model.content import Content
from ii_vendor.model.offline import Assignment, Pair
from ii_vendor.model.panel import Rating
from ii_vendor.model.response import Answer
from ii_vendor.model.rubric import LEVELS, EvidenceGrade, Rubric
from ii_vendor.report.findings import SIGNS, Seen, remarks, seen_in, state_words
from ii_vendor.report.scorecard.book import LINE, TALLEST, Sheet, at, column, fixed, wrapped_lines
from ii_vendor.report.scorecard.words import CELL_UNITS, clean, pieces

HEAD = 4
"""The row of the titles, counted from 0; the hidden row of marks is the first."""

FIRST = HEAD + 1
DONE, OPEN, NO_LEVEL, NO_REASON = "done", "open", "level?", "reason?"
NOT_ANSWERED = "(not answered)"
CONTINUED = "(continued)"
_MOST_LINES = int((TALLEST - 8) / LINE)
_WIDTHS = {
    marks.ID: 7,
    marks.VENDOR: 17,
    "question": 28,
    "answer": 58,
    "found": 44,
    "levels": 56,
    marks.LEVEL: 11,
    marks.REASON: 34,
    marks.QUOTE: 28,
    marks.GRADE: 15,
    "state": 10,
    marks.WRITTEN: 3,
}
"""Width of each column in characters, from the second column on: the first holds the hidden keys."""

_COLUMN = {role: index for index, role in enumerate(_WIDTHS, 1)}
_HINTS = {marks.LEVEL: "0–4 or n/a", marks.REASON: "needed", marks.QUOTE: "copied exactly"}


@dataclass(frozen=True)
class Rows:
    """What was written: how many answers are rated, and the range with the state of each row, ``done`` for those."""

    rated: int
    states: str
    done: str = DONE


def write_rows(sheet: Sheet, assignment: Assignment, content: Content) -> Rows:
    """Write one row for each answer, by question and vendor, with what the seat has rated so far."""
    sheet.widths(3, *_WIDTHS.values())
    _write_head(sheet, assignment)
    row, rated = FIRST, 0
    for pair in assignment.pairs:
        mine = assignment.evaluation.ratings.get((*pair, assignment.evaluator))
        rated += mine is not None
        row = _write_answer(sheet, row, assignment, content, pair, mine)
    last = max(row - 1, FIRST)
    _finish(sheet, last)
    return Rows(rated, fixed(sheet.name, FIRST, _COLUMN["state"], last))


def _write_head(sheet: Sheet, assignment: Assignment) -> None:
    sheet.text(0, 0, marks.CORNER, "soft")
    for role, index in _COLUMN.items():
        sheet.text(0, index, role, "soft")
    sheet.raw.set_row(1, 30)
    sheet.text(1, 1, "Answers to rate", "title")
    sheet.text(2, 1, f"{assignment.evaluation.name} · {assignment.evaluator}. Write into the yellow cells.", "note")
    sheet.raw.set_row(HEAD, 34)
    for role, title in marks.TITLES.items():
        hint = _HINTS.get(role, "")
        style = "head teal" if role in marks.INPUTS else "head"
        sheet.text(HEAD, _COLUMN[role], f"{title}\n{hint}" if hint else title, style)


def _write_answer(
    sheet: Sheet, row: int, assignment: Assignment, content: Content, pair: Pair, mine: Rating | None
) -> int:
    """Write the rows of one answer; gives the row after them."""
    vendor, question = pair
    received = assignment.evaluation.received(vendor)
    answer = received.response.answer(question) if received else Answer(question=question)
    seen = seen_in(answer, received.findings if received else ())
    asked = content.questions[question]
    beside = (visible_id(asked), assignment.evaluation.vendor(vendor).name)
    texts = (_words(answer), _found(seen, answer, content.rubric[question]), _levels(content.rubric[question]))
    parts = [
        list(_fitting(text, _WIDTHS[role])) for role, text in zip(("answer", "found", "levels"), texts, strict=True)
    ]
    for index, (words, found, levels) in enumerate(zip_longest(*parts, fillvalue="")):
        first = index == 0
        sheet.text(row, 0, marks.key_of(pair) if first else f"{marks.MORE}{vendor}/{question}", "soft")
        sheet.text(row, _COLUMN[marks.ID], beside[0], "cell wrap top bold")
        sheet.text(row, _COLUMN[marks.VENDOR], beside[1], "cell wrap top bold")
        what = question_text(asked) if first else CONTINUED
        shown = {"question": what, "answer": words, "found": found, "levels": levels}
        for role, text in shown.items():
            sheet.text(row, _COLUMN[role], text, "cell wrap top" if role == "answer" else "cell wrap top soft")
        if first:
            shown |= _write_inputs(sheet, row, mine, answered=answer.answered)
        else:
            for role in (*marks.INPUTS, "state"):
                sheet.put(row, _COLUMN[role], None, "cell tint")
        _set_height(sheet, row, shown)
        row += 1
    return row


def _write_inputs(sheet: Sheet, row: int, mine: Rating | None, *, answered: bool) -> dict[str, str]:
    """Write the yellow cells with what was rated, the state, and the hidden mark of what was written."""
    level = "" if mine is None else NOT_APPLICABLE if mine.level is None else str(mine.level)
    said = {
        marks.LEVEL: level,
        marks.REASON: _in_a_cell(mine.reason) if mine else "",
        marks.QUOTE: _in_a_cell(mine.quote) if mine else "",
        marks.GRADE: mine.grade.value if mine else "",
    }
    for role, text in said.items():
        style = "cell input wrap top centre" if role in (marks.LEVEL, marks.GRADE) else "cell input wrap top"
        value: str | int | None = int(text) if role == marks.LEVEL and text.isdecimal() else text or None
        sheet.put(row, _COLUMN[role], value, style)
    levels = [*(map(str, LEVELS) if answered else "0"), NOT_APPLICABLE]
    _offer(sheet, row, marks.LEVEL, levels, "0 to 4, or n/a." if answered else "Not answered: only 0 or n/a.")
    _offer(sheet, row, marks.GRADE, [grade.value for grade in EvidenceGrade], "What stands behind the answer.")
    _write_state(sheet, row, DONE if mine else OPEN)
    written = marks.written_as(said[marks.LEVEL], said[marks.GRADE], said[marks.REASON], said[marks.QUOTE])
    sheet.text(row, _COLUMN[marks.WRITTEN], written, "soft")
    return said


def _offer(sheet: Sheet, row: int, role: str, options: list[str], hint: str) -> None:
    sheet.raw.data_validation(
        row,
        _COLUMN[role],
        row,
        _COLUMN[role],
        {
            "validate": "list",
            "source": options,
            "input_title": marks.TITLES[role],
            "input_message": hint,
            "error_title": "Please choose from the list",
            "error_message": f"Choose one of: {', '.join(options)}. Words belong into the column Reason.",
        },
    )


def _write_state(sheet: Sheet, row: int, state: str) -> None:
    level, reason, quote, grade = (at(row, _COLUMN[role]) for role in marks.INPUTS)
    formula = (
        f'=IF({level}="",IF({reason}&{quote}&{grade}="","{OPEN}","{NO_LEVEL}"),'
        f'IF(TRIM({reason})="","{NO_REASON}","{DONE}"))'
    )
    sheet.formula(row, _COLUMN["state"], formula, state, "cell top centre soft")


def _finish(sheet: Sheet, last: int) -> None:
    state = _COLUMN["state"]
    format_of = sheet.book.workbook.add_format
    for words, colour in ((DONE, "#0F7C8A"), (NO_LEVEL, "#B93A12"), (NO_REASON, "#B93A12")):
        look = {
            "type": "cell",
            "criteria": "==",
            "value": f'"{words}"',
            "format": format_of({"font_color": colour, "bold": True}),
        }
        sheet.raw.conditional_format(FIRST, state, last, state, look)
    hidden = {"hidden": True}
    sheet.raw.set_row(0, None, None, hidden)
    sheet.raw.set_column(0, 0, 3, None, hidden)
    sheet.raw.set_column(_COLUMN[marks.WRITTEN], _COLUMN[marks.WRITTEN], 3, None, hidden)
    # With the hidden columns, so that whoever sorts by the filter sorts the marks with their rows.
    sheet.raw.autofilter(HEAD, 0, last, _COLUMN[marks.WRITTEN])
    sheet.raw.freeze_panes(FIRST, _COLUMN["question"])
    sheet.raw.set_zoom(85)
    sheet.print_setup(head=HEAD)
    sheet.raw.print_area(f"{column(1)}2:{column(state)}{last + 1}")
    sheet.protect()


def _words(answer: Answer) -> str:
    evidence = f"\nEvidence: {answer.evidence}" if answer.evidence.strip() else ""
    return f"{answer.text if answer.answered else NOT_ANSWERED}{evidence}"


def _found(seen: Seen, answer: Answer, rubric: Rubric) -> str:
    """What the signals see in the answer, each with the words behind it."""
    lines = []
    for remark in remarks(seen, answer, rubric, ()):
        quotes = "".join(f"\n“{quote}”" for quote in remark.quotes)
        lines.append(f"{SIGNS[remark.kind]} {remark.name}: {remark.text}{quotes}")
    return "\n".join(lines) or state_words(seen)


def _levels(rubric: Rubric) -> str:
    return "\n".join(f"{level}  {rubric.levels[level]}" for level in LEVELS)


def _in_a_cell(text: str) -> str:
    """The text as a cell holds it; what is too long for one is cut, and says so."""
    first, *more = pieces(clean(text), CELL_UNITS // 2 - len(marks.CUT))
    return first + marks.CUT if more else first


def _fitting(text: str, width: float) -> Iterator[str]:
    """The text in parts that each can be read in the tallest row, cut between words where it can be."""
    part: list[str] = []
    lines = 0
    for line in clean(text).split("\n"):
        for piece in pieces(line, int((width - 1) * _MOST_LINES * 0.8)):
            needed = wrapped_lines(piece, width)
            if part and lines + needed > _MOST_LINES:
                yield "\n".join(part)
                part, lines = [], 0
            part.append(piece)
            lines += needed
    yield "\n".join(part)


def _set_height(sheet: Sheet, row: int, shown: dict[str, str]) -> None:
    lines = max(wrapped_lines(text, _WIDTHS[role]) for role, text in shown.items())
    sheet.raw.set_row(row, min(LINE * lines + 6, TALLEST))
