"""What becomes of the result without one evaluator, or with one red flag decided otherwise, by the real rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation, Flag, FlagDecision, FlagState
from ii_vendor.model.robustness import EvaluatorTurn, FlagTurn
from ii_vendor.model.scorecard import AnswerStatus, Comparison, QuestionScore, Scorecard
from ii_vendor.score.comparison import compare, scorecard
from ii_vendor.score.turning.effects import effect


def evaluator_turns(evaluation: Evaluation, content: Content, comparison: Comparison) -> tuple[EvaluatorTurn, ...]:
    """The result without each evaluator who rated: first those without whom others lead, then those without whom a
    verdict changes; else in the panel's order. What the panel agreed on stays."""
    raters = {rating.evaluator for card in comparison.vendors for score in card.questions for rating in score.ratings}
    found = [
        _without(evaluation, content, comparison, member.name)
        for member in evaluation.evaluators
        if member.name in raters
    ]
    return tuple(sorted(found, key=lambda turn: (turn.effect.leaders is None, not turn.effect.verdicts)))


def _without(evaluation: Evaluation, content: Content, comparison: Comparison, evaluator: str) -> EvaluatorTurn:
    ratings = {key: rating for key, rating in evaluation.ratings.items() if rating.evaluator != evaluator}
    then = compare(evaluation.model_copy(update={"ratings": ratings}), content)
    return EvaluatorTurn(
        evaluator=evaluator,
        alone=_missing(then) - _missing(comparison),
        effect=effect(comparison.vendors, then.vendors),
    )


def _missing(comparison: Comparison) -> int:
    return sum(score.status is AnswerStatus.missing for card in comparison.vendors for score in card.questions)


def flag_turns(evaluation: Evaluation, content: Content, comparison: Comparison) -> tuple[FlagTurn, ...]:
    """Every other decision on a red flag that has an effect, those on the lead first."""
    found = [turn for card in comparison.vendors for turn in _of(card, evaluation, content, comparison.vendors)]
    return tuple(sorted(found, key=lambda turn: turn.effect.leaders is None))


def _of(card: Scorecard, evaluation: Evaluation, content: Content, cards: Sequence[Scorecard]) -> Iterator[FlagTurn]:
    for flag in (flag for score in card.questions for flag in score.flags):
        for after in otherwise(flag):
            changed = decided(flag, after, evaluation)
            then = scorecard(evaluation.vendor(card.vendor), _with_flag(card, changed), content)
            came = effect(cards, [then if each is card else each for each in cards])
            if came:
                yield FlagTurn(
                    flag=flag.id,
                    vendor=card.vendor,
                    question=flag.question,
                    statement=flag.statement,
                    gate=flag.gate,
                    before=flag.state,
                    after=after,
                    effect=came,
                )


def otherwise(flag: Flag) -> tuple[FlagState, ...]:
    """What the panel could decide instead. Accepting differs from confirming only for a gate."""
    ways = (FlagState.confirmed, FlagState.dismissed, *((FlagState.accepted,) if flag.gate else ()))
    return tuple(state for state in ways if state is not flag.state)


def decided(flag: Flag, state: FlagState, evaluation: Evaluation) -> Flag:
    """The flag if the panel decided so."""
    decision = FlagDecision(state=state, by="", reason="", at=evaluation.created_at)
    return flag.model_copy(update={"decisions": (*flag.decisions, decision)})


def _with_flag(card: Scorecard, changed: Flag) -> tuple[QuestionScore, ...]:
    return tuple(
        score.model_copy(update={"flags": tuple(changed if flag.id == changed.id else flag for flag in score.flags)})
        if score.question == changed.question
        else score
        for score in card.questions
    )
