"""Text made safe for a workbook cell: a vendor's words stay words, whatever they look like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

CELL_UNITS = 32_767
"""The most that Excel keeps in one cell, in UTF-16 units."""

READABLE = 1_600
"""About as many characters as the tallest row can show in a column of prose: more would be cut off on paper."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FORMULA_STARTS = tuple("=+-@\t\n\r＝＋－＠")


def clean(text: str) -> str:
    """The text with one kind of line end, and a visible ``\ufffd`` for each character that no workbook can hold."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _UNPRINTABLE.sub("\ufffd", text)
    # XlsxWriter takes text in these tags for ready-made markup and would copy it into the file as it is.
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula once somebody edits the cell."""
    return text.startswith(_FORMULA_STARTS)


def pieces(text: str, limit: int = CELL_UNITS // 2) -> list[str]:
    """The text cut into pieces of at most ``limit`` characters, between words where it can be; at least one piece.

    Joined they give the text again. The default fits any cell, as no character takes more than two UTF-16 units.
    """
    found = []
    while len(text) > limit:
        cut = max(text.rfind(" ", limit // 2, limit), text.rfind("\n", limit // 2, limit)) + 1 or limit
        found.append(text[:cut])
        text = text[cut:]
    return [*found, text]


def within_a_cell(text: str) -> str:
    """The text, or its beginning with a word on where the rest is."""
    note = " … [cut here: the whole text is on the sheet Evidence]"
    parts = pieces(clean(text), CELL_UNITS // 2 - len(note))
    return parts[0] + note if len(parts) > 1 else text


def continued(texts: Sequence[str], limit: int = READABLE) -> Iterator[tuple[str, ...]]:
    """Rows that hold these texts: one, or more where a text has over ``limit`` characters."""
    if all(len(text) <= limit for text in texts):
        yield tuple(texts)
        return
    yield from zip_longest(*(pieces(clean(text), limit) for text in texts), fillvalue="")
