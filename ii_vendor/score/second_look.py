"""What a proposed consensus would change, and for which reasons it has to be confirmed a second time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ii_vendor.model.agenda import ConsensusMoves, Neighbour
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Consensus, Evaluation
from ii_vendor.model.scorecard import Comparison, Outcome, Scorecard
from ii_vendor.score.comparison import RANK_DIGITS, compare, leading

LARGE_MOVE = 1.0
"""A move from the mean by so many levels, or more, is looked at twice."""

THIN_MARGIN = 2.0
"""A lead of less than so many points of autonomy, of 100, is thin."""


def consensus_moves(
    evaluation: Evaluation, content: Content, consensus: Consensus, comparison: Comparison | None = None
) -> ConsensusMoves:
    """What ``consensus`` would change in ``evaluation``, whose comparison by ``content`` may be given where it is at
    hand. Its own mean is not looked at: the ratings say it. Raises KeyError where there is no such vendor or question.
    """
    before = comparison or compare(evaluation, content)
    agreed = {**evaluation.consensus, (consensus.vendor, consensus.question): consensus}
    after = compare(evaluation.model_copy(update={"consensus": agreed}), content)
    pairs = list(zip(before.vendors, after.vendors, strict=True))
    score = _card(after, consensus.vendor).question(consensus.question)
    above, below = _neighbours(after, consensus.vendor)
    return ConsensusMoves(
        vendor=consensus.vendor,
        question=consensus.question,
        level=consensus.level,
        given=tuple(rating.level for rating in score.ratings),
        mean=score.mean,
        move=score.move,
        after=after,
        ranks={old.vendor: (old.rank, new.rank) for old, new in pairs if old.rank != new.rank},
        verdicts={
            old.vendor: (old.verdict.outcome, new.verdict.outcome)
            for old, new in pairs
            if old.verdict.outcome is not new.verdict.outcome
        },
        leaders_before=leading(before.vendors),
        leaders=leading(after.vendors),
        lead_before=_lead(before),
        lead=_lead(after),
        above=above,
        below=below,
    )


def _card(comparison: Comparison, vendor: str) -> Scorecard:
    for card in comparison.vendors:
        if card.vendor == vendor:
            return card
    raise KeyError(vendor)


def _in_order(comparison: Comparison) -> list[Scorecard]:
    return [card for card in comparison.ranked() if card.rank is not None]


def _between(better: Scorecard, worse: Scorecard) -> float:
    return round((better.autonomy.low or 0.0) - (worse.autonomy.low or 0.0), RANK_DIGITS)


def _lead(comparison: Comparison) -> float | None:
    first = _in_order(comparison)[:2]
    return _between(*first) if len(first) == 2 else None


def _neighbours(comparison: Comparison, vendor: str) -> tuple[Neighbour | None, Neighbour | None]:
    above = below = None
    for better, worse in pairwise(_in_order(comparison)):
        if worse.vendor == vendor:
            above = Neighbour(vendor=better.vendor, points=_between(better, worse))
        if better.vendor == vendor:
            below = Neighbour(vendor=worse.vendor, points=_between(better, worse))
    return above, below


def second_look(moves: ConsensusMoves) -> tuple[str, ...]:
    """Why the consensus has to be confirmed a second time, a sentence a reason; nothing where it need not be.

    It moves a level or more from the mean, is something that nobody gave, changes the lead or a verdict, or moves the
    lead to one that is thin.
    """
    names = {card.vendor: card.name for card in moves.after.vendors}
    return (*_far_from_the_mean(moves), *_outside(moves), *_outcomes(moves, names), *_margin(moves, names))


def _far_from_the_mean(moves: ConsensusMoves) -> Iterator[str]:
    if moves.mean is None:
        return
    if moves.level is None:
        yield f"The panel’s mean is {_short(moves.mean)} and the consensus says that the question does not apply."
    elif moves.move is not None and round(abs(moves.move), RANK_DIGITS) >= LARGE_MOVE:
        far = _short(abs(moves.move))
        yield (
            f"The panel’s mean is {_short(moves.mean)} and the consensus {moves.level}: a move of {far} "
            f"level{'' if far == '1' else 's'}."
        )


def _outside(moves: ConsensusMoves) -> Iterator[str]:
    """Who agrees on what nobody gave: of levels, outside of those given."""
    levels = sorted(level for level in moves.given if level is not None)
    if moves.level is None:
        if levels and None not in moves.given:
            yield "Nobody rated the answer not applicable."
    elif levels and not levels[0] <= moves.level <= levels[-1]:
        ran = f"went from {levels[0]} to {levels[-1]}" if levels[0] < levels[-1] else f"were all {levels[0]}"
        yield f"Level {moves.level} is outside of what anybody gave: the levels {ran}."
    elif moves.given and not levels:
        yield "Everybody who rated the answer said that the question does not apply."


def _outcomes(moves: ConsensusMoves, names: dict[str, str]) -> Iterator[str]:
    if moves.changes_leader:
        before = _named(moves.leaders_before, names) or "nobody"
        leads = "leads" if len(moves.leaders) < 2 else "share the lead"
        yield f"It changes the lead: {_named(moves.leaders, names) or 'nobody'} {leads} then, now {before}."
    for vendor, (old, new) in moves.verdicts.items():
        if new is Outcome.reject:
            yield f"It rejects {names[vendor]}, which was “{old.value}”."
        else:
            yield f"It changes the verdict on {names[vendor]} from “{old.value}” to “{new.value}”."


def _margin(moves: ConsensusMoves, names: dict[str, str]) -> Iterator[str]:
    if moves.lead is None or moves.lead >= THIN_MARGIN:
        return
    first, second = _in_order(moves.after)[:2]
    if moves.lead == moves.lead_before and not moves.changes_leader:
        return
    if moves.lead == 0:
        yield f"A thin margin: it brings {names[first.vendor]} and {names[second.vendor]} level at the top."
        return
    points = _short(moves.lead) if moves.lead >= 0.1 else "less than 0.1"
    yield (
        f"A thin margin: after it {names[first.vendor]} is {points} point{'' if points == '1' else 's'} ahead of "
        f"{names[second.vendor]}."
    )


def _named(vendors: Sequence[str], names: dict[str, str]) -> str:
    found = [names[vendor] for vendor in vendors]
    return " and ".join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else "".join(found)


def _short(value: float) -> str:
    """``2.7``, and ``2`` for 2.0."""
    return f"{value:.1f}".removesuffix(".0")
