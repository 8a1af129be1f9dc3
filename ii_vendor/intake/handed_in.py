"""What was handed in -> the single files to read: a file itself, or the workbooks of a zip."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from ii_vendor.intake.kinds import WORKBOOK_ENDINGS
from ii_vendor.intake.limits import MAX_FILE_BYTES
from ii_vendor.intake.raw import RawWorkbook
from ii_vendor.intake.refused import Refused
from ii_vendor.intake.sandbox import Sandbox
from ii_vendor.model.response import Problem, SourceFile

_NAMED = 5


@dataclass(frozen=True)
class Item:
    """A file to read: where it lies, what it is called, and the name of the zip that it came in.

    ``refusal`` says why it was refused already, if it was; ``notes`` are what is to know about its zip.
    ``book`` is its content, where it was read already.
    """

    path: Path
    name: str
    zip: str = ""
    refusal: Refused | None = None
    notes: tuple[Problem, ...] = ()
    book: RawWorkbook | None = None

    @property
    def full_name(self) -> str:
        """``bids.zip: halden.xlsx`` for a file from a zip."""
        return f"{self.zip}: {self.name}" if self.zip else self.name


def items_of(sandbox: Sandbox, path: Path, private: Path) -> list[Item]:
    """The file itself, or the workbooks of a zip, unpacked into the private folder. The first carries the notes."""
    if _is_folder(path) or not _looks_like_zip(path):
        return [Item(path, path.name)]
    try:
        unpacked = sandbox.unpack(path, Path(tempfile.mkdtemp(dir=private)))
    except Refused as refusal:
        return [Item(path, path.name, refusal=refusal)]
    if unpacked is None:
        return [Item(path, path.name)]
    files, others = unpacked
    notes = _notes(path.name, others)
    if not files:
        empty = Refused("This zip holds no workbook.", "Put the filled workbooks into it, or send them alone.")
        return [Item(path, path.name, refusal=empty, notes=notes)]
    first, *rest = files
    return [
        Item(Path(first["path"]), first["name"], path.name, notes=notes),
        *(Item(Path(file["path"]), file["name"], path.name) for file in rest),
    ]


def _is_folder(path: Path) -> bool:
    """False, too, for what may not be looked at: that is refused when it is opened."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _looks_like_zip(path: Path) -> bool:
    """Only a hint: a file called .xlsx that is a zip of files is told apart when it is read."""
    return path.suffix.lower() not in WORKBOOK_ENDINGS


def _notes(zip_name: str, others: list[str]) -> tuple[Problem, ...]:
    if not others:
        return ()
    more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
    message = f"Not every file in {zip_name} is a workbook. Left out: {', '.join(others[:_NAMED])}{more}."
    return (Problem(severity="note", message=message),)


def taken(item: Item) -> tuple[SourceFile, bytes]:
    """The file with its fingerprint, and its bytes; both without content where it is too large to be taken in.

    Raises Refused when it cannot be opened.
    """
    if _is_folder(item.path):
        raise Refused("This is a folder.", "Name the files in it.")
    try:
        found = item.path.stat()
        if not S_ISREG(found.st_mode):
            raise Refused("This is not a file but a pipe or a device.", "Save what it gives as a file, and name that.")
        size = found.st_size
        original = item.path.read_bytes() if size <= MAX_FILE_BYTES else b""
    except OSError as error:
        why = f"The file could not be opened ({error.strerror or error})."
        raise Refused(why, "Check that it is still there.") from error
    sha256 = hashlib.sha256(original).hexdigest() if len(original) == size else ""
    return SourceFile(name=item.full_name, sha256=sha256, size=size), original
