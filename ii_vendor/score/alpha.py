"""Krippendorff's alpha: how far several people agree on the levels that they gave, with its bootstrap interval.

Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): alpha = 1 - observed / expected disagreement over all
pairs of values within a unit, each unit's pairs weighing 1 / (its values - 1). Units with one value only are dropped.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Metric = Literal["nominal", "ordinal", "interval", "ratio"]

SEED = 20_261_102
"""The bootstrap draws the same units every time."""

RESAMPLES = 1_000
CONFIDENCE = 0.95


def krippendorff_alpha(ratings: Array, metric: Metric = "ordinal") -> float | None:
    """Alpha of ``ratings`` (raters x units, nan where a rater gave none): 1 agrees wholly, 0 is chance, below 0 worse.

    ``ratio`` needs values of 0 or more. None where no unit has two values, or only one value occurs.
    """
    values, counts = _pairable(ratings)
    return float(_alphas(np.ones((1, len(counts))), counts, values, metric)[0]) if len(values) > 1 else None


def alpha_interval(
    ratings: Array, metric: Metric = "ordinal", *, resamples: int = RESAMPLES
) -> tuple[float, float] | None:
    """Between which values 95 % of alpha lie when units are drawn again with replacement, always the same draws.

    Draws in which only one value occurs say nothing and are left out. None where alpha is, or with fewer than two
    units. The order of raters and units makes no difference.
    """
    values, counts = _pairable(ratings)
    if len(counts) < 2 or len(values) < 2:
        return None
    kinds, times = _kinds(counts)
    alphas = _alphas(_draws(times, resamples), kinds, values, metric)
    known = alphas[~np.isnan(alphas)]
    if not len(known):
        return None
    tail = (1.0 - CONFIDENCE) / 2
    low, high = np.quantile(known, (tail, 1.0 - tail))
    return float(low), float(high)


def pairable_units(ratings: Array) -> tuple[int, int]:
    """How many units of ``ratings`` (raters x units) have two values or more, and how many values these hold."""
    counts = _pairable(ratings)[1]
    return len(counts), int(counts.sum())


def _pairable(ratings: Array) -> tuple[Array, Array]:
    """The values that occur (C), ascending, and how often each unit with two or more has each of them (U x C)."""
    kept = ratings[:, (~np.isnan(ratings)).sum(axis=0) > 1]
    values = np.unique(kept[~np.isnan(kept)])
    return values, (kept[:, :, None] == values).sum(axis=0, dtype=np.float64)


def _kinds(counts: Array) -> tuple[Array, tuple[int, ...]]:
    """The distinct kinds of unit (K x C) and how many units are of each.

    Units with the same values are one kind: far fewer than the units, and the same in whatever order they came.
    """
    kinds, times = np.unique(counts, axis=0, return_counts=True)
    return kinds, tuple(times.tolist())


@lru_cache(maxsize=32)
def _draws(times: tuple[int, ...], resamples: int) -> Array:
    """How often each resample draws each kind of unit (resamples x K): as many as there are units."""
    units = sum(times)
    shares = np.array(times, dtype=np.float64) / units
    drawn: Array = np.random.default_rng(SEED).multinomial(units, shares, size=resamples).astype(np.float64)
    drawn.flags.writeable = False
    return drawn


def _alphas(draws: Array, counts: Array, values: Array, metric: Metric) -> Array:
    """Alpha of each draw of units (B x U); nan where it is not defined."""
    size = len(values)
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(size)
    pairs /= counts.sum(axis=1)[:, None, None] - 1.0
    coincidences = (draws @ pairs.reshape(len(counts), size * size)).reshape(-1, size, size)
    totals = draws @ counts
    distances = _distances(values, totals, metric)
    observed = (coincidences * distances).sum(axis=(1, 2))
    expected = (totals[:, :, None] * totals[:, None, :] * distances).sum(axis=(1, 2))
    share = np.divide(observed, expected, out=np.full(len(draws), np.nan), where=expected > 0)
    alphas: Array = 1.0 - (totals.sum(axis=1) - 1.0) * share
    return alphas


def _distances(values: Array, totals: Array, metric: Metric) -> Array:
    """The squared difference of each two values (1 or B x C x C)."""
    if metric == "nominal":
        return 1.0 - np.eye(len(values))[None]
    # sum(n_c..n_k) - (n_c + n_k) / 2 is the difference of the two values' mean ranks.
    points = totals.cumsum(axis=1) - totals / 2 if metric == "ordinal" else values[None]
    differences = points[:, :, None] - points[:, None, :]
    if metric == "ratio":
        sums = points[:, :, None] + points[:, None, :]
        differences = np.divide(differences, sums, out=np.zeros_like(sums), where=sums > 0)
    squares: Array = differences**2
    return squares
