"""What can be said of a vendor's answer."""

from __future__ import annotations

from ii_vendor.model.panel import Evaluation, ReceivedResponse
from ii_vendor.model.rubric import TOP_LEVEL
from ii_vendor.rules.refusal import Refused


def check_level(level: int | None) -> None:
    """Refuse what is no level: 0-4, or None for not applicable."""
    if level is not None and not 0 <= level <= TOP_LEVEL:
        raise Refused(f"A level is 0, 1, 2, 3 or 4, not {level}.")


def response_judged(now: Evaluation, vendor: str, question: str, level: int | None) -> ReceivedResponse:
    """The response whose answer to ``question`` is given this level. Refused where there is none, and where an answer
    that was left empty would be given more than 0."""
    received, name = now.received(vendor), now.vendor(vendor).name
    if received is None:
        raise Refused(f"{name} has not responded yet. Import a response first.")
    check_level(level)
    if level and not received.response.answer(question).answered:
        raise Refused(f"{name} did not answer {question}: it can only be rated 0 or not applicable.")
    return received
