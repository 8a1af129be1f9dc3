"""Scores as words: what stands beside every picture of them."""

from __future__ import annotations

from ii_vendor.model.scorecard import Band, Floor


def number(value: float | None) -> str:
    """A score as a whole number, with one decimal where that would hide something; a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:.1f}" if 0.05 <= value < 1 else f"{value:.0f}"


def band(value: Band) -> str:
    """``12``, or ``12–30`` while something is undecided."""
    low, high = number(value.low), number(value.high)
    return low if low == high else f"{low}–{high}"


def floor_words(floor: Floor) -> str:
    """``Floor 1 at Q4``, and so that a mean is seen to be one, ``Floor 1.5 at Q4``."""
    return "No floor yet" if floor.level is None else f"Floor {round(floor.level, 1):g} at {floor.question}"
