"""Adds up the events about seats: who sits on the panel, by which links, with which interests, and who is done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ii_vendor.model import events
from ii_vendor.model.seat import Declaration, Evaluator, SeatPass, Stage


class Seating:
    """The panel under construction. ``apply`` each event in order; ``parts`` are the evaluation's fields so far."""

    def __init__(self) -> None:
        self._seats: dict[str, Evaluator] = {}
        self._declarations: dict[str, Declaration] = {}
        self._handed_in: dict[str, datetime] = {}
        self._links: dict[str, SeatPass] = {}
        self._sessions: dict[str, SeatPass] = {}
        self._taken: set[str] = set()
        self._informed: set[str] = set()

    def parts(self) -> dict[str, Any]:
        """The fields of an Evaluation that this holds."""
        return {
            "evaluators": tuple(self._seats.values()),
            "declarations": dict(self._declarations),
            "handed_in": dict(self._handed_in),
            "links": dict(self._links),
            "sessions": dict(self._sessions),
            "taken": frozenset(self._taken),
            "informed": frozenset(self._informed),
        }

    def apply(self, change: object, at: datetime) -> None:
        """Take an event's change; one that is not about seats is passed over."""
        match change:
            case events.EvaluatorAdded():
                self._seats[change.name] = Evaluator(**change.model_dump(exclude={"kind"}))
            case events.StageChanged() if change.stage is Stage.moderation:
                self._informed |= self._seats.keys()
            case events.SeatChanged():
                self._update(change.evaluator, sections=change.sections)
            case events.LinkIssued():
                self._links[change.link] = SeatPass(
                    evaluator=change.evaluator, issued_at=at, expires_at=change.expires_at
                )
            case events.SeatTaken():
                self._take(change, at)
            case events.LinksRevoked():
                self._revoke(change.evaluator)
                self._update(change.evaluator, email="")
            case events.SeatClosed():
                self._revoke(change.evaluator)
                self._update(change.evaluator, closed=True)
            case events.InterestsDeclared():
                self._declarations[change.evaluator] = Declaration(
                    evaluator=change.evaluator, vendors=change.vendors, conflicts=change.conflicts, at=at
                )
            case events.AssignmentHandedIn():
                self._handed_in[change.evaluator] = at
                self._informed.add(change.evaluator)
            case events.AssignmentReturned():
                self._handed_in.pop(change.evaluator, None)

    def _update(self, evaluator: str, **changed: object) -> None:
        self._seats[evaluator] = self._seats[evaluator].model_copy(update=changed)

    def _take(self, change: events.SeatTaken, at: datetime) -> None:
        self._taken.add(change.evaluator)
        if change.link in self._links:
            self._links[change.link] = self._links[change.link].model_copy(update={"used": True})
        if change.session and change.expires_at:
            self._sessions[change.session] = SeatPass(
                evaluator=change.evaluator, issued_at=at, expires_at=change.expires_at
            )

    def _revoke(self, evaluator: str) -> None:
        for passes in (self._links, self._sessions):
            for key, each in passes.items():
                if each.evaluator == evaluator:
                    passes[key] = each.model_copy(update={"revoked": True})
