"""What a vendor answered, and what was found in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import AwareDatetime, Field

from ii_vendor.model.base import Frozen, Grown


class Problem(Frozen):
    """Something to know about a file that was read, and what to do about it.

    ``error`` keeps the workbook from being accepted; ``warning`` should be looked at; ``note`` only informs.
    ``sheet`` and ``cell`` say where (``cell`` as ``D7``), as far as that is known.
    """

    severity: Literal["error", "warning", "note"]
    message: str
    remedy: str = ""
    sheet: str = ""
    cell: str = ""

    @property
    def place(self) -> str:
        """Where, as a person would write it: ``Answers!D7``."""
        return f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet or self.cell


class Cell(Frozen):
    """One answered cell, the vendor's words to the letter. ``row`` and ``column`` label cells of a table."""

    text: str
    row: str = ""
    column: str = ""
    address: str = ""


class Answer(Frozen):
    """A vendor's answer to one question: one cell, or several where the question stands in a table."""

    question: str
    cells: tuple[Cell, ...] = ()
    evidence: str = ""
    choice: str = ""

    @property
    def answered(self) -> bool:
        """Whether the vendor wrote anything: a choice counts, white space does not."""
        return bool(self.choice.strip()) or any(cell.text.strip() for cell in self.cells)

    @property
    def text(self) -> str:
        """The words of all cells, for reading: table cells with their labels, one a line."""
        lines = [self.choice] if self.choice.strip() else []
        for cell in self.cells:
            label = " / ".join(part for part in (cell.row, cell.column) if part)
            lines.append(f"{label}: {cell.text}" if label else cell.text)
        return "\n".join(lines)

    @property
    def words(self) -> tuple[str, str]:
        """What is said, and the evidence for it: the same as long as no word changed, wherever in a file they stood."""
        return self.text, self.evidence


class SourceFile(Frozen):
    """The file an answer came from. ``sha256`` is 64 hex digits, ``size`` is in bytes."""

    name: str
    sha256: str
    size: int


class Attachment(Frozen):
    """A question of a vendor's own workbook that belongs to none of ours, with what was answered: kept to be read.

    ``place`` says where it stands, as ``Answers!7``.
    """

    place: str
    id: str = ""
    section: str = ""
    question: str = ""
    answer: str = ""
    comment: str = ""
    evidence: str = ""

    @property
    def answered(self) -> bool:
        """Whether anything was written, white space aside."""
        return bool(self.answer.strip() or self.comment.strip())


class Carried(Frozen):
    """How answers came from a workbook in another layout to our questions, and who confirmed it.

    ``rows`` counts the questions of that workbook, ``matched`` how many of them were matched, by how they were (see
    ``workbook.MatchedBy``). ``reused``: confirmed for an earlier workbook of the same layout.
    """

    rows: int = Field(ge=0)
    matched: Mapping[str, int] = {}
    confirmed_by: str = ""
    confirmed_at: AwareDatetime | None = None
    reused: bool = False


class Response(Grown):
    """One vendor's answers as read from one file. An unanswered question has an Answer without words.

    ``attachments`` are what a workbook in another layout holds beside our questions; ``carried`` says how its answers
    came to ours, and is None for our own response workbook.
    """

    later: ClassVar[frozenset[str]] = frozenset({"attachments", "carried"})

    vendor: str
    contact: str = ""
    date: str = ""
    template_hash: str = ""
    answers: tuple[Answer, ...]
    file: SourceFile
    problems: tuple[Problem, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    carried: Carried | None = None

    def answer(self, question: str) -> Answer:
        """The answer to ``question``; an empty one where the file had none."""
        return next((a for a in self.answers if a.question == question), Answer(question=question))


class Finding(Frozen):
    """A suggestion with the exact words behind it; never a decision.

    ``start`` and ``end`` are character offsets into ``answer.cells[cell].text``, and ``quote`` is that slice.
    ``flag`` is the id of the rubric's red flag that a red finding points to. ``possible``: not found by a signal's
    words, but like wording that was a red flag, or a good answer, elsewhere: read it. ``words`` are then the stretches,
    as offsets into the same text, that made it think so.
    """

    id: str
    question: str
    signal: str
    polarity: Literal["red", "good", "evasion"]
    possible: bool = False
    words: tuple[tuple[int, int], ...] = ()
    flag: str | None = None
    cell: int
    start: int
    end: int
    quote: str
    reason: str
    ask: str = ""
    modifiers: tuple[str, ...] = ()
