"""People who have joined a workshop with their phones."""

from __future__ import annotations

from typing import Any

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.actor import Actor
from ii_vendor.model.workshop import Choice


def by_phone(evaluations: Evaluations, key: str, name: str) -> Evaluations:
    """The service as the holder of a ballot has it; as somebody at this computer has it for a seat without one."""
    now = evaluations.get(key)
    assert now.workshop
    held = next((ballot for ballot, holder in now.workshop.ballots.items() if holder == name), None)
    return evaluations.acting_as(Actor.seated(now.id, name, "workshop code", session=held) if held else name)


def vote(evaluations: Evaluations, key: str, name: str, round_id: int, choice: Choice, **said: Any) -> None:
    """Vote as that person."""
    by_phone(evaluations, key, name).vote(key, name, round_id, choice, **said)
