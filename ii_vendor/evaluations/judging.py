"""The panel's judgement: ratings, and red flags from raising to decision."""

from __future__ import annotations

from ii_vendor.evaluations.door import Door
from ii_vendor.model import events
from ii_vendor.model.events import Change
from ii_vendor.model.panel import Evaluation, Flag, FlagState
from ii_vendor.model.response import Answer
from ii_vendor.model.rubric import EvidenceGrade, Severity
from ii_vendor.rules import Refused, check_quote, decided, own_flag_id, raised_with, rating_member, red_flag_rule


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
    ) -> Evaluation:
        """Record a rating: ``level`` 0-4, or None where the question does not apply. It needs a reason.

        ``quote`` must stand in the answer word for word. An answer left empty can only be rated 0 or not applicable.
        """

        def decide(now: Evaluation) -> list[Change]:
            self._check_names(now, vendor, question)
            member = rating_member(now, evaluator)
            received = now.received(vendor)
            name = now.vendor(vendor).name
            if received is None:
                raise Refused(f"{name} has not responded yet. Import a response first.")
            answer = received.response.answer(question)
            if level is not None and not 0 <= level <= 4:
                raise Refused(f"A level is 0, 1, 2, 3 or 4, not {level}.")
            if level and not answer.answered:
                raise Refused(f"{name} did not answer {question}: it can only be rated 0 or not applicable.")
            if not reason.strip():
                raise Refused("A rating needs a reason: one sentence is enough.")
            check_quote(answer, quote)
            return [
                events.RatingRecorded(
                    evaluator=member,
                    vendor=vendor,
                    question=question,
                    level=level,
                    grade=grade,
                    reason=reason.strip(),
                    quote=quote,
                    response_version=received.version,
                )
            ]

        return self._change(evaluation, decide)

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
            self._check_names(now, vendor, question)
            received = now.received(vendor)
            answer = received.response.answer(question) if received else Answer(question=question)
            check_quote(answer, quote)
            known = red_flag_rule(self.content(now), question, rule) if rule else None
            if known is None and not statement.strip():
                raise Refused("A red flag of your own needs a statement.")
            flag_id = f"{vendor}/{known.id}" if known else own_flag_id(now, vendor, question)
            if known and flag_id in now.flags and not quote:
                raise Refused(f"{flag_id} has been raised already. Decide on it, or add a quote.")
            raised = Flag(
                id=flag_id,
                vendor=vendor,
                question=question,
                rule=known.id if known else "",
                statement=known.statement if known else statement.strip(),
                severity=known.severity if known else severity,
                gate=known.gate if known else gate,
                ask=known.ask if known else "",
                raised_by=self.actor,
            )
            return [raised_with(raised, received, quote, reason)]

        return self._change(evaluation, decide)

    def decide_flag(self, evaluation: str, flag: str, state: FlagState, *, reason: str, owner: str = "") -> Evaluation:
        """Decide on a red flag, with a reason. Accepting needs the name of the person who owns the risk."""

        def decide(now: Evaluation) -> list[Change]:
            if flag not in now.flags:
                raise Refused(f"There is no red flag '{flag}' in this evaluation.")
            return [decided(flag, state, reason, owner)]

        return self._change(evaluation, decide)

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
    ) -> Evaluation:
        """Raise a red flag unless it is raised already, add ``quote`` where it is new, and decide: all or nothing.

        ``flag`` is the id of a red flag of the rubric, or of a flag that this vendor has. ``state`` None: raise only.
        """

        def decide(now: Evaluation) -> list[Change]:
            known = next((each for each in now.flags_of(vendor) if flag in (each.id, each.rule)), None)
            changes: list[Change] = []
            if known is None or (quote and quote not in {said.text for said in known.quotes}):
                changes.append(self._raised_by_hand(now, vendor, flag, known, quote, reason))
            if state is not None:
                changes.append(decided(known.id if known else f"{vendor}/{flag}", state, reason, owner))
            if not changes:
                raise Refused(f"{known.id if known else flag} has been raised already. Decide on it, or add a quote.")
            return changes

        return self._change(evaluation, decide)

    def _raised_by_hand(
        self, now: Evaluation, vendor: str, rule: str, known: Flag | None, quote: str, reason: str
    ) -> events.FlagRaised:
        """A red flag of the rubric, or further words for a flag that is ``known``."""
        asked = {each.id: (question, each) for question, each in self.content(now).red_flag_rules()}
        if known is None and rule not in asked:
            raise Refused(f"No rubric of this evaluation has a red flag '{rule}'.")
        question = known.question if known else asked[rule][0]
        self._check_names(now, vendor, question)
        received = now.received(vendor)
        check_quote(received.response.answer(question) if received else Answer(question=question), quote)
        flag = known or Flag(
            id=f"{vendor}/{rule}",
            vendor=vendor,
            rule=rule,
            question=question,
            raised_by=self.actor,
            **asked[rule][1].model_dump(exclude={"id"}),
        )
        return raised_with(flag.model_copy(update={"raised_by": self.actor}), received, quote, reason)
