"""Kendall's W: what holds of every panel."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ii_vendor.score.concordance import concordance, kendalls_w

QUICK = settings(max_examples=60, deadline=None)
VALUES = st.tuples(st.integers(2, 6), st.integers(2, 8)).flatmap(
    lambda shape: arrays(float, shape, elements=st.integers(0, 5).map(float))
)


@QUICK
@given(VALUES)
def test_w_stays_between_0_and_1_and_ties_only_raise_it(values):
    found = concordance(values)
    if found is None:
        assert all(len(set(row)) == 1 for row in values.tolist())
        return
    assert 0.0 <= found.w <= 1.0
    assert found.uncorrected <= found.w + 1e-12


@QUICK
@given(st.lists(st.integers(0, 5), min_size=2, max_size=8).filter(lambda row: len(set(row)) > 1), st.integers(2, 6))
def test_the_same_order_is_1_whatever_the_scale(row, raters):
    values = np.array([[10.0 * person + (person + 1) * value for value in row] for person in range(raters)])
    assert kendalls_w(values) == pytest.approx(1.0, abs=1e-12)


@QUICK
@given(VALUES, st.randoms(use_true_random=False))
def test_the_order_of_people_and_things_makes_no_difference(values, random):
    raters, items = (random.sample(range(size), size) for size in values.shape)
    assert kendalls_w(values[raters][:, items]) == pytest.approx(kendalls_w(values), abs=1e-12)


def test_two_opposite_orders_are_0():
    assert kendalls_w(np.array([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0]])) == 0.0


def test_totals_that_differ_by_rounding_alone_are_ties():
    assert kendalls_w(np.array([[0.1 + 0.2, 0.3, 1.0], [0.3, 0.1 + 0.2, 1.0]])) == 1.0


@pytest.mark.parametrize("shape", [(0, 0), (1, 4), (4, 1)], ids=["nothing", "one person", "one thing"])
def test_w_is_not_said_of_fewer_than_two(shape):
    assert kendalls_w(np.ones(shape)) is None


def test_w_is_not_said_where_everybody_ties_everything():
    assert kendalls_w(np.ones((3, 4))) is None
