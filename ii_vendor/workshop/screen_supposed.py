"""A what-if that everybody sees: how the vendors would stand under a level or weights that nobody recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from ii_vendor.model.panel import Consensus
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.scorecard import Comparison, QuestionScore
from ii_vendor.model.workshop import Item, Subject
from ii_vendor.score import compare, consensus_moves
from ii_vendor.score.proposals import shares_in_force
from ii_vendor.score.weights import whole_percentages
from ii_vendor.workshop.live import Live
from ii_vendor.workshop.screen_memory import remembered


class Supposing(NamedTuple):
    """What is supposed, in ``words``, and how the vendors would stand ``then``. ``level`` is that of the item at hand,
    where one is supposed."""

    words: str
    then: Comparison
    level: int | None = None


def supposing(live: Live) -> Supposing | None:
    """What the room supposes; None where it supposes nothing."""
    supposed = live.room.supposed
    if supposed is None:
        return None
    if supposed.weights:
        return _weights(live, supposed.weights)
    if supposed.level is None or live.item is None or live.item.subject is not Subject.answer:
        return None
    return _level(live, live.item, supposed.level)


def _weights(live: Live, weights: Mapping[str, float]) -> Supposing:
    profile = live.content.profile
    other = profile.model_copy(update={"section_weights": {**profile.section_weights, **weights}})
    content = live.content.with_profile(other)
    now, then = (whole_percentages(shares_in_force(each)) for each in (live.content, content))
    titles = {section.id: section.title for section in live.content.sections}
    moved = max(titles, key=lambda key: abs(then[key] - now[key]))
    if now == then:
        words = "The weights are those in force."
    else:
        words = f"If “{titles[moved]}” weighed {then[moved]} % (now {now[moved]} %), and the others with it."
    what = ("weights", *sorted(weights.items()))
    return Supposing(words, remembered(live, what, lambda: compare(live.seen, content)))


def _level(live: Live, item: Item, level: int) -> Supposing:
    received = live.seen.received(item.vendor)
    card = next(card for card in live.comparison.vendors if card.vendor == item.vendor)
    score = card.question(item.question)
    supposed = Consensus(
        vendor=item.vendor,
        question=item.question,
        level=level,
        grade=_grade(score),
        reason="",
        response_version=received.version if received else 0,
        by="",
        at=datetime.now(UTC),
    )
    what = ("level", item.vendor, item.question, level)
    then = remembered(live, what, lambda: consensus_moves(live.seen, live.content, supposed, live.comparison).after)
    return Supposing(f"If {card.name}, {item.question}, were level {level}.", then, level)


def _grade(score: QuestionScore) -> EvidenceGrade:
    """What stands behind the answer as the panel sees it: what was agreed, else what most raters gave, the weaker one
    of two."""
    if score.consensus:
        return score.consensus.grade
    given = [rating.grade for rating in score.ratings]
    return max(EvidenceGrade, key=given.count) if given else EvidenceGrade.claim
