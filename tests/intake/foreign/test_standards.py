"""Standard questionnaires are recognised, and say which of our questions they answer a part of."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from ii_vendor.intake.foreign.matching import match_questions
from ii_vendor.intake.foreign.standards import recognise
from ii_vendor.intake.foreign.standards_reading import standard_reading
from ii_vendor.library import load_shared
from ii_vendor.model.workbook import ReadAnswer, ReadRow, WorkbookLayout

LIBRARY = load_shared()
ASKED = tuple(LIBRARY.questionnaires[key] for key in LIBRARY.default_questionnaires)
STANDARDS = {each.id: each for each in LIBRARY.crosswalks}
REAL = Path(__file__).resolve().parents[3].parent / "shared" / "workbooks" / "questionnaires"

HECVAT_3 = ["QUAL-01", "BCPL-02", "DATA-06", "DATA-09", "DRPL-01", "FIDP-06", "GNRL-01", "VULN-02"]
HECVAT_4 = ["REQU-07", "OPEM-04", "DATA-20", "DATA-09", "HFIH-01", "GNRL-01", "VULN-02"]
CAIQ_4 = ["A&A-01.1", "CEK-01.1", "DSP-06.1", "IPY-04.1", "LOG-01.1", "UEM-01.1", "BCR-01.1"]
CAIQ_3_1 = ["AAC-01.1", "BCR-11.6", "DSI-07.2", "IPY-03.3", "MOS-01.1", "GRM-01.1", "EKM-01.1"]
CAIQ_3_0_1 = ["AAC-01.1", "BCR-07.5", "DSI-02.1", "IPY-03.2", "MOS-01.1", "GRM-01.1", "EKM-01.1"]
SR = ["SR 1.1", "SR 5.2 RE 2", "SR 6.2", "SR 7.1", "SR 7.4", "SR 7.8"]
SP = ["SP.03.04", "SP.07.01", "SP.08.01 RE(1)", "SP.12.02", "SP.12.05"]
CR = ["CCSC 1", "CR 1.1", "CR 2.5", "CR 7.1", "CR 7.3", "EDR 3.12"]
SG = ["SG-1", "SG-3", "SM-1", "SUM-5", "DM-1"]
NERC = ["R1.1", "R1.2.1", "R1.2.2", "R1.2.5", "R1.2.6"]
MDS2 = ["CONN-6", "CSUP-2.2", "EMRG-1", "MLDP-2", "PAUT-2", "SGUD-1"]
CISA = ["Configuration Management", "2. Logging in the Baseline Product", "Open standards", "Ownership"]
CISA += ["Element 5: Protection of Data", "Secure by Default", "Strong Authentication", "Threat Modeling"]


def layout(rows: Iterable[tuple[str, str, str, str]]) -> WorkbookLayout:
    """Rows of id, section, question and answer, from row 2 on."""
    return WorkbookLayout(
        fingerprint="-",
        sheets=(),
        rows=tuple(
            ReadRow(
                sheet="Answers",
                row=number,
                id=id,
                section=section,
                question=question,
                answers=(ReadAnswer(answer=answer, cells={"answer": f"C{number}"}),),
            )
            for number, (id, section, question, answer) in enumerate(rows, start=2)
        ),
    )


def of_ids(ids: Iterable[str], answer: str = "Yes") -> WorkbookLayout:
    return layout((id, "", "", answer) for id in ids)


@pytest.mark.parametrize(
    ("ids", "standard"),
    [
        (HECVAT_3, "hecvat_3"),
        (HECVAT_4, "hecvat_4"),
        (CAIQ_4, "caiq_4"),
        (CAIQ_3_1, "caiq_3_1"),
        (CAIQ_3_0_1, "caiq_3_0_1"),
        (SR, "iec_62443_3_3"),
        (SP, "iec_62443_2_4"),
        (CR, "iec_62443_4_2"),
        (SG, "iec_62443_4_1"),
        (NERC, "nerc_cip_013"),
        (MDS2, "mds2"),
        ([id.lower() for id in CAIQ_4], "caiq_4"),
        ([f"IEC 62443-3-3 {id.replace(' RE 2', ' RE(2)')}" for id in SR], "iec_62443_3_3"),
        ([f"CIP-013-2 {id}" for id in NERC], "nerc_cip_013"),
    ],
)
def test_a_standard_is_recognised_by_its_ids(ids, standard):
    found = recognise(of_ids(ids), LIBRARY.crosswalks)
    assert found is not None
    assert found.crosswalk.id == standard
    assert found.known == len(ids)


def test_ids_that_stand_before_their_questions_are_found():
    found = recognise(layout(("", "", f"{id}: Is it so?", "Yes") for id in CAIQ_4), LIBRARY.crosswalks)
    assert found is not None
    assert found.crosswalk.id == "caiq_4"


def test_a_list_by_cisas_elements_is_recognised_by_its_headings():
    rows = [("", title, "Is the product able to do it?", "Yes") for title in CISA]
    found = recognise(layout(rows), LIBRARY.crosswalks)
    assert found is not None
    assert found.crosswalk.id == "cisa_secure_by_demand_ot"
    assert [clause.id for clause in found.rows.values()] == ["1", "2", "3", "4", "5", "6", "9", "10"]


def test_headings_may_stand_in_the_questions_themselves():
    rows = [(str(number), "", f"{title.split('. ')[-1]}: how?", "So.") for number, title in enumerate(CISA, start=1)]
    assert recognise(layout(rows), LIBRARY.crosswalks).crosswalk.id == "cisa_secure_by_demand_ot"


@pytest.mark.parametrize(
    "rows",
    [
        [(f"Q{n}", "", "Do you encrypt data?", "Yes") for n in range(1, 40)],
        [("DATA-09", "", "Who owns the data?", "You")],
        [(id, "", "?", "Yes") for id in HECVAT_3[2:4] * 9],
        [*((id, "", "?", "Yes") for id in CAIQ_4), *((f"X-{n}", "", "?", "Yes") for n in range(20))],
        [("", "", "Do you have strong authentication, and who has ownership of open standards?", "Yes")] * 9,
        [("", title, "?", "") for title in CISA[:4]],
        [],
    ],
)
def test_what_is_no_standard_questionnaire_is_taken_for_none(rows):
    assert recognise(layout(rows), LIBRARY.crosswalks) is None


def test_an_id_that_asks_something_else_than_its_clause_relates_to_nothing():
    rows = [(id, "", "", "Yes") for id in HECVAT_3 if id != "DATA-09"]
    other = recognise(layout([*rows, ("DATA-09", "", "Do you run a cafeteria?", "Yes")]), LIBRARY.crosswalks)
    same = recognise(layout([*rows, ("DATA-09", "", "Who has ownership of metadata?", "You")]), LIBRARY.crosswalks)
    assert "Answers!9" not in other.rows
    assert same.rows["Answers!9"].id == "DATA-09"


def test_rows_of_a_standard_are_matched_by_clause_with_what_they_answer_in_part():
    found = match_questions(of_ids(CAIQ_4), ASKED, LIBRARY.crosswalks, {})
    by_clause = {(each.clause, each.question) for each in found}
    assert {each.by for each in found} == {"clause"}
    assert by_clause == {("DSP-06.1", "Q6"), ("DSP-06.1", "DEA-5"), ("IPY-04.1", "L4")}


def test_the_same_ids_in_a_workbook_that_is_no_standard_are_matched_by_nothing():
    rows = [("DATA-09", "", "Are ownership rights kept?", "Yes"), *((f"X-{n}", "", "Is it so?", "") for n in range(9))]
    found = match_questions(layout(rows), ASKED, LIBRARY.crosswalks, {})
    assert not [each for each in found if each.by == "clause"]


def test_what_is_answered_what_is_near_and_what_is_open_are_told_apart():
    reading = standard_reading(of_ids(HECVAT_3), LIBRARY.crosswalks, ASKED)
    assert reading.in_part == ("Q6", "L4", "DEA-5", "SLA-3")
    assert reading.near == ("Q2",)
    assert len(reading.open) == 39 - 5
    relations = [(touch.clause.id, touch.relation) for touch in reading.touches["Q6"]]
    assert relations == [("DATA-09", "part"), ("DATA-06", "near")]


def test_an_unanswered_questionnaire_leaves_all_of_ours_open():
    reading = standard_reading(of_ids(HECVAT_3, answer="  "), LIBRARY.crosswalks, ASKED)
    assert not reading.in_part
    assert not reading.near
    assert len(reading.open) == 39
    assert reading.touches["Q6"]


def test_a_clause_that_stands_on_two_sheets_is_told_where_it_is_answered():
    blank = of_ids(HECVAT_3, answer="").rows
    filled = [row.model_copy(update={"sheet": "Filled"}) for row in of_ids(HECVAT_3).rows]
    both = WorkbookLayout(fingerprint="-", sheets=(), rows=(*blank, *filled))
    reading = standard_reading(both, LIBRARY.crosswalks, ASKED)
    assert {touch.row.sheet for touches in reading.touches.values() for touch in touches} == {"Filled"}


def test_every_question_of_ours_names_clauses():
    named = {question for each in STANDARDS.values() for clause in each.clauses for question, _ in clause.relations}
    assert named == {question.id for each in ASKED for question in each.questions()}


@pytest.mark.parametrize(
    ("file", "standard", "known", "clauses", "answered"),
    [
        ("OpenDSA__HECVAT3-filled-2022.xlsx", "hecvat_3", 253, 74, {"Q6", "L4", "SLA-4", "DEA-5"}),
        ("Whitepact__CAIQv4.0.3-completed.xlsx", "caiq_4", 261, 47, {"Q6", "L4", "L1", "DEA-1", "SLA-2"}),
    ],
)
def test_real_filled_standards_are_recognised_with_every_clause(file, standard, known, clauses, answered):
    if not (REAL / file).is_file():
        pytest.skip("the real workbooks are not here")
    from ii_vendor.intake import read_question_list

    read = read_question_list(REAL / file)
    found = recognise(read, LIBRARY.crosswalks)
    assert found.crosswalk.id == standard
    assert found.known >= known
    assert len({clause.id for clause in found.rows.values()}) == clauses
    assert answered <= set(standard_reading(read, LIBRARY.crosswalks, ASKED).in_part)


@pytest.mark.parametrize("file", ["TrustDeck__acme-demo-completed.xlsx", "OWASPasvs__V02-Authentication.xlsx"])
def test_other_real_questionnaires_are_taken_for_no_standard(file):
    if not (REAL / file).is_file():
        pytest.skip("the real workbooks are not here")
    from ii_vendor.intake import read_question_list

    read = read_question_list(REAL / file)
    assert recognise(read, LIBRARY.crosswalks) is None
    assert not [each for each in match_questions(read, ASKED, LIBRARY.crosswalks, {}) if each.by != "similar"]
