"""Ranks, ties and the front."""

import pytest

from ii_vendor.score import compare

FULL = {"Q1": 3, "Q2": 3, "L1": 3, "L2": 3, "DEA-1": 3}


def even(level):
    """Every question at one level."""
    return dict.fromkeys(("Q1", "Q2", "L1", "L2", "DEA-1"), level)


def ranks(comparison):
    """Rank by vendor."""
    return {card.vendor: card.rank for card in comparison.vendors}


def test_the_higher_autonomy_ranks_first(content, judged):
    comparison = compare(judged({"alder": even(2), "birch": even(4), "cedar": even(3)}), content)
    assert ranks(comparison) == {"alder": 3, "birch": 1, "cedar": 2}
    assert [card.vendor for card in comparison.ranked()] == ["birch", "cedar", "alder"]


def test_ties_share_a_rank_and_the_next_one_is_skipped(content, judged):
    comparison = compare(judged({"alder": even(3), "birch": even(3), "cedar": even(1)}), content)
    assert ranks(comparison) == {"alder": 1, "birch": 1, "cedar": 3}


def test_the_same_total_by_another_way_is_a_tie(content, judged):
    first = {"Q1": 4, "Q2": 1, "L1": 3, "L2": 1, "DEA-1": 1}
    second = {"Q1": 1, "Q2": 4, "L1": 1, "L2": 3, "DEA-1": 1}
    assert ranks(compare(judged({"alder": first, "birch": second}), content)) == {"alder": 1, "birch": 1}


def test_a_rejected_vendor_stays_visible_and_leaves_the_ranking(content, judged, red_flag):
    evaluation = judged({"alder": even(4), "birch": even(2)}, [red_flag("Q1", "critical", gate=True)])
    comparison = compare(evaluation, content)
    assert ranks(comparison) == {"alder": None, "birch": 1}
    assert [card.vendor for card in comparison.ranked()] == ["birch", "alder"]
    assert comparison.vendors[0].autonomy.claimed == 100.0


def test_missing_ratings_rank_as_level_0_and_stay_provisional(content, judged):
    comparison = compare(judged({"alder": {"Q1": 4, "Q2": 4}, "birch": even(3)}), content)
    assert ranks(comparison) == {"alder": 2, "birch": 1}
    assert [card.provisional for card in comparison.vendors] == [True, True]


def test_a_rank_is_settled_where_no_open_rating_can_change_it(content, judged):
    comparison = compare(judged({"alder": {**even(1), "DEA-1": 4}, "birch": {"Q1": 4, "Q2": 4, "L1": 4}}), content)
    assert [card.provisional for card in comparison.vendors] == [False, False]


def test_one_vendor_alone_is_first_and_settled(content, judged):
    (card,) = compare(judged({"alder": {"Q1": 2}}), content).vendors
    assert (card.rank, card.provisional, card.on_front) == (1, False, True)


def test_no_vendor_is_an_empty_comparison(content, judged):
    assert compare(judged({}), content).vendors == ()


def test_only_vendors_that_nobody_beats_on_both_axes_are_on_the_front(content, judged, red_flag):
    flags = [red_flag("L1", "major", vendor="alder"), red_flag("L1", "minor", vendor="cedar")]
    comparison = compare(judged({"alder": even(4), "birch": even(3), "cedar": even(3)}, flags), content)
    assert {card.vendor: card.on_front for card in comparison.vendors} == {
        "alder": True,
        "birch": True,
        "cedar": False,
    }


def test_vendors_alike_on_both_axes_stand_on_the_front_together(content, judged):
    comparison = compare(judged({"alder": even(3), "birch": even(3)}), content)
    assert [card.on_front for card in comparison.vendors] == [True, True]


def test_a_what_if_leaves_the_evaluation_as_it_is(content, judged, profile_with):
    evaluation = judged({"alder": {**even(1), "L1": 4, "L2": 4}, "birch": {**even(1), "Q1": 3}})
    assert ranks(compare(evaluation, content)) == {"alder": 1, "birch": 2}
    other = content.with_profile(profile_with(section_weights={"critical": 1, "lock_in": 0, "flows": 0}))
    assert ranks(compare(evaluation, other)) == {"alder": 2, "birch": 1}
    assert compare(evaluation, content).vendors[0].autonomy.claimed == pytest.approx(100 * (0.7 * 0.25 + 0.3 * 1.0))


def test_a_vendor_that_nobody_rated_has_no_rank(content, judged):
    cards = {card.vendor: card for card in compare(judged({"alder": FULL, "birch": {}}), content).vendors}
    assert (cards["alder"].rank, cards["birch"].rank) == (1, None)


def test_a_rejected_vendor_is_not_on_the_front(content, judged):
    cards = {
        card.vendor: card for card in compare(judged({"alder": {**FULL, "Q1": 0}, "birch": FULL}), content).vendors
    }
    assert (cards["alder"].on_front, cards["birch"].on_front) == (False, True)
