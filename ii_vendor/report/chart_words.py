"""The sentence under each chart on firmness: what it shows, in words that can be read aloud."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ii_vendor.model.content import Content
from ii_vendor.model.robustness import Robustness, Simulation, WeightStability, WeightsVary
from ii_vendor.model.scorecard import Comparison
from ii_vendor.report.phrases import (
    counted,
    few,
    first_percent,
    listed,
    named,
    percent,
    share_beside,
    thousands,
    weighed,
)
from ii_vendor.report.robustness_words import CAVEAT
from ii_vendor.score.matrix import Array
from ii_vendor.score.tornado import Swing

LEVEL = 0.05
"""Scores closer than this, in points, read as level."""


def simulation_words(simulation: Simulation) -> str:
    """What a simulation tries: ``each weight moved by up to 30 %``."""
    weights = {
        WeightsVary.fixed: "weights as set",
        WeightsVary.informed: f"each weight moved by up to {percent(simulation.spread)}",
        WeightsVary.uniform: "any weights at all",
    }[simulation.weights]
    return f"{weights}, ratings anywhere in the panel’s range" if simulation.ratings else weights


def margin_words(simulation: Simulation) -> str:
    """How far chance alone may move a share: ``give or take 1 percentage point``."""
    points = 100 * simulation.margin
    if points < 0.05:
        return "give or take less than 0.1 percentage points"
    shown = f"{points:.1f}" if points < 0.95 else f"{points:.0f}"
    return f"give or take {shown} percentage point{'' if shown == '1' else 's'}"


def acceptability_sentence(simulation: Simulation, robustness: Robustness, most: int = 3) -> str:
    """Who comes first how often in the samples of one simulation, with its margin and what it does not say."""
    first = sorted(simulation.vendors, key=lambda vendor: -simulation.first(vendor))
    shown = [vendor for vendor in first if simulation.first(vendor) > 0][:most]
    shares = [f"{robustness.names[vendor]} comes first in {first_percent(simulation, vendor)}" for vendor in shown]
    samples = thousands(simulation.samples)
    how = f"{simulation_words(simulation)}; {margin_words(simulation)}"
    return f"Of {samples} samples ({how}), {listed(shares)}. {CAVEAT}"


def crossing_sentence(stability: WeightStability, robustness: Robustness, content: Content) -> str:
    """Between which shares of one weight the leader stays ahead, and who overtakes beyond."""
    leader, alone = robustness.names[robustness.ranked[0]], len(robustness.leaders) == 1
    what = weighed(stability, content)
    low, high = stability.low_rival, stability.high_rival
    if low is None and high is None:
        return f"Whatever {what} weighs, {f'{leader} keeps the lead' if alone else f'nobody overtakes {leader}'}."
    ends = []
    if low is not None:
        ends.append(f"below {share_beside(stability.low, stability.share)} {robustness.names[low]} overtakes")
    if high is not None:
        ends.append(f"above {share_beside(stability.high, stability.share)} {robustness.names[high]} overtakes")
    now = share_beside(stability.share, stability.high if high is not None else stability.low)
    return f"{what} weighs {now} now, and {leader} {'leads' if alone else 'shares the lead'}: {listed(ends)}."


def stability_sentence(stability: Sequence[WeightStability], robustness: Robustness, content: Content) -> str:
    """How many weights could turn the lead, and which has the least room."""
    leader = robustness.names[robustness.ranked[0]]
    near = sorted((one for one in stability if _room(one) is not None), key=lambda one: _room(one) or 0.0)
    if not near:
        turned = f"takes the lead from {leader}" if len(robustness.leaders) == 1 else f"lets anybody overtake {leader}"
        return f"No single weight, from nothing to everything, {turned}."
    said = f"{len(near)} of {counted(len(stability), 'weight')} could turn the lead."
    return f"{said} The least room: {crossing_sentence(near[0], robustness, content)}"


def tornado_sentence(swings: Sequence[Swing], base: float, robustness: Robustness, content: Content) -> str:
    """What moves the leader's lead most, and which of the ``swings`` (the biggest first) would take it away.

    ``base`` is the lead over the strongest rival as it stands, in points of 0-100.
    """
    leader, rival = named(robustness, robustness.ranked[:2])
    said = f"{leader} leads {rival} by {_points(base)}." if base >= LEVEL else f"{leader} and {rival} are level."
    if not swings:
        return f"{said} No single level or weight moves that."
    lost = [one for one in swings if min(one.lead_low, one.lead_high) < -1e-9]
    most = swings[0]
    ends = sorted((most.lead_low, most.lead_high))
    reach = f"from {ends[0]:+.1f} to {ends[1]:+.1f}".replace("-", "−")
    said += f" {_moving(most, robustness, content)} moves the lead most, {reach}."
    if not lost:
        return f"{said} Nothing shown here takes it away."
    return f"{said} Enough to take it away: {few([_moving(one, robustness, content) for one in lost], 3)}."


def contributions_sentence(
    points: Array, vendors: Sequence[str], sections: Mapping[str, str], robustness: Robustness, most: int = 2
) -> str:
    """Where the leader's autonomy gains and loses against the next vendor.

    ``points`` (vendors x sections) is what each section adds to each vendor's autonomy, 0-100; ``sections`` holds the
    titles by id, in the order of the columns.
    """
    if len(robustness.ranked) < 2:
        return "The pieces of each bar add up to the vendor’s autonomy."
    leader, rival = (vendors.index(vendor) for vendor in robustness.ranked[:2])
    gaps = sorted(zip((points[leader] - points[rival]).tolist(), sections.values(), strict=True), reverse=True)
    ahead = sum(gap for gap, _ in gaps)
    gains = [f"“{title}” (+{gap:.1f})" for gap, title in gaps[:most] if gap >= LEVEL]
    losses = [f"“{title}” (−{-gap:.1f})" for gap, title in gaps[::-1][:most] if gap <= -LEVEL]
    names = named(robustness, robustness.ranked[:2])
    said = f"{names[0]} is {_points(ahead)} ahead of {names[1]}" if ahead >= LEVEL else f"{listed(names)} are level"
    if gains:
        said += f". It gains most in {listed(gains)}" if ahead >= LEVEL else f". {names[0]} gains in {listed(gains)}"
    if losses:
        said += f"{' and' if gains else f'. {names[0]}'} loses most in {listed(losses)}"
    return f"{said}."


def evaluators_sentence(comparison: Comparison, vendor: str = "") -> str:
    """Where the panel's levels lie furthest apart, for one vendor (by id) or for all."""
    cards = [card for card in comparison.ranked() if vendor in ("", card.vendor)]
    widest = max((score.spread for card in cards for score in card.questions), default=0)
    if not widest:
        return "Wherever several people rated an answer, they gave the same level."
    apart = [(score, card.name) for card in cards for score in card.questions if score.spread == widest]
    places = [f"{score.question} of {name}" for score, name in sorted(apart, key=lambda pair: -pair[0].weight)]
    return f"The panel lies furthest apart, by {counted(widest, 'level')}, on {few(places, 3)}."


def _points(value: float) -> str:
    return f"{value:.1f} point{'' if f'{value:.1f}' == '1.0' else 's'}"


def _moving(swing: Swing, robustness: Robustness, content: Content) -> str:
    """What a swing moves: ``the level of Halden on Q4``, ``the weight of “Lock-in”``."""
    if swing.kind == "level":
        return f"{swing.id} of {robustness.names[swing.vendor]}"
    titles = {section.id: f"“{section.title}”" for section in content.sections}
    return f"the weight of {titles.get(swing.id, swing.id) if swing.kind == 'section' else swing.id}"


def _room(stability: WeightStability) -> float | None:
    """How far a weight's share can move before somebody overtakes, 0-1; None where nobody ever does."""
    rooms = []
    if stability.low_rival is not None:
        rooms.append(stability.share - stability.low)
    if stability.high_rival is not None:
        rooms.append(stability.high - stability.share)
    return min(rooms) if rooms else None
