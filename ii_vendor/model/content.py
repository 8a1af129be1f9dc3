"""What an evaluation is judged by: questionnaires, rubrics, signals and a profile under one hash."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from ii_vendor.model.base import Frozen, Words, sha256_of
from ii_vendor.model.questionnaire import Question, Questionnaire, Section
from ii_vendor.model.rubric import Profile, RedFlagRule, Rubric
from ii_vendor.model.signal import SignalSet

_NOT_ASKED = {"sections": {"__all__": {"questions": {"__all__": {"aliases"}}}}}


class Content(Frozen):
    """Questionnaires with the rubrics, signals and profile that judge their answers.

    ``reading`` holds rules for reading any answer, whatever its rubric.
    """

    questionnaires: tuple[Questionnaire, ...]
    rubrics: tuple[Rubric, ...]
    reading: tuple[Words, ...] = ()
    signals: SignalSet
    profile: Profile

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the whole content, 64 hex digits: any changed word gives another."""
        return sha256_of(self)

    @cached_property
    def questionnaire_hash(self) -> str:
        """SHA-256 of what vendors are asked, and of nothing that evaluators keep: a response workbook carries it.

        Aliases are not asked, so that adding one leaves workbooks that were sent out as they are.
        """
        return sha256_of([each.model_dump(mode="json", exclude=_NOT_ASKED) for each in self.questionnaires])

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Every section, in the order asked."""
        return tuple(section for questionnaire in self.questionnaires for section in questionnaire.sections)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by id, in the order asked."""
        return {question.id: question for section in self.sections for question in section.questions}

    @cached_property
    def section_of(self) -> Mapping[str, Section]:
        """The section that each question id stands in."""
        return {question.id: section for section in self.sections for question in section.questions}

    @cached_property
    def rubric(self) -> Mapping[str, Rubric]:
        """The rubric of each question id."""
        return {rubric.question: rubric for rubric in self.rubrics}

    def red_flag_rules(self) -> Iterator[tuple[str, RedFlagRule]]:
        """Every red flag the rubrics know, with the question it belongs to."""
        for rubric in self.rubrics:
            for rule in rubric.red_flags:
                yield rubric.question, rule

    def with_profile(self, profile: Profile) -> Content:
        """The same content under other weights and thresholds."""
        return Content(
            questionnaires=self.questionnaires,
            rubrics=self.rubrics,
            reading=self.reading,
            signals=self.signals,
            profile=profile,
        )
