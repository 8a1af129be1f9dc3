"""Weights from what people say: points for swings, or a plain order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import isfinite

from ii_vendor.model.content import Content
from ii_vendor.model.panel import WeighingMethod

MOST_POINTS = 100.0
"""What the swing that matters most is given."""


def weighed_ids(content: Content, scope: str = "") -> tuple[str, ...]:
    """The ids of the sections, or of the questions of the section ``scope``, in the order asked."""
    if not scope:
        return tuple(section.id for section in content.sections)
    return tuple(question.id for section in content.sections if section.id == scope for question in section.questions)


def elicited_weights(method: WeighingMethod, given: Mapping[str, float]) -> dict[str, float]:
    """The weights, adding up to 100, that points or places come to. What is given 0 weighs 0.

    ``swing``: points 0-100 for the step from level 0 to level 4, 100 for the one that matters most; weights are in
    their proportion (Edwards & Barron 1994, SMARTS). ``rank order``: places 1, 2, 3 and so on, two at place 1 being
    followed by place 3; weights are the rank-order centroid of those placed, and equal places share the mean of what
    they cover (Edwards & Barron 1994, SMARTER). Raises ValueError with a sentence for anything else.
    """
    if not all(isfinite(number) for number in given.values()):
        raise ValueError("Each of them needs a number.")
    if any(number < 0 for number in given.values()):
        raise ValueError("Nothing can be given less than 0.")
    if not any(given.values()):
        raise ValueError("Everything is at 0, so nothing would count. Give at least one of them more.")
    return _from_points(given) if method is WeighingMethod.swing else _from_places(given)


def rank_order_centroid(n: int) -> tuple[float, ...]:
    """The weights of ``n`` things of which only the order is known, the first weighing most: w_k = 1/n sum(1/i) for
    i = k..n (Edwards & Barron 1994). They add up to 1; none for n = 0."""
    weights: list[float] = []
    total = 0.0
    for place in range(n, 0, -1):
        total += 1.0 / place
        weights.append(total / n)
    return tuple(reversed(weights))


def _from_points(points: Mapping[str, float]) -> dict[str, float]:
    if max(points.values()) > MOST_POINTS:
        raise ValueError("Nothing can get more than 100 points.")
    if max(points.values()) < MOST_POINTS:
        raise ValueError("The one that matters most gets 100 points.")
    total = sum(points.values())
    return {key: 100.0 * each / total for key, each in points.items()}


def _from_places(places: Mapping[str, float]) -> dict[str, float]:
    shared = Counter(place for place in places.values() if place)
    _check_places(shared)
    centroid = rank_order_centroid(shared.total())
    weight = {0.0: 0.0}
    for place, count in shared.items():
        covered = centroid[int(place) - 1 : int(place) - 1 + count]
        weight[place] = 100.0 * sum(covered) / count
    return {key: weight[place] for key, place in places.items()}


def _check_places(shared: Counter[float]) -> None:
    """Raise ValueError unless the places run on from 1, each skipping as many as share the one before."""
    expected = 1
    for place in sorted(shared):
        if place != int(place):
            raise ValueError(f"A place is a whole number, not {place:g}.")
        if place != expected:
            raise ValueError(_wrong_place(int(place), expected, shared))
        expected += shared[place]


def _wrong_place(place: int, expected: int, shared: Counter[float]) -> str:
    if expected == 1:
        return "The order starts at place 1."
    before = max(each for each in shared if each < place)
    if shared[before] == 1:
        return f"Place {expected} is not taken: after place {before:g} comes {expected}."
    return f"{shared[before]} share place {before:g}, so the next place is {expected}, not {place}."
