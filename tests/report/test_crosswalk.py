"""A filled standard questionnaire beside our questions is told in words, as HTML and as JSON."""

from __future__ import annotations

import json
import re

import pytest

from ii_vendor.intake.foreign.standards_reading import StandardReading, standard_reading
from ii_vendor.library import load_shared
from ii_vendor.model.workbook import ReadAnswer, ReadRow, WorkbookLayout
from ii_vendor.report.crosswalk import reading_dict, reading_lines, summary, table_dict, table_lines
from ii_vendor.report.crosswalk_html import standard_html

LIBRARY = load_shared()
QUESTIONS = LIBRARY.content().questions
HOSTILE = '<img src=x onerror="alert(1)">'


def read(*answers: ReadAnswer, question: str = "Who has ownership of the data?") -> StandardReading:
    ids = ["DATA-09", "FIDP-06", "QUAL-01", "BCPL-01", "DRPL-01"]
    rows = [ReadRow(sheet="Full", row=n, id=id, question="") for n, id in enumerate(ids, start=7)]
    rows[0] = rows[0].model_copy(update={"question": question, "answers": answers})
    rows[1] = rows[1].model_copy(update={"answers": (ReadAnswer(answer="NA", cells={"answer": "C8"}),)})
    layout = WorkbookLayout(fingerprint="-", sheets=(), rows=tuple(rows))
    return standard_reading(layout, LIBRARY.crosswalks, LIBRARY.content().questionnaires)


@pytest.fixture
def reading():
    """A HECVAT with one answer to ownership of data and one, "NA", on intrusion detection."""
    return read(ReadAnswer(answer="Yes", comment="See contract,\nannex 3", cells={"answer": "C7", "comment": "D7"}))


def test_the_summary_says_which_standard_and_how_many_of_our_questions(reading):
    assert summary(reading) == (
        "This looks like HECVAT 3 (Full). It answers a part of 2 of our 39 questions, and none as a whole. "
        "On 1 more it says something on the same subject, and on 36 nothing."
    )


def test_the_lines_name_clause_words_and_cells(reading):
    text = "\n".join(reading_lines(reading))
    assert "Q6 Data ownership\n  DATA-09 (part of an answer): Who has ownership of the data?\n" in text
    assert "    Full!C7, D7: “Yes” – “See contract, annex 3”" in text
    assert "Q2 Where enforcement happens\n  FIDP-06 (the same subject only): host-based intrusion detection" in text
    assert "    Full!C8: “NA”" in text
    opened = re.search(r"^Open: (.*)\.$", text, re.M).group(1)
    assert opened.count(", ") >= 35
    assert "Q1 Operation without your infrastructure" in opened
    assert "Q6" not in opened


def test_answers_of_vendors_side_by_side_carry_their_names():
    text = "\n".join(reading_lines(read(ReadAnswer(vendor="Halden", answer="Yes"), ReadAnswer(vendor="Orbis"))))
    assert "Full, row 7: Halden: “Yes”" in text
    assert "Orbis" not in text


def test_the_html_shows_the_same_and_runs_nothing():
    html = standard_html(read(ReadAnswer(vendor=HOSTILE, answer=HOSTILE, comment="a & b"), question=f"Data? {HOSTILE}"))
    assert "<img" not in html
    assert html.count("&lt;img") == 2 * 3
    assert "a &amp; b" in html
    assert "This looks like HECVAT 3 (Full)" in html
    assert html.count("<details>") == html.count("</details>") == 3


def test_an_answer_whose_question_is_about_something_else_is_left_out():
    assert "Q6" in "".join(read(ReadAnswer(answer="Yes"), question="Do you run a cafeteria?").open)


def test_the_json_has_every_question_with_its_answers(reading):
    found = json.loads(json.dumps(reading_dict(reading)))
    assert found["standard"]["id"] == "hecvat_3"
    assert found["in_part"] == ["Q6", "DEA-5"]
    assert found["near"] == ["Q2"]
    assert [each["id"] for each in found["questions"]] == list(QUESTIONS)
    (clause,) = next(each for each in found["questions"] if each["id"] == "Q6")["clauses"]
    assert (clause["clause"], clause["relation"], clause["sheet"], clause["row"]) == ("DATA-09", "part", "Full", 7)
    assert clause["answers"][0]["cells"] == {"answer": "C7", "comment": "D7"}


def test_no_standard_is_told_as_none():
    assert reading_dict(None) == {"standard": None}


def test_the_table_names_the_clauses_of_each_question_and_marks_what_was_not_looked_up():
    lines = list(table_lines(LIBRARY.crosswalks, QUESTIONS))
    at = lines.index("Q1 Operation without your infrastructure")
    block = lines[at + 1 : lines.index("Q2 Where enforcement happens")]
    assert any(line.startswith("  MDS2 (2019): ") and "CONN-6" in line for line in block)
    assert "  IEC 62443-3-3: (clause 4.2), SR 5.2 RE 2, (SR 5.2 RE 3), (SR 7.1), (SR 7.3), (SR 7.4), (SR 7.5)" in block
    assert any("R1.2.6*" in line for line in lines)
    assert [line.split()[0] for line in lines if not line.startswith((" ", "In "))] == list(QUESTIONS)


def test_the_table_as_json_says_the_same():
    found = table_dict(LIBRARY.crosswalks, QUESTIONS)
    assert {each["id"] for each in found["standards"]} == {each.id for each in LIBRARY.crosswalks}
    assert all(each["clauses"] for each in found["questions"])
