"""Kendall's W: how far several people put the same things in the same order.

Kendall & Babington Smith (1939), with the correction for ties: W = 12 S / (m^2 (n^3 - n) - m sum(t^3 - t)) for m raters
and n items, S the squared deviations of the rank sums, t the sizes of the groups that a rater ties.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

TIE_DIGITS = 9
"""Values that agree to this many decimals are ties."""


@dataclass(frozen=True)
class Concordance:
    """Kendall's W, 0-1, and what it is made of.

    ``rank_sums`` are over ascending ranks, ties sharing their mean. ``ties`` is sum(t^3 - t) over all raters and
    ``uncorrected`` W without it. ``chi2`` = m (n - 1) W is Friedman's statistic with ``df`` = n - 1 degrees of freedom.
    """

    rank_sums: tuple[float, ...]
    s: float
    ties: float
    w: float
    uncorrected: float
    chi2: float
    df: int


def concordance(values: Array) -> Concordance | None:
    """How far raters agree on the order of items, from ``values`` (raters x items, none missing).

    None with fewer than two raters or items, or where every rater ties everything.
    """
    raters, items = values.shape
    if raters < 2 or items < 2:
        return None
    ranked = [_ranks(row) for row in np.round(values, TIE_DIGITS)]
    sums = np.sum([ranks for ranks, _ in ranked], axis=0)
    ties = sum(tied for _, tied in ranked)
    s = float(((sums - sums.mean()) ** 2).sum())
    most = float(raters**2 * (items**3 - items))
    if most == raters * ties:
        return None
    # Rounding can carry full agreement past 1 by its last binary digit.
    w = min(1.0, 12.0 * s / (most - raters * ties))
    return Concordance(
        rank_sums=tuple(sums.tolist()),
        s=s,
        ties=ties,
        w=w,
        uncorrected=12.0 * s / most,
        chi2=raters * (items - 1) * w,
        df=items - 1,
    )


def kendalls_w(values: Array) -> float | None:
    """Kendall's W corrected for ties, 0-1, of ``values`` (raters x items); None where ``concordance`` is."""
    found = concordance(values)
    return found.w if found else None


def _ranks(row: Array) -> tuple[Array, float]:
    """One rater's ascending ranks, ties sharing their mean, and sum(t^3 - t) over the ties."""
    _, group, sizes = np.unique(row, return_inverse=True, return_counts=True)
    means = sizes.cumsum() - (sizes - 1) / 2
    return means[group], float((sizes**3 - sizes).sum())
