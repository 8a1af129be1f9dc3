"""The sentence under each chart: read aloud, it says what is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from ii_vendor.model.robustness import Agreement, Alpha, Robustness, Simulation, WeightStability, WeightsVary
from ii_vendor.report.chart_words import (
    acceptability_sentence,
    contributions_sentence,
    crossing_sentence,
    evaluators_sentence,
    margin_words,
    stability_sentence,
    tornado_sentence,
)
from ii_vendor.score import compare
from ii_vendor.score.tornado import Swing

NAMES = {"alder": "Alder", "birch": "Birch", "cedar": "Cedar"}


@pytest.fixture
def firm():
    nothing = Alpha(question="", value=None, low=None, high=None, units=0, pairable=0, too_few=True)
    agreement = Agreement(
        pooled=nothing, questions=(), kendall=None, raters=0, items=0, severities=(), flats=(), inseparable=()
    )
    return Robustness(
        evaluation="e",
        content_hash="",
        record_hash="",
        names=NAMES,
        ranked=("alder", "birch", "cedar"),
        leaders=("alder",),
        agreement=agreement,
    )


def stable(low=0.0, high=1.0, low_rival=None, high_rival=None, name="lock_in", share=0.3):
    return WeightStability(
        kind="section", id=name, share=share, low=low, high=high, low_rival=low_rival, high_rival=high_rival, rivals=()
    )


def test_the_map_of_ranks_names_the_samples_the_margin_and_what_it_does_not_say(firm):
    simulation = Simulation(
        weights=WeightsVary.informed,
        spread=0.3,
        ratings=True,
        samples=10_000,
        margin=0.0098,
        vendors=("alder", "birch", "cedar"),
        ranks=((0.826, 0.17, 0.004), (0.1739, 0.82, 0.0061), (0.0001, 0.01, 0.9899)),
        pairwise=((0.5,) * 3,) * 3,
        central=(None,) * 3,
    )
    said = acceptability_sentence(simulation, firm)
    assert said.startswith(
        "Of 10 000 samples (each weight moved by up to 30 %, ratings anywhere in the panel’s range; "
        "give or take 1 percentage point), Alder comes first in 83 %, Birch comes first in 17 % and Cedar comes first "
        "in <1 %."
    )
    assert "not the probability" in said


@pytest.mark.parametrize(
    ("margin", "words"), [(0.0, "less than 0.1"), (0.0044, "0.4 percentage points"), (0.02, "2 percentage points")]
)
def test_a_margin_is_never_said_to_be_nothing(margin, words):
    ranks = ((1.0, 0.0), (0.0, 1.0))
    simulation = Simulation(
        weights=WeightsVary.uniform,
        spread=0.3,
        ratings=False,
        samples=100,
        margin=margin,
        vendors=("alder", "birch"),
        ranks=ranks,
        pairwise=ranks,
        central=(None, None),
    )
    assert words in margin_words(simulation)


def test_a_crossing_names_both_ends_and_who_overtakes_there(firm, content):
    both = stable(0.12, 0.412, "cedar", "birch")
    assert crossing_sentence(both, firm, content) == (
        "“Lock-in” weighs 30 % now, and Alder leads: below 12 % Cedar overtakes and above 41 % Birch overtakes."
    )
    assert crossing_sentence(stable(), firm, content) == "Whatever “Lock-in” weighs, Alder keeps the lead."


def test_a_shared_lead_is_not_called_anybodys_own(firm, content):
    tied = firm.model_copy(update={"leaders": ("alder", "birch")})
    assert crossing_sentence(stable(), tied, content) == "Whatever “Lock-in” weighs, nobody overtakes Alder."
    assert "Alder shares the lead: above 30 % Birch overtakes" in crossing_sentence(
        stable(0.0, 0.3, None, "birch"), tied, content
    )
    assert "lets anybody overtake Alder" in stability_sentence((stable(),), tied, content)


def test_the_weight_with_the_least_room_is_named(firm, content):
    several = (stable(high=0.9, high_rival="birch"), stable(0.55, 1.0, "birch", None, "critical", 0.6), stable())
    said = stability_sentence(several, firm, content)
    assert said.startswith("2 of 3 weights could turn the lead. The least room: “What decides” weighs 60 % now")
    assert "takes the lead from Alder" in stability_sentence((stable(),), firm, content)


def test_the_tornado_names_what_moves_the_lead_most_and_what_takes_it_away(firm, content):
    level = Swing("level", "Q2", "alder", 3.0, 1.0, 4.0, -2.5, 8.0)
    weight = Swing("section", "lock_in", "", 0.3, 0.21, 0.39, 5.0, 7.0)
    assert tornado_sentence((level, weight), 6.2, firm, content) == (
        "Alder leads Birch by 6.2 points. Q2 of Alder moves the lead most, from −2.5 to +8.0. "
        "Enough to take it away: Q2 of Alder."
    )
    assert "Nothing shown here takes it away." in tornado_sentence((weight,), 6.2, firm, content)
    assert "the weight of “Lock-in” moves the lead most" in tornado_sentence((weight,), 6.2, firm, content)
    assert tornado_sentence((), 0.0, firm, content).startswith("Alder and Birch are level.")


def test_the_bars_say_where_the_leader_gains_and_loses(firm):
    points = np.array([[40.0, 20.0, 5.0], [35.0, 21.5, 5.0], [1.0, 1.0, 1.0]])
    sections = {"critical": "What decides", "lock_in": "Lock-in", "flows": "Flows"}
    assert contributions_sentence(points, firm.ranked, sections, firm) == (
        "Alder is 3.5 points ahead of Birch. It gains most in “What decides” (+5.0) and loses most in “Lock-in” (−1.5)."
    )


def test_the_widest_disagreement_is_named(evaluations, renewal, content, opened):
    for who, level in (("Amara", 4), ("Ben", 1)):
        evaluations.rate(renewal, who, "alder", "Q2", level, reason="Seen.")
    comparison = compare(opened(renewal), content)
    assert evaluators_sentence(comparison) == "The panel lies furthest apart, by 3 levels, on Q2 of Alder."
    assert "the same level" in evaluators_sentence(comparison, "birch")
