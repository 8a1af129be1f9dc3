"""Text of cells to the letter: pieces of formatted text joined, Excel's escapes undone, struck-out pieces named."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class CellText(str):
    """The text of a cell. ``struck`` are its pieces that were struck out."""

    struck: tuple[str, ...] = ()


def unescape(text: str) -> str:
    """Undo Excel's ``_x000D_`` way of writing control characters; ``_x005F_`` stands for the underscore itself."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def clean(text: str) -> tuple[str, int]:
    """The text without control characters that no screen shows, and how many were left out. Newlines and tabs stay."""
    return _UNWANTED.subn("", text)


def text_of(element: Element) -> CellText:
    """The text of a ``si`` or ``is`` element, without reading aids for pronunciation."""
    pieces: list[str] = []
    struck: list[str] = []
    for child in element:
        if child.tag == NS + "t":
            pieces.append(unescape(child.text or ""))
        elif child.tag == NS + "r":
            piece = unescape(child.findtext(NS + "t") or "")
            pieces.append(piece)
            if piece.strip() and is_struck(child.find(f"{NS}rPr/{NS}strike")):
                struck.append(piece)
    text = CellText("".join(pieces))
    text.struck = tuple(struck)
    return text


def is_struck(strike: Element | None) -> bool:
    """Whether a ``strike`` element says that its text is struck out."""
    return strike is not None and strike.get("val", "1").lower() not in ("0", "false")
