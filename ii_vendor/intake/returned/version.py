"""Which version of the questions a returned workbook was made from, and what differs from those asked now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ii_vendor.intake import layout
from ii_vendor.intake.notes import Notes, listed
from ii_vendor.intake.raw import RawWorkbook
from ii_vendor.intake.returned.wording import Wording

_REMEDY = "Check that the answers fit the questions asked now."


class Version:
    """What a workbook says of the questions that it was made from. ``hash`` is empty where it lost that note."""

    def __init__(self, book: RawWorkbook, content_hash: str) -> None:
        self.hash = book.properties.get(layout.CONTENT_PROPERTY, "")
        self.format = book.properties.get(layout.FORMAT_PROPERTY, "")
        self.is_current = self.hash == content_hash

    @property
    def is_older(self) -> bool:
        """Whether it says that it was made from other questions than those asked now."""
        return bool(self.hash) and not self.is_current


def tell_version(version: Version, wordings: Mapping[str, Wording], expected: Sequence[str], notes: Notes) -> None:
    """Tell that a workbook was made from other questions, or does not say from which, and how its questions differ.

    ``expected`` are the ids of the questions in sections that the workbook has.
    """
    if version.is_current:
        return
    differing = _differences(wordings, expected)
    if not version.hash:
        message = "The workbook lost the note of which version of the questions it was made from."
        if not differing:
            notes.add("note", f"{message} Its {len(expected)} questions read as they are asked now.")
            return
    elif version.format and version.format != layout.FORMAT:
        message = "This workbook was made by another version of ii-vendor."
    else:
        message = "This workbook was made from another version of the questions than this evaluation asks."
    same = sum(wording == "same" for wording in wordings.values())
    summary = f"Of {len(expected)} questions asked now, {same} read the same in it"
    notes.add("warning", f"{message} {'; '.join([summary, *differing])}.", _REMEDY)


def _differences(wordings: Mapping[str, Wording], expected: Sequence[str]) -> list[str]:
    groups: list[tuple[str, list[str]]] = [
        ("asked the opposite way", [id_ for id_, wording in wordings.items() if wording == "opposite"]),
        ("other questions under the same number", [id_ for id_, wording in wordings.items() if wording == "other"]),
        ("worded differently", [id_ for id_, wording in wordings.items() if wording == "reworded"]),
        ("without the words of the question", [id_ for id_, wording in wordings.items() if wording == "unknown"]),
        ("not in it", [id_ for id_ in expected if id_ not in wordings]),
    ]
    return [f"{label}: {listed(ids)}" for label, ids in groups if ids]
