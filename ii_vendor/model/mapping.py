"""Mappings of workbooks in other layouts that somebody confirmed, kept for the next workbook like it."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import AwareDatetime

from ii_vendor.model.base import Frozen, sha256_of
from ii_vendor.model.workbook import SavedMapping


class ConfirmedMapping(Frozen):
    """A mapping with the questions that it was confirmed against: the words of each by its id."""

    mapping: SavedMapping
    asked: Mapping[str, str]

    @property
    def key(self) -> str:
        """Names it: one for each layout and set of questions. 12 hex digits."""
        return sha256_of([self.mapping.fingerprint, sorted(self.asked)])[:12]


class KeptMapping(ConfirmedMapping):
    """The same as it is kept: who confirmed it last, and when."""

    by: str
    at: AwareDatetime
