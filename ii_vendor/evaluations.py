"""The one door for every change to an evaluation: who may, what changes, what is recorded, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache

from ii_vendor.adoption import adopted_profile, published, same_judgement
from ii_vendor.arrival import findings_in, flags_raised, next_version
from ii_vendor.model import events
from ii_vendor.model.base import canonical_json
from ii_vendor.model.content import Content
from ii_vendor.model.events import Change, Event
from ii_vendor.model.panel import Discipline, Evaluation, Flag, FlagState
from ii_vendor.model.response import Answer, Response
from ii_vendor.model.rubric import EvidenceGrade, Profile, Severity
from ii_vendor.model.scorecard import Comparison
from ii_vendor.rules import (
    Refused,
    check_quote,
    decided,
    find_vendor,
    own_flag_id,
    raised_with,
    rating_member,
    red_flag_rule,
    slug_of,
    still_said,
    vendor_added,
)
from ii_vendor.score import compare
from ii_vendor.store import Listed, NoSuchEvaluation, Record, SeveralEvaluations


@dataclass(frozen=True)
class _Standing:
    """An evaluation as it stands, under its own profile or another. The record's hash names everything that counts."""

    record_hash: str
    weighed: str
    evaluation: Evaluation = field(compare=False)
    content: Content = field(compare=False)
    profile: Profile | None = field(compare=False)


_FREEZING = (events.EvaluationCreated, events.ProfileAdopted)
"""The changes that name the content to judge by."""


@lru_cache(maxsize=64)
def _compared(standing: _Standing) -> Comparison:
    content = standing.content.with_profile(standing.profile) if standing.profile else standing.content
    return compare(standing.evaluation, content)


class Evaluations:
    """Every use case that reads or changes evaluations, on behalf of ``actor``, whose name goes into the record."""

    def __init__(self, record: Record, actor: str) -> None:
        self._record = record
        self.actor = actor

    def acting_as(self, actor: str) -> Evaluations:
        """The same evaluations on behalf of somebody else."""
        return Evaluations(self._record, actor)

    def listing(self) -> list[Listed]:
        """Every evaluation, newest first."""
        return self._record.listing()

    def get(self, evaluation: str, sequence: int | None = None) -> Evaluation:
        """The evaluation with this id, or the only one of this name. Raises NoSuchEvaluation, or SeveralEvaluations
        where the name does not say which. ``sequence``, from a listing made just now, saves a question."""
        try:
            return self._record.evaluation(evaluation, sequence)
        except NoSuchEvaluation:
            named = [each.id for each in self.listing() if each.name.casefold() == evaluation.casefold()]
            if not named:
                raise
        if len(named) > 1:
            raise SeveralEvaluations(evaluation, named[::-1])
        return self._record.evaluation(named[0])

    def content(self, evaluation: Evaluation) -> Content:
        """The content that the evaluation is judged by."""
        return self._record.content(evaluation.content_hash)

    def vendor_id(self, evaluation: str, name: str) -> str:
        """The id of the vendor with this id or name, whatever its case."""
        now = self.get(evaluation)
        found = find_vendor(now, name)
        if found is None:
            listed = ", ".join(known.id for known in now.vendors) or "none yet"
            raise Refused(f"There is no vendor '{name}' in this evaluation. There are: {listed}.")
        return found.id

    def compare(self, evaluation: Evaluation, profile: Profile | None = None) -> Comparison:
        """Score and rank the vendors; under another ``profile`` as a what-if that is not recorded."""
        weighed = canonical_json(profile) if profile else ""
        return _compared(_Standing(evaluation.record_hash, weighed, evaluation, self.content(evaluation), profile))

    def history(self, evaluation: Evaluation) -> tuple[Event, ...]:
        """The whole record of the evaluation, oldest first."""
        return self._record.events(evaluation.id)

    def original(self, sha256: str) -> tuple[str, bytes]:
        """Name and bytes of a received file, as it came."""
        return self._record.file(sha256)

    def create(self, name: str, content: Content) -> Evaluation:
        """Begin an evaluation with this content frozen. The id is made from the name."""
        if not name.strip():
            raise Refused("The evaluation needs a name.")
        change = events.EvaluationCreated(name=name, content_hash=content.hash)
        return self._record.begin(slug_of(name), self.actor, change, content)

    def add_evaluator(self, evaluation: str, name: str, discipline: Discipline) -> Evaluation:
        """Add a member to the panel. Names are unique, whatever their case."""
        name = name.strip()

        def decide(now: Evaluation) -> list[Change]:
            if not name:
                raise Refused("The evaluator needs a name.")
            if any(member.name.casefold() == name.casefold() for member in now.evaluators):
                raise Refused(f"{name} is on the panel already.")
            return [events.EvaluatorAdded(name=name, discipline=discipline)]

        return self._change(evaluation, decide)

    def add_vendor(self, evaluation: str, name: str) -> Evaluation:
        """Add a vendor. Names are unique, whatever their case."""
        return self._change(evaluation, lambda now: [vendor_added(now, name)])

    def accept_response(
        self, evaluation: str, response: Response, original: bytes, *, vendor: str | None = None
    ) -> Evaluation:
        """Accept a response as the vendor's next version, keep the original file, and raise what the signals find.

        ``vendor`` is an id; without it the vendor is the one named in the response, added if new. Refused when the
        response has errors or is the one accepted last.
        """

        def decide(now: Evaluation) -> list[Change]:
            known = find_vendor(now, vendor or response.vendor)
            if vendor and known is None:
                raise Refused(f"There is no vendor '{vendor}' in this evaluation.")
            added = None if known else vendor_added(now, response.vendor)
            vendor_id = known.id if known else added.vendor if added else ""
            content = self.content(now)
            version = next_version(now, content, vendor_id, response, original)
            findings = findings_in(content, response)
            accepted = events.ResponseAccepted(vendor=vendor_id, version=version, response=response, findings=findings)
            flags = flags_raised(now, content, vendor_id, version, findings)
            return [*([added] if added else []), accepted, *flags]

        file = response.file
        return self._change(evaluation, decide, files=[(file.sha256, file.name, original)])

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

    def adopt_profile(self, evaluation: str, profile: Profile, *, reason: str) -> Evaluation:
        """Judge by other weights or thresholds from now on, with a reason. The ratings stay as they are.

        The profile's title then says whether it was changed, and its reasons begin with this adoption.
        """
        reason = reason.strip()
        if not reason:
            raise Refused("Other weights need a reason that will stand in the record.")
        before = self.get(evaluation)
        originals = [*published(profile.id), *self._profiles_so_far(before)]
        adopted = adopted_profile(profile, originals, self.actor, datetime.now(UTC).date(), reason)
        content = self.content(before).with_profile(adopted)
        sections = {section.id for section in content.sections}
        if not any(weight for key, weight in profile.section_weights.items() if key in sections):
            raise Refused("Every weight is 0, so nothing could be scored. Give one section a weight above 0.")

        def decide(now: Evaluation) -> list[Change]:
            if same_judgement(profile, self.content(now).profile):
                raise Refused("These weights are in force already.")
            return [events.ProfileAdopted(profile=profile.id, content_hash=content.hash, reason=reason)]

        return self._change(evaluation, decide, content=content)

    def _profiles_so_far(self, evaluation: Evaluation) -> list[Profile]:
        """Every profile that the evaluation was judged by, the first one first."""
        changes = (event.change for event in self.history(evaluation))
        hashes = [each.content_hash for each in changes if isinstance(each, _FREEZING)]
        return [self._record.content(each).profile for each in hashes]

    def _change(
        self,
        evaluation: str,
        decide: Callable[[Evaluation], Sequence[Change]],
        *,
        content: Content | None = None,
        files: Sequence[tuple[str, str, bytes]] = (),
    ) -> Evaluation:
        return self._record.change(self.get(evaluation).id, self.actor, decide, content=content, files=files)

    def _check_names(self, now: Evaluation, vendor: str, question: str) -> None:
        if not any(known.id == vendor for known in now.vendors):
            listed = ", ".join(known.id for known in now.vendors) or "none yet"
            raise Refused(f"There is no vendor '{vendor}' in this evaluation. There are: {listed}.")
        if question not in self.content(now).questions:
            raise Refused(f"There is no question '{question}' in this evaluation.")

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


__all__ = ["Evaluations", "Listed", "NoSuchEvaluation", "Refused", "slug_of", "still_said"]
