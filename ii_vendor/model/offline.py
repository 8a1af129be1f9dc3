"""An assignment that is rated away from the app: what its workbook says, and how that stands beside the record."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import AwareDatetime, Field

from ii_vendor.model.base import Frozen
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.response import Problem, SourceFile
from ii_vendor.model.rubric import EvidenceGrade

Pair = tuple[str, str]
"""Vendor and question: one answer."""


class Take(StrEnum):
    """What is to stand where file and record differ."""

    file = "file"
    recorded = "recorded"


class Origin(Frozen):
    """What an assignment workbook was written from.

    ``sequence`` and ``record_hash`` name the last event of the evaluation at that moment; 0 and empty where the
    workbook does not say. ``masked``: letters stood for vendors' names. ``versions`` has the version of each vendor's
    response.
    """

    evaluation: str = ""
    evaluator: str = ""
    sequence: int = Field(0, ge=0)
    record_hash: str = ""
    content_hash: str = ""
    masked: bool = False
    versions: Mapping[str, int] = {}


class Assignment(Frozen):
    """What one seat has to rate, as the seat sees it. ``left_out`` says of each vendor without rows why it has none."""

    evaluation: Evaluation
    evaluator: str
    pairs: tuple[Pair, ...]
    left_out: Mapping[str, str]
    origin: Origin


class Given(Frozen):
    """A rating as somebody gave it. ``level`` is 0-4, None: not applicable."""

    level: int | None = Field(ge=0, le=4)
    grade: EvidenceGrade
    reason: str = ""
    quote: str = ""


class OfflineEntry(Frozen):
    """One row of an assignment workbook.

    ``vendor`` and ``question`` are as a person sees them, ``marked`` is the pair that the row's hidden mark names.
    ``given`` is None where no level can be told; ``filled`` says whether anything stands in the yellow cells.
    ``untouched``: they are as they were written; None where that cannot be told. ``cells`` has the address of each
    yellow cell, by its role; ``problems`` with severity ``error`` keep the row from being used.
    """

    sheet: str
    row: int
    vendor: str = ""
    question: str = ""
    marked: Pair | None = None
    given: Given | None = None
    filled: bool = False
    untouched: bool | None = None
    cells: Mapping[str, str] = {}
    problems: tuple[Problem, ...] = ()

    @property
    def place(self) -> str:
        """Sheet and row, as a person would write it."""
        return f"{self.sheet}, row {self.row}"


class AssignmentFile(Frozen):
    """An assignment workbook as it was read."""

    file: SourceFile
    origin: Origin
    entries: tuple[OfflineEntry, ...]
    problems: tuple[Problem, ...] = ()


class RowState(StrEnum):
    """How a row of the workbook stands beside what is recorded."""

    new = "new"
    changed = "changed"
    conflict = "in conflict"
    unusable = "not usable"
    later = "changed online since"
    emptied = "emptied in the file"
    same = "the same"
    open = "not rated"

    @property
    def saves(self) -> bool:
        """Whether it is saved without asking."""
        return self in (RowState.new, RowState.changed)


class Recorded(Frozen):
    """A rating that is on record: who entered it, and when."""

    given: Given
    by: str
    at: AwareDatetime


class OfflineRow(Frozen):
    """One answer: what the file says of it, what is recorded, and ``why`` the two cannot simply be put together."""

    vendor: str
    name: str
    question: str
    state: RowState
    given: Given | None = None
    recorded: Recorded | None = None
    why: tuple[str, ...] = ()
    cells: Mapping[str, str] = {}
    place: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def pair(self) -> Pair:
        """Vendor and question."""
        return self.vendor, self.question


class AssignmentComparison(Frozen):
    """An assignment workbook beside the record as it was after the event ``sequence``. Nothing is saved by it."""

    evaluation: str
    evaluator: str
    sequence: int
    file: SourceFile
    rows: tuple[OfflineRow, ...]
    problems: tuple[Problem, ...] = ()

    def of(self, *states: RowState) -> tuple[OfflineRow, ...]:
        """The rows in one of these states."""
        return tuple(row for row in self.rows if row.state in states)

    @property
    def conflicts(self) -> tuple[OfflineRow, ...]:
        """The rows for which a person has to choose."""
        return self.of(RowState.conflict)


class LeftOut(Frozen):
    """A row that was not saved, and why."""

    vendor: str
    name: str
    question: str
    why: str


class AssignmentTaken(Frozen):
    """What became of an assignment workbook: the evaluation now, the answers whose ratings were saved, those not."""

    evaluation: Evaluation
    saved: tuple[Pair, ...]
    left: tuple[LeftOut, ...] = ()
