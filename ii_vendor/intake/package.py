"""The outer check of a zip package: names, overlaps, links, and every part inflated under a live count."""

from __future__ import annotations

import re
import stat
import struct
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ii_vendor.intake import limits
from ii_vendor.intake.refused import Refused

_ASK_AGAIN = "Open it in Excel, save it as a new .xlsx file, and send that."
_CHUNK = 1 << 16
_OLD_NAMES = "cp437"
"""The encoding in which Python reads the names of a zip that does not say that they are UTF-8."""

_DRIVE = re.compile("[A-Za-z]:")


@contextmanager
def damage_refused() -> Iterator[None]:
    """Turn what Python says of a damaged zip into Refused."""
    try:
        yield
    except (BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError, UnicodeError, struct.error) as error:
        raise Refused("This file is damaged or was cut off on its way.", "Ask for it to be sent again.") from error


def with_slashes(archive: ZipFile) -> ZipFile:
    """The package itself, its parts named with ``/`` where a careless program wrote ``\\``."""
    for entry in archive.filelist:
        entry.filename = entry.filename.replace("\\", "/")
    archive.NameToInfo = {entry.filename: entry for entry in archive.filelist}
    return archive


def readable_name(entry: ZipInfo) -> str:
    """The name of a part as its writer meant it: macOS writes UTF-8 without saying so."""
    with suppress(UnicodeError):
        return entry.filename if _says_utf_8(entry) else entry.filename.encode(_OLD_NAMES).decode()
    return entry.filename


def _says_utf_8(entry: ZipInfo) -> bool:
    return bool(entry.flag_bits & 0x800)


def refuse_bad_entries(archive: ZipFile) -> None:
    """Raise Refused for a package whose list of parts no honest program writes."""
    entries = archive.infolist()
    if len(entries) > limits.MAX_ENTRIES:
        raise Refused(f"This file holds {len(entries)} parts; at most {limits.MAX_ENTRIES} are read.", _ASK_AGAIN)
    names = [entry.filename.casefold() for entry in entries]
    if len(set(names)) != len(names):
        raise Refused("This file holds two parts of the same name, so it could be read in two ways.", _ASK_AGAIN)
    for entry in entries:
        _refuse_entry(entry)
    _refuse_overlaps(archive, entries)


def _refuse_entry(entry: ZipInfo) -> None:
    name = entry.filename
    if not name or name.startswith("/") or ".." in name.split("/") or _DRIVE.match(name):
        raise Refused("This file holds a part whose name points outside the file.", _ASK_AGAIN)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Refused("This file holds a link to another file instead of a file.", "Ask for the files themselves.")
    if entry.flag_bits & 0x1:
        raise Refused("This zip is protected with a password.", "Ask for a copy without a password.")
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise Refused("This zip is packed in an unusual way.", "Ask for an ordinary zip, or the files themselves.")


def _refuse_overlaps(archive: ZipFile, entries: list[ZipInfo]) -> None:
    ends = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if entry.header_offset < ends:
            raise Refused("This file holds parts that overlap, as a trap would.", _ASK_AGAIN)
        name = entry.orig_filename.encode("utf-8" if _says_utf_8(entry) else _OLD_NAMES)
        ends = entry.header_offset + 30 + len(name) + entry.compress_size
    if ends > getattr(archive, "start_dir", ends):
        raise Refused("This file holds parts that overlap, as a trap would.", _ASK_AGAIN)


class Inflater:
    """Reads the parts of one package and counts what comes out of them."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._total = 0

    def chunks(self, entry: ZipInfo) -> Generator[bytes, None, None]:
        """The content of a part, piece by piece. Raises Refused as soon as there is too much of it."""
        done = 0
        with damage_refused(), self._archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                done += len(chunk)
                self._total += len(chunk)
                self._refuse_excess(entry, done)
                yield chunk

    def _refuse_excess(self, entry: ZipInfo, done: int) -> None:
        ratio = done / max(entry.compress_size, 1)
        if done > limits.MAX_PART_BYTES or self._total > limits.MAX_INFLATED_BYTES:
            raise Refused("This file unpacks to far more than a questionnaire holds.", _ASK_AGAIN)
        if done > limits.RATIO_FREE_BYTES and ratio > limits.MAX_RATIO:
            raise Refused("This file unpacks to hundreds of times its size, as a trap would.", _ASK_AGAIN)
