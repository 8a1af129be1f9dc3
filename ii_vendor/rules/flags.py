"""The life of a red flag: how it is raised and decided, and that a gate takes two to set aside."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

from ii_vendor.model import events
from ii_vendor.model.content import Content
from ii_vendor.model.events import Change
from ii_vendor.model.panel import Evaluation, Flag, FlagState, Quote, ReceivedResponse, Signature
from ii_vendor.model.rubric import RedFlagRule
from ii_vendor.model.seat import Discipline, Evaluator
from ii_vendor.rules.refusal import Refused

SIGNING = (Discipline.operations, Discipline.asset_owner)
"""Whose consent sets a gate aside: both, each from their own seat."""

DAYS_TO_ANSWER = 14
"""How long a vendor has for a clarification where no date is given."""


def raised_with(flag: Flag, received: ReceivedResponse | None, quote: str, reason: str) -> events.FlagRaised:
    """The event that raises ``flag`` with these words, or adds them to it."""
    version = received.version if received else 0
    quotes = (Quote(text=quote, reason=reason, response_version=version),) if quote or reason else ()
    kept = flag.model_dump(exclude={"id", "quotes", "decisions", "signatures"})
    return events.FlagRaised(flag=flag.id, quotes=quotes, **kept)


def signed_validly(now: Evaluation, flag: Flag) -> Flag:
    """The flag with those signatures alone that still stand: of a seat that is open and has declared no conflict since,
    and on the answer that the vendor gives now."""
    versions = now.responses.get(flag.vendor, ())

    def stands(signature: Signature) -> bool:
        seat, declared = now.seat(signature.evaluator), now.declarations.get(signature.evaluator)
        may = bool(seat and not seat.closed and declared and declared.clears(flag.vendor))
        if not may or not 0 < signature.response_version < len(versions):
            return may
        then, latest = versions[signature.response_version - 1], versions[-1]
        return then.response.answer(flag.question) == latest.response.answer(flag.question)

    return flag.model_copy(update={"signatures": tuple(each for each in flag.signatures if stands(each))})


def flags_reopened(now: Evaluation, seat: Evaluator, conflicts: Collection[str]) -> list[Change]:
    """Puts back on the table what ``seat`` decided alone on vendors with which it now declares a conflict."""
    return [
        events.FlagDecided(
            flag=flag.id,
            state=FlagState.raised,
            reason=f"{seat.name} decided this and has declared a conflict of interest since.",
        )
        for flag in now.flags.values()
        if flag.vendor in conflicts and flag.state is not FlagState.raised and flag.decisions[-1].by == seat.name
    ]


def decided(
    flag: Flag,
    seat: Evaluator | None,
    state: FlagState,
    *,
    reason: str,
    owner: str = "",
    due: date | None = None,
    response_version: int = 0,
) -> list[Change]:
    """The events of one step in the life of ``flag``.

    A gate is accepted, and a confirmed one dismissed, by the seats of operations and of the asset owner together: the
    first of them signs, and with the second signature it is decided. ``due`` is for a clarification; two weeks from now
    where it is not given. ``response_version`` is the version of the response that was judged.
    """
    reason, owner = reason.strip(), owner.strip()
    if state is FlagState.raised:
        raise Refused("A flag is confirmed, dismissed, accepted, or a clarification is sent.")
    if not reason:
        raise Refused("A decision on a red flag needs a reason.")
    if state is FlagState.accepted and not owner:
        raise Refused("Accepting a red flag needs the name of the person who owns the risk.")
    kept = owner if state is FlagState.accepted else ""
    if _takes_two(flag, state):
        return _signed(flag, seat, state, reason, kept, response_version)
    if flag.gate and state is FlagState.dismissed and (seat is None or seat.discipline not in SIGNING):
        raise Refused("A gate is dismissed by operations or by the asset owner, from their own seat.")
    asked_by = None
    if state is FlagState.clarification_sent:
        today = datetime.now(UTC).date()
        asked_by = due or today + timedelta(days=DAYS_TO_ANSWER)
        if asked_by < today:
            raise Refused("The date by which the vendor is to answer has passed already. Choose a later one.")
    return [events.FlagDecided(flag=flag.id, state=state, reason=reason, owner=kept, due=asked_by)]


def _takes_two(flag: Flag, state: FlagState) -> bool:
    """A gate that stood once takes two for ever, whatever was asked or replied since."""
    stood = any(each.state.counts for each in flag.decisions)
    return flag.gate and (state is FlagState.accepted or (state is FlagState.dismissed and stood))


def _signed(
    flag: Flag, seat: Evaluator | None, state: FlagState, reason: str, owner: str, response_version: int
) -> list[Change]:
    done = "accepted" if state is FlagState.accepted else "set aside once it is confirmed"
    if seat is None or seat.discipline not in SIGNING:
        raise Refused(
            f"{flag.id} is a gate: it is {done} by operations and the asset owner together, each from their own seat."
        )
    signature = events.GateSigned(
        flag=flag.id,
        evaluator=seat.name,
        discipline=seat.discipline,
        state=state,
        owner=owner,
        reason=reason,
        response_version=response_version,
    )
    waiting = [each for each in flag.signatures if each.state is state and each.discipline is not seat.discipline]
    if not waiting:
        return [signature]
    first = waiting[-1]
    if first.owner.casefold() != owner.casefold():
        raise Refused(
            f"{first.evaluator} signed with {first.owner} as owner of the risk. Name the same person, or agree on "
            "another and sign both anew."
        )
    both = (f"{each.evaluator} ({each.discipline.value}): {each.reason}" for each in (first, signature))
    words = " ".join(both)
    return [signature, events.FlagDecided(flag=flag.id, state=state, reason=words, owner=first.owner)]


def own_flag_id(now: Evaluation, vendor: str, question: str) -> str:
    """The id for the next red flag in an evaluator's own words."""
    own = sum(not flag.rule for flag in now.flags_of(vendor, question))
    return f"{vendor}/{question}-own-{own + 1}"


def red_flag_rule(content: Content, question: str, rule: str) -> RedFlagRule:
    """The red flag of that id in the rubric of a question."""
    rules = {known.id: known for known in content.rubric[question].red_flags}
    if rule not in rules:
        raise Refused(f"The rubric of {question} has no red flag '{rule}'. It has: {', '.join(rules)}.")
    return rules[rule]
