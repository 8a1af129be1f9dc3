"""What an arriving response brings: its version, what the signals find in it, and the red flags that raises."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date

from ii_vendor.detect import find
from ii_vendor.model import events
from ii_vendor.model.content import Content
from ii_vendor.model.events import Change
from ii_vendor.model.panel import Evaluation, FlagState, Quote
from ii_vendor.model.response import Cell, Finding, Response, SourceFile
from ii_vendor.rules import Refused, red_flag_rule


def next_version(now: Evaluation, content: Content, vendor: str, response: Response, original: bytes) -> int:
    """The version that this response becomes, from 1. Refused when it has errors, does not fit what was asked, is not
    what ``original`` holds, or is the file that was accepted last."""
    name = response.file.name
    errors = [problem for problem in response.problems if problem.severity == "error"]
    if errors:
        first = errors[0]
        raise Refused(f"{name} cannot be accepted: {first.place} {first.message} {first.remedy}".strip())
    unknown = [answer.question for answer in response.answers if answer.question not in content.questions]
    if unknown:
        raise Refused(f"{name} answers questions that were not asked: {', '.join(unknown)}.")
    if hashlib.sha256(original).hexdigest() != response.file.sha256:
        raise Refused(f"{name} is not the file that was read. Import it again.")
    newest = now.received(vendor)
    if newest and newest.response.file.sha256 == response.file.sha256:
        raise Refused(f"{name} is the file that was accepted as version {newest.version}.")
    return newest.version + 1 if newest else 1


def findings_in(content: Content, response: Response) -> tuple[Finding, ...]:
    """Everything that the signals find, in the order of the answers."""
    return tuple(finding for answer in response.answers for finding in find(content.signals, answer))


def flags_raised(
    now: Evaluation, content: Content, vendor: str, version: int, findings: Iterable[Finding]
) -> list[Change]:
    """One flag for each red flag of the rubric that was found, with all the words that point to it. What is merely
    possible raises nothing.

    A flag that stands already gets the words that the version before this one did not have; if it had been dismissed,
    they open it again.
    """
    grouped: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.polarity == "red" and finding.flag and not finding.possible:
            grouped.setdefault((finding.question, finding.flag), []).append(finding)
    changes: list[Change] = []
    newest = now.received(vendor)
    before = newest.findings if newest else ()
    said_before = {(finding.flag, finding.quote) for finding in before if not finding.possible}
    for (question, rule), pointing in grouped.items():
        earlier = now.flags.get(f"{vendor}/{rule}")
        quotes = tuple(
            Quote(text=finding.quote, reason=finding.reason, response_version=version, finding=finding.id)
            for finding in pointing
            if (finding.flag, finding.quote) not in said_before
        )
        if earlier is None or quotes:
            changes.append(_flag(content, vendor, question, rule, pointing, quotes))
        if earlier and quotes and earlier.state is FlagState.dismissed:
            reason = f"Version {version} of the response has new words that point to this flag."
            changes.append(events.FlagDecided(flag=earlier.id, state=FlagState.raised, reason=reason))
    return changes


def flags_answered(now: Evaluation, vendor: str, version: int, response: Response) -> list[Change]:
    """Puts each red flag back on the table that waits for a clarification and whose answer is another one now."""
    newest = now.received(vendor)
    return [
        events.FlagDecided(
            flag=flag.id, state=FlagState.raised, reason=f"Version {version} of the response has the vendor's answer."
        )
        for flag in now.flags_of(vendor)
        if flag.state is FlagState.clarification_sent
        and newest is not None
        and newest.response.answer(flag.question) != response.answer(flag.question)
    ]


def reply_file(reply: str) -> tuple[str, bytes]:
    """Name and bytes under which a reply is kept."""
    return "clarification.txt", reply.encode()


def with_reply(response: Response, question: str, reply: str, day: date) -> Response:
    """The response with a reply under the answer to ``question``, to the letter."""
    name, body = reply_file(reply)
    before = response.answer(question)
    said = Cell(text=reply, row=f"Reply of {day.day} {day:%B %Y}")
    answered = before.model_copy(update={"cells": (*before.cells, said)})
    others = [answer for answer in response.answers if answer.question != question]
    places = {answer.question: place for place, answer in enumerate(response.answers)}
    answers = sorted([*others, answered], key=lambda answer: places.get(answer.question, len(places)))
    return response.model_copy(
        update={
            "answers": tuple(answers),
            "file": SourceFile(name=name, sha256=hashlib.sha256(body).hexdigest(), size=len(body)),
            "problems": (),
        }
    )


def _flag(
    content: Content,
    vendor: str,
    question: str,
    rule: str,
    findings: Sequence[Finding],
    quotes: tuple[Quote, ...],
) -> events.FlagRaised:
    known = red_flag_rule(content, question, rule)
    return events.FlagRaised(
        flag=f"{vendor}/{rule}",
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
