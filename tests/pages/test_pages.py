"""Every page, run as Streamlit runs it, on the sample evaluation and on an empty installation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ii_vendor.routes import process

ROOT = Path(__file__).resolve().parents[2]
EVALUATION = "line-3-ot-security-renewal"
Open = Callable[..., AppTest]


def text_of(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.title, app.subheader, app.info, app.error, app.get("html"))
    return "\n".join(str(getattr(item, "value", None) or item.proto) for kind in kinds for item in kind)


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("evaluations", "Evaluations"),
        ("panel", "Panel"),
        ("responses", "Responses"),
        ("moderation", "Moderation"),
        ("compare", "Can operations run without them?"),
        ("weights", "What if the weights were different?"),
        ("reports", "Reports"),
    ],
)
def test_every_page_opens_on_the_sample(open_page: Open, name: str, heading: str):
    assert open_page(name).title[0].value == heading


@pytest.mark.parametrize("name", ["panel", "responses", "review", "moderation", "compare", "weights", "reports"])
def test_every_page_says_what_to_do_while_there_is_no_evaluation(open_page: Open, name: str):
    assert "no evaluation yet" in open_page(name, sample=False).info[0].value


def test_an_empty_installation_greets_and_loads_the_sample_in_one_click(open_page: Open, stored):
    app = open_page("evaluations", sample=False)
    button = next(button for button in app.button if button.label == "Load the sample evaluation")
    button.click().run()
    assert not app.exception
    assert [each.name for each in stored().listing()] == ["Line 3 OT security renewal"]


def test_compare_shows_every_vendor_with_its_verdict(open_page: Open, stored):
    shown = text_of(open_page("compare"))
    service = stored()
    for card in service.compare(service.get(EVALUATION)).vendors:
        assert card.name in shown
        assert card.verdict.outcome.value in shown


@pytest.mark.usefixtures("scoring")
def test_a_rating_given_on_review_is_recorded_with_its_reason(open_page: Open, stored):
    app = open_page("review", question="Q2", person="Amara Osei")
    vendor = stored().get(EVALUATION).vendors[0]
    person = stored().get(EVALUATION).evaluators[0].name
    level = next(group for group in app.get("button_group") if f"_{vendor.id}_Q2_" in str(group.proto.id))
    level.set_value("1")
    reason = next(area for area in app.text_area if f"reason_{EVALUATION}_{vendor.id}_Q2_" in str(area.key))
    reason.set_value("Seen on site.")
    save = next(button for button in app.button if f"save_{EVALUATION}_{vendor.id}_Q2_" in str(button.key))
    save.click().run()
    assert not app.exception
    rating = stored().acting_as(person).get(EVALUATION).ratings[vendor.id, "Q2", person]
    assert (rating.level, rating.reason) == (1, "Seen on site.")


@pytest.mark.usefixtures("scoring")
def test_a_rating_without_a_reason_is_refused_where_it_was_given(open_page: Open, stored):
    app = open_page("review", question="Q2", person="Amara Osei")
    vendor = stored().get(EVALUATION).vendors[0]
    before = stored().get(EVALUATION).sequence
    reason = next(area for area in app.text_area if f"reason_{EVALUATION}_{vendor.id}_Q2_" in str(area.key))
    reason.set_value("")
    save = next(button for button in app.button if f"save_{EVALUATION}_{vendor.id}_Q2_" in str(button.key))
    save.click().run()
    assert "needs a reason" in app.error[0].value
    assert stored().get(EVALUATION).sequence == before


def test_a_page_address_leads_to_its_question(open_page: Open):
    assert open_page("review", question="L3").title[0].value.startswith("L3 ")


def test_what_if_weights_change_nothing_until_they_are_adopted(open_page: Open, stored):
    app = open_page("weights")
    before = stored().get(EVALUATION)
    app.slider[0].set_value(0.0).run()
    assert any("not recorded" in heading.value for heading in app.subheader)
    assert stored().get(EVALUATION).sequence == before.sequence
    reason = next(area for area in app.text_area if (area.key or "").startswith("adopt_reason"))
    reason.set_value("The board decided so.")
    next(button for button in app.button if button.label == "Adopt").click().run()
    assert not app.exception
    after = stored().get(EVALUATION)
    assert after.content_hash != before.content_hash
    assert after.ratings == before.ratings


def test_a_workbook_dropped_on_responses_is_previewed_and_accepted(open_page: Open, stored, sample_workbooks: Path):
    app = open_page("responses")
    vendor = stored().get(EVALUATION).vendors[0]
    versions = len(stored().get(EVALUATION).responses[vendor.id])
    workbook = sample_workbooks / f"{vendor.name}.xlsx"
    app.file_uploader[0].upload(workbook.name, workbook.read_bytes()).run()
    assert not app.exception
    assert "answered" in text_of(app)
    next(button for button in app.button if button.label == "Accept this response").click().run()
    assert not app.exception
    assert len(stored().get(EVALUATION).responses[vendor.id]) == versions + 1


def test_one_file_dropped_twice_under_two_names_is_shown_twice(open_page: Open, sample_workbooks: Path):
    app = open_page("responses")
    body = next(sample_workbooks.glob("*.xlsx")).read_bytes()
    app.file_uploader[0].set_value([("one.xlsx", body, ""), ("two.xlsx", body, "")]).run()
    assert not app.exception
    assert sum(button.label == "Accept this response" for button in app.button) == 2


def test_a_database_that_cannot_be_read_is_said_in_words(open_page: Open, tmp_path: Path):
    open_page("compare")
    (tmp_path / "data" / "ii-vendor.db").unlink()
    (tmp_path / "data" / "ii-vendor.db").mkdir()
    process.close()
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert "open" in app.error[0].value
