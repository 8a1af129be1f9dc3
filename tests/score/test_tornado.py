"""The swings of the lead are those that anybody gets who changes the level or weight and scores again."""

from __future__ import annotations

import pytest

from ii_vendor.score import compare
from ii_vendor.score.matrix import matrix
from ii_vendor.score.tornado import lead, swings

ALDER = {"Q1": 3, "Q2": 3, "L1": 4, "L2": 4, "DEA-1": 2}
BIRCH = {"Q1": 4, "Q2": 2, "L1": 1, "L2": 3, "DEA-1": 2}


def autonomy(judged, content, alder, birch):
    cards = compare(judged({"alder": alder, "birch": birch}), content).vendors
    return cards[0].autonomy.low - cards[1].autonomy.low


def swings_of(judged, content, alder=ALDER, birch=BIRCH, spread=0.3):
    field = matrix(compare(judged({"alder": alder, "birch": birch}), content), content)
    return swings(field, "alder", "birch", spread)


def the(found, kind, name, vendor=""):
    return next(one for one in found if (one.kind, one.id, one.vendor) == (kind, name, vendor))


def test_a_level_on_which_all_agree_moves_one_down_and_one_up(judged, content):
    one = the(swings_of(judged, content), "level", "Q1", "alder")
    assert (one.now, one.low, one.high) == (3, 2, 4)
    assert one.lead_low == pytest.approx(autonomy(judged, content, ALDER | {"Q1": 2}, BIRCH))
    assert one.lead_high == pytest.approx(autonomy(judged, content, ALDER | {"Q1": 4}, BIRCH))


def test_a_level_on_which_the_panel_differs_moves_over_what_it_gave(judged, content):
    one = the(
        swings_of(judged, content, birch=BIRCH | {"Q2": {"Amara": 1, "Ben": 4, "Cleo": 1}}), "level", "Q2", "birch"
    )
    assert (one.now, one.low, one.high) == (2, 1, 4)


def test_what_nobody_rated_moves_over_the_whole_scale_and_says_so(judged, content):
    missing = {key: level for key, level in ALDER.items() if key != "L1"}
    one = the(swings_of(judged, content, alder=missing), "level", "L1", "alder")
    assert (one.now, one.low, one.high) == (None, 0, 4)
    assert one.lead_high == pytest.approx(autonomy(judged, content, ALDER, BIRCH))


def test_a_weight_moves_by_its_spread_and_the_others_keep_their_proportions(judged, content, profile_with):
    one = the(swings_of(judged, content, spread=0.5), "section", "lock_in")
    for factor, share, expected in ((0.5, one.low, one.lead_low), (1.5, one.high, one.lead_high)):
        other = content.with_profile(profile_with(section_weights={"critical": 6, "lock_in": 3 * factor, "flows": 1}))
        assert expected == pytest.approx(autonomy(judged, other, ALDER, BIRCH))
        assert share == pytest.approx(3 * factor / (7 + 3 * factor))


def test_the_biggest_swing_comes_first_and_what_moves_nothing_is_left_out(judged, content):
    found = swings_of(judged, content)
    base = autonomy(judged, content, ALDER, BIRCH)
    reaches = [round(max(abs(one.lead_low - base), abs(one.lead_high - base)), 9) for one in found]
    assert reaches == sorted(reaches, reverse=True)
    assert min(reaches) > 0


def test_a_question_that_does_not_apply_or_weighs_nothing_moves_nothing(judged, content, profile_with):
    found = swings_of(judged, content, alder=ALDER | {"L1": None})
    assert ("L1", "alder") not in {(one.id, one.vendor) for one in found}
    weightless = content.with_profile(profile_with(section_weights={"critical": 6, "lock_in": 0, "flows": 1}))
    assert not any(one.id in ("L1", "L2", "lock_in") for one in swings_of(judged, weightless))


def test_the_lead_is_the_difference_of_the_scores(judged, content):
    field = matrix(compare(judged({"alder": ALDER, "birch": BIRCH}), content), content)
    assert lead(field, "alder", "birch") == pytest.approx(autonomy(judged, content, ALDER, BIRCH))
