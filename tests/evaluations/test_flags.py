"""Red flags from raising to decision, and what is refused on the way."""

from __future__ import annotations

import pytest

from ii_vendor.evaluations import still_said
from ii_vendor.model.panel import FlagState
from ii_vendor.model.response import Answer, Cell
from ii_vendor.model.rubric import Severity

STOPS = "alder/Q1-stops"
VAGUE = "alder/Q1-vague"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"reason": " "}, "A decision on a red flag needs a reason."),
        ({"state": FlagState.accepted}, "Accepting a red flag needs the name of the person who owns the risk."),
        ({"state": FlagState.accepted, "owner": " "}, "Accepting a red flag needs the name of the person who owns the"),
        ({"state": FlagState.raised}, "A flag is confirmed, dismissed, accepted, or a clarification is sent."),
        ({"flag": "alder/other"}, "There is no red flag 'alder/other' in this evaluation."),
    ],
    ids=str,
)
def test_a_decision_against_the_rules_is_refused(evaluations, refused, changed, message):
    given = {"flag": STOPS, "state": FlagState.confirmed, "reason": "seen"} | changed
    assert refused(evaluations.decide_flag, **given).startswith(message)


def test_every_decision_on_a_flag_stays_on_record(evaluations, renewal):
    evaluations.decide_flag(renewal, VAGUE, FlagState.clarification_sent, reason="asked")
    evaluations.acting_as("Ben").decide_flag(renewal, VAGUE, FlagState.accepted, reason="we know", owner=" Ines ")
    flag = evaluations.get(renewal).flags[VAGUE]
    assert [(step.state.value, step.by) for step in flag.decisions] == [
        ("clarification sent", "somebody"),
        ("accepted", "Ben"),
    ]
    assert (flag.state, flag.owner) == (FlagState.accepted, "Ines")


def test_an_owner_belongs_to_an_accepted_risk_only(evaluations, renewal):
    evaluations.decide_flag(renewal, STOPS, FlagState.confirmed, reason="seen", owner="Ines")
    assert evaluations.get(renewal).flags[STOPS].owner == ""


def test_an_evaluator_raises_a_flag_of_the_rubric(evaluations, renewal):
    evaluations.raise_flag(renewal, "birch", "Q2", rule="Q2-agent", quote="At the boundary", reason="odd")
    flag = evaluations.get(renewal).flags["birch/Q2-agent"]
    assert (flag.statement, flag.severity, flag.raised_by) == ("Q2-agent holds", Severity.major, "somebody")
    assert flag.quotes[0].text == "At the boundary"


def test_an_evaluator_raises_flags_of_his_own(evaluations, renewal):
    for statement in ("First", "Second"):
        evaluations.raise_flag(renewal, "birch", "Q2", statement=statement, severity=Severity.critical, gate=True)
    flags = evaluations.get(renewal).flags_of("birch", "Q2")
    assert [(flag.statement, flag.gate) for flag in flags] == [("First", True), ("Second", True)]
    assert len({flag.id for flag in flags}) == 2


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"rule": "Q2-other"}, "The rubric of Q2 has no red flag 'Q2-other'. It has: Q2-agent."),
        ({"rule": "", "statement": " "}, "A red flag of your own needs a statement."),
        ({"quote": "never said"}, "The quoted words do not stand in the answer."),
        ({"question": "Q1", "rule": "Q1-stops"}, f"{STOPS} has been raised already. Decide on it, or add a quote."),
        ({"vendor": "elm"}, "There is no vendor 'elm' in this evaluation."),
    ],
    ids=str,
)
def test_a_flag_against_the_rules_is_refused(evaluations, refused, changed, message):
    given = {"vendor": "alder", "question": "Q2", "rule": "Q2-agent"} | changed
    assert refused(evaluations.raise_flag, **given).startswith(message)


def test_a_flag_named_for_one_vendor_is_never_anothers(evaluations, refused):
    message = refused(evaluations.judge_flag, "birch", STOPS, FlagState.dismissed, reason="not theirs")
    assert message == f"No rubric of this evaluation has a red flag '{STOPS}'."


def test_a_flag_that_nobody_raised_is_raised_on_the_way(evaluations, renewal):
    judged = evaluations.judge_flag(renewal, "birch", "Q2-agent", FlagState.confirmed, reason="seen on site")
    flag = judged.flags["birch/Q2-agent"]
    assert (flag.question, flag.severity, flag.state) == ("Q2", Severity.major, FlagState.confirmed)


def test_raising_a_flag_again_without_new_words_is_refused_and_loses_no_reason(evaluations, renewal, refused):
    evaluations.judge_flag(renewal, "birch", "Q2-agent", None, reason="seen on site")
    message = refused(evaluations.judge_flag, "birch", "Q2-agent", None, reason="again")
    assert message == "birch/Q2-agent has been raised already. Decide on it, or add a quote."


def test_a_flag_is_not_raised_when_the_decision_is_refused(evaluations, refused):
    message = refused(evaluations.judge_flag, "birch", "Q2-agent", FlagState.accepted, reason="we know")
    assert message == "Accepting a red flag needs the name of the person who owns the risk."


def test_new_words_for_a_flag_must_stand_in_the_answer(evaluations, refused):
    message = refused(evaluations.judge_flag, "alder", "Q1-stops", None, reason="odd", quote="never said")
    assert message.startswith("The quoted words do not stand in the answer.")


def test_words_can_be_added_to_a_flag_of_ones_own(evaluations, renewal):
    evaluations.raise_flag(renewal, "birch", "Q2", statement="Odd", gate=True)
    after = evaluations.judge_flag(renewal, "birch", "birch/Q2-own-1", None, reason="see", quote="At the boundary")
    flag = after.flags["birch/Q2-own-1"]
    assert (flag.statement, flag.gate, [quote.text for quote in flag.quotes]) == ("Odd", True, ["At the boundary"])


def test_a_flag_says_when_its_words_are_gone(evaluations, renewal):
    flag = evaluations.get(renewal).flags[STOPS]
    quote = flag.quotes[0].text
    assert still_said(flag, Answer(question="Q1", cells=(Cell(text="First."), Cell(text=f"Well: {quote} Yes."))))
    assert not still_said(flag, Answer(question="Q1", cells=(Cell(text="It runs alone."),)))
    assert not still_said(flag, Answer(question="Q1"))
    assert still_said(flag.model_copy(update={"quotes": ()}), Answer(question="Q1"))
