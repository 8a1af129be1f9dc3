"""Krippendorff's alpha: published examples, and what holds of every panel."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ii_vendor.score.alpha import alpha_interval, krippendorff_alpha, pairable_units

QUICK = settings(max_examples=60, deadline=None)
LEVEL = st.sampled_from([np.nan, 0.0, 1.0, 2.0, 3.0, 4.0])
RATINGS = st.tuples(st.integers(1, 5), st.integers(1, 12)).flatmap(lambda shape: arrays(float, shape, elements=LEVEL))
ALMOST = 1e-9


@QUICK
@given(st.lists(st.integers(0, 4), min_size=2, max_size=20), st.integers(2, 6))
def test_full_agreement_on_two_values_or_more_is_1(levels, raters):
    ratings = np.tile(np.array(levels, dtype=float), (raters, 1))
    expected = 1.0 if len(set(levels)) > 1 else None
    assert krippendorff_alpha(ratings) == expected
    assert alpha_interval(ratings) == (expected and (1.0, 1.0))


@QUICK
@given(RATINGS, st.randoms(use_true_random=False))
def test_the_order_of_people_and_answers_makes_no_difference(ratings, random):
    raters, units = (random.sample(range(size), size) for size in ratings.shape)
    shuffled = ratings[raters][:, units]
    assert krippendorff_alpha(shuffled) == pytest.approx(krippendorff_alpha(ratings), abs=ALMOST)
    assert alpha_interval(shuffled) == pytest.approx(alpha_interval(ratings), abs=ALMOST)


@QUICK
@given(RATINGS, st.integers(0, 4))
def test_an_answer_that_one_person_rated_makes_no_difference(ratings, level):
    alone = np.full((len(ratings), 1), np.nan)
    alone[0] = level
    assert krippendorff_alpha(np.hstack([ratings, alone])) == krippendorff_alpha(ratings)
    assert pairable_units(np.hstack([ratings, alone])) == pairable_units(ratings)


@QUICK
@given(RATINGS)
def test_alpha_is_what_its_definition_says(ratings):
    assert krippendorff_alpha(ratings) == pytest.approx(by_definition(ratings), abs=ALMOST)


def by_definition(ratings):
    """Ordinal alpha, pair by pair."""
    units = [unit[~np.isnan(unit)] for unit in ratings.T]
    units = [unit for unit in units if len(unit) > 1]
    given = sorted(value for unit in units for value in unit)

    def distance(a, b):
        between = sum(min(a, b) <= value <= max(a, b) for value in given)
        return (between - (given.count(a) + given.count(b)) / 2) ** 2

    expected = sum(distance(a, b) for a in given for b in given) / max(1, len(given) * (len(given) - 1))
    within = sum(distance(a, b) / (len(unit) - 1) for unit in units for a in unit for b in unit)
    return 1 - within / len(given) / expected if expected else None


@QUICK
@given(RATINGS)
def test_the_interval_is_always_the_same_and_in_order(ratings):
    found = alpha_interval(ratings)
    assert found == alpha_interval(ratings)
    assert found is None or found[0] <= found[1] <= 1.0


def test_more_answers_make_the_interval_narrower():
    rng = np.random.default_rng(7)
    answers = rng.integers(0, 5, 400)
    ratings = np.clip(answers + rng.integers(-1, 2, (3, 400)), 0, 4).astype(float)
    bounds = [alpha_interval(ratings[:, :count]) for count in (20, 100, 400)]
    widths = [high - low for low, high in bounds]
    assert widths == sorted(widths, reverse=True)
    low, high = bounds[-1]
    assert low < krippendorff_alpha(ratings) < high


def test_people_who_give_levels_by_chance_agree_as_by_chance():
    ratings = np.random.default_rng(7).integers(0, 5, (4, 2000)).astype(float)
    assert krippendorff_alpha(ratings) == pytest.approx(0.0, abs=0.03)


def test_people_who_always_contradict_each_other_are_worse_than_chance():
    assert krippendorff_alpha(np.array([[0.0, 4.0, 0.0, 4.0], [4.0, 0.0, 4.0, 0.0]])) < 0


@pytest.mark.parametrize(
    "ratings",
    [
        np.full((3, 4), np.nan),
        np.full((3, 4), 2.0),
        np.array([[1.0, 2.0, 3.0]]),
        np.array([[1.0, np.nan], [np.nan, 2.0]]),
        np.empty((0, 5)),
        np.empty((3, 0)),
    ],
    ids=["nothing", "one value", "one person", "nothing shared", "nobody", "no answers"],
)
def test_alpha_is_not_said_where_it_means_nothing(ratings):
    assert krippendorff_alpha(ratings) is None
    assert alpha_interval(ratings) is None


def test_one_answer_has_no_interval():
    ratings = np.array([[1.0], [2.0]])
    assert krippendorff_alpha(ratings) is not None
    assert alpha_interval(ratings) is None
