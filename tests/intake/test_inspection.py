"""What an import would see, for any workbook."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ii_vendor.intake import Refused, inspect_file


def test_our_workbook_shows_roles_keys_and_answers_with_their_addresses(filled: Path) -> None:
    found = inspect_file(filled)
    sheet = next(sheet for sheet in found["sheets"] if sheet["name"] == "Six critical questions")
    assert (sheet["status"], sheet["layout"], sheet["header"]) == ("read", "response workbook", {"row": 7, "rows": [7]})
    assert sheet["roles"]["answer"] == "E"
    first = sheet["rows"][0]
    assert first["key"] == "Q1"
    (answer,) = [cell for cell in first["cells"] if cell["role"] == "answer"]
    assert answer["cell"] == "E8"
    assert answer["text"].startswith("Operations run on.")
    assert found["problems"] == []
    assert "response" not in found


def with_formula(path: Path) -> Path:
    book = openpyxl.load_workbook(path, rich_text=True)
    book["Six critical questions"]["E8"] = "=1+1"
    book.save(path)
    return path


def test_it_says_what_an_import_would_read(asked: Any, filled: Path) -> None:
    found = inspect_file(filled, asked.questionnaires, asked.content_hash)
    response = found["response"]
    assert (response["vendor"], response["answered"], response["asked"]) == ("Northgate Controls", 12, 17)
    assert [key for key, answered in response["questions"].items() if not answered] == ["Q4", "Q5", "Q6", "L3", "SLA-2"]
    assert found["importable"] is True


def test_its_problems_are_those_of_the_import(asked: Any, filled: Path) -> None:
    spoilt = with_formula(filled)
    (intake,) = asked.read(spoilt)
    found = inspect_file(spoilt, asked.questionnaires, asked.content_hash)
    assert [problem["message"] for problem in found["problems"]] == [problem.message for problem in intake.problems]
    assert [(problem["severity"], problem["cell"]) for problem in found["problems"]] == [("error", "E8")]
    assert found["importable"] is False
    assert found["response"]["answered"] == 11


def test_a_formula_without_a_result_is_an_error_whatever_is_asked(filled: Path) -> None:
    problems = inspect_file(with_formula(filled))["problems"]
    assert [(problem["severity"], problem["cell"]) for problem in problems] == [("error", "E8")]


def test_a_foreign_workbook_cannot_be_imported(asked: Any, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Question", "Answer"])
    book.active.append(["Who are you?", "=1/0"])
    book.save(tmp_path / "own.xlsx")
    found = inspect_file(tmp_path / "own.xlsx", asked.questionnaires, asked.content_hash)
    assert (found["response"], found["importable"]) == (None, False)
    assert [(problem["severity"], problem["place"]) for problem in found["problems"]] == [
        ("note", ""),
        ("warning", "Sheet!B2"),
    ]


def test_a_zip_lists_what_each_workbook_in_it_would_give(asked: Any, filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(filled, "a.xlsx")
        archive.writestr("photo.xlsx", b"\x89PNG")
        archive.writestr("readme.txt", b"hello")
    found = json.loads(json.dumps(inspect_file(path, asked.questionnaires, asked.content_hash)))
    good, bad = found["files"]
    assert (good["file"]["name"], good["importable"], good["response"]["answered"]) == ("many.zip: a.xlsx", True, 12)
    assert bad["file"]["name"] == "many.zip: photo.xlsx"
    assert "picture" in bad["refused"]
    assert "readme.txt" in found["problems"][0]["message"]
    assert found["importable"] is False


def test_a_foreign_workbook_shows_its_header_and_every_row(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Vendor questionnaire 2026"])
    sheet.append([])
    sheet.append(["ID", "Question", "Answer", "Comments"])
    sheet.append(["A-1", "Do you encrypt?", "Yes", "=1/0"])
    sheet.append(["A-2", "Do you store data?", "NA"])
    book.create_sheet("Empty")
    book.create_sheet("Secret").sheet_state = "hidden"
    book.save(tmp_path / "own.xlsx")
    found = json.loads(json.dumps(inspect_file(tmp_path / "own.xlsx")))
    first, empty, secret = found["sheets"]
    assert first["header"] == {"row": 3, "rows": [3]}
    assert (first["questions"], first["answered"]) == (2, 2)
    assert first["roles"] == {"id": "A", "question": "B", "answer": "C", "comment": "D"}
    assert [[cell["text"] for cell in row["cells"]] for row in first["rows"]] == [
        ["A-1", "Do you encrypt?", "Yes", ""],
        ["A-2", "Do you store data?", "NA"],
    ]
    assert first["rows"][0]["cells"][3] == {
        "cell": "D4",
        "role": "comment",
        "kind": "blank",
        "text": "",
        "formula": "=1/0",
    }
    assert (empty["status"], empty["why"]) == ("skipped", "it is empty")
    assert secret["visibility"] == "hidden"
    assert [problem["place"] for problem in found["problems"]] == ["Sheet!D4"]


def test_a_refused_file_says_why(tmp_path: Path) -> None:
    path = tmp_path / "photo.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(Refused, match="picture"):
        inspect_file(path)
    with pytest.raises(Refused, match="could not be opened"):
        inspect_file(tmp_path / "gone.xlsx")


def test_every_real_questionnaire_can_be_inspected(shared: Path) -> None:
    rows = {}
    for path in sorted((shared / "workbooks" / "questionnaires").glob("*.xls[xm]")):
        try:
            rows[path.name] = sum(len(sheet["rows"]) for sheet in inspect_file(path)["sheets"])
        except Refused as refused:
            assert "lock file" in str(refused)
    assert rows["Whitepact__CAIQv4.0.3-completed.xlsx"] > 260
    assert rows["OpenDSA__HECVAT3-filled-2022.xlsx"] > 253
