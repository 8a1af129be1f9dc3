"""The verdict: reject, incomplete, conditional or shortlist, each with its reasons and the vendor's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Flag, FlagState
from ii_vendor.model.scorecard import (
    AnswerStatus,
    Autonomy,
    Floor,
    Outcome,
    QuestionScore,
    Reason,
    SectionScore,
    Verdict,
)
from ii_vendor.score.axes import evidenced_high
from ii_vendor.score.levels import overtaken


def floor(questions: Sequence[QuestionScore], content: Content) -> Floor:
    """The lowest level among the critical questions that have one, with the first question that has it."""
    lowest = Floor(level=None, question=None)
    for score in _critical(questions, content):
        if score.claimed is not None and (lowest.level is None or score.claimed < lowest.level):
            lowest = Floor(level=score.claimed, question=score.question)
    return lowest


def verdict(
    questions: Sequence[QuestionScore], total: Autonomy, sections: Sequence[SectionScore], content: Content
) -> Verdict:
    """What the rules say. The first of these that has a reason decides:

    *reject*: a confirmed gate flag that nobody accepted by name; a critical question at level 0; a minimum of the
    profile missed for certain. *incomplete*: ratings missing, answers changed since they were judged, ratings changed
    since the panel agreed, flags undecided, a critical question rated not applicable or from both sides of level 0 and
    no consensus on it.
    *conditional*: flags remain. Else *shortlist*.
    """
    missed = [*_missed(questions, total, sections, content), *_below_floor(questions, content)]
    rejecting = [*_gates(questions), *_at_zero(questions, content), *missed]
    if rejecting:
        return Verdict(outcome=Outcome.reject, reasons=tuple(rejecting))
    open_points = [*_not_rated(questions, total), *_changed(questions), *_disputes(questions), *_undecided(questions)]
    if open_points:
        return Verdict(outcome=Outcome.incomplete, reasons=tuple(open_points))
    remaining = list(_remaining(questions, content))
    if remaining:
        return Verdict(outcome=Outcome.conditional, reasons=tuple(remaining))
    clean = Reason(kind="clean", text="Every question is rated, no red flag stands and every minimum is reached.")
    return Verdict(outcome=Outcome.shortlist, reasons=(clean,))


def answer_outcome(score: QuestionScore, content: Content) -> Outcome:
    """What one answer by itself makes of its vendor. The worst over all answers is the verdict, as far as no minimum of
    a score is missed and something that applies weighs."""
    one = (score,)
    if _any(chain(_gates(one), _at_zero(one, content), _below_floor(one, content))):
        return Outcome.reject
    if score.status is AnswerStatus.missing or score.stale or score.disputed or _any(_undecided(one)):
        return Outcome.incomplete
    return Outcome.conditional if _any(_remaining(one, content)) else Outcome.shortlist


def open_flags(score: QuestionScore) -> tuple[Flag, ...]:
    """The undecided red flags of an answer that keep its verdict open."""
    return tuple(flag for flag in _flags((score,)) if flag.state.undecided)


def _any(reasons: Iterable[Reason]) -> bool:
    return next(iter(reasons), None) is not None


def _critical(questions: Sequence[QuestionScore], content: Content) -> Iterator[QuestionScore]:
    return (score for score in questions if content.questions[score.question].critical)


def _flags(questions: Sequence[QuestionScore]) -> Iterator[Flag]:
    """Flags that can count, gates and the more severe first.

    A question that does not apply takes its flags out of sight, but never a gate that is confirmed or undecided.
    """
    flags = [
        flag
        for score in questions
        for flag in score.flags
        if score.status is not AnswerStatus.not_applicable
        or (flag.gate and (flag.state is FlagState.confirmed or flag.state.undecided))
    ]
    return iter(sorted(flags, key=lambda flag: (not flag.gate, -flag.severity.weight)))


def _gates(questions: Sequence[QuestionScore]) -> Iterator[Reason]:
    for flag in _flags(questions):
        if flag.gate and flag.state is FlagState.confirmed:
            yield _flag_reason("gate", f"{flag.question}: {flag.statement}", flag)


def _at_zero(questions: Sequence[QuestionScore], content: Content) -> Iterator[Reason]:
    for score in _critical(questions, content):
        if score.claimed == 0:
            silent, agreed = score.status is AnswerStatus.unanswered, score.consensus
            title = content.questions[score.question].title
            how = "not answered, which counts as" if silent else "by consensus at" if agreed else "rated"
            text = f"{score.question} ({title}) is {how} level 0."
            quotes = (agreed.quote,) if agreed else (rating.quote for rating in score.ratings)
            quote = next((each for each in quotes if each), "")
            yield Reason(kind="critical", text=text, question=score.question, quote=quote)


def _missed(
    questions: Sequence[QuestionScore], total: Autonomy, sections: Sequence[SectionScore], content: Content
) -> Iterator[Reason]:
    """Minimums of scores that no open rating can rescue any more."""
    minimums = content.profile.minimums
    best = [
        ("Autonomy", total.high, minimums.autonomy),
        ("Evidenced autonomy", evidenced_high(questions), minimums.evidenced),
        *((f"Section “{s.title}”", s.autonomy.high, minimums.sections.get(s.section)) for s in sections),
    ]
    for name, high, minimum in best:
        if high is not None and minimum is not None and round(high, 9) < minimum:
            text = f"{name} reaches {_below(high, minimum)} at most; the minimum is {minimum:g}."
            yield Reason(kind="minimum", text=text)


def _below_floor(questions: Sequence[QuestionScore], content: Content) -> Iterator[Reason]:
    """Critical questions above 0 that the panel agrees are below the profile's least level."""
    minimum = content.profile.minimums.floor
    for score in _critical(questions, content):
        level = score.claimed
        if level is not None and minimum is not None and level > 0 and round(level, 9) < minimum and not score.disputed:
            yield Reason(
                kind="minimum",
                text=f"{score.question} is at level {level:.1f}; every critical question needs {minimum:g}.",
                question=score.question,
            )


def _below(score: float, minimum: float) -> str:
    """``score`` with as many decimals, one or more, as show that it is below ``minimum``."""
    digits = next((digits for digits in range(1, 9) if round(score, digits) < minimum), 9)
    return f"{score:.{digits}f}"


def _not_rated(questions: Sequence[QuestionScore], total: Autonomy) -> Iterator[Reason]:
    missing = [score.question for score in questions if score.status is AnswerStatus.missing]
    if missing:
        named = ", ".join(missing[:8]) + (f" and {len(missing) - 8} more" if len(missing) > 8 else "")
        plural = "s are" if len(missing) > 1 else " is"
        yield Reason(kind="coverage", text=f"{len(missing)} question{plural} not rated yet: {named}.")
    elif total.coverage is None:
        yield Reason(kind="coverage", text="No question that applies weighs anything, so there is no score.")


def _changed(questions: Sequence[QuestionScore]) -> Iterator[Reason]:
    anew = [score.question for score in questions if overtaken(score)]
    stale = [score.question for score in questions if score.stale and score.question not in anew]
    if stale:
        said = "answers have" if len(stale) > 1 else "answer has"
        yield Reason(kind="coverage", text=f"{len(stale)} {said} changed since the panel judged: {', '.join(stale)}.")
    if anew:
        yield Reason(kind="coverage", text=f"The panel agreed before a rating was changed: {', '.join(anew)}.")


def _disputes(questions: Sequence[QuestionScore]) -> Iterator[Reason]:
    for score in questions:
        if score.status is AnswerStatus.not_applicable and score.disputed:
            text = (
                f"{score.question} is critical and was rated not applicable. Rate it by what the plant could still do."
            )
            yield Reason(kind="dispute", text=text, question=score.question)
        elif score.disputed:
            levels = ", ".join(
                f"{rating.evaluator} {'not applicable' if rating.level is None else rating.level}"
                for rating in score.ratings
            )
            text = f"{score.question}: the panel stands on both sides of level 0 ({levels})."
            yield Reason(kind="dispute", text=text, question=score.question)


def _undecided(questions: Sequence[QuestionScore]) -> Iterator[Reason]:
    for flag in _flags(questions):
        if flag.state.undecided:
            waiting = "waits for the vendor" if flag.state is FlagState.clarification_sent else "is not decided"
            yield _flag_reason("undecided", f"{flag.question}: a possible red flag {waiting}: {flag.statement}", flag)


def _remaining(questions: Sequence[QuestionScore], content: Content) -> Iterator[Reason]:
    for flag in _flags(questions):
        if flag.state.counts:
            rubric = content.rubric.get(flag.question)
            accepted = f" Accepted by {flag.owner}." if flag.owner else ""
            reason = _flag_reason("flag", f"{flag.question}: {flag.statement}{accepted}", flag)
            if rubric:
                reason = reason.model_copy(update={"clause": rubric.clause, "verify": rubric.verify})
            yield reason


def _telling(flag: Flag) -> str:
    """The words that the panel quoted last, or else the first that the signals found."""
    said = [quote for quote in flag.quotes if quote.text]
    chosen = [quote for quote in said if not quote.finding] or said[:1]
    return chosen[-1].text if chosen else ""


def _flag_reason(kind: str, text: str, flag: Flag) -> Reason:
    return Reason.model_validate(
        {"kind": kind, "text": text, "question": flag.question, "flag": flag.id, "quote": _telling(flag)}
    )
