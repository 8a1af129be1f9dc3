"""Where everything lies that this program keeps."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def data_path() -> Path:
    """The place of the data folder: ``II_VENDOR_DATA``, or the user's data folder. Makes nothing."""
    named = os.environ.get("II_VENDOR_DATA")
    return Path(named).expanduser() if named else Path(platformdirs.user_data_dir("ii-vendor", appauthor=False))
