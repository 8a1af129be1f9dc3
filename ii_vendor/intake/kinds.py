"""What a file is, judged by its content and never by its name alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal
from zipfile import ZipFile

from ii_vendor.intake.limits import MAX_FILE_BYTES, MIB, size_in_words
from ii_vendor.intake.package import damage_refused, with_slashes
from ii_vendor.intake.plain_text import decode, looks_like_text
from ii_vendor.intake.refused import Refused

Kind = Literal["xlsx", "xls", "ods", "csv", "zip"]
WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".ods", ".ots", ".csv", ".tsv", ".tab")
TEXT_ENDINGS = (".csv", ".tsv", ".tab")
OLE_SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")

SAVE_AS = "Open it in Excel or LibreOffice, choose Save As, Excel workbook (.xlsx), and send that file."
_ASK_FOR_IT = "Ask for the workbook itself (.xlsx, .xls, .ods or .csv)."
_HEAD = 4096
_SAMPLE = MIB // 4
_IMAGES = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
}
_ARCHIVES = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a", b"\x1f\x8b\x08")
_BARE_RECORDS = tuple(bytes.fromhex(begin) for begin in ("09000400", "09020600", "09040600", "09080800", "09081000"))
"""How workbooks begin that Excel wrote before it kept them in a container."""

_LOCK_FILE_SIZES = (165, 171)
_LOCK_NAME = 55
"""The name of the person who opened the workbook, behind its length, filled up with spaces."""

_WEB_PAGE = re.compile(r"\s*(?:<[A-Za-z!?]|MIME-Version:)")


def kind_by_content(path: Path) -> Kind:
    """The kind of a file by how it begins; ``zip`` for every zip package, whatever is in it.

    Raises Refused when the file is too large, empty, or of a kind that is not read.
    """
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise Refused(
            f"This file has {size_in_words(size)}; at most {size_in_words(MAX_FILE_BYTES)} are taken in.",
            "Remove pictures and attachments from it, or split the zip.",
        )
    if size == 0:
        raise Refused("This file is empty (0 bytes).", "Ask for it to be sent again.")
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"PK"):
        return "zip"
    _refuse_lock_file(path.name, size, head)
    if head.startswith((OLE_SIGNATURE, *_BARE_RECORDS)):
        return "xls"
    _refuse_other_kinds(head)
    _refuse_prose(path)
    return "csv"


def _refuse_lock_file(name: str, size: int, head: bytes) -> None:
    by_content = size in _LOCK_FILE_SIZES and head[0] < _LOCK_NAME and not head[1 + head[0] : _LOCK_NAME].strip(b" \0")
    if by_content or name.startswith(("~$", ".~lock.")):
        raise Refused(
            "This is not the workbook but the small lock file (its name starts with ~$) that Excel keeps beside an "
            "open workbook.",
            "Close the workbook in Excel and send the file without ~$ in its name.",
        )


def _refuse_other_kinds(head: bytes) -> None:
    """Raise Refused for a file that is not text, or text of a kind that holds no table, by its first bytes."""
    for magic, kind in _IMAGES.items():
        if head.startswith(magic):
            raise _picture(kind)
    if head.startswith(b"BM") and head[6:10] == bytes(4):
        raise _picture("bitmap")
    if head.startswith(b"%PDF"):
        raise Refused("This is a PDF, not a workbook.", _ASK_FOR_IT)
    if head.startswith(_ARCHIVES):
        raise Refused("This is an archive of a kind that is not opened.", "Send the files themselves, or a .zip.")
    if head.startswith(b"{\\rtf"):
        raise Refused("This is a word processor's document (RTF), not a workbook.", _ASK_FOR_IT)
    if not looks_like_text(head):
        raise Refused("This is not a workbook, or it was damaged on its way.", SAVE_AS)
    if _WEB_PAGE.match(decode(head).text):
        raise Refused("This is a web page or XML file under another name, not a workbook.", SAVE_AS)


def _picture(kind: str) -> Refused:
    return Refused(
        f"This is a picture ({kind}) under another name, not a workbook.",
        "Ask for the workbook itself, not a picture of it.",
    )


def _refuse_prose(path: Path) -> None:
    """A file called .csv may have a single column; of any other text, the content must show that it is a table."""
    from ii_vendor.intake.formats.delimited import is_table

    if path.suffix.lower() in TEXT_ENDINGS:
        return
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    if not is_table(decode(sample).text):
        raise Refused("This is a text file without rows and columns, not a workbook.", SAVE_AS)


def kind_of_zip(archive: ZipFile) -> Kind:
    """The kind of workbook in a zip package; ``zip`` for a zip of files. Raises Refused for any other document."""
    names = set(archive.namelist())
    if "[Content_Types].xml" in names:
        _refuse_other_office(archive, names)
        return "xlsx"
    if "mimetype" in names:
        _refuse_other_open_document(archive, names)
        return "ods"
    if any(name.startswith("xl/") for name in names):
        raise Refused("This workbook is damaged: its list of parts is missing.", SAVE_AS)
    if any(name.endswith(".iwa") for name in names):
        raise Refused(
            "This is an Apple Numbers document, which is not read.",
            "Open it in Numbers, choose File, Export To, Excel, and send that file.",
        )
    return "zip"


def _refuse_other_office(archive: ZipFile, names: set[str]) -> None:
    if "xl/workbook.bin" in names:
        raise Refused("This is an Excel binary workbook (.xlsb), which is not read.", SAVE_AS)
    types = _beginning(archive, "[Content_Types].xml")
    if b"spreadsheetml" in types or b"ms-excel.sheet" in types or any(n.lower() == "xl/workbook.xml" for n in names):
        return
    for folder, kind in (("word/", "Word document"), ("ppt/", "PowerPoint presentation")):
        if any(name.startswith(folder) for name in names):
            raise Refused(f"This is a {kind}, not a workbook.", _ASK_FOR_IT)
    raise Refused("This is an Office file, but not an Excel workbook.", _ASK_FOR_IT)


def _refuse_other_open_document(archive: ZipFile, names: set[str]) -> None:
    kind = _beginning(archive, "mimetype").decode("ascii", "replace").rpartition("opendocument.")[2].strip()
    locked = "encrypted-package" in names
    if "META-INF/manifest.xml" in names:
        locked |= b"encryption-data" in _beginning(archive, "META-INF/manifest.xml")
    if locked:
        raise Refused(
            "This file is protected with a password, so nothing in it can be read.",
            "Ask for a copy without a password: in LibreOffice, File, Save As, and clear “Save with password”.",
        )
    if not kind.startswith("spreadsheet"):
        what = {"text": "text document", "presentation": "presentation"}.get(kind, "file of another kind")
        raise Refused(f"This is an OpenDocument {what}, not a workbook.", _ASK_FOR_IT)
    if "content.xml" not in names:
        raise Refused("This workbook is damaged: its content is missing.", SAVE_AS)


def _beginning(archive: ZipFile, name: str) -> bytes:
    with damage_refused(), archive.open(name) as part:
        return part.read(MIB)


@damage_refused()
def open_zip(path: Path) -> ZipFile:
    """The zip package at ``path``. Raises Refused when it is cut off or damaged."""
    return with_slashes(ZipFile(path))
