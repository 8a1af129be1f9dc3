"""A vendor's words stay words in the workbook, to the letter, whatever they look like."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

NAMESPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def _sheet_xml(workbook: Path) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(workbook) as file:
        listing = ElementTree.fromstring(file.read("xl/workbook.xml"))
        names = [sheet.attrib["name"] for sheet in listing.findall("m:sheets/m:sheet", NAMESPACE)]
        return {
            name: ElementTree.fromstring(file.read(f"xl/worksheets/sheet{index}.xml"))
            for index, name in enumerate(names, start=1)
        }


@pytest.mark.parametrize("sheet", ["Evidence", "Verdicts", "Method"])
def test_sheets_that_hold_only_words_hold_no_formula(workbook: Path, sheet: str) -> None:
    assert _sheet_xml(workbook)[sheet].findall(".//m:f", NAMESPACE) == []


def test_no_text_of_a_vendor_becomes_a_formula_or_a_link(workbook: Path) -> None:
    for name, sheet in _sheet_xml(workbook).items():
        assert sheet.findall(".//m:hyperlinks", NAMESPACE) == [], name
        for formula in sheet.findall(".//m:f", NAMESPACE):
            text = formula.text or ""
            assert not re.search(r"HYPERLINK|evil|cmd|calc|SUM\(1\+1\)|^1\+1|^-?2\+3", text), f"{name}: {text}"


def test_text_that_looks_like_a_formula_stays_text_after_editing(workbook: Path) -> None:
    book = load_workbook(workbook)
    risky = [
        cell
        for sheet in ("Evidence", "Red flags", "Verdicts", "Ratings")
        for row in book[sheet].iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.data_type != "f" and cell.value.startswith(tuple("=+-@\t\n＝"))
    ]
    assert len(risky) > 20
    assert [cell.coordinate for cell in risky if not cell.quotePrefix] == []


def test_the_vendors_words_stand_to_the_letter(workbook: Path) -> None:
    words = [row[6] for row in CalamineWorkbook.from_path(str(workbook)).get_sheet_by_name("Evidence").to_python()]
    assert '=HYPERLINK("http://evil.example","click")' in words
    assert "<r><t>markup</t></r>" in [str(text).strip() for text in words]
    assert "=1+1\ufffd\ufffd" in words
    assert "\ufffd half a character" in words


def test_a_long_answer_continues_in_the_next_rows_without_a_loss(workbook: Path) -> None:
    rows = CalamineWorkbook.from_path(str(workbook)).get_sheet_by_name("Evidence").to_python()
    answer = [row[6] for row in rows if row[:2] == ["Evenkeel Controls", "Q1"] and "answer" in str(row[3])]
    assert len(answer) > 1
    assert "".join(str(part) for part in answer) == "word " * 9_000
