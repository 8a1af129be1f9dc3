"""Who leads near some weights: the same as in the whole account, and for a what-if that nobody records."""

from __future__ import annotations

import pytest

from ii_vendor.model.robustness import WeightsVary
from ii_vendor.rules import Refused


@pytest.fixture
def rated(evaluations, renewal, opened, content):
    """Alder is better on what is critical, Birch on all the rest; in moderation."""
    for vendor, levels in (("alder", (4, 4, 1, 1, 1)), ("birch", (2, 3, 4, 0, 4))):
        for question, level in zip(content.questions, levels, strict=True):
            evaluations.rate(renewal, "Amara", vendor, question, level, reason="seen")
    return opened(renewal)


@pytest.mark.parametrize("weights", [WeightsVary.informed, WeightsVary.uniform])
def test_one_simulation_alone_is_the_one_of_the_whole_account(evaluations, rated, weights):
    whole = evaluations.robustness(rated).simulation(weights, ratings=False)
    assert evaluations.leads(rated, weights=weights) == whole


def test_other_weights_give_another_lead_and_record_nothing(evaluations, rated, profile_with):
    other = profile_with(section_weights={"critical": 1, "lock_in": 1, "flows": 8})
    before = evaluations.leads(rated)
    assert before.first("alder") > 0.9
    assert evaluations.leads(rated, other).first("birch") > 0.9
    assert evaluations.leads(rated) == before
    assert evaluations.get(rated.id).sequence == rated.sequence


def test_with_fewer_than_two_ranked_vendors_nobody_leads(evaluations, renewal):
    assert evaluations.leads(evaluations.get(renewal)) is None


def test_without_any_weight_nobody_is_ranked_and_nobody_leads(evaluations, rated, profile_with):
    assert evaluations.leads(rated, profile_with(section_weights={"critical": 0, "lock_in": 0, "flows": 0})) is None


@pytest.mark.parametrize("asked", [{"spread": 0}, {"spread": 1.1}, {"samples": 99}])
def test_a_spread_or_sample_out_of_bounds_is_refused_in_words(evaluations, rated, asked):
    with pytest.raises(Refused):
        evaluations.leads(rated, **asked)
