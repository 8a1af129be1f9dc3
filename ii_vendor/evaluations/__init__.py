"""The one door for every change to an evaluation: who may, what changes, what is recorded, in one transaction."""

from __future__ import annotations

from ii_vendor.evaluations.gathering import BallotGiven
from ii_vendor.evaluations.mapping import Mappings
from ii_vendor.evaluations.offline import Offline
from ii_vendor.evaluations.rereading import Rereading
from ii_vendor.evaluations.rewording import ContentEffect, Rewording
from ii_vendor.evaluations.seating import SessionGiven
from ii_vendor.evaluations.voting import Voting
from ii_vendor.model.actor import Actor
from ii_vendor.rules import NeedsSecondLook, Refused, Stale, slug_of, still_said
from ii_vendor.store import Listed, NoSuchEvaluation


class Evaluations(Mappings, Rewording, Rereading, Offline, Voting):
    """Every use case that reads or changes evaluations, on behalf of ``actor``, whose name goes into the record."""

    def acting_as(self, actor: Actor | str) -> Evaluations:
        """The same evaluations on behalf of somebody else. A plain name stands for somebody at this computer, and is
        refused from anywhere else."""
        if isinstance(actor, str):
            if not self._actor.here:
                raise Refused(f"Only at the computer that holds the data can somebody act as {actor}.")
            actor = Actor.at_this_computer(actor, via=self._actor.via)
        return Evaluations(self._record, actor)


__all__ = [
    "Actor",
    "BallotGiven",
    "ContentEffect",
    "Evaluations",
    "Listed",
    "NeedsSecondLook",
    "NoSuchEvaluation",
    "Refused",
    "SessionGiven",
    "Stale",
    "slug_of",
    "still_said",
]
