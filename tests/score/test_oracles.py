"""Published worked examples: weighted totals and ranks, and shares of ranks over many weights and levels."""

from pathlib import Path

import numpy as np
import pytest
import yaml

from ii_vendor.score.axes import weighted_score
from ii_vendor.score.contributions import contributions
from ii_vendor.score.matrix import Matrix
from ii_vendor.score.samples import uniform
from ii_vendor.score.simulation import rank_shares

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


def test_what_each_criterion_contributes_is_as_published():
    oracle = KNOWN["comptia_project_plus_table_9_2"]
    scores, weights = (np.array(oracle[key], dtype=np.float64) for key in ("scores", "weights"))
    criteria, top = tuple(oracle["criteria"]), scores.max()
    utility = scores / top
    field = Matrix(
        vendors=tuple(oracle["alternatives"]),
        questions=criteria,
        sections=criteria,
        section_of=np.arange(len(criteria)),
        weights=weights / weights.sum(),
        utility=utility,
        applies=np.ones(utility.shape, dtype=np.bool_),
        least=utility,
        most=utility,
    )
    points = contributions(field) / 100 * top * weights.sum()
    expected = oracle["expected"]
    assert points == pytest.approx(np.array(expected["contributions"]), abs=oracle["abs_tol"])
    assert means(oracle) == pytest.approx(expected["weighted_mean"], abs=oracle["abs_tol"])


def test_the_winner_does_not_depend_on_the_last_vendor():
    oracle = KNOWN["rank_reversal_minmax_vs_fixed_scale"]
    weights = np.array(oracle["weights"], dtype=np.float64)
    shares = [weighted_score(np.array(levels, dtype=np.float64), weights) / 100 for levels in oracle["scores"]]
    assert shares == pytest.approx(oracle["expected"]["fixed_scale"], abs=oracle["abs_tol"])


SAMPLES = 100_000


def of_kind(kind):
    """A parameter over the examples of a kind; a failure names the source."""
    chosen = [oracle for oracle in KNOWN.values() if oracle["kind"] == kind]
    return pytest.mark.parametrize("oracle", chosen, ids=lambda oracle: f"{oracle['id']}: {oracle['source'][:60]}")


def any_weights(criteria):
    """Weights from everywhere on the simplex, as the published examples draw them."""
    return uniform(np.ones(criteria), np.zeros(criteria, dtype=np.intp), SAMPLES).piece(0, SAMPLES).T


@of_kind("smaa_exact")
def test_shares_of_ranks_and_central_weights_are_the_exact_ones(oracle):
    scores, expected = np.array(oracle["scores"], dtype=np.float64), oracle["expected"]
    shares = rank_shares(scores, any_weights(scores.shape[1]))
    found = {"rank_acceptability": shares.ranks, "pairwise_winning": shares.pairwise, "central_weights": shares.central}
    assert set(expected) <= set(found)
    for name, values in expected.items():
        exact = np.array(values, dtype=np.float64)
        assert found[name] == pytest.approx(exact, abs=oracle["abs_tol"], nan_ok=True), name


def deltas(oracle, matrix):
    """How far each value of the matrix reaches to both sides."""
    if "delta_range_fraction" in oracle:
        return np.broadcast_to(np.ptp(matrix, axis=0) * oracle["delta_range_fraction"], matrix.shape)
    absolute, relative = (np.array(oracle[name], dtype=np.float64) for name in ("delta_abs", "delta_rel"))
    return np.where(np.isnan(absolute), np.abs(matrix) * relative, absolute)


def partial_values(oracle):
    """The least and the most partial value of each cell: linear from the worst base value to the best, not clipped."""
    matrix = np.array(oracle["matrix"], dtype=np.float64) * oracle["types"]
    reach, worst, span = deltas(oracle, matrix), matrix.min(axis=0), np.ptp(matrix, axis=0)
    return (matrix - reach - worst) / span, (matrix + reach - worst) / span


@of_kind("smaa_uniform_uncertain")
def test_shares_of_ranks_under_uncertain_levels_are_the_published_ones(oracle):
    least, most = partial_values(oracle)
    ranks = 100 * rank_shares(least, any_weights(least.shape[1]), least=least, most=most).ranks
    from_last = np.cumsum(1 / np.arange(len(ranks), 0, -1))
    found = {
        "first_rank_acceptability_percent": ranks[:, 0],
        "rank_acceptability_percent": ranks,
        # Lahdelma and Salminen's holistic index: ranks weighed by rank-order centroids, the first by 1.
        "holistic_centroid_percent": ranks @ (from_last / from_last[-1])[::-1],
    }
    assert set(oracle["expected"]) <= set(found)
    for name, values in oracle["expected"].items():
        assert found[name] == pytest.approx(np.array(values, dtype=np.float64), abs=oracle["abs_tol_percent"]), name
