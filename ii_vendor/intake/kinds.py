"""What a file is, judged by its content and never by its name alone."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from ii_vendor.intake.limits import MAX_FILE_BYTES, size_in_words
from ii_vendor.intake.package import damage_refused
from ii_vendor.intake.refused import Refused

SAVE_AS = "Open it in Excel or LibreOffice, choose Save As, Excel workbook (.xlsx), and send that file."
_IMAGES = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"BM": "bitmap",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
}
_LOCK_FILE_SIZES = (165, 171)
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def refuse_by_content(path: Path) -> None:
    """Raise Refused when the file is too large, empty, or not a zip package at all (every .xlsx is one)."""
    size = path.stat().st_size
    name = path.name
    if size > MAX_FILE_BYTES:
        raise Refused(
            f"This file has {size_in_words(size)}; at most {size_in_words(MAX_FILE_BYTES)} are taken in.",
            "Remove pictures and attachments from it, or split the zip.",
        )
    if size == 0:
        raise Refused("This file is empty (0 bytes).", "Ask for it to be sent again.")
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"PK"):
        return
    if name.startswith("~$") or (size in _LOCK_FILE_SIZES and head[1 : 1 + head[0]].isascii()):
        raise Refused(
            "This is not the workbook but the small lock file (its name starts with ~$) that Excel keeps beside an "
            "open workbook.",
            "Close the workbook in Excel and send the file without ~$ in its name.",
        )
    if head.startswith(_OLE):
        raise _refusal_of_ole(path)
    raise _refusal_by_head(head)


def _refusal_of_ole(path: Path) -> Refused:
    """The refusal for the old binary container: an encrypted workbook or an Excel 97-2003 file."""
    if _ENCRYPTED_STREAM in path.read_bytes():
        return Refused(
            "This workbook is protected with a password, so nothing in it can be read.",
            "Ask for a copy without a password: in Excel, File, Info, Protect Workbook, Encrypt with Password, "
            "and clear the box.",
        )
    return Refused("This is an Excel 97-2003 workbook (.xls), which is not read.", SAVE_AS)


def _refusal_by_head(head: bytes) -> Refused:
    """The refusal for a file that is neither a zip nor an old Excel file, by its first bytes."""
    for magic, kind in _IMAGES.items():
        if head.startswith(magic):
            return Refused(
                f"This is a picture ({kind}) under another name, not a workbook.",
                "Ask for the workbook itself, not a picture of it.",
            )
    if head.startswith(b"%PDF"):
        return Refused("This is a PDF, not a workbook.", "Ask for the workbook itself (.xlsx).")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        return Refused("This is a web page or XML file under another name, not a workbook.", SAVE_AS)
    if b"\0" not in head:
        return Refused("This is a text file (such as .csv), which is not read.", SAVE_AS)
    return Refused("This is not an Excel workbook.", SAVE_AS)


def is_workbook(archive: ZipFile) -> bool:
    """True for an Excel workbook, False for a zip of files. Raises Refused for any other kind of document."""
    names = set(archive.namelist())
    if "[Content_Types].xml" in names:
        return _is_excel(archive, names)
    if "mimetype" in names:
        if "META-INF/manifest.xml" in names:
            raise Refused("This is an OpenDocument file (such as .ods), which is not read.", SAVE_AS)
        raise Refused("This is not an Excel workbook.", SAVE_AS)
    if any(name.startswith("xl/") for name in names):
        raise Refused("This workbook is damaged: its list of parts is missing.", SAVE_AS)
    return False


def _is_excel(archive: ZipFile, names: set[str]) -> bool:
    if "xl/workbook.bin" in names:
        raise Refused("This is an Excel binary workbook (.xlsb), which is not read.", SAVE_AS)
    with damage_refused(), archive.open("[Content_Types].xml") as part:
        types = part.read(1 << 20)
    if b"spreadsheetml" in types or b"ms-excel.sheet" in types or any(n.lower() == "xl/workbook.xml" for n in names):
        return True
    for folder, kind in (("word/", "Word document"), ("ppt/", "PowerPoint presentation")):
        if any(name.startswith(folder) for name in names):
            raise Refused(f"This is a {kind}, not a workbook.", "Ask for the workbook itself (.xlsx).")
    raise Refused("This is an Office file, but not an Excel workbook.", "Ask for the workbook itself (.xlsx).")


@damage_refused()
def open_zip(path: Path) -> ZipFile:
    """The zip package at ``path``. Raises Refused when it is cut off or damaged."""
    return ZipFile(path)
