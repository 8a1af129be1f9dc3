"""Simulations beside plain numpy that only ranks, beside pysensmcda on the same work, and their peak memory.

Ours counts ranks, pairs and central weights throughout; plain numpy counts ranks alone.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from threadpoolctl import threadpool_limits

from ii_vendor.model.robustness import WeightsVary
from ii_vendor.score.matrix import Matrix
from ii_vendor.score.robustness import KINDS
from ii_vendor.score.samples import draws
from ii_vendor.score.simulation import rank_shares, simulate

MIB = 2**20
MEMORY = 300 * MIB
LARGE, SLIDER = (50, 100, 100_000), (10, 30, 10_000)
SPREAD = 0.3
ROUNDS = 9


def field(vendors: int, questions: int, weights: np.ndarray | None = None) -> Matrix:
    """Levels drawn evenly, every fifth cell with a level's room for doubt, five sections that weigh alike."""
    random = np.random.default_rng(7)
    utility = random.integers(0, 5, (vendors, questions)) / 4
    doubt = np.where(random.random(utility.shape) < 0.2, 0.25, 0.0)
    return Matrix(
        vendors=tuple(f"vendor-{row}" for row in range(vendors)),
        questions=tuple(f"Q{column}" for column in range(questions)),
        sections=tuple("ABCDE"),
        section_of=np.arange(questions) * 5 // questions,
        weights=np.full(questions, 1 / questions) if weights is None else weights,
        utility=utility,
        applies=np.ones(utility.shape, dtype=np.bool_),
        least=np.clip(utility - doubt, 0, 1),
        most=np.clip(utility + doubt, 0, 1),
    )


def weightings(questions: int, samples: int) -> np.ndarray:
    """Any weights, a sample a row, in single precision."""
    drawn = np.random.default_rng(1).standard_exponential((samples, questions), dtype=np.float32)
    shares: np.ndarray = drawn / drawn.sum(axis=1, keepdims=True)
    return shares


def plain(utility: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The least that numpy must do to count ranks: a product in single precision, a sort and a count by rank."""
    order = np.argsort(-(weights @ utility.T), axis=1)
    return np.stack([np.bincount(column, minlength=len(utility)) for column in order.T], axis=1)


def plain_results(utility: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What a simulation gives, as plainly as numpy can: ranks, pairs, and the weights under which each vendor leads."""
    scores = weights @ utility.T
    order = np.argsort(-scores, axis=1)
    ranks = np.stack([np.bincount(column, minlength=len(utility)) for column in order.T], axis=1)
    pairs = np.stack([np.count_nonzero(scores[:, [row]] > scores, axis=0) for row in range(len(utility))])
    leads = (order[:, 0] == np.arange(len(utility))[:, np.newaxis]).astype(np.float32)
    return ranks, pairs, leads @ weights


def beside(
    benchmark: BenchmarkFixture, ours: Callable[[], object], theirs: Callable[[], object], **told: object
) -> None:
    """Time both in turn, so that they meet the same load on the machine, and keep the median of the ratios."""
    ours(), theirs()
    other: list[float] = []

    def time_theirs() -> None:
        start = perf_counter()
        theirs()
        other.append(perf_counter() - start)

    with threadpool_limits(limits=1, user_api="blas"):
        benchmark.pedantic(ours, setup=time_theirs, rounds=ROUNDS)
    own = benchmark.stats.stats.data
    benchmark.extra_info.update(
        ours_ms=round(1e3 * median(own), 2),
        other_ms=round(1e3 * median(other), 2),
        ratio=round(median(mine / theirs for mine, theirs in zip(own, other, strict=True)), 2),
        ratio_of_best=round(min(own) / min(other), 2),
        **told,
    )
    print("\n", benchmark.name, benchmark.extra_info)


@pytest.mark.parametrize("weights", [WeightsVary.informed, WeightsVary.uniform], ids=lambda each: each.name)
def test_a_what_if_of_50_vendors_and_100_questions(benchmark: BenchmarkFixture, weights: WeightsVary) -> None:
    vendors, questions, samples = LARGE
    drawn, utility = field(vendors, questions), field(vendors, questions).utility.astype(np.float32)
    others = weightings(questions, samples)
    beside(
        benchmark,
        lambda: simulate(drawn, weights, ratings=False, spread=SPREAD, samples=samples, central=False),
        lambda: plain(utility, others),
        target_ratio=1.5,
    )


@pytest.mark.parametrize("bound", [plain, plain_results], ids=["ranks-alone", "the-same-results"])
def test_the_same_weightings_as_plain_numpy(benchmark: BenchmarkFixture, bound: Callable[..., object]) -> None:
    vendors, questions, samples = LARGE
    utility, weights = field(vendors, questions).utility, weightings(questions, samples)
    single = utility.astype(np.float32)
    # Each side keeps its samples as suits it: numpy a sample a row, the simulation a question a row.
    kept = np.asfortranarray(weights)
    assert np.abs(rank_shares(utility, kept).ranks - plain(single, weights) / samples).max() < 1e-3
    ours = partial(rank_shares, utility, kept, central=bound is plain_results)
    beside(benchmark, ours, lambda: bound(single, weights), target_ratio=1.5)


@pytest.mark.parametrize(("weights", "ratings"), KINDS, ids=lambda each: getattr(each, "name", f"ratings-{each}"))
def test_a_moved_slider_on_10_vendors_and_30_questions(
    benchmark: BenchmarkFixture, weights: WeightsVary, ratings: bool
) -> None:
    vendors, questions, samples = SLIDER
    utility = field(vendors, questions).utility.astype(np.float32)
    others, moved = weightings(questions, samples), iter(np.linspace(1, 9, ROUNDS + 1))

    def what_if() -> object:
        chosen = np.ones(questions)
        chosen[0] = next(moved)
        what = field(vendors, questions, chosen / chosen.sum())
        return simulate(what, weights, ratings=ratings, spread=SPREAD, samples=samples)

    beside(benchmark, what_if, lambda: plain(utility, others))


def test_memory_stays_bounded() -> None:
    vendors, questions, samples = LARGE
    drawn = field(vendors, questions)
    draws.cache_clear()
    tracemalloc.start()
    for weights, ratings in KINDS:
        simulate(drawn, weights, ratings=ratings, spread=SPREAD, samples=samples)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"\n peak memory of all four simulations, draws included: {peak / MIB:.0f} MiB")
    assert peak < MEMORY


@pytest.mark.parametrize("size", [SLIDER, (10, 30, 100_000), LARGE], ids=lambda size: "x".join(map(str, size)))
def test_beside_pysensmcda_on_the_same_weightings(benchmark: BenchmarkFixture, size: tuple[int, int, int]) -> None:
    smaa = pytest.importorskip("pysensmcda.smaa", reason="pysensmcda is in the extra called benchmark")
    vendors, questions, samples = size
    utility, weights = field(vendors, questions).utility, weightings(questions, samples)
    types = np.ones(questions)

    def theirs() -> np.ndarray:
        result = smaa.simulate(lambda matrix, sample, _: matrix @ sample, utility, types, weights, reverse_ranking=True)
        smaa.central_weights(result)
        ranks: np.ndarray = smaa.rank_acceptability(result)
        return ranks

    assert rank_shares(utility, weights).ranks == pytest.approx(theirs(), abs=0.02)
    beside(benchmark, lambda: rank_shares(utility, weights), theirs, target_ratio=0.2)
