"""The workshop's rules: who votes on what, when all are in, who leads, and who sees which votes."""

from __future__ import annotations

from datetime import UTC, datetime

from ii_vendor.model.actor import Actor
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.seat import Evaluator
from ii_vendor.model.workshop import Choice, Item, Left, Round, Subject, Vote, Workshop
from ii_vendor.rules.refusal import Refused
from ii_vendor.rules.seats import by_code, check_may_enter, own_seat

NO_WORKSHOP = "No workshop is open now. The facilitator opens one on the page Workshop."


DECLARE_FIRST = "Say first what your interests are: then you can vote."


def workshop_of(now: Evaluation) -> Workshop:
    """The workshop that goes on. Refused where there is none."""
    if now.workshop is None:
        raise Refused(NO_WORKSHOP)
    return now.workshop


def leads(now: Evaluation, actor: Actor) -> bool:
    """Whether ``actor`` may lead the workshop: the facilitator, and the chairs, so that the room never waits for one
    person. A chair who has a personal link, or signs in, leads so: the code on the screen is known to everybody in the
    room."""
    if actor.facilitates:
        return True
    seat = own_seat(now, actor)
    if seat is None or not seat.discipline.chairs:
        return False
    return not by_code(now, actor) or not is_known_otherwise(now, seat)


def is_known_otherwise(now: Evaluation, seat: Evaluator) -> bool:
    """Whether whoever holds this seat can be known by more than its name: by an address to sign in with, or a link that
    opens it, or has opened it on a phone or computer where it is open still."""
    if seat.email:
        return True
    at = datetime.now(UTC)
    passes = (*now.links.values(), *now.sessions.values())
    return any(each.evaluator == seat.name and each.state_at(at) == "good" for each in passes)


def check_leads(now: Evaluation, actor: Actor) -> None:
    """Refuse everybody who may not lead."""
    check_may_enter(now, actor)
    if not leads(now, actor):
        raise Refused("The workshop is led by the facilitator or by a chair: operations or IT.")


def has_joined(now: Evaluation, seat: Evaluator) -> bool:
    """Whether somebody is in the room as this seat already: with a ballot, or by a link of their own."""
    held = workshop_of(now)
    return seat.name in held.ballots.values() or (seat.name in held.present and seat.name in now.taken)


def why_no_vote(now: Evaluation, seat: Evaluator, item: Item) -> str:
    """Why a seat does not vote on this item, in words; empty where it does."""
    if not seat.discipline.judges:
        return "You are here as an observer, and observers do not vote."
    if not seat.rates and item.subject is not Subject.flag:
        return "You oversee this evaluation: you vote on red flags alone."
    if not item.vendor:
        return ""
    declared = now.declarations.get(seat.name)
    if declared is None or item.vendor not in declared.vendors:
        return DECLARE_FIRST
    if item.vendor in declared.conflicts:
        return "You declared a conflict of interest with this vendor, so you take no part in this vote."
    return ""


def voters(now: Evaluation, item: Item) -> tuple[Evaluator, ...]:
    """The open seats that vote on this item, in the panel's order, in the room or not."""
    return tuple(seat for seat in now.evaluators if not seat.closed and not why_no_vote(now, seat, item))


def awaited(now: Evaluation, of: Round, *, absent: bool = False) -> tuple[str, ...]:
    """Who is in the room, or with ``absent`` anywhere else, may vote in this round and has not, in the panel's
    order. Somebody in the room who has still to declare interests is waited for."""
    present, waited = workshop_of(now).present, []
    for seat in now.evaluators:
        why, there = why_no_vote(now, seat, of.item), seat.name in present
        if seat.closed or seat.name in of.voted:
            continue
        if (not why and (there or absent)) or (why == DECLARE_FIRST and there):
            waited.append(seat.name)
    return tuple(waited)


def votes_seen_by(
    now: Evaluation, seat: Evaluator | None, *, facilitates: bool = False, own: bool = True
) -> Evaluation:
    """The evaluation without the votes that are not shown yet, other than with ``own`` those of ``seat``, nor what was
    said about vendors that are closed to it; without ballots for all but the facilitator."""
    if not now.workshops:
        return now
    name = seat.name if seat else ""
    declared = now.declarations.get(name) if seat else None

    def is_closed(item: Item) -> bool:
        return bool(seat and item.vendor and not (declared and declared.clears(item.vendor)))

    def open_votes(workshop: Workshop, each: Round) -> dict[str, Vote]:
        if workshop.hides(each):
            return {voter: vote for voter, vote in each.votes.items() if own and voter == name and not vote.sealed}
        return {} if is_closed(each.item) else dict(each.votes)

    def open_words(each: Left) -> Left:
        return each.model_copy(update={"reason": ""}) if is_closed(each.item) else each

    shown = tuple(
        workshop.model_copy(
            update={
                "rounds": tuple(
                    each.model_copy(update={"votes": open_votes(workshop, each)}) for each in workshop.rounds
                ),
                "left": {key: open_words(each) for key, each in workshop.left.items()},
                "ballots": workshop.ballots if facilitates else {},
            }
        )
        for workshop in now.workshops
    )
    return now.model_copy(update={"workshops": shown})


def extremes(of: Round) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who gave the lowest level and who the highest; nobody where all gave the same or fewer than two gave one."""
    given = {name: vote.choice.level for name, vote in of.votes.items() if vote.choice.level is not None}
    if len(set(given.values())) < 2:
        return (), ()
    low, high = min(given.values()), max(given.values())
    return (
        tuple(name for name, level in given.items() if level == low),
        tuple(name for name, level in given.items() if level == high),
    )


def middle_level(of: Round) -> int | None:
    """The median of the levels given, the lower one of two in the middle; None where nobody gave one."""
    given = sorted(vote.choice.level for vote in of.votes.values() if vote.choice.level is not None)
    return given[(len(given) - 1) // 2] if given else None


def count_of(of: Round) -> dict[Choice, int]:
    """How often each choice was made, in the order of the choices."""
    made = [vote.choice for vote in of.votes.values()]
    return {choice: made.count(choice) for choice in Choice if choice in made}
