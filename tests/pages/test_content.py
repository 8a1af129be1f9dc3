"""Changed content on the page Evaluations: shown with what it would do, and never adopted in silence."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ii_vendor.evaluations import Evaluations
from ii_vendor.library import Library, load_library
from ii_vendor.library.shelf import shipped_folder
from ii_vendor.model.seat import Stage
from ii_vendor.report.content_words import effect_lines

ADOPT = "Adopt the changed content"
REASON = "The old words were read in two ways."


def text_of(app: AppTest) -> str:
    return "\n".join(item.value for kind in (app.markdown, app.caption, app.subheader) for item in kind).replace(
        "\\", ""
    )


def adopt(app: AppTest, reason: str) -> AppTest:
    next(field for field in app.text_input if field.label == "Why it should count here").set_value(reason)
    next(button for button in app.button if button.label == ADOPT).click().run()
    assert not app.exception
    return app


@pytest.fixture
def moderating(scoring: str, stored: Callable[[], Evaluations]) -> str:
    """The id of the sample evaluation in moderation, where all ratings count."""
    stored().go_to(scoring, Stage.moderation, reason="Enough is rated.")
    return scoring


@pytest.fixture
def edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str, str], Library]:
    """Change words in a file of a content folder that the app reads; gives what the folder holds then."""
    folder = tmp_path / "content"
    for part in ("questionnaires", "scoring", "sample_responses"):
        shutil.copytree(shipped_folder() / part, folder / part)
    monkeypatch.setenv("II_VENDOR_CONTENT", str(folder))

    def change(file: str, old: str, new: str) -> Library:
        words = (folder / file).read_text("utf-8")
        assert old in words
        (folder / file).write_text(words.replace(old, new, 1), "utf-8")
        return load_library(folder)

    return change


@pytest.fixture
def other_words(edit: Callable[..., Library]) -> Library:
    """The content folder after the rationale of Q1 was edited."""
    return edit("scoring/rubrics/six_questions.yaml", "The plant has to run while", "The plant must run on while")


@pytest.mark.usefixtures("moderating")
def test_while_the_folder_says_the_same_there_is_nothing_to_adopt(open_page):
    app = open_page("evaluations")
    assert "The content folder says the same." in text_of(app)
    assert ADOPT not in [button.label for button in app.button]


@pytest.mark.usefixtures("other_words")
def test_edited_files_change_nothing_until_somebody_adopts_them(open_page, stored, moderating):
    before = stored().get(moderating)
    for page in ("evaluations", "review", "compare", "evaluations"):
        open_page(page)
    after = stored().get(moderating)
    assert (after.content_hash, after.sequence) == (before.content_hash, before.sequence)


@pytest.mark.usefixtures("moderating", "other_words")
def test_what_is_different_and_what_it_would_do_are_shown_before(open_page):
    shown = text_of(open_page("evaluations"))
    assert "Different in the content folder: 1" in shown
    assert "rubric of Q1, rationale: “The plant has to run while" in shown
    assert "→ “The plant must run on while" in shown
    assert "No score, rank or verdict changes." in shown


def test_a_vendor_that_it_would_judge_otherwise_is_named(open_page, stored, moderating, edit):
    library = edit("questionnaires/six_questions.yaml", "critical: true", "critical: false")
    door = stored()
    now = door.get(moderating)
    effect = door.content_effect(now, library.content([each.id for each in door.content(now).questionnaires]))
    lines = list(effect_lines(effect.now, effect.then))
    assert any("verdict" in line for line in lines)
    shown = text_of(open_page("evaluations"))
    assert all(line in shown for line in lines)


@pytest.mark.usefixtures("other_words")
def test_without_a_reason_it_is_refused_where_it_was_asked(open_page, stored, moderating):
    before = stored().get(moderating)
    app = adopt(open_page("evaluations"), "  ")
    assert "needs a reason that will stand in the record" in app.error[0].value
    after = stored().get(moderating)
    assert (after.content_hash, after.sequence) == (before.content_hash, before.sequence)


@pytest.mark.usefixtures("other_words")
def test_with_a_reason_it_is_recorded_with_what_changed(open_page, stored, moderating):
    before = stored().get(moderating)
    app = adopt(open_page("evaluations"), REASON)
    door = stored()
    after = door.get(moderating)
    last = door.history(after)[-1].change
    assert (last.kind, last.reason, last.content_hash) == ("content adopted", REASON, after.content_hash)
    assert [line.partition(":")[0] for line in last.changes] == ["rubric of Q1, rationale"]
    assert after.sequence == before.sequence + 1
    assert door.content(after).rubric["Q1"].rationale.startswith("The plant must run on while")
    assert "The content folder says the same." in text_of(app)


@pytest.mark.usefixtures("other_words")
def test_a_locked_evaluation_shows_what_is_different_and_adopts_nothing(open_page, stored, moderating):
    stored().go_to(moderating, Stage.locked, reason="Decided.")
    app = open_page("evaluations")
    assert "Different in the content folder: 1" in text_of(app)
    assert ADOPT not in [button.label for button in app.button]
