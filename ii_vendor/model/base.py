"""The base of every domain type: immutable, and strict about unknown keys."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, StringConstraints


class Frozen(BaseModel):
    """A value: never changed after it is made, and refusing keys that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with ``update``. What was worked out from the fields before, such as a hash, is worked out anew."""
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied


Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.-]{0,63}$")]
"""A stable text id such as ``Q4``, ``DEA-3`` or ``lock_in``: a letter, then letters, digits, ``_ . -``; at most 64."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Text that must say something."""


def canonical_json(value: object) -> str:
    """JSON with sorted keys and no spaces: the same value always gives the same text."""
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json")
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def sha256_of(value: object) -> str:
    """SHA-256 of ``canonical_json(value)``, as 64 hex digits."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()
