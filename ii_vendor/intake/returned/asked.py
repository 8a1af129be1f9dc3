"""The questions that are asked now, by id and by words, and how the words of a workbook compare with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from typing import Literal

from ii_vendor.intake import layout
from ii_vendor.intake.foreign.negation import negated
from ii_vendor.intake.own_text import own_texts
from ii_vendor.model.questionnaire import Question, Questionnaire

Wording = Literal["unknown", "same", "reworded", "opposite", "other"]
"""How the words of a question in a workbook compare with those asked now: ``unknown`` where the workbook shows none,
``opposite`` where one asks whether something is not so and the other whether it is, ``other`` where they ask something
else altogether."""

_WORD = re.compile(r"\w+")
_ANOTHER_QUESTION = 0.4
_SAME_BUT_FOR_NEGATION = 0.5
_SLIP_OF_THE_PEN = 0.8


class Asked:
    """The questions of several questionnaires."""

    def __init__(self, questionnaires: Sequence[Questionnaire]) -> None:
        self.sections = [
            (questionnaire, section) for questionnaire in questionnaires for section in questionnaire.sections
        ]
        self.questions = {question.id: question for _, section in self.sections for question in section.questions}

    @cached_property
    def own_texts(self) -> frozenset[str]:
        """Every text that the template itself writes on the sheets of these sections."""
        return frozenset().union(*(own_texts(*pair) for pair in self.sections))

    @cached_property
    def _by_words(self) -> dict[str, str]:
        return _named_by((text, id_) for id_, question in self.questions.items() for text in _ways_to_write(question))

    @cached_property
    def _by_guidance(self) -> dict[str, str]:
        return _named_by((layout.guidance_text(question), id_) for id_, question in self.questions.items())

    def by_words(self, text: str) -> str:
        """The id of the question with exactly these words, case and spacing aside; empty where there is none."""
        return self._by_words.get(text) or self._by_words.get(_folded(text), "")

    def by_guidance(self, text: str) -> str:
        """The id of the question with exactly this guidance; empty where there is none, or more than one."""
        return self._by_guidance.get(text) or self._by_guidance.get(_folded(text), "")

    def with_option(self, text: str, besides: str) -> str:
        """The id of another question that offers this option; empty where there is none."""
        has = (id_ for id_, question in self.questions.items() if id_ != besides and text.strip() in question.options)
        return next(has, "")


def compare(words: str, question: Question) -> Wording:
    """How the words beside an answer compare with those of a question asked now."""
    if not words.strip():
        return "unknown"
    title, _, text = words.partition("\n")
    then = text or words
    ways = tuple(_ways_to_write(question))
    if words in ways or _folded(words) in map(_folded, ways) or _alike(then, question.text):
        return "same"
    alike = likeness(then, question.text)
    if alike >= _SAME_BUT_FOR_NEGATION and negated(then, question.text):
        return "opposite"
    if alike >= _ANOTHER_QUESTION or (text and _folded(title) == _folded(question.title)):
        return "reworded"
    return "other"


def asked_words(words: str) -> str:
    """The question itself, without the title that stands above it in the same cell."""
    return " ".join((words.partition("\n")[2] or words).split())


def _named_by(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Questions by a text that belongs to one of them alone, as it is written and folded."""
    named = dict.fromkeys((way, id_) for text, id_ in pairs for way in (text, _folded(text)))
    times = Counter(text for text, _ in named)
    return {text: id_ for text, id_ in named if times[text] == 1}


def _ways_to_write(question: Question) -> Iterator[str]:
    yield from (question.text, layout.question_text(question))


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def likeness(one: str, other: str) -> float:
    """0-1: the share of words that both have, in the same order."""
    return SequenceMatcher(None, _folded(one).split(), _folded(other).split(), autojunk=False).ratio()


def _alike(one: str, other: str) -> bool:
    """Whether two texts differ by slips of the pen alone: word for word nearly the same, and no number changed."""
    first, second = _folded(one).split(), _folded(other).split()
    if len(first) != len(second):
        return False
    changed = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    return not any(_differ(a, b) for a, b in changed)


def _differ(one: str, other: str) -> bool:
    if one[0] != other[0] or min(len(one), len(other)) < 4 or any(letter.isdigit() for letter in one + other):
        return True
    return SequenceMatcher(None, one, other).ratio() < _SLIP_OF_THE_PEN
