"""What is to know about the questions that were read on a sheet: hidden, doubled, odd or doubtful ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from ii_vendor.intake.notes import Notes, first_of, listed, quoted, rows_in_words
from ii_vendor.intake.raw import RawSheet, column_letters
from ii_vendor.intake.understanding.grid import Grid
from ii_vendor.intake.understanding.replies import Replies
from ii_vendor.intake.understanding.words import folded
from ii_vendor.model.workbook import ReadRow, SheetLayout

NO_ANSWERS = "no column with answers to them"
"""Said of a sheet with questions alone. It stands in the message."""

_DOUBTFUL = 0.5
_ALL_ALIKE = 10
_SAME_SHEET = 0.7
_REPLIES = ("answer", "option", "comment", "evidence")


def tell(
    sheet: RawSheet, layout: SheetLayout, rows: Sequence[ReadRow], before: Sequence[ReadRow], notes: Notes
) -> None:
    """Add to ``notes`` what is worth telling about ``rows``; ``before`` are those of earlier sheets."""
    _tell_doubt(sheet, layout, rows, notes)
    _tell_hidden(sheet, layout, rows, notes)
    _tell_cells(sheet, layout, rows, notes)
    _tell_several_marks(sheet, layout, rows, notes)
    _tell_doubled_ids(sheet, rows, notes)
    _tell_all_alike(sheet, rows, notes)
    _tell_same_questions(sheet, rows, before, notes)


def _tell_doubt(sheet: RawSheet, layout: SheetLayout, rows: Sequence[ReadRow], notes: Notes) -> None:
    asked = {each.column: each for table in layout.tables for each in table.columns if each.role == "question"}
    replies = [each for table in layout.tables for each in table.columns if each.role in ("answer", "option")]
    unsure = min((each.sure for each in (*asked.values(), *replies)), default=1.0)
    if not replies and rows:
        message = f"{len(rows)} questions were found, but {NO_ANSWERS}."
        notes.add("warning", message, "Say which column holds the answers, if there is one.", sheet)
    elif unsure < _DOUBTFUL:
        message = "It is not certain which columns hold the questions and the answers."
        notes.add("warning", message, "Look at the columns before you go on.", sheet)


def _tell_hidden(sheet: RawSheet, layout: SheetLayout, rows: Sequence[ReadRow], notes: Notes) -> None:
    if not sheet.visible and rows:
        notes.add("warning", f"This sheet is hidden. Its {len(rows)} questions were read.", "", sheet)
    hidden = [row for row in rows if row.row in sheet.hidden_rows]
    if hidden:
        where = rows_in_words(sorted({row.row for row in hidden}))
        message = f"{len(hidden)} questions stand in a hidden row and were read: {where}."
        notes.add("warning", message, "", sheet, _place(hidden[0]))
    for column in sorted({each.column for table in layout.tables for each in table.columns if each.role in _REPLIES}):
        if not any(first <= column <= last for first, last in sheet.hidden_columns):
            continue
        written = [row.row for row in rows if sheet.text(row.row, column).strip()]
        if written:
            message = f"{len(written)} answers or comments stand in a hidden column and were read."
            notes.add("warning", message, "", sheet, f"{column_letters(column)}{written[0]}")


def _tell_cells(sheet: RawSheet, layout: SheetLayout, rows: Sequence[ReadRow], notes: Notes) -> None:
    """Errors, formulas and struck-out words, cell by cell, where somebody asked or answered something."""
    shown = replace(sheet, hidden_rows=frozenset(), hidden_columns=())
    spoilt = {place for place, cell in sheet.cells.items() if cell.kind in ("error", "blank")}
    odd = spoilt | {place for place, cell in sheet.cells.items() if cell.formula or cell.struck}
    if not odd:
        return
    found = Notes()
    for row in rows:
        table = next(table for table in layout.tables if table.first <= row.row <= table.last)
        for column in table.columns:
            # A question may well be looked up by a formula.
            telling = odd if column.role in _REPLIES else spoilt if column.role == "question" else ()
            if (row.row, column.column) in telling:
                found.words(shown, row.row, column.column)
    for problem in found.problems:
        # One spoilt cell of a foreign workbook is no reason to leave all others unread.
        severity = "warning" if problem.severity == "error" else problem.severity
        notes.add(severity, problem.message, problem.remedy, sheet, problem.cell)
    _tell_spoilt_elsewhere(sheet, spoilt, {problem.cell for problem in found.problems}, notes)


def _tell_spoilt_elsewhere(
    sheet: RawSheet, spoilt: Collection[tuple[int, int]], told: Collection[str], notes: Notes
) -> None:
    """Errors and formulas without a result in cells that are neither a question nor an answer, all in one note."""
    others = [cell for cell in (sheet.cells[place] for place in sorted(spoilt)) if cell.address not in told]
    errors = [cell.address for cell in others if cell.kind == "error"]
    blank = [cell.address for cell in others if cell.kind == "blank" and cell.formula]
    if errors:
        notes.add("note", f"Other cells show an error: {first_of(errors)}.", "", sheet, errors[0])
    if blank:
        notes.add(
            "note", f"Other cells hold a formula without a stored result: {first_of(blank)}.", "", sheet, blank[0]
        )


def _tell_several_marks(sheet: RawSheet, layout: SheetLayout, rows: Sequence[ReadRow], notes: Notes) -> None:
    ticked = [table for table in layout.tables if any(each.role == "option" for each in table.columns)]
    if not ticked:
        return
    grid = Grid(sheet)
    for table in ticked:
        replies = Replies(grid, table.columns)
        for row in rows:
            if table.first <= row.row <= table.last:
                for marked in replies.marked(row.row).values():
                    if len(marked) > 1:
                        said = listed([quoted(each.option) for each in marked])
                        message = f"Here more than one answer is ticked: {said}. All were kept."
                        place = f"{column_letters(marked[0].column)}{row.row}"
                        notes.add("warning", message, "Ask the vendor which one holds.", sheet, place)


def _tell_doubled_ids(sheet: RawSheet, rows: Sequence[ReadRow], notes: Notes) -> None:
    first: dict[str, ReadRow] = {}
    for row in rows:
        if not row.id or row.part > 1:
            continue
        earlier = first.setdefault(row.id, row)
        if earlier is not row and earlier.cells.get("id") != row.cells.get("id"):
            message = f"The number {row.id} stands here and in row {earlier.row}, for two questions. Both were kept."
            notes.add("note", message, "", sheet, row.cells.get("id", _place(row)))


def _tell_all_alike(sheet: RawSheet, rows: Sequence[ReadRow], notes: Notes) -> None:
    said = Counter(answer.answer.strip() for row in rows for answer in row.answers if answer.answer.strip())
    if len(said) == 1 and said.total() >= _ALL_ALIKE and said.total() == len(rows):
        (only,) = said
        message = f"Every answer on this sheet is {quoted(only)}."
        notes.add("warning", message, "Check that this is not what stood there before anybody answered.", sheet)


def _tell_same_questions(sheet: RawSheet, rows: Sequence[ReadRow], before: Sequence[ReadRow], notes: Notes) -> None:
    own = {folded(row.question) for row in rows}
    others: dict[str, set[str]] = {}
    for row in before:
        others.setdefault(row.sheet, set()).add(folded(row.question))
    same = [name for name, asked in others.items() if len(own & asked) >= _SAME_SHEET * max(len(own), 1)]
    if same and len(own) > 1:
        message = f"This sheet asks the same questions as {listed([f'“{name}”' for name in same])}."
        notes.add("warning", message, "Take one of the sheets for each vendor, or leave the older one out.", sheet)


def _place(row: ReadRow) -> str:
    answers = [each.cells.get("answer", "") for each in row.answers]
    return next((place for place in answers if place), "") or row.cells.get("question", "")
