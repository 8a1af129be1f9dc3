"""The panel: who is invited, by which personal link, with which interests, and who has handed in."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from ii_vendor.evaluations.door import Door
from ii_vendor.evaluations.showing import shown_without
from ii_vendor.model import events
from ii_vendor.model.actor import Actor
from ii_vendor.model.events import Change
from ii_vendor.model.panel import Evaluation, Vendor
from ii_vendor.model.seat import Discipline, Evaluator, Stage
from ii_vendor.rules import Refused
from ii_vendor.rules.assignment import asked_in, assignment, still_to_rate
from ii_vendor.rules.flags import flags_reopened
from ii_vendor.rules.seats import by_code, check_facilitates, member, own_seat, rating_member, speaking_for
from ii_vendor.rules.stages import check_not_locked, check_stage
from ii_vendor.store import Listed, NoSuchEvaluation

SECRET_BYTES = 16
NO_SEAT = "This link opens no seat here. Check that it is whole, or ask the facilitator for a new one."
LINK_DAYS = 14
SESSION_DAYS = 30


class SessionGiven(NamedTuple):
    """What a personal link was exchanged for: ``secret`` opens the seat of ``evaluator`` until ``expires_at``."""

    evaluator: str
    secret: str
    expires_at: datetime


def hash_of(secret: str) -> str:
    """SHA-256 of a secret, 64 hex digits: all that is kept of it. 128 random bits need no slower hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Seating(Door):
    """Who sits on the panel, and how each comes to the seat."""

    def add_evaluator(
        self,
        evaluation: str,
        name: str,
        discipline: Discipline,
        *,
        sections: Sequence[str] = (),
        rating: bool = True,
        email: str = "",
    ) -> Evaluation:
        """Add a seat to the panel. Names are unique, whatever their case.

        ``sections`` are the ids of those to rate, all where empty; without ``rating`` the seat rates none, as an asset
        owner who oversees. ``email`` is the address by which OpenID Connect knows the person.
        """
        name, email = name.strip(), email.strip()

        def decide(now: Evaluation) -> list[Change]:
            check_facilitates(self._actor, "invite people to the panel")
            check_not_locked(now)
            if not name:
                raise Refused("The evaluator needs a name.")
            if now.seat(name):
                raise Refused(f"{name} is on the panel already.")
            if email and any(email.casefold() == seat.email.casefold() for seat in now.evaluators):
                raise Refused(f"{email} belongs to another seat already.")
            return [
                events.EvaluatorAdded(
                    name=name,
                    discipline=discipline,
                    sections=self._sections(now, sections),
                    rating=rating,
                    email=email,
                )
            ]

        return self._change(evaluation, decide)

    def assign(self, evaluation: str, evaluator: str, sections: Sequence[str], *, reason: str) -> Evaluation:
        """Give a seat other sections to judge, with a reason; all of them where ``sections`` is empty."""

        def decide(now: Evaluation) -> list[Change]:
            check_facilitates(self._actor, "change what a seat judges")
            check_stage(now, (Stage.setup, Stage.open, Stage.scoring), "Assignments are changed")
            if not reason.strip():
                raise Refused("Another assignment needs a reason that will stand in the record.")
            seat = member(now, evaluator)
            if seat.name in now.handed_in:
                raise Refused(f"{seat.name} has handed in. Give the assignment back first.")
            return [
                events.SeatChanged(evaluator=seat.name, sections=self._sections(now, sections), reason=reason.strip())
            ]

        return self._change(evaluation, decide)

    def _sections(self, now: Evaluation, wanted: Sequence[str]) -> tuple[str, ...]:
        known = [section.id for section in self.content(now).sections]
        unknown = [each for each in wanted if each not in known]
        if unknown:
            raise Refused(f"There is no section '{unknown[0]}' in this evaluation. There are: {', '.join(known)}.")
        return tuple(each for each in known if each in wanted)

    def issue_link(self, evaluation: str, evaluator: str, *, days: int = LINK_DAYS) -> str:
        """Make a personal link for a seat, good for one use within 1 to 90 ``days``: gives ``evaluation/secret``, which
        stands nowhere else. The facilitator makes links for all, a seat for itself, for another device."""
        if not 1 <= days <= 90:
            raise Refused("A personal link can be good for 1 to 90 days.")
        secret = secrets.token_urlsafe(SECRET_BYTES)

        def decide(now: Evaluation) -> list[Change]:
            seat, held = member(now, evaluator), own_seat(now, self._actor)
            if not self._actor.facilitates and (held is None or held.name != seat.name or by_code(now, self._actor)):
                raise Refused("A link is made by the facilitator, or by whoever holds the seat.")
            if seat.closed:
                raise Refused(f"The seat of {seat.name} is closed.")
            expires = datetime.now(UTC) + timedelta(days=days)
            return [events.LinkIssued(evaluator=seat.name, link=hash_of(secret), expires_at=expires)]

        return f"{self._change(evaluation, decide).id}/{secret}"

    def look_at_link(self, evaluation: str, secret: str) -> Evaluator:
        """Whose seat a personal link opens. Refused, in words, where it opens none. Changes nothing."""
        now = self._known(evaluation)
        if now is None:
            raise Refused(NO_SEAT)
        return _linked_seat(now, secret)

    def _known(self, evaluation: str) -> Evaluation | None:
        """The whole evaluation of this id; a visitor must not learn from a wrong one which there are."""
        try:
            return self._record.evaluation(evaluation)
        except NoSuchEvaluation:
            return None

    def take_seat(self, evaluation: str, secret: str) -> SessionGiven:
        """Exchange a personal link for a session. The link opens nothing after that."""
        session, expires = secrets.token_urlsafe(SECRET_BYTES), datetime.now(UTC) + timedelta(days=SESSION_DAYS)
        name = self.look_at_link(evaluation, secret).name

        def decide(now: Evaluation) -> list[Change]:
            seat = _linked_seat(now, secret)
            return [
                events.SeatTaken(
                    evaluator=seat.name,
                    how="personal link",
                    link=hash_of(secret),
                    session=hash_of(session),
                    expires_at=expires,
                )
            ]

        # Whoever holds the link acts here as the seat that it opens, before there is a session to know them by.
        self._record.change(evaluation, name, decide, via="personal link")
        return SessionGiven(name, session, expires)

    def seat_by_session(self, evaluation: str, secret: str) -> Actor | None:
        """Who holds this session; None where it opens nothing."""
        now, key = self._known(evaluation), hash_of(secret)
        known = now.sessions.get(key) if now else None
        if now is None or known is None:
            return None
        actor = Actor.seated(now.id, known.evaluator, "personal link", session=key)
        return actor if own_seat(now, actor) else None

    def seat_by_email(self, evaluation: str, email: str) -> Actor | None:
        """Whose seat has this address, verified by OpenID Connect; None for nobody's. The first use is recorded."""
        now = self._known(evaluation)
        if now is None:
            return None
        seat = next((each for each in now.evaluators if email and each.email.casefold() == email.casefold()), None)
        if seat is None or seat.closed:
            return None
        how = f"OpenID Connect ({email})"
        if seat.name not in now.taken:
            taken = events.SeatTaken(evaluator=seat.name, how=how)
            self._record.change(now.id, seat.name, lambda then: [] if seat.name in then.taken else [taken], via=how)
        return Actor.seated(now.id, seat.name, how, email=seat.email)

    def seats_of(self, email: str) -> list[Listed]:
        """The evaluations in which an open seat has this address, verified by OpenID Connect, newest first."""
        wanted = email.casefold()
        return [
            each
            for each in self._record.listing()
            if wanted
            and any(
                seat.email.casefold() == wanted and not seat.closed
                for seat in self._record.evaluation(each.id, each.sequence).evaluators
            )
        ]

    def revoke_links(self, evaluation: str, evaluator: str, *, reason: str) -> Evaluation:
        """End every link and session of a seat, and signing in by its e-mail. The seat stays; a new link opens it."""

        def decide(now: Evaluation) -> list[Change]:
            check_facilitates(self._actor, "revoke links")
            if not reason.strip():
                raise Refused("Revoking links needs a reason that will stand in the record.")
            return [events.LinksRevoked(evaluator=member(now, evaluator).name, reason=reason.strip())]

        return self._change(evaluation, decide)

    def close_seat(self, evaluation: str, evaluator: str, *, reason: str) -> Evaluation:
        """Remove a seat from the panel. Its links end; its ratings, proposals and words stay and count as before."""

        def decide(now: Evaluation) -> list[Change]:
            check_facilitates(self._actor, "close a seat")
            check_not_locked(now)
            seat = member(now, evaluator)
            if seat.closed:
                raise Refused(f"The seat of {seat.name} is closed already.")
            if not reason.strip():
                raise Refused("Closing a seat needs a reason that will stand in the record.")
            return [events.SeatClosed(evaluator=seat.name, reason=reason.strip()), *shown_without(now, seat.name)]

        return self._change(evaluation, decide)

    def declare(self, evaluation: str, evaluator: str, conflicts: Mapping[str, str] | None = None) -> Evaluation:
        """Record what a seat declares of its interests: ``conflicts`` says by vendor id what stands in the way, nothing
        where it is empty. Responses open with it, but for those vendors. A conflict once declared stays."""

        def decide(now: Evaluation) -> list[Change]:
            seat = speaking_for(now, self._actor, evaluator)
            check_not_locked(now)
            said = {self._own(now, vendor): why.strip() for vendor, why in (conflicts or {}).items()}
            known = {vendor.id for vendor in now.vendors}
            for vendor, why in said.items():
                if vendor not in known:
                    raise Refused(f"There is no vendor '{vendor}' in this evaluation.")
                if not why:
                    # Without the vendor's name, which would tell whose letter is whose.
                    raise Refused("Say what each conflict of interest is: a few words are enough.")
            before = now.declarations.get(seat.name)
            if before and before.conflicts.keys() - said.keys():
                raise Refused("A conflict of interest that was declared stays on record and cannot be withdrawn.")
            everyone = tuple(vendor.id for vendor in now.vendors)
            declared = events.InterestsDeclared(evaluator=seat.name, vendors=everyone, conflicts=said)
            shown = shown_without(now, seat.name, of_vendors=frozenset(said))
            return [declared, *flags_reopened(now, seat, said), *shown]

        return self._change(evaluation, decide)

    def bidders(self, evaluation: Evaluation) -> tuple[Vendor, ...]:
        """Every vendor under its own name, in the order of names, to declare interests by. Where names are hidden, the
        order does not tell which answers are whose."""
        return tuple(sorted(self._whole(evaluation.id).vendors, key=lambda vendor: vendor.name.casefold()))

    def hand_in(self, evaluation: str, evaluator: str) -> Evaluation:
        """Hand in an assignment that is rated throughout. Its ratings are closed, and those of the others who have
        handed in open."""

        def decide(now: Evaluation) -> list[Change]:
            seat = rating_member(now, self._actor, evaluator)
            check_stage(now, (Stage.scoring,), "Assignments are handed in")
            if seat.name in now.handed_in:
                raise Refused(f"{seat.name} has handed in already.")
            asked = asked_in(self.content(now))
            left = still_to_rate(now, seat, asked)
            if left:
                vendor, question = left[0]
                raise Refused(
                    f"{len(left)} answers are not rated yet, {now.vendor(vendor).name}, {question} for one. Rate them "
                    "first."
                )
            if not assignment(now, seat, asked):
                raise Refused(f"{seat.name} has nothing to rate, so there is nothing to hand in.")
            return [events.AssignmentHandedIn(evaluator=seat.name)]

        return self._change(evaluation, decide)

    def return_assignment(self, evaluation: str, evaluator: str, *, reason: str) -> Evaluation:
        """Give a seat its assignment back, so that ratings can be changed. The record keeps the earlier ones."""

        def decide(now: Evaluation) -> list[Change]:
            check_facilitates(self._actor, "give an assignment back")
            check_stage(now, (Stage.scoring,), "Assignments are given back")
            seat = member(now, evaluator)
            if seat.name not in now.handed_in:
                raise Refused(f"{seat.name} has not handed in.")
            if not reason.strip():
                raise Refused("Giving an assignment back needs a reason that will stand in the record.")
            return [events.AssignmentReturned(evaluator=seat.name, reason=reason.strip())]

        return self._change(evaluation, decide)


def _linked_seat(now: Evaluation, secret: str) -> Evaluator:
    known = now.links.get(hash_of(secret))
    if known is None:
        raise Refused(NO_SEAT)
    why = {
        "used": "This link was used already: a link opens a seat once.",
        "expired": "This link is no longer good: its time is over.",
        "revoked": "This link was withdrawn.",
    }.get(known.state_at(datetime.now(UTC)))
    seat = now.seat(known.evaluator)
    if seat is None or seat.closed:
        raise Refused("The seat that this link opened is closed.")
    if why:
        raise Refused(f"{why} Ask the facilitator for a new one.")
    return seat
