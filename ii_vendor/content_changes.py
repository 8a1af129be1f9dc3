"""What is different between two contents, in words that stand in the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ii_vendor.model.base import Frozen
from ii_vendor.model.content import Content

MOST = 200
"""As many characters of an old and a new wording are told."""


def content_changes(before: Content, after: Content) -> tuple[str, ...]:
    """Every question, rubric, signal and fact that came, went or says something else. Weights are the profile's."""
    return (
        *_of("question", dict(before.questions), dict(after.questions)),
        *_of("rubric of", dict(before.rubric), dict(after.rubric)),
        *_of("signal", _signals(before), _signals(after)),
        *_of("fact", dict(before.signals.facts), dict(after.signals.facts)),
        *(["the rules for reading an answer are different"] if before.reading != after.reading else []),
        *_rest(before, after),
    )


def _signals(content: Content) -> dict[str, Frozen]:
    return {signal.id: signal for signal in content.signals.signals}


def _rest(before: Content, after: Content) -> Iterator[str]:
    """What differs outside questions and signals: titles, the lexicon, the figures."""
    rest = {"signals", "facts", "measured", "resemblance"}
    if before.signals.model_dump(exclude=rest) != after.signals.model_dump(exclude=rest):
        yield "the lexicon of the signals is different"
    if before.signals.resemblance != after.signals.resemblance:
        yield "the weights by which wording resembles known red flags are different"
    if before.signals.measured != after.signals.measured:
        yield "how often the signals were right was measured anew"
    if before.questions == after.questions and before.questionnaire_hash != after.questionnaire_hash:
        yield "titles, sections or notes of the questionnaires are different"


def _of(what: str, before: Mapping[str, Frozen], after: Mapping[str, Frozen]) -> Iterator[str]:
    for key in sorted(before.keys() - after.keys()):
        yield f"{what} {key} is gone"
    for key, now in after.items():
        if key not in before:
            yield f"{what} {key} is new"
        elif before[key] != now:
            yield from _fields(f"{what} {key}", before[key], now)


def _fields(what: str, before: Frozen, after: Frozen) -> Iterator[str]:
    written, now = before.model_dump(mode="json"), after.model_dump(mode="json")
    for field in type(after).model_fields:
        # What has its default may be left out of what is written.
        old, new = written.get(field, getattr(before, field)), now.get(field, getattr(after, field))
        if old != new:
            yield f"{what}, {field.replace('_', ' ')}: {_shortened(old)} → {_shortened(new)}"


def _shortened(value: object) -> str:
    text = value if isinstance(value, str) else str(value)
    return f"“{text if len(text) <= MOST else text[: MOST - 1] + '…'}”"
