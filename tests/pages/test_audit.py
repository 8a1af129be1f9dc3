"""The page of the record: every event in words, found by who and what, and checked by one press."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

EVALUATION = "line-3-ot-security-renewal"
Open = Callable[..., AppTest]


def drawn(app: AppTest) -> str:
    return "\n".join(str(item.proto) for item in app.get("html"))


def events_on(app: AppTest) -> int:
    return drawn(app).count("<li><time>")


def test_it_opens_with_the_newest_fifty_events(open_page: Open, stored):
    app = open_page("audit")
    assert app.title[0].value == "The record"
    newest = stored().history(stored().get(EVALUATION))[-1]
    assert events_on(app) == 50
    assert newest.hash[:12] in drawn(app)


def test_it_says_what_to_do_while_there_is_no_evaluation(open_page: Open):
    assert "no evaluation yet" in open_page("audit", sample=False).info[0].value


def test_the_last_page_ends_with_the_creation(open_page: Open, stored):
    open_page("audit")
    events = stored().get(EVALUATION).sequence
    app = open_page("audit", page=str(-(-events // 50)))
    assert events_on(app) == (events % 50 or 50)
    assert "created the evaluation" in drawn(app)


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ({"who": "Amara Osei"}, lambda event: event.actor == "Amara Osei"),
        ({"about": "tidelark-systems"}, lambda event: getattr(event.change, "vendor", "") == "tidelark-systems"),
        ({"asked": "Q4"}, lambda event: getattr(event.change, "question", "") == "Q4"),
        ({"kind": "price recorded"}, lambda event: event.change.kind == "price recorded"),
    ],
)
def test_it_is_narrowed_to_a_person_a_vendor_a_question_or_a_kind(open_page: Open, stored, address, fits):
    app = open_page("audit", **address)
    wanted = [event for event in stored().history(stored().get(EVALUATION)) if fits(event)]
    shown = int(app.caption[-1].value.split()[0])
    assert wanted
    assert len(wanted) <= shown < stored().get(EVALUATION).sequence
    if "kind" in address:
        assert shown == len(wanted)
        assert all(event.hash[:12] in drawn(app) for event in wanted)


def test_words_are_found_in_the_sentences_and_hashes_too(open_page: Open, stored):
    open_page("audit")
    newest = stored().history(stored().get(EVALUATION))[-1]
    assert events_on(open_page("audit", words=newest.hash[:10])) == 1
    assert "created the evaluation" in drawn(open_page("audit", words="CREATED the evaluation"))
    assert "No event is like that" in open_page("audit", words="no such words at all").info[0].value


def test_a_filter_begins_again_at_its_first_page(open_page: Open):
    app = open_page("audit", page="4")
    next(box for box in app.selectbox if box.label == "Kind").set_value("rating recorded").run()
    assert not app.exception
    assert ", 1 to 50 shown" in app.caption[-1].value


def check(app: AppTest) -> AppTest:
    next(button for button in app.button if button.label == "Check the record").click().run()
    assert not app.exception
    return app


def test_one_press_checks_the_record(open_page: Open):
    assert "is whole" in check(open_page("audit")).success[0].value


def test_one_press_finds_what_was_changed_behind_everybody_s_back(open_page: Open, tmp_path: Path):
    app = open_page("audit")
    with sqlite3.connect(tmp_path / "data" / "ii-vendor.db") as database:
        database.execute("UPDATE events SET actor = 'Mallory' WHERE sequence = 5")
    database.close()
    assert "What event 5 says does not give its hash" in check(app).error[0].value
