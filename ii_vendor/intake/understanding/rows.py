"""The rows of a sheet under its layout: questions with what was answered, and titles that are only sections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ii_vendor.intake.raw import RawSheet, column_letters
from ii_vendor.intake.understanding.content import is_id, leading_id, shape
from ii_vendor.intake.understanding.grid import Grid
from ii_vendor.intake.understanding.replies import Replies
from ii_vendor.intake.understanding.sections import Sections
from ii_vendor.intake.understanding.vocabulary import TOTALS
from ii_vendor.intake.understanding.words import asks, folded, is_label
from ii_vendor.model.workbook import ReadRow, Role, SheetLayout, SheetTable

_MOSTLY = 0.6


@dataclass(frozen=True)
class Line:
    """One row before it is decided whether it asks anything. ``alone``: nothing else stands in it."""

    row: int
    id: str
    question: str
    answered: bool
    alone: bool

    @property
    def asked(self) -> bool:
        """Whether it is worded as a question, or was answered like one."""
        return asks(self.question) or self.answered


def rows_of(raw: RawSheet, layout: SheetLayout) -> Iterator[ReadRow]:
    """Every question of a sheet, in reading order."""
    grid = Grid(raw)
    sections = Sections(layout.tables)
    for table in layout.tables:
        if sections.repeated and table is layout.tables[0]:
            sections.begin(grid, table)
        yield from _TableReader(grid, table, sections, hidden=not raw.visible).rows()


@dataclass
class _TableReader:
    grid: Grid
    table: SheetTable
    sections: Sections
    hidden: bool
    _usual: set[str] = field(default_factory=set)
    _with_ids: float = 0.0
    _plain: bool = False

    def __post_init__(self) -> None:
        self._ids, self._asked = self._column("id"), self._column("question")
        self._replies = Replies(self.grid, self.table.columns)

    def _column(self, role: Role) -> int:
        return next((each.column for each in self.table.columns if each.role == role), 0)

    def rows(self) -> Iterator[ReadRow]:
        """The questions of the table."""
        if not self._asked:
            return
        self.sections.enter(self.table)
        lines = [self._line(row) for row in self.grid.rows(self.table.first, self.table.last)]
        self._learn(lines)
        last: ReadRow | None = None
        for line in lines:
            if last is not None and self._goes_on(line, last.row):
                last = self._continued(last, line.row)
            elif last is not None and _guides(line):
                last = self._guided(last, line.row)
            elif self._is_question(line):
                if last is not None:
                    yield last
                last = self._read(line)
                self.sections.asked()
            else:
                self._note_section(line)
        if last is not None:
            yield last

    def _line(self, row: int) -> Line:
        question = self.grid.text(row, self._asked).strip()
        id_ = self.grid.reaching_text(row, self._ids).strip() if self._ids else ""
        own = {self._ids, self._asked, *self._replies.columns}
        others = any(column not in own for column in self.grid.lines[row])
        answered = self._replies.any(row)
        return Line(row, id_, question, answered, alone=not (answered or others))

    def _learn(self, lines: Sequence[Line]) -> None:
        """What the ids of questions look like here, and whether rows without one can be questions."""
        written = [line for line in lines if line.question]
        clear = [line for line in written if line.asked]
        self._with_ids = sum(is_id(line.id) for line in clear or written) / max(len(clear or written), 1)
        counted = Counter(shape(line.id) for line in clear if is_id(line.id))
        self._usual = {form for form, count in counted.items() if count > 1 or len(clear) < 4}
        # A list of plain statements that nobody has answered yet: each of them asks.
        self._plain = len(clear) < (1 - _MOSTLY) * len(written)

    def _is_question(self, line: Line) -> bool:
        words = folded(line.question)
        if not words or self._is_total(line) or self._spans_answers(line):
            return False
        if self._with_ids < _MOSTLY:
            return line.asked or not line.alone or (self._plain and not line.id)
        if not is_id(line.id):
            return line.answered if line.id else line.asked and not line.alone
        if line.asked:
            return True
        return shape(line.id) in self._usual or (self._plain and not line.alone)

    def _is_total(self, line: Line) -> bool:
        """Whether the row only sums up, as its question or a label before it says."""
        labels = (cell.text for column, cell in self.grid.lines[line.row].items() if column <= self._asked)
        return any(folded(label) in TOTALS for label in labels)

    def _spans_answers(self, line: Line) -> bool:
        """Whether the words are merged across the place for an answer: a title, or a text to read."""
        if line.answered:
            return False
        for merge in self.grid.wide_rows.get(line.row, ()):
            if merge.left <= self._asked <= merge.right and any(
                merge.left <= column <= merge.right for column in self._replies.columns
            ):
                return True
        return False

    def _goes_on(self, line: Line, row: int) -> bool:
        """Whether the question is merged down to this row, which then only goes on answering it."""
        return self.grid.top_of(line.row, self._asked) == row != line.row

    def _continued(self, last: ReadRow, row: int) -> ReadRow:
        return last.model_copy(update={"answers": self._replies.joined(last.answers, row)})

    def _guided(self, last: ReadRow, row: int) -> ReadRow:
        said = [cell.text.strip() for column, cell in self.grid.lines[row].items() if column != self._asked]
        guidance = "\n".join(part for part in (last.guidance, " ".join(said)) if part)
        return last.model_copy(update={"guidance": guidance})

    def _read(self, line: Line) -> ReadRow:
        cells: dict[str, str] = {}
        roles: dict[str, Role] = {"id": "id", "question": "question", "guidance": "guidance"}
        for part, role in roles.items():
            column = self._column(role)
            if column and self.grid.reaching_text(line.row, column).strip():
                cells[part] = f"{column_letters(column)}{self.grid.top_of(line.row, column)}"
        guidance = self._column("guidance")
        return ReadRow(
            sheet=self.grid.sheet.name,
            row=line.row,
            id=line.id or ("" if self._ids else leading_id(line.question)),
            section=self._section(line.row),
            question=line.question,
            guidance=self.grid.reaching_text(line.row, guidance).strip() if guidance else "",
            answers=self._replies.read(line.row),
            cells=cells,
            hidden=self.hidden or line.row in self.grid.sheet.hidden_rows,
        )

    def _section(self, row: int) -> str:
        columns = [each.column for each in self.table.columns if each.role == "section"]
        named = [" ".join(self.grid.reaching_text(row, column).split()) for column in columns]
        return " / ".join(dict.fromkeys(name for name in (self.sections.now, *named) if name))

    def _note_section(self, line: Line) -> None:
        texts = list(dict.fromkeys(" ".join(cell.text.split()) for cell in self.grid.lines[line.row].values()))
        if line.question and is_id(line.id):
            self.sections.add(line.question, line.id)
        elif len(texts) == 1 or (line.alone and line.question):
            self.sections.add(line.question or texts[0])


def _guides(line: Line) -> bool:
    """Whether a row is a note on the question above it: ``Guidance:`` in the place of a question."""
    return not line.id and is_label(line.question, "guidance")
