"""The red-flag score worked out by hand. Shares: Q1 and Q2 0.3 each, L1 and L2 0.15 each, DEA-1 0.1."""

import pytest

from ii_vendor.model.scorecard import Outcome
from ii_vendor.score import compare

FULL = {"Q1": 3, "Q2": 3, "L1": 3, "L2": 3, "DEA-1": 3}


def card_of(evaluation, content):
    """The scorecard of the evaluation's only vendor."""
    (card,) = compare(evaluation, content).vendors
    return card


@pytest.mark.parametrize(("severity", "share"), [("critical", 1.0), ("major", 0.6), ("minor", 0.25)])
def test_a_confirmed_flag_takes_its_share_of_its_question(content, judged, red_flag, severity, share):
    card = card_of(judged({"alder": FULL}, [red_flag("L1", severity)]), content)
    assert card.red_flags.low == card.red_flags.high == pytest.approx(100 * 0.15 * share)


def test_flags_of_one_question_never_add_up_to_more_than_it(content, judged, red_flag):
    flags = [red_flag("L1", "major", name="a"), red_flag("L1", "major", name="b"), red_flag("L1", "minor", name="c")]
    card = card_of(judged({"alder": FULL}, flags), content)
    assert card.red_flags.low == pytest.approx(100 * 0.15 * (1 - 0.4 * 0.4 * 0.75))


def test_flags_of_several_questions_are_weighted(content, judged, red_flag):
    card = card_of(judged({"alder": FULL}, [red_flag("Q2", "major"), red_flag("DEA-1", "critical")]), content)
    assert card.red_flags.low == pytest.approx(100 * (0.3 * 0.6 + 0.1 * 1.0))


@pytest.mark.parametrize("state", ["raised", "clarification sent"])
def test_an_undecided_flag_is_the_upper_end_of_a_band(content, judged, red_flag, state):
    card = card_of(judged({"alder": FULL}, [red_flag("L1", "minor"), red_flag("L1", "major", state)]), content)
    assert card.red_flags.low == pytest.approx(100 * 0.15 * 0.25)
    assert card.red_flags.high == pytest.approx(100 * 0.15 * (1 - 0.75 * 0.4))


def test_a_dismissed_flag_counts_nowhere(content, judged, red_flag):
    card = card_of(judged({"alder": FULL}, [red_flag("Q1", "critical", "dismissed", gate=True)]), content)
    assert (card.red_flags.low, card.red_flags.high) == (0.0, 0.0)
    assert card.verdict.outcome is Outcome.shortlist


def test_an_accepted_gate_flag_still_counts_and_does_not_reject(content, judged, red_flag):
    card = card_of(judged({"alder": FULL}, [red_flag("Q1", "critical", "accepted", gate=True)]), content)
    assert card.red_flags.low == pytest.approx(100 * 0.3 * 1.0)
    assert card.verdict.outcome is Outcome.conditional
    assert card.rank == 1


def test_flags_never_touch_the_autonomy_score(content, judged, red_flag):
    with_flags = card_of(judged({"alder": FULL}, [red_flag("Q2", "critical")]), content)
    assert with_flags.autonomy == card_of(judged({"alder": FULL}), content).autonomy


def test_what_does_not_apply_leaves_the_red_flag_score_too(content, judged, red_flag):
    card = card_of(judged({"alder": {**FULL, "DEA-1": None}}, [red_flag("L1", "major")]), content)
    assert card.red_flags.low == pytest.approx(100 * 0.15 * 0.6 / 0.9)


def test_each_section_has_a_red_flag_score_of_its_own(content, judged, red_flag):
    card = card_of(judged({"alder": FULL}, [red_flag("L1", "major")]), content)
    assert {score.section: score.red_flags.low for score in card.sections} == pytest.approx(
        {"critical": 0.0, "lock_in": 100 * 0.5 * 0.6, "flows": 0.0}
    )


def test_a_flag_counts_against_its_own_vendor_only(content, judged, red_flag):
    evaluation = judged({"alder": FULL, "birch": FULL}, [red_flag("L1", "major", vendor="birch")])
    alder, birch = compare(evaluation, content).vendors
    assert alder.red_flags.low == 0.0
    assert birch.red_flags.low == pytest.approx(100 * 0.15 * 0.6)
