"""Who stands where over many samples, counted: ranks, comparisons in pairs, and the weights under which each wins."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ii_vendor.score.matrix import Array
from ii_vendor.score.samples import Floats


@dataclass
class Tally:
    """Counts over the samples added so far, of ``vendors`` (V) and ``questions`` (Q).

    Vendors must come in an order of merit: of two equal scores the earlier one counts as the higher. ``ranks[i, r]``
    counts the samples in which i takes rank r + 1, ``above[i, j]`` those in which i stands above j, and ``weights[i]``
    adds up the weights of those that i leads; ``weighed`` says whether it does.
    """

    vendors: int
    questions: int
    ranks: NDArray[np.int64] = field(init=False)
    above: NDArray[np.int64] = field(init=False)
    weights: Array = field(init=False)
    weighed: bool = False

    def __post_init__(self) -> None:
        self.ranks = np.zeros((self.vendors, self.vendors), dtype=np.int64)
        self.above = np.zeros((self.vendors, self.vendors), dtype=np.int64)
        self.weights = np.zeros((self.vendors, self.questions))

    def add(self, scores: Floats, weights: Floats | None) -> None:
        """Count samples: ``scores`` (V x n) and, where these are to be added up, the ``weights`` (Q x n) of each."""
        places = self._compare(scores)
        for vendor, taken in enumerate(places):
            self.ranks[vendor] += np.bincount(taken, minlength=self.vendors)
        if weights is None:
            return
        self.weighed = True
        first = places == 0
        leading = np.flatnonzero(first.any(axis=1))
        self.weights[leading] += first[leading].astype(np.float32) @ weights.astype(np.float32, copy=False).T

    def _compare(self, scores: Floats) -> NDArray[np.unsignedinteger]:
        """The place of each vendor in each sample, 0 is first; counts the pairs on the way."""
        small = np.uint8 if self.vendors <= np.iinfo(np.uint8).max else np.uint16
        places = np.zeros(scores.shape, dtype=small)
        for one in range(self.vendors - 1):
            below = scores[one] >= scores[one + 1 :]
            lost = below.view(np.uint8)
            places[one + 1 :] += lost
            places[one] += small(len(lost)) - np.add.reduce(lost, axis=0, dtype=small)
            won = np.array([np.count_nonzero(row) for row in below])
            self.above[one, one + 1 :] += won
            self.above[one + 1 :, one] += scores.shape[1] - won
        return places
