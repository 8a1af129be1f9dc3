"""A clarification from the question to the vendor's reply, which is read like any other answer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from ii_vendor.model.panel import FlagState

VAGUE, STOPS = "alder/Q1-vague", "alder/Q1-stops"
SENT = FlagState.clarification_sent


@pytest.fixture
def asked(evaluations, renewal):
    """A clarification was sent on VAGUE. Gives the id of the evaluation."""
    evaluations.decide_flag(renewal, VAGUE, SENT, reason="What does it mean?")
    return renewal


def today():
    return datetime.now(UTC).date()


def test_a_clarification_has_a_day_by_which_the_vendor_is_to_answer(evaluations, renewal):
    due = today() + timedelta(days=3)
    assert evaluations.decide_flag(renewal, VAGUE, SENT, reason="What?", due=due).flags[VAGUE].due == due
    flag = evaluations.decide_flag(renewal, STOPS, SENT, reason="What?").flags[STOPS]
    assert flag.due - flag.decisions[-1].at.date() == timedelta(days=14)


def test_a_day_that_has_passed_is_refused(evaluations, refused):
    said = refused(evaluations.decide_flag, VAGUE, SENT, reason="What?", due=date(2020, 1, 1))
    assert said.startswith("The date by which the vendor is to answer has passed already.")


def test_only_a_clarification_has_such_a_day(evaluations, renewal):
    due = today() + timedelta(days=3)
    assert evaluations.decide_flag(renewal, VAGUE, FlagState.confirmed, reason="x", due=due).flags[VAGUE].due is None


def test_a_reply_is_a_new_version_with_its_words_to_the_letter_under_the_answer(evaluations, asked):
    reply = "  Only while the link is up.\nBest regards\n"
    now = evaluations.attach_reply(asked, VAGUE, reply)
    first, second = now.responses["alder"]
    said = second.response.answer("Q1").cells
    assert (second.version, said[:-1], said[-1].text) == (2, first.response.answer("Q1").cells, reply)
    assert said[-1].row.startswith("Reply of ")
    others = [answer for answer in second.response.answers if answer.question != "Q1"]
    assert others == [answer for answer in first.response.answers if answer.question != "Q1"]
    assert evaluations.original(now, second.response.file.sha256) == ("clarification.txt", reply.encode())


def test_a_reply_puts_the_red_flag_back_on_the_table(evaluations, asked):
    flag = evaluations.attach_reply(asked, VAGUE, "Only while the link is up.").flags[VAGUE]
    assert [step.state for step in flag.decisions] == [SENT, FlagState.raised]
    assert flag.due is None


def test_the_signals_read_a_reply(evaluations, asked):
    now = evaluations.attach_reply(asked, VAGUE, "The cloud is required at all times, and operations stop.")
    cells = now.received("alder").response.answer("Q1").cells
    found = [finding for finding in now.received("alder").findings if finding.cell == len(cells) - 1]
    assert {finding.flag for finding in found} == {"Q1-stops", "Q1-vague"}
    assert all(cells[-1].text[finding.start : finding.end] == finding.quote for finding in found)
    assert 2 in {quote.response_version for quote in now.flags[STOPS].quotes}


def test_a_reply_leaves_ratings_and_other_red_flags_as_they_were(evaluations, asked):
    amara = evaluations.acting_as("Amara")
    amara.rate(asked, "Amara", "alder", "Q1", 1, reason="seen")
    before = amara.decide_flag(asked, STOPS, FlagState.confirmed, reason="seen")
    evaluations.attach_reply(asked, VAGUE, "Only while the link is up.")
    now = amara.get(asked)
    assert now.ratings == before.ratings
    assert now.flags[STOPS] == before.flags[STOPS]
    assert evaluations.acting_as("Amara").compare(now).vendors[0].question("Q1").stale == ("Amara",)


def test_a_reply_needs_words_and_a_clarification_that_waits_for_it(evaluations, asked, refused):
    assert refused(evaluations.attach_reply, VAGUE, " \n") == "Paste the vendor's reply, word for word."
    never = "No clarification was sent on this red flag, so there is nothing to reply to."
    assert refused(evaluations.attach_reply, STOPS, "We run alone.") == never
    assert refused(evaluations.attach_reply, "alder/none", "We run alone.") == never
    evaluations.attach_reply(asked, VAGUE, "We run alone.")
    assert refused(evaluations.attach_reply, VAGUE, "We run alone.") == never


def test_a_whole_new_response_answers_a_clarification_where_it_changes_that_answer(evaluations, asked, response_of):
    same = response_of("Alder", L2="Ask us.", original=b"second")
    assert evaluations.accept_response(asked, same, b"second").flags[VAGUE].state is SENT
    other = response_of("Alder", Q1="Only while the link is up.", original=b"third")
    assert evaluations.accept_response(asked, other, b"third").flags[VAGUE].state is FlagState.raised
