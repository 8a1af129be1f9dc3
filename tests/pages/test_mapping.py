"""A workbook in another layout on the page Responses, run as Streamlit runs it."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from ii_vendor.library import load_library

EVALUATION = "line-3-ot-security-renewal"
PAGES = Path(__file__).parents[2] / "ii_vendor" / "pages"


@pytest.fixture(scope="module")
def long_list() -> bytes:
    """300 questions of theirs; the first is ours to the letter, the second nearly."""
    questions = load_library().content().questions
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Questions"
    sheet.append(["No.", "Question", "Answer"])
    sheet.append(["S-1", questions["Q1"].text, "<b>Everything</b> goes on."])
    sheet.append(["S-2", questions["L4"].text.replace("its data", "the data"), "As CSV."])
    for number in range(3, 301):
        sheet.append([f"S-{number}", f"Is your office number {number} certified by auditor {number * 7}?", "Yes"])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.subheader, app.success, app.warning, app.get("html"))
    return "\n".join(str(getattr(item, "value", None) or item.proto) for kind in kinds for item in kind)


def step(app: AppTest, name: str) -> AppTest:
    steps = next(group for group in app.get("button_group") if "_step" in str(group.proto.id))
    steps.set_value(name).run()
    assert not app.exception
    return app


def mapped(open_page, body: bytes) -> AppTest:
    app = open_page("responses", evaluation=EVALUATION)
    app.file_uploader[0].upload("own list.xlsx", body).run()
    assert not app.exception
    assert "This is not our response workbook: 300 questions found on 1 sheet, 300 answered" in shown(app).replace(
        "\\", ""
    )
    return press(app, "Map it to our questions")


def test_a_long_list_is_shown_a_page_at_a_time_and_words_are_never_markup(open_page, long_list):
    app = mapped(open_page, long_list)
    assert len(app.multiselect) == 1
    assert "please check" in shown(app)
    step(app, "questions")
    next(group for group in app.get("button_group") if "_filter" in str(group.proto.id)).set_value("all").run()
    assert not app.exception
    assert len(app.multiselect) == 20
    assert "&lt;b&gt;Everything&lt;/b&gt;" in shown(app)
    assert "<b>Everything</b>" not in shown(app)


def test_a_suggestion_counts_only_once_it_was_accepted(open_page, long_list, stored):
    app = mapped(open_page, long_list)
    step(app, "import")
    assert "Answers **1 of 39** of our questions." in shown(app)
    assert "1 suggestion is not confirmed" in shown(app)
    step(app, "questions")
    press(app, "Accept")
    assert "Nothing left to check." in shown(app)
    step(app, "import")
    assert "Answers **2 of 39** of our questions." in shown(app)
    vendor = stored().get(EVALUATION).vendors[0]
    next(box for box in app.selectbox if box.label == "Whose response is this?").set_value(vendor.name).run()
    assert "of the answers in version 1 are not in this file, and would count as unanswered" in shown(app)
    press(app, "Accept this response")
    response = stored().get(EVALUATION).received(vendor.id).response
    assert [answer.question for answer in response.answers if answer.answered] == ["Q1", "L4"]
    assert len(response.attachments) == 298
    (kept,) = stored().mappings()
    assert kept.mapping.name == "own list.xlsx"
    press(app, "Remove")
    assert stored().mappings() == ()


def test_what_was_said_stays_when_somebody_else_changes_the_evaluation(open_page, long_list, stored):
    app = mapped(open_page, long_list)
    press(app, "Accept")
    stored().add_evaluator(EVALUATION, "Zoe Newcomer", stored().get(EVALUATION).evaluators[0].discipline)
    app.run()
    assert not app.exception
    assert "2 matched to ours, 0 to check" in shown(app)


def test_what_is_saved_for_later_is_there_in_the_next_visit(open_page, long_list):
    app = mapped(open_page, long_list)
    press(app, "Accept")
    press(app, "Save for later")
    again = mapped(open_page, long_list)
    assert "2 matched to ours, 0 to check" in shown(again)


def test_roles_and_titles_are_corrected_without_pressing_the_sheet(open_page, long_list):
    app = mapped(open_page, long_list)
    step(app, "sheets")
    column = next(box for box in app.selectbox if box.label.startswith("Column"))
    column.set_value(3).run()
    next(box for box in app.selectbox if box.label == "It holds").set_value("comment").run()
    assert not app.exception
    column = next(box for box in app.selectbox if box.label.startswith("Column"))
    assert column.options[2] == "C “Answer”: Comment"
    titles = next(box for box in app.multiselect if box.label.startswith("Rows that hold titles"))
    titles.set_value([]).run()
    assert not app.exception
    assert "301 questions" in "".join(box.options[0] for box in app.selectbox if box.label == "Sheet to look at")


def test_vendors_that_stand_side_by_side_are_imported_one_after_the_other(open_page, stored):
    app = open_page("responses", evaluation=EVALUATION)
    ours = load_library().content().questions["Q1"].text
    alder, birch = stored().get(EVALUATION).vendors[:2]
    book = openpyxl.Workbook()
    for line in (
        ["No.", "Question", alder.name, "", birch.name, ""],
        ["", "", "Answer", "Comment", "Answer", "Comment"],
        ["S-1", ours, "It goes on.", "Tried.", "It stops.", "Sorry."],
        ["S-2", "Do you have a cyber insurance?", "Yes", "A", "No", "B"],
        ["S-3", "Where is your head office?", "Rotterdam", "C", "Oslo", "D"],
    ):
        book.active.append(line)
    saved = io.BytesIO()
    book.save(saved)
    app.file_uploader[0].upload("side.xlsx", saved.getvalue()).run()
    press(app, "Map it to our questions")
    step(app, "import")

    def whose(label: str):
        return next(box for box in app.selectbox if label in box.label)

    whose("Whose answers are taken?").set_value(birch.name).run()
    assert whose("Whose response is this?").value == birch.name
    whose("Whose response is this?").set_value(alder.name).run()
    assert f"in the columns of {birch.name}, not of {alder.name}" in shown(app).replace("\\", "")
    whose("Whose response is this?").set_value(birch.name).run()
    whose("Whose answers are taken?").set_value(alder.name).run()
    press(app, "Accept this response")
    assert (whose("Whose answers are taken?").value, whose("Whose response is this?").value) == (birch.name,) * 2
    press(app, "Accept this response")
    now = stored().get(EVALUATION)
    said = [now.received(vendor.id).response.answer("Q1").cells[0].text for vendor in (alder, birch)]
    assert said == ["It goes on.", "It stops."]
    assert not [button for button in app.button if button.label == "Map it to our questions"]


def test_what_was_dropped_and_said_is_still_there_after_a_look_at_another_page(open_page, long_list):
    app = mapped(open_page, long_list)
    press(app, "Accept")
    for name in ("review", "responses"):
        app.switch_page(str(PAGES / f"{name}.py")).run()
        assert not app.exception
    assert "2 matched to ours, 0 to check" in shown(app)
    press(app, "Back to the files")
    assert "Dropped before: own list.xlsx" in shown(app).replace("\\", "")
    press(app, "Remove")
    assert "own list.xlsx" not in shown(app).replace("\\", "")
