"""What an import would see in a file, without importing it: for any workbook, ours or not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ii_vendor.intake import layout
from ii_vendor.intake.handed_in import Item, items_of, taken
from ii_vendor.intake.inspection_cells import Json, cell_found, dimensions, hidden_columns
from ii_vendor.intake.inspection_foreign import foreign_sheet, tell_columns
from ii_vendor.intake.notes import Notes
from ii_vendor.intake.private import private_folder
from ii_vendor.intake.raw import RawCell, RawSheet, RawWorkbook, column_letters, raw_workbook
from ii_vendor.intake.refused import Refused
from ii_vendor.intake.returned.response import draft_response, is_ours, tell_reading
from ii_vendor.intake.returned.sheetmap import SheetMap, marked
from ii_vendor.intake.sandbox import Sandbox
from ii_vendor.model.questionnaire import Questionnaire
from ii_vendor.model.response import Problem, Response, SourceFile


def inspect_file(path: Path, questionnaires: Sequence[Questionnaire] | None = None, content_hash: str = "") -> Json:
    """Sheets with their headers, the roles of their columns and their rows by cell address, and every problem.

    ``questions`` and ``answered`` count what was found, in all and on each sheet. A sheet is ``skipped`` where it asks
    nothing, and says why.
    With ``questionnaires`` it also says what an import would make of the file: ``response`` (the vendor and which
    questions are answered; None where none of them is found), ``importable``, and the import's own ``problems``.
    A zip gives ``files``, one for each workbook in it. Raises Refused for a file that is not read. Takes at most ten
    seconds for each file.
    """
    with private_folder() as private, Sandbox() as sandbox:
        items = items_of(sandbox, path, private)
        if not items[0].zip:
            return _inspected(sandbox, items[0], questionnaires, content_hash)
        found: Json = {
            "file": _file(*taken(Item(path, path.name))),
            "files": [_or_refused(sandbox, item, questionnaires, content_hash) for item in items],
            "problems": [_problem(note) for note in items[0].notes],
        }
    if questionnaires is not None:
        found["importable"] = all(file.get("importable", False) for file in found["files"])
    return found


def _or_refused(sandbox: Sandbox, item: Item, questionnaires: Sequence[Questionnaire] | None, hash_: str) -> Json:
    try:
        return _inspected(sandbox, item, questionnaires, hash_)
    except Refused as refusal:
        return {"file": {"name": item.full_name}, "refused": str(refusal)}


def _inspected(sandbox: Sandbox, item: Item, questionnaires: Sequence[Questionnaire] | None, hash_: str) -> Json:
    file, content = taken(item)
    if item.refusal:
        raise item.refusal
    book = raw_workbook(sandbox.read(item.path))
    found: Json = {
        "file": _file(file, content),
        "template": {
            "format": book.properties.get(layout.FORMAT_PROPERTY, ""),
            "content_hash": book.properties.get(layout.CONTENT_PROPERTY, ""),
        },
    }
    if not is_ours(book, questionnaires or ()):
        return found | _foreign(book, compared=questionnaires is not None)
    notes = Notes()
    found["sheets"] = [_sheet(sheet, notes) for sheet in book.sheets]
    if questionnaires is None:
        reading = Notes()
        tell_reading(book, reading)
        return found | {"problems": [_problem(problem) for problem in (*reading.problems, *notes.problems)]}
    response, problems = draft_response(book, questionnaires, hash_, file)
    marked_sheets = {sheet.name for sheet in book.sheets if marked(sheet)}
    told = {(problem.sheet, problem.cell) for problem in problems}
    elsewhere = [p for p in notes.problems if p.sheet not in marked_sheets and (p.sheet, p.cell) not in told]
    return found | {
        "response": _summary(response) if response else None,
        "problems": [_problem(problem) for problem in (*problems, *elsewhere)],
        "importable": response is not None and not any(problem.severity == "error" for problem in problems),
    }


def _foreign(book: RawWorkbook, *, compared: bool) -> Json:
    """A workbook in another layout: nothing of it is imported before a person has matched its questions to ours."""
    from ii_vendor.intake.understanding import understand

    read = understand(book)
    notes = Notes()
    tell_reading(book, notes)
    if compared:
        message = "This is not our response workbook, so its questions have yet to be matched to ours."
        notes.add("note", message, "Import it on the page Responses, and confirm there which question is which.")
    tell_columns(read, notes)
    found: Json = {
        "sheets": [foreign_sheet(raw, sheet, read) for raw, sheet in zip(book.sheets, read.sheets, strict=True)],
        "questions": len(read.rows),
        "answered": sum(row.answered for row in read.rows),
        "vendors": list(read.vendors),
        "problems": [_problem(problem) for problem in (*notes.problems, *read.problems)],
    }
    return found | ({"response": None, "importable": False} if compared else {})


def _file(file: SourceFile, content: bytes) -> Json:
    return {"name": file.name, "size": len(content) or file.size, "sha256": file.sha256}


def _problem(problem: Problem) -> Json:
    return problem.model_dump() | {"place": problem.place}


def _summary(response: Response) -> Json:
    answered = {answer.question: answer.answered for answer in response.answers}
    return {
        "vendor": response.vendor,
        "answered": sum(answered.values()),
        "asked": len(answered),
        "questions": answered,
    }


def _sheet(sheet: RawSheet, notes: Notes) -> Json:
    found: Json = {"name": sheet.name, "visibility": "visible" if sheet.visible else "hidden"}
    if sheet.skipped or not any(cell.text.strip() for cell in sheet.cells.values()):
        return found | {"status": "skipped", "why": sheet.skipped or "it is empty", "dimensions": "", "rows": []}
    ours = marked(sheet)
    header, roles, keys = (ours.head, dict(ours.roles), ours.keys) if ours else (0, {}, {})
    _tell_cells(sheet, notes, ours)
    return found | {
        "status": "read",
        "why": "",
        "layout": "response workbook" if ours else "unknown",
        "dimensions": dimensions(sheet),
        "hidden_rows": sorted(sheet.hidden_rows),
        "hidden_columns": hidden_columns(sheet),
        "merged": list(sheet.merges),
        "header": {"row": header, "rows": [header]} if header else None,
        "roles": {role: column_letters(column) for role, column in roles.items()},
        "rows": [_row(row, cells, roles, keys.get(row, "")) for row, cells in sheet.rows() if row > header],
    }


def _row(row: int, cells: list[RawCell], roles: dict[str, int], key: str) -> Json:
    by_column = {column: role for role, column in roles.items()}
    found: Json = {"row": row}
    if key:
        found["key"] = key.removeprefix(layout.QUESTION_KEY)
    found["cells"] = [cell_found(cell, by_column.get(cell.column, "")) for cell in cells]
    return found


def _tell_cells(sheet: RawSheet, notes: Notes, ours: SheetMap | None) -> None:
    """In our sheets only what vendors wrote is worth telling, as an import tells it; on others every cell may be."""
    for cell in sheet.cells.values():
        if ours is None:
            _tell_cell(sheet, cell, notes)
        elif _is_answer(cell, ours):
            notes.words(sheet, cell.row, cell.column)


def _is_answer(cell: RawCell, ours: SheetMap) -> bool:
    if ours.mark == layout.INSTRUCTIONS_MARK:
        return cell.column == ours.roles.get("input") and ours.keys.get(cell.row) in layout.INPUT_KEYS
    key = ours.keys.get(cell.row, layout.FLOW_KEY)
    answers = key == layout.EVIDENCE_KEY or key.startswith((layout.QUESTION_KEY, layout.FLOW_KEY))
    return answers and cell.row > ours.head > 0 and cell.column in ours.inputs().values()


def _tell_cell(sheet: RawSheet, cell: RawCell, notes: Notes) -> None:
    if cell.kind == "error":
        notes.add("warning", f"The cell shows {cell.text}.", "", sheet, cell.address)
    elif cell.formula and not cell.text:
        notes.add("warning", "A formula without a stored result.", "", sheet, cell.address)
    if cell.struck:
        notes.add("warning", "Words in this cell are struck out.", "", sheet, cell.address)
