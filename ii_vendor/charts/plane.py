"""Points with names in a plane (HTML, all in percent of it): where names stand so that none covers another."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

LETTER, LINE = 1.65, 6.3
"""What a letter is wide and a line high on the narrowest plane that shows names, with a little room."""

LONGEST = 29
"""Names are cut to as many letters, so that each fits on one side of any point."""

SHORTEST = 9.0
"""What even a single figure takes on a phone, with its distance from the point."""

FIGURE = 3.6
"""What each further letter of several numbers takes there."""

SIGN = 1.6, 2.8
"""Half of what a point's sign is wide and high."""


class Spot(NamedTuple):
    """A point at ``x`` and ``y``, 0-100, with the name that belongs to it."""

    key: str
    x: float
    y: float
    name: str


class _Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float


SIDES = ("above", "below", "above-left", "below-left")
"""Where a name may stand beside its point."""


def shortened(name: str) -> str:
    """A name on one line, cut where it is long."""
    line = " ".join(name.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


class Placed(NamedTuple):
    """Where the words of a point stand: its name, or where that finds no room ``numbers``, its own or those of all
    points that lie on it."""

    side: str
    named: bool
    numbers: str


def placed(spots: Sequence[Spot]) -> dict[str, Placed]:
    """A free place for the name of each point: inside the plane, over no other words and no other sign.

    Names that find none give way to their number, counted from 1. Points on each other whose numbers find no room have
    them side by side at one of them; where even that finds none, a point has no words.
    """
    number = {spot.key: str(at) for at, spot in enumerate(spots, start=1)}
    taken: list[_Box] = []
    found: dict[str, Placed] = {}
    for named in (True, False):
        for spot in spots:
            if spot.key not in found:
                words = "" if named else number[spot.key]
                _place([spot], words, spots, taken, found)
    for crowd in _crowds([spot for spot in spots if spot.key not in found]):
        _place(crowd, " ".join(number[spot.key] for spot in crowd), spots, taken, found)
    return {key: place if place.numbers else place._replace(numbers=number[key]) for key, place in found.items()}


def _place(
    crowd: Sequence[Spot], numbers: str, spots: Sequence[Spot], taken: list[_Box], found: dict[str, Placed]
) -> None:
    """Put the words of a crowd, or the name of a single point where there are no ``numbers``, where there is room."""
    signs = [_sign(other) for other in spots if other not in crowd]
    for spot in crowd:
        for side in _wanted(spot):
            box = _box(spot, side, numbers)
            if _is_free(box, [*taken, *signs]):
                found[spot.key] = Placed(side, not numbers, numbers)
                taken.append(box)
                return


def _crowds(spots: Sequence[Spot]) -> list[list[Spot]]:
    """Points whose signs lie on each other, in the order given."""
    crowds: list[list[Spot]] = []
    for spot in spots:
        near = [crowd for crowd in crowds if any(_meet(_sign(spot), _sign(other)) for other in crowd)]
        crowds = [crowd for crowd in crowds if crowd not in near]
        crowds.append([*itertools.chain.from_iterable(near), spot])
    return [sorted(crowd, key=spots.index) for crowd in crowds]


def _wanted(spot: Spot) -> Sequence[str]:
    """To the right in the left half and the other way round, so that a narrow screen has room for names too."""
    return SIDES if spot.x <= 50 else SIDES[2:] + SIDES[:2]


def _sign(spot: Spot) -> _Box:
    return _Box(spot.x - SIGN[0], spot.y - SIGN[1], spot.x + SIGN[0], spot.y + SIGN[1])


def _box(spot: Spot, side: str, numbers: str) -> _Box:
    letters = FIGURE * (len(numbers) - 1) if numbers else LETTER * len(shortened(spot.name)) - SHORTEST
    width = SHORTEST + max(0.0, letters)
    left = spot.x - width if side.endswith("left") else spot.x
    bottom = spot.y if side.startswith("above") else spot.y - LINE
    return _Box(left, bottom, left + width, bottom + LINE)


def _is_free(box: _Box, others: Iterable[_Box]) -> bool:
    inside = box.left >= 0 and box.right <= 100 and box.bottom >= 0
    return inside and not any(_meet(box, other) for other in others)


def _meet(a: _Box, b: _Box) -> bool:
    return a.left < b.right and b.left < a.right and a.bottom < b.top and b.bottom < a.top


def staircase(front: Iterable[Spot]) -> Iterator[str]:
    """The front as steps: from each of its points to the next right, then up."""
    for spot, following in itertools.pairwise(sorted(front, key=lambda spot: (spot.x, spot.y))):
        x, y = spot.x, spot.y
        yield f'<i class="iv-step" style="left:{x:.2f}%;bottom:{y:.2f}%;width:{following.x - x:.2f}%"></i>'
        yield f'<i class="iv-step" style="left:{following.x:.2f}%;bottom:{y:.2f}%;height:{following.y - y:.2f}%"></i>'


def grid(across: Mapping[float, str], up: Mapping[float, str]) -> str:
    """Lines and labels: ``up`` by height, ``across`` by distance from the left, both in percent."""
    lines = "".join(
        f'<i class="iv-line" style="bottom:{at:g}%"></i><span class="iv-ytick" style="bottom:{at:g}%">{words}</span>'
        for at, words in up.items()
    )
    return lines + "".join(
        f'<span class="iv-xtick" style="left:{at:.2f}%">{words}</span>' for at, words in across.items()
    )
