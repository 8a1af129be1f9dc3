"""Signals: wording that points to a red flag or to a good answer, and the lexicon they are written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from ii_vendor.model.base import Frozen, Id, Words, sha256_of

ConceptName = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{1,39}$")]
"""The name of a concept, in capitals: ``LOSS``, ``OUR_CLOUD``."""

Phrase = Words
"""Words as a vendor writes them, in lower case.

``stop*`` any ending; ``a/b`` one of these words; ``[our]`` may be missing; ``#`` a number; ``..`` up to six other
words; ``{LOSS}`` any phrase of that concept. Spaces match hyphens too.
"""

Pattern = Words
"""One or more phrases joined by `` & ``: all must stand in the same sentence, in any order.

A phrase that begins with ``!`` must be absent from the sentence.
"""

_CONCEPT = re.compile(r"\{([^{}]*)\}")


def concepts_in(text: str) -> list[str]:
    """Names of the concepts that a phrase or pattern uses."""
    return _CONCEPT.findall(text)


class Language(Frozen):
    """How English turns a statement around: lists of phrases that the engine treats alike for every signal."""

    negations: tuple[Phrase, ...] = ()
    negations_after: tuple[Phrase, ...] = ()
    not_negations: tuple[Phrase, ...] = ()
    conditions: tuple[Phrase, ...] = ()
    hedges: tuple[Phrase, ...] = ()
    roadmap: tuple[Phrase, ...] = ()
    exceptions: tuple[Phrase, ...] = ()
    not_exceptions: tuple[Phrase, ...] = ()
    time_limits: tuple[Phrase, ...] = ()
    not_ours: tuple[Phrase, ...] = ()
    past: tuple[Phrase, ...] = ()


class Lexicon(Frozen):
    """The shared vocabulary. ``concepts`` are named lists of phrases; a concept may use others, never itself."""

    concepts: dict[ConceptName, tuple[Phrase, ...]] = Field(default_factory=dict)
    language: Language = Language()

    @model_validator(mode="after")
    def _every_concept_ends(self) -> Self:
        for name in self.concepts:
            self._follow(name, ())
        for phrases in dict(self.language).values():
            self._follow_all("language", phrases, ())
        return self

    def _follow(self, name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise ValueError(f"the concept {name} uses itself")
        self._follow_all(name, self.concepts[name], (*above, name))

    def _follow_all(self, user: str, phrases: Iterable[str], above: tuple[str, ...]) -> None:
        for used in (name for phrase in phrases for name in concepts_in(phrase)):
            if used not in self.concepts:
                raise ValueError(f"{user} uses the concept {{{used}}}, which the lexicon does not have")
            self._follow(used, above)


class Fact(Frozen):
    """A yes-or-no fact that a signal states, shared between signals: opposite values contradict each other."""

    name: Id
    value: bool


class SignalTests(Frozen):
    """A signal's own sentences. ``hit`` must be found; ``none`` reads alike and must not be (a good twin, mostly)."""

    hit: tuple[Words, ...] = Field(min_length=1)
    none: tuple[Words, ...] = Field(min_length=1)


class Signal(Frozen):
    """Wording that suggests a red flag or a good answer.

    ``flags`` gives the rubric's red flag for each question that the signal is looked for in. A good signal names
    ``questions``; its ``flags``, if any, are raised when the good thing is promised for later or for a limited time
    only. ``columns`` narrows the search in tables to the columns with these titles. ``ask`` is the counter-question;
    where it is empty, the rubric's is used.
    """

    id: Id
    polarity: Literal["red", "good"]
    flags: dict[Id, Id] = Field(default_factory=dict)
    questions: tuple[Id, ...] = ()
    columns: tuple[Words, ...] = ()
    reason: Words
    ask: str = ""
    fact: Fact | None = None
    patterns: tuple[Pattern, ...] = Field(min_length=1)
    tests: SignalTests

    @model_validator(mode="after")
    def _points_somewhere(self) -> Self:
        if self.polarity == "red" and (not self.flags or self.questions):
            raise ValueError(f"the red signal {self.id} names its questions in 'flags' (question: red flag)")
        if self.polarity == "good" and not self.questions:
            raise ValueError(f"the good signal {self.id} needs 'questions'")
        return self

    @property
    def applies_to(self) -> tuple[str, ...]:
        """Ids of the questions whose answers are searched for this signal."""
        return self.questions or tuple(self.flags)

    def reads_column(self, title: str) -> bool:
        """Whether a cell under this column title is searched; cells without a column always are."""
        return not self.columns or not title or title.casefold() in {each.casefold() for each in self.columns}


class SignalSet(Frozen):
    """The lexicon and every signal: part of what an evaluation freezes."""

    lexicon: Lexicon = Lexicon()
    signals: tuple[Signal, ...] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        problems = [*self._taken_ids(), *self._unknown_concepts()]
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def _taken_ids(self) -> Iterator[str]:
        ids = [signal.id for signal in self.signals]
        for name in sorted({name for name in ids if ids.count(name) > 1}):
            yield f"the signal id '{name}' is used twice"

    def _unknown_concepts(self) -> Iterator[str]:
        for signal in self.signals:
            for name in (name for pattern in signal.patterns for name in concepts_in(pattern)):
                if name not in self.lexicon.concepts:
                    yield f"signal {signal.id} uses the concept {{{name}}}, which the lexicon does not have"

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the set, 64 hex digits."""
        return sha256_of(self)

    def __hash__(self) -> int:
        return hash(self.digest)
