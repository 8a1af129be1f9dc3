"""A workbook in any layout: where its questions and answers stand, and which of ours they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from ii_vendor.model.base import Frozen
from ii_vendor.model.response import Problem

Role = Literal["id", "section", "question", "answer", "option", "comment", "evidence", "guidance", "other"]
"""What a column holds. ``option`` is one of several columns in which an ``x`` under a title is the answer."""

MatchedBy = Literal["id", "alias", "saved", "clause", "similar", "person"]
"""How a foreign question was matched to ours, from the surest: ``clause`` by the crosswalk of a standard
questionnaire, ``similar`` by its words (a suggestion that a person confirms), ``person`` by somebody's own choice."""


class SheetColumn(Frozen):
    """A column of a table with its role. ``column`` counts from 1; ``sure`` is 0-1.

    ``option`` is what an ``x`` in it means, for the role option. ``vendor`` is whose answers it holds, where several
    vendors stand side by side.
    """

    column: int = Field(ge=1)
    role: Role
    title: str = ""
    option: str = ""
    vendor: str = ""
    sure: float = Field(1.0, ge=0, le=1)


class SheetTable(Frozen):
    """A stretch of rows under one header. ``header`` are the rows of its titles, none where it has no header.

    ``first`` and ``last`` are the rows beneath it. A sheet has several where its header is repeated.
    """

    header: tuple[int, ...] = ()
    first: int = Field(ge=1)
    last: int = Field(ge=1)
    columns: tuple[SheetColumn, ...] = ()


class SheetLayout(Frozen):
    """How one sheet is laid out. ``why`` says why it was skipped."""

    name: str
    visible: bool = True
    status: Literal["read", "skipped"]
    why: str = ""
    tables: tuple[SheetTable, ...] = ()


class ReadAnswer(Frozen):
    """What one vendor wrote in one row. ``cells`` gives the address (``D7``) of its answer, comment and evidence."""

    vendor: str = ""
    answer: str = ""
    comment: str = ""
    evidence: str = ""
    cells: Mapping[str, str] = {}

    @property
    def answered(self) -> bool:
        """Whether anything was written, white space aside. ``NA`` is an answer."""
        return bool(self.answer.strip() or self.comment.strip())


class ReadRow(Frozen):
    """One question as it stands in the workbook, with what was answered. ``part`` counts from 1 where one cell holds
    several questions, and is 0 where it holds one. ``hidden``: the row, or its sheet, is hidden."""

    sheet: str
    row: int = Field(ge=1)
    part: int = 0
    id: str = ""
    section: str = ""
    question: str = ""
    guidance: str = ""
    answers: tuple[ReadAnswer, ...] = ()
    cells: Mapping[str, str] = {}
    hidden: bool = False

    @property
    def key(self) -> str:
        """Names the row within its workbook: ``Answers!7``, ``Answers!7.2``."""
        return f"{self.sheet}!{self.row}" + (f".{self.part}" if self.part else "")

    @property
    def answered(self) -> bool:
        """Whether any vendor answered."""
        return any(answer.answered for answer in self.answers)


class WorkbookLayout(Frozen):
    """A whole workbook as understood: its sheets, the questions in reading order, and what is to know about it.

    ``fingerprint`` is the same for workbooks with the same sheets and column titles, whatever their answers.
    """

    fingerprint: str
    sheets: tuple[SheetLayout, ...]
    rows: tuple[ReadRow, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def vendors(self) -> tuple[str, ...]:
        """Names of the vendors that stand side by side; none where the workbook is of one vendor."""
        return tuple(dict.fromkeys(each.vendor for row in self.rows for each in row.answers if each.vendor))


class Match(Frozen):
    """A row of the workbook (its key) that belongs to a question of ours. ``similarity`` is 0-1.

    ``negated``: one of the two questions asks whether something is *not* so, and the other whether it is; a yes to one
    is a no to the other. ``clause`` is the id by which the crosswalk relates them.
    """

    row: str
    question: str
    by: MatchedBy
    similarity: float = Field(1.0, ge=0, le=1)
    negated: bool = False
    clause: str = ""


class SavedMapping(Frozen):
    """How a layout was read and matched when a person confirmed it, to be used again for workbooks like it.

    ``questions`` gives our question for the words of theirs (as ``intake.foreign.signature`` writes them), or several
    with a blank between them; an empty one means that a person said that it belongs to none of ours.
    """

    fingerprint: str
    name: str
    sheets: tuple[SheetLayout, ...]
    questions: Mapping[str, str] = {}
