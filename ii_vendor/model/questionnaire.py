"""What vendors are asked: questionnaires, sections and questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from ii_vendor.model.base import Frozen, Grown, Id, Words


class Column(Frozen):
    """One answer column of a table section."""

    id: Id
    title: Words
    hint: str = ""
    options: tuple[Words, ...] = ()


class Table(Frozen):
    """How a section is laid out as a table.

    ``columns``: every question of the section is a column and the vendor adds one row for each ``row_title``
    (one row per proposed data flow, for instance).
    ``rows``: every question of the section is a row, answered in the ``columns`` named here.
    """

    questions_as: Literal["columns", "rows"]
    row_title: Words = "Item"
    row_hint: str = ""
    blank_rows: int = Field(12, ge=1, le=200)
    columns: tuple[Column, ...] = ()

    @model_validator(mode="after")
    def _columns_fit_the_layout(self) -> Self:
        if (self.questions_as == "rows") != bool(self.columns):
            raise ValueError("'columns' belongs to tables with questions_as: rows, and is needed there")
        return self


class Question(Grown):
    """One question to the vendor.

    ``kind`` is ``text``, ``choice`` (one of ``options``, with room for an explanation) or ``table``
    (answered in the table of its section). ``aliases`` are other wordings by which workbooks of others ask the very
    same; vendors are not shown them.
    """

    later: ClassVar[frozenset[str]] = frozenset({"aliases"})

    id: Id
    title: Words
    text: Words
    guidance: Words
    kind: Literal["text", "choice", "table"] = "text"
    options: tuple[Words, ...] = ()
    critical: bool = False
    evidence: tuple[Words, ...] = Field(min_length=1)
    references: tuple[Words, ...] = ()
    aliases: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _options_fit_the_kind(self) -> Self:
        if (self.kind == "choice") != (len(self.options) >= 2):
            raise ValueError("'options' (two or more) belongs to kind: choice, and is needed there")
        return self


class Section(Frozen):
    """A group of questions that share a weight and, where ``table`` is given, a table."""

    id: Id
    title: Words
    intro: str = ""
    table: Table | None = None
    questions: tuple[Question, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _kinds_fit_the_table(self) -> Self:
        for question in self.questions:
            if (question.kind == "table") != (self.table is not None):
                raise ValueError(
                    f"question {question.id}: kind 'table' is for questions of a section with a 'table', and only there"
                )
        return self


class Questionnaire(Frozen):
    """A list of sections that is sent to vendors as a whole."""

    id: Id
    title: Words
    version: Words
    purpose: Words
    sections: tuple[Section, ...] = Field(min_length=1)

    def questions(self) -> Iterator[Question]:
        """Every question, in the order asked."""
        for section in self.sections:
            yield from section.questions
