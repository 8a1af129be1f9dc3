"""How the ranking comes out when weights and levels vary (SMAA-2, Lahdelma and Salminen 2001).

Scores are worked out in double precision, so that no rounding lets a vendor pass one that is at least as good on every
question, and so that the others compare alike whoever else is in the ranking.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from ii_vendor.model.robustness import Simulation, WeightsVary
from ii_vendor.score.comparison import RANK_DIGITS
from ii_vendor.score.matrix import Array, Matrix
from ii_vendor.score.samples import Floats, WeightSamples, cell_stream, fixed, given, informed, uniform
from ii_vendor.score.tally import Tally

PIECE = 16_384
"""Samples worked out at a time, which bounds the memory."""

STEP = 512
"""Samples weighed at a time."""

CONFIDENCE = 1.96
"""Standard errors in a 95 % margin."""

UNSEEN = 3.0
"""So many samples in all could yet be otherwise where all came out alike, at 95 % (the rule of three)."""


@dataclass(frozen=True)
class Shares:
    """Shares of samples, 0-1, of V vendors.

    ``ranks[i, r]``: i takes rank r + 1. ``pairwise[i, j]``: i scores above j. Vendors that nothing tells apart share
    their ranks equally, and each counts as above the other in half of the samples. ``central[i]``: the mean weights
    (Q) over the samples that i leads, not a number where it never does. ``margin``: the largest 95 % sampling error.
    ``twins[i, j]``: nothing tells i and j apart.
    """

    ranks: Array
    pairwise: Array
    central: Array
    margin: float
    twins: NDArray[np.bool_]


NOBODY = Shares(np.empty((0, 0)), np.empty((0, 0)), np.empty((0, 0)), 0.0, np.empty((0, 0), dtype=np.bool_))
"""The shares of no vendors."""


@dataclass(frozen=True)
class Cells:
    """What is scored (all V x Q): utilities from ``least`` to ``most``, and where a question applies. ``vendors`` and
    ``questions`` name the rows and columns: draws of levels depend on these names."""

    vendors: Sequence[str]
    questions: Sequence[str]
    least: Array
    most: Array
    applies: NDArray[np.bool_]

    def order(self, chosen: NDArray[np.intp]) -> Cells:
        """The vendors at these places, in this order."""
        names = [self.vendors[place] for place in chosen]
        return Cells(names, self.questions, self.least[chosen], self.most[chosen], self.applies[chosen])


def simulate(
    field: Matrix, weights: WeightsVary, *, ratings: bool, spread: float, samples: int, central: bool = True
) -> Simulation:
    """Rank the vendors under many weights, and with ``ratings`` under many levels between the least and the most that
    the panel leaves room for, each equally likely and each cell by itself.

    ``spread`` (0-1) is how far each weight moves, as a share of itself, where weights are ``informed``; ``samples`` at
    least 1. Without ``central`` the weights under which each vendor leads are left out, which is quicker. Equal
    arguments give equal results.
    """
    cells = Cells(
        field.vendors,
        field.questions,
        field.least if ratings else field.utility,
        field.most if ratings else field.utility,
        field.applies,
    )
    with _one_thread():
        shares = NOBODY
        if field.vendors:
            shares = _shares(cells, _weight_samples(field, weights, spread, samples), central)
    return Simulation(
        weights=weights,
        spread=spread,
        ratings=ratings,
        samples=samples,
        margin=shares.margin,
        vendors=field.vendors,
        ranks=tuple(map(tuple, shares.ranks.tolist())),
        pairwise=tuple(map(tuple, shares.pairwise.tolist())),
        central=tuple(
            None if np.isnan(row).any() else dict(zip(field.questions, row.tolist(), strict=True))
            for row in shares.central
        ),
        alike=_groups(field.vendors, shares.twins),
    )


def _groups(vendors: Sequence[str], twins: NDArray[np.bool_]) -> tuple[tuple[str, ...], ...]:
    groups = dict.fromkeys(tuple(np.flatnonzero(row).tolist()) for row in twins)
    return tuple(tuple(vendors[place] for place in group) for group in groups if len(group) > 1)


def _weight_samples(field: Matrix, weights: WeightsVary, spread: float, samples: int) -> WeightSamples:
    if weights is WeightsVary.informed:
        return informed(field.weights, field.section_of, spread, samples)
    if weights is WeightsVary.uniform:
        return uniform(field.weights, field.section_of, samples)
    return fixed(field.weights, samples)


def rank_shares(
    utility: Array,
    weights: Floats,
    *,
    applies: NDArray[np.bool_] | None = None,
    least: Array | None = None,
    most: Array | None = None,
    central: bool = True,
) -> Shares:
    """The same from bare arrays: ``utility`` (V x Q, any scale, higher is better) under each of ``weights`` (N x Q,
    not negative). With ``least`` and ``most`` (V x Q) each utility varies between them instead, equally likely. A
    question that does not apply to a vendor (``applies``, V x Q) leaves its denominator. Without ``central`` the
    mean weights are left out: not numbers."""
    vendors, questions = utility.shape
    cells = Cells(
        [str(number) for number in range(vendors)],
        [str(number) for number in range(questions)],
        utility if least is None else least,
        utility if most is None else most,
        np.ones(utility.shape, dtype=np.bool_) if applies is None else applies,
    )
    with _one_thread():
        return _shares(cells, given(weights), central)


def _one_thread() -> AbstractContextManager[object]:
    """On a busy machine the threads of a matrix product wait for each other many times longer than its work takes."""
    limit: AbstractContextManager[object] = _controller().limit(limits=1, user_api="blas")
    return limit


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


def _shares(cells: Cells, weights: WeightSamples, central: bool) -> Shares:
    weighted = np.any(weights.probes > 0, axis=1)
    middle = _weighed(np.where(cells.applies, (cells.least + cells.most) / 2, 0.0), weights.probes)
    _divide(middle, cells.applies, weights.probes)
    # Earlier vendors win what rounding leaves equal, so the better ones come first.
    merit = np.argsort(-middle.sum(axis=1), kind="stable")
    ordered = cells.order(merit)
    open_cells = (ordered.most > ordered.least) & ordered.applies & weighted
    alike = _alike(ordered, middle[merit], open_cells, weighted)
    varies = weights.vary or bool(open_cells.any())
    count = weights.count if varies else 1
    tally = _tally(ordered, weights, open_cells, alike, count, central)
    return _shared(tally, alike, count, varies=varies, places=np.argsort(merit))


def _divide(totals: Floats, applies: NDArray[np.bool_], weights: Floats) -> None:
    """Divide in place, by the share of the weight that applies, for vendors to whom not everything applies; 0 where
    nothing does. The others stay as they are, so they compare alike whoever is among them."""
    partial = np.flatnonzero(~applies.all(axis=1))
    if not len(partial):
        return
    patterns, which = np.unique(applies[partial], axis=0, return_inverse=True)
    whole = weights.sum(axis=0, dtype=np.float64)
    below = _weighed(patterns.astype(np.float64), weights)
    for vendor, pattern in zip(partial, which.ravel(), strict=True):
        totals[vendor] *= np.divide(whole, below[pattern], out=np.zeros_like(whole), where=below[pattern] > 0)


def _alike(
    cells: Cells, probes: Floats, open_cells: NDArray[np.bool_], weighted: NDArray[np.bool_]
) -> NDArray[np.intp]:
    """For each vendor the first one that nothing tells apart from it: the same scores in every probe or, where levels
    vary, the same range on every question that weighs anything."""
    first: dict[tuple[object, ...], int] = {}
    same = np.empty(len(probes), dtype=np.intp)
    for vendor, scores in enumerate(probes):
        key: tuple[object, ...] = tuple(np.round(100 * scores, RANK_DIGITS))
        if open_cells[vendor].any():
            counted = weighted & cells.applies[vendor]
            key = tuple(part.tobytes() for part in (counted, cells.least[vendor, counted], cells.most[vendor, counted]))
        same[vendor] = first.setdefault(key, vendor)
    return same


def _tally(
    cells: Cells,
    weights: WeightSamples,
    open_cells: NDArray[np.bool_],
    alike: NDArray[np.intp],
    count: int,
    central: bool,
) -> Tally:
    """Count ``count`` samples piece by piece."""
    streams = {
        (vendor, question): cell_stream(cells.vendors[vendor], cells.questions[question])
        for vendor, question in np.argwhere(open_cells).tolist()
    }
    # Vendors that tie in every sample get one score, so that the others compare with all of them alike.
    settled = alike != np.arange(len(alike))
    settled &= ~open_cells.any(axis=1)
    base = np.where(cells.applies, cells.least, 0.0)
    final = not streams and bool(cells.applies.all())
    tally = Tally(*base.shape)
    for start in range(0, count, PIECE):
        tried = weights.piece(start, min(start + PIECE, count))
        scores = _weighed(base, tried, np.float32 if final else np.float64)
        for (vendor, question), stream in streams.items():
            room = cells.most[vendor, question] - cells.least[vendor, question]
            scores[vendor] += room * tried[question] * stream.random(tried.shape[1], dtype=np.float32)
        _divide(scores, cells.applies, tried)
        scores[settled] = scores[alike[settled]]
        tally.add(scores.astype(np.float32, copy=False), tried if central else None)
    return tally


def _weighed(utility: Array, weights: Floats, kind: type[np.floating] = np.float64) -> Floats:
    """sum(w u) of each vendor in each sample (V x n), in double precision, in steps that fit the cache; kept as
    ``kind``."""
    totals = np.empty((len(utility), weights.shape[1]), dtype=kind)
    for start in range(0, weights.shape[1], STEP):
        totals[:, start : start + STEP] = utility @ weights[:, start : start + STEP].astype(np.float64, copy=False)
    return totals


def _shared(tally: Tally, alike: NDArray[np.intp], count: int, *, varies: bool, places: NDArray[np.intp]) -> Shares:
    """The tally as shares in the order ``places``, averaged over vendors that nothing tells apart."""
    together = (alike[:, np.newaxis] == alike).astype(np.float64)
    among = together / together.sum(axis=1)
    ranks = among @ tally.ranks / count
    pairwise = among @ (tally.above / count) @ among
    twins = together.astype(np.bool_)
    margin = max(_margin(ranks, count), _margin(pairwise[~twins], count)) if varies else 0.0
    pairwise[twins] = 0.5
    np.fill_diagonal(pairwise, 0.0)
    leads = among @ tally.ranks[:, :1]
    central = np.full(tally.weights.shape, np.nan)
    np.divide(among @ tally.weights, leads, out=central, where=(leads > 0) & tally.weighed)
    pairs = np.ix_(places, places)
    return Shares(ranks[places], pairwise[pairs], central[places], margin, twins[pairs])


def _margin(shares: Array, count: int) -> float:
    """The largest 95 % sampling error: 1.96 sqrt(p (1 - p) / N), and 3 / N at the least."""
    return max(CONFIDENCE * float(np.sqrt(np.max(shares * (1 - shares), initial=0.0) / count)), UNSEEN / count)
