"""The base of every domain type: immutable, and strict about unknown keys."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, StringConstraints, model_serializer


class Frozen(BaseModel):
    """A value: never changed after it is made, and refusing keys that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with ``update``. What was worked out from the fields before, such as a hash, is worked out anew."""
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied


class Grown(Frozen):
    """A value that got keys after others like it were kept: while such a key has its default it is left out of what is
    written, so that the hash of what was kept before stays the same."""

    later: ClassVar[frozenset[str]] = frozenset()

    @model_serializer(mode="wrap")
    def _without_later_defaults(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        written: dict[str, Any] = write(self)
        fields = type(self).model_fields
        for name in self.later:
            if name in written and getattr(self, name) == fields[name].get_default(call_default_factory=True):
                del written[name]
        return written


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
