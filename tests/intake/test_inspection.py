"""What an import would see, for any workbook."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from ii_vendor.intake import Refused, inspect_file


def test_our_workbook_shows_roles_keys_and_answers_with_their_addresses(filled: Path) -> None:
    found = inspect_file(filled)
    sheet = next(sheet for sheet in found["sheets"] if sheet["name"] == "Six critical questions")
    assert (sheet["status"], sheet["layout"], sheet["header"]) == ("read", "response workbook", {"row": 7})
    assert sheet["roles"]["answer"] == "E"
    first = sheet["rows"][0]
    assert first["key"] == "Q1"
    (answer,) = [cell for cell in first["cells"] if cell["role"] == "answer"]
    assert answer["cell"] == "E8"
    assert answer["text"].startswith("Operations run on.")
    assert found["problems"] == []


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
    assert first["header"] == {"row": 3}
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
