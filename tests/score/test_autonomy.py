"""Autonomy worked out by hand. Shares: Q1 and Q2 0.3 each, L1 and L2 0.15 each, DEA-1 0.1."""

import pytest

from ii_vendor.model.scorecard import AnswerStatus
from ii_vendor.score import compare, question_shares, section_shares

FULL = {"Q1": 3, "Q2": 3, "L1": 2, "L2": 2, "DEA-1": 4}


def card_of(evaluation, content):
    """The scorecard of the evaluation's only vendor."""
    (card,) = compare(evaluation, content).vendors
    return card


def section(card, name):
    """One section's score."""
    return next(score for score in card.sections if score.section == name)


def test_the_total_is_the_weighted_mean_of_the_levels(content, judged):
    card = card_of(judged({"alder": FULL}), content)
    assert card.autonomy.claimed == pytest.approx(100 * (0.6 * 0.75 + 0.3 * 0.5 + 0.1 * 1.0))
    assert card.autonomy.low == card.autonomy.high == pytest.approx(70.0)
    assert card.autonomy.coverage == 1.0


def test_each_section_has_a_score_of_its_own(content, judged):
    card = card_of(judged({"alder": {"Q1": 4, "Q2": 1, "L1": 2, "L2": 3, "DEA-1": 0}}), content)
    assert {score.section: score.autonomy.claimed for score in card.sections} == pytest.approx(
        {"critical": 100 * 5 / 8, "lock_in": 100 * 5 / 8, "flows": 0.0}
    )
    assert {score.section: score.weight for score in card.sections} == pytest.approx(
        {"critical": 0.6, "lock_in": 0.3, "flows": 0.1}
    )


def test_question_weights_share_out_their_section(content, profile_with):
    shares = question_shares(content.with_profile(profile_with(question_weights={"Q1": 2})))
    assert shares == pytest.approx({"Q1": 0.4, "Q2": 0.2, "L1": 0.15, "L2": 0.15, "DEA-1": 0.1})


def test_missing_ratings_make_a_band_with_its_coverage(content, judged):
    autonomy = card_of(judged({"alder": {"Q1": 4, "L1": 2}}), content).autonomy
    assert autonomy.low == pytest.approx(100 * (0.3 * 1.0 + 0.15 * 0.5))
    assert autonomy.high == pytest.approx(100 * (0.3 * 1.0 + 0.15 * 0.5 + 0.3 + 0.15 + 0.1))
    assert autonomy.claimed == pytest.approx(100 * (0.3 * 1.0 + 0.15 * 0.5) / 0.45)
    assert autonomy.coverage == pytest.approx(0.45)


def test_before_the_first_rating_everything_is_open(content, judged):
    card = card_of(judged({"alder": {}}), content)
    assert (card.autonomy.low, card.autonomy.high, card.autonomy.coverage) == (0.0, 100.0, 0.0)
    assert card.autonomy.claimed is None
    assert card.autonomy.evidenced is None
    assert card.floor.level is None


def test_before_a_response_nothing_counts_as_unanswered(content, judged):
    card = card_of(judged({"alder": {}}, silent={"alder"}), content)
    assert {score.status for score in card.questions} == {AnswerStatus.missing}
    assert card.autonomy.high == 100.0


def test_an_unanswered_question_is_level_0_and_says_so(content, judged):
    card = card_of(judged({"alder": {**FULL, "L2": 4}}, empty={"alder": {"L2"}}), content)
    assert card.question("L2").status is AnswerStatus.unanswered
    assert card.autonomy.claimed == pytest.approx(100 * (0.6 * 0.75 + 0.15 * 0.5 + 0.15 * 0.0 + 0.1))


def test_an_unanswered_question_counts_before_anybody_rated_it(content, judged):
    autonomy = card_of(judged({"alder": {}}, empty={"alder": {"Q1"}}), content).autonomy
    assert autonomy.high == pytest.approx(70.0)
    assert autonomy.coverage == pytest.approx(0.3)


def test_what_does_not_apply_leaves_the_denominator(content, judged):
    card = card_of(judged({"alder": {**FULL, "DEA-1": None}}), content)
    assert card.autonomy.claimed == pytest.approx(100 * (0.6 * 0.75 + 0.3 * 0.5) / 0.9)
    assert card.autonomy.coverage == pytest.approx(1.0)
    assert section(card, "flows").autonomy.claimed is None


def test_an_unanswered_question_that_does_not_apply_costs_nothing(content, judged):
    card = card_of(judged({"alder": {**FULL, "DEA-1": None}}, empty={"alder": {"DEA-1"}}), content)
    assert card.question("DEA-1").status is AnswerStatus.not_applicable
    assert card.autonomy.claimed == pytest.approx(100 * (0.6 * 0.75 + 0.3 * 0.5) / 0.9)


def test_several_evaluators_count_by_their_mean(content, judged):
    ratings = {**FULL, "Q1": {"Amara": 4, "Ben": 1, "Chen": 1}}
    card = card_of(judged({"alder": ratings}), content)
    assert card.question("Q1").claimed == pytest.approx(2.0)
    assert card.question("Q1").spread == 3
    assert card.autonomy.claimed == pytest.approx(100 * (0.3 * 0.5 + 0.3 * 0.75 + 0.3 * 0.5 + 0.1))


def test_the_mean_is_over_those_who_gave_a_level(content, judged):
    card = card_of(judged({"alder": {**FULL, "L1": {"Amara": 3, "Ben": None}}}), content)
    assert card.question("L1").claimed == 3.0
    assert card.question("L1").status is AnswerStatus.rated


@pytest.mark.parametrize(
    ("grade", "evidenced"), [("claim", 2), ("document", 3), ("contract", 4), ("demonstration", 4), ("trial", 4)]
)
def test_evidence_caps_what_a_level_is_worth(content, judged, grade, evidenced):
    card = card_of(judged({"alder": {**FULL, "Q1": (4, grade)}}), content)
    assert card.question("Q1").claimed == 4.0
    assert card.question("Q1").evidenced == evidenced
    assert card.autonomy.evidenced == pytest.approx(100 * (0.3 * evidenced / 4 + 0.3 * 0.75 + 0.3 * 0.5 + 0.1))
    assert card.autonomy.claimed == pytest.approx(100 * (0.3 * 1.0 + 0.3 * 0.75 + 0.3 * 0.5 + 0.1))


def test_each_rating_is_capped_before_the_mean(content, judged):
    card = card_of(judged({"alder": {**FULL, "Q1": {"Amara": (4, "claim"), "Ben": (1, "claim")}}}), content)
    assert card.question("Q1").claimed == pytest.approx(2.5)
    assert card.question("Q1").evidenced == pytest.approx((2 + 1) / 2)


def test_a_profile_sets_its_own_caps(content, judged, profile_with):
    caps = {"claim": 0.5, "document": 1, "contract": 2, "demonstration": 3, "trial": 4}
    strict = content.with_profile(profile_with(evidence_caps=caps))
    levels = {"Q1": (4, "claim"), "Q2": (4, "document"), "L1": (4, "contract"), "L2": (4, "demonstration"), "DEA-1": 4}
    card = card_of(judged({"alder": levels}), strict)
    assert card.autonomy.evidenced == pytest.approx(
        100 * (0.3 * 0.125 + 0.3 * 0.25 + 0.15 * 0.5 + 0.15 * 0.75 + 0.1 * 1.0)
    )


def test_the_floor_is_the_lowest_critical_level_with_its_question(content, judged):
    card = card_of(judged({"alder": {**FULL, "Q1": 3, "Q2": 1, "L1": 0}}), content)
    assert (card.floor.level, card.floor.question) == (1.0, "Q2")


def test_the_floor_names_the_first_question_at_it(content, judged):
    card = card_of(judged({"alder": {**FULL, "Q1": 2, "Q2": 2}}), content)
    assert (card.floor.level, card.floor.question) == (2.0, "Q1")


def test_an_unanswered_critical_question_is_the_floor(content, judged):
    card = card_of(judged({"alder": {**FULL, "Q2": 4}}, empty={"alder": {"Q2"}}), content)
    assert (card.floor.level, card.floor.question) == (0.0, "Q2")


def test_a_section_of_weight_zero_is_shown_and_does_not_count(content, judged, profile_with):
    chosen = content.with_profile(profile_with(section_weights={"critical": 1, "lock_in": 1, "flows": 0}))
    card = card_of(judged({"alder": {"Q1": 4, "Q2": 4, "L1": 0, "L2": 0}}), chosen)
    assert card.autonomy.claimed == pytest.approx(50.0)
    assert card.autonomy.coverage == 1.0
    assert section(card, "flows").autonomy.high == 100.0


def test_a_section_of_weight_zero_keeps_its_own_score(content, judged, profile_with):
    chosen = content.with_profile(
        profile_with(section_weights={"critical": 1, "lock_in": 0, "flows": 0}, question_weights={"L1": 3})
    )
    card = card_of(judged({"alder": {**FULL, "L1": 4, "L2": 0}}), chosen)
    assert section(card, "lock_in").autonomy.claimed == pytest.approx(100 * (3 * 1.0 + 1 * 0.0) / 4)
    assert card.autonomy.claimed == pytest.approx(75.0)


def test_a_section_that_the_profile_does_not_name_weighs_nothing(content, profile_with):
    chosen = content.with_profile(profile_with(section_weights={"critical": 6, "lock_in": 3}))
    assert section_shares(chosen) == pytest.approx({"critical": 6 / 9, "lock_in": 3 / 9, "flows": 0.0})


def test_where_nothing_weighs_anything_there_is_no_score(content, judged, profile_with):
    chosen = content.with_profile(profile_with(section_weights={"critical": 0, "lock_in": 0, "flows": 0}))
    card = card_of(judged({"alder": FULL}), chosen)
    assert set(card.autonomy.model_dump().values()) == {None}
    assert (card.red_flags.low, card.red_flags.high) == (None, None)
    assert card.rank is None


def test_where_nothing_applies_there_is_no_score(content, judged):
    card = card_of(judged({"alder": dict.fromkeys(FULL)}), content)
    assert set(card.autonomy.model_dump().values()) == {None}
    assert card.rank is None


def test_only_the_proportions_of_weights_count(content, judged, profile_with):
    scaled = content.with_profile(profile_with(section_weights={"critical": 0.06, "lock_in": 0.03, "flows": 0.01}))
    evaluation = judged({"alder": FULL})
    assert card_of(evaluation, scaled).autonomy.claimed == pytest.approx(card_of(evaluation, content).autonomy.claimed)
