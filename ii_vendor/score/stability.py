"""How far each weight can move before the leader is overtaken."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ii_vendor.model.robustness import RivalBounds, WeightStability
from ii_vendor.score.comparison import RANK_DIGITS
from ii_vendor.score.matrix import Matrix
from ii_vendor.score.shifts import Array, Course, Kind, Shift, course, meetings, pieces, shifts

TIE = 10.0 ** -(RANK_DIGITS + 2)
"""Means, 0-1, that differ by less are ties: the ranking rounds scores of 0-100 to so many digits."""


def stability(field: Matrix, leader: str) -> tuple[WeightStability, ...]:
    """For every section, then every question, the shares of the whole between which ``leader`` stays at or above each
    rival, the best rival first, while all other weights keep their proportions.

    The interval is the one around the present share: a rival may be behind again further out. A section that weighs
    nothing is taken up with its questions counting alike. Where a share of 0 or 1 leaves a vendor without a score, what
    counts is the way there. Without ties the bound solves t p + (1 - t) q = 0, with p the lead inside and q outside.
    """
    ahead = field.vendors.index(leader)
    order = np.argsort(-np.round(field.scores(), RANK_DIGITS + 2), kind="stable")
    rivals = [int(number) for number in order if number != ahead]
    every = shifts(field.questions, field.sections, field.section_of, field.weights)
    return tuple(_stability(field, shift, ahead, rivals) for shift in every)


def crossing(field: Matrix, kind: Kind, name: str, points: int = 101) -> tuple[Array, Array]:
    """Evenly spaced shares from 0 to 1 of one section or question, and each vendor's score, 0-100, at each of them
    (V x ``points``) while all other weights keep their proportions. Raises KeyError where nothing has this name."""
    for shift in shifts(field.questions, field.sections, field.section_of, field.weights):
        if (shift.kind, shift.id) == (kind, name):
            shares = np.linspace(0.0, 1.0, points)
            return shares, 100.0 * _course(field, shift).at(shares)
    raise KeyError(name)


def _course(field: Matrix, shift: Shift) -> Course:
    return course(field.utility, field.applies, shift.inside, shift.outside)


def _stability(field: Matrix, shift: Shift, ahead: int, rivals: Sequence[int]) -> WeightStability:
    along = _course(field, shift)
    turns = meetings(along.only(ahead), along)
    bounds = [_bounds(along, turns[:, rival], shift.share, ahead, rival) for rival in rivals]
    named = tuple(
        RivalBounds(rival=field.vendors[rival], low=low, high=high)
        for rival, (low, high) in zip(rivals, bounds, strict=True)
    )
    lowest = max(named, key=lambda one: one.low, default=None)
    highest = min(named, key=lambda one: one.high, default=None)
    return WeightStability(
        kind=shift.kind,
        id=shift.id,
        share=shift.share,
        low=lowest.low if lowest else 0.0,
        high=highest.high if highest else 1.0,
        low_rival=lowest.rival if lowest and lowest.low > 0 else None,
        high_rival=highest.rival if highest and highest.high < 1 else None,
        rivals=named,
    )


def _bounds(along: Course, turns: Array, share: float, ahead: int, rival: int) -> tuple[float, float]:
    """From the present share outwards, up to where the rival is ahead."""
    below, above = pieces(share, [float(turn) for turn in turns if not np.isnan(turn)], 0.0)

    def last(points: Array) -> float:
        scores = along.at((points[:-1] + points[1:]) / 2)
        lost = np.flatnonzero(scores[ahead] - scores[rival] < -TIE)
        return float(points[lost[0]] if len(lost) else points[-1])

    return last(below), last(above)
