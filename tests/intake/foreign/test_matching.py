"""Foreign questions find ours: surely by id or words, else as suggestions that say how alike they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ii_vendor.intake.foreign.matching import match_questions, signature
from ii_vendor.library import load_shared
from ii_vendor.model.workbook import ReadAnswer, ReadRow, WorkbookLayout

LIBRARY = load_shared()
ASKED = tuple(LIBRARY.questionnaires[key] for key in LIBRARY.default_questionnaires)
OURS = {question.id: question for each in ASKED for question in each.questions()}
REWRITES = yaml.safe_load(Path(__file__).with_name("rewrites.yaml").read_text("utf-8"))


def row(question: str, id: str = "", number: int = 2) -> ReadRow:
    return ReadRow(sheet="Questions", row=number, id=id, question=question, answers=(ReadAnswer(answer="Yes"),))


def layout(*rows: ReadRow) -> WorkbookLayout:
    return WorkbookLayout(fingerprint="-", sheets=(), rows=rows)


def matched(question: str, id: str = "", saved: dict[str, str] | None = None):
    return match_questions(layout(row(question, id)), ASKED, LIBRARY.crosswalks, saved or {})


def untouched() -> Iterator[tuple[str, str, bool]]:
    """The half of the rewrites that nobody looked at while the matching was made: question, text, opposite."""
    for number, (question, said) in enumerate(REWRITES.items()):
        yield question, said["same"][2], False
        if number % 2:
            yield question, said["same"][1], False
            yield question, said["opposite"], True


@pytest.mark.parametrize("question", OURS)
def test_our_words_are_known_whatever_their_case_number_and_spaces(question):
    for text in (OURS[question].text, f"  3.2) {OURS[question].text.upper()}\n", *OURS[question].aliases):
        assert [(each.question, each.by, each.negated) for each in matched(text)] == [(question, "alias", False)]


@pytest.mark.parametrize("question", OURS)
def test_our_id_counts_where_the_words_agree(question):
    changed = OURS[question].text.replace("What", "Please say what").rstrip("?") + ", and since when?"
    for id in (question, question.lower(), question.replace("-", " ")):
        (only,) = matched(changed, id)
        assert (only.question, only.by) == (question, "id")
        assert only.similarity > 0.4


@pytest.mark.parametrize("id", ["Q1", "L2", "M3", "R4", "DEA-1"])
def test_an_id_that_is_only_spelled_like_ours_is_doubtful(id):
    found = matched("Do you perform background checks on new hires?", id)
    assert [each.by for each in found] == ["similar"]
    assert found[0].similarity < 0.2


def test_an_id_over_no_words_at_all_is_doubtful_too():
    (only,) = matched("", "Q1")
    assert (only.question, only.by, only.similarity) == ("Q1", "similar", 0)


def test_the_id_of_one_question_over_the_words_of_another_yields_to_the_words():
    (only,) = matched(OURS["L4"].text, "Q2")
    assert (only.question, only.by) == ("L4", "alias")


def test_the_opposite_of_our_question_is_marked_even_under_our_id():
    (only,) = matched("Can operations not function without your infrastructure?", "Q1")
    assert (only.question, only.by, only.negated) == ("Q1", "id", True)


def test_what_a_person_decided_is_used_again():
    asked = row("Gehört uns unser Prozessabbild?", "F 7")
    again = row(" gehört uns UNSER Prozessabbild ", "f-7")
    (only,) = match_questions(layout(again), ASKED, (), {signature(asked): "Q6"})
    assert (only.question, only.by) == ("Q6", "saved")


def test_that_a_person_said_it_is_none_of_ours_is_used_again():
    text = REWRITES["Q6"]["same"][0]
    assert matched(text)
    assert not matched(text, saved={signature(row(text)): ""})


def test_a_saved_question_that_is_not_asked_now_is_passed_over():
    text = "Do you sell spare pumps?"
    assert not match_questions(layout(row(text)), ASKED[:1], (), {signature(row(text)): "GONE-1"})


def test_our_very_words_need_no_memory():
    (only,) = matched(OURS["Q2"].text, saved={signature(row(OURS["Q2"].text)): "Q5"})
    assert (only.question, only.by) == ("Q2", "alias")


def test_suggestions_stand_best_first_and_are_few():
    found = matched(REWRITES["R4"]["same"][1])
    assert 1 < len(found) <= 3
    assert {each.by for each in found} == {"similar"}
    assert [each.similarity for each in found] == sorted((each.similarity for each in found), reverse=True)


@pytest.mark.parametrize(
    "text", ["Company name", "Is parking available for visitors?", "Do you employ apprentices?", "Total", "42", "?"]
)
def test_nothing_is_suggested_for_what_has_nothing_to_do_with_us(text):
    assert not matched(text)


def test_rewrites_that_nobody_looked_at_find_their_question():
    same = [(question, text) for question, text, opposite in untouched() if not opposite]
    found = [matched(text) for _, text in same]
    first = sum(bool(each) and each[0].question == question for (question, _), each in zip(same, found, strict=True))
    assert first / len(same) >= 0.7
    wrong = sum(bool(each) and each[0].question != question for (question, _), each in zip(same, found, strict=True))
    assert wrong / len(same) <= 0.12


def test_rewrites_that_ask_the_opposite_are_marked_and_others_are_not():
    marks = []
    for question, text, opposite in untouched():
        own = [each for each in matched(text) if each.question == question]
        marks += [(opposite, each.negated) for each in own]
    opposites = [negated for opposite, negated in marks if opposite]
    others = [negated for opposite, negated in marks if not opposite]
    assert len(opposites) >= 15
    assert all(opposites)
    assert sum(others) / len(others) <= 0.05


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=200)), max_size=12))
@settings(max_examples=40, deadline=None)
def test_whatever_stands_in_a_workbook_its_matches_name_its_rows_and_our_questions(cells):
    rows = [row(question, id, number) for number, (id, question) in enumerate(cells, start=1)]
    found = match_questions(layout(*rows), ASKED, LIBRARY.crosswalks, {})
    assert {each.row for each in found} <= {each.key for each in rows}
    assert {each.question for each in found} <= OURS.keys()
    order = [each.key for each in rows]
    assert [order.index(each.row) for each in found] == sorted(order.index(each.row) for each in found)
