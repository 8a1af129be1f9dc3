"""What the signals see in one answer, in words: signals, possible red flags, or nothing that they recognise."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ii_vendor.detect import language_note, partly_note
from ii_vendor.model.response import Answer, Finding
from ii_vendor.model.rubric import Rubric
from ii_vendor.report.phrases import counted


class Kind(StrEnum):
    """What a finding is, the gravest first: the name of its mark in style.css."""

    red = "red"
    possible = "possible"
    evasion = "evasion"
    good = "good"
    partly = "partly"
    likely = "likely"


SIGNS = {
    Kind.red: "⚑",
    Kind.possible: "?",
    Kind.evasion: "≈",
    Kind.good: "✓",
    Kind.partly: "◐",
    Kind.likely: "◌",
}
NAMES = {
    Kind.red: "Red flag",
    Kind.possible: "Possible red flag",
    Kind.evasion: "Evasive",
    Kind.good: "Good sign",
    Kind.partly: "Partly",
    Kind.likely: "Likely good",
}
_COUNTED = {
    Kind.red: ("red flag",),
    Kind.possible: ("possible red flag",),
    Kind.good: ("good sign",),
    Kind.partly: ("good sign with a limit", "good signs with a limit"),
}
RESEMBLES_RED = "It resembles wording that was a red flag elsewhere: read it."
SOMETIMES_RED = "Such wording is a red flag in some answers and harmless in others: read it."
RESEMBLES_GOOD = "It is like answers that were good elsewhere. That is only likely: read it."
NOTHING = "Nothing recognised. Not answered, or wording unknown: read it and ask."
UNANSWERED = "Not answered: counts as level 0."


def kind_of(finding: Finding) -> Kind:
    """What a finding is, as it is shown."""
    if finding.polarity == "red":
        return Kind.possible if finding.possible else Kind.red
    if finding.polarity == "evasion":
        return Kind.evasion
    if finding.possible:
        return Kind.likely
    return Kind.partly if finding.modifiers else Kind.good


@dataclass(frozen=True)
class Seen:
    """What is seen in an answer. ``languages`` says which languages its cells are written in that nobody analysed."""

    answered: bool
    findings: tuple[Finding, ...]
    languages: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Whether there are words, all of them analysed, and none was recognised."""
        return self.answered and not self.findings and not self.languages

    def of(self, kind: Kind) -> tuple[Finding, ...]:
        """The findings of one kind, in reading order."""
        return tuple(finding for finding in self.findings if kind_of(finding) is kind)


def seen_in(answer: Answer, findings: Sequence[Finding]) -> Seen:
    """What ``findings``, those of a whole response, have on this answer."""
    own = tuple(finding for finding in findings if finding.question == answer.question)
    notes = (language_note(cell.text) or partly_note(cell.text) for cell in answer.cells)
    return Seen(answer.answered, own, tuple(dict.fromkeys(note for note in notes if note)))


def state_words(seen: Seen) -> str:
    """The state of an answer in a line: ``2 red flags, 1 possible red flag``."""
    if not seen.answered:
        return UNANSWERED
    found = [
        counted(number, *_COUNTED[kind]) if kind in _COUNTED else NAMES[kind].lower()
        for kind in Kind
        if (number := len(seen.of(kind)))
    ]
    said = [f"{', '.join(found)}.".capitalize()] if found else []
    return " ".join([*said, *language_words(seen)]) or NOTHING


def language_words(seen: Seen) -> tuple[str, ...]:
    """What is said of each language that was not analysed."""
    return tuple(f"{note[:1].upper()}{note[1:]}. Read it yourself." for note in seen.languages)


def because_of(finding: Finding, answer: Answer) -> tuple[str, ...]:
    """The words that made a possible red flag look like one, in reading order."""
    text = answer.cells[finding.cell].text
    return tuple(dict.fromkeys(text[start:end] for start, end in finding.words))


def counter_question(finding: Finding, rubric: Rubric) -> str:
    """What to ask the vendor: what the signal asks, else the rubric for that red flag, else for its gravest one."""
    rules = {rule.id: rule for rule in rubric.red_flags}
    if finding.ask or not rules:
        return finding.ask
    gravest = max(rubric.red_flags, key=lambda rule: (rule.gate, rule.severity.weight))
    return rules.get(finding.flag or "", gravest).ask


def finding_words(finding: Finding, answer: Answer, rubric: Rubric) -> str:
    """What is to be said of one finding, the words that made it look like a red flag, and what to ask."""
    kind = kind_of(finding)
    because = "".join(f" · “{words}”" for words in because_of(finding, answer))
    ask = counter_question(finding, rubric) if kind in (Kind.red, Kind.possible) else finding.ask
    parts = _text(kind, finding), f"Because of: {because[3:]}." if because else "", f"Ask: {ask}" if ask else ""
    return " ".join(part for part in parts if part)


@dataclass(frozen=True)
class Remark:
    """One line under an answer: its kind, what is to be said, the vendor's words behind it, and what to ask."""

    kind: Kind
    text: str
    quotes: tuple[str, ...]
    ask: str

    @property
    def name(self) -> str:
        """What it is, in words."""
        return NAMES[self.kind]


def remarks(seen: Seen, answer: Answer, rubric: Rubric, raised: Collection[str]) -> Iterator[Remark]:
    """What to say of the findings, the gravest first; findings of one kind with one reason and question are told once.

    Left out are those whose red flag is in ``raised``: it stands on the table with the same words.
    """
    grouped: dict[tuple[Kind, str, str], list[str]] = {}
    for kind in Kind:
        for finding in seen.of(kind):
            if kind is Kind.red and finding.flag in raised:
                continue
            text, quotes = _text(kind, finding), because_of(finding, answer) or _quote(finding)
            ask = counter_question(finding, rubric) if kind in (Kind.red, Kind.possible) else finding.ask
            grouped.setdefault((kind, text, "" if kind in (Kind.good, Kind.likely) else ask), []).extend(quotes)
    for (kind, text, ask), words in grouped.items():
        yield Remark(kind, text, tuple(dict.fromkeys(words)), ask)


def _quote(finding: Finding) -> tuple[str, ...]:
    """The words found; none where what was found is a cell left empty."""
    return (finding.quote,) if finding.quote else ()


def _text(kind: Kind, finding: Finding) -> str:
    if kind is Kind.likely:
        return RESEMBLES_GOOD
    if kind is Kind.possible:
        # Only what merely resembles has words that made it look so; a hint has the reason of its signal.
        return RESEMBLES_RED if finding.words else f"{finding.reason} {SOMETIMES_RED}"
    return finding.reason
