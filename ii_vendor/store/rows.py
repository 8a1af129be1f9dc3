"""Events as rows of the database: made, sealed by their hash, and read back."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from ii_vendor.errors import UserError
from ii_vendor.model.base import canonical_json
from ii_vendor.model.events import Change, Event
from ii_vendor.store.texts import check_is_text, check_says_text

SALT_BYTES = 16

_change: TypeAdapter[Any] = TypeAdapter(Change)


class Head(NamedTuple):
    """The end of a record, where the next event goes."""

    evaluation: str
    sequence: int
    record_hash: str


def event_hash(
    evaluation: str,
    sequence: int,
    at: datetime | str,
    actor: str,
    change: str,
    previous_hash: str,
    via: str = "",
    salt: str = "",
) -> str:
    """SHA-256 over everything an event says and the hash of the event before it, 64 hex digits; ``via`` and ``salt``
    only where there are any, so that events from before they were recorded stay valid."""
    said = [evaluation, sequence, at if isinstance(at, str) else at.isoformat(), actor, change, previous_hash]
    more = [via, salt] if salt else [via] if via else []
    return hashlib.sha256(canonical_json([*said, *more]).encode()).hexdigest()


def rows_after(head: Head, actor: str, via: str, changes: Sequence[Change]) -> Iterator[dict[str, Any]]:
    """The rows of new events, chained to the head of the record. Raises UserError for what is no text."""
    check_is_text(actor, "The name of who does this")
    check_is_text(via, "What says who does this")
    previous_hash = head.record_hash
    for sequence, change in enumerate(changes, head.sequence + 1):
        at, body, salt = datetime.now(UTC), canonical_json(change), secrets.token_hex(SALT_BYTES)
        check_says_text(body, change.kind)
        own_hash = event_hash(head.evaluation, sequence, at, actor, body, previous_hash, via, salt)
        yield {
            "evaluation": head.evaluation,
            "sequence": sequence,
            "at": at.isoformat(),
            "actor": actor,
            "kind": change.kind,
            "change": body,
            "previous_hash": previous_hash,
            "hash": own_hash,
            "via": via,
            "salt": salt,
        }
        previous_hash = own_hash


def event_of(row: Mapping[Any, Any]) -> Event:
    """The event of a row, as everybody who reads it gets it. Raises UserError for one that is no event of ours."""
    try:
        if not all(isinstance(row[name], str) for name in row if name != "sequence"):
            raise ValueError("not text")
        change, at = _change.validate_json(row["change"]), datetime.fromisoformat(row["at"])
    except ValueError as error:
        raise UserError(
            f"Event {row['sequence']} of '{row['evaluation']}' cannot be read: it is not as it was written, or a newer "
            f"ii-vendor wrote it. 'ii-vendor audit verify {row['evaluation']}' tells which."
        ) from error
    return Event.model_construct(
        evaluation=row["evaluation"],
        sequence=row["sequence"],
        at=at,
        actor=row["actor"],
        change=change,
        previous_hash=row["previous_hash"],
        hash=row["hash"],
        via=row["via"],
        salt=row["salt"],
    )
