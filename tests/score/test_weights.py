"""Shares as people read them."""

from hypothesis import given
from hypothesis import strategies as st

from ii_vendor.score import compare, moves, whole_percentages


def test_three_equal_shares_still_add_up_to_100():
    assert sorted(whole_percentages({"a": 1.0, "b": 1.0, "c": 1.0}).values()) == [33, 33, 34]


def test_nothing_to_share_is_nothing():
    assert whole_percentages({"a": 0.0, "b": 0.0}) == {"a": 0, "b": 0}


@given(st.dictionaries(st.text(max_size=3), st.floats(0.001, 1000), min_size=1, max_size=12))
def test_percentages_add_up_and_each_is_within_one_of_the_exact(shares):
    whole, total = whole_percentages(shares), sum(shares.values())
    assert sum(whole.values()) == 100
    assert all(abs(whole[key] - 100 * share / total) < 1 for key, share in shares.items())


def test_other_weights_name_whose_rank_they_change(content, judged, profile_with):
    level = {"Q1": 2, "Q2": 2, "L2": 2, "DEA-1": 2}
    evaluation = judged({"alder": {**level, "L1": 4}, "birch": {**level, "Q1": 3, "L1": 1}})
    now = compare(
        evaluation, content.with_profile(profile_with(section_weights={"critical": 9, "lock_in": 1, "flows": 0}))
    )
    then = compare(
        evaluation, content.with_profile(profile_with(section_weights={"critical": 1, "lock_in": 9, "flows": 0}))
    )
    assert list(moves(now, now)) == []
    ranks = {move.name: (move.old, move.new) for move in moves(now, then) if move.what == "rank"}
    assert ranks == {"Alder": ("2", "1"), "Birch": ("1", "2")}
