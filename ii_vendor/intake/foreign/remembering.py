"""What was confirmed for earlier workbooks: which layout fits one that just arrived, and which words are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ii_vendor.intake.raw import RawSheet, RawWorkbook
from ii_vendor.model.mapping import KeptMapping
from ii_vendor.model.questionnaire import Questionnaire
from ii_vendor.model.workbook import SheetColumn, SheetLayout, SheetTable, WorkbookLayout


def asked_words(questionnaires: Sequence[Questionnaire]) -> dict[str, str]:
    """The words of every question by its id, white space and case folded."""
    return {question.id: _folded(question.text) for each in questionnaires for question in each.questions()}


def known_words(kept: Iterable[KeptMapping], questionnaires: Sequence[Questionnaire]) -> dict[str, tuple[str, ...]]:
    """Our questions, or none of them, by the words of theirs; the latest word counts.

    A question that was reworded since is no longer known. That words belong to none of ours is known only where all
    questions asked now stood to choice then.
    """
    asked = asked_words(questionnaires)
    found: dict[str, tuple[str, ...]] = {}
    for each in sorted(kept, key=lambda one: one.at):
        same = {key for key, words in asked.items() if each.asked.get(key) == words}
        for words, said in each.mapping.questions.items():
            questions = tuple(said.split())
            if same.issuperset(questions) and (questions or len(same) == len(asked)):
                found[words] = questions
    return found


def kept_for(kept: Iterable[KeptMapping], book: RawWorkbook, proposed: WorkbookLayout) -> KeptMapping | None:
    """The latest mapping of a workbook like this one: the same sheets and column titles."""
    newest = sorted(kept, key=lambda each: each.at, reverse=True)
    alike = (each for each in newest if each.mapping.fingerprint == proposed.fingerprint)
    return next(alike, None) or next((each for each in newest if _stands_in(book, each.mapping.sheets)), None)


def sheets_again(kept: KeptMapping, book: RawWorkbook, proposed: WorkbookLayout) -> tuple[SheetLayout, ...]:
    """The layout to read this workbook by: sheet by sheet the one that was confirmed, where its titles stand as they
    stood then, else the proposal. A table that has grown at its end is read to its new end."""
    before = {sheet.name: sheet for sheet in kept.mapping.sheets}
    raw = {sheet.name: sheet for sheet in book.sheets}
    return tuple(_again(before.get(now.name), now, raw[now.name]) for now in proposed.sheets)


def _again(before: SheetLayout | None, now: SheetLayout, raw: RawSheet) -> SheetLayout:
    if before is None or not _titles_stand(raw, before):
        return now
    if not before.tables:
        return before.model_copy(update={"visible": now.visible})
    last = max((row for row, _ in raw.cells), default=1)
    proposed_end = max((table.last for table in now.tables), default=last)
    end = before.tables[-1].model_copy(update={"last": max(before.tables[-1].last, proposed_end)})
    return before.model_copy(update={"visible": now.visible, "tables": (*before.tables[:-1], end)})


def _stands_in(book: RawWorkbook, sheets: Sequence[SheetLayout]) -> bool:
    raw = {sheet.name: sheet for sheet in book.sheets}
    read = [sheet for sheet in sheets if sheet.status == "read"]
    return bool(read) and all(
        sheet.name in raw and _is_titled(raw[sheet.name], sheet) and _titles_stand(raw[sheet.name], sheet)
        for sheet in read
    )


def _is_titled(raw: RawSheet, layout: SheetLayout) -> bool:
    """Whether the columns of questions have a title: without one, any sheet would look alike."""
    asking = [(table, each) for table in layout.tables for each in table.columns if each.role == "question"]
    return bool(asking) and all(any(raw.text(row, each.column) for row in table.header) for table, each in asking)


def _titles_stand(raw: RawSheet, layout: SheetLayout) -> bool:
    """Whether every title stands where it stood."""
    return all(_title_stands(raw, table, column) for table in layout.tables for column in table.columns)


def _title_stands(raw: RawSheet, table: SheetTable, column: SheetColumn) -> bool:
    title = _folded(column.title)
    return all(_folded(raw.text(row, column.column)) in title for row in table.header)


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()
