"""Who may: which seat somebody holds, for whom they may speak, and what their interests keep them from."""

from __future__ import annotations

from datetime import UTC, datetime

from ii_vendor.model.actor import Actor
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.seat import Evaluator
from ii_vendor.rules.refusal import Refused
from ii_vendor.rules.wording import find_vendor

NO_LINK = "This evaluation opens with a personal link. Ask the facilitator for yours."


def own_seat(now: Evaluation, actor: Actor) -> Evaluator | None:
    """The seat that ``actor`` holds here; None for somebody without one.

    At this computer one sits on a seat by its name, until somebody has come to it by a link of their own.
    """
    seat = now.seat(actor.name)
    if seat is None or seat.closed:
        return None
    if actor.here:
        return None if seat.name in now.taken else seat
    return seat if actor.seat_in == now.id and _still_known(now, actor, seat) else None


def _still_known(now: Evaluation, actor: Actor, seat: Evaluator) -> bool:
    if actor.email:
        return actor.email.casefold() == seat.email.casefold()
    if now.workshop and now.workshop.ballots.get(actor.session) == seat.name:
        return True
    session = now.sessions.get(actor.session)
    return session is not None and session.evaluator == seat.name and session.state_at(datetime.now(UTC)) == "good"


def by_code(now: Evaluation, actor: Actor) -> bool:
    """Whether ``actor`` is known by a ballot alone, which anybody in the room could have joined for."""
    return now.workshop is not None and actor.session in now.workshop.ballots


def votes_by_ballot(now: Evaluation, actor: Actor, seat: Evaluator) -> bool:
    """Whether this seat takes part with a ballot while ``actor`` is at this computer: whoever gives its name here may
    be anybody, and neither reads its hidden votes nor speaks for it."""
    return actor.here and now.workshop is not None and seat.name in now.workshop.ballots.values()


def check_may_enter(now: Evaluation, actor: Actor) -> None:
    """Refuse a visitor without a seat here and without the facilitator's right."""
    if not actor.facilitates and own_seat(now, actor) is None:
        raise Refused(NO_LINK)


def check_own_name(now: Evaluation, actor: Actor) -> None:
    """Refuse somebody from elsewhere who signs with the name of a seat that they do not hold."""
    if not actor.here and now.seat(actor.name) is not None and own_seat(now, actor) is None:
        raise Refused(f"{actor.name} is the name of a seat on this panel. Give your own name in the bar above.")


def check_facilitates(actor: Actor, what: str) -> None:
    """Refuse everybody but a facilitator. ``what`` completes "Only the facilitator can ..."."""
    if not actor.facilitates:
        raise Refused(f"Only the facilitator can {what}.")


def member(now: Evaluation, name: str) -> Evaluator:
    """The seat of this name, closed or not. Refused where there is none."""
    seat = now.seat(name)
    if seat is None:
        listed = ", ".join(each.name for each in now.evaluators) or "nobody yet"
        raise Refused(f"{name} is not on the panel. On it: {listed}.")
    return seat


def speaking_for(now: Evaluation, actor: Actor, name: str) -> Evaluator:
    """The seat for which ``actor`` says something: their own, or at this computer one that nobody has taken yet."""
    check_may_enter(now, actor)
    seat = member(now, name)
    if seat.closed:
        raise Refused(f"The seat of {seat.name} is closed. What it said stays; nothing can be added.")
    if votes_by_ballot(now, actor, seat):
        raise Refused(f"{seat.name} takes part with a phone. Free the seat first to enter here what they say.")
    held = own_seat(now, actor)
    if held is not None and held.name == seat.name:
        return seat
    if actor.here and seat.name not in now.taken:
        return seat
    if actor.facilitates:
        raise Refused(f"{seat.name} has a personal link, and only with it can anybody speak for this seat.")
    raise Refused(f"You speak for {held.name if held else 'nobody'} here, not for {seat.name}.")


def rating_member(now: Evaluation, actor: Actor, name: str) -> Evaluator:
    """The same for somebody who may rate and say what should weigh how much."""
    seat = speaking_for(now, actor, name)
    if not seat.discipline.judges:
        raise Refused(f"{seat.name} is on the panel as an observer, and observers do not rate or weigh.")
    if not seat.rates:
        raise Refused(f"{seat.name} oversees this evaluation and does not rate or weigh.")
    return seat


def check_impartial(now: Evaluation, seat: Evaluator, vendor: str) -> None:
    """Refuse a seat that has not declared its interests, or has a conflict with this vendor."""
    declared = now.declarations.get(seat.name)
    if declared is None:
        raise Refused(
            f"{seat.name} has not declared interests yet. Responses open once that is done, on the page Panel."
        )
    if vendor not in declared.vendors:
        raise Refused(
            f"{now.vendor(vendor).name} was added after {seat.name} declared interests. Declare them anew on the page "
            "Panel."
        )
    if vendor in declared.conflicts:
        raise Refused(
            f"{seat.name} declared a conflict of interest with {now.vendor(vendor).name} and takes no part in "
            "judging it."
        )


def check_open_to(now: Evaluation, seat: Evaluator | None, vendor: str) -> None:
    """Refuse a seat to which the responses of this vendor, named by id or name, are closed. No seat: all are open."""
    if seat is None:
        return
    known = find_vendor(now, vendor)
    if known is None:
        raise Refused(
            f"{seat.name} sits on the panel and has declared no interests in {vendor} yet. The facilitator accepts a "
            "new vendor's response: choose nobody in the bar above, or leave out --as."
        )
    check_impartial(now, seat, known.id)


def check_may_judge(now: Evaluation, actor: Actor, vendor: str) -> Evaluator | None:
    """The seat that judges a red flag of this vendor; None where the facilitator does. Refused for everybody else."""
    check_may_enter(now, actor)
    seat = own_seat(now, actor)
    if seat is None:
        named = now.seat(actor.name)
        return None if named is None or not actor.here else speaking_for(now, actor, named.name)
    if not seat.discipline.judges:
        raise Refused(f"{seat.name} is on the panel as an observer, and observers do not judge.")
    check_impartial(now, seat, vendor)
    return seat


def check_may_moderate(now: Evaluation, actor: Actor, vendor: str) -> None:
    """Refuse everybody but the facilitator and the chairs, who are operations and IT."""
    seat = check_may_judge(now, actor, vendor)
    if seat is not None and not seat.discipline.chairs and not actor.facilitates:
        raise Refused("A consensus is recorded by the facilitator or by a chair: operations or IT.")
