"""Which share of a section or question would change the leaders or a verdict."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np

from ii_vendor.model.robustness import Effect, WeightTurn
from ii_vendor.model.scorecard import Outcome
from ii_vendor.score.comparison import RANK_DIGITS
from ii_vendor.score.shifts import Array, Course, Mask, Shift, course, level_course, meetings, pieces, shifts
from ii_vendor.score.turning.effects import effect_of, news
from ii_vendor.score.turning.standing import Standing, missed

APART = 1e-7
"""Shares nearer to each other than this count as one place: between them scores agree to the last digit."""


def weight_turns(now: Standing) -> tuple[WeightTurn, ...]:
    """For every section and question, up and down, the smallest change of its share in the whole that gives other
    leaders, and the smallest that gives a vendor another verdict, all other weights keeping their proportions."""
    sections = [section.id for section in now.content.sections]
    of = np.array([sections.index(now.content.section_of[question].id) for question in now.content.questions])
    every = shifts(tuple(now.content.questions), sections, of.astype(np.intp), now.weights)
    found = [turn for shift in every for turn in _turns(now, shift)] if now.weights.any() else []
    return tuple(sorted(found, key=lambda turn: abs(turn.turns_at - turn.share)))


def _turns(now: Standing, shift: Shift) -> Iterator[WeightTurn]:
    total = course(now.low, now.applies, shift.inside, shift.outside)
    bars = [_bar_course(now, shift, number) for number in range(len(now.bars))]
    for (points, effects), up in zip(_walks(now, shift, total, bars), (False, True), strict=True):
        for place in news(effects):
            yield WeightTurn(
                kind=shift.kind,
                id=shift.id,
                share=shift.share,
                turns_at=float(points[place]),
                up=up,
                effect=effects[place],
            )


def _walks(now: Standing, shift: Shift, total: Course, bars: list[Course]) -> list[tuple[Array, list[Effect]]]:
    """Down from the present share, then up: the points at which something can turn, and the effect after each.

    Whoever leads anywhere is compared with all others, so that between two points one leads throughout.
    """
    places, compared, leading = _at_minimums(now, bars), set[str](), set(now.leaders[:1])
    while True:
        places += _level_with(now, total, leading - compared)
        compared |= leading
        walks = [
            (points, list(_effects(now, shift, total, bars, (points[:-1] + points[1:]) / 2)))
            for points in pieces(shift.share, places, APART)
        ]
        leading = {effect.leaders[0] for _, effects in walks for effect in effects if effect.leaders}
        if leading <= compared:
            return walks


def _bar_course(now: Standing, shift: Shift, number: int) -> Course:
    bar = now.bars[number]
    inside, outside = (np.where(bar.among, weights, 0.0) for weights in (shift.inside, shift.outside))
    if not inside.any() and not outside.any():
        inside = outside = bar.weights(inside)
    return course(bar.points, now.applies, inside, outside)


def _at_minimums(now: Standing, bars: list[Course]) -> list[float]:
    """The shares at which a score meets its minimum."""
    met = [meetings(level_course(bar.minimum), each) for bar, each in zip(now.bars, bars, strict=True)]
    return [float(share) for each in met for share in each[~np.isnan(each)]]


def _level_with(now: Standing, total: Course, vendors: Collection[str]) -> list[float]:
    """The shares at which somebody draws level with one of these."""
    met = [meetings(total.only(number), total) for number, card in enumerate(now.cards) if card.vendor in vendors]
    return [float(share) for each in met for share in each[~np.isnan(each)]]


def _effects(now: Standing, shift: Shift, total: Course, bars: list[Course], shares: Array) -> Iterator[Effect]:
    outcomes = _outcomes(now, total, bars, shares)
    rated = np.outer(now.rated @ shift.inside, shares) + np.outer(now.rated @ shift.outside, 1 - shares) > 0
    inside = [[each is not Outcome.reject for each in row] for row in outcomes]
    ranked = rated & np.array(inside, dtype=np.bool_).reshape(rated.shape)
    scores = np.where(ranked, np.round(total.at(shares), RANK_DIGITS), -1.0)
    leads = ranked & (scores == scores.max(axis=0, initial=-1.0))
    vendors = [card.vendor for card in now.cards]
    before = [card.verdict.outcome for card in now.cards]
    for place in range(len(shares)):
        after = [row[place] for row in outcomes]
        pairs = dict(zip(vendors, zip(before, after, strict=True), strict=True))
        then = [vendor for vendor, ahead in zip(vendors, leads[:, place], strict=True) if ahead]
        yield effect_of(now.leaders, then, pairs)


def _outcomes(now: Standing, total: Course, bars: list[Course], shares: Array) -> list[list[Outcome]]:
    """Each vendor's outcome at each share. Weights decide nothing in a verdict but which minimums are missed."""
    out = np.zeros((len(now.cards), len(shares)), dtype=np.bool_)
    for bar, each in zip(now.bars, bars, strict=True):
        out |= missed(each.at(shares), bar.minimum) & _weighs(each)[:, None]
    pairs = zip(_weighs(total), now.weighed, now.rest, strict=True)
    rests = [weighed if weighs else rest for weighs, weighed, rest in pairs]
    return [[Outcome.reject if lost else rest for lost in row] for row, rest in zip(out, rests, strict=True)]


def _weighs(each: Course) -> Mask:
    """Which vendors have a score at all along this course."""
    return np.asarray(each.c + each.d > 0)
