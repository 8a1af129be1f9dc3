"""Numbers and dates as text, the way the vendor saw them in the cell."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta

_FIXED = re.compile(r"0(?:\.(0+))?(%?)")


def shown(value: object, number_format: str) -> str:
    """``value`` as the cell shows it: ``1.1`` under ``0.00`` is ``1.10``, a date is ``2026-11-24``."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _number(value, number_format)
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def _number(value: float, number_format: str) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    fixed = _FIXED.fullmatch(number_format.split(";")[0].strip())
    if fixed is None or abs(value) > 1e15:
        return f"{value:.15g}"
    decimals = len(fixed[1] or "")
    return f"{value * 100:.{decimals}f}%" if fixed[2] else f"{value:.{decimals}f}"


def _moment(value: datetime) -> str:
    if value.time() == time():
        return value.date().isoformat()
    return value.isoformat(sep=" ", timespec="minutes" if not value.second else "seconds")
