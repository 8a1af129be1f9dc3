"""Workbooks of every format in one zip, found by their names or by what they are."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlwt

from ii_vendor.intake import Refused
from ii_vendor.intake.handed_in import items_of
from ii_vendor.intake.raw import raw_workbook
from ii_vendor.intake.sandbox import Sandbox

ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODS = (
    f'<office:document-content xmlns:office="{ODF}:office:1.0" xmlns:table="{ODF}:table:1.0" '
    f'xmlns:text="{ODF}:text:1.0"><office:body><office:spreadsheet><table:table table:name="Main"><table:table-row>'
    '<table:table-cell office:value-type="string"><text:p>from ods</text:p></table:table-cell></table:table-row>'
    "</table:table></office:spreadsheet></office:body></office:document-content>"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A file of each other format."""
    book: Any = xlwt.Workbook()
    book.add_sheet("Main").write(0, 0, "from xls")
    book.save(str(tmp_path / "old.xls"))
    with zipfile.ZipFile(tmp_path / "free.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS)
    (tmp_path / "list.csv").write_text("from csv\n")
    return tmp_path


def test_each_is_read_and_the_rest_is_named(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("old.xls", "free.ods", "list.csv"):
            archive.write(folder / name, f"bids/{name}")
        archive.write(folder / "old.xls", "no ending")
        archive.writestr("export.txt", "ID\tAnswer\nQ1\tYes\n")
        archive.writestr("photo.csv", b"\x89PNG\r\n\x1a\n")
        archive.writestr("readme.txt", "Dear all,\nplease find the bids attached.\n")
        archive.writestr("~$old.xls", b"\x05Karin" + b" " * 159)
        archive.writestr(".~lock.free.ods#", ",karin,laptop;")
        archive.writestr("__MACOSX/._list.csv", b"\0\5")
    private = tmp_path / "private"
    private.mkdir()
    found = {}
    with Sandbox() as sandbox:
        items = items_of(sandbox, path, private)
        for item in items:
            try:
                found[item.name] = raw_workbook(sandbox.read(item.path)).sheets[0].text(1, 1)
            except Refused as refused:
                found[item.name] = refused.message
    assert found == {
        "old.xls": "from xls",
        "free.ods": "from ods",
        "list.csv": "from csv",
        "no ending": "from xls",
        "export.txt": "ID",
        "photo.csv": "This is a picture (PNG) under another name, not a workbook.",
    }
    (note,) = items[0].notes
    assert "Left out: readme.txt, ~$old.xls, .~lock.free.ods#." in note.message


@pytest.mark.parametrize("name", ["old.xls", "free.ods", "list.csv"])
def test_each_is_handed_in_alone(folder: Path, tmp_path: Path, name: str) -> None:
    with Sandbox() as sandbox:
        (item,) = items_of(sandbox, folder / name, tmp_path)
        assert (item.zip, raw_workbook(sandbox.read(item.path)).complete) == ("", True)


def oem_zip(path: Path, names: list[bytes]) -> Path:
    """A zip of CSV files whose names are in no declared encoding, as file managers write them."""
    stand_ins = [f"{number}".rjust(len(name), "_") for number, name in enumerate(names)]
    with zipfile.ZipFile(path, "w") as archive:
        for stand_in in stand_ins:
            archive.writestr(stand_in, "ID,Answer\n")
    data = path.read_bytes()
    for stand_in, name in zip(stand_ins, names, strict=True):
        data = data.replace(stand_in.encode(), name)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["cp437", "utf-8"])
def test_names_with_umlauts_from_the_file_managers_of_windows_and_macos(tmp_path: Path, encoding: str) -> None:
    names = ["Prüfung Müller.csv", "Größe.csv", "Angebot 10:30.csv"]
    path = oem_zip(tmp_path / "bids.zip", [name.encode(encoding) for name in names])
    with Sandbox() as sandbox:
        assert [item.name for item in items_of(sandbox, path, tmp_path)] == names


@pytest.mark.parametrize("name", [b".", b"./."])
def test_a_part_that_is_no_file_is_passed_over(tmp_path: Path, name: bytes) -> None:
    with Sandbox() as sandbox:
        (item,) = items_of(sandbox, oem_zip(tmp_path / "bids.zip", [b"bids.csv", name]), tmp_path)
    assert (item.name, item.refusal) == ("bids.csv", None)


@pytest.mark.parametrize("name", [b"\0.csv", b"C:bids.csv", b"..\\bids.csv", b"/bids.csv"])
def test_a_part_whose_name_is_a_trap_is_refused(tmp_path: Path, name: bytes) -> None:
    with Sandbox() as sandbox:
        (item,) = items_of(sandbox, oem_zip(tmp_path / "bids.zip", [name]), tmp_path)
    assert item.refusal is not None
    assert "points outside" in item.refusal.message
