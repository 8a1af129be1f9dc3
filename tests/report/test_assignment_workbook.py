"""The workbook of an assignment as its evaluator has it: what can be written where, and what it says of progress."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from ii_vendor.evaluations import Evaluations
from tests.evaluations.offline_books import columns, edit, export, put, rating, row_of, sheet_of

SOFFICE = shutil.which("soffice")


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'record.db'}"


@pytest.fixture
def written(evaluations: Evaluations, renewal: str, tmp_path: Path) -> Path:
    """Amara's assignment, with one answer rated."""
    amara = evaluations.acting_as("Amara")
    amara.rate(renewal, "Amara", "alder", "Q1", 1, reason="It says so.")
    return export(amara, renewal, "Amara", tmp_path / "amara.xlsx")


@pytest.fixture
def sheet(written: Path) -> Any:
    return sheet_of(openpyxl.load_workbook(written))


def test_only_the_yellow_cells_can_be_written_into(sheet: Any) -> None:
    assert sheet.protection.sheet
    assert not sheet.protection.password
    at = columns(sheet)
    inputs = {at[role] for role in ("level", "reason", "quote", "grade")}
    first = row_of(sheet, "Alder", "Q1")
    open_cells = {cell.column for row in sheet.iter_rows(first) for cell in row if not cell.protection.locked}
    assert open_cells == inputs
    assert {sheet.cell(first, column).fill.fgColor.rgb for column in inputs} == {"FFFFF8D2"}


def test_the_marks_are_hidden_and_titles_vendor_and_number_stay_in_view(sheet: Any) -> None:
    hidden = [name for name, each in sheet.column_dimensions.items() if each.hidden]
    assert (hidden, sheet.row_dimensions[1].hidden) == (["A", "M"], True)
    assert sheet.freeze_panes == "D6"
    assert sheet.auto_filter.ref == f"A5:M{sheet.max_row}"


def test_an_answer_offers_its_levels_and_one_that_was_left_empty_only_0_and_na(sheet: Any) -> None:
    lists = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    level = openpyxl.utils.get_column_letter(columns(sheet)["level"])
    assert lists[f"{level}{row_of(sheet, 'Alder', 'Q1')}"] == '"0,1,2,3,4,n/a"'
    assert lists[f"{level}{row_of(sheet, 'Birch', 'L2')}"] == '"0,n/a"'


def test_each_row_has_the_answer_the_findings_the_levels_and_what_was_rated(sheet: Any) -> None:
    at, row = columns(sheet), row_of(sheet, "Alder", "Q1")

    def shown(role: str) -> Any:
        return sheet.cell(row, at[role]).value

    assert shown("answer") == "Operations stop when the link is lost. Our cloud is required at all times."
    assert "Red flag: It says operations stop.\n“Operations stop when the link is lost.”" in shown("found")
    assert shown("levels") == "\n".join(f"{level}  level {level}" for level in range(5))
    assert (shown("level"), shown("reason"), shown("quote"), shown("grade")) == (1, "It says so.", None, "claim")
    assert sheet.cell(row_of(sheet, "Birch", "L2"), at["answer"]).value == "(not answered)"


def test_the_file_says_what_it_was_written_from(written: Path, evaluations: Evaluations, renewal: str) -> None:
    book, now = openpyxl.load_workbook(written), evaluations.get(renewal)
    said = {each.name: each.value for each in book.custom_doc_props.props}
    assert (said["Evaluation id"], said["Evaluator"]) == (renewal, "Amara")
    assert (said["Last event"], said["Record hash (SHA-256)"]) == (str(now.sequence), now.record_hash)
    assert (said["Content hash (SHA-256)"], said["Response versions"]) == (now.content_hash, "alder 1, birch 1")
    shown = {row[0].value: row[1].value for row in book["Instructions"].iter_rows()}
    assert {label: shown[label] for label in said} == said


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_state_and_progress_follow_what_is_typed(written: Path, tmp_path: Path) -> None:
    def type_in(each: Any) -> None:
        put(sheet_of(each), "Alder", "Q2", reason="No level yet.")
        put(sheet_of(each), "Birch", "Q2", level=2)

    edit(written, rating("Birch", "Q1", "n/a"), type_in)
    sheet = sheet_of(openpyxl.load_workbook(written))
    rows = {pair: row_of(sheet, *pair) for pair in (("Alder", "Q1"), ("Birch", "Q1"), ("Alder", "Q2"), ("Birch", "Q2"))}
    state, out = columns(sheet)["state"], tmp_path / "out"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(written)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    book = CalamineWorkbook.from_path(str(out / written.name))
    cells = book.get_sheet_by_name("Ratings").to_python(skip_empty_area=False)
    assert [cells[row - 1][state - 1] for row in rows.values()] == ["done", "done", "level?", "reason?"]
    assert book.get_sheet_by_name("Instructions").to_python(skip_empty_area=False)[3][1] == 2


def test_a_vendor_that_has_not_answered_is_named_and_has_no_rows(
    evaluations: Evaluations, renewal: str, tmp_path: Path
) -> None:
    evaluations.add_vendor(renewal, "Cedar")
    amara = evaluations.acting_as("Amara")
    amara.declare(renewal, "Amara")
    book = openpyxl.load_workbook(export(amara, renewal, "Amara", tmp_path / "amara.xlsx"))
    lines = [cell.value for cell in book["Instructions"]["A"]]
    assert "Cedar: no response yet." in lines
    at = columns(sheet_of(book))
    assert {row[at["vendor"] - 1].value for row in sheet_of(book).iter_rows(6)} == {"Alder", "Birch"}
