"""Adds up the events of workshops: who is in the room, and who voted what in which round."""

from __future__ import annotations

from ii_vendor.model import events
from ii_vendor.model import workshop_events as steps
from ii_vendor.model.events import Event
from ii_vendor.model.workshop import Left, Round, Vote, Workshop


class Sessions:
    """The workshops of an evaluation under construction. ``apply`` each event in order."""

    def __init__(self) -> None:
        self.workshops: tuple[Workshop, ...] = ()

    def apply(self, change: object, event: Event) -> None:
        """Take an event's change; one that is not about a workshop is passed over."""
        match change:
            case steps.WorkshopOpened():
                opened = Workshop(
                    number=change.number,
                    code=change.code,
                    settings=change.settings,
                    opened_at=event.at,
                    opened_by=event.actor,
                )
                self.workshops = (*self.workshops, opened)
            case steps.WorkshopChanged():
                self._update(code=change.code, settings=change.settings)
            case steps.WorkshopClosed():
                self._update(closed_at=event.at)
            case steps.WorkshopJoined():
                self._join(change, event)
            case steps.WorkshopLeft():
                self._leave(change.evaluator, released=change.released)
            case events.LinksRevoked() | events.SeatClosed() if self._is_open:
                self._leave(change.evaluator, released=True)
            case events.InterestsDeclared() if self._is_open and change.conflicts:
                self._take_back(change)
            case steps.RoundOpened():
                self._open(change, event)
            case steps.VoteCast():
                self._vote(change, event)
            case steps.VotesRevealed():
                self._round(change.round, revealed_at=event.at, revealed_how=change.how)
            case steps.RevealUndone():
                undone = self._newest.rounds[change.round - 1].undone + 1
                self._round(change.round, revealed_at=None, revealed_how="", undone=undone)
            case steps.ItemPutOff():
                left = Left(item=change.item, how=change.how, reason=change.reason, by=event.actor, at=event.at)
                self._update(left={**self._newest.left, change.item.key: left})

    @property
    def _is_open(self) -> bool:
        return bool(self.workshops) and self._newest.is_open

    @property
    def _newest(self) -> Workshop:
        return self.workshops[-1]

    def _update(self, **changed: object) -> None:
        self.workshops = (*self.workshops[:-1], self._newest.model_copy(update=changed))

    def _round(self, number: int, **changed: object) -> None:
        rounds = list(self._newest.rounds)
        rounds[number - 1] = rounds[number - 1].model_copy(update=changed)
        self._update(rounds=tuple(rounds))

    def _join(self, change: steps.WorkshopJoined, event: Event) -> None:
        now = self._newest
        ballots = {**now.ballots, change.ballot: change.evaluator} if change.ballot else now.ballots
        self._update(ballots=ballots, present={**now.present, change.evaluator: event.at})

    def _leave(self, evaluator: str, *, released: bool) -> None:
        now = self._newest
        present = {name: since for name, since in now.present.items() if name != evaluator}
        ballots = now.ballots
        if released:
            ballots = {ballot: name for ballot, name in ballots.items() if name != evaluator}
            self._seal(evaluator)
        self._update(present=present, ballots=ballots)

    def _seal(self, evaluator: str) -> None:
        for each in self._newest.rounds:
            if not each.revealed and evaluator in each.votes:
                sealed = each.votes[evaluator].model_copy(update={"sealed": True})
                self._round(each.id, votes={**each.votes, evaluator: sealed})

    def _take_back(self, declared: events.InterestsDeclared) -> None:
        """Set aside what somebody voted on a vendor before they declared a conflict with it, but for what was shown."""
        for each in self._newest.rounds:
            if not each.revealed and each.item.vendor in declared.conflicts:
                voted = tuple(name for name in each.voted if name != declared.evaluator)
                self._round(each.id, voted=voted, votes={name: each.votes[name] for name in voted})

    def _open(self, change: steps.RoundOpened, event: Event) -> None:
        now = self._newest
        opened = Round(
            id=change.round,
            item=change.item,
            number=len(now.rounds_of(change.item)) + 1,
            opened_at=event.at,
            opened_by=event.actor,
        )
        left = {key: each for key, each in now.left.items() if key != change.item.key}
        self._update(rounds=(*now.rounds, opened), left=left)

    def _vote(self, change: steps.VoteCast, event: Event) -> None:
        known = self._newest.rounds[change.round - 1]
        vote = Vote(**change.model_dump(exclude={"kind", "workshop", "round"}), at=event.at)
        # Whoever changes a vote keeps the place: the order of the names tells nothing about votes.
        voted = known.voted if change.evaluator in known.voted else (*known.voted, change.evaluator)
        self._round(change.round, voted=voted, votes={**known.votes, change.evaluator: vote})
        if change.evaluator not in self._newest.present:
            self._update(present={**self._newest.present, change.evaluator: event.at})
