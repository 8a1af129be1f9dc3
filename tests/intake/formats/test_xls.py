"""Excel 97-2003 workbooks: read beside all others, with what is hidden, merged, struck out and calculated."""

from __future__ import annotations

import datetime
import shutil
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlwt

from ii_vendor.intake import guard
from ii_vendor.intake.raw import RawWorkbook

Read = Callable[[Path], RawWorkbook]
SOFFICE = shutil.which("soffice")


def saved(path: Path, fill: Callable[[Any, Any], None]) -> Path:
    """A workbook with a sheet ``Main``, filled."""
    book = xlwt.Workbook()
    fill(book, book.add_sheet("Main"))
    book.save(str(path))
    return path


def test_values_as_the_cells_show_them(read: Read, tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        values = [
            ("NA", "General"),
            ("007", "General"),
            (1.1, "0.00"),
            (7, "000"),
            (0.5, "0%"),
            (datetime.date(2026, 11, 24), "d.m.yyyy"),
            (datetime.datetime(2026, 11, 24, 13, 5), "d.m.yyyy h:mm"),
            (True, "General"),
            ("two\nlines  ", "General"),
        ]
        for row, (value, shown) in enumerate(values):
            sheet.write(row, 0, value, xlwt.easyxf(num_format_str=shown))
        sheet.row(9).set_cell_error(0, "#REF!")

    cells = read(saved(tmp_path / "f.xls", fill)).sheets[0].cells
    assert [(cells[row, 1].kind, cells[row, 1].text) for row in range(1, 11)] == [
        ("text", "NA"),
        ("text", "007"),
        ("number", "1.10"),
        ("number", "007"),
        ("number", "50%"),
        ("date", "2026-11-24"),
        ("date", "2026-11-24 13:05"),
        ("truth", "TRUE"),
        ("text", "two\nlines  "),
        ("error", "#REF!"),
    ]


def test_dates_of_workbooks_from_old_macs(read: Read, tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        book.dates_1904 = True
        sheet.write(0, 0, datetime.date(2000, 1, 1), xlwt.easyxf(num_format_str="d.m.yyyy"))

    assert read(saved(tmp_path / "f.xls", fill)).sheets[0].text(1, 1) == "2000-01-01"


def test_hidden_merged_and_struck_out(read: Read, tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_merge(0, 1, 0, 2, "merged")
        sheet.write(2, 0, "hidden row")
        sheet.row(2).hidden = True
        sheet.write(0, 4, "hidden column")
        sheet.col(4).hidden = True
        out = xlwt.easyxf("font: struck_out on")
        sheet.write(3, 0, "gone", out)
        sheet.write_rich_text(4, 0, ("keep ", ("drop", out.font), (" end", xlwt.Font())))
        for state, name in ((1, "Hidden"), (2, "Very hidden")):
            more = book.add_sheet(name)
            more.write(0, 0, name)
            more.visibility = state

    book = read(saved(tmp_path / "f.xls", fill))
    main, *others = book.sheets
    assert book.complete
    assert (main.hidden_rows, main.hidden_columns, main.merges) == ({3}, ((5, 5),), ("A1:C2",))
    assert (main.cells[4, 1].struck, main.cells[5, 1].struck) == (("gone",), ("drop",))
    assert (main.text(3, 1), main.text(1, 5), main.text(5, 1)) == ("hidden row", "hidden column", "keep drop end")
    assert [(sheet.visible, sheet.text(1, 1)) for sheet in others] == [(False, "Hidden"), (False, "Very hidden")]


def test_a_formula_without_a_stored_result_is_told(read: Read, tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write(0, 0, xlwt.Formula('B1+1&"v 1.0"'))

    cell = read(saved(tmp_path / "f.xls", fill)).sheets[0].cells[1, 1]
    assert (cell.kind, cell.text, cell.formula) == ("blank", "", '=B1+1&"v 1.0"')


def test_a_formula_that_cannot_be_put_in_words_costs_nothing_else(read: Read, tmp_path: Path) -> None:
    """Excel keeps ranges that a formula joins in a piece that xlrd does not know."""

    def fill(_: Any, sheet: Any) -> None:
        sheet.write(0, 0, "an answer")
        sheet.write(0, 1, xlwt.Formula("A9+1"))

    path = saved(tmp_path / "f.xls", fill)
    reference = bytes.fromhex("44080000c0")
    assert path.read_bytes().count(reference) == 1
    path.write_bytes(path.read_bytes().replace(reference, b"\x46" + reference[1:]))
    sheet = read(path).sheets[0]
    assert (sheet.text(1, 1), sheet.cells[1, 2].formula) == ("an answer", "=…")


def test_a_password_is_told(refusal: Callable[[Path], str], tmp_path: Path) -> None:
    path = saved(tmp_path / "f.xls", lambda _, sheet: sheet.write(0, 0, "secret"))
    data = path.read_bytes()
    at = data.index(struct.pack("<HH", 0x0809, 16)) + 20
    (length,) = struct.unpack_from("<H", data, at + 2)
    path.write_bytes(data[:at] + struct.pack("<HH", 0x2F, length) + data[at + 4 :])
    assert "password" in refusal(path)


def test_other_files_in_the_same_container_are_called_what_they_are(
    refusal: Callable[[Path], str], tmp_path: Path
) -> None:
    path = saved(tmp_path / "f.xls", lambda _, sheet: sheet.write(0, 0, "text"))
    data = path.read_bytes()
    name = "Workbook".encode("utf-16-le")
    at = data.index(name)
    for other, length, word in (("WordDocument", 26, "Word document"), ("Whatever", 18, "not an Excel workbook")):
        entry = other.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", length)
        (tmp_path / "g.xls").write_bytes(data[:at] + entry + data[at + 66 :])
        assert word in refusal(tmp_path / "g.xls")


def test_a_container_whose_pieces_have_no_size_is_called_damaged(
    refusal: Callable[[Path], str], tmp_path: Path
) -> None:
    data = bytearray(saved(tmp_path / "f.xls", lambda _, sheet: sheet.write(0, 0, "text")).read_bytes())
    struct.pack_into("<H", data, 30, 0)
    (tmp_path / "f.xls").write_bytes(data)
    assert "damaged" in refusal(tmp_path / "f.xls")


def test_macros_and_embedded_files_are_told(tmp_path: Path) -> None:
    def fill(book: Any, _: Any) -> None:
        book.add_sheet("Macros").write(0, 0, "=CALL()")

    data = saved(tmp_path / "f.xls", fill).read_bytes()
    at = data.rindex(b"\x06\0Macros") - 1
    entry = data.index("Workbook".encode("utf-16-le")) + 128
    storage = "MBD00011F64".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HB", 24, 1)
    told = guard.check(saved(tmp_path / "plain.xls", fill)).warnings
    (tmp_path / "f.xls").write_bytes(data[:at] + b"\1" + data[at + 1 : entry] + storage + data[entry + len(storage) :])
    assert told == ()
    assert [word for word in ("macros", "embedded") if word in " ".join(guard.check(tmp_path / "f.xls").warnings)] == [
        "macros",
        "embedded",
    ]


def test_more_cells_than_a_questionnaire_has_are_refused(refusal: Callable[[Path], str], tmp_path: Path) -> None:
    path = tmp_path / "f.xls"
    stream = struct.pack("<HHHHII", 0x0809, 16, 0x0600, 5, 0, 0) + bytes(4)
    cell = struct.pack("<HHHHHd", 0x0203, 14, 0, 0, 0, 1.0)
    path.write_bytes(stream + cell * 200_001)
    assert "more than 200 000 cells" in refusal(path)


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_our_own_workbook_comes_back_from_another_program_in_another_format(
    asked: Any, filled: Path, tmp_path: Path, ending: str
) -> None:
    """Its marks, its note of the questions' version and its answers are all there."""
    command = [str(SOFFICE), "--headless", "--convert-to", ending, "--outdir", str(tmp_path), str(filled)]
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run([command[0], profile, *command[1:]], check=True, capture_output=True, timeout=120)
    sent, returned = (asked.read(path)[0].response for path in (filled, filled.with_suffix(f".{ending}")))
    assert returned is not None
    assert returned.template_hash == asked.content_hash
    assert (returned.vendor, returned.answers) == (sent.vendor, sent.answers)
