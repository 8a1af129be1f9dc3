"""What somebody typed as a level or as an evidence grade, understood as long as it can only mean one thing."""

from __future__ import annotations

import re
from typing import Literal

from ii_vendor.model.rubric import LEVELS, EvidenceGrade

How = Literal["plain", "taken", "unclear"]
"""Written as asked; written otherwise and understood; not understood."""

NOT_APPLICABLE = "n/a"
_NOT_APPLICABLE = {"n/a", "na", "n.a.", "n. a.", "n.a", "not applicable"}
_NUMBER = re.compile(r"(level\s*)?([0-9]{1,3})(?:[.,]0+)?")
_WITH_WORDS = re.compile(r"(?:level\s*)?([0-4]|n/a)(?:\s*[-–—−:=.()\[\]]\s*|\s+)([^0-9]*)")
_ANOTHER = re.compile(r"\bn/a\b|\b(?:or|to)\s+(?:zero|one|two|three|four)\b")


def level_read(text: str) -> tuple[str, How]:
    """``0`` to ``4``, ``n/a``, or nothing for an empty text or one that is unclear; and how it was written.

    ``3 - good``, ``3.0`` and ``Level 3`` are 3; ``3-4`` and ``3 or 4`` are unclear.
    """
    typed = " ".join(text.split()).casefold()
    if not typed:
        return "", "plain"
    if typed in _NOT_APPLICABLE:
        return NOT_APPLICABLE, "plain"
    if number := _NUMBER.fullmatch(typed):
        level = int(number[2])
        return (str(level), "taken" if number[1] else "plain") if level in LEVELS else ("", "unclear")
    worded = _WITH_WORDS.fullmatch(typed)
    if worded and not _ANOTHER.search(worded[2]):
        return worded[1], "taken"
    return "", "unclear"


def grade_read(text: str) -> tuple[EvidenceGrade | None, How]:
    """The evidence grade that is meant, None for an empty text or one that is unclear; and how it was written.

    ``Documents`` and ``2 - document`` are ``document``; words that name two grades are unclear.
    """
    typed = " ".join(text.split()).casefold()
    if not typed:
        return None, "plain"
    named = [grade for grade in EvidenceGrade if re.search(rf"\b{grade.value}s?\b", typed)]
    if len(named) != 1:
        return None, "unclear"
    return named[0], "plain" if typed == named[0].value else "taken"
