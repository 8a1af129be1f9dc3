"""The backup file: a zip of JSON lines and received files, with a manifest that seals each of its members.

``manifest.json`` names every other member with its size and SHA-256. ``evaluations.jsonl``, ``events.jsonl``,
``contents.jsonl`` and ``mappings.jsonl`` hold a table each, one row a line as canonical JSON; ``files.jsonl`` names the
received files, whose bytes lie under ``files/`` by their hash. Members are read by these names only, and never unpacked
to a disk.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from ii_vendor import __version__
from ii_vendor.errors import UserError
from ii_vendor.intake.limits import MAX_FILE_BYTES, MAX_RATIO, MIB, RATIO_FREE_BYTES
from ii_vendor.intake.package import damage_refused
from ii_vendor.intake.refused import Refused
from ii_vendor.model.base import canonical_json

FORMAT, VERSION = "ii-vendor backup", 1
MANIFEST = "manifest.json"
MAX_MANIFEST_BYTES = 64 * MIB
MAX_LINE_BYTES = 64 * MIB

_SHA256 = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1 << 16

Json = dict[str, Any]


class BadBackup(UserError):
    """A file that cannot be restored: it is no backup, damaged, or made by a newer ii-vendor."""


class Writing:
    """A backup being written, member by member."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self.members: dict[str, Json] = {}

    @contextmanager
    def member(self, name: str, *, packed: bool = True) -> Iterator[Callable[[bytes], None]]:
        """Gives a function that adds bytes to the member ``name``."""
        entry = ZipInfo(name, date_time=datetime.now(UTC).timetuple()[:6])
        entry.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
        digest, size = hashlib.sha256(), 0

        with self._archive.open(entry, "w", force_zip64=True) as out:

            def add(piece: bytes) -> None:
                nonlocal size
                digest.update(piece)
                size += len(piece)
                out.write(piece)

            yield add
        self.members[name] = {"sha256": digest.hexdigest(), "size": size}

    def finish(self, schema: str, counts: Mapping[str, int]) -> None:
        """Write the manifest over everything written before."""
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "schema": schema,
            "made_by": f"ii-vendor {__version__}",
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "counts": dict(counts),
            "members": self.members,
        }
        self._archive.writestr(MANIFEST, json.dumps(manifest, indent=2) + "\n", ZIP_DEFLATED)


@contextmanager
def write_archive(path: Path) -> Iterator[Writing]:
    """A backup that stands under its name only once it is whole and on the disk. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "w+b") as out:
            with ZipFile(out, "w") as archive:
                yield Writing(archive)
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def line_of(row: Mapping[str, Any]) -> bytes:
    """A row as a line."""
    return canonical_json(dict(row)).encode() + b"\n"


class Reading:
    """A backup being read. Opening it checks that its members are those of the manifest, to the byte."""

    def __init__(self, archive: ZipFile, schema: str) -> None:
        self._archive = archive
        self._entries = {entry.filename: entry for entry in archive.infolist()}
        self._manifest = self._read_manifest()
        if self._manifest["version"] > VERSION or self._manifest["schema"] > schema:
            raise BadBackup("This backup was made by a newer ii-vendor. Restore it with that version or a later one.")
        self.members: dict[str, Json] = self._manifest["members"]
        for name in self.members:
            self._check(name)

    def lines(self, name: str) -> Iterator[Json]:
        """Every row of a member."""
        rest = b""
        for piece in self._pieces(name):
            *whole, rest = (rest + piece).split(b"\n")
            if len(rest) > MAX_LINE_BYTES:
                raise _damaged(f"a line of {name} is too long")
            yield from (self._row(line, name) for line in whole)
        if rest:
            raise _damaged(f"{name} ends in the middle of a line")

    def file(self, sha256: str) -> bytes:
        """The bytes of a received file."""
        return b"".join(self._pieces(file_name(sha256)))

    def sha256(self, sha256: str) -> str | None:
        """What the bytes kept under a file's hash really give; None where there are none."""
        found = self.members.get(file_name(sha256))
        return str(found["sha256"]) if found else None

    def _read_manifest(self) -> Json:
        if MANIFEST not in self._entries:
            raise _no_backup()
        try:
            found = json.loads(b"".join(self._inflate(MANIFEST, MAX_MANIFEST_BYTES)))
            if found["format"] != FORMAT:
                raise _no_backup()
            members = found["members"]
            sound = isinstance(found["version"], int) and isinstance(found["schema"], str)
            sound &= all(
                isinstance(each["size"], int) and _SHA256.fullmatch(each["sha256"]) for each in members.values()
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise _damaged("its manifest cannot be read") from error
        if not sound:
            raise _damaged("its manifest cannot be read")
        return dict(found)

    def _check(self, name: str) -> None:
        digest = hashlib.sha256()
        for piece in self._pieces(name):
            digest.update(piece)
        if digest.hexdigest() != self.members[name]["sha256"]:
            raise _damaged(f"{name} is not what the manifest says")

    def _pieces(self, name: str) -> Iterator[bytes]:
        if name not in self._entries or name not in self.members:
            raise _damaged(f"{name} is missing")
        size = self.members[name]["size"]
        if name.startswith("files/") and size > MAX_FILE_BYTES:
            raise _damaged(f"{name} is larger than any file that was taken in")
        return self._inflate(name, size)

    def _inflate(self, name: str, most: int) -> Iterator[bytes]:
        entry, done = self._entries[name], 0
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise _damaged(f"{name} is packed in a way that no backup is")
        try:
            with damage_refused(), self._archive.open(entry) as part:
                while piece := part.read(_CHUNK):
                    done += len(piece)
                    if done > most or (done > RATIO_FREE_BYTES and done > MAX_RATIO * max(entry.compress_size, 1)):
                        raise _damaged(f"{name} unpacks to more than it may")
                    yield piece
        except Refused as error:
            raise _damaged(f"{name} cannot be read") from error

    def _row(self, line: bytes, name: str) -> Json:
        try:
            row = json.loads(line)
            if not isinstance(row, dict) or line_of(row) != line + b"\n":
                raise _damaged(f"a line of {name} is not as ii-vendor writes it")
        except (ValueError, RecursionError) as error:
            raise _damaged(f"a line of {name} cannot be read") from error
        return row


@contextmanager
def read_archive(path: Path, schema: str) -> Iterator[Reading]:
    """Open a backup and check it. ``schema`` is the newest that is understood. Raises BadBackup."""
    with _opened(path) as file:
        try:
            with damage_refused():
                archive = ZipFile(file)
        except Refused as error:
            file.seek(0)
            if file.read(2) == b"PK":
                raise _damaged("it was cut off or changed") from error
            raise _no_backup() from error
        with archive:
            yield Reading(archive, schema)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise BadBackup(f"Cannot read {path}: {error.strerror}. Check the name and who may read it.") from error
    with file:
        yield file


def file_name(sha256: str) -> str:
    """The member that holds a received file."""
    return f"files/{sha256}"


def _no_backup() -> BadBackup:
    return BadBackup("This is not a backup that ii-vendor wrote. Choose a file that “ii-vendor backup” made.")


def _damaged(how: str) -> BadBackup:
    return BadBackup(f"This backup is damaged: {how}. Nothing was restored. Use another copy of it.")
