"""The page Questionnaires as Streamlit runs it: drafts with their progress, rubrics written question by question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ii_vendor.evaluations import Evaluations
from ii_vendor.library import Library, load_library
from ii_vendor.library.own_files import keep_new, keep_question
from ii_vendor.model.own import OwnQuestionnaire, RubricDraft
from ii_vendor.model.questionnaire import Question, Questionnaire, Section

Open = Callable[..., AppTest]


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Library]:
    """The library of this test's data folder as it is now; a draft of three questions is in it."""
    monkeypatch.setenv("II_VENDOR_DATA", str(tmp_path / "data"))
    questions = tuple(
        Question(id=f"P-{n}", title=f"Title {n}", text=f"<b>What</b> of {n}?", guidance="Say.", evidence=("a test",))
        for n in (1, 2, 3)
    )
    section = Section(id="plant_all", title="Everything", questions=questions)
    asked = Questionnaire(id="plant", title="Plant list", version="1.0", purpose="Ours.", sections=(section,))
    keep_new(load_library(), OwnQuestionnaire(questionnaire=asked))
    return load_library


def html_of(app: AppTest) -> str:
    return "\n".join(str(item.proto.body) for item in app.get("html"))


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception


def write(app: AppTest, label: str, words: str) -> None:
    next(area for area in app.text_area if area.label.startswith(label)).set_value(words)


def rubric(shelf: Callable[[], Library], question: str) -> RubricDraft:
    return shelf().own.questionnaires["plant"].rubric(question)


def judge(library: Library, question: str) -> None:
    own = library.own.questionnaires["plant"]
    seen = own.questions[question], own.rubric(question)
    keep_question(library, "plant", seen[0], RubricDraft.like(library.rubrics["Q1"], question), seen=seen)


def test_a_draft_stands_with_its_progress_and_cannot_be_chosen_yet(open_page: Open, shelf: Callable[[], Library]):
    app = open_page("questionnaires", sample=False)
    assert "3 of 3 questions have no whole rubric yet" in html_of(app)
    evaluations = open_page("evaluations", sample=False)
    assert "“Plant list” cannot be asked yet" in " ".join(item.value.replace("\\", "") for item in evaluations.caption)
    assert not any("Plant list" in option for option in evaluations.multiselect[0].options)
    for question in ("P-1", "P-2", "P-3"):
        judge(shelf(), question)
    ready = open_page("evaluations", sample=False)
    assert ready.multiselect[0].options[-1] == "Plant list (3, your own)"
    assert "plant" not in ready.multiselect[0].value


def test_starting_from_another_profile_on_weights_leaves_own_sections_their_weight(
    open_page: Open, shelf: Callable[[], Library], stored: Callable[[], Evaluations]
):
    for question in ("P-1", "P-2", "P-3"):
        judge(shelf(), question)
    stored().create("Line 4", shelf().content(["plant", "lock_in"]))
    app = open_page("weights", sample=False, evaluation="line-4")
    app.selectbox(key="start_from_0").set_value("foundation").run()
    assert not app.exception
    weights = {slider.label: slider.value for slider in app.slider}
    assert weights["Everything"] == pytest.approx(100 / 7, abs=0.01)


def test_a_rubric_is_begun_from_a_shipped_one_changed_and_saved(open_page: Open, shelf: Callable[[], Library]):
    app = open_page("questionnaires", sample=False, own="plant")
    assert "<b>What" not in html_of(app)
    app.selectbox(key="from_plant_P-1").set_value("L1")
    press(app, "Fill the form with it")
    assert not rubric(shelf, "P-1").begun
    write(app, "Why it matters", "It matters here.")
    press(app, "Save, and on to the next without a rubric")
    saved, source = rubric(shelf, "P-1"), shelf().rubrics["L1"]
    assert saved.rationale == "It matters here."
    assert saved.levels == source.levels
    assert [flag.id for flag in saved.red_flags] == [f"P-1-{f.id.removeprefix('L1-')}" for f in source.red_flags]
    assert saved.missing == ()
    assert app.query_params["own_question"] == "P-2"
    assert app.selectbox(key="own_question").value == "P-2"


def test_what_is_missing_is_said_and_kept_as_far_as_it_goes(open_page: Open, shelf: Callable[[], Library]):
    app = open_page("questionnaires", sample=False, own="plant", own_question="P-2")
    write(app, "Level 0", "It stops.")
    write(app, "Another red flag", "The line stops at night.")
    write(app, "Good signs", "- A test\n\n* A date")
    press(app, "Save")
    assert "Still missing: why it matters, levels 1, 2, 3 and 4, red flag 1: what to ask" in html_of(app)
    saved = rubric(shelf, "P-2")
    assert saved.levels == {0: "It stops."}
    assert saved.good_signs == ("A test", "A date")
    assert [(flag.id, flag.severity, flag.gate) for flag in saved.red_flags] == [
        ("P-2-line-stops-night", "major", False)
    ]
    write(app, "Red flag 1", "")
    press(app, "Save")
    assert rubric(shelf, "P-2").red_flags == ()


def test_going_to_the_next_question_keeps_what_was_typed_and_never_a_start_that_nobody_changed(
    open_page: Open, shelf: Callable[[], Library]
):
    app = open_page("questionnaires", sample=False, own="plant", own_question="P-1")
    write(app, "Level 3", "Typed, and not saved by hand.")
    press(app, "Next")
    assert app.query_params["own_question"] == "P-2"
    assert rubric(shelf, "P-1").levels == {3: "Typed, and not saved by hand."}
    press(app, "Fill the form with it")
    press(app, "Previous")
    assert app.query_params["own_question"] == "P-1"
    assert not rubric(shelf, "P-2").begun
    write(app, "Evidence", " ")
    press(app, "Next")
    assert app.query_params["own_question"] == "P-1"
    assert "name at least one kind of evidence" in app.error[0].value.replace("\\", "")


def test_levels_that_were_taken_over_word_for_word_are_told(open_page: Open, shelf: Callable[[], Library]):
    judge(shelf(), "P-1")
    app = open_page("questionnaires", sample=False, own="plant", own_question="P-1")
    assert "This rubric is whole. Its levels are word for word those of Q1: do they fit" in html_of(app)
    write(app, "Level 2", "What 2 means here.")
    press(app, "Save")
    assert "word for word" not in html_of(app)
    app = open_page("questionnaires", sample=False, own="plant", own_question="P-2")
    app.selectbox(key="from_plant_P-2").set_value("plain")
    press(app, "Fill the form with it")
    press(app, "Save")
    assert "Still missing: why it matters. Its levels are still the plain scale" in html_of(app)


def test_the_question_itself_is_changed_on_the_same_form(open_page: Open, shelf: Callable[[], Library]):
    app = open_page("questionnaires", sample=False, own="plant", own_question="P-3")
    next(box for box in app.checkbox if box.label.startswith("Critical")).check()
    write(app, "Options", "Yes\nNo")
    press(app, "Save")
    question = shelf().own.questionnaires["plant"].questions["P-3"]
    assert (question.critical, question.kind, question.options) == (True, "choice", ("Yes", "No"))
    write(app, "Options", "Yes")
    write(app, "Evidence", " ")
    press(app, "Save")
    said = app.error[0].value.replace("\\", "")
    assert "name at least one kind of evidence" in said
    assert shelf().own.questionnaires["plant"].questions["P-3"] == question


def test_what_somebody_else_saved_meanwhile_is_told_before_it_is_written_over(
    open_page: Open, shelf: Callable[[], Library]
):
    app = open_page("questionnaires", sample=False, own="plant", own_question="P-1")
    write(app, "Why it matters", "Mine.")
    judge(shelf(), "P-1")
    press(app, "Save")
    assert "somebody else has changed P-1 meanwhile" in app.warning[0].value.replace("\\", "")
    assert rubric(shelf, "P-1").rationale != "Mine."
    press(app, "Save")
    assert rubric(shelf, "P-1").rationale == "Mine."


def test_a_mistake_made_in_a_file_is_told_on_the_page_at_once(
    open_page: Open, shelf: Callable[[], Library], tmp_path: Path
):
    app = open_page("questionnaires", sample=False)
    path = tmp_path / "data" / "scoring" / "rubrics" / "plant.yaml"
    path.write_text(path.read_text("utf-8").replace("verify:", "verfy:", 1), "utf-8")
    app.run()
    assert "verfy: nobody knows this key" in app.code[0].value
    assert "Plant list" in html_of(app)
    assert shelf().own.questionnaires["plant"].unjudged


def test_files_that_would_replace_others_are_asked_about_first(
    open_page: Open, shelf: Callable[[], Library], tmp_path: Path
):
    path = tmp_path / "data" / "scoring" / "rubrics" / "plant.yaml"
    mine = path.read_bytes().replace(b"rationale:", b"rationale: From the mail.", 1)
    app = open_page("questionnaires", sample=False)
    app.file_uploader[0].upload("mine.yaml", mine).run()
    assert not app.exception
    assert "Nothing was written yet" in app.warning[0].value
    assert not rubric(shelf, "P-1").begun
    press(app, "Replace them")
    assert rubric(shelf, "P-1").rationale == "From the mail."


def test_setting_aside_asks_and_takes_it_off_the_page(open_page: Open, shelf: Callable[[], Library]):
    app = open_page("questionnaires", sample=False, own="plant")
    press(app, "Set it aside")
    assert shelf().own.questionnaires == {}
    assert "Plant list" not in html_of(app)
