"""What moves the lead most: how far the leader's lead over its strongest rival goes when one level or weight moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from ii_vendor.model.rubric import TOP_LEVEL
from ii_vendor.score.matrix import Array, Matrix


@dataclass(frozen=True)
class Swing:
    """One level (0-4) of ``vendor``, or one weight's share of the whole (0-1; ``vendor`` is empty), moved down to
    ``low`` and up to ``high`` from ``now`` (None: not rated, which counts as 0), and the lead in points of autonomy,
    of 100, at either end."""

    kind: Literal["level", "section", "question"]
    id: str
    vendor: str
    now: float | None
    low: float
    high: float
    lead_low: float
    lead_high: float


def lead(field: Matrix, leader: str, rival: str, weights: Array | None = None) -> float:
    """By how many points, of 100, the leader's autonomy lies above the rival's."""
    scores = field.scores(weights)
    return 100.0 * float(scores[field.vendors.index(leader)] - scores[field.vendors.index(rival)])


def swings(field: Matrix, leader: str, rival: str, spread: float) -> tuple[Swing, ...]:
    """Every level of both vendors and every weight that moves the lead, the one that moves it furthest first.

    A level moves over the range that the panel gave it, or where that is a single level by one down and one up;
    a weight by ``spread``, a share of itself, the others keeping their proportions.
    """
    base = lead(field, leader, rival)
    found = [*_levels(field, leader, rival), *_weights(field, leader, rival, spread)]
    moved = [(max(abs(one.lead_low - base), abs(one.lead_high - base)), one) for one in found]
    # Rounded, so that equal swings keep the order asked instead of that of their last binary digits.
    return tuple(one for far, one in sorted(moved, key=lambda pair: -round(pair[0], 9)) if far > 1e-9)


def _levels(field: Matrix, leader: str, rival: str) -> Iterator[Swing]:
    for vendor in (leader, rival):
        row = field.vendors.index(vendor)
        for column in np.flatnonzero(field.applies[row] & (field.weights > 0)):
            now = float(field.utility[row, column])
            low, high = float(field.least[row, column]), float(field.most[row, column])
            if high - low < 1e-9:
                low, high = max(0.0, now - 1 / TOP_LEVEL), min(1.0, now + 1 / TOP_LEVEL)
            leads = [lead(_with(field, row, int(column), to), leader, rival) for to in (low, high)]
            # Whoever rated 0 leaves no room up to 4, so only a missing rating looks like this.
            was = None if now == 0.0 and high == 1.0 else TOP_LEVEL * now
            yield Swing("level", field.questions[column], vendor, was, TOP_LEVEL * low, TOP_LEVEL * high, *leads)


def _with(field: Matrix, row: int, column: int, utility: float) -> Matrix:
    changed = field.utility.copy()
    changed[row, column] = utility
    return replace(field, utility=changed)


def _weights(field: Matrix, leader: str, rival: str, spread: float) -> Iterator[Swing]:
    for index, section in enumerate(field.sections):
        inside = field.section_of == index
        yield _weight(field, leader, rival, spread, ("section", section, inside))
        if inside.sum() > 1:
            for column in np.flatnonzero(inside):
                only = np.arange(len(field.questions)) == column
                yield _weight(field, leader, rival, spread, ("question", field.questions[column], only))


def _weight(
    field: Matrix,
    leader: str,
    rival: str,
    spread: float,
    moved: tuple[Literal["section", "question"], str, np.ndarray[tuple[int, ...], np.dtype[np.bool_]]],
) -> Swing:
    kind, name, which = moved
    shares, leads = [], []
    for factor in (1 - spread, 1 + spread):
        weights = np.where(which, field.weights * factor, field.weights)
        total = float(weights.sum())
        shares.append(float(weights[which].sum()) / total if total else 0.0)
        leads.append(lead(field, leader, rival, weights))
    return Swing(kind, name, "", float(field.weights[which].sum()), shares[0], shares[1], leads[0], leads[1])
