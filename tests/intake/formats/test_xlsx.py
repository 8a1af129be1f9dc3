"""Excel workbooks as a person sees them, where programs disagree about what they hold."""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ii_vendor.intake.raw import RawSheet, RawWorkbook

Read = Callable[[Path], RawWorkbook]
Repack = Callable[[Path, dict[str, Callable[[str], str]]], Path]
SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"


@pytest.fixture
def made(read: Read, tmp_path: Path) -> Callable[[dict[str, Any], dict[str, str]], RawSheet]:
    """The only sheet of a workbook with these values under these number formats, as it is read."""

    def make(values: dict[str, Any], formats: dict[str, str]) -> RawSheet:
        book = openpyxl.Workbook()
        sheet: Any = book.active
        for place, value in values.items():
            sheet[place] = value
            sheet[place].number_format = formats.get(place, sheet[place].number_format)
        book.save(tmp_path / "made.xlsx")
        return read(tmp_path / "made.xlsx").sheets[0]

    return make


def texts(sheet: RawSheet) -> dict[str, str]:
    return {cell.address: cell.text for cell in sheet.cells.values()}


def with_rows(rows: str) -> Callable[[str], str]:
    """Put rows into an empty sheet."""
    return lambda text: re.sub(
        "<sheetData ?/>|<sheetData></sheetData>", lambda _: f"<sheetData>{rows}</sheetData>", text
    )


def test_a_number_that_shows_as_a_word_is_that_word(made: Callable[..., RawSheet]) -> None:
    """A list of answers kept as 1 and 0; what else is in quotation marks stands beside the number."""
    values = {"A1": 1, "A2": 0, "A3": -1, "A4": 0, "A5": 5, "A6": 0}
    formats = dict.fromkeys(("A1", "A2", "A3"), '[Green]"Yes";"Unknown";[Red]"No; never"')
    sheet = made(values, formats | {"A4": '"Yes";"No"', "A5": '0" days"', "A6": '"Yes";;'})
    assert list(texts(sheet).values()) == ["Yes", "No; never", "Unknown", "Yes", "5 days", "0"]


def test_numbers_stay_as_the_cell_shows_them(made: Callable[..., RawSheet]) -> None:
    sheet = made(
        {"A1": 1.1, "A2": 7, "A3": 0.5, "A4": 1234.5, "A5": 12, "A6": 2.675, "A7": -3, "A8": 41.5},
        {
            "A1": "0.00",
            "A2": "000",
            "A3": "0%",
            "A4": "#,##0.00",
            "A5": '"REQ-"0000',
            "A6": "0.00",
            "A7": "0.0_);(0.0)",
            "A8": '0.0# "h"',
        },
    )
    shown = ["1.10", "007", "50%", "1,234.50", "REQ-0012", "2.68", "-3.0", "41.5 h"]
    assert list(texts(sheet).values()) == shown


def test_answers_that_look_like_nothing_stay_answers(made: Callable[..., RawSheet]) -> None:
    values = {"A1": "NA", "A2": "N/A", "A3": "None", "A4": "nan", "A5": "  two spaces  ", "A6": "-", "A7": "TRUE"}
    assert texts(made(values, {})) == values


def test_dates_times_and_durations(made: Callable[..., RawSheet]) -> None:
    values = {
        "A1": datetime.date(2026, 11, 24),
        "A2": datetime.datetime(2026, 11, 24, 13, 5),
        "A3": datetime.time(12, 30),
        "A4": datetime.timedelta(hours=255, minutes=10, seconds=10),
    }
    sheet = made(values, {"A4": "[h]:mm:ss"})
    assert list(texts(sheet).values()) == ["2026-11-24", "2026-11-24 13:05", "12:30:00", "255:10:10"]
    assert {cell.kind for cell in sheet.cells.values()} == {"date"}


def test_dates_of_workbooks_from_old_macs(read: Read, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet: Any = book.active
    sheet["A1"] = datetime.date(2021, 1, 1)
    sheet["A2"] = 0
    sheet["A2"].number_format = "d/m/yyyy"
    book.save(tmp_path / "mac.xlsx")
    assert texts(read(tmp_path / "mac.xlsx").sheets[0]) == {"A1": "2021-01-01", "A2": "1904-01-01"}


@pytest.mark.parametrize(("part", "wrap"), [(SHEET, "inline"), (STRINGS, "shared")])
def test_pronunciation_and_escapes(read: Read, repacked: Repack, tmp_path: Path, part: str, wrap: str) -> None:
    strings = (
        '<t>漢字</t><rPh sb="0" eb="2"><t>かんじ</t></rPh>',
        "<t>one_x000A_two _x005F_x000A_</t>",
        "<t>kept<![CDATA[ <b>whole</b>]]></t>",
        '<t xml:space="preserve">  around  </t>',
        "<r><t>in </t></r><r><rPr><strike/></rPr><t>pieces</t></r>",
    )
    with xlsxwriter.Workbook(tmp_path / "f.xlsx") as book:
        sheet = book.add_worksheet()
        for at in range(len(strings)):
            sheet.write_string(at, 0, f"text {at}")
    inline = "".join(f'<row r="{at}"><c t="inlineStr"><is>{each}</is></c></row>' for at, each in enumerate(strings, 1))

    def change(text: str) -> str:
        if wrap == "inline":
            return re.sub("<sheetData>.*</sheetData>", lambda _: f"<sheetData>{inline}</sheetData>", text)
        for at, each in enumerate(strings):
            text = text.replace(f"<t>text {at}</t>", each)
        return text

    repacked(tmp_path / "f.xlsx", {part: change})
    sheet = read(tmp_path / "f.xlsx").sheets[0]
    found = ["漢字", "one\ntwo _x000A_", "kept <b>whole</b>", "  around  ", "in pieces"]
    assert list(texts(sheet).values()) == found
    assert sheet.cells[5, 1].struck == ("pieces",)


def test_a_formula_that_cells_share_is_told_for_each(read: Read, repacked: Repack, tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "f.xlsx")
    rows = (
        '<row r="1"><c r="B1"><f t="shared" ref="B1:B2" si="0">A1&amp;"!"</f><v>1</v></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="0"/><v>2</v></c></row>'
        '<row r="3"><c r="B3"><f t="shared" si="7"/><v>3</v></c></row>'
    )
    repacked(tmp_path / "f.xlsx", {SHEET: with_rows(rows)})
    cells = read(tmp_path / "f.xlsx").sheets[0].cells
    assert [cells[row, 2].formula for row in (1, 2, 3)] == ['=A1&"!"', '=A2&"!"', "=…"]


def test_a_formula_without_a_result_is_told_from_one_whose_result_is_nothing(
    read: Read, repacked: Repack, tmp_path: Path
) -> None:
    openpyxl.Workbook().save(tmp_path / "f.xlsx")
    rows = (
        '<row r="1"><c r="A1"><f>B1</f></c><c r="A2" t="str"><f>B2</f><v></v></c><c r="A3" t="e"><v>#N/A</v></c></row>'
    )
    repacked(tmp_path / "f.xlsx", {SHEET: with_rows(rows)})
    cells = read(tmp_path / "f.xlsx").sheets[0].cells.values()
    assert [(cell.kind, cell.text, cell.formula) for cell in cells] == [
        ("blank", "", "=B1"),
        ("text", "", "=B2"),
        ("error", "#N/A", ""),
    ]


def test_styles_that_other_programs_write_wrongly_cost_no_number(read: Read, repacked: Repack, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet["A1"] = 1.1
    sheet["A1"].number_format = "0.000"
    book.save(tmp_path / "f.xlsx")
    without = {"<cellStyleXfs": "<gone", "</cellStyleXfs": "</gone"}

    def change(text: str) -> str:
        for old, new in without.items():
            text = text.replace(old, new)
        return text

    repacked(tmp_path / "f.xlsx", {STYLES: change})
    book_read = read(tmp_path / "f.xlsx")
    assert (book_read.complete, texts(book_read.sheets[0])) == (True, {"A1": "1.100"})


def test_parts_named_with_backslashes_are_found(read: Read, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet["A1"] = "here"
    sheet.row_dimensions[1].hidden = True
    book.save(tmp_path / "f.xlsx")
    with zipfile.ZipFile(tmp_path / "f.xlsx") as old, zipfile.ZipFile(tmp_path / "g.xlsx", "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo("x")
            entry.filename = name.replace("/", "\\")
            new.writestr(entry, old.read(name))
    found = read(tmp_path / "g.xlsx")
    assert (found.complete, texts(found.sheets[0]), found.sheets[0].hidden_rows) == (True, {"A1": "here"}, {1})


def test_hidden_and_merged_places_are_told_and_read(read: Read, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet["C2"], sheet["A3"] = "merged", "out of sight", "seen"
    sheet.merge_cells("A1:B2")
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["C"].hidden = True
    for state in ("hidden", "veryHidden"):
        more = book.create_sheet(state)
        more["A1"] = state
        more.sheet_state = state
    book.save(tmp_path / "f.xlsx")
    first, *others = read(tmp_path / "f.xlsx").sheets
    assert (first.hidden_rows, first.hidden_columns, first.merges) == ({2}, ((3, 3),), ("A1:B2",))
    assert first.text(2, 3) == "out of sight"
    assert [(sheet.visible, sheet.text(1, 1)) for sheet in others] == [(False, "hidden"), (False, "veryHidden")]


def test_a_workbook_saved_as_strict_is_read_like_any_other(read: Read, repacked: Repack, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet["A2"] = "text", 1.1
    sheet["A2"].number_format = "0.00"
    sheet.row_dimensions[2].hidden = True
    book.save(tmp_path / "f.xlsx")

    def strict(text: str) -> str:
        pattern = "http://schemas.openxmlformats.org/(officeDocument|spreadsheetml)/2006/"
        return re.sub(pattern, r"http://purl.oclc.org/ooxml/\1/", text)

    with zipfile.ZipFile(tmp_path / "f.xlsx") as archive:
        parts = archive.namelist()
    repacked(tmp_path / "f.xlsx", dict.fromkeys(parts, strict))
    found = read(tmp_path / "f.xlsx")
    assert (found.complete, texts(found.sheets[0])) == (True, {"A1": "text", "A2": "1.10"})
    assert found.sheets[0].hidden_rows == {2}


def test_what_the_first_reader_gives_up_on_is_read_by_the_second(
    read: Read, repacked: Repack, refusal: Callable[[Path], str], tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet["B2"] = "NA", datetime.date(2026, 11, 24)
    book.save(tmp_path / "f.xlsx")
    twisted = {"xl/workbook.xml": lambda text: re.sub('tabRatio="[0-9]+"', 'tabRatio="wide"', text)}
    found = read(repacked(tmp_path / "f.xlsx", twisted))
    assert (found.complete, texts(found.sheets[0])) == (False, {"A1": "NA", "B2": "2026-11-24"})
    assert found.sheets[0].cells[2, 2].kind == "date"
    none = {"xl/workbook.xml": lambda text: re.sub("<sheets>.*</sheets>", "<sheets/>", text)}
    assert "no sheet" in refusal(repacked(tmp_path / "f.xlsx", none))
