"""Making text fit: row heights, short sheet names, and text that a workbook can hold at all."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from ii_vendor.errors import UserError
from ii_vendor.intake.limits import MAX_CELL_CHARS
from ii_vendor.intake.strings import clean

_LINE = 15.0
_SMALL_LINE = 13.0
_SMALL_PRINT = 1.08
"""More letters of the smaller print go into a line."""

_TALLEST = 405.0
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


class UnwritableText(UserError):
    """Text that no workbook can hold unchanged. The message says where it is and what to do."""


def writable(text: str, where: str) -> str:
    """``text`` itself. Raises UnwritableText when Excel would cut or change it."""
    if len(text) > MAX_CELL_CHARS:
        raise UnwritableText(
            f"{where}: the text has {len(text)} characters; a cell holds at most {MAX_CELL_CHARS}. Split or shorten it."
        )
    if clean(text)[1]:
        raise UnwritableText(f"{where}: the text holds control characters that a workbook cannot hold. Remove them.")
    return text


def row_height(
    cells: Iterable[tuple[str, float]], least: float = 20.0, small: Iterable[tuple[str, float]] = ()
) -> float:
    """Height in points of a row of wrapped cells, each given as text and column width in characters.

    ``small`` are those in smaller print.
    """
    normal = max((_lines(text, width) * _LINE for text, width in cells), default=_LINE)
    smaller = max((_lines(text, width * _SMALL_PRINT) * _SMALL_LINE for text, width in small), default=0.0)
    return min(max(normal + 6, smaller + 6, least), _TALLEST)


def _lines(text: str, width: float) -> int:
    usable = max(width * 1.05, 1)
    return sum(max(1, math.ceil(len(line) / usable)) for line in text.split("\n"))


def sheet_names(titles: Iterable[str], longest: int = 31) -> list[str]:
    """A short name that Excel accepts for each title, no two alike."""
    names: list[str] = []
    for title in titles:
        name = _shortened(" ".join(_FORBIDDEN.sub(" ", title).split()), longest) or "Section"
        taken = {other.casefold() for other in names} | {"instructions", "lists", "history"}
        number = 2
        unique = name
        while unique.casefold() in taken:
            unique, number = f"{name[: longest - 3]} {number}", number + 1
        names.append(unique)
    return names


def _shortened(title: str, longest: int) -> str:
    if len(title) <= longest:
        return title
    return title[:longest].rsplit(" ", 1)[0].rstrip(" ,;-–")[: longest - 1] + "…"
