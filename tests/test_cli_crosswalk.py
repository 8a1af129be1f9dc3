"""`ii-vendor crosswalk`: a filled standard questionnaire beside our questions."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from openpyxl import Workbook

HECVAT_LIKE = [
    ("Higher Vendor Assessment - Full", "", "", ""),
    ("Qualifiers", "", "Vendor Answers", "Additional Information"),
    ("QUAL-01", "Will health information be processed?", "No", ""),
    ("QUAL-03", "Is there a business continuity plan that you test every year?", "Yes", "Tested in March"),
    ("Business continuity", "", "Vendor Answers", "Additional Information"),
    ("BCPL-02", "Does the plan hold an escalation plan for clients?", "Yes", "Two steps"),
    ("BCPL-05", "Are crisis management roles written down?", "NA", ""),
    ("Data", "", "Vendor Answers", "Additional Information"),
    ("DATA-06", "Will you return and delete data when the contract ends?", "Yes", "Within 30 days"),
    ("DATA-09", "Does the institution keep ownership rights to its data?", "Yes", "Contract, clause 9"),
    ("DRPL-07", "Is there an escalation plan in the recovery plan?", "", ""),
]


def ran(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ii_vendor", "crosswalk", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).resolve().parents[1])


def book(path: Path, rows: Iterable[tuple[str, ...]]) -> Path:
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.save(path)
    return path


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A workbook laid out like a HECVAT: a header a section, answers and additional information."""
    return book(tmp_path_factory.mktemp("filled") / "hecvat.xlsx", HECVAT_LIKE)


def test_a_filled_standard_shows_which_questions_it_answers_with_which_words(filled):
    done = ran(filled)
    assert done.returncode == 0, done.stderr
    assert "This looks like HECVAT 3 (Full). It answers a part of 4 of our 39 questions" in done.stdout
    ours = done.stdout.split("\nQ6 Data ownership\n")[1].split("\n\n")[0]
    assert "DATA-09 (part of an answer): Does the institution keep ownership rights to its data?" in ours
    assert "!C10, D10: “Yes” – “Contract, clause 9”" in ours
    assert "\nOpen: Q1 Operation without your infrastructure, " in done.stdout


def test_the_same_as_json(filled):
    found = json.loads(ran(filled, "--json").stdout)
    assert found["file"] == "hecvat.xlsx"
    assert found["standard"]["title"] == "HECVAT 3 (Full)"
    assert found["in_part"] == ["Q6", "L4", "DEA-5", "SLA-3"]
    assert "Q1" in found["open"]
    (escalation,) = [each for each in found["questions"] if each["id"] == "SLA-3"]
    assert [(each["clause"], each["answered"]) for each in escalation["clauses"]] == [
        ("BCPL-02", True),
        ("DRPL-07", False),
    ]


def test_another_questionnaire_is_told_to_be_none(tmp_path):
    other = book(tmp_path / "own.xlsx", [("No", "Question", "Answer"), ("1", "Do you encrypt data?", "Yes")])
    assert "none of the standard questionnaires" in ran(other).stdout
    assert json.loads(ran(other, "--json").stdout) == {"file": "own.xlsx", "standard": None}


def test_a_file_that_is_no_workbook_is_refused_in_words(tmp_path):
    note = tmp_path / "note.xlsx"
    note.write_text("hello", "utf-8")
    done = ran(note)
    assert done.returncode == 2
    assert done.stderr.startswith(str(note))
    assert "Traceback" not in done.stderr


def test_without_a_file_the_clauses_of_each_question_are_listed():
    done = ran()
    assert done.returncode == 0
    assert "Q6 Data ownership\n" in done.stdout
    assert "DATA-09" in done.stdout
    assert len(json.loads(ran("--json").stdout)["questions"]) == 39
