"""How the words of a question in a returned workbook compare with those asked now, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from ii_vendor.intake import layout
from ii_vendor.intake.foreign.negation import negated
from ii_vendor.intake.notes import Notes, quoted
from ii_vendor.intake.raw import RawSheet
from ii_vendor.model.questionnaire import Question

Wording = Literal["unknown", "same", "reworded", "opposite", "other"]
"""How the words of a question in a workbook compare with those asked now: ``unknown`` where the workbook shows none,
``opposite`` where one asks whether something is not so and the other whether it is, ``other`` where they ask something
else altogether."""

_SHOWN = 400
_WORD = re.compile(r"\w+")
_ANOTHER_QUESTION = 0.4
_SAME_BUT_FOR_NEGATION = 0.5
_SLIP_OF_THE_PEN = 0.8


def compare(words: str, question: Question) -> Wording:
    """How the words beside an answer compare with those of a question asked now."""
    if not words.strip():
        return "unknown"
    title, _, text = words.partition("\n")
    then = text or words
    ways = tuple(ways_to_write(question))
    if words in ways or folded(words) in map(folded, ways) or _alike(then, question.text):
        return "same"
    alike = likeness(then, question.text)
    if alike >= _SAME_BUT_FOR_NEGATION and negated(then, question.text):
        return "opposite"
    if alike >= _ANOTHER_QUESTION or (text and folded(title) == folded(question.title)):
        return "reworded"
    return "other"


def asked_words(words: str) -> str:
    """The question itself, without the title that stands above it in the same cell."""
    return " ".join((words.partition("\n")[2] or words).split())


def asked_then(words: str) -> str:
    """The label of an answer that must be read with the question it was given to."""
    return f"Asked then: {asked_words(words)}"


def tell_wording(
    notes: Notes, sheet: RawSheet, cell: str, question: str, words: str, wording: Wording, answer: str
) -> None:
    """Tell how the words beside an answer differ from the question asked now, if they do. ``cell`` is where they
    stand."""
    then = quoted(asked_words(words), longest=_SHOWN)
    if wording == "other":
        said = quoted(answer, longest=_SHOWN)
        message = (
            f"{question} was another question in this workbook: {then}. Its answer is kept beside the response: {said}."
        )
        notes.add("warning", message, "Ask the vendor to answer the question that is asked now.", sheet, cell)
    elif wording == "opposite":
        message = f"{question} asked the opposite in this workbook: a yes there is a no here. It asked {then}."
        remedy = "Read the answer with the question it was given to; the two are kept together."
        notes.add("warning", message, remedy, sheet, cell)
    elif wording == "reworded":
        message = f"{question} was worded differently in this workbook: {then}."
        notes.add("warning", message, "Check that the answer fits the question asked now.", sheet, cell)


def ways_to_write(question: Question) -> Iterator[str]:
    """The question as a workbook may show it: with its title above it, and without."""
    yield from (question.text, layout.question_text(question))


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """The words of a text, without case, spacing and punctuation."""
    return " ".join(_WORD.findall(text.casefold()))


def likeness(one: str, other: str) -> float:
    """0-1: the share of words that both have, in the same order."""
    return SequenceMatcher(None, folded(one).split(), folded(other).split(), autojunk=False).ratio()


def _alike(one: str, other: str) -> bool:
    """Whether two texts differ by slips of the pen alone: word for word nearly the same, and no number changed."""
    first, second = folded(one).split(), folded(other).split()
    if len(first) != len(second):
        return False
    changed = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    return not any(_differ(a, b) for a, b in changed)


def _differ(one: str, other: str) -> bool:
    if one[0] != other[0] or min(len(one), len(other)) < 4 or any(letter.isdigit() for letter in one + other):
        return True
    return SequenceMatcher(None, one, other).ratio() < _SLIP_OF_THE_PEN
