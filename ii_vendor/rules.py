"""What the rules allow: each function gives what a wish comes to, or refuses it in words."""

from __future__ import annotations

import re
import unicodedata
from uuid import uuid4

from ii_vendor.errors import UserError
from ii_vendor.model import events
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Discipline, Evaluation, Flag, FlagState, Quote, ReceivedResponse, Vendor
from ii_vendor.model.response import Answer
from ii_vendor.model.rubric import RedFlagRule


class Refused(UserError):
    """A change that the rules do not allow. The message says why and what to do; nothing was changed."""


def slug_of(name: str) -> str:
    """A short id of letters, digits and dashes made from a name: ``Line 3, Øst`` gives ``line-3-st``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
    return slug if slug[:1].isalpha() else f"e-{slug}".rstrip("-") if slug else f"e-{uuid4().hex[:8]}"


def still_said(flag: Flag, answer: Answer) -> bool:
    """Whether any of the flag's quotes still stands in the answer; a flag without quotes always does."""
    quotes = [quote.text for quote in flag.quotes if quote.text]
    return not quotes or any(_stands_in(answer, quote) for quote in quotes)


def _stands_in(answer: Answer, quote: str) -> bool:
    return any(quote in text for text in (*(cell.text for cell in answer.cells), answer.evidence, answer.choice))


def vendor_added(now: Evaluation, name: str) -> events.VendorAdded:
    """A new vendor with an id of its own; refused when the name is empty or taken."""
    name = name.strip()
    if not name:
        raise Refused("The vendor needs a name.")
    if any(known.name.casefold() == name.casefold() for known in now.vendors):
        raise Refused(f"{name} is in this evaluation already.")
    slug, taken = slug_of(name), {known.id for known in now.vendors}
    ids = (slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3)))
    return events.VendorAdded(vendor=next(free for free in ids if free not in taken), name=name)


def find_vendor(now: Evaluation, name: str) -> Vendor | None:
    """The vendor with this id or name, whatever its case; None where there is none."""
    wanted = name.strip().casefold()
    return next((known for known in now.vendors if wanted in (known.id.casefold(), known.name.casefold())), None)


def rating_member(now: Evaluation, name: str) -> str:
    """The name, as the panel has it, of somebody who may rate and say what should weigh how much."""
    for member in now.evaluators:
        if member.name.casefold() == name.strip().casefold():
            if member.discipline is Discipline.observer:
                raise Refused(f"{member.name} is on the panel as an observer, and observers do not rate or weigh.")
            return member.name
    listed = ", ".join(member.name for member in now.evaluators) or "nobody yet"
    raise Refused(f"{name} is not on the panel. On it: {listed}.")


def check_quote(answer: Answer, quote: str) -> None:
    """Refuse a quote that does not stand in the answer word for word; an empty one is none."""
    if quote and not _stands_in(answer, quote):
        raise Refused("The quoted words do not stand in the answer. Copy them exactly as the vendor wrote them.")


def raised_with(flag: Flag, received: ReceivedResponse | None, quote: str, reason: str) -> events.FlagRaised:
    """The event that raises ``flag`` with these words, or adds them to it."""
    version = received.version if received else 0
    quotes = (Quote(text=quote, reason=reason, response_version=version),) if quote or reason else ()
    kept = flag.model_dump(exclude={"id", "quotes", "decisions"})
    return events.FlagRaised(flag=flag.id, quotes=quotes, **kept)


def decided(flag: str, state: FlagState, reason: str, owner: str) -> events.FlagDecided:
    """A decision that keeps the rules."""
    if state is FlagState.raised:
        raise Refused("A flag is confirmed, dismissed, accepted, or a clarification is sent.")
    if not reason.strip():
        raise Refused("A decision on a red flag needs a reason.")
    if state is FlagState.accepted and not owner.strip():
        raise Refused("Accepting a red flag needs the name of the person who owns the risk.")
    kept = owner.strip() if state is FlagState.accepted else ""
    return events.FlagDecided(flag=flag, state=state, reason=reason.strip(), owner=kept)


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
