"""Decisions on red flags become labelled examples, without names and without leaving the program."""

from __future__ import annotations

import json

import pytest

from ii_vendor.feedback import decided_flags, examples, examples_jsonl
from ii_vendor.library import read_labelled
from ii_vendor.model.panel import FlagState

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

STOPS, ALWAYS = "alder/Q1-stops", "alder/Q1-vague"
TEXT = "Operations stop when the link is lost. Our cloud is required at all times."


@pytest.fixture
def given(evaluations, renewal):
    """The examples of the evaluation as it stands."""
    return lambda: examples(evaluations.get(renewal))


def test_while_nobody_has_decided_there_is_nothing_to_learn(evaluations, renewal, given):
    assert given() == []
    assert decided_flags(evaluations.get(renewal)) == 0
    evaluations.decide_flag(renewal, STOPS, FlagState.clarification_sent, reason="asked")
    assert given() == []


def test_confirmed_words_are_red_with_the_reason(evaluations, renewal, given):
    evaluations.decide_flag(renewal, STOPS, FlagState.confirmed, reason="Seen in the test.")
    (example,) = given()
    assert (example.question, example.text, example.why) == ("Q1", TEXT, "Seen in the test.")
    assert set(example.red_spans) == {quote.text for quote in evaluations.get(renewal).flags[STOPS].quotes}
    assert (example.red, example.good, example.level, example.clear_spans) == (True, None, None, ())
    assert decided_flags(evaluations.get(renewal)) == 1


def test_dismissed_words_are_clear_and_say_nothing_of_the_whole_answer(evaluations, renewal, given):
    evaluations.decide_flag(renewal, ALWAYS, FlagState.dismissed, reason="A figure of speech.")
    (example,) = given()
    assert (example.red, example.red_spans) == (None, ())
    assert example.clear_spans == tuple(quote.text for quote in evaluations.get(renewal).flags[ALWAYS].quotes)


def test_words_that_are_red_for_one_flag_are_not_clear_for_another(evaluations, renewal, given):
    evaluations.raise_flag(renewal, "alder", "Q1", statement="Odd", quote="Our cloud is required at all times.")
    evaluations.decide_flag(renewal, ALWAYS, FlagState.dismissed, reason="no")
    (example,) = given()
    assert (example.red_spans, example.clear_spans) == (("Our cloud is required at all times.",), ())


def test_a_flag_raised_by_hand_is_an_example_until_it_is_dismissed(evaluations, renewal, given):
    evaluations.raise_flag(renewal, "birch", "Q2", rule="Q2-agent", quote="At the boundary", reason="Only there")
    (example,) = given()
    assert (example.red_spans, example.why) == (("At the boundary",), "Only there")
    evaluations.decide_flag(renewal, "birch/Q2-agent", FlagState.dismissed, reason="Not so")
    (example,) = given()
    assert (example.red_spans, example.clear_spans, example.why) == ((), ("At the boundary",), "Not so")


def test_a_flag_without_words_teaches_nothing(evaluations, renewal, given):
    evaluations.raise_flag(renewal, "birch", "Q2", statement="A feeling")
    assert given() == []


def test_words_stay_with_the_version_that_said_them(evaluations, renewal, response_of, given):
    evaluations.decide_flag(renewal, STOPS, FlagState.confirmed, reason="seen")
    evaluations.accept_response(renewal, response_of("Alder", Q1="It runs alone.", original=b"second"), b"second")
    (example,) = given()
    assert example.text == TEXT


def test_no_vendor_and_nobody_of_the_panel_is_named(evaluations, renewal, response_of):
    said = "With Alder operations stop, unlike with Birch."
    evaluations.accept_response(renewal, response_of("Alder", Q1=said, original=b"second"), b"second")
    evaluations.decide_flag(renewal, STOPS, FlagState.confirmed, reason="Amara and Ben asked Alder, says Amara.")
    text = examples_jsonl(evaluations.get(renewal))
    for name in ("alder", "birch", "amara", "ben "):
        assert name not in text.casefold()
    stops = [json.loads(line) for line in text.splitlines()]
    assert "With Vendor A operations stop, unlike with Vendor B." in {each["text"] for each in stops}
    assert stops[0]["why"] == "somebody and somebody asked Vendor A, says somebody."
    assert {each["author"] for each in stops} == {renewal}


def test_a_seat_gets_examples_of_what_it_may_see(evaluations, renewal, seated):
    evaluations.decide_flag(renewal, STOPS, FlagState.confirmed, reason="seen")
    evaluations.raise_flag(renewal, "birch", "Q2", rule="Q2-agent", quote="At the boundary")
    ben = seated("Ben")
    assert len(examples(ben.get(renewal))) == 2
    ben.declare(renewal, "Ben", {"alder": "Shares."})
    (example,) = examples(ben.get(renewal))
    assert example.text == "At the boundary of each zone."


def test_masked_names_stay_masked(evaluations, renewal, seated):
    evaluations.decide_flag(renewal, STOPS, FlagState.confirmed, reason="seen")
    evaluations.mask_names(renewal, True)
    (example,) = examples(seated("Ben").get(renewal))
    assert example.text == TEXT


def test_the_file_is_read_back_as_it_was_written(evaluations, renewal, tmp_path):
    evaluations.decide_flag(renewal, STOPS, FlagState.confirmed, reason="seen")
    path = tmp_path / "examples.jsonl"
    path.write_text(examples_jsonl(evaluations.get(renewal)), "utf-8")
    assert read_labelled([path]) == examples(evaluations.get(renewal))


def test_an_example_keeps_its_id(evaluations, renewal, given):
    evaluations.decide_flag(renewal, STOPS, FlagState.confirmed, reason="seen")
    (first,) = given()
    evaluations.decide_flag(renewal, ALWAYS, FlagState.dismissed, reason="no")
    (second,) = given()
    assert first.id == second.id
