"""What equal steps in price cost in the classic price points: ever less, which is why the ratio is doubted."""

from __future__ import annotations

from typing import NamedTuple

STEPS, STEP = 4, 0.25


class Rung(NamedTuple):
    """A price, its price points 0-100, and how many points fewer that is than one step below."""

    amount: float
    points: float
    lost: float


def price_ladder(lowest: float) -> tuple[Rung, ...]:
    """Four equal steps above the ``lowest`` price, each a quarter of it. Points are 100 * lowest price / price."""
    points = [100.0 / (1 + STEP * step) for step in range(STEPS + 1)]
    return tuple(
        Rung(lowest * (1 + STEP * step), points[step], points[step - 1] - points[step]) for step in range(1, STEPS + 1)
    )
