"""Comparisons that the screen needs beside the one at hand, worked out once: no vote moves them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock

from ii_vendor.model.scorecard import Comparison
from ii_vendor.workshop.live import Live

MOST = 16
"""As many are kept, in all the workshops of this process."""

_lock = Lock()
_kept: list[tuple[Comparison, Hashable, Comparison]] = []


def remembered(live: Live, what: Hashable, work_out: Callable[[], Comparison]) -> Comparison:
    """What ``work_out`` gives, which rests on ``what`` and on how the vendors stand, and on nothing else."""
    with _lock:
        for standing, known, comparison in _kept:
            if standing is live.comparison and known == what:
                return comparison
    comparison = work_out()
    with _lock:
        _kept.append((live.comparison, what, comparison))
        del _kept[:-MOST]
    return comparison
