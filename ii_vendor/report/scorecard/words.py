"""Text made safe for a workbook cell: a vendor's words stay words, whatever they look like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

CELL_UNITS = 32_767
"""The most that Excel keeps in one cell, in UTF-16 units."""

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


def pieces(text: str, limit: int = CELL_UNITS) -> list[str]:
    """The text cut into pieces that fit a cell, at least one; joined they give the text again."""
    if 2 * len(text) <= limit:
        return [text]
    found, start, units = [], 0, 0
    for index, character in enumerate(text):
        size = 2 if ord(character) > 0xFFFF else 1
        if units + size > limit:
            found.append(text[start:index])
            start, units = index, 0
        units += size
    return [*found, text[start:]]


def continued(texts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Rows that hold these cells: one, or more where a text is too long for a cell."""
    if all(2 * len(text) <= CELL_UNITS for text in texts):
        yield tuple(clean(text) for text in texts)
        return
    # One unit is kept back because cleaning may add one.
    yield from zip_longest(*(pieces(clean(text), CELL_UNITS - 1) for text in texts), fillvalue="")
