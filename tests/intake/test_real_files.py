"""Files that other people's programs really wrote: all are read or refused, and read as a person sees them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from ii_vendor.intake import Refused
from ii_vendor.intake.limits import SECONDS_PER_FILE
from ii_vendor.intake.raw import RawWorkbook, raw_workbook
from ii_vendor.intake.sandbox import Sandbox

MIB = 1 << 20
MOST_MEMORY = 300 * MIB
PASSWORD, EMPTY = "protected with a password", "empty (0 bytes)"
REFUSED = {
    "calamine/OOM_alloc3.xls": "damaged",
    "calamine/pass_protected.ods": PASSWORD,
    "calamine/pass_protected.xlsx": PASSWORD,
    "calamine/too_small.xls": "text file",
    "exceljs/invalid-xml.xlsx": "damaged",
    "exceljs/missing-bits.xlsx": "damaged",
    "msoffcrypto/example_password.xlsx": PASSWORD,
    "msoffcrypto/rc4cryptoapi_password.xls": PASSWORD,
    "python-calamine/empty_file.ods": EMPTY,
    "python-calamine/empty_file.xlsx": EMPTY,
    "python-calamine/password.ods": PASSWORD,
    "python-calamine/password.xls": PASSWORD,
    "python-calamine/password.xlsx": PASSWORD,
    "sheetjs/password_2002_40_basecrypto.xls": PASSWORD,
    "questionnaires/OWASPsamm__~lockfile.xlsx": "lock file",
}
"""Files that nobody can read, with the words that say why. All others are read, and wholly."""

TEXTS: dict[str, dict[str, str]] = {
    "calamine/date_1904.xlsx": {"A1": "2021-01-01", "A3": "255:10:10"},
    "calamine/issue_530.xlsx": {"A1": "报表导出人：", "H5": "9"},
    "calamine/number_rows_repeated.ods": {"A6": "C", "B8": "D"},
    "calamine/rph.xlsx": {"A1": "課きく\u3000毛こ"},
    "calamine/whitespace_trim.xlsx": {"A1": "  trimmed value  ", "A2": "  line1\nline2  "},
    "exceljs/1904.xlsx": {"B4": "1904-01-01"},
    "exceljs/shared_string_with_escape.xlsx": {"A1": "_x000D_"},
    "frictionless/ascii-notvalid.csv": {"B2": "ssµ", "C2": "ab€"},
    "frictionless/bom.csv": {"A1": "id", "B3": "中国人"},
    "frictionless/duplicate-headers.csv": {"E2": "001101"},
    "frictionless/issue-1009-semicolon.csv": {"A2": "0123", "B2": "c"},
    "frictionless/latin1.csv": {"B3": "©"},
    "frictionless/leading-zeros.csv": {"A4": "00003"},
    "frictionless/table-with-booleans.ods": {"B2": "TRUE", "B3": "FALSE"},
    "python-calamine/base.ods": {"C2": "1.1", "G2": "2010-10-10 10:10:10", "J2": "255:10:10"},
    "readxl/dates-1904.xls": {"A1": "2000-01-01", "E1": "2000-01-01"},
    "readxl/missing-values-xlsx.xlsx": {"A2": "NA", "B2": "NA"},
    "sheetjs/phonetic_text.xlsx": {"A1": "漢字", "A2": "漢字withColor"},
    "sheetjs/xlsx-stream-d-date-cell.xlsx": {"B5": "2014-02-14 08:27:48", "B6": "1.50", "B10": "36:00:00"},
}
"""What was seen in the first sheet of a file by looking at it."""


@dataclass(frozen=True)
class Outcome:
    """What became of a file, and in how many seconds."""

    book: RawWorkbook | None
    refused: str
    seconds: float


@dataclass(frozen=True)
class Outcomes:
    """What became of each file, and the most bytes that a reading process held."""

    files: Mapping[str, Outcome]
    memory: int


@pytest.fixture(scope="module")
def outcomes(shared: Path) -> Outcomes:
    """Every real file, read once."""
    folder = shared / "workbooks"
    paths = sorted([*folder.glob("messy/*/*"), *folder.glob("questionnaires/*")])

    def read(path: Path) -> Outcome:
        started = time.monotonic()
        try:
            return Outcome(raw_workbook(sandbox.read(path)), "", time.monotonic() - started)
        except Refused as refused:
            return Outcome(None, refused.message, time.monotonic() - started)

    with Sandbox(2) as sandbox, ThreadPoolExecutor(2) as pool:
        found = dict(zip((f"{path.parent.name}/{path.name}" for path in paths), pool.map(read, paths), strict=True))
        return Outcomes(found, max(psutil.Process(each).memory_info().rss for each in sandbox.process_ids()))


def test_every_file_is_read_wholly_or_refused_with_the_reason(outcomes: Outcomes) -> None:
    refused = {name: outcome.refused for name, outcome in outcomes.files.items() if outcome.book is None}
    assert set(refused) == set(REFUSED)
    assert all(word in refused[name] for name, word in REFUSED.items())
    assert all(outcome.book.complete for outcome in outcomes.files.values() if outcome.book is not None)


def test_no_file_takes_long_or_much_memory(outcomes: Outcomes) -> None:
    assert max(outcome.seconds for outcome in outcomes.files.values()) < SECONDS_PER_FILE
    assert outcomes.memory < MOST_MEMORY


@pytest.mark.parametrize("name", TEXTS)
def test_cells_are_read_as_they_look(outcomes: Outcomes, name: str) -> None:
    book = outcomes.files[name].book
    assert book is not None
    found = {cell.address: cell.text for cell in book.sheets[0].cells.values()}
    assert {address: found[address] for address in TEXTS[name]} == TEXTS[name]


def test_what_is_hidden_struck_out_or_no_sheet_of_cells_is_told(outcomes: Outcomes) -> None:
    def book(name: str) -> RawWorkbook:
        found = outcomes.files[name].book
        assert found is not None
        return found

    (google,) = book("exceljs/google-sheets.xlsx").sheets
    assert (google.hidden_rows, google.hidden_columns) == ({2}, ((2, 2),))
    struck = {cell.address: cell.struck for cell in book("sheetjs/rich_text_stress.xlsx").sheets[0].cells.values()}
    assert (struck["A6"], struck["B6"], struck["B5"]) == (("strike",), ("stricken",), ())
    kinds = {sheet.name: sheet.skipped for sheet in book("sheetjs/BlankSheetTypes.xlsm").sheets}
    assert (kinds["Sheet1"], bool(kinds["Chart1"]), bool(kinds["Macro1"])) == ("", True, True)
    assert [sheet.visible for sheet in book("calamine/any_sheets.ods").sheets] == [True, False, False, True]
    assert "macros" in " ".join(book("calamine/vba.xlsm").warnings)
    assert book("sheetjs/merge_cells.ods").sheets[0].merges == ("A1:B2", "C1:C2", "D1:D2", "A3:B3", "A4:B4")
