"""Weights on the screen: what the sections weigh now, what everybody would have them weigh, and the mean."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

from ii_vendor.model.workshop import Item
from ii_vendor.report.phrases import counted
from ii_vendor.score.proposals import shares_in_force
from ii_vendor.score.weights import normalised, whole_percentages
from ii_vendor.workshop.lead_record import mean_weights, points_given
from ii_vendor.workshop.live import Live
from ii_vendor.workshop.screen_html import Scenery, fitted, short_names
from ii_vendor.workshop.screen_item import State, progress, state_of, voters_strip

ASKED = (
    "100 points to the section where the step from the worst answer to the best one matters most, fewer to the others "
    "in proportion."
)

KEY = "dot: one person · grey: now · line: the mean"

LANES, APART = 3, 2.4
"""In how many lines dots lie at most that would cover each other, and how far apart they stand, in percent of the
strip."""


def weights_scene(live: Live, item: Item) -> Scenery:
    """All sections, and how far the room has come with them."""
    state = state_of(live, item)
    given = points_given(live) if state is State.revealed else {}
    return Scenery(
        top=fitted(f'<h1>What should weigh how much</h1><p class="asked">{ASKED}</p>', 2.4, kind="question"),
        figure=progress(live),
        left=_sections(live, given),
        foot=_foot(live, given) if state is State.revealed else voters_strip(live),
        state=f"weights-{state.value}",
        share=100,
    )


def _sections(live: Live, given: Mapping[str, Mapping[str, float]]) -> str:
    """A row a section: its weight in force as a bar, everybody's as a dot, and their mean."""
    shares = {name: _percent(points) for name, points in given.items()}
    now, mean = shares_in_force(live.content), mean_weights(live) if given else {}
    highest = max([100 * share for share in now.values()] + [each for one in shares.values() for each in one.values()])
    widest = 10 * math.ceil(max(highest, 10) / 10)
    whole_now, whole_mean = whole_percentages(now), whole_percentages(mean) if mean else {}
    rows = "".join(
        f'<li><span class="title">{escape(section.title)}</span><div class="strip">'
        f'<i class="in-force" style="width:{100 * 100 * now[section.id] / widest:.1f}%"></i>'
        f"{_dots([one[section.id] for one in shares.values()], widest)}{_mean(mean.get(section.id), widest)}</div>"
        f'<span class="now">{whole_now[section.id]} %</span>'
        f'<b class="mean">{f"{whole_mean[section.id]} %" if mean else ""}</b></li>'
        for section in live.content.sections
    )
    key, last = (KEY, "mean") if given else ("", "")
    head = f'<li class="head"><span></span><div class="key">{key}</div><span>now</span><span>{last}</span></li>'
    return f'<ul class="weights">{head}{rows}</ul>'


def _percent(points: Mapping[str, float]) -> dict[str, float]:
    return {key: 100 * share for key, share in normalised(points).items()}


def _dots(shares: Sequence[float], widest: int) -> str:
    """A dot for each share, in the order of the shares alone, so that nobody's place tells whose it is."""
    ends: list[float] = []
    dots = ""
    for share in sorted(shares):
        x = 100 * share / widest
        lane = next((lane for lane, end in enumerate(ends) if x - end >= APART), len(ends))
        if lane >= LANES:
            lane = min(range(LANES), key=ends.__getitem__)
        ends[lane : lane + 1] = [x]
        dots += f'<i class="dot" style="left:{x:.1f}%;--lane:{lane}"></i>'
    return dots


def _mean(share: float | None, widest: int) -> str:
    return "" if share is None else f'<i class="at-mean" style="left:{100 * share / widest:.1f}%"></i>'


def _foot(live: Live, given: Mapping[str, Mapping[str, float]]) -> str:
    """Where the room lies furthest apart, and by whom where the workshop is held so."""
    held = live.workshop
    if not given or held is None:
        return "<p>Nobody gave points.</p>"
    shares = {name: whole_percentages(points) for name, points in given.items()}
    titles = {section.id: section.title for section in live.content.sections}
    span = {key: sorted((each[key], name) for name, each in shares.items()) for key in titles}
    widest = max(titles, key=lambda key: span[key][-1][0] - span[key][0][0])
    (low, lowest), (high, highest) = span[widest][0], span[widest][-1]
    said = f"{counted(len(given), 'person', 'people')} gave points."
    if low != high:
        short = short_names(seat.name for seat in live.seen.evaluators)
        whose = (f" ({short[lowest]})", f" ({short[highest]})") if held.settings.names else ("", "")
        said += f" Furthest apart: {titles[widest]}, {low} %{whose[0]} to {high} %{whose[1]}."
    return fitted(f"<p>{escape(said)}</p>", 1.8, kind="line")
