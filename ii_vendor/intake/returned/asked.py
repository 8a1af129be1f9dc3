"""The questions that are asked now, by id, by words and by guidance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from ii_vendor.intake import layout
from ii_vendor.intake.own_text import own_texts
from ii_vendor.intake.returned.wording import folded, ways_to_write
from ii_vendor.model.questionnaire import Questionnaire


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
        return _named_by((text, id_) for id_, question in self.questions.items() for text in ways_to_write(question))

    @cached_property
    def _by_guidance(self) -> dict[str, str]:
        return _named_by((layout.guidance_text(question), id_) for id_, question in self.questions.items())

    def by_words(self, text: str) -> str:
        """The id of the question with exactly these words, case and spacing aside; empty where there is none."""
        return self._by_words.get(text) or self._by_words.get(folded(text), "")

    def by_guidance(self, text: str) -> str:
        """The id of the question with exactly this guidance; empty where there is none, or more than one."""
        return self._by_guidance.get(text) or self._by_guidance.get(folded(text), "")

    def with_option(self, text: str, besides: str) -> str:
        """The id of another question that offers this option; empty where there is none."""
        has = (id_ for id_, question in self.questions.items() if id_ != besides and text.strip() in question.options)
        return next(has, "")


def _named_by(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Questions by a text that belongs to one of them alone, as it is written and folded."""
    named = dict.fromkeys((way, id_) for text, id_ in pairs for way in (text, folded(text)))
    times = Counter(text for text, _ in named)
    return {text: id_ for text, id_ in named if times[text] == 1}
