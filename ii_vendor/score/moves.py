"""What another weighting changes: whose rank and whose verdict."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ii_vendor.model.scorecard import Comparison


class Move(NamedTuple):
    """One change for one vendor. ``what`` is ``rank`` or ``verdict``; a dash stands for no rank."""

    name: str
    what: str
    old: str
    new: str


def moves(now: Comparison, then: Comparison) -> Iterator[Move]:
    """Every rank and verdict that differs between two comparisons of the same vendors, in the order of ``then``."""
    before = {card.vendor: card for card in now.vendors}
    for card in then.ranked():
        was = before[card.vendor]
        if was.rank != card.rank:
            yield Move(card.name, "rank", str(was.rank or "–"), str(card.rank or "–"))
        if was.verdict.outcome is not card.verdict.outcome:
            yield Move(card.name, "verdict", was.verdict.outcome.value, card.verdict.outcome.value)
