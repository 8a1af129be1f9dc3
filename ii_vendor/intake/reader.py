"""Workbook file -> plain cells, by the reader of its format. Runs inside the reading process only, after the guard.

``formats`` says what a reader gives. Readers are loaded when a file of their format comes.
"""

from __future__ import annotations

from pathlib import Path

from ii_vendor.intake.formats.cells import Json
from ii_vendor.intake.kinds import Kind


def read_first(path: Path, kind: Kind) -> Json | None:
    """All that can be told of a workbook that passed the guard; None where its reader gives up. Raises Refused."""
    if kind == "csv":
        from ii_vendor.intake.formats import delimited
        from ii_vendor.intake.plain_text import decode

        return delimited.read(decode(path.read_bytes()))
    if kind == "xls":
        from ii_vendor.intake.formats import xls

        return xls.read(path)
    if kind == "ods":
        from ii_vendor.intake.formats import ods

        return ods.read(path)
    from ii_vendor.intake.formats import xlsx

    return xlsx.read(path)


def read_second(path: Path) -> Json:
    """What a second reader makes of it: text and stored values only. Raises Refused."""
    from ii_vendor.intake.formats import stored

    return stored.read(path)
