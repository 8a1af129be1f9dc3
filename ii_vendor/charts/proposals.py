"""Several people's weights side by side, and what each set would do (HTML): one sign and name a person."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

from ii_vendor.charts.scoreboard import verdict_chip
from ii_vendor.model.panel import WeightProposal
from ii_vendor.model.scorecard import Comparison, Scorecard
from ii_vendor.score import whole_percentages
from ii_vendor.score.proposals import WhatIf

SIGNS = ("●", "◆", "■", "▲", "▼", "★", "✚", *(chr(0x2460 + number) for number in range(20)))
"""One for each person, told apart by shape; a panel that is larger than that begins again."""

APART, ROW = 6.0, 1.5
"""How far signs on one line stand apart, in percent of the strip, and how high a line is, in rem."""


class _Mark(NamedTuple):
    """One person's sign on a strip at a share, in percent, which is told as ``told``."""

    share: float
    sign: str
    name: str
    told: int


def share_bars(titles: Mapping[str, str], weights: Mapping[str, float]) -> str:
    """Weights as shares in whole percent with a bar each, by the titles of what is weighed."""
    shares = whole_percentages(weights)
    rows = "".join(
        f'<div><span>{escape(titles[key])}</span><span class="iv-track" aria-hidden="true">'
        f'<i class="iv-evidenced" style="width:{share}%"></i></span><b>{share} %</b></div>'
        for key, share in shares.items()
    )
    return f'<div class="iv-shares">{rows}</div>'


def who_is_who(proposals: Sequence[WeightProposal]) -> str:
    """Which sign is whose."""
    people = "".join(f"<span><b>{sign}</b>{escape(proposal.evaluator)}</span>" for sign, proposal in _signed(proposals))
    return f'<div class="iv-who"><span><span class="iv-tick"></span>in force</span>{people}</div>'


def _signed(proposals: Sequence[WeightProposal]) -> list[tuple[str, WeightProposal]]:
    return [(SIGNS[place % len(SIGNS)], proposal) for place, proposal in enumerate(proposals)]


def weight_strips(titles: Mapping[str, str], in_force: Mapping[str, float], proposals: Sequence[WeightProposal]) -> str:
    """A line for each section or question: where the weights in force and everybody's lie on it, in percent."""
    highest = max(
        10.0,
        *(share for each in (in_force, *(one.weights for one in proposals)) for share in _percentages(each).values()),
    )
    widest = 10 * math.ceil(highest / 10)
    rows = "".join(
        f'<div class="iv-strip"><span>{escape(title)}</span>'
        f"{_strip(_now(key, in_force), _marks(key, proposals), widest)}</div>"
        for key, title in titles.items()
    )
    return f'{who_is_who(proposals)}<div class="iv-strips">{rows}{_ruler(widest)}</div>'


def _percentages(weights: Mapping[str, float]) -> dict[str, float]:
    """Shares in percent, unrounded: equal weights lie on one line, although whole percentages of them may differ."""
    total = sum(weights.values()) or 1.0
    return {key: 100 * weight / total for key, weight in weights.items()}


def _now(key: str, in_force: Mapping[str, float]) -> _Mark:
    return _Mark(_percentages(in_force).get(key, 0.0), "", "in force", whole_percentages(in_force).get(key, 0))


def _marks(key: str, proposals: Sequence[WeightProposal]) -> list[_Mark]:
    """Everybody's share of one section or question, the smallest first."""
    marks = []
    for sign, proposal in _signed(proposals):
        told = whole_percentages(proposal.weights).get(key, 0)
        marks.append(_Mark(_percentages(proposal.weights).get(key, 0.0), sign, proposal.evaluator, told))
    return sorted(marks)


def _strip(now: _Mark, marks: Sequence[_Mark], widest: int) -> str:
    """One line, or as many as it takes for no sign to cover another."""
    ends: list[float] = []
    signs = ""
    for mark in marks:
        x = 100 * mark.share / widest
        line = next((line for line, end in enumerate(ends) if x - end >= APART), len(ends))
        ends[line : line + 1] = [x]
        said = escape(f"{mark.name}: {mark.told} %")
        signs += f'<i style="left:{x:.1f}%;bottom:{ROW * line:g}rem" title="{said}">{mark.sign}</i>'
    tick = f'<i class="iv-now" style="left:{100 * now.share / widest:.1f}%" title="in force: {now.told} %"></i>'
    return f'<div style="height:{ROW * max(1, len(ends)) + 0.2:g}rem">{tick}{signs}</div>'


def _ruler(widest: int) -> str:
    step = 5 if widest <= 20 else 10 if widest <= 50 else 20
    ticks = "".join(
        f'<span class="iv-xtick" style="left:{100 * value / widest:.1f}%">{value} %</span>'
        for value in range(0, widest + 1, step)
    )
    return f'<div class="iv-strip iv-scale"><span></span><div>{ticks}</div></div>'


def weights_table(titles: Mapping[str, str], in_force: Mapping[str, float], proposals: Sequence[WeightProposal]) -> str:
    """The same in whole percent: a row a section or question, a column a person."""
    columns = [whole_percentages(in_force), *(whole_percentages(proposal.weights) for proposal in proposals)]
    rows = "".join(
        f'<tr><th scope="row">{escape(title)}</th>{"".join(f"<td>{each.get(key, 0)} %</td>" for each in columns)}</tr>'
        for key, title in titles.items()
    )
    return _people_table("Share", proposals, rows)


def effects_table(now: Comparison, effects: Sequence[WhatIf]) -> str:
    """Rank and verdict of each vendor under the weights in force and under everybody's; what differs says what was."""
    columns = [{card.vendor: card for card in effect.comparison.vendors} for effect in effects]
    rows = "".join(
        f'<tr><th scope="row">{escape(card.name)}</th><td>{_place(card)}</td>'
        f"{''.join(_place_after(card, column[card.vendor]) for column in columns)}</tr>"
        for card in now.ranked()
    )
    return _people_table("Rank and verdict", [effect.proposal for effect in effects], rows)


def _place(card: Scorecard) -> str:
    return f"{card.rank or '–'} {verdict_chip(card.verdict.outcome)}"


def _place_after(was: Scorecard, card: Scorecard) -> str:
    same = (was.rank, was.verdict.outcome) == (card.rank, card.verdict.outcome)
    before = "" if same else f'<span class="iv-was">was {was.rank or "–"}, {was.verdict.outcome.value}</span>'
    return f'<td class="{"" if same else "iv-moved"}">{_place(card)}{before}</td>'


def _people_table(corner: str, proposals: Sequence[WeightProposal], rows: str) -> str:
    people = "".join(
        f'<th scope="col">{sign} {escape(proposal.evaluator)}</th>' for sign, proposal in _signed(proposals)
    )
    return (
        '<div class="iv-scroll"><table class="iv-table iv-people"><thead><tr>'
        f'<th scope="col">{corner}</th><th scope="col">In force</th>{people}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
