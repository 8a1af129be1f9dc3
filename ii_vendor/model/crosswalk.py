"""Which clauses of a standard questionnaire, or of a standard, our questions relate to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from ii_vendor.model.base import Frozen, Id, Words

Relation = Literal["part", "near"]
"""``part``: an answer to the clause is part of an answer to our question. ``near``: it is on the same subject, and
answers nothing that we ask."""


def clause_key(text: str) -> str:
    """An id as it is compared: capitals without spaces and brackets, ``SR5.2RE2`` for ``SR 5.2 RE(2)``."""
    return re.sub(r"[\s()\[\]]+", "", text).upper()


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"this is not a pattern: {error}") from error
    return pattern


Pattern = Annotated[Words, AfterValidator(_compiles)]
"""A regular expression for a whole id, as ``clause_key`` writes ids."""


class Recognition(Frozen):
    """How a workbook shows that it is this standard.

    ``ids`` fits each id of the standard. A workbook is one of it where ``share`` (0-1) of its rows, and ``fewest`` of
    them, have such an id, and one has an id that fits ``telling``, which no other edition has. Where a standard has no
    ids of its own, its clauses have ``titles``, and ``fewest`` of these must be found.
    """

    ids: Pattern | None = None
    telling: Pattern | None = None
    share: float = Field(0.5, gt=0, le=1)
    fewest: int = Field(5, ge=1)


class Clause(Frozen):
    """One clause. ``about`` says in our own words what it is on; the words of standards are copyright.

    ``part`` and ``near`` are ids of our questions, by relation. ``titles`` are headings that stand over it, for
    standards without ids. ``from_memory``: nobody has looked the id up.
    """

    id: Words
    about: Words
    part: tuple[Id, ...] = ()
    near: tuple[Id, ...] = ()
    titles: tuple[Words, ...] = ()
    from_memory: bool = False

    @model_validator(mode="after")
    def _relates_to_something(self) -> Self:
        if not self.part and not self.near:
            raise ValueError("name a question under 'part' or 'near'")
        return self

    @property
    def relations(self) -> Iterator[tuple[str, Relation]]:
        """Our questions with the relation, those that it answers in part first."""
        for question in self.part:
            yield question, "part"
        for question in self.near:
            yield question, "near"


class Crosswalk(Frozen):
    """The clauses of one standard that touch our questions.

    ``reading`` says how its answers are to be read. ``source`` says where the ids were read.
    """

    id: Id
    title: Words
    publisher: Words
    source: Words
    reading: Words
    recognise: Recognition
    clauses: tuple[Clause, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _can_be_recognised(self) -> Self:
        if self.recognise.ids is None and not all(clause.titles for clause in self.clauses):
            raise ValueError("a standard without 'ids' needs 'titles' for every clause")
        return self

    @cached_property
    def by_key(self) -> Mapping[str, Clause]:
        """The clauses by the keys of their ids."""
        return {clause_key(clause.id): clause for clause in self.clauses}

    def relating(self, question: str) -> Iterator[tuple[Clause, Relation]]:
        """The clauses that relate to our question, in the order of the standard."""
        for clause in self.clauses:
            for asked, relation in clause.relations:
                if asked == question:
                    yield clause, relation
