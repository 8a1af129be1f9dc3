"""Our workbook as other programs hand it back: saved in another format, as values alone, or sheet by sheet."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ii_vendor.model.response import Answer, Cell

from .test_round_trip import needs_libreoffice, plain, saved_by_libreoffice

SIX = "Six critical questions"


@pytest.fixture
def simple(asked: Any, tmp_path: Path) -> Path:
    """A filled workbook in which no answer looks like a formula."""
    answers = asked.answers | {"Q2": Answer(question="Q2", cells=(Cell(text="At the zone boundary."),))}
    return asked.write(tmp_path / "northgate.xlsx", prefill=answers)


def told(intake: Any, words: str) -> Any:
    found = [problem for problem in intake.problems if words in problem.message]
    assert len(found) == 1, [(p.severity, p.place, p.message) for p in intake.problems]
    return found[0]


def same(intake: Any, path: Path, asked: Any) -> bool:
    (before,) = asked.read(path)
    assert intake.response is not None, [(p.severity, p.place, p.message) for p in intake.problems]
    return plain(intake.response.answers) == plain(before.response.answers)


def values_of(path: Path) -> Iterator[tuple[str, list[list[Any]]]]:
    """Each sheet as rows of values, hidden ones included, as pandas and others see it."""
    for sheet in openpyxl.load_workbook(path, data_only=True):
        yield sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]


def written(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@needs_libreoffice
@pytest.mark.parametrize("kind", ["ods", "xls", "xlsx"])
def test_every_format_that_libreoffice_saves_reads_alike(asked: Any, simple: Path, tmp_path: Path, kind: str) -> None:
    (intake,) = asked.read(saved_by_libreoffice(simple, tmp_path / "out", kind))
    assert [problem for problem in intake.problems if problem.severity != "note"] == []
    assert same(intake, simple, asked)
    assert intake.response.vendor == "Northgate Controls"


def test_a_copy_of_values_alone_reads_alike(asked: Any, simple: Path, tmp_path: Path) -> None:
    (intake,) = asked.read(written(tmp_path / "values.xlsx", dict(values_of(simple))))
    assert told(intake, "lost the note of which version").severity == "note"
    assert "17 questions read as they are asked now" in intake.problems[0].message
    assert len(intake.problems) == 1
    assert same(intake, simple, asked)


def test_a_copy_of_values_with_counted_rows_and_columns_reads_alike(asked: Any, simple: Path, tmp_path: Path) -> None:
    counted = {
        name: [[None, *range(len(rows[0]))], *([at, *row] for at, row in enumerate(rows))]
        for name, rows in values_of(simple)
    }
    (intake,) = asked.read(written(tmp_path / "frame.xlsx", counted))
    assert [problem.message for problem in intake.problems if problem.severity != "note"] == []
    assert same(intake, simple, asked)


def test_what_can_be_seen_pasted_into_a_new_workbook_reads_alike(asked: Any, simple: Path, tmp_path: Path) -> None:
    seen = {f"Sheet{n}": [row[1:] for row in rows[1:]] for n, (_, rows) in enumerate(values_of(simple)) if n < 5}
    (intake,) = asked.read(written(tmp_path / "pasted.xlsx", seen))
    assert [problem.message for problem in intake.problems if problem.severity != "note"] == []
    assert same(intake, simple, asked)
    assert intake.response.vendor == "Northgate Controls"


def test_everything_pasted_on_one_sheet_reads_alike(asked: Any, simple: Path, tmp_path: Path) -> None:
    stacked = [row[1:] for n, (_, rows) in enumerate(values_of(simple)) if n < 5 for row in rows[1:]]
    (intake,) = asked.read(written(tmp_path / "one.xlsx", {"All": stacked}))
    assert [problem.message for problem in intake.problems if problem.severity != "note"] == []
    assert same(intake, simple, asked)


def without_properties_and_names(path: Path, out: Path) -> Path:
    """As an online spreadsheet exports it: the custom properties and the defined names are gone."""
    book = openpyxl.load_workbook(path, rich_text=True)
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]
    book.defined_names.clear()
    book.save(out)
    return out


def test_without_properties_and_names_everything_is_found(asked: Any, simple: Path, tmp_path: Path) -> None:
    (intake,) = asked.read(without_properties_and_names(simple, tmp_path / "online.xlsx"))
    assert [(problem.severity, problem.sheet) for problem in intake.problems] == [("note", "")]
    assert same(intake, simple, asked)


def test_without_properties_a_changed_question_is_still_named(asked: Any, simple: Path, tmp_path: Path) -> None:
    path = without_properties_and_names(simple, tmp_path / "online.xlsx")
    book = openpyxl.load_workbook(path, rich_text=True)
    book[SIX]["C8"].value = "Function without your infrastructure\nWhat happens when the internet fails for a day?"
    book.save(path)
    (intake,) = asked.read(path)
    assert told(intake, "lost the note").severity == "warning"
    assert told(intake, "Q1 was worded differently").place == f"{SIX}!C8"
    assert intake.response.answer("Q1").answered


def csv_files(path: Path) -> dict[str, str]:
    files = {}
    for name, rows in values_of(path):
        out = io.StringIO()
        csv.writer(out).writerows([["" if value is None else value for value in row] for row in rows])
        files[f"{name}.csv"] = out.getvalue()
    return files


def test_one_sheet_saved_as_csv_says_what_is_missing(asked: Any, simple: Path, tmp_path: Path) -> None:
    path = tmp_path / "six.csv"
    path.write_text(csv_files(simple)[f"{SIX}.csv"], "utf-8")
    (intake,) = asked.read(path)
    problem = told(intake, "one sheet of the response workbook")
    assert problem.severity == "error"
    assert "'Data Exchange Agreement'" in problem.message
    assert "zip with a file for each of its sheets" in problem.remedy
    assert intake.response is None


def zip_of(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def test_a_zip_with_a_csv_for_each_sheet_is_one_workbook(asked: Any, simple: Path, tmp_path: Path) -> None:
    (intake,) = asked.read(zip_of(tmp_path / "northgate.zip", csv_files(simple)))
    assert [problem.message for problem in intake.problems if problem.severity != "note"] == []
    assert same(intake, simple, asked)
    assert intake.response.vendor == "Northgate Controls"
    assert intake.file.name == "northgate.zip"
    assert intake.original == (tmp_path / "northgate.zip").read_bytes()


def test_the_same_sheet_from_two_vendors_is_not_made_one_workbook(asked: Any, simple: Path, tmp_path: Path) -> None:
    six = csv_files(simple)[f"{SIX}.csv"]
    intakes = asked.read(zip_of(tmp_path / "bids.zip", {"a.csv": six, "b.csv": six}))
    assert [intake.file.name for intake in intakes] == ["bids.zip: a.csv", "bids.zip: b.csv"]


@needs_libreoffice
def test_progress_is_counted_anew_by_another_program(simple: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(simple, rich_text=True)
    book[SIX]["E11"].value = "Break-glass account, tested at night."
    book.save(simple)
    back = openpyxl.load_workbook(saved_by_libreoffice(simple, tmp_path / "out", "xlsx"), data_only=True)
    rows = {row[1]: row[3] for row in back["Instructions"].iter_rows(values_only=True) if row[3] is not None}
    assert rows[SIX] == 4
    assert back[SIX]["G11"].value == "answered"
