"""A gate is set aside by operations and the asset owner together, and by nobody alone."""

from __future__ import annotations

import pytest

from ii_vendor.evaluations import Actor
from ii_vendor.model.panel import FlagState

GATE, PLAIN = "alder/Q1-stops", "alder/Q1-vague"
ACCEPTED, DISMISSED, CONFIRMED = FlagState.accepted, FlagState.dismissed, FlagState.confirmed
RISK = {"reason": "We can live with it.", "owner": "Ines Bakker"}
TOGETHER = "by operations and the asset owner together, each from their own seat."


@pytest.fixture
def owner(invited):
    """The asset owner, from her own seat."""
    return invited("Ines", "asset owner")


@pytest.fixture
def operations(seated):
    """Operations, from their own seat."""
    return seated("Amara")


@pytest.mark.parametrize("state", [ACCEPTED, DISMISSED])
def test_nobody_without_a_seat_of_one_of_the_two_sets_a_gate_aside(evaluations, renewal, refused, invited, state):
    evaluations.decide_flag(renewal, GATE, CONFIRMED, reason="seen")
    outsiders = [
        evaluations,
        evaluations.acting_as(Actor.facilitator("Fay", "facilitator's link")),
        evaluations.acting_as("Ben"),
        invited("Sam", "security"),
        invited("Pia", "procurement"),
    ]
    for alone in outsiders:
        assert refused(alone.decide_flag, GATE, state, **RISK).endswith(TOGETHER)
        assert refused(alone.judge_flag, "alder", "Q1-stops", state, **RISK).endswith(TOGETHER)


@pytest.mark.parametrize("who", ["operations", "owner"])
def test_one_of_the_two_alone_signs_and_decides_nothing(renewal, request, who):
    alone = request.getfixturevalue(who)
    for _ in range(2):
        flag = alone.decide_flag(renewal, GATE, ACCEPTED, **RISK).flags[GATE]
        assert (flag.state, flag.owner) == (FlagState.raised, "")
        assert [(each.evaluator, each.state, each.owner) for each in flag.signatures] == [
            (alone.actor, ACCEPTED, "Ines Bakker")
        ]


def test_two_of_one_discipline_are_still_one_of_the_two(renewal, operations, invited):
    operations.decide_flag(renewal, GATE, ACCEPTED, **RISK)
    flag = invited("Otto", "operations").decide_flag(renewal, GATE, ACCEPTED, **RISK).flags[GATE]
    assert flag.state is FlagState.raised
    assert [each.evaluator for each in flag.signatures] == ["Otto"]


@pytest.mark.parametrize("order", [("operations", "owner"), ("owner", "operations")], ids=" then ".join)
def test_both_together_accept_and_the_record_names_both_and_the_owner_of_the_risk(renewal, request, order):
    first, second = (request.getfixturevalue(each) for each in order)
    first.decide_flag(renewal, GATE, ACCEPTED, **RISK)
    flag = second.decide_flag(renewal, GATE, ACCEPTED, reason="So be it.", owner="ines bakker").flags[GATE]
    assert (flag.state, flag.owner, flag.signatures) == (ACCEPTED, "Ines Bakker", ())
    (decision,) = flag.decisions
    assert decision.by == second.actor
    for words in ("Amara (operations)", "Ines (asset owner)", "We can live with it.", "So be it."):
        assert words in decision.reason


def test_both_must_name_the_same_owner_of_the_risk(renewal, refused, operations, owner):
    operations.decide_flag(renewal, GATE, ACCEPTED, **RISK)
    said = refused(owner.decide_flag, GATE, ACCEPTED, reason="So be it.", owner="Otto")
    assert said.startswith("Amara signed with Ines Bakker as owner of the risk. Name the same person")
    assert operations.get(renewal).flags[GATE].state is FlagState.raised


@pytest.mark.parametrize("between", [FlagState.confirmed, FlagState.clarification_sent])
def test_a_decision_in_between_voids_what_was_signed(evaluations, renewal, operations, owner, between):
    operations.decide_flag(renewal, GATE, ACCEPTED, **RISK)
    evaluations.decide_flag(renewal, GATE, between, reason="Wait.")
    flag = owner.decide_flag(renewal, GATE, ACCEPTED, **RISK).flags[GATE]
    assert flag.state is between
    assert [each.evaluator for each in flag.signatures] == ["Ines"]


def test_a_signature_for_one_step_is_none_for_another(evaluations, renewal, operations, owner):
    evaluations.decide_flag(renewal, GATE, CONFIRMED, reason="seen")
    operations.decide_flag(renewal, GATE, DISMISSED, reason="A misprint.")
    assert owner.decide_flag(renewal, GATE, ACCEPTED, **RISK).flags[GATE].state is CONFIRMED


def test_a_confirmed_gate_is_dismissed_by_both_together(evaluations, renewal, operations, owner):
    evaluations.decide_flag(renewal, GATE, CONFIRMED, reason="seen")
    assert owner.decide_flag(renewal, GATE, DISMISSED, reason="A misprint.").flags[GATE].state is CONFIRMED
    assert operations.decide_flag(renewal, GATE, DISMISSED, reason="It is.").flags[GATE].state is DISMISSED


def test_an_accepted_gate_is_dismissed_by_both_together(renewal, refused, operations, owner, evaluations):
    for each in (operations, owner):
        each.decide_flag(renewal, GATE, ACCEPTED, **RISK)
    assert refused(evaluations.decide_flag, GATE, DISMISSED, reason="x").endswith(TOGETHER)
    assert operations.decide_flag(renewal, GATE, DISMISSED, reason="x").flags[GATE].state is ACCEPTED


@pytest.mark.parametrize("who", ["operations", "owner"])
def test_a_gate_that_nobody_confirmed_is_dismissed_by_one_of_the_two(renewal, request, who):
    alone = request.getfixturevalue(who)
    assert alone.decide_flag(renewal, GATE, DISMISSED, reason="A misprint.").flags[GATE].state is DISMISSED


def test_a_gate_that_nobody_confirmed_is_dismissed_by_nobody_else(evaluations, refused, invited):
    for alone in (evaluations, evaluations.acting_as("Ben"), invited("Sam", "security")):
        said = refused(alone.decide_flag, GATE, DISMISSED, reason="A misprint.")
        assert said == "A gate is dismissed by operations or by the asset owner, from their own seat."


def test_a_gate_cannot_be_accepted_on_the_way_by_whoever_raises_it(evaluations, refused):
    said = refused(evaluations.judge_flag, "birch", "Q1-stops", ACCEPTED, **RISK)
    assert said.endswith(TOGETHER)


def test_a_gate_of_ones_own_words_takes_two_as_well(evaluations, renewal, refused):
    flags = evaluations.raise_flag(renewal, "birch", "Q2", statement="No exit", gate=True).flags
    assert flags["birch/Q2-own-1"].gate
    assert refused(evaluations.decide_flag, "birch/Q2-own-1", ACCEPTED, **RISK).endswith(TOGETHER)


def test_another_red_flag_is_accepted_by_one(evaluations, renewal):
    flag = evaluations.acting_as("Ben").decide_flag(renewal, PLAIN, ACCEPTED, **RISK).flags[PLAIN]
    assert (flag.state, flag.owner) == (ACCEPTED, "Ines Bakker")


def test_conflict_keeps_a_signatory_from_signing(evaluations, renewal, refused, operations, owner):
    owner.declare(renewal, "Ines", {"alder": "I own shares."})
    operations.decide_flag(renewal, GATE, ACCEPTED, **RISK)
    assert "conflict of interest" in refused(owner.decide_flag, GATE, ACCEPTED, **RISK)
    assert evaluations.get(renewal).flags[GATE].state is FlagState.raised


def test_a_signature_falls_with_a_conflict_that_its_signatory_declares_afterwards(
    evaluations, renewal, operations, owner
):
    operations.decide_flag(renewal, GATE, ACCEPTED, **RISK)
    operations.declare(renewal, "Amara", {"alder": "My brother joined them."})
    owner.decide_flag(renewal, GATE, ACCEPTED, **RISK)
    assert evaluations.get(renewal).flags[GATE].state is FlagState.raised


def test_a_gate_that_stood_once_takes_two_whatever_was_asked_since(evaluations, renewal, operations, refused):
    evaluations.decide_flag(renewal, GATE, CONFIRMED, reason="seen")
    evaluations.decide_flag(renewal, GATE, FlagState.clarification_sent, reason="asked")
    assert refused(evaluations.acting_as("Ben").decide_flag, GATE, DISMISSED, reason="fine").endswith(TOGETHER)
    operations.decide_flag(renewal, GATE, DISMISSED, reason="fine")
    assert evaluations.get(renewal).flags[GATE].state is FlagState.clarification_sent, "one of two"


def test_a_signature_is_for_the_answer_that_was_read(evaluations, renewal, operations, owner, response_of):
    operations.decide_flag(renewal, GATE, ACCEPTED, **RISK)
    evaluations.accept_response(
        renewal, response_of("Alder", Q1="Operations stop at once, always.", original=b"alder 2"), b"alder 2"
    )
    owner.decide_flag(renewal, GATE, ACCEPTED, **RISK)
    assert evaluations.get(renewal).flags[GATE].state is not ACCEPTED


def test_what_somebody_decided_alone_is_open_again_once_they_declare_a_conflict(evaluations, renewal, operations):
    operations.decide_flag(renewal, PLAIN, DISMISSED, reason="nothing in it")
    operations.declare(renewal, "Amara", {"alder": "My brother joined them."})
    assert evaluations.get(renewal).flags[PLAIN].state is FlagState.raised
