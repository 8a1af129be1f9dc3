"""From stage to stage, and in moderation to a consensus that stands over the ratings without touching them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import UTC, datetime

from ii_vendor.evaluations.weighing import Weighing
from ii_vendor.model import events
from ii_vendor.model.agenda import Agenda, ConsensusMoves
from ii_vendor.model.events import Change
from ii_vendor.model.panel import Consensus, Evaluation
from ii_vendor.model.progress import Progress, SeatProgress
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.seat import Stage
from ii_vendor.rules import NeedsSecondLook, Refused, check_quote
from ii_vendor.rules.answers import check_level, response_judged
from ii_vendor.rules.assignment import asked_in, assignment, is_complete, still_to_rate
from ii_vendor.rules.seats import (
    check_facilitates,
    check_impartial,
    check_may_moderate,
    rating_member,
)
from ii_vendor.rules.stages import check_stage, raters, stage_changed, unfinished
from ii_vendor.score.agenda import agenda
from ii_vendor.score.second_look import consensus_moves, second_look


class Moderating(Weighing):
    """How the panel comes from single ratings to one result."""

    def go_to(self, evaluation: str, stage: Stage, *, reason: str = "", seen: int | None = None) -> Evaluation:
        """Go to another stage. Going back, and going on while something is unfinished, needs a reason.

        Opening moderation closes all ratings and opens them to the panel; locking ends every change.
        """

        def decide(now: Evaluation) -> list[Change]:
            check_facilitates(self._actor, "open and close stages")
            return [stage_changed(now, asked_in(self.content(now)), stage, reason)]

        return self._change(evaluation, decide, seen=seen)

    def unfinished(self, evaluation: Evaluation, stage: Stage) -> tuple[str, ...]:
        """What is still open on the way to ``stage``, in words. Going there all the same needs a reason."""
        now = self._whole(evaluation.id)
        return tuple(unfinished(now, asked_in(self.content(now)), stage))

    def progress(self, evaluation: Evaluation) -> Progress:
        """How far each seat has come, by counts alone: no level, nor anything made of levels, is in it."""
        now = self._whole(evaluation.id)
        asked = asked_in(self.content(now))
        seats = []
        for seat in raters(now):
            to_rate, left = assignment(now, seat, asked), still_to_rate(now, seat, asked)
            seats.append(
                SeatProgress(
                    evaluator=seat.name,
                    declared=seat.name in now.declarations,
                    handed_in=is_complete(now, seat, asked),
                    taken=seat.name in now.taken,
                    assigned=len(to_rate),
                    rated=len(to_rate) - len(left),
                    left_by_question=Counter(question for _, question in left),
                )
            )
        return Progress(seats=tuple(seats), questions=tuple(question for _, question in asked))

    def agree(
        self,
        evaluation: str,
        vendor: str,
        question: str,
        level: int | None,
        *,
        grade: EvidenceGrade,
        reason: str,
        quote: str = "",
        no_evidence: bool = False,
        confirmed: bool | Collection[str] = False,
        seen: int | None = None,
    ) -> Evaluation:
        """Record the consensus on one answer: ``level`` 0-4, or None where the question does not apply.

        It needs a reason, and the vendor's words or ``no_evidence``. Raises NeedsSecondLook where it moves far from the
        mean or decides a close result, until it comes ``confirmed``: with the reasons that were looked at, or True for
        whatever they are.
        """

        def decide(now: Evaluation) -> list[Change]:
            own = self._own(now, vendor)
            self._check_names(now, own, question)
            check_may_moderate(now, self._actor, own)
            check_stage(now, (Stage.moderation,), "A consensus is recorded")
            received = response_judged(now, own, question, level)
            if not reason.strip():
                raise Refused("A consensus needs a reason: why this level, in a sentence.")
            words = self._own_words(now, own, question, quote.strip())
            check_quote(received.response.answer(question), words)
            if bool(words) == no_evidence:
                raise Refused(
                    "A consensus rests on the vendor's words: quote them, or say that no evidence was found, one of "
                    "the two."
                )
            agreed = events.ConsensusRecorded(
                vendor=own,
                question=question,
                level=level,
                grade=grade,
                reason=reason.strip(),
                quote=words,
                no_evidence=no_evidence,
                response_version=received.version,
            )
            moves = consensus_moves(now, self.content(now), self._proposed(agreed))
            reasons = second_look(moves)
            if confirmed is not True and {self._shown(now, each) for each in reasons} - set(confirmed or ()):
                raise NeedsSecondLook(reasons)
            return [agreed.model_copy(update={"mean": moves.mean, "second_look": reasons})]

        return self._change(evaluation, decide, seen=seen)

    def _proposed(self, agreed: events.ConsensusRecorded) -> Consensus:
        return Consensus(**agreed.model_dump(exclude={"kind"}), by=self.actor, at=datetime.now(UTC))

    def agenda(self, evaluation: Evaluation) -> Agenda:
        """What is still to be settled, what decides most first, and what is agreed."""
        return agenda(evaluation, self.content(evaluation), self.compare(evaluation))

    def consensus_effect(
        self, evaluation: Evaluation, vendor: str, question: str, level: int | None, grade: EvidenceGrade
    ) -> ConsensusMoves:
        """What a consensus would move and change. Nothing is recorded. Refused for a vendor that is closed to the
        actor."""
        if vendor in evaluation.closed_vendors:
            raise Refused(f"{evaluation.vendor(vendor).name} is closed to you.")
        received = evaluation.received(vendor)
        proposed = Consensus(
            vendor=vendor,
            question=question,
            level=level,
            grade=grade,
            reason="",
            response_version=received.version if received else 0,
            by=self.actor,
            at=datetime.now(UTC),
        )
        return consensus_moves(evaluation, self.content(evaluation), proposed, self.compare(evaluation))

    def dissent(
        self,
        evaluation: str,
        evaluator: str,
        vendor: str,
        question: str,
        level: int | None,
        *,
        reason: str,
        seen: int | None = None,
    ) -> Evaluation:
        """Put on record that a seat does not share a consensus: which level it would give, and why."""

        def decide(now: Evaluation) -> list[Change]:
            own = self._own(now, vendor)
            self._check_names(now, own, question)
            seat = rating_member(now, self._actor, evaluator)
            check_stage(now, (Stage.moderation,), "A dissent is recorded")
            check_impartial(now, seat, own)
            if (own, question) not in now.consensus:
                raise Refused("There is no consensus on this answer yet to dissent from.")
            check_level(level)
            if not reason.strip():
                raise Refused("A dissent needs a reason: one sentence is enough.")
            return [
                events.DissentRecorded(
                    evaluator=seat.name, vendor=own, question=question, level=level, reason=reason.strip()
                )
            ]

        return self._change(evaluation, decide, seen=seen)
