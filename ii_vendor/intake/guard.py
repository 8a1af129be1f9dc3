"""The guard: decides about a file before any reader sees it.

Packages (.xlsx, .ods, .zip) are walked as a stream, and never more than a piece of them is held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

from ii_vendor.intake import limits
from ii_vendor.intake.kinds import WORKBOOK_ENDINGS, Kind, kind_by_content, kind_of_zip, open_zip
from ii_vendor.intake.open_document_scan import PARTS_READ, OpenDocumentScan
from ii_vendor.intake.package import Inflater, readable_name, refuse_bad_entries
from ii_vendor.intake.refused import Refused
from ii_vendor.intake.xmlscan import PartScan, Tally

_XML_STARTS = (b"<", b"\xff\xfe", b"\xfe\xff")
_MEANT_AS_WORKBOOK = (*WORKBOOK_ENDINGS, ".xlsb")
_CLUTTER = (".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Passed:
    """A file that may be read. ``warnings`` are sentences about what it holds and what was left alone."""

    kind: Kind
    warnings: tuple[str, ...] = ()

    @property
    def workbook(self) -> bool:
        """False for a zip of files."""
        return self.kind != "zip"


def check(path: Path) -> Passed:
    """Check a workbook of any kind, or a zip of files. Raises Refused with the reason."""
    kind = kind_by_content(path)
    if kind == "csv":
        return Passed(kind)
    if kind == "xls":
        return Passed(kind, tuple(_check_old_workbook(path)))
    with open_zip(path) as archive:
        refuse_bad_entries(archive)
        kind = kind_of_zip(archive)
        if kind == "zip":
            refuse_bad_collection(archive)
            return Passed(kind)
        tally = _scan_parts(archive, kind)
        names = [name.lower() for name in archive.namelist()]
        marks = _MARKS_OF_OPEN_DOCUMENT if kind == "ods" else _MARKS_OF_EXCEL
        return Passed(kind, tuple(_warnings(marks.found_in(names, tally))))


def _check_old_workbook(path: Path) -> Iterator[str]:
    from ii_vendor.intake.biff import scan
    from ii_vendor.intake.ole import open_old_workbook

    old = open_old_workbook(path)
    records = scan(old.records)
    macros = "_VBA_PROJECT_CUR" in old.names or any(sheet.kind == "macro sheet" for sheet in records.sheets)
    embedded = any(name.startswith("MBD") for name in old.names)
    return _warnings(Held(macros, records.linked, embedded, records.comments))


def _scan_parts(archive: ZipFile, kind: Kind) -> Tally:
    """Walk every part that a reader could take for XML, and inflate all others under the same count."""
    tally = Tally()
    inflater = Inflater(archive)
    for entry in archive.infolist():
        with closing(inflater.chunks(entry)) as chunks:
            first = next(chunks, b"")
            if kind == "ods" and entry.filename in PARTS_READ:
                OpenDocumentScan(tally).run(chain((first,), chunks))
            elif kind == "xlsx" and _may_be_xml(first):
                PartScan(tally).run(chain((first,), chunks))
            else:
                for _ in chunks:
                    pass
    return tally


def _may_be_xml(first: bytes) -> bool:
    """Whatever its name: readers of Excel's packages find parts by the list of parts."""
    lead = first.lstrip(b"\xef\xbb\xbf \t\r\n")[:2]
    return bool(first) and (not lead or lead.startswith(_XML_STARTS))


@dataclass(frozen=True)
class Held:
    """What a workbook holds that is neither run, followed nor opened."""

    macros: bool
    links: bool
    embedded: bool
    comments: bool


@dataclass(frozen=True)
class _Marks:
    """Pieces of names of parts, in lower case, that show what a package holds."""

    macros: tuple[str, ...]
    links: tuple[str, ...]
    embedded: re.Pattern[str]

    def found_in(self, names: list[str], tally: Tally) -> Held:
        return Held(
            macros=_any_holds(names, self.macros) or tally.scripts > 0,
            links=_any_holds(names, self.links) or tally.external > 0,
            embedded=any(self.embedded.search(name) for name in names) or tally.embedded > 0,
            comments=any(_COMMENTS.match(name) for name in names) or tally.comments > 0,
        )


_COMMENTS = re.compile("xl/(?:threaded)?comments")
_MARKS_OF_EXCEL = _Marks(
    ("vbaproject", "macrosheets/"),
    ("externallinks/", "connections.xml", "querytables/"),
    re.compile("embeddings/|activex/|ctrlprops/"),
)
_MARKS_OF_OPEN_DOCUMENT = _Marks(("basic/", "scripts/"), (), re.compile(r"^object [0-9]+$"))


def _warnings(held: Held) -> Iterator[str]:
    if held.macros:
        yield "This workbook holds macros. They were not run; only the text in its cells was read."
    if held.links:
        yield "This workbook links to other files or places. No link was followed; the values last stored were read."
    if held.embedded:
        yield "This workbook holds embedded files or controls. They were not opened."
    if held.comments:
        yield "Somebody wrote comments on cells of this workbook. They were not read: look whether they matter."


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
    """Unpack a zip that passed into ``folder``, each file under a number and its ending.

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
            name = PurePosixPath(readable_name(entry)).name
            target = folder / f"{len(unpacked) + len(others)}{_known_ending(name)}"
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
    if name.startswith(("~$", ".~lock.")):
        return False
    if _known_ending(name):
        return True
    try:
        return check(path).workbook
    except Refused:
        return False


def _known_ending(name: str) -> str:
    ending = PurePosixPath(name).suffix.lower()
    return ending if ending in _MEANT_AS_WORKBOOK else ""


def _is_clutter(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return not parts or "__MACOSX" in parts or parts[-1] in _CLUTTER or parts[-1].startswith("._")
