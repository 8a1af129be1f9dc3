"""What a second reader, a language model that the owner configured, pointed to in a vendor's answers."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import AwareDatetime, Field

from ii_vendor.model.base import Frozen
from ii_vendor.model.response import Finding

SECOND_READER = "second-reader"
"""What stands as the signal of its findings."""


class SecondReading(Frozen):
    """One reading of version ``version`` of a response, from 1.

    ``reader`` is the model's name, ``host`` where the text was sent. ``questions`` were read; ``unread`` says of those
    that were sent or were to be, and gave nothing to use, why. ``findings`` are possible red flags whose quotes stand
    in the answers to the letter; ``dropped`` counts, by reason, what the reader said besides. ``masked``: vendors'
    names were hidden in what was sent.
    """

    version: int
    reader: str
    host: str
    masked: bool = False
    questions: tuple[str, ...] = ()
    unread: Mapping[str, str] = Field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    dropped: Mapping[str, int] = Field(default_factory=dict)
    by: str
    at: AwareDatetime
