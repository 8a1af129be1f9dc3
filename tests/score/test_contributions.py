"""What each section contributes adds up to the score, whatever does not apply."""

from __future__ import annotations

import numpy as np
import pytest

from ii_vendor.score import compare
from ii_vendor.score.contributions import contributions
from ii_vendor.score.matrix import matrix

LEVELS = {"Q1": 4, "Q2": 2, "L1": 4, "L2": 0, "DEA-1": 2}


def test_points_are_share_of_weight_times_level_by_section(judged, content):
    field = matrix(compare(judged({"alder": LEVELS}), content), content)
    assert contributions(field)[0] == pytest.approx([30 + 15, 15, 5])


def test_what_does_not_apply_leaves_its_points_to_the_rest(judged, content):
    comparison = compare(judged({"alder": LEVELS | {"L2": None}, "birch": {"Q1": 3, "Q2": 3}}), content)
    points = contributions(matrix(comparison, content))
    scores = [card.autonomy.low for card in comparison.vendors]
    assert points.sum(axis=1) == pytest.approx(scores)


def test_without_any_weight_there_is_nothing_to_contribute(judged, content, profile_with):
    weightless = content.with_profile(profile_with(section_weights={"critical": 0, "lock_in": 0, "flows": 0}))
    field = matrix(compare(judged({"alder": LEVELS}), content), content)
    none = matrix(compare(judged({"alder": LEVELS}), weightless), weightless)
    assert contributions(field).any()
    assert not np.any(contributions(none))
