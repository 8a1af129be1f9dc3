"""What somebody may see of an evaluation: no ratings of others too early, and nothing where interests conflict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ii_vendor.model import events
from ii_vendor.model import workshop_events as steps
from ii_vendor.model.actor import Actor
from ii_vendor.model.base import sha256_of
from ii_vendor.model.events import Event
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.seat import Evaluator, Stage
from ii_vendor.rules.assignment import Asked, is_complete
from ii_vendor.rules.masking import masked
from ii_vendor.rules.seats import check_may_enter, own_seat, votes_by_ballot
from ii_vendor.rules.workshop import votes_seen_by


def seen_by(now: Evaluation, actor: Actor, asked: Asked) -> Evaluation:
    """The evaluation as ``actor`` may see it; ``withheld`` and ``closed_vendors`` say what is missing. Refused for
    somebody who may not see it at all.

    Ratings open with moderation; before that one sees one's own, and once one has handed in and rated all that is
    ``asked`` of one, those of others who have done so too. A seat sees responses only after it declared its interests,
    and never those of a vendor with which it has a conflict. In a workshop nobody sees others' votes before they are
    shown.
    """
    view, seat = opened_to(now, actor, asked), own_seat(now, actor)
    return masked(view, seat) if now.masked and seat and not actor.facilitates else view


def opened_to(now: Evaluation, actor: Actor, asked: Asked) -> Evaluation:
    """The same with the vendors' own names, for use behind the door alone: to hide them takes longer than all else."""
    check_may_enter(now, actor)
    seat = own_seat(now, actor)
    own = seat is not None and not votes_by_ballot(now, actor, seat)
    now = votes_seen_by(now, seat, facilitates=actor.facilitates, own=own)
    withheld, closed = _unseen_raters(now, seat, asked), _closed_vendors(now, seat)
    view = now
    if withheld or closed:
        view = _without(now, withheld, closed)
    if seat is not None and not actor.facilitates:
        view = _for_a_seat(view, seat)
    if view is now:
        return now
    mark = sha256_of([sorted(withheld), sorted(closed), actor.facilitates, seat.name if seat else ""])
    return view.model_copy(update={"view": mark})


def _unseen_raters(now: Evaluation, seat: Evaluator | None, asked: Asked) -> frozenset[str]:
    if now.stage.number >= Stage.moderation.number:
        return frozenset()
    rated = {evaluator for _, _, evaluator in (*now.ratings, *now.set_aside)}
    seen: set[str] = set()
    if seat is not None:
        done = {each.name for each in now.evaluators if is_complete(now, each, asked)}
        seen = {seat.name} | (done if seat.name in done else set())
    return frozenset(rated - seen)


def _closed_vendors(now: Evaluation, seat: Evaluator | None) -> frozenset[str]:
    if seat is None:
        return frozenset()
    declared = now.declarations.get(seat.name)
    everyone = {vendor.id for vendor in now.vendors}
    return frozenset(vendor for vendor in everyone if declared is None or not declared.clears(vendor))


def _without(now: Evaluation, withheld: frozenset[str], closed: frozenset[str]) -> Evaluation:
    return now.model_copy(
        update={
            "withheld": withheld,
            "closed_vendors": closed,
            "ratings": {
                key: rating for key, rating in now.ratings.items() if key[0] not in closed and key[2] not in withheld
            },
            "set_aside": {
                key: rating for key, rating in now.set_aside.items() if key[0] not in closed and key[2] not in withheld
            },
            "responses": {vendor: versions for vendor, versions in now.responses.items() if vendor not in closed},
            "flags": {key: flag for key, flag in now.flags.items() if flag.vendor not in closed},
            "second_readings": {key: each for key, each in now.second_readings.items() if key not in closed},
            "prices": {vendor: price for vendor, price in now.prices.items() if vendor not in closed},
            # Where scoring goes on after a moderation: a consensus tells of the ratings that it was made from.
            "consensus": {key: each for key, each in now.consensus.items() if not withheld and key[0] not in closed},
            "dissents": {key: each for key, each in now.dissents.items() if not withheld and key[0] not in closed},
        }
    )


def _for_a_seat(now: Evaluation, seat: Evaluator) -> Evaluation:
    """Without what serves others alone: their links, their weights until one has given one's own, and the interests
    that would tell who is behind a letter."""
    given = {scope for evaluator, scope in now.proposals if evaluator == seat.name}
    proposals = {key: each for key, each in now.proposals.items() if key[0] == seat.name or key[1] in given}
    declarations = {key: each for key, each in now.declarations.items() if key == seat.name or not now.masked}
    serving = {"links": {}, "sessions": {}, "proposals": proposals, "declarations": declarations}
    return now.model_copy(update=serving)


def history_seen(
    view: Evaluation, history: Iterable[Event], mask: Callable[[Event], Event] | None = None
) -> Iterator[Event]:
    """The events as whoever has this ``view`` may see them: what is withheld says only that it happened, and ``mask``
    takes vendors' names out of the rest."""
    for event in history:
        if _is_closed(view, event.change, mask is not None):
            yield _hidden(event, mask is not None)
        else:
            yield mask(event) if mask else event


def _is_closed(view: Evaluation, change: object, hides_names: bool) -> bool:
    vendor = getattr(change, "vendor", "") or getattr(change, "flag", "").partition("/")[0]
    match change:
        case steps.VoteCast():
            voted_in = view.workshops[change.workshop - 1].round(change.round)
            if voted_in is None or change.evaluator not in voted_in.votes:
                return True
            vendor = voted_in.item.vendor
        case steps.RoundOpened() | steps.ItemPutOff():
            vendor = change.item.vendor
        case events.RatingRecorded() if change.evaluator in view.withheld:
            return True
        case events.ConsensusRecorded() | events.DissentRecorded() if view.withheld:
            return True
        case events.WeightsProposed() if (change.evaluator, change.scope) not in view.proposals:
            return True
    # Under a mask every word about a vendor might hold its name.
    if hides_names:
        others = isinstance(change, events.InterestsDeclared) and change.evaluator not in view.declarations
        return bool(vendor) or others
    # That there is such a vendor is known to everybody: one has to say whether one's interests meet it.
    return vendor in view.closed_vendors and not isinstance(change, events.VendorAdded)


def _hidden(event: Event, hides_names: bool) -> Event:
    change = event.change
    shown = ("evaluator", "question") if hides_names else ("evaluator", "vendor", "question")
    kept = {name: getattr(change, name, "") for name in shown}
    return event.model_copy(update={"change": events.Withheld(of_kind=change.kind, **kept), "salt": ""})
