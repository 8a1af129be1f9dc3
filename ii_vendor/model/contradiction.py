"""Statements of one vendor that do not seem to fit together: a suggestion with both quotes, never a decision."""

from __future__ import annotations

from functools import cached_property

from ii_vendor.model.base import Frozen, Id, Words


class Statement(Frozen):
    """A vendor's words that state a fact; ``says`` puts that in plain words.

    ``start`` and ``end`` are character offsets into the text of that cell of the answer, and ``quote`` is that slice.
    ``earlier``: in the version of the response before the newest one.
    """

    question: str
    signal: str
    cell: int
    start: int
    end: int
    quote: str
    says: Words
    earlier: bool = False


class Side(Frozen):
    """Where the vendor says one of two things, those that say just this before those that imply it."""

    statements: tuple[Statement, ...]

    @property
    def says(self) -> str:
        """What all of it comes to, in plain words."""
        return " ".join(dict.fromkeys(each.says for each in self.statements))

    @property
    def questions(self) -> tuple[str, ...]:
        """Ids of the questions in whose answers it is said."""
        return tuple(dict.fromkeys(each.question for each in self.statements))


class Contradiction(Frozen):
    """Two sides of one ``fact``, each with at least one statement, and what to ask the vendor about them.

    Between two versions of a response, the first side is what the earlier one said.
    """

    fact: Id
    sides: tuple[Side, Side]
    ask: Words

    @cached_property
    def between_versions(self) -> bool:
        """Whether one side was said in an earlier version only."""
        return any(each.earlier for each in self.sides[0].statements)

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """Ids of all questions in whose answers one of the sides is said."""
        return tuple(dict.fromkeys(question for side in self.sides for question in side.questions))
