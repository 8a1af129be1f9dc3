"""The text of a cell of an OpenDocument spreadsheet: paragraphs joined, spaces as written, struck-out pieces named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ii_vendor.intake.formats.ods_styles import Styles

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_LINE_END = re.compile("[ \t]*\r?\n[ \t]*")
_WHOLE = {_TEXT + "tab": "\t", _TEXT + "line-break": "\n"}
_BESIDE = (_TEXT + "ruby-text", _TEXT + "note")


def paragraphs(cell: Element, styles: Styles) -> tuple[str, tuple[str, ...]]:
    """The text of a cell, and its pieces that are struck out. Notes and drawings on the cell are no part of it."""
    lines: list[str] = []
    struck: list[str] = []
    for paragraph in cell.iterfind(_TEXT + "p"):
        pieces = list(_pieces(paragraph, styles, False))
        lines.append("".join(piece for piece, _ in pieces))
        struck.extend(piece for piece, out in pieces if out and piece.strip())
    return "\n".join(lines), tuple(struck)


def _pieces(element: Element, styles: Styles, out: bool) -> Iterator[tuple[str, bool]]:
    if element.text:
        yield _LINE_END.sub(" ", element.text), out
    for child in element:
        if child.tag == _TEXT + "s":
            yield " " * int(child.get(_TEXT + "c", "1")), out
        elif child.tag in _WHOLE:
            yield _WHOLE[child.tag], out
        elif child.tag.startswith(_TEXT) and child.tag not in _BESIDE:
            name = child.get(_TEXT + "style-name") if child.tag == _TEXT + "span" else None
            yield from _pieces(child, styles, out or (name is not None and styles.struck(name)))
        if child.tail:
            yield _LINE_END.sub(" ", child.tail), out
