"""The quadrant: autonomy against red flags, a point a vendor. HTML, so that its words keep their size on any screen."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from ii_vendor.model.scorecard import Comparison, Outcome, Scorecard

SIGNS = {Outcome.shortlist: "●", Outcome.conditional: "◆", Outcome.incomplete: "○", Outcome.reject: "✕"}
SPOTS = ("above", "below", "above-left", "below-left")
"""Where a name may stand beside its point."""

NAME_WIDTH, NAME_HEIGHT = 1.35, 7.0
"""Roughly how much of the plane a letter is wide and a line high, in percent, at the usual size of the picture."""


@dataclass(frozen=True)
class _Plane:
    """Where scores lie, in percent of the picture. The axis of red flags ends above the highest band."""

    widest: int

    def x(self, red_flags: float | None) -> float:
        return 100.0 * (red_flags or 0.0) / self.widest


def quadrant(comparison: Comparison) -> str:
    """Autonomy against red flags (HTML). A point stands at the low ends, thin lines lead to the high ends, and the
    dotted staircase is the Pareto front. Signs differ with the verdict, so that colour is never alone."""
    cards = comparison.ranked()
    plane = _plane(cards)
    names = _name_spots(cards, plane)
    points = "".join(_point(card, plane, names[card.vendor]) for card in cards)
    return (
        '<figure class="iv-quadrant"><figcaption>Autonomy, higher is better</figcaption>'
        f'<div class="iv-plane">{_grid(plane)}{_front(cards, plane)}{points}</div>'
        '<figcaption class="iv-under">Red flags, lower is better</figcaption></figure>'
    )


def _plane(cards: Iterable[Scorecard]) -> _Plane:
    highest = max([15.0, *(card.red_flags.high or 0.0 for card in cards)])
    return _Plane(widest=min(100, -(-int(highest * 1.25) // 10) * 10))


def _grid(plane: _Plane) -> str:
    lines = "".join(
        f'<i class="iv-line" style="bottom:{value}%"></i><span class="iv-ytick" style="bottom:{value}%">{value}</span>'
        for value in range(0, 101, 20)
    )
    step = 10 if plane.widest <= 60 else 20
    ticks = "".join(
        f'<span class="iv-xtick" style="left:{plane.x(value):.1f}%">{value}</span>'
        for value in range(0, plane.widest + 1, step)
    )
    return lines + ticks


def _front(cards: Sequence[Scorecard], plane: _Plane) -> str:
    """A step from each vendor of the front to the next: right, then up."""
    front = sorted(
        ((plane.x(card.red_flags.low), card.autonomy.low or 0.0) for card in cards if card.on_front),
    )
    steps = []
    for (x, y), (next_x, next_y) in itertools.pairwise(front):
        steps.append(f'<i class="iv-step" style="left:{x:.2f}%;bottom:{y:.2f}%;width:{next_x - x:.2f}%"></i>')
        steps.append(f'<i class="iv-step" style="left:{next_x:.2f}%;bottom:{y:.2f}%;height:{next_y - y:.2f}%"></i>')
    return "".join(steps)


def _point(card: Scorecard, plane: _Plane, spot: str) -> str:
    x, y = plane.x(card.red_flags.low), card.autonomy.low or 0.0
    right, up = plane.x(card.red_flags.high) - x, (card.autonomy.high or 0.0) - y
    outcome = card.verdict.outcome
    side = "iv-out" if outcome is Outcome.reject else "iv-in"
    said = (
        f"{card.name}: autonomy {card.autonomy.low or 0:.0f}, red flags {card.red_flags.low or 0:.0f}, {outcome.value}"
    )
    return (
        f'<i class="iv-band {side}" style="left:{x:.2f}%;bottom:{y:.2f}%;width:{right:.2f}%"></i>'
        f'<i class="iv-band {side}" style="left:{x:.2f}%;bottom:{y:.2f}%;height:{up:.2f}%"></i>'
        f'<b class="iv-point {side}" style="left:{x:.2f}%;bottom:{y:.2f}%" title="{escape(said)}">{SIGNS[outcome]}'
        f'<span class="iv-{spot}">{escape(card.name)}</span></b>'
    )


def _name_spots(cards: Sequence[Scorecard], plane: _Plane) -> dict[str, str]:
    """A spot for each name inside the picture, away from the names already placed."""
    taken: list[tuple[float, float, float, float]] = []
    spots: dict[str, str] = {}
    for card in cards:
        at = plane.x(card.red_flags.low), card.autonomy.low or 0.0
        boxes = {spot: _box(*at, card.name, spot) for spot in SPOTS}
        # Left of the middle names go right and the other way round, so that a narrow screen has room for them too.
        wanted = SPOTS if at[0] <= 50 else SPOTS[2:] + SPOTS[:2]
        inside = [spot for spot in wanted if boxes[spot][0] >= 0 and boxes[spot][2] <= 100] or [wanted[0]]
        free = [spot for spot in inside if not any(_meet(boxes[spot], box) for box in taken)]
        spots[card.vendor] = (free or inside)[0]
        taken.append(boxes[spots[card.vendor]])
    return spots


def _box(x: float, y: float, name: str, spot: str) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a name at this spot."""
    left = x - NAME_WIDTH * len(name) if spot.endswith("left") else x
    bottom = y if spot.startswith("above") else y - NAME_HEIGHT
    return left, bottom, left + NAME_WIDTH * len(name), bottom + NAME_HEIGHT


def _meet(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
