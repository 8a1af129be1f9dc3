"""A section that is in a workbook more than once: which of its sheets counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ii_vendor.intake import layout
from ii_vendor.intake.notes import Notes, listed
from ii_vendor.intake.returned.sheetmap import SheetMap
from ii_vendor.model.questionnaire import Section

_Words = Mapping[tuple[str, str], str]


def the_one_that_counts(found: Sequence[SheetMap], section: Section, notes: Notes) -> SheetMap:
    """The sheet with answers where the others are empty or say the same. Where they disagree, that is an error."""
    words = {each.sheet.name: _words(each) for each in found}
    filled = [each for each in found if words[each.sheet.name]]
    counts, *others = [*filled, *(each for each in found if each not in filled)]
    for other in others:
        theirs = words[other.sheet.name]
        if not theirs:
            message = f"This sheet is an empty copy of '{counts.sheet.name}'. It was left out."
            notes.add("note", message, "", other.sheet)
        elif theirs == words[counts.sheet.name]:
            message = f"This sheet says the same as '{counts.sheet.name}', word for word. It was left out."
            notes.add("note", message, "", other.sheet)
        else:
            _refuse(counts, other, section, _differing(words[counts.sheet.name], theirs), notes)
    return counts


def _refuse(counts: SheetMap, other: SheetMap, section: Section, differing: Sequence[str], notes: Notes) -> None:
    names = f"'{counts.sheet.name}' and '{other.sheet.name}'"
    message = f"The section '{section.title}' is in the workbook more than once, on {names}, with different answers"
    message += f" to {listed(differing)}." if differing else "."
    notes.add("error", message, "Ask the vendor to delete the copy that does not count.", other.sheet)


def _words(found: SheetMap) -> _Words:
    """What the vendor wrote, by row key and role."""
    written = {
        (found.keys.get(row, str(row)), role): found.text(row, role).strip()
        for row, _ in found.rows()
        for role in found.inputs()
        if found.keys.get(row, "").startswith((layout.QUESTION_KEY, layout.FLOW_KEY, layout.EVIDENCE_KEY))
        or row not in found.keys
    }
    return {place: text for place, text in written.items() if text}


def _differing(one: _Words, other: _Words) -> list[str]:
    """The ids of the questions that are answered differently."""
    places = [place for place in {**one, **other} if one.get(place) != other.get(place)]
    ids = (_question(key, role) for key, role in places)
    return list(dict.fromkeys(id_ for id_ in ids if id_))


def _question(key: str, role: str) -> str:
    if key.startswith(layout.QUESTION_KEY):
        return key.removeprefix(layout.QUESTION_KEY)
    return role.partition(":")[2]
