"""Loads questionnaires/ and scoring/, checks every line of them, and freezes a selection under one hash."""

from ii_vendor.library.bids import bid_yaml, read_bid
from ii_vendor.library.labelled import LabelledError, read_labelled
from ii_vendor.library.loader import check_signals, load_library, load_shared, own_folder
from ii_vendor.library.shelf import DEFAULT_PROFILE, ContentError, Library, shipped_folder
from ii_vendor.yamlfile import Mistake

__all__ = [
    "DEFAULT_PROFILE",
    "ContentError",
    "LabelledError",
    "Library",
    "Mistake",
    "bid_yaml",
    "check_signals",
    "load_library",
    "load_shared",
    "own_folder",
    "read_bid",
    "read_labelled",
    "shipped_folder",
]
