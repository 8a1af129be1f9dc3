"""All vendors of an evaluation side by side: scorecards, ranks and the front."""

from __future__ import annotations

from collections.abc import Sequence

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation, Vendor
from ii_vendor.model.scorecard import Comparison, Outcome, QuestionScore, Scorecard, SectionScore
from ii_vendor.score.axes import autonomy, red_flags
from ii_vendor.score.levels import question_scores
from ii_vendor.score.verdict import floor, verdict
from ii_vendor.score.weights import section_shares

RANK_DIGITS = 9
"""Scores that agree to this many decimals are ties."""


def compare(evaluation: Evaluation, content: Content) -> Comparison:
    """Score every vendor and rank those that are rated and not rejected by the low end of their autonomy, ties sharing
    a rank (1, 1, 3). Missing ratings thus count as level 0 in the rank, which stays provisional while bands overlap.
    Vendors that ``evaluation`` withholds are left out."""
    cards = [
        scorecard(vendor, question_scores(evaluation, content, vendor.id), content)
        for vendor in evaluation.vendors
        if vendor.id not in evaluation.closed_vendors
    ]
    return Comparison(
        evaluation=evaluation.id,
        name=evaluation.name,
        content_hash=content.hash,
        record_hash=evaluation.record_hash,
        profile=content.profile.id,
        vendors=tuple(
            card.model_copy(
                update={
                    "rank": _rank(card, cards),
                    "provisional": _provisional(card, cards),
                    "on_front": _in_ranking(card)
                    and not any(_in_ranking(other) and _dominates(other, card) for other in cards),
                }
            )
            for card in cards
        ),
    )


def leading(cards: Sequence[Scorecard]) -> tuple[str, ...]:
    """The vendors that share rank 1 among these, whatever rank the cards say; none where none is in the ranking."""
    return tuple(card.vendor for card in cards if _rank(card, cards) == 1)


def scorecard(vendor: Vendor, questions: tuple[QuestionScore, ...], content: Content) -> Scorecard:
    """One vendor by itself: everything but its place among the others, which ``compare`` adds."""
    total, sections = autonomy(questions), _sections(questions, content)
    return Scorecard(
        vendor=vendor.id,
        name=vendor.name,
        rank=None,
        provisional=False,
        on_front=False,
        autonomy=total,
        red_flags=red_flags(questions),
        floor=floor(questions, content),
        verdict=verdict(questions, total, sections, content),
        sections=sections,
        questions=questions,
    )


def _sections(questions: Sequence[QuestionScore], content: Content) -> tuple[SectionScore, ...]:
    shares = section_shares(content)
    scores = []
    for section in content.sections:
        own = [score for score in questions if score.section == section.id]
        # A section that weighs nothing in the whole still has a score of its own.
        own_weights = own if shares[section.id] else _reweighted(own, content)
        scores.append(
            SectionScore(
                section=section.id,
                title=section.title,
                weight=shares[section.id],
                autonomy=autonomy(own_weights),
                red_flags=red_flags(own_weights),
            )
        )
    return tuple(scores)


def _reweighted(questions: Sequence[QuestionScore], content: Content) -> list[QuestionScore]:
    weights = content.profile.question_weights
    return [score.model_copy(update={"weight": weights.get(score.question, 1.0)}) for score in questions]


def _low(card: Scorecard) -> float:
    return round(card.autonomy.low or 0.0, RANK_DIGITS)


def _in_ranking(card: Scorecard) -> bool:
    return card.verdict.outcome is not Outcome.reject and bool(card.autonomy.coverage)


def _rank(card: Scorecard, cards: Sequence[Scorecard]) -> int | None:
    if not _in_ranking(card):
        return None
    return 1 + sum(_in_ranking(other) and _low(other) > _low(card) for other in cards)


def _provisional(card: Scorecard, cards: Sequence[Scorecard]) -> bool:
    """Whether missing ratings could still change this vendor's place among those in the ranking."""
    if not _in_ranking(card):
        return False
    others = [other for other in cards if other is not card and _in_ranking(other)]
    return any(_overlap(card, other) for other in others)


def _overlap(a: Scorecard, b: Scorecard) -> bool:
    if a.autonomy.low == a.autonomy.high and b.autonomy.low == b.autonomy.high:
        return False
    return (a.autonomy.low or 0) <= (b.autonomy.high or 0) and (b.autonomy.low or 0) <= (a.autonomy.high or 0)


def _dominates(other: Scorecard, card: Scorecard) -> bool:
    """Whether ``other`` is at least as good on both axes and better on one (low ends)."""
    ours, theirs = (
        (_low(card), round(card.red_flags.low or 0, RANK_DIGITS)),
        (
            _low(other),
            round(other.red_flags.low or 0, RANK_DIGITS),
        ),
    )
    return theirs[0] >= ours[0] and theirs[1] <= ours[1] and theirs != ours
