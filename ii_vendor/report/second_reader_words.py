"""What is said of the second reader: where text would go, what it pointed to, and what was dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ii_vendor.model import events
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.second_reading import SecondReading
from ii_vendor.report.audit_phrases import vendor
from ii_vendor.report.phrases import counted, listed, of
from ii_vendor.second_reader import Reader

MODEST = (
    "It is a language model: it may be wrong, and what it reads may mislead it. Only quotes that stand in the answer "
    "to the letter, with a red flag of that question, are shown. It raises no red flag and moves no score."
)


def where_words(reader: Reader, *, masked: bool) -> str:
    """Where text would go, before it is sent."""
    place = "on this computer" if reader.here else "another computer"
    names = "Vendors’ names are replaced by letters. " if masked else ""
    open_way = "" if reader.here or reader.encrypted else "It travels unencrypted. "
    return (
        f"What the vendor wrote leaves ii-vendor. It goes to the model {reader.model} at {reader.host} ({place}), with "
        f"the question and its red flags. {names}{open_way}The record says that it was sent."
    )


def found_words(reading: SecondReading, question: str) -> str:
    """Who read one answer and what came of it, to stand after the words "Second reader"."""
    who = f"{reading.reader} at {reading.host}, {reading.at.day} {reading.at:%b %Y}."
    if question in reading.unread:
        return f"{who} Not read: {reading.unread[question]}."
    if any(each.question == question for each in reading.findings):
        return f"{who} It takes these words for red flags: read them."
    return f"{who} It points to nothing here, which proves nothing."


def dropped_words(dropped: Mapping[str, int]) -> str:
    """``Dropped: 2 with words that do not stand in the answer.``; empty where nothing was."""
    if not dropped:
        return ""
    return f"Dropped: {listed([f'{count} ({why})' for why, count in dropped.items()])}."


def outcome_words(reading: SecondReading) -> Iterator[str]:
    """What came of a whole reading, a line a part."""
    read = counted(len(reading.questions), "answer")
    yield f"{reading.reader} at {reading.host} read {read} and points to {counted(len(reading.findings), 'place')}."
    if dropped := dropped_words(reading.dropped):
        yield dropped
    if unread := unread_words(reading.unread):
        yield unread


def unread_words(unread: Mapping[str, str]) -> str:
    """``Not read: Q3 (it did not answer within 120 seconds); Q4, Q5 (not sent after that).``; empty where all was."""
    by_reason: dict[str, list[str]] = {}
    for question, why in unread.items():
        by_reason.setdefault(why, []).append(question)
    told = "; ".join(f"{', '.join(questions)} ({why})" for why, questions in by_reason.items())
    return f"Not read: {told}." if told else ""


def second_reading_words(change: events.SecondReadingRecorded, evaluation: Evaluation) -> str:
    """The event in a sentence, after the name of whoever did it."""
    whose = of(vendor(change.vendor, evaluation))
    names = ", with vendors’ names hidden" if change.masked else ""
    said = " ".join(part for part in (dropped_words(change.dropped), unread_words(change.unread)) if part)
    read = f" It read {', '.join(change.questions)} and pointed to {counted(len(change.findings), 'place')}."
    return (
        f"sent answers of version {change.version} of {whose} response to the second reader {change.reader} at "
        f"{change.host}{names}.{read if change.questions else ''} {said}"
    ).rstrip()
