"""Every verdict, what it says, and which of two wins."""

import pytest

from ii_vendor.model.scorecard import Outcome
from ii_vendor.score import compare

FULL = {"Q1": 3, "Q2": 3, "L1": 3, "L2": 3, "DEA-1": 3}


def verdict_of(evaluation, content):
    """The verdict on the evaluation's only vendor."""
    (card,) = compare(evaluation, content).vendors
    return card.verdict


def test_a_vendor_without_anything_against_it_is_shortlisted(content, judged):
    verdict = verdict_of(judged({"alder": FULL}), content)
    assert verdict.outcome is Outcome.shortlist
    assert [reason.kind for reason in verdict.reasons] == ["clean"]


def test_a_confirmed_gate_flag_rejects_with_the_vendors_words(content, judged, red_flag):
    flag = red_flag("Q1", "critical", gate=True, quote="It stops.")
    verdict = verdict_of(judged({"alder": FULL}, [flag]), content)
    assert verdict.outcome is Outcome.reject
    (reason,) = verdict.reasons
    assert (reason.kind, reason.question, reason.flag, reason.quote) == ("gate", "Q1", flag.id, "It stops.")
    assert str(reason) == "Q1: it is so “It stops.”"


def test_a_confirmed_gate_rejects_even_where_the_panel_says_that_the_question_does_not_apply(content, judged, red_flag):
    flag = red_flag("Q1", "critical", gate=True)
    assert verdict_of(judged({"alder": {**FULL, "Q1": None}}, [flag]), content).outcome is Outcome.reject


@pytest.mark.parametrize("severity", ["critical", "major", "minor"])
def test_a_confirmed_flag_without_a_gate_never_rejects(content, judged, red_flag, severity):
    assert verdict_of(judged({"alder": FULL}, [red_flag("Q1", severity)]), content).outcome is Outcome.conditional


def test_a_gate_flag_that_nobody_decided_leaves_the_verdict_open(content, judged, red_flag):
    verdict = verdict_of(judged({"alder": FULL}, [red_flag("Q1", "critical", "raised", gate=True)]), content)
    assert verdict.outcome is Outcome.incomplete
    assert [reason.kind for reason in verdict.reasons] == ["undecided"]


def test_a_critical_question_at_level_0_rejects(content, judged):
    verdict = verdict_of(judged({"alder": {**FULL, "Q2": 0}}), content)
    assert verdict.outcome is Outcome.reject
    assert [(reason.kind, reason.question) for reason in verdict.reasons] == [("critical", "Q2")]


def test_an_unanswered_critical_question_rejects_and_says_why(content, judged):
    verdict = verdict_of(judged({"alder": {**FULL, "Q1": 4}}, empty={"alder": {"Q1"}}), content)
    assert verdict.outcome is Outcome.reject
    assert "not answered" in verdict.reasons[0].text


def test_another_question_at_level_0_does_not_reject(content, judged):
    assert verdict_of(judged({"alder": {**FULL, "L1": 0}}), content).outcome is Outcome.shortlist


def test_a_gate_in_dispute_is_left_open_and_never_averaged(content, judged, profile_with):
    strict = content.with_profile(profile_with(floor=3))
    verdict = verdict_of(judged({"alder": {**FULL, "Q1": {"Amara": 0, "Ben": 4}}}), strict)
    assert verdict.outcome is Outcome.incomplete
    (reason,) = verdict.reasons
    assert (reason.kind, reason.question) == ("dispute", "Q1")
    assert "Amara 0, Ben 4" in reason.text


def test_whether_a_critical_question_applies_can_be_in_dispute(content, judged):
    verdict = verdict_of(judged({"alder": {**FULL, "Q1": {"Amara": None, "Ben": 4}}}), content)
    assert verdict.outcome is Outcome.incomplete
    assert "Amara not applicable, Ben 4" in verdict.reasons[0].text


def test_a_critical_question_rated_not_applicable_does_not_pass_in_silence(content, judged):
    verdict = verdict_of(judged({"alder": {**FULL, "Q2": None}}), content)
    assert verdict.outcome is Outcome.incomplete
    assert verdict.reasons[0].text.startswith("Q2 is critical and was rated not applicable.")


def test_an_undecided_gate_stays_open_where_the_question_was_rated_not_applicable(content, judged, red_flag):
    flag = red_flag("Q1", "critical", "raised", gate=True)
    verdict = verdict_of(judged({"alder": {**FULL, "Q1": None}}, [flag]), content)
    assert "undecided" in [reason.kind for reason in verdict.reasons]


def test_evaluators_apart_on_the_same_side_of_a_gate_do_not_hold_it_up(content, judged):
    assert verdict_of(judged({"alder": {**FULL, "Q1": {"Amara": 1, "Ben": 4}}}), content).outcome is Outcome.shortlist


def test_a_missing_rating_leaves_the_verdict_open_and_is_named(content, judged):
    verdict = verdict_of(judged({"alder": {"Q1": 3, "Q2": 3, "L1": 3}}), content)
    assert verdict.outcome is Outcome.incomplete
    assert [reason.text for reason in verdict.reasons] == ["2 questions are not rated yet: L2, DEA-1."]


def test_remaining_flags_make_conditions_with_clause_and_test(content, judged, red_flag):
    flags = [red_flag("L2", "minor"), red_flag("Q2", "major", "accepted")]
    verdict = verdict_of(judged({"alder": FULL}, flags), content)
    assert verdict.outcome is Outcome.conditional
    assert [reason.question for reason in verdict.reasons] == ["Q2", "L2"]
    assert "Accepted by Ines." in verdict.reasons[0].text
    assert verdict.reasons[1].clause == "The supplier warrants L2."
    assert verdict.reasons[1].verify == "Test L2."


@pytest.mark.parametrize(
    ("minimum", "reached", "missed"),
    [
        ({"autonomy": 75}, FULL, {**FULL, "DEA-1": 2}),
        ({"evidenced": 75}, FULL, {**FULL, "DEA-1": (4, "claim")}),
        ({"floor": 3}, FULL, {**FULL, "Q2": 2}),
        ({"sections": {"lock_in": 75}}, FULL, {**FULL, "L1": 2}),
    ],
    ids=["autonomy", "evidenced", "floor", "section"],
)
def test_a_minimum_is_inclusive(content, judged, profile_with, minimum, reached, missed):
    strict = content.with_profile(profile_with(**minimum))
    assert verdict_of(judged({"alder": reached}), strict).outcome is Outcome.shortlist
    below = verdict_of(judged({"alder": missed}), strict)
    assert below.outcome is Outcome.reject
    assert [reason.kind for reason in below.reasons] == ["minimum"]


def test_a_minimum_that_only_just_fails_does_not_look_reached(content, judged, profile_with):
    weights = {"critical": 9997, "lock_in": 0, "flows": 3}
    strict = content.with_profile(profile_with(autonomy=75, section_weights=weights))
    (reason,) = verdict_of(judged({"alder": {**FULL, "DEA-1": 0}}), strict).reasons
    assert reason.text == "Autonomy reaches 74.98 at most; the minimum is 75."


def test_a_minimum_that_open_ratings_could_reach_is_not_missed_yet(content, judged, profile_with):
    strict = content.with_profile(profile_with(autonomy=70))
    assert verdict_of(judged({"alder": {"Q1": 1}}), strict).outcome is Outcome.incomplete
    assert verdict_of(judged({"alder": {"Q1": 1, "Q2": 1}}), strict).outcome is Outcome.reject


def test_rejection_comes_before_open_points_and_those_before_conditions(content, judged, red_flag):
    confirmed, undecided = red_flag("L1", "major"), red_flag("L2", "minor", "raised")
    gate = red_flag("Q1", "critical", gate=True)
    only_flag = judged({"alder": FULL}, [confirmed])
    also_open = judged({"alder": FULL}, [confirmed, undecided])
    also_gate = judged({"alder": {"Q1": 3}}, [confirmed, undecided, gate])
    outcomes = [verdict_of(evaluation, content).outcome for evaluation in (only_flag, also_open, also_gate)]
    assert outcomes == [Outcome.conditional, Outcome.incomplete, Outcome.reject]


def test_a_rejection_names_every_ground_gravest_first(content, judged, red_flag, profile_with):
    strict = content.with_profile(profile_with(autonomy=90))
    verdict = verdict_of(judged({"alder": {**FULL, "Q2": 0}}, [red_flag("Q1", "critical", gate=True)]), strict)
    assert [reason.kind for reason in verdict.reasons] == ["gate", "critical", "minimum"]


def test_no_score_at_all_is_incomplete_and_not_a_shortlist(content, judged, profile_with):
    weightless = content.with_profile(profile_with(section_weights={"critical": 0, "lock_in": 0, "flows": 0}))
    assert verdict_of(judged({"alder": FULL}), weightless).outcome is Outcome.incomplete
