"""The private folder of one read: inside the data folder, gone afterwards, and swept where a crash left one behind."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ii_vendor.folders import data_path

_PREFIX = "ii-vendor-"
LEFTOVER_SECONDS = 24 * 60 * 60
"""A folder older than this belongs to no read that still runs."""


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder that nobody else may open, removed at the end.

    It lies in ``tmp`` of the data folder; where there is no data folder yet, or none that can be written to, in the
    system's folder for temporary files.
    """
    with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=_home(), ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _home() -> Path | None:
    """The folder of all private folders, swept; None where the system's own is to be used."""
    data = data_path()
    if not data.is_dir():
        return None
    home = data / "tmp"
    try:
        home.mkdir(mode=0o700, exist_ok=True)
        _sweep(home)
    except OSError:
        return None
    return home if os.access(home, os.W_OK | os.X_OK) else None


def _sweep(home: Path) -> None:
    """Remove what reads that never came to their end left behind."""
    for folder in home.glob(f"{_PREFIX}*"):
        # Another process may be sweeping, too.
        with suppress(OSError):
            if time.time() - folder.lstat().st_mtime > LEFTOVER_SECONDS:
                shutil.rmtree(folder)
