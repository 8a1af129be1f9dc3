"""Signals: wording that points to a red flag or to a good answer, and the lexicon they are written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from ii_vendor.model.base import Frozen, Grown, Id, Words, sha256_of
from ii_vendor.model.measurement import Measured
from ii_vendor.model.resemblance import Resemblance

ConceptName = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{1,39}$")]
"""The name of a concept, in capitals: ``LOSS``, ``OUR_CLOUD``."""

Phrase = Words
"""Words as a vendor writes them, in lower case.

``stop*`` any ending; ``a/b`` one of these words; ``[our]`` may be missing; ``#`` a number; ``..`` up to six other
words; ``{LOSS}`` any phrase of that concept. Spaces match hyphens too.
"""

Pattern = Words
"""One or more phrases joined by `` & `` or `` + ``, in any order: all must stand in the same sentence, and those joined
by `` + `` in the same clause.

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


class FactWords(Frozen):
    """A fact in plain words: what its two values say, and what to ask a vendor whose answers state both.

    ``implies`` names other facts, with their values, that hold wherever this one is true.
    """

    when_true: Words
    when_false: Words
    ask: Words
    implies: dict[Id, bool] = Field(default_factory=dict)


class SignalTests(Grown):
    """A signal's own sentences. ``hit`` must be found; neither must be ``twin``, which says the opposite in nearly the
    same words, nor ``none``, which reads alike."""

    later: ClassVar[frozenset[str]] = frozenset({"twin"})

    hit: tuple[Words, ...] = Field(min_length=1)
    twin: tuple[Words, ...] = ()
    none: tuple[Words, ...] = Field(min_length=1)


class Signal(Grown):
    """Wording that suggests a red flag, a good answer, or that the question was evaded.

    ``flags`` gives the rubric's red flag for each question that the signal is looked for in. A good signal names
    ``questions``; its ``flags``, if any, are raised when the good thing is promised for later or for a limited time
    only. An evasion is looked for in every answer. ``hint``: the wording is often harmless, so that it is shown as a
    possible red flag only. ``left_open``: it is found, too, where a cell of a table is empty in a row that is filled
    otherwise. ``columns`` narrows the search in tables to the columns with these titles. ``ask`` is the
    counter-question; where it is empty, the rubric's is used.
    """

    later: ClassVar[frozenset[str]] = frozenset({"hint", "left_open"})

    id: Id
    polarity: Literal["red", "good", "evasion"]
    hint: bool = False
    left_open: bool = False
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
        if self.polarity == "evasion" and (self.flags or self.questions):
            raise ValueError(f"the evasion {self.id} is looked for in every answer: leave out 'flags' and 'questions'")
        if self.hint and self.polarity != "red":
            raise ValueError(f"the signal {self.id} cannot be a hint: only a red flag can be merely possible")
        if self.left_open and self.polarity != "red":
            raise ValueError(f"the signal {self.id} cannot be found in what is left open: only a red flag can")
        return self

    @property
    def applies_to(self) -> tuple[str, ...]:
        """Ids of the questions whose answers are searched for this signal; none for an evasion, found in all."""
        return self.questions or tuple(self.flags)

    def reads_column(self, title: str) -> bool:
        """Whether a cell under this column title is searched; cells without a column always are."""
        return not self.columns or not title or title.casefold() in {each.casefold() for each in self.columns}


class SignalSet(Grown):
    """The lexicon and every signal: part of what an evaluation freezes.

    ``facts`` has the words for facts that signals state. Sets from before there were any have none.
    ``resemblance`` holds the weights of the linear layer; without them nothing is merely possible but hints.
    ``measured`` is how often the findings were right; it is there only where that was measured on this very set.
    """

    later: ClassVar[frozenset[str]] = frozenset({"facts", "resemblance", "measured"})

    lexicon: Lexicon = Lexicon()
    signals: tuple[Signal, ...] = ()
    facts: dict[Id, FactWords] = Field(default_factory=dict)
    resemblance: Resemblance | None = None
    measured: Measured | None = None

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

    @property
    def digest_unmeasured(self) -> str:
        """SHA-256 of all that decides what is found, 64 hex digits: what figures belong to."""
        return sha256_of(self.model_dump(mode="json", exclude={"measured", "facts"}))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SignalSet) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)
