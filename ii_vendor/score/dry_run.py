"""A dry run: invented bids scored by the rules in force for real ones, and by the same rules without each question."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from ii_vendor.errors import UserError
from ii_vendor.model.bid import Bid, Decides, DryRun, Gain, QuestionDecides
from ii_vendor.model.content import Content
from ii_vendor.model.panel import (
    Discipline,
    Evaluation,
    Evaluator,
    Flag,
    FlagDecision,
    FlagState,
    Price,
    Rating,
    Vendor,
)
from ii_vendor.model.questionnaire import Questionnaire, Section
from ii_vendor.model.rubric import TOP_LEVEL
from ii_vendor.model.scorecard import Comparison, Scorecard
from ii_vendor.model.signal import SignalSet
from ii_vendor.score.comparison import RANK_DIGITS, compare, leading
from ii_vendor.score.turning.effects import effect

WANTED = "ideal"
"""The bid that should win, unless somebody says otherwise."""

_WHO = "Dry run"
_WHEN = datetime(2000, 1, 1, tzinfo=UTC)
"""Nothing depends on when an invented bid was rated."""


def dry_run(bids: Sequence[Bid], content: Content, wanted: str = WANTED) -> DryRun:
    """Score ``bids`` by ``content`` and find what each question decides. ``wanted`` is the id of the bid that should
    win.

    Questions and red flags that ``content`` does not have are passed over. Raises UserError where there are fewer than
    two bids, where two have one id, or where none has the id ``wanted``.
    """
    _check(bids, wanted)
    evaluation = invented(bids, content)
    comparison = compare(evaluation, content)
    # Rubrics and signals say nothing about ranks and verdicts, and hashing them forty times would take a while.
    bare = Content(questionnaires=content.questionnaires, rubrics=(), signals=SignalSet(), profile=content.profile)
    questions = tuple(_decides(key, evaluation, bare, comparison) for key in content.questions)
    idle = {each.question for each in questions if each.decides is not Decides.matters}
    chosen = leading(comparison.vendors)
    return DryRun(
        bids=tuple(bids),
        wanted=wanted,
        chosen=chosen,
        comparison=comparison,
        questions=questions,
        gains=() if not chosen or wanted in chosen else _gains(comparison, chosen[0], wanted),
        together=bool(idle) and _moved(comparison, compare(evaluation, without(bare, idle))),
    )


def invented(bids: Sequence[Bid], content: Content) -> Evaluation:
    """An evaluation in which one evaluator has rated these bids on every question of ``content``; nothing stores it."""
    return Evaluation(
        id="dry-run",
        name="Dry run",
        content_hash=content.hash,
        created_at=_WHEN,
        sequence=0,
        record_hash="",
        evaluators=(Evaluator(name=_WHO, discipline=Discipline.operations),),
        vendors=tuple(Vendor(id=bid.id, name=bid.title) for bid in bids),
        ratings={(each.vendor, each.question, _WHO): each for bid in bids for each in _ratings(bid, content)},
        flags={flag.id: flag for bid in bids for flag in _flags(bid, content)},
        prices={bid.id: Price(amount=bid.price, currency=bid.currency, by=_WHO, at=_WHEN) for bid in bids if bid.price},
    )


def without(content: Content, left_out: Collection[str]) -> Content:
    """The same content, rubrics apart, without these questions; what is left empty goes too."""
    questionnaires = (_thinned(questionnaire, left_out) for questionnaire in content.questionnaires)
    return Content(
        questionnaires=tuple(each for each in questionnaires if each is not None),
        rubrics=(),
        signals=content.signals,
        profile=content.profile,
    )


def _thinned(questionnaire: Questionnaire, left_out: Collection[str]) -> Questionnaire | None:
    sections = [section for each in questionnaire.sections if (section := _kept(each, left_out)) is not None]
    return questionnaire.model_copy(update={"sections": tuple(sections)}) if sections else None


def _kept(section: Section, left_out: Collection[str]) -> Section | None:
    questions = tuple(question for question in section.questions if question.id not in left_out)
    return section.model_copy(update={"questions": questions}) if questions else None


def _check(bids: Sequence[Bid], wanted: str) -> None:
    known = [bid.id for bid in bids]
    if len(known) < 2:
        raise UserError("A dry run compares invented bids, so it needs at least two of them.")
    twice = next((key for key in known if known.count(key) > 1), None)
    if twice:
        raise UserError(f"Two bids have the id '{twice}'. Give each its own id.")
    if wanted not in known:
        raise UserError(f"There is no bid '{wanted}' that could win. Use one of: {', '.join(known)}.")


def _ratings(bid: Bid, content: Content) -> Iterator[Rating]:
    for question, section in content.section_of.items():
        level, grade = bid.level_of(section.id, question), bid.grade_of(section.id, question)
        yield Rating(evaluator=_WHO, vendor=bid.id, question=question, level=level, grade=grade, at=_WHEN)


def _flags(bid: Bid, content: Content) -> Iterator[Flag]:
    confirmed = FlagDecision(state=FlagState.confirmed, by=_WHO, reason="", at=_WHEN)
    for question, rule in content.red_flag_rules():
        if rule.id in bid.red_flags:
            yield Flag(
                id=f"{bid.id}/{rule.id}",
                vendor=bid.id,
                question=question,
                rule=rule.id,
                statement=rule.statement,
                severity=rule.severity,
                gate=rule.gate,
                ask=rule.ask,
                raised_by=_WHO,
                decisions=(confirmed,),
            )


def _decides(question: str, evaluation: Evaluation, bare: Content, now: Comparison) -> QuestionDecides:
    then = compare(evaluation, without(bare, {question}))
    change = effect(now.vendors, then.vendors)
    scores = {card.vendor: card.question(question) for card in now.vendors}
    levels = {vendor: round(score.claimed or 0.0) for vendor, score in scores.items()}
    weight = next(iter(scores.values())).weight
    return QuestionDecides(
        question=question,
        section=bare.section_of[question].id,
        levels=levels,
        points=100.0 * weight * (max(levels.values()) - min(levels.values())) / TOP_LEVEL,
        leaders=change.leaders,
        order=_ranks(then) != _ranks(now),
        verdicts=change.verdicts,
        rests=tuple(card.vendor for card in now.vendors if _rests_on(card, question)),
    )


def _rests_on(card: Scorecard, question: str) -> bool:
    return any(reason.question == question for reason in card.verdict.reasons)


def _ranks(comparison: Comparison) -> Mapping[str, int | None]:
    return {card.vendor: card.rank for card in comparison.vendors}


def _moved(now: Comparison, then: Comparison) -> bool:
    return _ranks(now) != _ranks(then) or bool(effect(now.vendors, then.vendors).verdicts)


def _gains(comparison: Comparison, chosen: str, wanted: str) -> tuple[Gain, ...]:
    cards = {card.vendor: card for card in comparison.vendors}
    pairs = zip(cards[chosen].questions, cards[wanted].questions, strict=True)
    gains = [
        Gain(question=a.question, points=100.0 * a.weight * ((a.claimed or 0.0) - (b.claimed or 0.0)) / TOP_LEVEL)
        for a, b in pairs
    ]
    return tuple(sorted((gain for gain in gains if round(gain.points, RANK_DIGITS)), key=lambda gain: -gain.points))
