"""Answers of a workbook in another layout stand under our questions, each with the words that it was given to."""

from __future__ import annotations

import pytest

from ii_vendor.intake.foreign.respond import respond
from ii_vendor.model.questionnaire import Question, Questionnaire, Section
from ii_vendor.model.response import Attachment, Problem, Response, SourceFile
from ii_vendor.model.workbook import Match, MatchedBy, ReadAnswer, ReadRow, SheetLayout, WorkbookLayout

FILE = SourceFile(name="theirs.xlsx", sha256="0" * 64, size=9)
OURS = Questionnaire(
    id="ours",
    title="Ours",
    version="1",
    purpose="To test.",
    sections=(
        Section(
            id="all",
            title="All",
            questions=(
                Question(id="Q1", title="Alone", text="Does it run alone?", guidance="Say.", evidence=("test",)),
                Question(id="Q2", title="Data", text="Who owns the data?", guidance="Say.", evidence=("test",)),
                Question(
                    id="L1",
                    title="Open",
                    text="Is it open?",
                    guidance="Say.",
                    evidence=("list",),
                    kind="choice",
                    options=("Yes", "No"),
                ),
            ),
        ),
    ),
)


def row(number: int, question: str, answer: str = "", **more: str) -> ReadRow:
    parts = {"answer": answer, "comment": more.pop("comment", ""), "evidence": more.pop("evidence", "")}
    cells = {part: f"{letter}{number}" for part, letter in zip(parts, "CDE", strict=True)}
    said = ReadAnswer(vendor=more.pop("vendor", ""), cells=cells, **parts)
    return ReadRow(sheet="S", row=number, id=f"S-{number}", question=question, answers=(said,), **more)


def match(number: int, question: str, by: MatchedBy = "alias", *, negated: bool = False) -> Match:
    return Match(row=f"S!{number}", question=question, by=by, negated=negated)


def carried(
    *rows: ReadRow, matches: tuple[Match, ...], whose: str = "", problems: tuple[Problem, ...] = ()
) -> Response:
    sheets = (SheetLayout(name="S", status="read"),)
    layout = WorkbookLayout(fingerprint="f", sheets=sheets, rows=rows, problems=problems)
    return respond(layout, matches, (OURS,), FILE, "Halden", whose=whose)


def test_several_of_their_rows_answer_one_of_ours_each_under_its_own_question():
    response = carried(
        row(7, "Does it run without you?", "Yes", comment="For years.", evidence="Test report"),
        row(9, "Without a  network?", "Yes", evidence="Test report"),
        matches=(match(9, "Q1"), match(7, "Q1")),
    )
    answer = response.answer("Q1")
    assert [(cell.row, cell.column, cell.text, cell.address) for cell in answer.cells] == [
        ("S-7 Does it run without you?", "", "Yes", "S!C7"),
        ("S-7 Does it run without you?", "Comment", "For years.", "S!D7"),
        ("S-9 Without a network?", "", "Yes", "S!C9"),
    ]
    assert answer.evidence == "Test report"


def test_one_of_their_rows_may_answer_several_of_ours():
    response = carried(row(7, "All of it?", "Yes"), matches=(match(7, "Q1", "clause"), match(7, "Q2", "clause")))
    assert [response.answer(each).text for each in ("Q1", "Q2")] == ["S-7 All of it?: Yes"] * 2
    assert response.carried is not None
    assert (response.carried.rows, response.carried.matched) == (1, {"clause": 1})


def test_a_no_to_the_opposite_question_cannot_be_read_as_a_no_to_ours():
    response = carried(row(7, "Is it not open?", "No"), matches=(match(7, "L1", negated=True),))
    answer = response.answer("L1")
    assert answer.choice == ""
    assert answer.text == "S-7 Is it not open? (asks the opposite of our question: a yes there is a no here): No"


@pytest.mark.parametrize(
    ("answer", "by", "choice"),
    [("Yes", "alias", "Yes"), (" No ", "person", "No"), ("yes", "alias", ""), ("Yes", "clause", "")],
)
def test_a_choice_is_taken_where_their_answer_is_exactly_an_option_to_the_same_question(answer, by, choice):
    response = carried(row(7, "Is it open?", answer), matches=(match(7, "L1", by),))
    assert response.answer("L1").choice == choice
    assert response.answer("L1").cells[0].text == answer


def test_no_choice_is_taken_from_two_rows():
    response = carried(row(7, "Open?", "Yes"), row(8, "Open too?", "Yes"), matches=(match(7, "L1"), match(8, "L1")))
    assert response.answer("L1").choice == ""


def test_what_belongs_to_none_of_ours_is_kept_beside_to_the_letter():
    rows = (
        row(7, "Insured?", " Yes\n", comment="10 m", section="Firm", evidence="Policy.pdf"),
        row(8, "Where?"),
        row(9, "Not asked here?", "No"),
    )
    response = carried(*rows, matches=(match(9, "Q99"),))
    assert response.attachments[0] == Attachment(
        place="S!7",
        id="S-7",
        section="Firm",
        question="Insured?",
        answer=" Yes\n",
        comment="10 m",
        evidence="Policy.pdf",
    )
    assert [(each.place, each.answered) for each in response.attachments] == [
        ("S!7", True),
        ("S!8", False),
        ("S!9", True),
    ]
    assert not any(answer.answered for answer in response.answers)


def test_only_the_columns_of_one_of_several_vendors_are_taken():
    both = row(7, "Alone?").model_copy(
        update={"answers": (ReadAnswer(vendor="Halden", answer="Yes"), ReadAnswer(vendor="Tidelark", answer="No"))}
    )
    response = carried(both, row(8, "Insured?", "Sure", vendor="Halden"), matches=(match(7, "Q1"),), whose="Tidelark")
    assert [cell.text for cell in response.answer("Q1").cells] == ["No"]
    assert response.attachments[0].answer == ""


def test_every_question_of_ours_has_its_place_and_those_left_open_are_named():
    note = Problem(severity="note", message="Row 3 is hidden.")
    response = carried(row(7, "Alone?", "Yes"), matches=(match(7, "Q1"),), problems=(note,))
    assert [answer.question for answer in response.answers] == ["Q1", "Q2", "L1"]
    assert response.problems[0] == note
    assert "2 of our 3 questions have no answer in this workbook: Q2, L1." in response.problems[1].message


def test_a_response_to_our_own_workbook_is_written_as_it_was_before_there_were_others():
    response = Response(vendor="Halden", answers=(), file=FILE)
    assert "attachments" not in response.model_dump()
    assert "carried" not in response.model_dump()
    assert Response.model_validate(carried(row(7, "A?", "B"), matches=()).model_dump(mode="json")).attachments
