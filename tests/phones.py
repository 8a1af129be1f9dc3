"""Votes of people who have joined a workshop with their phones."""

from __future__ import annotations

from typing import Any

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.actor import Actor
from ii_vendor.model.workshop import Choice


def vote(evaluations: Evaluations, key: str, name: str, round_id: int, choice: Choice, **said: Any) -> None:
    """Vote as the holder of a ballot; as somebody at this computer for a seat without one."""
    now = evaluations.get(key)
    assert now.workshop
    held = next((ballot for ballot, holder in now.workshop.ballots.items() if holder == name), None)
    voter = Actor.seated(now.id, name, "workshop code", session=held) if held else name
    evaluations.acting_as(voter).vote(key, name, round_id, choice, **said)
