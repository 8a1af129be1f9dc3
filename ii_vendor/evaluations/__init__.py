"""The one door for every change to an evaluation: who may, what changes, what is recorded, in one transaction."""

from __future__ import annotations

from ii_vendor.evaluations.judging import Judging
from ii_vendor.evaluations.preparing import Preparing
from ii_vendor.evaluations.weighing import Weighing
from ii_vendor.rules import Refused, slug_of, still_said
from ii_vendor.store import Listed, NoSuchEvaluation


class Evaluations(Preparing, Judging, Weighing):
    """Every use case that reads or changes evaluations, on behalf of ``actor``, whose name goes into the record."""

    def acting_as(self, actor: str) -> Evaluations:
        """The same evaluations on behalf of somebody else."""
        return Evaluations(self._record, actor)


__all__ = ["Evaluations", "Listed", "NoSuchEvaluation", "Refused", "slug_of", "still_said"]
