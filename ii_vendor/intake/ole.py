"""The outer check of the container of Excel 97-2003 files: its directory, and its streams cut out piece by piece."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from pathlib import Path

from xlrd.compdoc import CompDoc, CompDocError, DirNode

from ii_vendor.intake.kinds import OLE_SIGNATURE
from ii_vendor.intake.refused import Refused

_DAMAGED = (CompDocError, struct.error, ValueError, IndexError, TypeError, AssertionError, ArithmeticError)
_STORAGE, _STREAM = 1, 2
_DOCUMENTS = {
    "WordDocument": "Word document",
    "PowerPoint Document": "PowerPoint presentation",
    "VisioDocument": "Visio drawing",
    "__properties_version1.0": "mail",
}
_ASK_FOR_IT = "Ask for the workbook itself (.xlsx, .xls, .ods or .csv)."


@dataclass(frozen=True)
class OldWorkbook:
    """The records of an Excel 97-2003 workbook, its custom properties, and all names in its container."""

    records: bytes
    properties: bytes | None = None
    names: frozenset[str] = frozenset()


def open_old_workbook(path: Path) -> OldWorkbook:
    """Raises Refused for any other kind of document, for a password, and for a damaged container."""
    content = path.read_bytes()
    if not content.startswith(OLE_SIGNATURE):
        return OldWorkbook(content)
    container = Container(content)
    records = container.stream("Workbook", "Book")
    if records is None:
        raise _refusal(container.names)
    return OldWorkbook(records, container.stream("\x05DocumentSummaryInformation"), container.names)


def _refusal(names: frozenset[str]) -> Refused:
    if "EncryptedPackage" in names:
        return locked()
    for mark, kind in _DOCUMENTS.items():
        if mark in names:
            return Refused(f"This is a {kind}, not a workbook.", _ASK_FOR_IT)
    return Refused("This is an old Office file, but not an Excel workbook.", _ASK_FOR_IT)


class Container:
    """The container in a file. ``names`` are all names in its directory. Raises Refused when it is damaged."""

    def __init__(self, content: bytes) -> None:
        try:
            self._container = CompDoc(content, logfile=io.StringIO(), ignore_workbook_corruption=True)
        except (*_DAMAGED, RecursionError) as error:
            raise damaged() from error
        self._content = content
        nodes = self._container.dirlist
        self.names = frozenset(node.name for node in nodes if node.etype in (_STORAGE, _STREAM))
        self._streams = {nodes[at].name.lower(): nodes[at] for at in nodes[0].children if nodes[at].etype == _STREAM}

    def stream(self, *names: str) -> bytes | None:
        """The content of the first of these streams of the topmost level; None where there is none of them."""
        node = next((self._streams[name.lower()] for name in names if name.lower() in self._streams), None)
        return None if node is None else self._read(node)

    def _read(self, node: DirNode) -> bytes:
        whole = self._container
        if not 0 <= node.tot_size <= len(self._content):
            raise damaged()
        if node.tot_size >= whole.min_size_std_stream:
            source, base, table, size = self._content, 512, whole.SAT, whole.sec_size
        else:
            source, base, table, size = whole.SSCS, 0, whole.SSAT, whole.short_sec_size
        pieces = []
        sector = node.first_SID
        for _ in range(-(-node.tot_size // size)):
            if not 0 <= sector < len(table):
                raise damaged()
            start = base + sector * size
            pieces.append(source[start : start + size])
            sector = table[sector]
        return b"".join(pieces)[: node.tot_size]


def damaged() -> Refused:
    """The refusal of a container whose pieces do not fit together."""
    return Refused("This file is damaged or was cut off on its way.", "Ask for it to be sent again.")


def locked() -> Refused:
    """The refusal of a workbook that opens with a password only."""
    return Refused(
        "This workbook is protected with a password, so nothing in it can be read.",
        "Ask for a copy without a password: in Excel, File, Info, Protect Workbook, Encrypt with Password, "
        "and clear the box.",
    )
