"""The guard: decides about a file before any reader sees it, without ever holding more than a piece of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

from ii_vendor.intake import limits
from ii_vendor.intake.kinds import is_workbook, open_zip, refuse_by_content
from ii_vendor.intake.package import Inflater, refuse_bad_entries
from ii_vendor.intake.refused import Refused
from ii_vendor.intake.xmlscan import PartScan, Tally

_XML_STARTS = (b"<", b"\xff\xfe", b"\xfe\xff")
_KINDS_OF_MACRO = ("vbaproject", "macrosheets/")
_WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods")
_CLUTTER = (".DS_Store", "Thumbs.db", "desktop.ini")
_KINDS_OF_OBJECT = ("embeddings/", "activex/", "ctrlprops/")


@dataclass(frozen=True)
class Passed:
    """A file that may be read. ``warnings`` are sentences about what it holds and what was left alone."""

    workbook: bool
    warnings: tuple[str, ...] = ()


def check(path: Path) -> Passed:
    """Check a workbook, or a zip of files. Raises Refused with the reason."""
    refuse_by_content(path)
    with open_zip(path) as archive:
        refuse_bad_entries(archive)
        if not is_workbook(archive):
            refuse_bad_collection(archive)
            return Passed(workbook=False)
        tally = _scan_parts(archive)
        return Passed(workbook=True, warnings=tuple(_warnings(archive, tally)))


def _scan_parts(archive: ZipFile) -> Tally:
    """Walk every part that could be XML, whatever its name: readers find parts by the list of parts, not by name."""
    tally = Tally()
    inflater = Inflater(archive)
    for entry in archive.infolist():
        with closing(inflater.chunks(entry)) as chunks:
            first = next(chunks, b"")
            lead = first.lstrip(b"\xef\xbb\xbf \t\r\n")[:2]
            if first and (not lead or lead.startswith(_XML_STARTS)):
                PartScan(tally).run(chain((first,), chunks))
    return tally


def _warnings(archive: ZipFile, tally: Tally) -> Iterator[str]:
    names = [name.lower() for name in archive.namelist()]
    if _any_holds(names, _KINDS_OF_MACRO):
        yield "This workbook holds macros. They were not run; only the text in its cells was read."
    if _any_holds(names, ("externallinks/", "connections.xml", "querytables/")) or tally.external:
        yield "This workbook links to other files or places. No link was followed; the values last stored were read."
    if _any_holds(names, _KINDS_OF_OBJECT):
        yield "This workbook holds embedded files or controls. They were not opened."


def _any_holds(names: list[str], marks: tuple[str, ...]) -> bool:
    return any(mark in name for name in names for mark in marks)


def refuse_bad_collection(archive: ZipFile) -> None:
    """Raise Refused for a zip of files that holds too many of them, or a zip in the zip."""
    files = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_clutter(entry.filename)]
    if not files:
        raise Refused("This zip is empty.", "Ask for it to be sent again.")
    if len(files) > limits.MAX_FILES_IN_ZIP:
        raise Refused(
            f"This zip holds {len(files)} files; at most {limits.MAX_FILES_IN_ZIP} are taken in.", "Split it."
        )
    if any(entry.filename.lower().endswith((".zip", ".7z", ".rar", ".tar", ".gz")) for entry in files):
        raise Refused("This zip holds another zip or archive.", "Unpack it and send one zip of workbooks.")


def unpack(path: Path, folder: Path) -> tuple[list[dict[str, str]], list[str]]:
    """Unpack a zip that passed into ``folder``, each file under a number.

    Gives ``{"name", "path"}`` of each file that is or should be a workbook, and the names of all others. What a
    computer adds on its own (``__MACOSX``, ``.DS_Store``, ``Thumbs.db``) is in neither.
    """
    unpacked: list[dict[str, str]] = []
    others: list[str] = []
    with open_zip(path) as archive:
        inflater = Inflater(archive)
        for entry in archive.infolist():
            if entry.is_dir() or _is_clutter(entry.filename):
                continue
            name = PurePosixPath(entry.filename).name
            target = folder / str(len(unpacked) + len(others))
            with target.open("xb") as file:
                for chunk in inflater.chunks(entry):
                    file.write(chunk)
            if _should_be_workbook(target, name):
                unpacked.append({"name": name, "path": str(target)})
            else:
                others.append(name)
    return unpacked, others


def _should_be_workbook(path: Path, name: str) -> bool:
    """By its name, or, where that says nothing, by its content. A refusal of anything else would help nobody."""
    if name.startswith("~$"):
        return False
    if name.lower().endswith(_WORKBOOK_ENDINGS):
        return True
    try:
        return check(path).workbook
    except Refused:
        return False


def _is_clutter(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or parts[-1] in _CLUTTER or parts[-1].startswith("._")
