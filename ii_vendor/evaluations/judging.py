"""The panel's judgement: ratings, and red flags from raising to decision."""

from __future__ import annotations

from datetime import date

from ii_vendor.evaluations.door import Door
from ii_vendor.model import events
from ii_vendor.model.events import Change
from ii_vendor.model.panel import Evaluation, Flag, FlagState
from ii_vendor.model.response import Answer
from ii_vendor.model.rubric import EvidenceGrade, Severity
from ii_vendor.model.seat import Evaluator, Stage
from ii_vendor.rules import Refused, check_quote, red_flag_rule
from ii_vendor.rules.answers import response_judged
from ii_vendor.rules.flags import decided, own_flag_id, raised_with, signed_validly
from ii_vendor.rules.seats import check_impartial, check_may_judge, rating_member
from ii_vendor.rules.stages import check_stage

JUDGING = (Stage.open, Stage.scoring, Stage.moderation)
"""The stages in which red flags are raised and decided."""


class Judging(Door):
    """What the panel says of the answers."""

    def rate(
        self,
        evaluation: str,
        evaluator: str,
        vendor: str,
        question: str,
        level: int | None,
        *,
        grade: EvidenceGrade = EvidenceGrade.claim,
        reason: str,
        quote: str = "",
        seen: int | None = None,
    ) -> Evaluation:
        """Record a rating: ``level`` 0-4, or None where the question does not apply. It needs a reason.

        ``quote`` must stand in the answer word for word. An answer left empty can only be rated 0 or not applicable.
        Ratings are given in the stage scoring, for one's own seat, until one's assignment is handed in.
        """

        def decide(now: Evaluation) -> list[Change]:
            own = self._own(now, vendor)
            self._check_names(now, own, question)
            words = self._own_words(now, own, question, quote)
            return [self._rated(now, evaluator, own, question, level, grade=grade, reason=reason, quote=words)]

        return self._change(evaluation, decide, seen=seen)

    def _rated(
        self,
        now: Evaluation,
        evaluator: str,
        vendor: str,
        question: str,
        level: int | None,
        *,
        grade: EvidenceGrade,
        reason: str,
        quote: str,
    ) -> events.RatingRecorded:
        """The event of a rating, with the vendor's id and words as they are. Refused where it is against the rules."""
        seat = rating_member(now, self._actor, evaluator)
        check_stage(now, (Stage.scoring,), "Ratings are given")
        check_impartial(now, seat, vendor)
        if seat.name in now.handed_in and (vendor, question, seat.name) in now.ratings:
            raise Refused(f"{seat.name} has handed in, so the ratings are closed. The facilitator can give them back.")
        if seat.sections and self.content(now).section_of[question].id not in seat.sections:
            raise Refused(f"{question} is not among what {seat.name} was asked to judge.")
        received = response_judged(now, vendor, question, level)
        if not reason.strip():
            raise Refused("A rating needs a reason: one sentence is enough.")
        check_quote(received.response.answer(question), quote)
        return events.RatingRecorded(
            evaluator=seat.name,
            vendor=vendor,
            question=question,
            level=level,
            grade=grade,
            reason=reason.strip(),
            quote=quote,
            response_version=received.version,
            informed=seat.name in now.informed,
        )

    def raise_flag(
        self,
        evaluation: str,
        vendor: str,
        question: str,
        *,
        rule: str = "",
        statement: str = "",
        severity: Severity = Severity.major,
        gate: bool = False,
        quote: str = "",
        reason: str = "",
    ) -> Evaluation:
        """Raise a red flag: one of the rubric's by ``rule``, or one of your own by ``statement`` and ``severity``."""

        def decide(now: Evaluation) -> list[Change]:
            own = self._own(now, vendor)
            self._check_names(now, own, question)
            self._check_judging(now, own)
            words = self._own_words(now, own, question, quote)
            received = now.received(own)
            answer = received.response.answer(question) if received else Answer(question=question)
            check_quote(answer, words)
            known = red_flag_rule(self.content(now), question, rule) if rule else None
            if known is None and not statement.strip():
                raise Refused("A red flag of your own needs a statement.")
            flag_id = f"{own}/{known.id}" if known else own_flag_id(now, own, question)
            if known and flag_id in now.flags and not words:
                raise Refused(f"{flag_id} has been raised already. Decide on it, or add a quote.")
            raised = Flag(
                id=flag_id,
                vendor=own,
                question=question,
                rule=known.id if known else "",
                statement=known.statement if known else statement.strip(),
                severity=known.severity if known else severity,
                gate=known.gate if known else gate,
                ask=known.ask if known else "",
                raised_by=self.actor,
            )
            return [raised_with(raised, received, words, reason)]

        return self._change(evaluation, decide)

    def _check_judging(self, now: Evaluation, vendor: str) -> Evaluator | None:
        """The seat that judges this vendor's red flags, None for the facilitator. Refused where they are closed."""
        seat = check_may_judge(now, self._actor, vendor)
        check_stage(now, JUDGING, "Red flags are judged")
        return seat

    def decide_flag(
        self,
        evaluation: str,
        flag: str,
        state: FlagState,
        *,
        reason: str,
        owner: str = "",
        due: date | None = None,
        seen: int | None = None,
    ) -> Evaluation:
        """Decide on a red flag, with a reason. Accepting needs the name of the person who owns the risk; ``due`` is the
        day by which a vendor is to answer a clarification, two weeks from now where it is not given.

        A gate is accepted, and set aside once it is confirmed, by the seats of operations and of the asset owner: the
        first of them signs, the second decides.
        """

        def decide(now: Evaluation) -> list[Change]:
            own = self._own(now, flag)
            if own not in now.flags:
                raise Refused(f"There is no red flag '{flag}' in this evaluation.")
            known = signed_validly(now, now.flags[own])
            seat = self._check_judging(now, known.vendor)
            version = _version(now, known.vendor)
            return decided(known, seat, state, reason=reason, owner=owner, due=due, response_version=version)

        return self._change(evaluation, decide, seen=seen)

    def judge_flag(
        self,
        evaluation: str,
        vendor: str,
        flag: str,
        state: FlagState | None,
        *,
        reason: str,
        owner: str = "",
        quote: str = "",
        due: date | None = None,
    ) -> Evaluation:
        """Raise a red flag unless it is raised already, add ``quote`` where it is new, and decide: all or nothing.

        ``flag`` is the id of a red flag of the rubric, or of a flag that this vendor has. ``state`` None: raise only.
        """

        def decide(now: Evaluation) -> list[Change]:
            own, wanted = self._own(now, vendor), self._own(now, flag)
            seat = self._check_judging(now, own)
            known = next((each for each in now.flags_of(own) if wanted in (each.id, each.rule)), None)
            changes: list[Change] = []
            raised = known or self._of_the_rubric(now, own, wanted)
            words = self._own_words(now, own, raised.question, quote)
            if known is None or (words and words not in {said.text for said in known.quotes}):
                changes.append(self._raised_by_hand(now, raised, words, reason))
            if state is not None:
                changes += decided(
                    signed_validly(now, raised),
                    seat,
                    state,
                    reason=reason,
                    owner=owner,
                    due=due,
                    response_version=_version(now, own),
                )
            if not changes:
                raise Refused(f"{raised.id} has been raised already. Decide on it, or add a quote.")
            return changes

        return self._change(evaluation, decide)

    def _of_the_rubric(self, now: Evaluation, vendor: str, rule: str) -> Flag:
        """A red flag of the rubric that nobody has raised against this vendor."""
        asked = {each.id: (question, each) for question, each in self.content(now).red_flag_rules()}
        if rule not in asked:
            raise Refused(f"No rubric of this evaluation has a red flag '{rule}'.")
        question, known = asked[rule]
        return Flag(
            id=f"{vendor}/{rule}",
            vendor=vendor,
            rule=rule,
            question=question,
            raised_by=self.actor,
            **known.model_dump(exclude={"id"}),
        )

    def _raised_by_hand(self, now: Evaluation, flag: Flag, quote: str, reason: str) -> events.FlagRaised:
        """Raises ``flag``, or adds further words to it."""
        self._check_names(now, flag.vendor, flag.question)
        received = now.received(flag.vendor)
        check_quote(received.response.answer(flag.question) if received else Answer(question=flag.question), quote)
        return raised_with(flag.model_copy(update={"raised_by": self.actor}), received, quote, reason)


def _version(now: Evaluation, vendor: str) -> int:
    """The version of the vendor's response that stands now; 0 before the first."""
    received = now.received(vendor)
    return received.version if received else 0
