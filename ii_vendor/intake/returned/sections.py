"""Which sheet of a returned workbook holds which section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ii_vendor.intake import layout
from ii_vendor.intake.notes import Notes
from ii_vendor.intake.raw import RawSheet, RawWorkbook
from ii_vendor.intake.returned.asked import Asked
from ii_vendor.intake.returned.copies import the_one_that_counts
from ii_vendor.intake.returned.seen import find_by_ids, overlap, realigned, seen, visible
from ii_vendor.intake.returned.sheetmap import SheetMap, marked
from ii_vendor.model.questionnaire import Questionnaire, Section


class Sections:
    """The sheets of a workbook, by the section that they hold: by their marks, else by the ids that can be seen.

    ``instructions`` is the first sheet of the workbook where it still has its marks. ``dropped`` are sheets of ours
    whose section is not asked.
    """

    def __init__(self, book: RawWorkbook, asked: Asked) -> None:
        self._asked = asked
        self._marked = [found for sheet in book.sheets if (found := marked(sheet))]
        self._wanted = {(questionnaire.id, section.id) for questionnaire, section in asked.sections}
        unclaimed = (sheet for sheet in book.sheets if not self._is_claimed(sheet))
        self._unclaimed = [plain for sheet in unclaimed if (plain := seen(sheet))]
        self._candidates = {
            section.id: self._found(questionnaire, section) for questionnaire, section in asked.sections
        }
        self.instructions = next((each for each in self._marked if each.mark == layout.INSTRUCTIONS_MARK), None)

    @property
    def sheets(self) -> set[str]:
        """The names of all sheets that hold a section that is asked, copies included."""
        return {each.sheet.name for found in self._candidates.values() for each in found}

    @property
    def held(self) -> list[str]:
        """The ids of the sections that are asked and have a sheet, and that of each other sheet of ours."""
        marks = [found.mark for found in self.dropped]
        first = [layout.INSTRUCTIONS_MARK] if self.instructions else []
        return [id_ for id_, found in self._candidates.items() for _ in found] + marks + first

    @property
    def dropped(self) -> list[SheetMap]:
        """Sheets of ours whose section is not asked, or not under this name."""
        sections = [each for each in self._marked if all(layout.marked_section(each.mark))]
        return [each for each in sections if each.sheet.name not in self.sheets]

    @property
    def is_ours(self) -> bool:
        """Whether anything in the workbook shows that it is a response workbook of ours."""
        return bool(self._marked) or bool(self.sheets)

    def maps(self, notes: Notes) -> dict[str, SheetMap]:
        """The sheet of each section that has one. Copies of a sheet are told."""
        sections = {section.id: section for _, section in self._asked.sections}
        maps = {}
        for id_, found in self._candidates.items():
            if found:
                maps[id_] = the_one_that_counts(found, sections[id_], notes)
        return maps

    def _is_claimed(self, sheet: RawSheet) -> bool:
        """Whether the sheet's mark names a section that is asked, or the first sheet."""
        mark = next((each.mark for each in self._marked if each.sheet is sheet), "")
        return mark == layout.INSTRUCTIONS_MARK or layout.marked_section(mark) in self._wanted

    def _found(self, questionnaire: Questionnaire, section: Section) -> list[SheetMap]:
        """Its marked sheets, and others that show its ids: beside a marked one, only where they show most of them."""
        ids = (questionnaire.id, section.id)
        own = [_complete(each, section) for each in self._marked if layout.marked_section(each.mark) == ids]
        least = len(section.questions) / 2 if own else 1
        return own + [each for each in find_by_ids(self._unclaimed, section) if overlap(each, section) >= least]


def _complete(found: SheetMap, section: Section) -> SheetMap:
    """The map with what its titles say: where its marks are lost in part, and where columns were moved by hand."""
    if not found.head:
        plain = seen(found.sheet)
        return (visible(plain, section) if plain else None) or found
    return realigned(found, section)


def sheet_of(sections: Mapping[str, SheetMap], name: str) -> Sequence[SheetMap]:
    """The maps of all sections on one sheet, from the top down."""
    return sorted((each for each in sections.values() if each.sheet.name == name), key=lambda each: each.head)
