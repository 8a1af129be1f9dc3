"""A list of questions becomes a questionnaire: its ids kept where they can be, everything else told."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ii_vendor.errors import UserError
from ii_vendor.library.own import Taken
from ii_vendor.library.own_import import (
    EVIDENCE,
    GUIDANCE,
    as_questionnaire,
    import_notes,
    prefix_of,
    question_list,
    questionnaire_id,
    short_title,
)
from ii_vendor.model.workbook import ReadAnswer, ReadRow, SheetColumn, SheetLayout, SheetTable, WorkbookLayout

TAKEN = Taken(
    questionnaires=frozenset({"lock_in"}),
    flags=frozenset(),
    asked={"q1": "Six critical questions", "six_questions": "Six critical questions", "lock_in": "Openness"},
)


def layout_of(*rows: ReadRow, sheets: tuple[SheetLayout, ...] = ()) -> WorkbookLayout:
    return WorkbookLayout(fingerprint="f", sheets=sheets, rows=rows)


def row(number: int, key: str = "", text: str = "What is it?", **more: object) -> ReadRow:
    return ReadRow.model_validate({"sheet": "Questions", "row": number, "id": key, "question": text} | more)


def ids(*keys: str) -> list[tuple[str, str]]:
    rows = [row(number, key) for number, key in enumerate(keys, start=4)]
    return [(each.id, each.why) for each in question_list(layout_of(*rows), "PS-", TAKEN).questions]


def test_a_valid_id_stays_as_it_is():
    assert ids("SEC-1", "A.5.1", "REQ_12") == [("SEC-1", ""), ("A.5.1", ""), ("REQ_12", "")]


def test_an_id_that_is_none_is_changed_as_little_as_can_be_and_told():
    assert ids("1.10", "REQ 12 (a)", "Ü-1") == [
        ("PS-1.10", "an id begins with a letter"),
        ("REQ-12-a", "an id has letters, digits, '.', '-' and '_' alone"),
        ("U-1", "an id has letters, digits, '.', '-' and '_' alone"),
    ]
    assert ids("", "")[1] == ("PS-2", "the list gives it no id")


def test_an_id_that_stands_twice_or_is_taken_is_named_with_whoever_has_it():
    assert ids("A-1", "a-1", "Q1") == [
        ("A-1", ""),
        ("a-1-2", "Questions!4 has a-1 already"),
        ("PS-Q1", "“Six critical questions” has Q1 already"),
    ]


@given(st.lists(st.text(max_size=80), max_size=12))
def test_whatever_ids_a_list_has_the_questionnaire_can_be_made(keys: list[str]):
    rows = [row(number, key) for number, key in enumerate(["x", *keys], start=4)]
    found = question_list(layout_of(*rows), prefix_of("Plant security"), TAKEN).questions
    own = as_questionnaire(found, title="Plant security", name="plant_security", taken=TAKEN)
    assert len(own.questions) == len(rows)
    assert {key.casefold() for key in own.questions}.isdisjoint(TAKEN.asked)


def test_sections_come_from_section_rows_and_from_sheets():
    rows = (
        row(4, "A-1", section="Access"),
        row(5, "A-2", section="Updates"),
        row(6, "A-3", section="Access"),
        row(2, "B-1", sheet="Cloud", section="Access"),
        row(3, "B-2", sheet="Cloud"),
    )
    found = question_list(layout_of(*rows), "PS-", TAKEN).questions
    own = as_questionnaire(found, title="Plant", name="plant", taken=TAKEN)
    sections = {section.title: [each.id for each in section.questions] for section in own.questionnaire.sections}
    assert sections == {
        "Questions: Access": ["A-1", "A-3"],
        "Questions: Updates": ["A-2"],
        "Cloud: Access": ["B-1"],
        "Cloud": ["B-2"],
    }


def test_a_section_that_is_called_like_one_of_ours_gets_an_id_of_its_own():
    found = question_list(layout_of(row(4, "A-1", section="Lock-in"), row(5, "A-2", section="日本")), "PS-", TAKEN)
    own = as_questionnaire(found.questions, title="Plant", name="plant", taken=TAKEN)
    assert [section.id for section in own.questionnaire.sections] == ["plant_lock_in", "plant_section"]


@pytest.mark.parametrize(
    ("titles", "options"), [(("Yes", "No", "N/A"), ("Yes", "No", "N/A")), (("1", "2", "3"), ()), (("Yes",), ())]
)
def test_options_that_have_a_column_each_are_the_choice(titles: tuple[str, ...], options: tuple[str, ...]):
    columns = tuple(SheetColumn(column=n, role="option", option=word) for n, word in enumerate(titles, 4))
    tables = (SheetTable(header=(3,), first=4, last=5, columns=columns),)
    sheet = SheetLayout(name="Questions", status="read", tables=tables)
    found = question_list(layout_of(row(4, "A-1"), row(9, "A-2"), sheets=(sheet,)), "PS-", TAKEN).questions
    own = as_questionnaire(found, title="Plant", name="plant", taken=TAKEN)
    assert (own.questions["A-1"].kind, own.questions["A-1"].options) == ("choice" if options else "text", options)
    assert own.questions["A-2"].kind == "text"


def test_guidance_of_the_list_is_kept_and_what_is_needed_is_filled_in():
    found = question_list(layout_of(row(4, "A-1", guidance=" By zone. "), row(5, "A-2")), "PS-", TAKEN).questions
    own = as_questionnaire(found, title="Plant", name="plant", taken=TAKEN)
    assert [each.guidance for each in own.questions.values()] == ["By zone.", GUIDANCE]
    assert own.questions["A-1"].evidence == (EVIDENCE,)


def test_what_became_no_question_is_named_with_the_reason():
    skipped = SheetLayout(name="Cover", status="skipped", why="it holds instructions")
    rows = (row(4, "A-1"), row(5, "A-2", "", answers=(ReadAnswer(answer="n/a here"),)))
    found = question_list(layout_of(*rows, sheets=(skipped,)), "PS-", TAKEN)
    assert [(each.place, each.why) for each in found.left_out] == [
        ("Cover", "it holds instructions"),
        ("Questions!5", "it has no words of a question"),
    ]
    assert "n/a here" in found.left_out[1].words


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"id": "1.1"}, "Questions!4: the id '1.1' cannot be used. Begin it with a letter"),
        ({"id": "A-2"}, "The id 'A-2' stands in Questions!4 and in Questions!5"),
        ({"id": "Q1"}, "“Six critical questions” has the id 'Q1'"),
        ({"title": " "}, "Questions!4: the question has no title"),
        ({"text": ""}, "Questions!4: the question has no words"),
    ],
)
def test_a_correction_that_cannot_be_is_told_with_its_place(changed: dict[str, str], said: str):
    first, second = question_list(layout_of(row(4, "A-1"), row(5, "A-2")), "PS-", TAKEN).questions
    with pytest.raises(UserError, match=said):
        as_questionnaire((first.model_copy(update=changed), second), title="P", name="plant", taken=TAKEN)


@pytest.mark.parametrize(("title", "name"), [("", "plant"), ("Plant", "1plant"), ("Plant", "Lock_in")])
def test_a_title_or_an_id_that_cannot_be_is_refused(title: str, name: str):
    found = question_list(layout_of(row(4, "A-1")), "PS-", TAKEN).questions
    with pytest.raises(UserError):
        as_questionnaire(found, title=title, name=name, taken=TAKEN)


def test_nothing_chosen_is_refused():
    with pytest.raises(UserError, match="No question is chosen"):
        as_questionnaire((), title="Plant", name="plant", taken=TAKEN)


def test_ids_begin_with_what_the_title_gives():
    assert [prefix_of(title) for title in ("Plant security 2026", "Anforderungen", "2026")] == ["PS-", "ANF-", "OWN-"]
    assert questionnaire_id("Lock-in", TAKEN) == "lock_in_2"
    assert questionnaire_id("日本", TAKEN) == "own_questions"


def test_a_long_question_is_told_by_its_beginning():
    assert short_title("Do you  patch?") == "Do you patch"
    assert short_title("word " * 40) == f"{'word ' * 12}…"


def test_the_file_says_where_it_came_from_and_which_ids_were_changed():
    found = question_list(layout_of(row(4, "1.1"), row(5, "A-2"), row(6)), "PS-", TAKEN).questions
    assert import_notes("list.xlsx", date(2026, 11, 3), found) == [
        "Made from list.xlsx on 3 November 2026.",
        "Ids that had to be changed: 1.1 is PS-1.1.",
    ]
