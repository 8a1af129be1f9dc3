"""Published worked examples, as far as weighted totals and ranks go."""

from pathlib import Path

import numpy as np
import pytest
import yaml

from ii_vendor.score.axes import weighted_score

ORACLES = Path(__file__).resolve().parents[2].parent / "shared" / "research" / "scoring-oracles.yaml"

if not ORACLES.exists():
    pytest.skip(f"the worked examples are kept outside the project, in {ORACLES}", allow_module_level=True)

KNOWN = {oracle["id"]: oracle for oracle in yaml.safe_load(ORACLES.read_text("utf-8"))["oracles"]}
WEIGHTED = [oracle for oracle in KNOWN.values() if oracle["kind"] in ("weighted_sum", "weighted_sum_raw")]


def means(oracle):
    """The weighted mean of each alternative, on the scale of its scores."""
    weights, top = np.array(oracle["weights"], dtype=np.float64), max(max(row) for row in oracle["scores"])
    levels = [4 * np.array(row, dtype=np.float64) / top for row in oracle["scores"]]
    return [weighted_score(row, weights) / 100 * top for row in levels]


@pytest.mark.parametrize("oracle", WEIGHTED, ids=lambda oracle: oracle["id"])
def test_weighted_totals_are_the_published_ones(oracle):
    totals = oracle["expected"]["totals"]
    scale = sum(oracle["weights"]) if oracle["kind"] == "weighted_sum_raw" else 1.0
    assert [mean * scale for mean in means(oracle)] == pytest.approx(totals, abs=oracle["abs_tol"])


@pytest.mark.parametrize("oracle", WEIGHTED, ids=lambda oracle: oracle["id"])
def test_ranks_are_the_published_ones(oracle):
    rounded = [round(mean, 9) for mean in means(oracle)]
    assert [1 + sum(other > mean for other in rounded) for mean in rounded] == oracle["expected"]["ranks_competition"]


def test_the_winner_does_not_depend_on_the_last_vendor():
    oracle = KNOWN["rank_reversal_minmax_vs_fixed_scale"]
    weights = np.array(oracle["weights"], dtype=np.float64)
    shares = [weighted_score(np.array(levels, dtype=np.float64), weights) / 100 for levels in oracle["scores"]]
    assert shares == pytest.approx(oracle["expected"]["fixed_scale"], abs=oracle["abs_tol"])
