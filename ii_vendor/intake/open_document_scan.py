"""The inner check of OpenDocument spreadsheets (.ods): the parts that are read, walked as a stream beforehand."""

from __future__ import annotations

import re

from ii_vendor.intake import limits
from ii_vendor.intake.refused import Refused
from ii_vendor.intake.xmlscan import PartScan, Tally, excess

PARTS_READ = ("content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml")
"""A reader opens these by name and no others."""

_ASK_AGAIN = "Open it in LibreOffice or Excel, save it as a new workbook (.xlsx), and send that."
_COUNTED = {
    "table": (limits.MAX_SHEETS, "sheets"),
    "named-range": (limits.MAX_NAMES, "named ranges"),
    "style": (limits.MAX_STYLES, "cell formats"),
}
_CELLS = ("table-cell", "covered-table-cell")
_LINKS = ("table-source", "cell-range-source", "dde-source", "dde-link")
_SCRIPTS = ("event-listener", "script")
_EMBEDDED = ("plugin", "applet", "floating-frame")
_MOST_SPACES = 10_000
_HARMLESS_OBJECTS = ("opendocument.chart", "opendocument.formula", "opendocument.spreadsheet")
_ELSEWHERE = re.compile(r"'[a-z]+:[^']*'#|\b(?:WEBSERVICE|DDE)\(", re.IGNORECASE)
"""A formula that takes its values from another file or place. A link to click on takes none."""

_MOST_DIGITS = 9


def repeated(attributes: dict[str, str], what: str) -> int:
    """How often a row, column or space stands there: 1 unless the count ``what`` says otherwise.

    Raises Refused for a count that no program writes.
    """
    value = attributes.get(what)
    if value is None:
        return 1
    if not value.isdecimal() or not value.isascii() or len(value) > _MOST_DIGITS:
        raise Refused("This file claims to repeat a cell in a way that no program writes, as a trap would.", _ASK_AGAIN)
    return max(int(value), 1)


class OpenDocumentScan(PartScan):
    """The walk over one part. Raises Refused at the first thing that no workbook needs."""

    def __init__(self, tally: Tally) -> None:
        super().__init__(tally)
        self._rows = 0

    def _look(self, local: str, attributes: dict[str, str]) -> None:
        if local in _CELLS:
            self._cells(attributes)
        elif local == "table-row":
            self._row += self._rows
            self._rows = repeated(attributes, "table:number-rows-repeated")
            self._column = 0
        elif local == "span":
            self._run()
        elif local == "s":
            self._spaces(attributes)
        else:
            self._look_elsewhere(local, attributes)

    def _look_elsewhere(self, local: str, attributes: dict[str, str]) -> None:
        if local in _COUNTED:
            self._count_of(local, *_COUNTED[local])
        if local == "table":
            self._row = self._rows = self._last_row = self._last_column = 0
        elif local in _LINKS:
            self._tally.external += 1
        elif local in _SCRIPTS:
            self._tally.scripts += 1
        elif local in _EMBEDDED:
            self._tally.embedded += 1
        elif local == "annotation":
            self._tally.comments += 1
        elif local == "file-entry":
            self._part(attributes)

    def _part(self, attributes: dict[str, str]) -> None:
        """An entry of the list of parts: of a document in the document, other than a chart."""
        path, kind = attributes.get("manifest:full-path", ""), attributes.get("manifest:media-type", "")
        if path not in ("", "/") and "opendocument" in kind and not any(word in kind for word in _HARMLESS_OBJECTS):
            self._tally.embedded += 1

    def _cells(self, attributes: dict[str, str]) -> None:
        """Cells without content may be repeated out to the end of the sheet; those with content are counted."""
        self._runs = 0
        self._merge(attributes)
        columns = repeated(attributes, "table:number-columns-repeated")
        self._column += columns
        if "office:value-type" not in attributes and "table:formula" not in attributes:
            return
        formula = attributes.get("table:formula", "")
        self._tally.external += _ELSEWHERE.search(formula) is not None
        self._last_row = max(self._last_row, self._row + self._rows)
        self._last_column = max(self._last_column, self._column)
        self._count_of("cells", limits.MAX_CELLS, "cells", columns * self._rows)
        if self._last_row * self._last_column > limits.MAX_AREA:
            raise Refused("This file holds cells scattered over a far larger sheet than can be read.", _ASK_AGAIN)
        if self._last_row > limits.MAX_ROW or self._last_column > limits.MAX_COLUMN:
            raise Refused("This file holds a cell outside any sheet that Excel knows.", _ASK_AGAIN)

    def _merge(self, attributes: dict[str, str]) -> None:
        area = repeated(attributes, "table:number-columns-spanned") * repeated(attributes, "table:number-rows-spanned")
        if area > 1:
            self._count_of("merges", limits.MAX_RANGES, "merged ranges")
            self._area += area
            if self._area > limits.MAX_AREA:
                raise Refused("This file holds a range over a far larger sheet than can be read.", _ASK_AGAIN)

    def _spaces(self, attributes: dict[str, str]) -> None:
        if repeated(attributes, "text:c") > _MOST_SPACES:
            raise Refused("This file holds far more spaces in one place than any text, as a trap would.", _ASK_AGAIN)

    def _count_of(self, name: str, most: int, what: str, more: int = 1) -> None:
        count = self._tally.counts[name] = self._tally.counts.get(name, 0) + more
        if count > most:
            raise excess(what, most)
