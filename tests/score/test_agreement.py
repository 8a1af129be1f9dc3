"""How far a panel agrees, on levels worked out by hand and whatever was rated."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ii_vendor.score import compare
from ii_vendor.score.agreement import ENOUGH_UNITS, agreement, own_totals

LEVELS = st.none() | st.integers(0, 4)
PEOPLE = ["Amara", "Ben", "Chen"]
QUESTIONS = ["Q1", "Q2", "L1", "L2", "DEA-1"]
RATINGS = st.dictionaries(
    st.sampled_from(["alder", "birch", "cedar"]),
    st.dictionaries(
        st.sampled_from(QUESTIONS), st.dictionaries(st.sampled_from(PEOPLE), LEVELS, min_size=1), max_size=5
    ),
    min_size=1,
)
QUICK = settings(max_examples=40, deadline=None)


@pytest.fixture(scope="module")
def agreed(content, judged, profile_with):
    """The agreement on ``{vendor: {question: {evaluator: level}}}``."""

    def build(ratings, **how):
        evaluation = judged(ratings, how.pop("flags", ()), empty=how.pop("empty", None))
        weighed = content.with_profile(profile_with(**how)) if how else content
        return agreement(evaluation, weighed, compare(evaluation, weighed))

    return build


def everywhere(*levels, questions=QUESTIONS):
    """The same levels on every question, in the order of the people."""
    return {question: dict(zip(PEOPLE, levels, strict=False)) for question in questions}


def test_people_who_give_the_same_levels_agree_fully(agreed):
    found = agreed({"alder": everywhere(4, 4), "birch": everywhere(1, 1), "cedar": everywhere(2, 2)})
    assert (found.pooled.value, found.pooled.low, found.pooled.high) == (1.0, 1.0, 1.0)
    assert (found.kendall, found.raters, found.items) == (1.0, 2, 3)
    assert [(one.offset, one.shared) for one in found.severities] == [(0.0, 15), (0.0, 15)]


def test_units_are_the_answers_that_two_or_more_gave_a_level(agreed):
    found = agreed(
        {
            "alder": {"Q1": {"Amara": 4, "Ben": 3, "Chen": 3}, "Q2": {"Amara": 4}},
            "birch": {"Q1": {"Amara": 4, "Ben": None}, "L1": {"Ben": 2, "Chen": 1}},
        }
    )
    assert (found.pooled.units, found.pooled.pairable) == (2, 5)
    assert {one.question: one.units for one in found.questions} == {"Q1": 1, "Q2": 0, "L1": 1, "L2": 0, "DEA-1": 0}


def test_a_vendor_that_is_rejected_still_counts(agreed, red_flag):
    ratings = {"alder": everywhere(0, 0), "birch": everywhere(3, 3)}
    found = agreed(ratings, flags=[red_flag("Q1", "critical", gate=True)])
    assert found.pooled.units == 10
    assert found.items == 2


def test_few_answers_are_said_to_be_few(agreed):
    few = agreed({"alder": everywhere(4, 3)})
    enough = agreed({"alder": everywhere(4, 3), "birch": everywhere(1, 2)})
    assert few.pooled.units < ENOUGH_UNITS
    assert few.pooled.too_few
    assert not enough.pooled.too_few
    assert all(one.too_few for one in enough.questions)


def test_one_person_alone_agrees_with_nobody(agreed):
    found = agreed({"alder": everywhere(4), "birch": everywhere(1)})
    assert (found.pooled.value, found.pooled.low, found.pooled.units, found.pooled.too_few) == (None, None, 0, True)
    assert (found.kendall, found.raters, found.items) == (None, 0, 0)
    assert [(one.evaluator, one.offset, one.shared) for one in found.severities] == [("Amara", None, 0)]


def test_nothing_is_said_where_nothing_was_rated(agreed):
    found = agreed({"alder": {}})
    assert found.pooled.value is None
    assert found.kendall is None
    assert (found.severities, found.flats, found.inseparable) == ((), (), ())


def test_severity_is_against_the_mean_of_the_others(agreed):
    found = agreed({"alder": {"Q1": {"Amara": 1, "Ben": 3, "Chen": 4}, "Q2": {"Amara": 2, "Ben": 3}}})
    offsets = {one.evaluator: (one.offset, one.shared) for one in found.severities}
    assert offsets == {
        "Amara": (pytest.approx((1 - 3.5 + 2 - 3) / 2), 2),
        "Ben": (pytest.approx((3 - 2.5 + 3 - 2) / 2), 2),
        "Chen": (pytest.approx(2.0), 1),
    }


def test_the_same_level_for_every_vendor_is_told(agreed):
    found = agreed(
        {
            "alder": {"Q1": {"Amara": 3, "Ben": 2}, "Q2": {"Ben": None}, "L1": {"Amara": 1}},
            "birch": {"Q1": {"Amara": 3, "Ben": 1}, "Q2": {"Ben": None}},
        }
    )
    told = [(one.evaluator, one.question, one.level, one.vendors) for one in found.flats]
    assert told == [("Amara", "Q1", 3, 2), ("Ben", "Q2", None, 2)]


def test_vendors_that_the_mean_levels_never_tell_apart_are_named(agreed):
    found = agreed(
        {
            "alder": {"Q1": {"Amara": 4, "Ben": 2}, "Q2": {"Amara": 1}},
            "birch": {"Q1": {"Amara": 3, "Ben": 3}, "L1": {"Amara": 0}},
            "cedar": {"Q1": {"Amara": 3, "Ben": 2}, "Q2": {"Amara": 1}},
            "dogwood": {"DEA-1": {"Amara": 3}},
        }
    )
    assert found.inseparable == (("alder", "birch"),)


def test_answers_that_nobody_rated_make_no_vendors_inseparable(agreed):
    found = agreed({"alder": {"Q1": {"Amara": 4}}, "birch": {"Q1": {"Amara": 1}}}, empty={"alder": ["L2"]})
    assert found.inseparable == ()


def test_everybody_is_compared_by_the_weights_in_force(agreed):
    ratings = {
        "alder": {"Q1": {"Amara": 4, "Ben": 4}, "DEA-1": {"Amara": 0, "Ben": 3}},
        "birch": {"Q1": {"Amara": 3, "Ben": 0}, "DEA-1": {"Amara": 4, "Ben": 0}},
    }
    critical = agreed(ratings, section_weights={"critical": 1, "flows": 0})
    flows = agreed(ratings, section_weights={"critical": 0, "flows": 1})
    assert critical.kendall == 1.0
    assert flows.kendall == 0.0


def totals(levels, weights=None):
    array = np.array(
        [[[np.nan if each is None else each for each in row] for row in own] for own in levels], dtype=float
    )
    return own_totals(array, np.ones(array.shape[2]) if weights is None else np.array(weights, dtype=float)).tolist()


def test_own_totals_are_weighted_means_over_the_same_questions_for_every_vendor():
    amara = [[4, 2, 1], [0, 1, None]]
    ben = [[3, None, 1], [1, 4, 1]]
    assert totals([amara, ben], [3, 1, 1]) == [pytest.approx([14 / 4, 1 / 4]), pytest.approx([10 / 4, 4 / 4])]


def test_somebody_who_rated_nothing_in_common_has_no_total():
    both = [[4, 2], [1, 1]]
    assert len(totals([both, both, [[4, None], [None, 1]]])) == 2


def test_a_vendor_that_few_questions_can_be_compared_with_is_left_out():
    row = [1] * 20
    full = [row, row, row, [4, *[None] * 19]]
    assert totals([full, full]) == [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]


def test_vendors_that_only_one_person_rated_are_left_out():
    amara = [[4, 2], [1, 1], [3, 3]]
    ben = [[4, 2], [1, 1], [None, None]]
    assert totals([amara, ben]) == [[3.0, 1.0], [3.0, 1.0]]


def test_people_who_rated_different_vendors_are_not_compared():
    assert totals([[[4], [None]], [[None], [1]]]) == []


def test_questions_that_weigh_nothing_make_no_total():
    both = [[4, 2], [1, 1]]
    assert totals([both, both], [0, 0]) == []


@QUICK
@given(RATINGS)
def test_agreement_stays_within_its_bounds_and_is_always_the_same(agreed, ratings):
    found = agreed(ratings)
    assert found == agreed(ratings)
    for alpha in (found.pooled, *found.questions):
        assert alpha.value is None or alpha.value <= 1.0
        assert alpha.low is None or alpha.low <= alpha.high <= 1.0
        assert (alpha.low is None) == (alpha.high is None)
        assert alpha.pairable >= 2 * alpha.units
    assert found.kendall is None or (0.0 <= found.kendall <= 1.0 and found.raters > 1 and found.items > 1)
    assert all(one.offset is None or -4.0 <= one.offset <= 4.0 for one in found.severities)
    assert sum(one.units for one in found.questions) == found.pooled.units


@QUICK
@given(RATINGS)
def test_offsets_of_two_people_mirror_each_other(agreed, ratings):
    two = {
        vendor: {q: {who: level for who, level in given.items() if who != "Chen"} for q, given in questions.items()}
        for vendor, questions in ratings.items()
    }
    offsets = [one.offset for one in agreed(two).severities if one.offset is not None]
    assert sum(offsets) == pytest.approx(0.0, abs=1e-9)
