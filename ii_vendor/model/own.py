"""A questionnaire of a team's own, with rubrics that somebody still has to write."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field, StringConstraints, model_validator

from ii_vendor.model.base import Frozen, Id, Words
from ii_vendor.model.questionnaire import Question, Questionnaire
from ii_vendor.model.rubric import LEVELS, TOP_LEVEL, Exemplars, Rubric, Severity

Text = Annotated[str, StringConstraints(strip_whitespace=True)]
"""Text that may still be empty."""

LevelKey = Annotated[int, Field(ge=0, le=TOP_LEVEL)]


class Unfinished(Frozen):
    """A value whose keys may be there without a value, as somebody leaves them who fills in a form."""

    @model_validator(mode="before")
    @classmethod
    def _without_empty_keys(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        # A key that nobody knows is told, whether it has a value or not.
        return {key: _filled(value) for key, value in given.items() if value is not None or key not in cls.model_fields}


def _filled(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [item for item in value if item not in (None, "")]
    if isinstance(value, dict):
        return {name: item for name, item in value.items() if item not in (None, "")}
    return value


class RedFlagDraft(Unfinished):
    """A red flag that may lack words."""

    id: Id
    statement: Text = ""
    severity: Severity | None = None
    gate: bool = False
    ask: Text = ""


class RubricDraft(Unfinished):
    """How one question is to be judged, as far as it has been written. ``Rubric`` says what each key is."""

    question: Id
    rationale: Text = ""
    levels: dict[LevelKey, Text] = Field(default_factory=dict)
    red_flags: tuple[RedFlagDraft, ...] = ()
    good_signs: tuple[Words, ...] = ()
    verify: Text = ""
    clause: Text = ""
    references: tuple[Words, ...] = ()
    exemplars: Exemplars | None = None

    @model_validator(mode="before")
    @classmethod
    def _no_empty_exemplars(cls, given: Any) -> Any:
        if isinstance(given, dict) and isinstance(given.get("exemplars"), dict):
            return {**given, "exemplars": _filled(given["exemplars"]) or None}
        return given

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """What it lacks, in words such as ``level 2`` or ``a red flag``; nothing where it is whole."""
        lacking = [] if self.rationale else ["why it matters"]
        lacking += _levels_words([str(level) for level in LEVELS if not self.levels.get(level)])
        lacking += [] if self.red_flags else ["a red flag"]
        for number, flag in enumerate(self.red_flags, start=1):
            lacking += [f"red flag {number}: {what}" for what in _lacking_in(flag)]
        lacking += [] if self.good_signs else ["a good sign"]
        lacking += [] if self.verify else ["how to verify it"]
        lacking += [] if self.clause else ["a contract clause"]
        return tuple(lacking)

    @property
    def begun(self) -> bool:
        """Whether anything has been written."""
        return self != RubricDraft(question=self.question)

    @cached_property
    def rubric(self) -> Rubric | None:
        """The rubric; None while something is missing."""
        return None if self.missing else Rubric.model_validate(self.model_dump())

    @classmethod
    def like(cls, rubric: Rubric | RubricDraft, question: str) -> RubricDraft:
        """A start for ``question`` from another one's rubric. The ids of its red flags begin with ``question``."""
        written = rubric.model_dump(exclude={"exemplars"}) | {"question": question}
        for flag in written["red_flags"]:
            flag["id"] = f"{question}-{flag['id'].removeprefix(f'{rubric.question}-')}"[:64]
        return cls.model_validate(written)


def _levels_words(lacking: list[str]) -> list[str]:
    if len(lacking) < 2:
        return [f"level {level}" for level in lacking]
    return ["all levels" if len(lacking) == len(LEVELS) else f"levels {', '.join(lacking[:-1])} and {lacking[-1]}"]


def _lacking_in(flag: RedFlagDraft) -> list[str]:
    words = {"its statement": flag.statement, "its severity": flag.severity, "what to ask": flag.ask}
    return [what for what, said in words.items() if not said]


class OwnQuestionnaire(Frozen):
    """A questionnaire of a team's own. ``rubrics`` are by question, for those that have any words yet.

    It can be asked once every question has a whole rubric.
    """

    questionnaire: Questionnaire
    rubrics: Mapping[str, RubricDraft] = {}

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Its questions by id, in the order asked."""
        return {question.id: question for question in self.questionnaire.questions()}

    def rubric(self, question: str) -> RubricDraft:
        """What is written of the rubric of ``question``; an empty one where nothing is."""
        return self.rubrics.get(question) or RubricDraft(question=question)

    @cached_property
    def unjudged(self) -> tuple[str, ...]:
        """Ids of the questions without a whole rubric, in the order asked."""
        return tuple(key for key in self.questions if self.rubric(key).missing)

    def next_unjudged(self, question: str) -> str:
        """The next question without a whole rubric, after ``question`` and then from the top; empty where it is the
        only one, or there is none."""
        order = list(self.questions)
        at = order.index(question)
        return next((key for key in (*order[at + 1 :], *order[:at]) if key in self.unjudged), "")

    @property
    def ready(self) -> bool:
        """Whether an evaluation may ask it."""
        return not self.unjudged

    @property
    def progress(self) -> str:
        """How far its rubrics are, in a sentence without its full stop."""
        asked, lacking = len(self.questions), len(self.unjudged)
        if not lacking:
            return "the only question has its rubric" if asked == 1 else f"all {asked} questions have their rubrics"
        if asked == 1:
            return "the only question has no whole rubric yet"
        return f"{lacking} of {asked} questions {'has' if lacking == 1 else 'have'} no whole rubric yet"
