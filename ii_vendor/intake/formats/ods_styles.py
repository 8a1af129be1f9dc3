"""What the styles of an OpenDocument spreadsheet say that matters: struck-out text and hidden sheets."""

from __future__ import annotations

from typing import IO
from xml.etree.ElementTree import Element, iterparse

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_MOST_PARENTS = 20


class Styles:
    """The styles of a document by name. A style says itself whether its text is struck out, or its parent does."""

    def __init__(self) -> None:
        self._struck: dict[str, bool] = {}
        self._parents: dict[str, str] = {}
        self._hidden: set[str] = set()

    def read(self, part: IO[bytes]) -> None:
        """Take in the styles of ``styles.xml``."""
        for _, element in iterparse(part):
            if element.tag in (OFFICE + "styles", OFFICE + "automatic-styles"):
                self.add_all(element)

    def add_all(self, styles: Element) -> None:
        """Take in every style of an element that lists them."""
        for style in styles.iterfind(_STYLE + "style"):
            self._add(style)

    def _add(self, style: Element) -> None:
        name = style.get(_STYLE + "name", "")
        if (parent := style.get(_STYLE + "parent-style-name")) is not None:
            self._parents[name] = parent
        text = style.find(_STYLE + "text-properties")
        if text is not None:
            says = (text.get(f"{_STYLE}text-line-through-{what}") for what in ("style", "type"))
            lines = [value for value in says if value is not None]
            if lines:
                self._struck[name] = "none" not in lines
        table = style.find(_STYLE + "table-properties")
        if table is not None and table.get(TABLE + "display") == "false":
            self._hidden.add(name)

    def struck(self, name: str) -> bool:
        """Whether a style strikes its text out."""
        for _ in range(_MOST_PARENTS):
            if name in self._struck:
                return self._struck[name]
            if name not in self._parents:
                return False
            name = self._parents[name]
        return False

    def displays(self, name: str) -> bool:
        """Whether the sheets of a style can be seen."""
        return name not in self._hidden
