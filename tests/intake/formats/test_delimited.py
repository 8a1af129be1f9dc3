"""Text files of rows and columns, in the encodings and with the delimiters that spreadsheet programs write."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

import pytest

from ii_vendor.intake.raw import RawWorkbook

Read = Callable[[Path], RawWorkbook]
TEXT = 'ID;Question;Answer\n1.10;Größe – "ja"?;NA\n007;"two\nlines; and more";œuvre\n'


@pytest.fixture
def grid(read: Read, tmp_path: Path) -> Callable[..., list[list[str]]]:
    """The texts of a file with this content, row by row, without empty cells."""

    def rows(content: bytes | str, name: str = "f.csv") -> list[list[str]]:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return [[cell.text for cell in cells] for _, cells in read(path).sheets[0].rows()]

    return rows


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "utf-16-le"),
        (b"", "cp1252"),
    ],
)
def test_encodings(grid: Callable[..., list[list[str]]], mark: bytes, encoding: str) -> None:
    assert grid(mark + TEXT.encode(encoding)) == [
        ["ID", "Question", "Answer"],
        ["1.10", 'Größe – "ja"?', "NA"],
        ["007", "two\nlines; and more", "œuvre"],
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_ends_of_lines(grid: Callable[..., list[list[str]]], delimiter: str, end: str) -> None:
    lines = [["ID", "Question", "Answer"], ["Q1", "Does it run, always; really|truly?", "Yes, it does; it does"]]
    quoted = end.join(delimiter.join(f'"{value}"' for value in line) for line in [*lines, lines[1]])
    assert grid(quoted) == [*lines, lines[1]]
    plain = end.join(delimiter.join(line) for line in (["ID", "Answer"], ["Q1", "Yes"], ["Q2", "1.10"]))
    assert grid(plain) == [["ID", "Answer"], ["Q1", "Yes"], ["Q2", "1.10"]]


def test_a_first_line_that_names_the_delimiter_is_no_row(grid: Callable[..., list[list[str]]]) -> None:
    assert grid("sep=|\r\nID|Answer\r\nQ1|a;b;c\r\n") == [["ID", "Answer"], ["Q1", "a;b;c"]]


def test_text_that_was_guarded_against_excel_is_unwrapped(grid: Callable[..., list[list[str]]]) -> None:
    assert grid('ID,Answer\n"=""1.10""",=1+1\n') == [["ID", "Answer"], ["1.10", "=1+1"]]


def test_rows_count_as_in_a_spreadsheet(read: Read, tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text('Title,,\n\nID,Answer,\nQ1,"a\nb",\n,,\nQ2,c,\n')
    cells = read(tmp_path / "f.csv").sheets[0].cells.values()
    assert [cell.address for cell in cells] == ["A1", "A3", "B3", "A4", "B4", "A6", "B6"]


def test_wrong_bytes_are_told_with_their_line(read: Read, tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_bytes("ID;Größe\nQ1;jährlich\n".encode() + b"Q2;m\xfcde\nQ3;\xe2\x82\xac\n")
    book = read(tmp_path / "f.csv")
    assert book.sheets[0].text(3, 2) == "m�de"
    assert "line 3." in book.warnings[0]
    (tmp_path / "g.csv").write_bytes(b"ID;Wert\nQ1;caf\xe9\nQ2;\x81\n")
    book = read(tmp_path / "g.csv")
    assert book.sheets[0].text(2, 2) == "café"
    assert "line 3." in book.warnings[0]


def test_a_quotation_mark_that_is_never_closed_is_told(read: Read, tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text('ID,Answer\nQ1,"yes\nQ2,no\n')
    book = read(tmp_path / "f.csv")
    assert book.sheets[0].text(2, 2) == "yes\nQ2,no\n"
    assert "line 2 is never closed" in book.warnings[0]


def test_a_text_file_under_another_name_is_read_when_it_is_a_table(
    grid: Callable[..., list[list[str]]], refusal: Callable[[Path], str], tmp_path: Path
) -> None:
    assert grid("ID\tAnswer\nQ1\tYes\n", "answers.xls") == [["ID", "Answer"], ["Q1", "Yes"]]
    assert grid("one\ncolumn\n", "f.csv") == [["one"], ["column"]]
    (tmp_path / "letter.xlsx").write_text("Dear all,\nplease find the answers attached.\n\nKind regards, Ada\n")
    assert "text file" in refusal(tmp_path / "letter.xlsx")


def test_far_too_much_is_refused(refusal: Callable[[Path], str], tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("a,b\n" * 100_001)
    assert "far more cells" in refusal(path)
    path.write_text('a,"' + "x" * 1_000_001)
    assert "line 1" in refusal(path)
