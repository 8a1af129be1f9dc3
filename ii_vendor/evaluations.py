"""The one door for every change to an evaluation: who may, what changes, what is recorded, in one transaction."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from uuid import uuid4

from ii_vendor.detect import find
from ii_vendor.errors import UserError
from ii_vendor.model import events
from ii_vendor.model.content import Content
from ii_vendor.model.events import Change, Event
from ii_vendor.model.panel import (
    Discipline,
    Evaluation,
    Flag,
    FlagState,
    Quote,
    ReceivedResponse,
    Vendor,
)
from ii_vendor.model.response import Answer, Finding, Response
from ii_vendor.model.rubric import EvidenceGrade, Profile, RedFlagRule, Severity
from ii_vendor.model.scorecard import Comparison
from ii_vendor.score import compare
from ii_vendor.store import NoSuchEvaluation, Record


class Refused(UserError):
    """A change that the rules do not allow. The message says why and what to do; nothing was changed."""


class Evaluations:
    """Every use case that reads or changes evaluations, on behalf of ``actor``, whose name goes into the record."""

    def __init__(self, record: Record, actor: str) -> None:
        self._record = record
        self.actor = actor

    def acting_as(self, actor: str) -> Evaluations:
        """The same evaluations on behalf of somebody else."""
        return Evaluations(self._record, actor)

    def listing(self) -> list[tuple[str, str, datetime]]:
        """(id, name, created at) of every evaluation, newest first."""
        return self._record.listing()

    def get(self, evaluation: str) -> Evaluation:
        """The evaluation with this id, or the only one of this name. Raises NoSuchEvaluation."""
        known = self.listing()
        named = [key for key, name, _ in known if name.casefold() == evaluation.casefold()]
        by_name = len(named) == 1 and evaluation not in {key for key, _, _ in known}
        return self._record.evaluation(named[0] if by_name else evaluation)

    def content(self, evaluation: Evaluation) -> Content:
        """The content that the evaluation is judged by."""
        return self._record.content(evaluation.content_hash)

    def vendor_id(self, evaluation: str, name: str) -> str:
        """The id of the vendor with this id or name, whatever its case."""
        now = self.get(evaluation)
        found = _find_vendor(now, name)
        if found is None:
            listed = ", ".join(known.id for known in now.vendors) or "none yet"
            raise Refused(f"There is no vendor '{name}' in this evaluation. There are: {listed}.")
        return found.id

    def compare(self, evaluation: Evaluation, profile: Profile | None = None) -> Comparison:
        """Score and rank the vendors; under another ``profile`` as a what-if that is not recorded."""
        content = self.content(evaluation)
        return compare(evaluation, content.with_profile(profile) if profile else content)

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
        return self._change(evaluation, lambda now: [_vendor_added(now, name)])

    def accept_response(
        self, evaluation: str, response: Response, original: bytes, *, vendor: str | None = None
    ) -> Evaluation:
        """Accept a response as the vendor's next version, keep the original file, and raise what the signals find.

        ``vendor`` is an id; without it the vendor is the one named in the response, added if new. Refused when the
        response has errors or is the one accepted last.
        """

        def decide(now: Evaluation) -> list[Change]:
            known = _find_vendor(now, vendor or response.vendor)
            if vendor and known is None:
                raise Refused(f"There is no vendor '{vendor}' in this evaluation.")
            added = None if known else _vendor_added(now, response.vendor)
            vendor_id = known.id if known else added.vendor if added else ""
            version = self._next_version(now, vendor_id, response)
            findings = self._findings(now, response)
            accepted = events.ResponseAccepted(vendor=vendor_id, version=version, response=response, findings=findings)
            flags = self._raised(now, vendor_id, version, findings)
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
            member = _member(now, evaluator)
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
            _check_quote(answer, quote)
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
            _check_quote(answer, quote)
            known = self._rule(now, question, rule) if rule else None
            if known is None and not statement.strip():
                raise Refused("A red flag of your own needs a statement.")
            flag_id = f"{vendor}/{known.id}" if known else _own_flag_id(now, vendor, question)
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
            return [_with_quote(raised, received, quote, reason)]

        return self._change(evaluation, decide)

    def decide_flag(self, evaluation: str, flag: str, state: FlagState, *, reason: str, owner: str = "") -> Evaluation:
        """Decide on a red flag, with a reason. Accepting needs the name of the person who owns the risk."""

        def decide(now: Evaluation) -> list[Change]:
            if flag not in now.flags:
                raise Refused(f"There is no red flag '{flag}' in this evaluation.")
            return [_decided(flag, state, reason, owner)]

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
                changes.append(_decided(known.id if known else f"{vendor}/{flag}", state, reason, owner))
            return changes

        return self._change(evaluation, decide)

    def adopt_profile(self, evaluation: str, profile: Profile, *, reason: str) -> Evaluation:
        """Judge by other weights or thresholds from now on, with a reason. The ratings stay as they are."""
        if not reason.strip():
            raise Refused("Other weights need a reason that will stand in the record.")
        content = self.content(self.get(evaluation)).with_profile(profile)
        sections = {section.id for section in content.sections}
        if not any(weight for key, weight in profile.section_weights.items() if key in sections):
            raise Refused("Every weight is 0, so nothing could be scored. Give one section a weight above 0.")

        def decide(now: Evaluation) -> list[Change]:
            if content.hash == now.content_hash:
                raise Refused("These weights are in force already.")
            return [events.ProfileAdopted(profile=profile.id, content_hash=content.hash, reason=reason.strip())]

        return self._change(evaluation, decide, content=content)

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

    def _rule(self, now: Evaluation, question: str, rule: str) -> RedFlagRule:
        rules = {known.id: known for known in self.content(now).rubric[question].red_flags}
        if rule not in rules:
            raise Refused(f"The rubric of {question} has no red flag '{rule}'. It has: {', '.join(rules)}.")
        return rules[rule]

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
        _check_quote(received.response.answer(question) if received else Answer(question=question), quote)
        flag = known or Flag(
            id=f"{vendor}/{rule}",
            vendor=vendor,
            rule=rule,
            question=question,
            raised_by=self.actor,
            **asked[rule][1].model_dump(exclude={"id"}),
        )
        return _with_quote(flag.model_copy(update={"raised_by": self.actor}), received, quote, reason)

    def _next_version(self, now: Evaluation, vendor: str, response: Response) -> int:
        errors = [problem for problem in response.problems if problem.severity == "error"]
        if errors:
            first = errors[0]
            raise Refused(
                f"{response.file.name} cannot be accepted: {first.place} {first.message} {first.remedy}".strip()
            )
        asked = self.content(now).questions
        unknown = [answer.question for answer in response.answers if answer.question not in asked]
        if unknown:
            raise Refused(f"{response.file.name} answers questions that were not asked: {', '.join(unknown)}.")
        newest = now.received(vendor)
        if newest and newest.response.file.sha256 == response.file.sha256:
            raise Refused(f"{response.file.name} is the file that was accepted as version {newest.version}.")
        return newest.version + 1 if newest else 1

    def _findings(self, now: Evaluation, response: Response) -> tuple[Finding, ...]:
        signals = self.content(now).signals
        return tuple(finding for answer in response.answers for finding in find(signals, answer))

    def _raised(
        self, now: Evaluation, vendor: str, version: int, findings: Iterable[Finding]
    ) -> Sequence[events.FlagRaised]:
        """One flag for each red flag of the rubric that was found, with all the words that point to it."""
        grouped: dict[tuple[str, str], list[Finding]] = {}
        for finding in findings:
            if finding.polarity == "red" and finding.flag:
                grouped.setdefault((finding.question, finding.flag), []).append(finding)
        raised = (
            self._flag_from(now, vendor, version, question, rule, pointing)
            for (question, rule), pointing in grouped.items()
        )
        return [flag for flag in raised if flag is not None]

    def _flag_from(
        self, now: Evaluation, vendor: str, version: int, question: str, rule: str, findings: Sequence[Finding]
    ) -> events.FlagRaised | None:
        known = self._rule(now, question, rule)
        flag_id = f"{vendor}/{rule}"
        earlier = now.flags.get(flag_id)
        said_before = {quote.text for quote in earlier.quotes} if earlier else set()
        quotes = tuple(
            Quote(text=finding.quote, reason=finding.reason, response_version=version, finding=finding.id)
            for finding in findings
            if finding.quote not in said_before
        )
        if earlier and not quotes:
            return None
        return events.FlagRaised(
            flag=flag_id,
            vendor=vendor,
            question=question,
            rule=rule,
            statement=known.statement,
            severity=known.severity,
            gate=known.gate,
            ask=next((finding.ask for finding in findings if finding.ask), known.ask),
            raised_by="signals",
            quotes=quotes,
        )


def slug_of(name: str) -> str:
    """A short id of letters, digits and dashes made from a name: ``Line 3, Øst`` gives ``line-3-st``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
    return slug if slug[:1].isalpha() else f"e-{slug}".rstrip("-") if slug else f"e-{uuid4().hex[:8]}"


def still_said(flag: Flag, answer: Answer) -> bool:
    """Whether any of the flag's quotes still stands in the answer; a flag without quotes always does."""
    quotes = [quote.text for quote in flag.quotes if quote.text]
    return not quotes or any(quote in cell.text for quote in quotes for cell in answer.cells)


def _vendor_added(now: Evaluation, name: str) -> events.VendorAdded:
    name = name.strip()
    if not name:
        raise Refused("The vendor needs a name.")
    if any(known.name.casefold() == name.casefold() for known in now.vendors):
        raise Refused(f"{name} is in this evaluation already.")
    slug, taken = slug_of(name), {known.id for known in now.vendors}
    ids = (slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3)))
    return events.VendorAdded(vendor=next(free for free in ids if free not in taken), name=name)


def _find_vendor(now: Evaluation, name: str) -> Vendor | None:
    wanted = name.strip().casefold()
    return next((known for known in now.vendors if wanted in (known.id.casefold(), known.name.casefold())), None)


def _member(now: Evaluation, name: str) -> str:
    for member in now.evaluators:
        if member.name.casefold() == name.strip().casefold():
            if member.discipline is Discipline.observer:
                raise Refused(f"{member.name} is on the panel as an observer, and observers do not rate.")
            return member.name
    listed = ", ".join(member.name for member in now.evaluators) or "nobody yet"
    raise Refused(f"{name} is not on the panel. On it: {listed}.")


def _check_quote(answer: Answer, quote: str) -> None:
    said = (*(cell.text for cell in answer.cells), answer.evidence, answer.choice)
    if quote and not any(quote in text for text in said):
        raise Refused("The quoted words do not stand in the answer. Copy them exactly as the vendor wrote them.")


def _with_quote(flag: Flag, received: ReceivedResponse | None, quote: str, reason: str) -> events.FlagRaised:
    """The event that raises ``flag`` with these words, or adds them to it."""
    version = received.version if received else 0
    quotes = (Quote(text=quote, reason=reason, response_version=version),) if quote or reason else ()
    kept = flag.model_dump(exclude={"id", "quotes", "decisions"})
    return events.FlagRaised(flag=flag.id, quotes=quotes, **kept)


def _decided(flag: str, state: FlagState, reason: str, owner: str) -> events.FlagDecided:
    """A decision that keeps the rules."""
    if state is FlagState.raised:
        raise Refused("A flag is confirmed, dismissed, accepted, or a clarification is sent.")
    if not reason.strip():
        raise Refused("A decision on a red flag needs a reason.")
    if state is FlagState.accepted and not owner.strip():
        raise Refused("Accepting a red flag needs the name of the person who owns the risk.")
    kept = owner.strip() if state is FlagState.accepted else ""
    return events.FlagDecided(flag=flag, state=state, reason=reason.strip(), owner=kept)


def _own_flag_id(now: Evaluation, vendor: str, question: str) -> str:
    own = sum(not flag.rule for flag in now.flags_of(vendor, question))
    return f"{vendor}/{question}-own-{own + 1}"


__all__ = ["Evaluations", "NoSuchEvaluation", "Refused", "slug_of", "still_said"]
