"""What the auditor reads: the numbers are those of the samples, and who is left out is named."""

from __future__ import annotations

import pytest

from ii_vendor.model.robustness import Agreement, Alpha, Robustness, Simulation, WeightsVary
from ii_vendor.report.lead_words import leads_sentence
from ii_vendor.report.method_words import method_lines
from ii_vendor.report.robustness_words import CAVEAT

NAMES = {"alder": "Alder", "birch": "Birch", "cedar": "Cedar"}


@pytest.fixture
def simulation():
    return Simulation(
        weights=WeightsVary.informed,
        spread=0.4,
        ratings=False,
        samples=20_000,
        margin=0.0069,
        vendors=("alder", "birch"),
        ranks=((0.25, 0.75), (0.75, 0.25)),
        pairwise=((0.5, 0.25), (0.75, 0.5)),
        central=(None, None),
    )


@pytest.fixture
def firm(simulation):
    nothing = Alpha(question="", value=None, low=None, high=None, units=0, pairable=0, too_few=True)
    agreement = Agreement(
        pooled=nothing, questions=(), kendall=None, raters=0, items=0, severities=(), flats=(), inseparable=()
    )
    return Robustness(
        evaluation="e",
        content_hash="",
        record_hash="",
        names=NAMES,
        ranked=("alder", "birch"),
        leaders=("alder",),
        left_out=(("cedar", "rejected"),),
        simulations=(simulation,),
        agreement=agreement,
    )


def test_samples_margin_and_bounds_are_those_drawn(firm):
    said = " ".join(method_lines(firm))
    for words in ("20 000 samples", "0.7 percentage points", "60 % to 140 %", "Cedar (rejected)"):
        assert words in said


def test_that_shares_are_no_probability_comes_first(firm):
    assert method_lines(firm)[0] == CAVEAT
    assert method_lines(firm.model_copy(update={"simulations": ()}))[0] == CAVEAT


def test_without_samples_none_are_claimed(firm):
    said = " ".join(method_lines(firm.model_copy(update={"simulations": (), "left_out": ()})))
    assert "20 000" not in said
    assert "Cedar" not in said


def test_who_leads_near_some_weights_is_said_most_often_first(simulation):
    said = leads_sentence(simulation, NAMES)
    assert "up to 40 %" in said
    assert said.index("Birch leads in 75 %") < said.index("Alder leads in 25 %")
