"""What the panel's ratings make of each answer: one level claimed and one evidenced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation, Flag, Rating
from ii_vendor.model.response import Answer
from ii_vendor.model.rubric import Profile
from ii_vendor.model.scorecard import AnswerStatus, QuestionScore
from ii_vendor.score.weights import question_shares


def question_scores(evaluation: Evaluation, content: Content, vendor: str) -> tuple[QuestionScore, ...]:
    """One score for every question, in the order asked.

    With several evaluators a level is the mean over those who rated. An answer that the vendor left empty is level 0
    whoever rates it, unless everybody who rated it says that it does not apply.
    """
    received = evaluation.received(vendor)
    unanswered = {answer.question for answer in received.response.answers if not answer.answered} if received else set()
    asked = {answer.question for answer in received.response.answers} if received else set()
    shares = question_shares(content)
    flags = _by_question(evaluation.flags_of(vendor))
    return tuple(
        _score(
            question,
            content,
            shares[question],
            evaluation.ratings_of(vendor, question),
            flags.get(question, ()),
            empty=received is not None and (question in unanswered or question not in asked),
            stale=_stale(evaluation, vendor, question, evaluation.ratings_of(vendor, question)),
        )
        for question in content.questions
    )


def _score(
    question: str,
    content: Content,
    share: float,
    ratings: Sequence[Rating],
    flags: Sequence[Flag],
    *,
    empty: bool,
    stale: tuple[str, ...],
) -> QuestionScore:
    levels = [rating.level for rating in ratings if rating.level is not None]
    if ratings and not levels:
        status, claimed, evidenced = AnswerStatus.not_applicable, None, None
    elif empty:
        status, claimed, evidenced = AnswerStatus.unanswered, 0.0, 0.0
    elif not levels:
        status, claimed, evidenced = AnswerStatus.missing, None, None
    else:
        status = AnswerStatus.rated
        claimed = sum(levels) / len(levels)
        evidenced = sum(evidenced_level(rating, content.profile) for rating in ratings if rating.level is not None)
        evidenced /= len(levels)
    return QuestionScore(
        question=question,
        section=content.section_of[question].id,
        weight=share,
        status=status,
        claimed=claimed,
        evidenced=evidenced,
        spread=max(levels) - min(levels) if levels else 0,
        disputed=content.questions[question].critical and _disputed(status, ratings),
        stale=stale,
        ratings=tuple(ratings),
        flags=tuple(flags),
    )


def evidenced_level(rating: Rating, profile: Profile) -> float:
    """A rating's level, 0-4, capped by what its evidence grade can carry. The rating must have a level."""
    assert rating.level is not None
    return min(float(rating.level), profile.evidence_caps[rating.grade])


def _disputed(status: AnswerStatus, ratings: Sequence[Rating]) -> bool:
    """Whether evaluators stand on opposite sides of a critical question, 0 against more or applicable against not; or
    agree that it does not apply, which must not pass in silence."""
    sides = {None if rating.level is None else rating.level > 0 for rating in ratings}
    return status is AnswerStatus.not_applicable or (status is AnswerStatus.rated and len(sides) > 1)


def _stale(evaluation: Evaluation, vendor: str, question: str, ratings: Sequence[Rating]) -> tuple[str, ...]:
    """Who rated an answer that a newer response has changed since."""
    versions = evaluation.responses.get(vendor, ())
    if not versions:
        return ()
    now = _words(versions[-1].response.answer(question))
    return tuple(
        rating.evaluator
        for rating in ratings
        if 0 < rating.response_version < len(versions)
        and _words(versions[rating.response_version - 1].response.answer(question)) != now
    )


def _words(answer: Answer) -> tuple[str, str]:
    return answer.text, answer.evidence


def _by_question(flags: Sequence[Flag]) -> Mapping[str, list[Flag]]:
    grouped: dict[str, list[Flag]] = {}
    for flag in flags:
        grouped.setdefault(flag.question, []).append(flag)
    return grouped
