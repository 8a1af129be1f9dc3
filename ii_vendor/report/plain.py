"""The comparison and the record as plain JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ii_vendor.model.events import Event
from ii_vendor.model.scorecard import Comparison, Scorecard


def comparison_dict(comparison: Comparison) -> dict[str, Any]:
    """``{evaluation, name, content_hash, record_hash, profile, vendors: [...]}``, best rank first, rejected last."""
    return {
        "evaluation": comparison.evaluation,
        "name": comparison.name,
        "content_hash": comparison.content_hash,
        "record_hash": comparison.record_hash,
        "profile": comparison.profile,
        "vendors": [_vendor(card) for card in comparison.ranked()],
    }


def comparison_json(comparison: Comparison) -> str:
    """``comparison_dict`` as indented JSON."""
    return json.dumps(comparison_dict(comparison), indent=2, ensure_ascii=False)


def record_jsonl(events: Iterable[Event]) -> str:
    """One event a line, oldest first, with the times written as the hashes have them.

    A change has just the keys that were recorded: one that a later version added would give another hash.
    """
    return "".join(json.dumps(_event(event), ensure_ascii=False) + "\n" for event in events)


def _event(event: Event) -> dict[str, Any]:
    return {
        "evaluation": event.evaluation,
        "sequence": event.sequence,
        "at": event.at.isoformat(),
        "actor": event.actor,
        "via": event.via,
        "change": {"kind": event.change.kind, **event.change.model_dump(mode="json", exclude_unset=True)},
        "previous_hash": event.previous_hash,
        "hash": event.hash,
        "salt": event.salt,
    }


def _vendor(card: Scorecard) -> dict[str, Any]:
    return {
        "id": card.vendor,
        "name": card.name,
        "rank": card.rank,
        "provisional": card.provisional,
        "autonomy": {
            **card.autonomy.model_dump(),
            "sections": {
                score.section: {"title": score.title, **score.autonomy.model_dump()} for score in card.sections
            },
        },
        "red_flags": card.red_flags.model_dump(),
        "floor": card.floor.model_dump(),
        "verdict": card.verdict.outcome.value,
        "reasons": [str(reason) for reason in card.verdict.reasons],
    }
