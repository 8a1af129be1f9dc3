"""A zip with a .csv file for each sheet of one response workbook, taken as the workbook that it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from ii_vendor.intake.handed_in import Item
from ii_vendor.intake.kinds import TEXT_ENDINGS
from ii_vendor.intake.raw import RawSheet, RawWorkbook, raw_workbook
from ii_vendor.intake.refused import Refused
from ii_vendor.intake.returned.asked import Asked
from ii_vendor.intake.returned.sections import Sections
from ii_vendor.intake.sandbox import Sandbox
from ii_vendor.model.questionnaire import Questionnaire


def joined(
    sandbox: Sandbox, path: Path, items: Sequence[Item], questionnaires: Sequence[Questionnaire]
) -> Sequence[Item]:
    """One item for the whole zip at ``path``, where its files are the sheets of one response workbook; else the items
    themselves."""
    if len(items) < 2 or not all(item.name.lower().endswith(TEXT_ENDINGS) for item in items):
        return items
    try:
        parts = {item.name: raw_workbook(sandbox.read(item.path)) for item in items}
    except Refused:
        # Each file is told on its own when its turn comes.
        return items
    book = _whole_of(parts, questionnaires)
    return [Item(path, path.name, notes=items[0].notes, book=book)] if book else items


def _whole_of(parts: Mapping[str, RawWorkbook], questionnaires: Sequence[Questionnaire]) -> RawWorkbook | None:
    """The workbook whose sheets were saved as the files given, each called as its file is.

    None where they are not the sheets of one response workbook: a file holds several sheets, fewer than two are sheets
    of ours, or a section comes twice, as it does where several vendors answer.
    """
    if len(parts) < 2 or any(len(book.sheets) != 1 for book in parts.values()):
        return None
    asked = Asked(questionnaires)
    ours = [found for book in parts.values() if (found := Sections(book, asked)).is_ours]
    held = [section for found in ours for section in found.held]
    if len(ours) < 2 or not held or len(held) != len(set(held)):
        return None
    return RawWorkbook(
        sheets=tuple(_named(book.sheets[0], name) for name, book in parts.items()),
        warnings=tuple(dict.fromkeys(warning for book in parts.values() for warning in book.warnings)),
        complete=all(book.complete for book in parts.values()),
        cleaned=sum(book.cleaned for book in parts.values()),
    )


def _named(sheet: RawSheet, file: str) -> RawSheet:
    return replace(sheet, name=PurePath(file).stem)
