"""The small words that sentences about events are made of: people, vendors, answers, levels, reasons and moments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.report.phrases import listed

QUOTED = 200
"""As many characters of quoted words are shown."""


def moment(at: datetime) -> str:
    """``2 Nov 2026, 12:04:09 UTC``."""
    return f"{at.day} {at:%b %Y, %H:%M:%S %Z}"


def person(name: str, evaluation: Evaluation) -> str:
    """``Amara Osei (operations)``; just the name of somebody without a seat."""
    seat = evaluation.seat(name)
    return f"{name} ({seat.discipline.value})" if seat else name or "Somebody"


def vendor(key: str, evaluation: Evaluation) -> str:
    """The vendor's name as the reader may see it. An id that is not among those shown is one that a mask hides."""
    hidden = "a vendor" if evaluation.masked and key else key
    return next((each.name for each in evaluation.vendors if each.id == key), hidden)


def answer(of_vendor: str, question: str, evaluation: Evaluation) -> str:
    """``Halden Grid, Q3``."""
    return f"{vendor(of_vendor, evaluation)}, {question}"


def flag(key: str, evaluation: Evaluation) -> str:
    """``“It stops” (Halden Grid, Q3)``; the flag's id where the reader may not see it."""
    known = evaluation.flags.get(key)
    return f"“{known.statement.rstrip('.')}” ({answer(known.vendor, known.question, evaluation)})" if known else key


def sections(ids: Sequence[str], content: Content) -> str:
    """``“Lock-in” and “Flows”``."""
    titles = {section.id: section.title for section in content.sections}
    return listed([f"“{titles.get(each, each)}”" for each in ids])


def level(given: int | None) -> str:
    """``level 3`` or ``not applicable``."""
    return "not applicable" if given is None else f"level {given}"


def because(reason: str) -> str:
    """``, because: it was seen on site``; empty without a reason. No full stop at its end."""
    words = " ".join(reason.split()).rstrip(".")
    return f", because: {words}" if words else ""


def owned(owner: str) -> str:
    """``, owned by Ines``."""
    return f", owned by {owner}" if owner else ""


def quoted(words: str) -> str:
    """`` Quoted: “…”``, cut where it is long."""
    line = " ".join(words.split())
    if not line:
        return ""
    return f" Quoted: “{line if len(line) <= QUOTED else line[: QUOTED - 1] + '…'}”"
