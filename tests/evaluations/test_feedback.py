"""Decisions on red flags become labelled examples, without names and without leaving the program."""

from __future__ import annotations

import json
import re

import pytest

from ii_vendor.feedback import decided_flags, examples, examples_jsonl
from ii_vendor.library import read_labelled
from ii_vendor.model.panel import FlagState
from ii_vendor.model.response import Answer, Cell

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


def test_the_author_is_one_for_the_evaluation_and_does_not_name_it(evaluations, renewal):
    evaluations.decide_flag(renewal, STOPS, FlagState.confirmed, reason="seen")
    evaluations.raise_flag(renewal, "birch", "Q2", rule="Q2-agent", quote="At the boundary")
    now = evaluations.get(renewal)
    (author,) = {each.author for each in examples(now)}
    assert re.fullmatch("panel-[0-9a-f]{8}", author)
    assert renewal not in examples_jsonl(now)
    assert {each.author for each in examples(now.model_copy(update={"id": "other"}))} != {author}


@pytest.fixture
def told(evaluations, renewal):
    """The example made of an answer whose vendor, contact and panel have these names, with the red words in it."""

    def example(said, quote, *, vendor="Cirrostead Industrial Cloud", contact="", panel=(), reason=""):
        evaluations.raise_flag(renewal, "alder", "Q1", statement="Odd", quote="Our cloud", reason=reason)
        now = evaluations.get(renewal)
        (received,) = now.responses["alder"]
        answers = (Answer(question="Q1", cells=(Cell(text=said),)),)
        response = received.response.model_copy(update={"answers": answers, "vendor": vendor, "contact": contact})
        flag = next(each for each in now.flags.values() if each.raised_by != "signals")
        quoted = flag.model_copy(update={"quotes": (flag.quotes[0].model_copy(update={"text": quote}),)})
        seats = (*now.evaluators, *(now.evaluators[0].model_copy(update={"name": name}) for name in panel))
        vendors = (now.vendors[0].model_copy(update={"name": vendor}), *now.vendors[1:])
        responses = {"alder": (received.model_copy(update={"response": response}),)}
        changes = {"vendors": vendors, "responses": responses, "flags": {flag.id: quoted}, "evaluators": seats}
        (made,) = examples(now.model_copy(update=changes))
        return made

    return example


def test_the_first_word_of_a_vendors_name_is_hidden_in_text_spans_and_reason(told):
    said = "CIRROSTEAD stops it. Write to help@cirrostead.example for Cirrostead Industrial Cloud."
    made = told(said, "CIRROSTEAD stops", reason="Said by cirrostead.")
    assert made.text == "Vendor A stops it. Write to help@Vendor A.example for Vendor A."
    assert (made.red_spans, made.why) == (("Vendor A stops",), "Said by Vendor A.")


@pytest.mark.parametrize("name", ["Industrial Cloud Works", "The General Company", "ABC Controls"])
def test_a_first_word_that_is_common_or_short_stays(told, name):
    said = "Industrial sites in general stop; abc."
    assert told(said, "general stop", vendor=name).text == said


def test_an_article_is_not_the_first_word(told):
    assert told("Only Cirrostead stops.", "stops", vendor="The Cirrostead Company").text == "Only Vendor A stops."


def test_words_that_cut_a_name_in_two_hold_what_stands_for_it(told):
    made = told("It stops at Cirrostead Industrial Cloud.", "stops at Cirrostead Ind")
    assert made.red_spans == ("stops at Vendor A",)


def test_the_panel_is_named_in_no_case_of_letters(told):
    made = told("As OLU KAYA asked, olu: it stops.", "KAYA asked", panel=["Olu Kaya"], reason="Asked by olu.")
    assert (made.text, made.red_spans) == ("As somebody asked, somebody: it stops.", ("somebody asked",))
    assert made.why == "Asked by somebody."


def test_a_persons_name_that_is_a_common_word_is_hidden_only_as_a_name(told):
    made = told("We will tell Will of each mark.", "will", panel=["Will Mark"])
    assert made.text == "We will tell somebody of each mark."


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ("Jane Doe", "ask JANE DOE now"),
        ("Jane Doe, Sales", "ask Jane now"),
        ("Sales: Jane Doe <jd@cstead.example>", "ask jd@cstead.example now"),
        ("bids@cstead.example", "ask cstead.example now"),
        ("jane.doe@cstead.example", "ask Jane Doe now"),
        ("Jane Doe, +49 30 123456", "ask +49 30 123456 now"),
        ("山田太郎", "ask 山田太郎 now"),
    ],
)
def test_a_vendors_contact_is_hidden(told, contact, said):
    assert told(f"It stops; {said}.", "stops", contact=contact).text == "It stops; ask somebody now."


def test_a_contact_without_a_name_leaves_the_words_of_an_answer(told):
    said = "It stops in 2024, and sales support it."
    assert told(said, "stops", contact="sales, 2024").text == said


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
