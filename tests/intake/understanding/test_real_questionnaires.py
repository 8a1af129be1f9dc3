"""Questionnaires that somebody really sends out or filled in, read as a person reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from ii_vendor.intake.raw import raw_workbook
from ii_vendor.intake.sandbox import Sandbox
from ii_vendor.intake.understanding import understand
from ii_vendor.model.workbook import ReadRow, WorkbookLayout


class Expected(NamedTuple):
    """Counted by looking at the file. ``rows`` by key: the id, how the question begins, the answer and its cell."""

    questions: int
    answered: int
    rows: dict[str, tuple[str, str, str, str]]
    read: tuple[str, ...] = ()


FILES = {
    # 243 items of a review list; each has the status that it was made with, or another.
    "AzureReview__alz_checklist.en.xlsx": Expected(243, 243, {}, ("Checklist",)),
    # The same list as a macro workbook that has not loaded its items yet.
    "AzureReview__review_checklist.xlsm": Expected(0, 0, {}),
    # 182 requirements, nothing filled in.
    "OWASPasvs__Checklist-3.0.1.xlsx": Expected(
        182,
        0,
        {
            "ASVS 3.0.1 Detail Requirements!3": (
                "1.1",
                "Verify that all application components are identified",
                "",
                "G3",
            )
        },
        ("ASVS 3.0.1 Detail Requirements",),
    ),
    # A list of requirements with three empty columns for the level that each is meant for.
    "OWASPasvs__V02-Authentication.xlsx": Expected(21, 0, {"V2!2": ("V2.1", "Verify all pages", "", "")}, ("V2",)),
    # 77 questions in 12 practices, each under a header of its own, with guidance in rows beneath.
    "OWASPsamm__SAMM-v1.5-example-filled.xlsx": Expected(
        77,
        77,
        {
            "Interview!18": (
                "",
                "Is there a software security assurance program",
                "Yes, it's less than a year old",
                "E18",
            ),
            "Interview!62": ("", "Do project stakeholders know", "Yes, a small percentage are/do", "E62"),
        },
        ("Interview",),
    ),
    # A written policy in German; it asks nothing.
    "OpenChain__policy-template-2.0-de.ods": Expected(0, 0, {}),
    # 27 numbered questions (one cell holds 4.b and 4.c) beside a policy text that may be taken over; nobody answers.
    "OpenChain__policy-template-ISO5230.xlsx": Expected(
        27,
        0,
        {"Policy Mapping!24": ("1.a", "Do you have a documented policy that governs", "", "")},
        ("Policy Mapping",),
    ),
    # 33 lines on 16 points, scored for one tool; the columns of nine others have no name. Two lines sum up.
    "OpenChain__tooling-comparisons.xlsx": Expected(
        33,
        33,
        {"Sheet1!12": ("2", "Is unknown new license segregated via tool?", "1", "E12")},
        ("Sheet1",),
    ),
    "TrustDeck__acme-demo-completed.xlsx": Expected(15, 15, {}, ("Security Questionnaire",)),
    # 253 ids of four letters, and IH-01 to IH-04. DATA-11 has a comment and no answer.
    "OpenDSA__HECVAT3-filled-2022.xlsx": Expected(
        257,
        181,
        {
            "HECVAT - Full!3": ("DATE-01", "Date", "2022-08-30", "C3"),
            "HECVAT - Full!7": ("GNRL-01", "Vendor Name", "Virginia Tech Department of Computer Science", "C7"),
            "HECVAT - Full!29": ("QUAL-04", "Do you have a well documented Disaster Recovery", "Yes", "C29"),
            "HECVAT - Full!46": ("DOCU-07", "Does your organization have a data privacy policy", "Yes", "C46"),
        },
        ("HECVAT - Full",),
    ),
    "Whitepact__CAIQv4.0.3-completed.xlsx": Expected(
        261,
        261,
        {"CAIQv4.0.3!4": ("A&A-01.2", "Are audit and assurance policies", "No", "C4")},
        ("CAIQv4.0.3",),
    ),
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


@pytest.fixture(scope="module")
def read(sandbox: Sandbox, shared: Path) -> dict[str, WorkbookLayout]:
    folder = shared / "workbooks" / "questionnaires"
    return {name: understand(raw_workbook(sandbox.read(folder / name))) for name in FILES}


def begin(row: ReadRow, expected: tuple[str, str, str, str]) -> None:
    id_, question, answer, cell = expected
    assert (row.id, row.question[: len(question)]) == (id_, question)
    said = row.answers[0] if row.answers else None
    assert (said.answer if said else "", said.cells.get("answer", "") if said else "") == (answer, cell)


@pytest.mark.parametrize("name", FILES)
def test_every_question_and_answer_is_found_where_it_stands(read: dict[str, WorkbookLayout], name: str) -> None:
    layout, expected = read[name], FILES[name]
    assert (len(layout.rows), sum(row.answered for row in layout.rows)) == (expected.questions, expected.answered)
    assert tuple(sheet.name for sheet in layout.sheets if sheet.status == "read") == expected.read
    assert all(sheet.why for sheet in layout.sheets if sheet.status == "skipped")
    by_key = {row.key: row for row in layout.rows}
    for key, row in expected.rows.items():
        begin(by_key[key], row)


def test_na_stays_an_answer(read: dict[str, WorkbookLayout]) -> None:
    rows = read["Whitepact__CAIQv4.0.3-completed.xlsx"].rows
    assert sum(row.answers[0].answer == "NA" for row in rows) == 32


def test_the_count_by_ids_of_four_letters_and_words_alone(read: dict[str, WorkbookLayout]) -> None:
    """253 and 175, as this file is often counted: without IH-01 to IH-04, the date, and a comment without an answer."""
    rows = [row for row in read["OpenDSA__HECVAT3-filled-2022.xlsx"].rows if re.fullmatch(r"[A-Z]{4}-[0-9]{2}", row.id)]
    words = [row.answers[0].answer for row in rows if row.id != "DATE-01"]
    assert (len(rows), sum(bool(answer.strip()) for answer in words)) == (253, 175)


def test_sections_and_comments_come_with_the_answers(read: dict[str, WorkbookLayout]) -> None:
    hecvat = {row.id: row for row in read["OpenDSA__HECVAT3-filled-2022.xlsx"].rows}
    assert hecvat["DOCU-07"].section == "Documentation"
    assert hecvat["DOCU-07"].answers[0].comment.startswith("https://opendsa.readthedocs.io")
    samm = {row.key: row for row in read["OWASPsamm__SAMM-v1.5-example-filled.xlsx"].rows}
    assert samm["Interview!62"].section == "Governance / Policy & Compliance / PC1"
    assert "Project stakeholders review" in samm["Interview!62"].guidance
