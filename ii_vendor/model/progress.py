"""How far the panel has come, in counts that say nothing of any level."""

from __future__ import annotations

from collections.abc import Mapping

from ii_vendor.model.base import Frozen


class SeatProgress(Frozen):
    """One seat: of ``assigned`` answers it has ``rated`` so many. ``left_by_question`` counts what is still to rate,
    by question; a question that is done is not in it."""

    evaluator: str
    declared: bool
    handed_in: bool
    taken: bool
    assigned: int
    rated: int
    left_by_question: Mapping[str, int]


class Progress(Frozen):
    """Every open seat that rates, in the panel's order, and every question in the order asked."""

    seats: tuple[SeatProgress, ...]
    questions: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether everybody has handed in."""
        return bool(self.seats) and all(seat.handed_in for seat in self.seats)
