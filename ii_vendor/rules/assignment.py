"""What a seat has to rate, and what of it is still to do."""

from __future__ import annotations

from collections.abc import Collection

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.seat import Evaluator

Asked = Collection[tuple[str, str]]
"""Section and question of everything that is asked, in order."""


def asked_in(content: Content) -> list[tuple[str, str]]:
    """Section and question of everything that is asked, in order."""
    return [(content.section_of[question].id, question) for question in content.questions]


def assignment(now: Evaluation, seat: Evaluator, asked: Asked) -> list[tuple[str, str]]:
    """Every (vendor, question) that the seat is to rate: its sections, of vendors that have responded and with which it
    has no conflict of interest. Empty for a seat that does not rate."""
    if not seat.rates:
        return []
    declared = now.declarations.get(seat.name)
    barred = declared.conflicts if declared else {}
    vendors = [vendor.id for vendor in now.vendors if now.responses.get(vendor.id) and vendor.id not in barred]
    questions = [question for section, question in asked if not seat.sections or section in seat.sections]
    return [(vendor, question) for vendor in vendors for question in questions]


def still_to_rate(now: Evaluation, seat: Evaluator, asked: Asked) -> list[tuple[str, str]]:
    """What of the assignment has no rating of the seat yet."""
    return [pair for pair in assignment(now, seat, asked) if (*pair, seat.name) not in now.ratings]


def is_complete(now: Evaluation, seat: Evaluator, asked: Asked) -> bool:
    """Whether the seat has handed in, and no response that came later gives it more to rate."""
    return seat.name in now.handed_in and not still_to_rate(now, seat, asked)
