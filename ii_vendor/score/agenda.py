"""What the panel still has to settle, ordered by what it decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ii_vendor.model.agenda import Agenda, AgendaItem, AgreedItem, Why
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation, Flag, FlagState
from ii_vendor.model.rubric import TOP_LEVEL
from ii_vendor.model.scorecard import AnswerStatus, Comparison, Outcome, QuestionScore, Scorecard
from ii_vendor.score.axes import exposure
from ii_vendor.score.levels import overtaken
from ii_vendor.score.outlook import Outlook, Result
from ii_vendor.score.turning.decisions import decided, otherwise
from ii_vendor.score.verdict import open_flags


def agenda(evaluation: Evaluation, content: Content, comparison: Comparison) -> Agenda:
    """Every answer that is open: first those by which the outcome can still change, then by impact, and last those of
    vendors that stay rejected whatever is decided on them.

    Open is an answer whose levels lie apart by the profile's tolerance or more, a critical one in dispute, one that
    changed since it was judged, one of which a rating changed since the panel agreed, one not rated, and one with a red
    flag that is undecided; all but the last until the panel agrees. ``comparison`` must be that of this evaluation and
    content. Vendors that ``evaluation`` withholds are left out.
    """
    outlook = Outlook(comparison, content)
    items = [
        _Open(
            comparison, number, place, score, why, open_flags(score), _left_empty(evaluation, card.vendor, score)
        ).item(outlook, evaluation, content)
        for number, card in enumerate(comparison.vendors)
        if card.vendor not in evaluation.closed_vendors
        for place, score in enumerate(card.questions)
        if (why := tuple(_why(score, content)))
    ]
    rejected = {card.vendor for card in comparison.vendors if card.verdict.outcome is Outcome.reject}

    def place(item: AgendaItem) -> tuple[bool, bool, float, float]:
        idle = not item.decisive
        return idle, idle and item.vendor in rejected, -item.impact, -item.spread * item.weight

    return Agenda(
        items=tuple(sorted(items, key=place)),
        done=tuple(_agreed(card, score) for card in comparison.vendors for score in card.questions if agreed_on(score)),
    )


def agreed_on(score: QuestionScore) -> bool:
    """Whether the panel has agreed on the answer as it stands."""
    return score.consensus is not None and not score.stale


def _agreed(card: Scorecard, score: QuestionScore) -> AgreedItem:
    return AgreedItem(
        vendor=card.vendor,
        question=score.question,
        level=score.consensus.level if score.consensus else None,
        mean=score.mean,
        move=score.move,
        dissents=len(score.dissents),
    )


def _left_empty(evaluation: Evaluation, vendor: str, score: QuestionScore) -> bool:
    received = evaluation.received(vendor)
    return received is not None and not received.response.answer(score.question).answered


def _why(score: QuestionScore, content: Content) -> Iterator[Why]:
    if not agreed_on(score):
        # An answer left empty is level 0 whatever they gave.
        if score.status is AnswerStatus.rated and score.spread >= content.profile.spread_tolerance:
            yield Why.spread
        if score.disputed:
            yield Why.dispute
        if score.stale:
            yield Why.overtaken if overtaken(score) else Why.stale
        if score.status is AnswerStatus.missing:
            yield Why.unrated
    if open_flags(score):
        yield Why.flag


@dataclass(frozen=True)
class _Open:
    """An open answer: number ``place`` of vendor number ``number``, both from 0. ``empty``: the vendor left it so, and
    it is level 0 whatever level they agree on."""

    comparison: Comparison
    number: int
    place: int
    score: QuestionScore
    why: tuple[Why, ...]
    flags: tuple[Flag, ...]
    empty: bool

    def item(self, outlook: Outlook, evaluation: Evaluation, content: Content) -> AgendaItem:
        """The item, with what comes of each way in which the panel may settle it as a whole."""
        decisions = self._decisions(evaluation)
        results = [
            outlook.result(self.number, self.place, way.model_copy(update={"flags": flags}))
            for way in self._levels(content)
            for flags in decisions
        ]
        low, high = self._range or (None, None)
        spread = max((high or 0) - (low or 0), TOP_LEVEL * exposure(self.flags))
        item = AgendaItem(
            vendor=self._card.vendor,
            question=self.score.question,
            why=self.why,
            low=low,
            high=high,
            spread=spread,
            weight=self.score.weight,
            impact=spread * self.score.weight,
            flags=tuple(flag.id for flag in self.flags),
            changes_leader=self._leaders(results),
            changes_ranks=self._ranks(results),
            changes_verdicts=self._verdicts(results),
            changes_gate=self._gate,
        )
        return item if item.decisive else item.model_copy(update={"impact": 0.0})

    @property
    def _card(self) -> Scorecard:
        return self.comparison.vendors[self.number]

    @property
    def _range(self) -> tuple[int, int] | None:
        """Between which levels the panel is free; None where no level is open."""
        score = self.score
        if set(self.why) <= {Why.flag}:
            return None
        if self.empty:
            return 0, 0
        return (min(score.levels), max(score.levels)) if self._rated_as_it_stands else (0, TOP_LEVEL)

    @property
    def _rated_as_it_stands(self) -> bool:
        return any(each.level is not None and each.evaluator not in self.score.stale for each in self.score.ratings)

    def _levels(self, content: Content) -> Iterator[QuestionScore]:
        """The answer agreed on at the lowest level with the weakest evidence that somebody saw, at the highest with the
        strongest, and not applicable where somebody said so; where nobody rated, with no evidence and with the best;
        as it stands where no level is open. The evidence matters to minimums of evidenced scores alone."""
        if self._range is None:
            yield self.score
            return
        caps = content.profile.evidence_caps
        low, high = self._range
        seen = [caps[rating.grade] for rating in self.score.ratings if rating.level is not None]
        if not self._rated_as_it_stands:
            seen = [*caps.values()]
        settled = {"stale": (), "disputed": False}
        status = AnswerStatus.unanswered if self.empty else AnswerStatus.rated
        for level, cap in dict.fromkeys([(low, min(seen)), (high, max(seen))]):
            levels = {"claimed": float(level), "evidenced": min(float(level), cap)}
            yield self.score.model_copy(update={**settled, **levels, "status": status})
        if any(rating.level is None for rating in self.score.ratings):
            nothing = {"claimed": None, "evidenced": None, "status": AnswerStatus.not_applicable}
            yield self.score.model_copy(update={**settled, **nothing})

    def _decisions(self, evaluation: Evaluation) -> list[tuple[Flag, ...]]:
        """The answer's flags with every undecided one dismissed, confirmed, and with gates accepted: any other mixture
        makes the same of a vendor as one of these."""
        waiting = [flag for flag in self.score.flags if flag.state.undecided]
        if not waiting:
            return [self.score.flags]
        ways = [FlagState.dismissed, FlagState.confirmed]
        if any(flag.gate for flag in waiting):
            ways.append(FlagState.accepted)
        return [tuple(_settled(flag, way, evaluation) for flag in self.score.flags) for way in ways]

    def _leaders(self, results: Sequence[Result]) -> tuple[tuple[str, ...], ...]:
        now = _first(self.comparison, [card.rank for card in self.comparison.vendors])
        then = dict.fromkeys(_first(self.comparison, result.ranks) for result in results)
        return tuple(leaders for leaders in then if leaders != now)

    def _ranks(self, results: Sequence[Result]) -> tuple[str, ...]:
        return tuple(
            card.vendor
            for number, card in enumerate(self.comparison.vendors)
            if any(result.ranks[number] != card.rank for result in results)
        )

    def _verdicts(self, results: Sequence[Result]) -> dict[str, tuple[Outcome, ...]]:
        now = self._card.verdict.outcome
        reached = {result.outcome for result in results} - {now}
        then = tuple(outcome for outcome in Outcome if outcome in reached)
        return {self._card.vendor: then} if then else {}

    @property
    def _gate(self) -> bool:
        """Whether the vendor's gates stand otherwise after a decision: not where another one rejects it anyway."""
        others = (flag for score in self._card.questions for flag in score.flags)
        rejected = any(flag.gate and flag.state is FlagState.confirmed for flag in others)
        return not rejected and any(flag.gate for flag in self.flags)


def _settled(flag: Flag, way: FlagState, evaluation: Evaluation) -> Flag:
    """The flag decided so if it is undecided. To accept is confirming it where it is no gate: it makes the same."""
    if not flag.state.undecided:
        return flag
    return decided(flag, way if way in otherwise(flag) else FlagState.confirmed, evaluation)


def _first(comparison: Comparison, ranks: Sequence[int | None]) -> tuple[str, ...]:
    return tuple(card.vendor for card, rank in zip(comparison.vendors, ranks, strict=True) if rank == 1)
