"""Published worked examples of agreement, weights from an order, and price. Each names its source when it fails."""

from pathlib import Path

import numpy as np
import pytest
import yaml

from ii_vendor.score.alpha import krippendorff_alpha
from ii_vendor.score.concordance import concordance
from ii_vendor.score.elicitation import rank_order_centroid
from ii_vendor.score.price import combined_score, on_front, price_points

ORACLES = Path(__file__).resolve().parents[2].parent / "shared" / "research" / "scoring-oracles.yaml"

if not ORACLES.exists():
    pytest.skip(f"the worked examples are kept outside the project, in {ORACLES}", allow_module_level=True)

KNOWN = {oracle["id"]: oracle for oracle in yaml.safe_load(ORACLES.read_text("utf-8"))["oracles"]}


def of_kind(kind):
    oracles = [oracle for oracle in KNOWN.values() if oracle["kind"] == kind]
    return pytest.mark.parametrize("oracle", oracles, ids=lambda oracle: oracle["id"])


def ranks(values):
    return [1 + sum(other > value for other in values) for value in values]


@of_kind("kendall_w")
def test_kendalls_w_is_the_published_one(oracle):
    found = concordance(np.array(oracle["raters_by_items"], dtype=float))
    computed = {
        "rank_sums": list(found.rank_sums),
        "S": found.s,
        "W": found.w,
        "tie_correction": found.ties,
        "W_uncorrected": found.uncorrected,
        "chi2": found.chi2,
        "df": found.df,
    }
    # The tail of the chi-squared distribution is not computed.
    expected = {key: value for key, value in oracle["expected"].items() if key != "p"}
    for key, value in expected.items():
        assert computed[key] == pytest.approx(value, abs=oracle["abs_tol"]), (key, oracle["source"])


@of_kind("krippendorff_alpha")
def test_krippendorffs_alpha_is_the_published_one(oracle):
    ratings = np.array(oracle["raters_by_units"], dtype=float)
    found = {metric: krippendorff_alpha(ratings, metric) for metric in oracle["expected"]}
    assert found == pytest.approx(oracle["expected"], abs=oracle["abs_tol"]), oracle["source"]


@of_kind("rank_order_centroid")
def test_rank_order_centroid_weights_are_the_published_ones(oracle):
    for count, weights in oracle["expected"].items():
        assert rank_order_centroid(int(count)) == pytest.approx(weights, abs=oracle["abs_tol"]), oracle["source"]


@of_kind("price_points")
def test_price_points_are_the_published_ones(oracle):
    points = [oracle["max_points"] * share / 100 for share in price_points(oracle["prices"])]
    assert points == pytest.approx(oracle["expected"]["points"], abs=oracle["abs_tol"]), oracle["source"]


@of_kind("quality_cost")
def test_combined_scores_are_the_published_ones(oracle):
    """The source rounds the points of prices to whole ones before it weighs them."""
    expected, tolerance = oracle["expected"], oracle["abs_tol"]
    points = [round(each) for each in price_points(oracle["cost"])]
    assert points == expected["financial_points"], oracle["source"]
    share = oracle["weights"]["technical"]
    combined = [combined_score(*both, share) for both in zip(oracle["technical"], points, strict=True)]
    assert combined == pytest.approx(expected["combined"], abs=tolerance), oracle["source"]
    assert ranks(combined) == expected["ranks_competition"]


def test_the_front_of_benefit_and_cost_is_the_published_one():
    oracle = KNOWN["goodwin_wright_office"]
    flags = on_front(oracle["expected"]["totals"], oracle["cost"])
    front = [name for name, on in zip(oracle["alternatives"], flags, strict=True) if on]
    assert front == oracle["expected"]["pareto_benefit_max_cost_min"], oracle["source"]
