"""Damaged and twisted files of the other formats, made by chance: each is read or refused, and nothing else happens."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ii_vendor.intake import Refused
from ii_vendor.intake.ole import open_old_workbook
from ii_vendor.intake.raw import RawWorkbook

Read = Callable[[Path], RawWorkbook]
RELAXED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FLIPS = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=12)
ODF = "urn:oasis:names:tc:opendocument:xmlns"
CONTENT = f"""<office:document-content xmlns:office="{ODF}:office:1.0" xmlns:table="{ODF}:table:1.0"
 xmlns:text="{ODF}:text:1.0" xmlns:style="{ODF}:style:1.0"><office:automatic-styles>
<style:style style:name="a" style:family="table-cell" style:parent-style-name="b"><style:text-properties
 style:text-line-through-style="solid"/></style:style></office:automatic-styles><office:body><office:spreadsheet>
<table:table table:name="Main" table:style-name="a"><table:table-column table:number-columns-repeated="2"
 table:visibility="collapse"/><table:table-row table:number-rows-repeated="2"><table:table-cell
 table:style-name="a" office:value-type="float" office:value="1.1" table:number-columns-repeated="2">
<text:p>1.10</text:p>
</table:table-cell><table:table-cell office:value-type="date" office:date-value="2026-11-24"><text:p>x</text:p>
</table:table-cell></table:table-row><table:table-row table:visibility="filter"><table:table-cell
 office:value-type="string" table:number-columns-spanned="2" table:number-rows-spanned="2" table:formula="of:=[.A1]">
<text:p>one <text:span text:style-name="a">two</text:span><text:s text:c="3"/></text:p></table:table-cell>
<table:covered-table-cell/><table:table-cell office:value-type="time" office:time-value="PT12H30M00S"/>
</table:table-row></table:table><table:named-expressions><table:named-range table:name="n"
 table:cell-range-address="$Main.$A$1"/></table:named-expressions></office:spreadsheet></office:body>
</office:document-content>"""
TWISTS = st.sampled_from(
    [
        "<",
        ">",
        "/>",
        '"',
        "-1",
        "0",
        "99999999999",
        "",
        "x",
        "</table:table-row>",
        "<table:table>",
        "&#0;",
        "1e999",
        "é",
    ]
)


@pytest.fixture(scope="module")
def old_workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small .xls file that holds a bit of everything."""
    path = tmp_path_factory.mktemp("old") / "f.xls"
    book: Any = xlwt.Workbook()
    sheet = book.add_sheet("Main")
    out = xlwt.easyxf("font: struck_out on", num_format_str="0.00")
    for row in range(12):
        sheet.write(row, 0, f"question {row}")
        sheet.write(row, 1, row + 0.5, out)
        sheet.write(row, 2, xlwt.Formula(f"SUM(B{row + 1};3)&LEFT(A1;2)"))
    sheet.write(0, 3, datetime.date(2026, 11, 24), xlwt.easyxf(num_format_str="d.m.yyyy"))
    sheet.write_rich_text(1, 3, ("keep ", ("drop", out.font)))
    sheet.write_merge(3, 4, 3, 5, "merged")
    sheet.row(5).hidden = sheet.col(4).hidden = True
    book.add_sheet("Größe").write(0, 0, "x" * 9000)
    book.save(str(path))
    return path


def survives(read: Read, path: Path) -> None:
    try:
        assert read(path).sheets is not None
    except Refused as refused:
        assert "brought the reading process down" not in refused.message
        assert "took longer" not in refused.message


def twisted(data: bytes, cut: float, flips: list[tuple[float, int]]) -> bytes:
    changed = bytearray(data)
    for at, value in flips:
        changed[int(at * len(changed))] = value
    return bytes(changed[: int(cut * len(changed))] if cut < 0.2 else changed)


@RELAXED
@given(cut=st.floats(0, 1), flips=FLIPS, bare=st.booleans())
def test_old_workbooks_with_changed_and_missing_bytes(
    read: Read, old_workbook: Path, tmp_path: Path, cut: float, flips: list[tuple[float, int]], bare: bool
) -> None:
    data = open_old_workbook(old_workbook).records if bare else old_workbook.read_bytes()
    path = tmp_path / "f.xls"
    path.write_bytes(twisted(data, cut, flips))
    survives(read, path)


@RELAXED
@given(nth=st.integers(0, 400), at=st.integers(0, 40), value=st.integers(0, 255))
def test_old_workbooks_with_twisted_records(
    read: Read, old_workbook: Path, tmp_path: Path, nth: int, at: int, value: int
) -> None:
    """One byte of one record, its length apart, so that the walk over the others goes on."""
    data = bytearray(open_old_workbook(old_workbook).records)
    starts = []
    place = 0
    while place + 4 <= len(data):
        starts.append(place)
        place += 4 + int.from_bytes(data[place + 2 : place + 4], "little")
    start = starts[nth % len(starts)]
    size = int.from_bytes(data[start + 2 : start + 4], "little")
    if size:
        data[start + 4 + at % size] = value
    path = tmp_path / "f.xls"
    path.write_bytes(data)
    survives(read, path)


@RELAXED
@given(at=st.lists(st.tuples(st.floats(0, 1), TWISTS, st.integers(0, 30)), min_size=1, max_size=3))
def test_spreadsheets_with_twisted_content(read: Read, tmp_path: Path, at: list[tuple[float, str, int]]) -> None:
    text = CONTENT
    for place, word, drop in at:
        start = int(place * len(text))
        text = text[:start] + word + text[start + drop :]
    survives(read, packed(tmp_path / "f.ods", text))


@RELAXED
@given(nth=st.integers(0, 60), value=TWISTS)
def test_spreadsheets_with_values_that_no_program_writes(read: Read, tmp_path: Path, nth: int, value: str) -> None:
    pieces = CONTENT.split('="')
    spot = 1 + nth % (len(pieces) - 1)
    if not pieces[spot].startswith("urn:"):
        pieces[spot] = value.replace('"', "").replace("<", "") + '"' + pieces[spot].partition('"')[2]
    survives(read, packed(tmp_path / "f.ods", '="'.join(pieces)))


def packed(path: Path, content: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return path


@RELAXED
@given(content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)), table=st.booleans())
def test_text_files_of_any_bytes(read: Read, tmp_path: Path, content: bytes, table: bool) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(b"ID;Answer\nQ1;" * table + content)
    survives(read, path)


@RELAXED
@given(
    rows=st.lists(
        st.lists(
            st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), max_size=20), min_size=2, max_size=4
        ),
        min_size=2,
        max_size=6,
    ),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8-sig", "utf-16"]),
)
def test_whatever_is_written_in_a_text_file_is_read(
    read: Read, tmp_path: Path, rows: list[list[str]], delimiter: str, encoding: str
) -> None:
    """Every value quoted, as a careful program does, under a line that names the delimiter."""
    lines = [delimiter.join('"' + value.replace('"', '""') + '"' for value in row) for row in rows]
    path = tmp_path / "f.csv"
    path.write_bytes("\r\n".join([f"sep={delimiter}", *lines]).encode(encoding))
    sheet = read(path).sheets[0]
    wrapped = {(at, column): value for at, row in enumerate(rows, 1) for column, value in enumerate(row, 1) if value}
    found = {place: cell.text for place, cell in sheet.cells.items()}
    assert {place: found.get(place) for place in wrapped if not wrapped[place].startswith('="')} == {
        place: value for place, value in wrapped.items() if not value.startswith('="')
    }
