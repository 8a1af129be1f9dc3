"""The facilitator's key: issued where the app is started, kept as its hash alone, good for a week."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from ii_vendor.store import Record

KEY_BYTES = 16
KEY_DAYS = 7


def issue_key(record: Record) -> str:
    """A new key of 128 random bits, good for ``KEY_DAYS`` days in every app process on this database."""
    key, now = secrets.token_urlsafe(KEY_BYTES), datetime.now(UTC)
    record.keep_facilitator_key(_hash_of(key), now, now + timedelta(days=KEY_DAYS))
    return key


def key_is_good(record: Record, key: str) -> bool:
    """Whether this key was issued for this database and has not expired."""
    expires = record.facilitator_key_expires(_hash_of(key)) if key else None
    return expires is not None and datetime.now(UTC) < expires


def revoke_keys(record: Record) -> int:
    """End every facilitator's link and session at once, in every app process; gives how many were still good."""
    return record.forget_facilitator_keys()


def _hash_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
