"""Weights from points and from places."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ii_vendor.model.panel import WeighingMethod
from ii_vendor.score.elicitation import elicited_weights, rank_order_centroid, weighed_ids

QUICK = settings(max_examples=60, deadline=None)
SWING, ORDER = WeighingMethod.swing, WeighingMethod.rank_order
POINTS = st.lists(st.integers(0, 1000).map(lambda each: each / 10), min_size=1, max_size=10).map(
    lambda points: dict(enumerate([*points, 100.0]))
)


def test_points_become_weights_in_their_proportion():
    assert elicited_weights(SWING, {"a": 100, "b": 60, "c": 40, "d": 0}) == {"a": 50, "b": 30, "c": 20, "d": 0}


@QUICK
@given(POINTS)
def test_weights_from_points_add_up_to_100_and_keep_proportions(points):
    weights = elicited_weights(SWING, points)
    assert sum(weights.values()) == pytest.approx(100.0)
    assert {key: 100 * weight / max(weights.values()) for key, weight in weights.items()} == pytest.approx(points)


def test_places_become_rank_order_centroid_weights():
    weights = elicited_weights(ORDER, {"second": 2, "first": 1, "third": 3})
    assert weights == pytest.approx({"first": 1100 / 18, "second": 500 / 18, "third": 200 / 18})
    assert list(weights) == ["second", "first", "third"]


def test_equal_places_share_the_weights_that_they_cover():
    weights = elicited_weights(ORDER, {"a": 1, "b": 1, "c": 3})
    assert weights == pytest.approx({"a": 800 / 18, "b": 800 / 18, "c": 200 / 18})


def test_all_in_one_place_weigh_the_same():
    assert elicited_weights(ORDER, {"a": 1, "b": 1, "c": 1, "d": 1}) == pytest.approx(dict.fromkeys("abcd", 25.0))


def test_what_is_placed_nowhere_counts_nothing_and_takes_nothing():
    placed = elicited_weights(ORDER, {"a": 1, "b": 2})
    assert elicited_weights(ORDER, {"a": 1, "b": 2, "c": 0}) == {**placed, "c": 0.0}


@QUICK
@given(st.lists(st.integers(0, 4), min_size=1, max_size=10))
def test_weights_from_any_order_add_up_to_100_and_fall_with_the_place(levels):
    places = {i: 1 + sum(other > level for other in levels) for i, level in enumerate(levels)}
    weights = elicited_weights(ORDER, places)
    assert sum(weights.values()) == pytest.approx(100.0)
    for one in places:
        for other in places:
            assert (weights[one] > weights[other]) == (places[one] < places[other])


@pytest.mark.parametrize(
    ("method", "points", "said"),
    [
        (SWING, {"a": 100, "b": -1}, "Nothing can be given less than 0."),
        (ORDER, {"a": 1, "b": -1}, "Nothing can be given less than 0."),
        (SWING, {"a": 100, "b": float("nan")}, "Each of them needs a number."),
        (SWING, {"a": float("inf")}, "Each of them needs a number."),
        (ORDER, {"a": float("inf")}, "Each of them needs a number."),
        (SWING, {"a": 101, "b": 100}, "Nothing can get more than 100 points."),
        (SWING, {"a": 90, "b": 60}, "The one that matters most gets 100 points."),
        (SWING, {"a": 0, "b": 0}, "Everything is at 0, so nothing would count."),
        (ORDER, {"a": 0, "b": 0}, "Everything is at 0, so nothing would count."),
        (ORDER, {}, "Everything is at 0, so nothing would count."),
        (ORDER, {"a": 1, "b": 1.5}, "A place is a whole number, not 1.5."),
        (ORDER, {"a": 2, "b": 3}, "The order starts at place 1."),
        (ORDER, {"a": 1, "b": 3}, "Place 2 is not taken: after place 1 comes 2."),
        (ORDER, {"a": 1, "b": 1, "c": 2}, "2 share place 1, so the next place is 3, not 2."),
        (ORDER, {"a": 1, "b": 2, "c": 2, "d": 5}, "2 share place 2, so the next place is 4, not 5."),
    ],
)
def test_what_makes_no_weights_is_refused_in_a_sentence(method, points, said):
    with pytest.raises(ValueError) as refused:
        elicited_weights(method, points)
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize("count", [1, 2, 7, 39])
def test_centroid_weights_add_up_to_1_and_fall(count):
    weights = rank_order_centroid(count)
    assert len(weights) == count
    assert sum(weights) == pytest.approx(1.0)
    assert list(weights) == sorted(set(weights), reverse=True)
    assert weights[-1] == pytest.approx(1 / count**2)


def test_sections_are_weighed_or_the_questions_of_one(content):
    assert weighed_ids(content) == ("critical", "lock_in", "flows")
    assert weighed_ids(content, "lock_in") == ("L1", "L2")
