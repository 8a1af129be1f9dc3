"""Which level of which answer would change the leaders or a verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil, floor

from ii_vendor.model.robustness import Effect, LevelTurn
from ii_vendor.model.rubric import LEVELS, TOP_LEVEL
from ii_vendor.model.scorecard import AnswerStatus, Outcome
from ii_vendor.score.turning.answer import AnswerAt, VendorNow
from ii_vendor.score.turning.effects import news
from ii_vendor.score.turning.standing import Standing

OPEN = (AnswerStatus.rated, AnswerStatus.missing)
"""Answers that can have another level: an empty one stays at 0, and one that does not apply has none."""


def level_turns(now: Standing) -> tuple[LevelTurn, ...]:
    """For every answer, up and down, the nearest whole level that gives other leaders, and the nearest that gives the
    vendor another verdict.

    An answer that nobody rated has the lowest level that lifts its vendor, and the highest that still rejects it.
    """
    found = [turn for number in range(len(now.cards)) for turn in _of(VendorNow(now, number))]
    return tuple(sorted(found, key=_size))


def _size(turn: LevelTurn) -> tuple[float, float]:
    """By how many levels it moves. One that is not rated yet comes first: nobody has to change a judgement."""
    if turn.level is None:
        return 0.0, float(turn.to)
    return abs(turn.to - turn.level), abs(turn.turns_at - turn.level)


def _of(vendor: VendorNow) -> Iterator[LevelTurn]:
    for place, score in enumerate(vendor.card.questions):
        if score.status not in OPEN:
            continue
        answer = AnswerAt(vendor, place)
        yield from _rated(answer, score.claimed) if score.claimed is not None else _not_rated(answer)


def _rated(answer: AnswerAt, level: float) -> Iterator[LevelTurn]:
    yield from _walk(answer, level, range(floor(level) + 1, TOP_LEVEL + 1))
    yield from _walk(answer, level, range(ceil(level) - 1, -1, -1))


def _not_rated(answer: AnswerAt) -> Iterator[LevelTurn]:
    before = answer.vendor.card.verdict.outcome
    lost = [answer.outcome(level) is Outcome.reject and before is not Outcome.reject for level in LEVELS]
    yield from _walk(answer, None, [level for level in LEVELS if not lost[level]])
    yield from _walk(answer, None, [level for level in reversed(LEVELS) if lost[level]])


def _walk(answer: AnswerAt, level: float | None, levels: Sequence[int]) -> Iterator[LevelTurn]:
    effects = [answer.effect(to) for to in levels]
    for place in news(effects):
        start = levels[place - 1] if place else level
        yield LevelTurn(
            vendor=answer.vendor.card.vendor,
            question=answer.score.question,
            level=level,
            turns_at=_turns_at(answer, start, levels[place], effects[:place]),
            to=levels[place],
            effect=effects[place],
        )


def _turns_at(answer: AnswerAt, start: float | None, to: int, before: Sequence[Effect]) -> float:
    """Where between ``start`` and ``to`` the first new effect comes."""
    if start is None:
        return float(to)
    between = {level for level in answer.places() if min(start, to) <= level <= max(start, to)}
    stops = sorted({start, *between, float(to)}, reverse=to < start)
    for stop, following in pairwise(stops):
        for level in (stop, (stop + following) / 2):
            if any(place == len(before) for place in news([*before, answer.effect(level)])):
                return stop
    return float(to)
