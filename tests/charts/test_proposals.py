"""People's weights side by side: everybody has a sign and a name, and nobody's sign covers another's."""

from __future__ import annotations

import re

import pytest

from ii_vendor.charts.proposals import SIGNS, effects_table, share_bars, weight_strips, weights_table
from ii_vendor.model.panel import WeighingMethod, WeightProposal
from ii_vendor.report.proposal_words import effect_words, gap_words
from ii_vendor.score import compare, moves
from ii_vendor.score.proposals import WhatIf, profile_with, shares_in_force

TITLES = {"critical": "What decides", "lock_in": "Lock-in & <out>", "flows": "Flows"}


@pytest.fixture(scope="session")
def given():
    """One person's weights from three numbers."""

    def build(name, *weights):
        from datetime import UTC, datetime

        given = dict(zip(TITLES, map(float, weights), strict=True))
        at = datetime(2026, 11, 2, tzinfo=UTC)
        return WeightProposal(evaluator=name, method=WeighingMethod.swing, given=given, weights=given, at=at)

    return build


def test_shares_are_whole_percentages_that_add_up():
    shown = share_bars(TITLES, {"critical": 1, "lock_in": 1, "flows": 1})
    assert sum(int(share) for share in re.findall(r"<b>(\d+) %</b>", shown)) == 100
    assert "Lock-in &amp; &lt;out&gt;" in shown


def test_everybody_has_a_sign_with_a_name_in_every_picture(given, content):
    people = [given("Amara", 50, 30, 20), given("Ben <b>", 20, 30, 50)]
    for drawn in (
        weight_strips(TITLES, shares_in_force(content), people),
        weights_table(TITLES, shares_in_force(content), people),
    ):
        for sign, name in zip(SIGNS, ("Amara", "Ben &lt;b&gt;"), strict=False):
            assert sign in drawn
            assert name in drawn


def test_equal_weights_lie_on_one_line_although_their_whole_percentages_differ(given):
    drawn = weight_strips(TITLES, dict.fromkeys(TITLES, 1.0), [given("Amara", 1, 1, 1)])
    assert len(set(re.findall(r"left:([\d.]+)%;bottom", drawn))) == 1
    assert len(set(re.findall(r'iv-now" style="left:([\d.]+)%', drawn))) == 1
    assert sum(int(share) for share in re.findall(r"Amara: (\d+) %", drawn)) == 100


def test_signs_at_one_place_are_stacked(given, content):
    people = [given(name, 50, 30, 20) for name in ("Amara", "Ben", "Cleo")]
    drawn = weight_strips(TITLES, shares_in_force(content), people)
    marks = re.findall(r"left:([\d.]+)%;bottom:([\d.]+)rem", drawn)
    assert len(marks) == len(set(marks)) == 9


def test_a_panel_larger_than_the_signs_is_still_drawn(given, content):
    people = [given(f"Person {number}", 50, 30, 20) for number in range(len(SIGNS) + 3)]
    assert f"Person {len(SIGNS) + 2}" in weight_strips(TITLES, shares_in_force(content), people)


def test_what_somebodys_weights_change_says_what_it_was(given, content, judged):
    level = {"Q1": 2, "Q2": 2, "DEA-1": 2, "L1": 2, "L2": 2}
    evaluation = judged({"alder": {**level, "Q1": 4}, "birch": {**level, "L1": 4}})
    now = compare(evaluation, content)
    effects = []
    for proposal in (given("Amara", 60, 30, 10), given("Ben", 10, 80, 10)):
        then = compare(evaluation, content.with_profile(profile_with(content.profile, proposal)))
        effects.append(WhatIf(proposal, then, tuple(moves(now, then))))
    table = effects_table(now, effects)
    assert table.count("iv-moved") == 2
    assert "was 1, shortlist" in table
    same, other = (effect_words(now, effect) for effect in effects)
    assert same == "Alder leads, as now. No rank and no verdict changes."
    assert other.startswith("Birch leads, which is new.")
    assert "Alder: rank 1 → 2" in other


def test_where_people_are_furthest_apart_is_said(given):
    people = [given("Amara", 50, 30, 20), given("Ben", 45, 15, 40)]
    assert gap_words(TITLES, people) == "Furthest apart on Flows: 20 % (Amara) to 40 % (Ben)."
    assert gap_words(TITLES, people[:1]) == "Amara would weigh What decides most: 50 %."
    assert gap_words(TITLES, [people[0], given("Ben", 5, 3, 2)]) == "Everybody gives the same weights."
