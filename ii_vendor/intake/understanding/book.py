"""RawWorkbook -> WorkbookLayout: each sheet's tables, the questions on them, and what is to know about the reading."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ii_vendor.intake.notes import Notes
from ii_vendor.intake.raw import RawSheet, RawWorkbook
from ii_vendor.intake.understanding.grid import Grid
from ii_vendor.intake.understanding.parts import answers_by_number, holds_several, numbered_parts
from ii_vendor.intake.understanding.replies import PARTS
from ii_vendor.intake.understanding.rows import rows_of
from ii_vendor.intake.understanding.tables import tables_of
from ii_vendor.intake.understanding.telling import tell
from ii_vendor.intake.understanding.words import folded
from ii_vendor.model.base import sha256_of
from ii_vendor.model.workbook import ReadRow, SheetLayout, WorkbookLayout

_REPEATED, _FEW = 0.7, 0.5
_MOST_ROWS = 20_000


class _Reader:
    """Reads the rows of sheets by their layout, each layout once."""

    def __init__(self, sheets: Iterable[RawSheet]) -> None:
        self.raw = {sheet.name: sheet for sheet in sheets}
        self._known: dict[str, tuple[SheetLayout, list[ReadRow]]] = {}

    def rows(self, layout: SheetLayout) -> list[ReadRow]:
        """The questions of a sheet, cells that hold several still whole."""
        known, rows = self._known.get(layout.name, (None, []))
        if known is None or known.tables is not layout.tables:
            rows = list(rows_of(self.raw[layout.name], layout))
            self._known[layout.name] = layout, rows
        return rows


def understand(book: RawWorkbook, saved: Sequence[SheetLayout] = ()) -> WorkbookLayout:
    """How a workbook in any layout reads. A sheet that ``saved`` names is read by the layout given there."""
    given = {sheet.name: sheet for sheet in saved}
    reader = _Reader(book.sheets)
    sheets = [given.get(sheet.name) or _proposed(sheet, reader) for sheet in book.sheets]
    return _read(_without_repetitions(reader, sheets, frozenset(given)), reader)


def propose(sheet: RawSheet) -> SheetLayout:
    """How one sheet seems to be laid out. A sheet that asks nothing is skipped, with the reason."""
    return _proposed(sheet, _Reader((sheet,)))


def reread(book: RawWorkbook, sheets: Sequence[SheetLayout]) -> WorkbookLayout:
    """The workbook read by a layout that a person may have corrected. Sheets that it does not name are left out."""
    return _read(sheets, _Reader(book.sheets))


def _proposed(sheet: RawSheet, reader: _Reader) -> SheetLayout:
    if sheet.skipped:
        return _skipped(sheet, sheet.skipped)
    grid = Grid(sheet)
    if not grid.lines:
        return _skipped(sheet, "it is empty")
    if len(grid.lines) > _MOST_ROWS:
        return _skipped(sheet, f"it has {len(grid.lines)} rows, far more than a questionnaire")
    tables = tables_of(grid)
    if not tables:
        return _skipped(sheet, _why_not(grid))
    layout = SheetLayout(name=sheet.name, visible=sheet.visible, status="read", tables=tables)
    if not reader.rows(layout):
        return layout.model_copy(update={"status": "skipped", "why": "no questions were found on it"})
    return layout


def _read(sheets: Sequence[SheetLayout], reader: _Reader) -> WorkbookLayout:
    rows: list[ReadRow] = []
    notes = Notes()
    for layout in sheets:
        if layout.status == "read" and (raw := reader.raw.get(layout.name)):
            found = [part for row in reader.rows(layout) for part in _parts(row, raw, notes)]
            tell(raw, layout, found, rows, notes)
            rows += found
    return WorkbookLayout(
        fingerprint=_fingerprint(sheets), sheets=tuple(sheets), rows=tuple(rows), problems=notes.problems
    )


def _skipped(sheet: RawSheet, why: str) -> SheetLayout:
    return SheetLayout(name=sheet.name, visible=sheet.visible, status="skipped", why=why)


def _why_not(grid: Grid) -> str:
    columns = {column for cells in grid.lines.values() for column in cells}
    words = [len(cell.text) for cells in grid.lines.values() for cell in cells.values()]
    if len(columns) <= 2 and sum(words) / len(words) > 60:
        return "it holds a text to read, no questions with places for answers"
    if max(words) <= 40:
        return "it holds a list or figures, no questions with places for answers"
    return "no questions with places for answers were found on it"


def _without_repetitions(
    reader: _Reader, sheets: Sequence[SheetLayout], given: frozenset[str]
) -> tuple[SheetLayout, ...]:
    """Leaves out sheets that repeat questions of another: without a place for answers, computed from it, or a few."""
    rows = {sheet.name: reader.rows(sheet) for sheet in sheets if sheet.status == "read"}
    if len(rows) < 2:
        return tuple(sheets)
    asked = {name: {folded(row.question) for row in own} for name, own in rows.items()}
    typed = {name: _typed(reader.raw[name], own) for name, own in rows.items()}
    answering = {sheet.name for sheet in sheets if _takes_answers(sheet)}
    kept: list[SheetLayout] = []
    for sheet in sheets:
        name, own = sheet.name, asked.get(sheet.name, set())
        for other in asked:
            repeats = other != name and own and len(own & asked[other]) >= _REPEATED * len(own)
            if not repeats or name in given or sheet.status == "skipped":
                continue
            lesser = (name not in answering and other in answering) or len(own) < _FEW * len(asked[other])
            if lesser or typed[name] < typed[other]:
                why = f"it repeats questions of the sheet '{other}', where they are answered"
                sheet = sheet.model_copy(update={"status": "skipped", "why": why})
        kept.append(sheet)
    return tuple(kept)


def _typed(sheet: RawSheet, rows: Sequence[ReadRow]) -> tuple[bool, bool]:
    """Whether the answers were typed here, not computed from another sheet; and whether the questions were."""
    formulas = {cell.address for cell in sheet.cells.values() if cell.formula}
    said = (
        each.cells.get(part, "")
        for row in rows
        for each in row.answers
        for part in PARTS
        if getattr(each, part).strip()
    )
    questions = [row.cells.get("question", "") for row in rows]
    return not _mostly_in(formulas, list(said)), not _mostly_in(formulas, questions)


def _mostly_in(formulas: Collection[str], places: Sequence[str]) -> bool:
    return sum(place in formulas for place in places) > len(places) / 2


def _takes_answers(sheet: SheetLayout) -> bool:
    return any(each.role in ("answer", "option", "comment") for table in sheet.tables for each in table.columns)


def _parts(row: ReadRow, sheet: RawSheet, notes: Notes) -> Sequence[ReadRow]:
    """The questions of a row: several where one cell holds several and the answers are numbered alike."""
    if not holds_several(row.question):
        return [row]
    parts = numbered_parts(row.question)
    numbers = [number for number, _ in parts]
    answers = [answers_by_number(each.answer, numbers) if each.answer.strip() else None for each in row.answers]
    if not row.answers or any(
        told is None and each.answer.strip() for told, each in zip(answers, row.answers, strict=True)
    ):
        message = f"This cell holds several questions ({len(parts)}). They were kept as one, with one answer."
        notes.add("note", message, "Read the answer against each of them.", sheet, row.cells.get("question", ""))
        return [row]
    return [
        row.model_copy(
            update={
                "part": number + 1,
                "question": words,
                "answers": tuple(
                    each.model_copy(update={"answer": told[number] if told else ""})
                    for each, told in zip(row.answers, answers, strict=True)
                ),
            }
        )
        for number, (_, words) in enumerate(parts)
    ]


def _fingerprint(sheets: Sequence[SheetLayout]) -> str:
    titles = [
        [folded(sheet.name), *sorted({folded(each.title) for table in sheet.tables for each in table.columns})]
        for sheet in sheets
        if sheet.tables
    ]
    return sha256_of(titles)
