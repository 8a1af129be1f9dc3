"""What a simulation promises whatever weights and levels it tries."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ii_vendor.model.robustness import WeightsVary
from ii_vendor.score.matrix import Matrix
from ii_vendor.score.samples import informed, uniform
from ii_vendor.score.simulation import rank_shares, simulate

SAMPLES = 400
VARYING = (WeightsVary.informed, WeightsVary.uniform)

few = settings(max_examples=40, deadline=None)
utilities = st.sampled_from([0.0, 0.25, 1 / 3, 0.5, 0.75, 1.0])


def field(utility, weights=None, sections=None, applies=None, least=None, most=None, vendors=None):
    """A matrix of these utilities; weights alike, one section, everything applies and nothing varies unless told."""
    levels = np.array(utility, dtype=np.float64)
    questions = levels.shape[1]
    weighed = np.array(weights if weights is not None else [1.0] * questions, dtype=np.float64)
    section_of = np.array(sections if sections is not None else [0] * questions, dtype=np.intp)
    return Matrix(
        vendors=tuple(vendors or (f"vendor-{row}" for row in range(len(levels)))),
        questions=tuple(f"Q{column}" for column in range(questions)),
        sections=tuple(f"section-{number}" for number in range(section_of.max(initial=-1) + 1)),
        section_of=section_of,
        weights=weighed / (weighed.sum() or 1.0),
        utility=levels,
        applies=np.ones(levels.shape, dtype=np.bool_) if applies is None else np.array(applies, dtype=np.bool_),
        least=levels if least is None else np.array(least, dtype=np.float64),
        most=levels if most is None else np.array(most, dtype=np.float64),
    )


def run(drawn, weights=WeightsVary.informed, *, ratings=False, spread=0.3, samples=SAMPLES):
    return simulate(drawn, weights, ratings=ratings, spread=spread, samples=samples)


def rows(drawn, chosen):
    """The matrix with these vendors, in this order."""
    kept = list(chosen)
    parts = {name: getattr(drawn, name)[kept] for name in ("utility", "applies", "least", "most")}
    return dataclasses.replace(drawn, vendors=tuple(drawn.vendors[row] for row in kept), **parts)


@st.composite
def fields(draw, fewest=2):
    """Matrices with sections, weights of 0, questions that do not apply and ratings that leave room."""
    shape = (draw(st.integers(fewest, 5)), draw(st.integers(1, 6)))
    grid = st.lists(st.lists(utilities, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0])
    low, high = np.sort([draw(grid), draw(grid)], axis=0)
    sections = sorted(draw(st.lists(st.integers(0, 2), min_size=shape[1], max_size=shape[1])))
    weights = draw(st.lists(st.sampled_from([0, 1, 2, 5]), min_size=shape[1], max_size=shape[1]))
    applies = np.array(draw(grid)) > draw(st.sampled_from([-1, 0.1]))
    return field(low, weights, sections, applies, low, np.where(applies, high, low))


anything = pytest.mark.parametrize("ratings", [False, True], ids=["levels as given", "levels vary"])
any_weights = pytest.mark.parametrize("weights", list(WeightsVary), ids=lambda each: each.name)


@anything
@any_weights
@few
@given(drawn=fields())
def test_every_vendor_takes_exactly_one_place(drawn, weights, ratings):
    result = run(drawn, weights, ratings=ratings)
    assert [sum(row) for row in result.ranks] == pytest.approx([1] * len(result.vendors))
    assert [sum(column) for column in zip(*result.ranks, strict=True)] == pytest.approx([1] * len(result.vendors))
    for one, row in enumerate(result.pairwise):
        assert row[one] == 0
        assert all(
            share + result.pairwise[other][one] == pytest.approx(1) for other, share in enumerate(row) if other != one
        )


@anything
@any_weights
@few
@given(drawn=fields())
def test_the_same_evaluation_gives_the_same_result(drawn, weights, ratings):
    assert run(drawn, weights, ratings=ratings) == run(drawn, weights, ratings=ratings)


@anything
@any_weights
@few
@given(drawn=fields(), data=st.data())
def test_the_order_of_the_vendors_does_not_matter(drawn, weights, ratings, data):
    order = data.draw(st.permutations(range(len(drawn.vendors))))
    before, after = (run(each, weights, ratings=ratings) for each in (drawn, rows(drawn, order)))
    assert np.array(after.ranks) == pytest.approx(np.array(before.ranks)[order])
    assert np.array(after.pairwise) == pytest.approx(np.array(before.pairwise)[np.ix_(order, order)])
    assert [after.central[place] is None for place in range(len(order))] == [
        before.central[row] is None for row in order
    ]


@any_weights
@few
@given(drawn=fields(fewest=3))
def test_removing_a_vendor_changes_nothing_between_the_others(drawn, weights):
    before, after = run(drawn, weights), run(rows(drawn, range(1, len(drawn.vendors))), weights)
    assert after.pairwise == tuple(row[1:] for row in before.pairwise[1:])


@few
@given(drawn=fields(fewest=3))
def test_removing_a_vendor_leaves_the_levels_tried_for_the_others(drawn):
    apart = dataclasses.replace(drawn, most=drawn.most + np.linspace(0, 0.2, len(drawn.vendors))[:, np.newaxis])
    before, after = run(apart, ratings=True), run(rows(apart, range(1, len(apart.vendors))), ratings=True)
    assert np.array(after.pairwise) == pytest.approx(np.array(before.pairwise)[1:, 1:])


@pytest.mark.parametrize("weights", VARYING, ids=lambda each: each.name)
@few
@given(drawn=fields(), column=st.integers(0, 5))
def test_a_dominated_vendor_never_ranks_above_its_dominator(drawn, weights, column):
    better = drawn.utility[0].copy()
    better[column % len(better)] += 0.25
    pair = dataclasses.replace(
        drawn, utility=np.vstack([drawn.utility, better]), applies=np.vstack([drawn.applies, drawn.applies[0]]),
        vendors=(*drawn.vendors, "better"),
    )  # fmt: skip
    result = run(pair, weights)
    place = column % len(better)
    told_apart = drawn.applies[0, place] and drawn.weights[place] > 0
    assert result.pairwise[0][-1] == (0 if told_apart else 0.5)
    assert result.first("better") >= result.first("vendor-0")


@anything
@any_weights
@few
@given(drawn=fields())
def test_identical_vendors_share_everything(drawn, weights, ratings):
    twins = dataclasses.replace(rows(drawn, [*range(len(drawn.vendors)), 0]), vendors=(*drawn.vendors, "twin"))
    result = run(twins, weights, ratings=ratings)
    assert result.ranks[0] == result.ranks[-1]
    assert result.pairwise[0][-1] == result.pairwise[-1][0] == 0.5
    assert result.pairwise[0][1:-1] == result.pairwise[-1][1:-1]
    assert result.central[0] == result.central[-1]
    assert any({result.vendors[0], "twin"} <= set(group) for group in result.alike)


def test_vendors_that_only_happen_to_tie_are_not_called_alike():
    assert run(field([[1, 0], [0, 1], [0, 1]])).alike == (("vendor-1", "vendor-2"),)


def test_what_weighs_nothing_tells_no_vendors_apart():
    result = run(field([[1, 0], [1, 1], [0, 1]], [1, 0]), WeightsVary.uniform)
    assert result.ranks == ((0.5, 0.5, 0), (0.5, 0.5, 0), (0, 0, 1))
    assert result.central == ({"Q0": 1, "Q1": 0}, {"Q0": 1, "Q1": 0}, None)


def test_vendors_that_tie_whatever_applies_share_their_ranks():
    alike = field([[0.5, 0.5, 0.5], [0.5, 0.5, 0.5]], applies=[[True, True, True], [True, False, True]])
    assert run(alike).ranks == ((0.5, 0.5), (0.5, 0.5))


def test_equal_totals_tie_under_weights_as_set_and_part_when_weights_vary():
    even = field([[1, 0], [0, 1]])
    assert run(even, WeightsVary.fixed).ranks == ((0.5, 0.5), (0.5, 0.5))
    varied = run(even, samples=10_000)
    assert varied.ranks[0][0] == pytest.approx(0.5, abs=2 * varied.margin)
    assert varied.central[0]["Q0"] > 0.5 > varied.central[1]["Q0"]


def test_weights_as_set_and_levels_as_given_leave_no_doubt():
    result = run(field([[1, 0.5], [0.5, 0.5], [0, 1]], [3, 1]), WeightsVary.fixed)
    assert result.ranks == ((1, 0, 0), (0, 1, 0), (0, 0, 1))
    assert result.margin == 0
    assert result.central == ({"Q0": 0.75, "Q1": 0.25}, None, None)


def test_a_spread_of_nothing_is_the_weights_as_set():
    drawn = field([[1, 0.5], [0.5, 0.5], [0.9, 1]], [3, 1])
    assert run(drawn, spread=0).ranks == run(drawn, WeightsVary.fixed).ranks


@pytest.mark.parametrize("ratings", [False, True])
@any_weights
def test_no_vendor_and_one_vendor_are_no_trouble(weights, ratings):
    one = field([[0.5, 1]])
    assert run(one, weights, ratings=ratings).ranks == ((1,),)
    assert run(one, weights, ratings=ratings).pairwise == ((0,),)
    none = run(rows(one, []), weights, ratings=ratings)
    assert (none.vendors, none.ranks, none.central) == ((), (), ())
    without_weights = dataclasses.replace(rows(one, []), weights=np.empty(0))
    assert run(without_weights, weights, ratings=ratings).ranks == ()


@any_weights
def test_no_question_that_weighs_anything_ties_all(weights):
    assert run(field([[1, 0], [0, 0]], [0, 0]), weights).ranks == ((0.5, 0.5), (0.5, 0.5))


def test_more_vendors_than_a_byte_counts_are_ranked():
    result = run(field(np.linspace(1, 0, 300)[:, np.newaxis] * [1, 1]), samples=20)
    assert np.array(result.ranks).tolist() == np.eye(300).tolist()


def test_samples_that_all_came_out_alike_leave_a_margin_that_few_samples_make_wide():
    few = rank_shares(np.array([[1.0, 0.5], [0.5, 0.25]]), np.random.default_rng(0).random((100, 2)))
    assert few.ranks.tolist() == [[1, 0], [0, 1]]
    assert few.margin == pytest.approx(0.03)


def test_the_margin_is_that_of_the_most_uncertain_share():
    result = run(field([[1, 0], [0, 1]]), WeightsVary.uniform, samples=10_000)
    assert result.margin == pytest.approx(1.96 * 0.5 / 100, rel=1e-3)


def test_weights_near_those_set_stay_near_on_both_levels():
    set_weights, sections = np.array([0.3, 0.1, 0.0, 0.6]), np.array([0, 0, 0, 1])
    shares = informed(set_weights, sections, 0.2, 5_000).piece(0, 5_000).astype(np.float64)
    assert shares.sum(axis=0) == pytest.approx(np.ones(5_000))
    assert not shares[2].any()
    for share, base in ((shares[3], 0.6), (shares[0] / shares[:2].sum(axis=0), 0.75)):
        low, high = (base * near / (base * near + (1 - base) * far) for near, far in ((0.8, 1.2), (1.2, 0.8)))
        assert low - 1e-6 <= share.min() < low + 0.02
        assert high - 0.02 < share.max() <= high + 1e-6


def test_any_weights_split_evenly_among_sections_and_inside_them():
    shares = uniform(np.array([0.2, 0.2, 0.0, 0.6]), np.array([0, 0, 0, 1]), 20_000).piece(0, 20_000).astype(np.float64)
    assert shares.sum(axis=0) == pytest.approx(np.ones(20_000))
    assert not shares[2].any()
    spread = np.quantile([shares[3], shares[0] / shares[:2].sum(axis=0)], [0.1, 0.5, 0.9], axis=1)
    assert spread == pytest.approx(np.array([[0.1, 0.1], [0.5, 0.5], [0.9, 0.9]]), abs=0.02)


def test_moving_a_weight_a_little_moves_each_sample_a_little():
    sections = np.array([0, 0, 1])
    before, after = (
        informed(np.array(each), sections, 0.3, 1_000).piece(0, 1_000) for each in ((0.3, 0.2, 0.5), (0.31, 0.19, 0.5))
    )
    assert np.abs(after - before).max() < 0.02


def naive(drawn, weights, levels):
    """Ranks, pairs and winning weights one sample and one vendor at a time."""
    vendors = len(drawn.vendors)
    ranks, pairs, central = np.zeros((vendors, vendors)), np.zeros((vendors, vendors)), [[] for _ in range(vendors)]
    for number, sample in enumerate(weights):
        scores = []
        for vendor in range(vendors):
            asked = [q for q in range(len(sample)) if drawn.applies[vendor, q]]
            below = sum(sample[q] for q in asked)
            scores.append(sum(sample[q] * levels(vendor, q, number) for q in asked) / below if below else 0.0)
        for vendor, score in enumerate(scores):
            place = sum(other > score for other in scores)
            ranks[vendor, place] += 1
            pairs[vendor] += [score > other for other in scores]
            if not place:
                central[vendor].append(sample)
    return ranks / len(weights), pairs / len(weights), [np.mean(won, axis=0) if won else None for won in central]


def test_questions_that_do_not_apply_leave_the_denominator_as_in_a_plain_loop():
    random = np.random.default_rng(7)
    drawn = field(random.random((5, 6)), applies=random.random((5, 6)) > 0.3)
    weights = random.dirichlet(np.ones(6), 700)
    result = rank_shares(drawn.utility, weights, applies=drawn.applies)
    ranks, pairs, central = naive(drawn, weights, lambda vendor, question, _: drawn.utility[vendor, question])
    assert result.ranks == pytest.approx(ranks)
    assert result.pairwise == pytest.approx(pairs)
    for ours, theirs in zip(result.central, central, strict=True):
        assert ours == pytest.approx(np.full(6, np.nan) if theirs is None else theirs, nan_ok=True, abs=1e-6)


def test_levels_between_least_and_most_vary_as_in_a_plain_loop():
    random = np.random.default_rng(8)
    low, high = np.sort(random.choice([0.25, 0.5, 0.75], (2, 4, 5)), axis=0)
    drawn = field(low, applies=random.random((4, 5)) > 0.2, least=low, most=high)
    weights, draws = random.dirichlet(np.ones(5), 6_000), random.random((4, 5, 6_000))
    result = rank_shares(low, weights, applies=drawn.applies, least=low, most=high)
    ranks, pairs, _ = naive(drawn, weights, lambda v, q, n: low[v, q] + draws[v, q, n] * (high[v, q] - low[v, q]))
    assert result.ranks == pytest.approx(ranks, abs=2 * result.margin)
    assert result.pairwise == pytest.approx(pairs, abs=2 * result.margin)


def test_an_unrated_answer_can_decide_when_levels_vary():
    gap = field([[0.5, 0.5], [0.6, 0.0]], least=[[0.5, 0.5], [0.6, 0.0]], most=[[0.5, 0.5], [0.6, 1.0]])
    assert run(gap, WeightsVary.fixed).first("vendor-1") == 0
    varied = run(gap, WeightsVary.fixed, ratings=True, samples=10_000)
    assert varied.first("vendor-1") == pytest.approx(0.6, abs=2 * varied.margin)
    assert varied.central[1] == pytest.approx({"Q0": 0.5, "Q1": 0.5})


def test_without_the_weights_that_favour_each_everything_else_is_the_same():
    drawn = field([[1.0, 0.25], [0.5, 0.75], [0.0, 0.0]])
    whole, quick = (
        simulate(drawn, WeightsVary.informed, ratings=False, spread=0.9, samples=500, central=central)
        for central in (True, False)
    )
    assert whole.central[0] is not None and quick.central == (None, None, None)
    assert quick.model_copy(update={"central": whole.central}) == whole
