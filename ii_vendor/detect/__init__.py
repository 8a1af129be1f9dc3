"""Finds red flags and good answers in what vendors write, with the exact words. Suggestions, never decisions."""

from ii_vendor.detect.check import check
from ii_vendor.detect.engine import find, make_ready
from ii_vendor.detect.language import language_note, partly_note

__all__ = ["check", "find", "language_note", "make_ready", "partly_note"]
