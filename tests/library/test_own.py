"""Questionnaires of a team's own: written as YAML, read beside the shipped ones, unfinished until all are judged."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ii_vendor.errors import UserError
from ii_vendor.library import ContentError, Library, load_library
from ii_vendor.library.own_files import ChangedMeanwhile, bring_back, keep_new, keep_question, set_aside
from ii_vendor.library.own_text import own_texts
from ii_vendor.model.own import OwnQuestionnaire, RedFlagDraft, RubricDraft
from ii_vendor.model.questionnaire import Question, Questionnaire, Section
from ii_vendor.model.rubric import Exemplars, Severity


def question(key: str, **more: object) -> Question:
    values: dict[str, object] = {
        "title": f"Title of {key}",
        "text": f"What of {key}?",
        "guidance": "Say.",
        "evidence": ["a test"],
    }
    return Question.model_validate(values | {"id": key} | more)


def own_of(*questions: Question, name: str = "plant", title: str = "Plant list") -> OwnQuestionnaire:
    sections = (Section(id=f"{name}_all", title="Everything", questions=questions),)
    asked = Questionnaire(id=name, title=title, version="1.0", purpose="Ours.", sections=sections)
    return OwnQuestionnaire(questionnaire=asked)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder."""
    monkeypatch.setenv("II_VENDOR_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def shelf(data: Path) -> Library:
    """The shipped content beside an empty data folder."""
    assert not data.exists()
    return load_library()


@pytest.fixture
def kept(shelf: Library) -> Library:
    """The same with a draft of three questions."""
    keep_new(shelf, own_of(question("P-1"), question("P-2"), question("P-3")))
    return load_library()


def fill(shelf: Library, *questions: str) -> Library:
    """Give these questions of ``plant`` the rubric of Q1."""
    for key in questions:
        own = shelf.own.questionnaires["plant"]
        rubric = RubricDraft.like(shelf.rubrics["Q1"], key)
        keep_question(shelf, "plant", own.questions[key], rubric, seen=(own.questions[key], own.rubric(key)))
        shelf = shelf.with_own(shelf.own.folder)
    return shelf


def test_a_new_one_is_a_draft_that_nobody_can_ask_until_every_question_has_its_rubric(kept: Library):
    assert kept.own.questionnaires["plant"].progress == "3 of 3 questions have no whole rubric yet"
    with pytest.raises(ContentError, match=r"plant: it cannot be asked yet: 3 of 3 questions have no whole rubric yet"):
        kept.content(["plant"])
    begun = fill(kept, "P-1", "P-3")
    assert begun.own.questionnaires["plant"].unjudged == ("P-2",)
    assert "plant" not in begun.offered
    ready = fill(begun, "P-2")
    assert ready.offered[-1] == "plant"
    content = load_library().content(["plant"])
    assert list(content.questions) == list(content.rubric) == ["P-1", "P-2", "P-3"]
    assert content.rubric["P-2"].red_flags[0].id == "P-2-stops-without-vendor"


def test_it_is_asked_only_where_it_is_chosen(kept: Library, data: Path):
    before = kept.content()
    ready = fill(kept, "P-1", "P-2", "P-3")
    assert ready.default_questionnaires == kept.default_questionnaires
    assert ready.content().hash == before.hash
    assert data in {path.parent.parent for path in [ready.own.files["plant"][0].path]}


def test_its_sections_weigh_as_much_as_an_average_section_and_the_reasons_say_so(kept: Library):
    ready = fill(kept, "P-1", "P-2", "P-3")
    profile = ready.content(["six_questions", "plant"]).profile
    shared = ready.profiles["balanced"]
    assert profile.section_weights["plant_all"] == pytest.approx(sum(shared.section_weights.values()) / 7, abs=1e-3)
    assert "of your own" in profile.reasons
    assert ready.content(["six_questions"]).profile == shared


def test_weights_are_shared_by_the_number_of_questions(shelf: Library):
    one, two = question("P-1"), (question("P-2"), question("P-3"), question("P-4"))
    sections = (Section(id="a", title="A", questions=(one,)), Section(id="b", title="B", questions=two))
    asked = Questionnaire(id="plant", title="P", version="1", purpose="P", sections=sections)
    keep_new(shelf, OwnQuestionnaire(questionnaire=asked))
    weights = fill(load_library(), "P-1", "P-2", "P-3", "P-4").content(["plant"]).profile.section_weights
    assert weights["b"] == pytest.approx(3 * weights["a"], rel=1e-3)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (own_of(question("Q1")), "the id 'Q1' is used in “Six critical questions” already"),
        (own_of(question("q1")), "the id 'q1' is used in “Six critical questions” already"),
        (own_of(question("P-1"), name="lock_in"), "the id 'lock_in' is taken"),
        (own_of(question("P-1"), question("p-1")), "the id 'p-1' is used here already"),
    ],
)
def test_an_id_that_other_content_has_is_told_and_nothing_is_written(shelf: Library, data: Path, made, said: str):
    with pytest.raises(ContentError, match=re.escape(said)):
        keep_new(shelf, made)
    assert not list(data.rglob("*.yaml"))


def test_where_one_of_its_files_cannot_be_written_none_is(shelf: Library, data: Path):
    data.mkdir()
    (data / "scoring").write_text("not a folder", "utf-8")
    with pytest.raises(UserError, match=r"Cannot write .*plant\.yaml: .*permissions"):
        keep_new(shelf, own_of(question("P-1")))
    assert [path.name for path in data.rglob("*") if path.is_file()] == ["scoring"]


def test_a_long_note_is_broken_into_lines_at_the_top_of_the_file():
    ids = ", ".join(f"{n}.1 is PS-{n}.1" for n in range(1, 41))
    text = own_texts(own_of(question("P-1")), [ids])["questionnaires/plant.yaml"]
    assert max(map(len, text.splitlines())) <= 112
    told = " ".join(line.removeprefix("# ") for line in text.splitlines() if line.startswith("# "))
    assert ids in told


def test_a_second_one_of_the_same_id_is_refused(kept: Library, data: Path):
    before = {path: path.read_bytes() for path in data.rglob("*.yaml")}
    with pytest.raises(UserError, match="already"):
        keep_new(kept, own_of(question("Z-1")))
    assert {path: path.read_bytes() for path in data.rglob("*.yaml")} == before


def test_an_own_file_with_a_mistake_is_told_and_takes_nothing_else_away(kept: Library, data: Path):
    other = own_of(question("Z-1"), name="zone")
    keep_new(kept, other)
    path = data / "questionnaires" / "plant.yaml"
    path.write_text(path.read_text("utf-8").replace("guidance: Say.", "guidnace: Say.", 1), "utf-8")
    shelf = load_library()
    assert shelf.content().hash == kept.content().hash
    assert set(shelf.own.questionnaires) == {"zone"}
    told = "\n".join(map(str, shelf.own.mistakes))
    assert f"{path}:" in told
    assert "guidnace: nobody knows this key. Correct its spelling, or remove it." in told


def test_a_mistake_in_one_rubric_leaves_the_others_as_they_are(kept: Library, data: Path):
    fill(kept, "P-1", "P-2", "P-3")
    path = data / "scoring" / "rubrics" / "plant.yaml"
    text = path.read_text("utf-8")
    at = text.index("- question: P-2")
    path.write_text(text[:at] + text[at:].replace("severity: critical", "severity: terrible", 1), "utf-8")
    shelf = load_library()
    assert shelf.own.questionnaires["plant"].unjudged == ("P-2",)
    assert [mistake.key for mistake in shelf.own.mistakes] == ["rubrics[2].red_flags[1].severity"]


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ("\n  - question: P-9\n", "none of your own questionnaires asks P-9"),
        ("\n  - question: P-1\n", "P-1 has a rubric already"),
        ("\n  - {question: P-2, red_flags: [{id: Q1-stops-without-vendor}]}\n", "'Q1-stops-without-vendor' is taken"),
    ],
)
def test_a_rubric_written_by_hand_is_checked(kept: Library, data: Path, added: str, said: str):
    path = data / "scoring" / "rubrics" / "plant.yaml"
    if "P-2" in added:
        path.write_text("questionnaire: plant\nrubrics:" + added, "utf-8")
    else:
        path.write_text(path.read_text("utf-8") + added, "utf-8")
    assert said in "\n".join(map(str, kept.with_own(data).own.mistakes))


def test_rubrics_of_a_questionnaire_with_a_mistake_are_not_blamed(kept: Library, data: Path):
    path = data / "questionnaires" / "plant.yaml"
    path.write_text(path.read_text("utf-8").replace("purpose: Ours.", "purpose:"), "utf-8")
    assert [mistake.key for mistake in kept.with_own(data).own.mistakes] == ["purpose"]


@pytest.mark.parametrize("body", ["- a\n- b\n", "rubrics: none\n", "rubrics:\n  - P-1\n", "a: [", ""])
def test_a_file_of_rubrics_that_is_none_is_told_and_takes_nothing_away(kept: Library, data: Path, body: str):
    (data / "scoring" / "rubrics" / "odd.yaml").write_text(body, "utf-8")
    own = kept.with_own(data).own
    assert all("odd.yaml" in mistake.file for mistake in own.mistakes)
    assert own.mistakes
    assert set(own.questionnaires) == {"plant"}


def test_a_value_left_empty_is_missing_and_no_mistake(kept: Library):
    assert kept.own.mistakes == ()
    missing = kept.own.questionnaires["plant"].rubric("P-1").missing
    assert missing == (
        "why it matters",
        "all levels",
        "a red flag",
        "a good sign",
        "how to verify it",
        "a contract clause",
    )


def test_in_a_content_folder_an_unfinished_one_lies_beside_the_rest(copy: Path, data: Path):
    keep_new(load_library(copy), own_of(question("P-1")))
    shelf = load_library(copy)
    assert (copy / "questionnaires" / "plant.yaml").is_file()
    assert not data.exists()
    assert shelf.own.questionnaires["plant"].unjudged == ("P-1",)
    ready = fill(shelf, "P-1")
    assert ready.content(["plant"]).profile.section_weights["plant_all"] > 0
    assert load_library().own.questionnaires == {}


def test_saving_changes_its_own_entry_and_leaves_every_other_line(kept: Library, data: Path):
    path = data / "scoring" / "rubrics" / "plant.yaml"
    text = path.read_text("utf-8")
    text = text.replace("  # What of P-2?", "  # Ask Tomáš about this one.\n\n  # What of P-2?")
    text = text.replace(
        "  - question: P-3\n    rationale:", "  - question: P-3\n    # Soon.\n    rationale:   'By   hand.'"
    )
    path.write_text(f"{text}\n# The end.\n", "utf-8")
    before = path.read_text("utf-8")
    fill(kept.with_own(data), "P-2")
    after = path.read_text("utf-8")
    start = before.index("  - question: P-2")
    end = before.index("\n  # What of P-3?")
    assert after.startswith(before[:start])
    assert after.endswith(before[end:])
    assert load_library().own.questionnaires["plant"].rubric("P-3").rationale == "By   hand."


def test_the_question_itself_can_be_changed_too(kept: Library, data: Path):
    own = kept.own.questionnaires["plant"]
    changed = question("P-2", critical=True, kind="choice", options=["Yes", "No"], text="Line one:\n- item # 1\n\nNo.")
    keep_question(kept, "plant", changed, own.rubric("P-2"), seen=(own.questions["P-2"], own.rubric("P-2")))
    read = load_library().own.questionnaires["plant"]
    assert read.questions == {**own.questions, "P-2": changed}
    assert read.rubrics == own.rubrics
    assert "options:\n          - 'Yes'" in (data / "questionnaires" / "plant.yaml").read_text("utf-8")


def test_what_somebody_else_changed_meanwhile_is_not_written_over(kept: Library):
    own = kept.own.questionnaires["plant"]
    seen = own.questions["P-1"], own.rubric("P-1")
    fill(kept, "P-1")
    mine = RubricDraft(question="P-1", rationale="Mine.")
    with pytest.raises(ChangedMeanwhile, match="somebody else has changed P-1 meanwhile: rationale, levels, red flags"):
        keep_question(kept, "plant", seen[0], mine, seen=seen)
    now = load_library().own.questionnaires["plant"]
    assert now.rubric("P-1").rationale != "Mine."
    keep_question(kept, "plant", seen[0], mine, seen=(now.questions["P-1"], now.rubric("P-1")))
    assert load_library().own.questionnaires["plant"].rubric("P-1") == mine


def test_saving_is_held_to_the_same_checks_as_a_file(kept: Library, data: Path):
    own = kept.own.questionnaires["plant"]
    before = {path: path.read_bytes() for path in data.rglob("*.yaml")}
    taken = RubricDraft(question="P-1", red_flags=(RedFlagDraft(id="Q1-stops-without-vendor"),))
    with pytest.raises(ContentError, match="'Q1-stops-without-vendor' is taken"):
        keep_question(kept, "plant", own.questions["P-1"], taken, seen=(own.questions["P-1"], own.rubric("P-1")))
    assert {path: path.read_bytes() for path in data.rglob("*.yaml")} == before


def test_a_layout_that_cannot_be_changed_line_by_line_is_left_alone(kept: Library, data: Path):
    path = data / "scoring" / "rubrics" / "plant.yaml"
    path.write_text("questionnaire: plant\nrubrics: [{question: P-1}, {question: P-2, rationale: It does.}]\n", "utf-8")
    before = path.read_bytes()
    with pytest.raises(UserError, match=re.escape(str(path))):
        fill(kept.with_own(data), "P-1")
    assert path.read_bytes() == before


def test_files_come_back_from_elsewhere_and_never_write_over_others_unasked(kept: Library, data: Path):
    whole = fill(kept, "P-1")
    files = {f"any-{n}.yaml": file.path.read_bytes() for n, file in enumerate(whole.own.files["plant"])}
    assert bring_back(whole, files) == []
    rubrics = files["any-1.yaml"].replace(b"the vendor is down", b"nobody answers")
    path = data / "scoring" / "rubrics" / "plant.yaml"
    assert bring_back(whole, {"mine.yaml": rubrics}) == [path]
    assert path.read_bytes() == files["any-1.yaml"]
    assert bring_back(whole, {"mine.yaml": rubrics}, over=True) == [path]
    assert path.read_bytes() == rubrics
    assert path.with_name("plant.yaml.removed").read_bytes() == files["any-1.yaml"]


def test_a_mistake_in_a_file_that_comes_back_is_told_under_the_name_that_it_came_with(kept: Library, data: Path):
    body = (data / "scoring" / "rubrics" / "plant.yaml").read_bytes().replace(b"question: P-2", b"question: P-9")
    with pytest.raises(
        ContentError, match=r"^from mail\.yaml:\d+: rubrics\[2\]\.question: none of your own"
    ) as refused:
        bring_back(kept, {"from mail.yaml": body})
    assert str(data) not in str(refused.value)


def test_a_file_of_questions_alone_gets_a_file_of_rubrics(shelf: Library, data: Path):
    text = own_texts(own_of(question("P-1")))["questionnaires/plant.yaml"]
    assert bring_back(shelf, {"from mail.yaml": text.encode()}) == []
    assert "question: P-1" in (data / "scoring" / "rubrics" / "plant.yaml").read_text("utf-8")


def test_files_that_come_into_a_content_folder_leave_the_rest_of_it_in_order(copy: Path):
    text = own_texts(own_of(question("P-1")))["questionnaires/plant.yaml"]
    assert bring_back(load_library(copy), {"mine.yaml": text.encode()}) == []
    shelf = load_library(copy)
    assert shelf.own.questionnaires["plant"].unjudged == ("P-1",)
    theirs = copy / "questionnaires" / "lock_in.yaml"
    with pytest.raises(ContentError, match="'lock_in' is not one of your own"):
        bring_back(shelf, {"lock_in.yaml": theirs.read_bytes() + b"# mine"}, over=True)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"title: nothing\n", "neither a file of questions nor one of rubrics"),
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"rubrics:\n  - question: P-1\n", "neither a file of questions nor one of rubrics"),
        (b"questionnaire: plant\nrubrics:\n  - question: P-8\n", "asks P-8"),
        (b"- a\n- b\n", "neither a file of questions nor one of rubrics"),
        (b"rubrics: " + b"[" * 900 + b"]" * 900, "nested far too deeply"),
        (b"questionnaire: plant\nrubrics:\n  P-1: x\n", "this should be a list. Begin each of its items with '- '"),
        (b"rubrics: &a [*a]\n", "repeats another part by its name"),
    ],
)
def test_a_file_that_is_none_of_both_is_told_and_nothing_is_taken(kept: Library, data: Path, body: bytes, said: str):
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    with pytest.raises(ContentError, match=said):
        bring_back(kept, {"mine.yaml": body})
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


def test_setting_aside_takes_it_out_and_loses_nothing(kept: Library, data: Path):
    words = {path: path.read_bytes() for path in data.rglob("*.yaml")}
    moved = set_aside(kept, "plant")
    assert [path.name for path in moved] == ["plant.yaml.removed", "plant.yaml.removed"]
    assert {path.with_suffix(""): path.read_bytes() for path in moved} == words
    assert load_library().own.questionnaires == {}
    keep_new(load_library(), own_of(question("P-1")))
    assert [path.name for path in set_aside(load_library(), "plant")] == ["plant.yaml.removed-2"] * 2


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from("\n -#:'\"|>%@`{}[]&*!?,.")
)
WORDS = TEXT.filter(str.strip)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(WORDS, min_size=9, max_size=9), levels=st.dictionaries(st.integers(0, 4), WORDS))
def test_whatever_words_somebody_writes_come_back_to_the_letter(
    shelf: Library, tmp_path_factory: pytest.TempPathFactory, texts: list[str], levels: dict[int, str]
):
    title, words, guidance, evidence, why, statement, ask, sign, clause = texts
    flag = RedFlagDraft(id="P-1-x", statement=statement, severity=Severity.minor, gate=True, ask=ask)
    rubric = RubricDraft(
        question="P-1",
        rationale=why,
        levels=levels,
        red_flags=(flag,),
        good_signs=(sign, evidence),
        clause=clause,
        exemplars=Exemplars(red_flag=why, good=sign),
    )
    asked = question("P-1", title=title, text=words, guidance=guidance, evidence=[evidence])
    shelf = shelf.with_own(tmp_path_factory.mktemp("own"))
    keep_new(shelf, own_of(asked, question("P-2"), title=title), notes=[words])
    shelf = shelf.with_own(shelf.own.folder)
    assert shelf.own.mistakes == ()
    own = shelf.own.questionnaires["plant"]
    assert own.questionnaire == own_of(asked, question("P-2"), title=title).questionnaire
    keep_question(shelf, "plant", asked, rubric, seen=(asked, own.rubric("P-1")))
    again = shelf.with_own(shelf.own.folder).own.questionnaires["plant"]
    assert again.rubric("P-1") == rubric
    assert again.questionnaire == own.questionnaire
