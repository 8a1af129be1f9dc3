"""One weight moving from nothing to everything: the other weights on the way, and every score along it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Kind = Literal["section", "question"]


@dataclass(frozen=True)
class Shift:
    """The share of one section or question while it moves.

    It is ``share`` now. ``inside`` is how it is spread over its own questions and ``outside`` how the rest is, each
    adding up to 1 over all questions (Q): both keep today's proportions. What weighs nothing today has none to keep, so
    its questions count alike.
    """

    kind: Kind
    id: str
    share: float
    inside: Array
    outside: Array


@dataclass(frozen=True)
class Course:
    """Weighted means of several vendors (V) along a shift: (t a + (1 - t) b) / (t c + (1 - t) d) at the share t.

    ``a`` and ``c`` are sum(w value) and sum(w) over what applies under the weights inside, ``b`` and ``d`` under those
    outside. Without answers that do not apply, c = d = 1 and the course is a straight line.
    """

    a: Array
    b: Array
    c: Array
    d: Array

    def at(self, shares: Array) -> Array:
        """The means at these shares (T), as V x T; 0 where nothing that applies weighs anything.

        Where that is so at one end only, the end has what the course runs up to.
        """
        top = np.outer(self.a, shares) + np.outer(self.b, 1 - shares)
        base = np.outer(self.c, shares) + np.outer(self.d, 1 - shares)
        both = self.c + self.d
        limit = np.divide(self.a + self.b, both, out=np.zeros(len(both)), where=both > 0)
        at_rest: Array = np.repeat(limit[:, None], len(shares), axis=1)
        return np.divide(top, base, out=at_rest, where=base > 0)

    def only(self, vendor: int) -> Course:
        """The course of one vendor."""
        return Course(*(each[vendor : vendor + 1] for each in (self.a, self.b, self.c, self.d)))


def shifts(
    questions: Sequence[str], sections: Sequence[str], section_of: NDArray[np.intp], weights: Array
) -> list[Shift]:
    """Every section's shift, then every question's."""
    groups: list[tuple[Kind, str, Mask]] = [
        *(("section", each, section_of == number) for number, each in enumerate(sections)),
        *(("question", each, np.arange(len(questions)) == number) for number, each in enumerate(questions)),
    ]
    return [_shift(kind, name, mask, weights) for kind, name, mask in groups if mask.any()]


def _shift(kind: Kind, name: str, mask: Mask, weights: Array) -> Shift:
    own, rest = float(weights[mask].sum()), float(weights[~mask].sum())
    inside = _spread(weights, mask)
    outside = inside if mask.all() else _spread(weights, ~mask)
    return Shift(kind, name, own / (own + rest) if own else 0.0, inside, outside)


def _spread(weights: Array, mask: Mask) -> Array:
    own = np.where(mask, weights, 0.0)
    return np.asarray(own / own.sum() if own.any() else mask / mask.sum())


def course(values: Array, applies: Mask, inside: Array, outside: Array) -> Course:
    """The course of each vendor's mean of ``values`` (V x Q) over what ``applies``, between two sets of weights (Q)."""
    counted = np.where(applies, values, 0.0)
    return Course(counted @ inside, counted @ outside, applies @ inside, applies @ outside)


def level_course(value: float) -> Course:
    """A course that stays at one value: a minimum, to be met like a rival."""
    whole = np.ones(1)
    return Course(value * whole, value * whole, whole, whole)


def meetings(one: Course, other: Course) -> Array:
    """The shares between which the difference of two courses keeps its sign, as 2 x V; NaN for those outside 0-1.

    The difference has the sign of ``(top of one)(base of other) - (top of other)(base of one)``, a quadratic in the
    share. Its roots are taken without subtracting near-equal numbers.
    """
    first = one.b * other.d - other.b * one.d
    last = one.a * other.c - other.a * one.c
    bend = (one.a - one.b) * (other.c - other.d) - (other.a - other.b) * (one.c - one.d)
    slope = last - first - bend
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        far = -(slope + np.where(slope < 0, -1.0, 1.0) * np.sqrt(slope**2 - 4 * first * bend)) / 2
        roots = np.stack([far / bend, first / far])
        return np.where((roots >= 0) & (roots <= 1), roots, np.nan)


def pieces(share: float, points: Sequence[float], merge: float) -> tuple[Array, Array]:
    """The points that divide 0-1 below ``share``, downwards from it, and above, upwards: each begins with ``share`` and
    ends with 0 or 1. Points closer than ``merge`` to the one before are left out."""
    kept = sorted(point for point in points if 0 < point < 1)
    below = _apart([share, *(point for point in reversed(kept) if point < share), 0.0], merge)
    above = _apart([share, *(point for point in kept if point > share), 1.0], merge)
    return below, above


def _apart(points: Sequence[float], merge: float) -> Array:
    chosen = [points[0]]
    for point in points[1:-1]:
        if abs(point - chosen[-1]) > merge and abs(point - points[-1]) > merge:
            chosen.append(point)
    return np.array(chosen if points[-1] == chosen[-1] else [*chosen, points[-1]], dtype=np.float64)
