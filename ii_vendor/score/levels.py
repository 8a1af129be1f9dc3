"""What the panel's ratings and consensus make of each answer: one level claimed and one evidenced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Consensus, Dissent, Evaluation, Flag, Rating, ReceivedResponse
from ii_vendor.model.rubric import Profile
from ii_vendor.model.scorecard import CONSENSUS, AnswerStatus, QuestionScore
from ii_vendor.score.weights import question_shares


def question_scores(evaluation: Evaluation, content: Content, vendor: str) -> tuple[QuestionScore, ...]:
    """One score for every question, in the order asked.

    What the panel agreed on counts. Where it did not, a level is the mean over those who rated. An answer that the
    vendor left empty is level 0 whoever rates it, unless the panel agrees, or everybody who rated it says, that it does
    not apply.
    """
    received = evaluation.received(vendor)
    unanswered = {answer.question for answer in received.response.answers if not answer.answered} if received else set()
    asked = {answer.question for answer in received.response.answers} if received else set()
    shares = question_shares(content)
    flags = _by_question(evaluation.flags_of(vendor))
    versions = evaluation.responses.get(vendor, ())
    return tuple(
        _score(
            question,
            content,
            shares[question],
            evaluation.ratings_of(vendor, question),
            flags.get(question, ()),
            evaluation.consensus.get((vendor, question)),
            evaluation.dissents_of(vendor, question) if evaluation.dissents else (),
            empty=received is not None and (question in unanswered or question not in asked),
            versions=versions,
        )
        for question in content.questions
    )


def _score(
    question: str,
    content: Content,
    share: float,
    ratings: Sequence[Rating],
    flags: Sequence[Flag],
    consensus: Consensus | None,
    dissents: Sequence[Dissent],
    *,
    empty: bool,
    versions: Sequence[ReceivedResponse],
) -> QuestionScore:
    levels = [rating.level for rating in ratings if rating.level is not None]
    status = _status(consensus, bool(ratings), bool(levels), empty)
    claimed, evidenced = _levels(status, consensus, ratings, content.profile)
    return QuestionScore(
        question=question,
        section=content.section_of[question].id,
        weight=share,
        status=status,
        claimed=claimed,
        evidenced=evidenced,
        spread=max(levels) - min(levels) if levels else 0,
        disputed=consensus is None and content.questions[question].critical and _disputed(status, ratings),
        stale=_stale(versions, question, ratings, consensus),
        ratings=tuple(ratings),
        flags=tuple(flags),
        consensus=consensus,
        dissents=tuple(dissents),
    )


def _status(consensus: Consensus | None, rated: bool, levelled: bool, empty: bool) -> AnswerStatus:
    """``levelled`` says whether one of those who ``rated`` gave a level."""
    applies = consensus.level is not None if consensus else levelled or not rated
    if not applies:
        return AnswerStatus.not_applicable
    if empty:
        return AnswerStatus.unanswered
    return AnswerStatus.rated if consensus or levelled else AnswerStatus.missing


def _levels(
    status: AnswerStatus, consensus: Consensus | None, ratings: Sequence[Rating], profile: Profile
) -> tuple[float | None, float | None]:
    """Claimed and evidenced, 0-4."""
    if status is AnswerStatus.unanswered:
        return 0.0, 0.0
    if status is not AnswerStatus.rated:
        return None, None
    counting = [consensus] if consensus else [rating for rating in ratings if rating.level is not None]
    claimed = sum(float(each.level or 0) for each in counting) / len(counting)
    return claimed, sum(evidenced_level(each, profile) for each in counting) / len(counting)


def evidenced_level(judged: Rating | Consensus, profile: Profile) -> float:
    """The level of a rating or consensus, 0-4, capped by what its evidence grade can carry. It must have a level."""
    assert judged.level is not None
    return min(float(judged.level), profile.evidence_caps[judged.grade])


def _disputed(status: AnswerStatus, ratings: Sequence[Rating]) -> bool:
    """Whether evaluators stand on opposite sides of a critical question, 0 against more or applicable against not; or
    all rated that it does not apply, which must not pass without a consensus and its reason."""
    sides = {None if rating.level is None else rating.level > 0 for rating in ratings}
    return status is AnswerStatus.not_applicable or (status is AnswerStatus.rated and len(sides) > 1)


def _stale(
    versions: Sequence[ReceivedResponse], question: str, ratings: Sequence[Rating], consensus: Consensus | None
) -> tuple[str, ...]:
    """Who judged an answer that a newer response has changed since, as far as it counts; the consensus also where a
    rating is later than it."""
    now = versions[-1].response.answer(question).words if len(versions) > 1 else None

    def earlier(judged: Rating | Consensus) -> bool:
        version = judged.response_version
        return 0 < version < len(versions) and versions[version - 1].response.answer(question).words != now

    if consensus and not earlier(consensus) and not _outlived(consensus, ratings):
        return ()
    return (*([CONSENSUS] if consensus else []), *(rating.evaluator for rating in ratings if earlier(rating)))


def overtaken(score: QuestionScore) -> bool:
    """Whether the panel agreed before a rating was changed, and nobody's rating is of an earlier answer."""
    return score.stale == (CONSENSUS,) and score.consensus is not None and _outlived(score.consensus, score.ratings)


def _outlived(consensus: Consensus, ratings: Sequence[Rating]) -> bool:
    return any(rating.at > consensus.at for rating in ratings)


def _by_question(flags: Sequence[Flag]) -> Mapping[str, list[Flag]]:
    grouped: dict[str, list[Flag]] = {}
    for flag in flags:
        grouped.setdefault(flag.question, []).append(flag)
    return grouped
