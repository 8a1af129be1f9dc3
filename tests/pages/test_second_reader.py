"""The second reader on the pages: nothing is offered until it is configured, and it says first where text would go."""

from __future__ import annotations

import json

import pytest

EVALUATION = "line-3-ot-security-renewal"


@pytest.fixture
def configured(model_server, monkeypatch):
    """A second reader on this computer, which takes the first words of each answer for the first red flag."""

    def first_words(messages):
        told = json.loads(messages[1]["content"])
        quote = told["answer"][0]["text"].split("\n")[0][:40]
        return json.dumps({"findings": [{"flag": told["red_flags"][0]["id"], "quote": quote}]})

    model_server.say = first_words
    monkeypatch.setenv("II_VENDOR_READER_URL", model_server.address)
    monkeypatch.setenv("II_VENDOR_READER_MODEL", "small")
    return model_server


def words(app):
    return "\n".join(item.value for kind in (app.markdown, app.caption) for item in kind).replace("\\", "")


def drawn(app):
    return "\n".join(str(item.proto) for item in app.get("html"))


def buttons(app, label):
    return [button for button in app.button if button.label == label]


@pytest.mark.parametrize("page", ["review", "responses"])
def test_without_configuration_no_button_sends_anything(open_page, monkeypatch, page):
    monkeypatch.delenv("II_VENDOR_READER_URL", raising=False)
    app = open_page(page)
    assert not [button for button in app.button if button.label.startswith("Send")]


@pytest.mark.usefixtures("scoring")
def test_an_answer_is_sent_by_a_button_that_stands_under_where_it_would_go(open_page, stored, configured):
    app = open_page("review", question="Q1")
    host = configured.address.removeprefix("http://")
    assert f"It goes to the model small at {host} (on this computer)" in words(app)
    assert configured.asked == []
    buttons(app, "Send this answer")[0].click().run()
    assert not app.exception
    assert len(configured.asked) == 1
    vendor = stored().get(EVALUATION).vendors[0]
    (finding,) = stored().get(EVALUATION).second_reading(vendor.id, "Q1").findings
    assert "<b>Second reader</b>" in drawn(app).replace("\\", "")
    assert finding.quote[:20] in drawn(app)
    assert not [flag for flag in stored().get(EVALUATION).flags_of(vendor.id) if flag.raised_by == "second-reader"]


@pytest.mark.usefixtures("scoring")
def test_a_whole_response_is_sent_from_responses(open_page, stored, configured):
    app = open_page("responses")
    buttons(app, "Send all answers")[0].click().run()
    assert not app.exception
    vendor = stored().get(EVALUATION).vendors[0]
    reading = stored().get(EVALUATION).second_readings[vendor.id][-1]
    assert len(configured.asked) == len(reading.questions) > 30
    assert f"read {len(reading.questions)} answers and points to" in words(app)


@pytest.mark.usefixtures("scoring")
def test_trouble_is_said_where_it_was_asked_for(open_page, stored, configured):
    app = open_page("review", question="Q1")
    configured.close()
    before = stored().get(EVALUATION).sequence
    buttons(app, "Send this answer")[0].click().run()
    assert "cannot be reached" in app.error[0].value
    assert stored().get(EVALUATION).sequence == before


def test_a_wrong_configuration_is_said(open_page, monkeypatch):
    monkeypatch.setenv("II_VENDOR_READER_URL", "nowhere")
    monkeypatch.setenv("II_VENDOR_READER_MODEL", "small")
    assert "is not an address to send to" in words(open_page("review", question="Q1"))


def test_reports_offer_the_examples_and_say_that_nothing_is_sent(open_page):
    app = open_page("reports")
    assert "Examples for the signals" in [each.value for each in app.subheader]
    said = words(app)
    assert "Nothing is sent anywhere." in said
    assert "red flags with quoted words" in said
    assert "read the file before you pass it on" in said


def test_what_an_evaluation_is_judged_by_says_how_often_that_is_right(open_page):
    assert "How red flags are found, and how often that is right" in [
        each.label for each in open_page("evaluations", evaluation=EVALUATION).expander
    ]
