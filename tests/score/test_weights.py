"""Shares as people read them."""

from hypothesis import given
from hypothesis import strategies as st

from ii_vendor.score import whole_percentages


def test_three_equal_shares_still_add_up_to_100():
    assert sorted(whole_percentages({"a": 1.0, "b": 1.0, "c": 1.0}).values()) == [33, 33, 34]


def test_nothing_to_share_is_nothing():
    assert whole_percentages({"a": 0.0, "b": 0.0}) == {"a": 0, "b": 0}


@given(st.dictionaries(st.text(max_size=3), st.floats(0.001, 1000), min_size=1, max_size=12))
def test_percentages_add_up_and_each_is_within_one_of_the_exact(shares):
    whole, total = whole_percentages(shares), sum(shares.values())
    assert sum(whole.values()) == 100
    assert all(abs(whole[key] - 100 * share / total) < 1 for key, share in shares.items())
