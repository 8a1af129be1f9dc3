"""What takes away from a good statement: hedges, promises, time limits, exceptions, unusual words, red flags."""

from __future__ import annotations

from collections.abc import Sequence

from ii_vendor.detect.context import Context
from ii_vendor.model.signal import Signal

NOT_TODAY = "not available today"
TIME_LIMITED = "for a limited time only"
HEDGED = "weak: hedged"
MIXED = "mixed: with an exception"
UNUSUAL = "weak: unusual words"
BESIDE_RED = "weak: beside a red flag"
QUALIFIERS = {
    NOT_TODAY: "Promised, but not available today",
    TIME_LIMITED: "For a limited time only",
    HEDGED: "In hedged words",
    MIXED: "With an exception",
    UNUSUAL: "In words that good answers rarely use",
    BESIDE_RED: "Beside what may be a red flag",
}
"""How a modifier is put before a reason."""

_STATED = ((NOT_TODAY, "roadmap"), (TIME_LIMITED, "time_limits"), (HEDGED, "hedges"))


def modifiers_of(signal: Signal, context: Context, following: Context | None) -> tuple[str, ...]:
    """What the sentence, or an exception right after it, takes away from a good statement."""
    if signal.polarity != "good":
        return ()
    found = [modifier for modifier, name in _STATED if context.says(name)]
    if context.excepted() or (following is not None and following.excepted(opening=True)):
        found.append(MIXED)
    return tuple(found)


def qualified(reason: str, modifiers: Sequence[str]) -> str:
    """The reason, led by what takes away from it: a promise for later must not read as if it were kept."""
    led = "; ".join(QUALIFIERS[modifier] for modifier in modifiers)
    return f"{led}: {reason}" if led else reason
