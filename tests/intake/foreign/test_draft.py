"""A mapping in the making: what is sure, what waits for a person, what is remembered for the next workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from ii_vendor.intake.foreign.draft import Known, MappingDraft, begin
from ii_vendor.intake.raw import RawCell, RawSheet, RawWorkbook
from ii_vendor.model.crosswalk import Clause, Crosswalk, Recognition
from ii_vendor.model.mapping import KeptMapping
from ii_vendor.model.questionnaire import Question, Questionnaire, Section
from ii_vendor.model.response import SourceFile
from ii_vendor.model.workbook import SheetColumn

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
TEXTS = {
    "Q1": "Can operations function without your infrastructure when every connection out of the plant is unavailable?",
    "L4": "How does the customer take out its data and configuration after the end of the contract?",
    "L8": "For how long do you provide security fixes and spare parts for the offered version?",
}
ROWS = (
    ("No.", "Question", "Answer", "Comment"),
    ("S-1", TEXTS["Q1"], "Yes", "For years."),
    ("S-2", "How does the customer take out data and configuration at the end of the contract?", "As CSV", ""),
    ("S-3", "For how long do you not provide security fixes and spare parts for the offered version?", "No", ""),
    ("S-4", "Where is the head office of your company?", "Rotterdam", ""),
    ("S-5", "How many people work for your company?", "", ""),
)


def ours(texts: Mapping[str, str] = TEXTS) -> tuple[Questionnaire]:
    questions = tuple(
        Question(id=key, title=key, text=text, guidance="Say so.", evidence=("a test",)) for key, text in texts.items()
    )
    section = Section(id="all", title="All", questions=questions)
    return (Questionnaire(id="ours", title="Ours", version="1", purpose="To test.", sections=(section,)),)


def book(rows: Sequence[Sequence[str]] = ROWS, name: str = "Questions", top: int = 1) -> RawWorkbook:
    cells = {
        (row, column): RawCell(row, column, "text", text)
        for row, texts in enumerate(rows, top)
        for column, text in enumerate(texts, 1)
        if text
    }
    return RawWorkbook(sheets=(RawSheet(name=name, visible=True, cells=cells),))


def begun(
    workbook: RawWorkbook | None = None,
    kept: Sequence[KeptMapping] = (),
    texts: Mapping[str, str] = TEXTS,
    **known: str,
) -> MappingDraft:
    file = SourceFile(name="own list.xlsx", sha256="0" * 64, size=1)
    return begin(workbook or book(), file, ours(texts), Known(kept=kept, **known))


def kept(draft: MappingDraft, at: datetime = MONDAY) -> KeptMapping:
    """What a database keeps of a draft that Amara confirmed."""
    confirmed = draft.confirmed()
    return KeptMapping(mapping=confirmed.mapping, asked=confirmed.asked, by="Amara", at=at)


def states(draft: MappingDraft) -> dict[str, str]:
    return {each.row.id: each.state for each in draft.standing}


def all_confirmed() -> MappingDraft:
    draft = begun()
    return draft.confirming([each.row.key for each in draft.standing if each.state == "check"])


def test_only_what_is_sure_is_matched_before_somebody_looked():
    draft = begun()
    assert states(draft) == {"S-1": "matched", "S-2": "check", "S-3": "check", "S-4": "unmatched", "S-5": "unmatched"}
    assert [each.opposite for each in draft.standing] == [False, False, True, False, False]
    assert [answer.question for answer in draft.response("Halden").answers if answer.answered] == ["Q1"]
    assert not draft.settled
    assert draft.summary == "This is not our response workbook: 5 questions found on 1 sheet, 4 answered."


def test_what_a_person_says_counts():
    draft = begun().confirming(["Questions!3"]).choosing({"Questions!4": (), "Questions!5": ("Q1", "L8")})
    assert states(draft) == {
        "S-1": "matched",
        "S-2": "matched",
        "S-3": "unmatched",
        "S-4": "matched",
        "S-5": "unmatched",
    }
    response = draft.response("Halden")
    assert response.carried is not None
    assert response.carried.matched == {"alias": 1, "similar": 1, "person": 1}
    assert [cell.text for cell in response.answer("Q1").cells] == ["Yes", "For years.", "Rotterdam"]
    assert [each.id for each in response.attachments] == ["S-3", "S-5"]


def test_a_draft_is_never_changed():
    draft = begun()
    draft.choosing({"Questions!5": ("Q1",)})
    assert states(draft)["S-4"] == "unmatched"


def test_a_person_who_chooses_the_opposite_is_told_so_too():
    (third,) = [each for each in begun().choosing({"Questions!4": ("L8",)}).standing if each.row.id == "S-3"]
    assert third.opposite


def test_the_next_workbook_of_this_layout_needs_no_more_of_that():
    again = begun(
        book([ROWS[0], *((number, asked, "Other words", "") for number, asked, *_ in ROWS[1:])]),
        [kept(all_confirmed())],
    )
    assert again.settled
    response = again.response("Tidelark")
    assert [answer.question for answer in response.answers if answer.answered] == ["Q1", "L4", "L8"]
    assert "asks the opposite" in response.answer("L8").text
    assert response.carried is not None
    assert (response.carried.confirmed_by, response.carried.confirmed_at) == ("Amara", MONDAY)
    assert response.carried.reused


def test_a_table_that_grew_is_read_to_its_end_and_the_new_row_waits():
    longer = book(
        (*ROWS, ("S-6", "For how long do you provide spare parts for the version you offer?", "Ten years", ""))
    )
    again = begun(longer, [kept(all_confirmed())])
    assert states(again)["S-6"] == "check"
    assert not again.settled


def test_what_nobody_confirmed_is_not_remembered():
    again = begun(kept=[kept(begun())])
    assert states(again)["S-2"] == "check"
    assert not again.settled


def test_words_are_known_in_another_layout_too():
    elsewhere = book(
        [("Ref", "Requirement", "Response"), *((n, asked, "Said") for n, asked, *_ in ROWS[1:])], name="Annex"
    )
    again = begun(elsewhere, [kept(all_confirmed())])
    assert again.reused is None
    assert states(again) == {
        "S-1": "matched",
        "S-2": "matched",
        "S-3": "matched",
        "S-4": "unmatched",
        "S-5": "unmatched",
    }
    assert all(each.decided for each in again.standing if each.row.id != "S-1")


def test_a_question_that_was_reworded_since_is_asked_again():
    reworded = {**TEXTS, "L4": "How does the customer take out its data and configuration, and move to a successor?"}
    again = begun(kept=[kept(all_confirmed())], texts=reworded)
    standing = {each.row.id: each for each in again.standing}
    assert (standing["S-2"].state, standing["S-2"].decided) == ("check", False)
    assert standing["S-3"].decided


def test_none_of_ours_is_only_known_where_nothing_else_is_asked():
    more = {**TEXTS, "Q7": "Where is the head office of your company, and where is the plant supported from?"}
    again = begun(kept=[kept(all_confirmed())], texts=more)
    assert states(again)["S-4"] == "check"


def test_the_latest_word_on_a_question_counts():
    first = kept(all_confirmed())
    other = kept(begun().choosing({"Questions!3": ("Q1",)}), MONDAY.replace(day=3))
    standing = {each.row.id: each for each in begun(kept=[other, first]).standing}
    assert standing["S-2"].questions == ("Q1",)


def test_a_corrected_layout_is_used_again_for_the_same_titles():
    corrected = all_confirmed().with_column("Questions", SheetColumn(column=4, role="evidence"))
    again = begun(kept=[kept(corrected)])
    assert again.response("Halden").answer("Q1").evidence == "For years."
    moved = begun(book((("About us",), (), *ROWS)), [kept(corrected)])
    assert states(moved)["S-1"] == "matched"


def test_choices_stay_with_rows_that_read_the_same_after_a_correction():
    draft = begun().choosing({"Questions!5": ("Q1",)})
    changed = draft.with_column("Questions", SheetColumn(column=4, role="evidence"))
    assert {each.row.id: each.questions for each in changed.standing}["S-4"] == ("Q1",)
    renumbered = draft.with_column("Questions", SheetColumn(column=1, role="other"))
    assert not any(each.decided for each in renumbered.standing)


def test_a_sheet_can_be_left_out_and_read_again():
    draft = begun().reading([])
    assert (draft.layout.rows, draft.settled) == ((), False)
    assert len(draft.reading(["Questions"]).layout.rows) == 5


def test_a_mapping_that_is_asked_for_is_taken_and_the_rest_stays_beside():
    draft = begun(book([*ROWS, ("S-7", "Does it please?", "Yes", "")]), [kept(begun())], take=kept(begun()).key)
    assert draft.settled
    response = draft.response("Halden")
    assert [answer.question for answer in response.answers if answer.answered] == ["Q1"]
    assert [each.id for each in response.attachments] == ["S-2", "S-3", "S-4", "S-5", "S-7"]


SIDE_BY_SIDE = (
    ("No.", "Question", "Halden", "Halden", "Tidelark", "Tidelark"),
    ("", "", "Answer", "Comment", "Answer", "Comment"),
    ("S-1", TEXTS["Q1"], "Yes", "For years.", "No", ""),
    ("S-2", TEXTS["L4"], "As CSV", "", "", ""),
    ("S-3", "Where is the head office of your company?", "Rotterdam", "", "Bergen", ""),
    ("S-4", "Do you have a cyber insurance for this?", "Yes", "", "No", ""),
)


def test_where_vendors_stand_side_by_side_a_person_says_whose_answers_are_taken():
    draft = begun(book(SIDE_BY_SIDE))
    assert set(draft.sides) == {"Halden", "Tidelark"}
    assert draft.taking("Tidelark").response("Tidelark").answer("Q1").cells[0].text == "No"
    assert draft.taking("Tidelark").answered == 3
    again = begun(book(SIDE_BY_SIDE), [kept(draft)])
    assert not again.settled
    assert begun(book(SIDE_BY_SIDE), [kept(draft)], whose="tidelark").settled


def test_a_related_clause_counts_only_once_a_person_has_confirmed_it():
    clause = Clause(id="S-4", about="Head office", part=("L4", "L8"))
    recognise = Recognition(ids=r"S-\d", fewest=3)
    standard = Crosswalk(
        id="own", title="Own", publisher="Us", source="Read.", reading="Part.", recognise=recognise, clauses=(clause,)
    )
    file = SourceFile(name="own list.xlsx", sha256="0" * 64, size=1)
    draft = begin(book(), file, ours(), Known(crosswalks=(standard,)))
    standing = next(each for each in draft.standing if each.row.id == "S-4")
    assert (standing.state, standing.questions) == ("check", ("L4", "L8"))
    assert [answer.question for answer in draft.response("Halden").answers if answer.answered] == ["Q1"]
    confirmed = draft.confirming([standing.row.key]).response("Halden")
    assert [answer.question for answer in confirmed.answers if answer.answered] == ["Q1", "L4", "L8"]
