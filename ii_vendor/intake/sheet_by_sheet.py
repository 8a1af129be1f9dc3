"""A zip with a .csv file for each sheet of one response workbook, taken as the workbook that it was."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ii_vendor.intake.handed_in import Item
from ii_vendor.intake.kinds import TEXT_ENDINGS
from ii_vendor.intake.raw import raw_workbook
from ii_vendor.intake.refused import Refused
from ii_vendor.intake.returned.parts import whole_of
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
    book = whole_of(parts, questionnaires)
    return [Item(path, path.name, notes=items[0].notes, book=book)] if book else items
