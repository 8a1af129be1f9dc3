"""A workbook made from an older version of the questions: what changed is named, and answers go where they belong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ii_vendor.model.questionnaire import Question
from ii_vendor.model.response import Answer, Cell

SIX = "Six critical questions"
FLOWS = "Data Exchange Agreement"
Change = Callable[[Question], Question]
OLD_HASH = "f" * 64


def changed(asked: Any, **questions: Any) -> Any:
    """What was asked before: some questions differ, given as ``Q1={"text": ...}``; the same answers under old ids."""

    def older(question: Question) -> Question:
        return question.model_copy(update=questions.get(question.id.replace("-", "_"), {}))

    def section(each: Any) -> Any:
        return each.model_copy(update={"questions": tuple(older(question) for question in each.questions)})

    before = tuple(
        questionnaire.model_copy(update={"sections": tuple(section(each) for each in questionnaire.sections)})
        for questionnaire in asked.questionnaires
    )
    ids = {question.id for questionnaire in before for question in questionnaire.questions()}
    answers = {key: answer for key, answer in asked.answers.items() if key in ids}
    return replace(asked, questionnaires=before, content_hash=OLD_HASH, answers=answers)


def filled_then(before: Any, path: Path, **texts: str) -> Path:
    """The older workbook, filled with short answers by question id."""
    answers = {id_: Answer(question=id_, cells=(Cell(text=text),)) for id_, text in texts.items()}
    return before.write(path, prefill=answers)


def told(intake: Any, words: str) -> Any:
    found = [problem for problem in intake.problems if words in problem.message]
    assert len(found) == 1, [(p.severity, p.place, p.message) for p in intake.problems]
    return found[0]


def test_a_reworded_question_is_named_with_its_old_words_and_its_cell(asked: Any, tmp_path: Path) -> None:
    old = "Please tell how your product answers this in a plant that runs day and night for thirty days without you?"
    before = changed(asked, Q3={"text": old})
    (intake,) = asked.read(filled_then(before, tmp_path / "old.xlsx", Q2="Two", Q3="Three"))
    problem = told(intake, "Q3 was worded differently")
    assert (problem.severity, problem.place) == ("warning", f"{SIX}!C10")
    assert old in problem.message
    summary = told(intake, "another version of the questions")
    assert "16 read the same" in summary.message
    assert "worded differently: Q3" in summary.message
    assert intake.response.answer("Q3").text == "Three"


def test_spelling_alone_is_no_other_wording(asked: Any, tmp_path: Path) -> None:
    text = asked.questionnaires[0].sections[0].questions[2].text
    before = changed(asked, Q3={"text": text.replace("solution", "sollution").replace(":", " -")})
    (intake,) = asked.read(filled_then(before, tmp_path / "old.xlsx", Q3="Three"))
    assert "17 read the same" in told(intake, "another version of the questions").message
    assert not [problem for problem in intake.problems if "worded differently" in problem.message]


@pytest.mark.parametrize(
    ("then", "now"),
    [
        (
            "Is access possible with the internet alone?",
            "Is access possible without the internet alone?",
        ),
        ("Do you store data of the plant?", "Do you not store data of the plant?"),
        (
            "Can operators work without signing in to your servers?",
            "Can operators not work unless they sign in to your servers?",
        ),
    ],
)
def test_an_answer_to_the_opposite_question_is_told_and_keeps_its_question(
    asked: Any, tmp_path: Path, then: str, now: str
) -> None:
    wanted = changed(asked, Q2={"text": now})
    before = changed(asked, Q2={"text": then})
    (intake,) = wanted.read(
        filled_then(replace(before, content_hash="e" * 64), tmp_path / "old.xlsx", Q1="One", Q2="No")
    )
    problem = told(intake, "asked the opposite in")
    assert (problem.severity, problem.place) == ("warning", f"{SIX}!C9")
    assert then in problem.message
    assert intake.response.answer("Q2").text == f"Asked then: {then}: No"


def test_a_choice_given_to_the_opposite_question_is_not_taken_as_ours(asked: Any, tmp_path: Path) -> None:
    then = "Can the data of the plant be read without your software?"
    wanted = changed(asked, L1={"text": "Can the data of the plant not be read without your software?"})
    before = replace(changed(asked, L1={"text": then}), content_hash="e" * 64)
    answers = {"L1": Answer(question="L1", choice="Yes", cells=(Cell(text="All of it"),))}
    (intake,) = wanted.read(before.write(tmp_path / "old.xlsx", prefill=answers))
    assert told(intake, "asked the opposite in")
    answer = intake.response.answer("L1")
    assert answer.choice == ""
    assert [(cell.row, cell.text) for cell in answer.cells] == [
        (f"Asked then: {then}", "Yes"),
        (f"Asked then: {then}", "All of it"),
    ]


def test_a_number_that_asked_something_else_gives_no_answer_but_its_words_are_kept(asked: Any, tmp_path: Path) -> None:
    then = {"title": "Prices", "text": "What does a year of maintenance cost for each licence?"}
    (intake,) = asked.read(filled_then(changed(asked, Q4=then), tmp_path / "old.xlsx", Q1="One", Q4="900 euros"))
    problem = told(intake, "Q4 was another question")
    assert problem.severity == "warning"
    assert then["text"] in problem.message
    assert "900 euros" in problem.message
    assert not intake.response.answer("Q4").answered
    assert [(kept.place, kept.id, kept.question, kept.answer) for kept in intake.response.attachments] == [
        (f"{SIX}!11", "Q4", then["text"], "900 euros")
    ]


def test_renumbered_questions_are_found_by_their_words(asked: Any, tmp_path: Path) -> None:
    old = changed(asked, Q2={"id": "Q3"}, Q3={"id": "Q2"}, Q5={"id": "X5"})
    (intake,) = asked.read(filled_then(old, tmp_path / "old.xlsx", Q3="two", Q2="three", X5="five"))
    assert [intake.response.answer(id_).text for id_ in ("Q2", "Q3", "Q5")] == ["two", "three", "five"]
    assert told(intake, "Question Q2 had the number Q3").severity == "note"
    assert told(intake, "Question Q5 had the number X5").place == f"{SIX}!B12"


def test_a_question_that_moved_to_another_section_is_read_where_it_stood(asked: Any, tmp_path: Path) -> None:
    six, lock_in = asked.questionnaires[0].sections[0], asked.questionnaires[1].sections[0]
    moved = six.questions[5]
    before = replace(
        asked,
        content_hash=OLD_HASH,
        questionnaires=(
            with_questions(asked.questionnaires[0], six.questions[:5]),
            with_questions(asked.questionnaires[1], (*lock_in.questions, moved)),
            asked.questionnaires[2],
        ),
    )
    (intake,) = asked.read(filled_then(before, tmp_path / "old.xlsx", Q1="One", Q6="You own your data."))
    cell = intake.response.answer("Q6").cells[0]
    assert (cell.text, cell.address) == ("You own your data.", "Lock-in standards…!F10")
    assert told(intake, "Question Q6 stood in another section").place == "Lock-in standards…!B10"
    assert "17 read the same" in told(intake, "another version").message


def with_questions(questionnaire: Any, questions: tuple[Question, ...]) -> Any:
    section = questionnaire.sections[0].model_copy(update={"questions": questions})
    return questionnaire.model_copy(update={"sections": (section,)})


def test_a_question_that_is_not_asked_any_more_is_told_and_its_answer_kept(asked: Any, tmp_path: Path) -> None:
    now = replace(
        asked,
        content_hash="e" * 64,
        questionnaires=(
            with_questions(asked.questionnaires[0], asked.questionnaires[0].sections[0].questions[:5]),
            *asked.questionnaires[1:],
        ),
    )
    (intake,) = now.read(filled_then(asked, tmp_path / "old.xlsx", Q1="One", Q6="You own your data."))
    problem = told(intake, "Q6 is not asked any more")
    assert (problem.severity, problem.place) == ("warning", f"{SIX}!E13")
    assert [(kept.id, kept.answer) for kept in intake.response.attachments] == [("Q6", "You own your data.")]


def test_sections_of_other_questionnaires_are_kept_beside_the_response(asked: Any, filled: Path) -> None:
    now = replace(asked, content_hash="e" * 64, questionnaires=asked.questionnaires[:1])
    (intake,) = now.read(filled)
    assert intake.response.answer("Q1").answered
    assert {kept.id for kept in intake.response.attachments} == {
        "L1",
        "L2",
        "SLA-1",
        *(f"DEA-{n}" for n in range(1, 7)),
    }
    flow = next(kept for kept in intake.response.attachments if kept.id == "DEA-1")
    assert flow.answer == "Historian copy: tags FT-101..FT-101\nAlarm mail: alarms 1"
    assert flow.evidence == "Annex B"
    assert told(intake, "answers to 6 questions are kept").sheet == FLOWS


def test_a_workbook_for_other_questionnaires_alone_names_its_sections(asked: Any, filled: Path) -> None:
    book = openpyxl.load_workbook(filled, rich_text=True)
    book.remove(book[SIX])
    book.save(filled)
    now = replace(asked, content_hash="e" * 64, questionnaires=asked.questionnaires[:1])
    (intake,) = now.read(filled)
    problem = told(intake, "none of its sections is asked")
    assert problem.severity == "error"
    assert FLOWS in problem.message


def test_a_questionnaire_that_got_another_name_is_found_by_its_questions(asked: Any, filled: Path) -> None:
    before = asked.read(filled)[0].response
    renamed = tuple(each.model_copy(update={"id": f"{each.id}_2"}) for each in asked.questionnaires)
    (intake,) = replace(asked, content_hash="e" * 64, questionnaires=renamed).read(filled)
    assert [a.text for a in intake.response.answers] == [a.text for a in before.answers]


def test_columns_of_a_table_are_compared_with_the_questions_asked_now(asked: Any, tmp_path: Path) -> None:
    before = changed(
        asked,
        DEA_2={"id": "DEA-3"},
        DEA_3={"id": "DEA-2"},
        DEA_5={"title": "Price", "text": "What does the flow cost in a year?"},
    )
    texts = {"DEA-3": "format", "DEA-2": "frequency", "DEA-5": "12 euros"}
    answers = {id_: Answer(question=id_, cells=(Cell(text=text, row="Copy"),)) for id_, text in texts.items()}
    (intake,) = asked.read(before.write(tmp_path / "old.xlsx", prefill=answers))
    assert [cell.text for cell in intake.response.answer("DEA-2").cells] == ["format"]
    assert [cell.text for cell in intake.response.answer("DEA-3").cells] == ["frequency"]
    assert told(intake, "Question DEA-2 had the number DEA-3").sheet == FLOWS
    assert told(intake, "DEA-5 was another question").place == f"{FLOWS}!H8"
    assert not intake.response.answer("DEA-5").answered
    assert [kept.answer for kept in intake.response.attachments] == ["Copy: 12 euros"]
