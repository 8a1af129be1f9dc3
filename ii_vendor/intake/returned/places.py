"""Where each question stands that is asked row by row: on the sheet of its section, or wherever an older one had it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ii_vendor.intake import layout
from ii_vendor.intake.notes import Notes, quoted, rows_in_words
from ii_vendor.intake.raw import RawCell, RawWorkbook
from ii_vendor.intake.returned.asked import Asked
from ii_vendor.intake.returned.identity import Claim, Identity, identify
from ii_vendor.intake.returned.leftovers import left_in_row
from ii_vendor.intake.returned.sheetmap import SheetMap, named_cell
from ii_vendor.intake.returned.wording import Wording, compare

ASK_FOR_TEXT_IN_PLACE = "Ask the vendor to move the words into the yellow cells of a question."
_FEWEST_TO_MOVE = 3
KEPT_BESIDE = "Its answer is kept beside the response"
_WORDS_KEPT = "Its words are kept beside the response."
ASK_FOR_FRESH_COPY = "Ask the vendor to copy the answers into a fresh copy of the workbook."


@dataclass(frozen=True)
class Place:
    """A row that belongs to a question. ``words`` are those beside it, ``wording`` how they compare with ours."""

    found: SheetMap
    row: int
    wording: Wording
    words: str = ""

    @property
    def is_filled(self) -> bool:
        """Whether the vendor wrote anything into it."""
        return self.found.is_filled(self.row)


class Places:
    """The rows of all questions on the sheets given. Rows that belong to no question are told.

    ``dropped`` are sheets of sections that are not asked: a question of theirs may be asked elsewhere now, and answers
    to the others are kept beside the response.
    """

    def __init__(
        self,
        book: RawWorkbook,
        maps: Sequence[SheetMap],
        dropped: Sequence[SheetMap],
        asked: Asked,
        older: bool,
        notes: Notes,
    ) -> None:
        self._book = book
        self._maps = [*maps, *dropped]
        self._dropped = {each.sheet.name for each in dropped}
        self._asked = asked
        self._older = older
        self._notes = notes
        self._places: dict[str, list[Place]] = {}
        self._by_row: dict[tuple[str, int], tuple[str, Place]] = {}
        self._doubtful: set[str] = set()
        for found in self._maps:
            self._collect(found)

    def of(self, question: str) -> list[Place]:
        """The rows of a question, none where it has none."""
        return self._places.get(question, []) or list(self._by_name(question))

    def at(self, sheet: str, row: int) -> tuple[str, Place] | None:
        """The question that a row of a sheet belongs to, and its place."""
        return self._by_row.get((sheet, row))

    def wordings(self) -> dict[str, Wording]:
        """How the words beside each question that has a row compare with those asked now."""
        return {question: places[0].wording for question, places in self._places.items()}

    def is_doubtful(self, question: str) -> bool:
        """Whether a row may belong to the question, but number and words disagree. That is told already."""
        return question in self._doubtful

    def _collect(self, found: SheetMap) -> None:
        doubtful: list[int] = []
        unknown: list[tuple[RawCell, str]] = []
        columns = set(found.inputs().values())
        for row, cells in found.rows():
            key = found.keys.get(row, "")
            if key and not key.startswith(layout.QUESTION_KEY):
                continue
            claim = _claim(found, row)
            identity = identify(claim, self._asked, self._older)
            written = [cell for cell in cells if cell.column in columns and cell.text.strip()]
            if identity.doubtful and written:
                doubtful.append(row)
                self._doubtful |= {claim.key, claim.shown, self._asked.by_words(claim.words)}
            elif identity.question in self._asked.questions:
                self._add(found, row, claim, identity)
            elif written:
                unknown.append((written[0], identity.question))
        for cell, question in unknown:
            self._tell_unknown(found, cell, question)
        self._tell_doubtful(found, doubtful)

    def _add(self, found: SheetMap, row: int, claim: Claim, identity: Identity) -> None:
        question = self._asked.questions[identity.question]
        place = Place(found, row, compare(claim.words, question), claim.words)
        self._places.setdefault(question.id, []).append(place)
        self._by_row[found.sheet.name, row] = (question.id, place)
        if identity.was and place.is_filled:
            message = (
                f"Question {question.id} had the number {identity.was} in this workbook. It was found by its words."
            )
            self._notes.add("note", message, "", found.sheet, f"{found.letters('id')}{row}")

    def _tell_unknown(self, found: SheetMap, cell: RawCell, question: str) -> None:
        if question and (self._older or found.sheet.name in self._dropped):
            self._notes.keep(left_in_row(found, cell.row))
            if found.sheet.name not in self._dropped:
                message = f"Question {question} is not asked any more. {KEPT_BESIDE}: {quoted(cell.text)}."
                self._notes.add("warning", message, "", found.sheet, cell.address)
            return
        if not question and self._is_remark(found, cell.row):
            self._notes.keep(left_in_row(found, cell.row))
            message = f"Row {cell.row} stands below the questions, which all have an answer: {quoted(cell.text)}. "
            self._notes.add("warning", f"{message}{_WORDS_KEPT}", "", found.sheet, cell.address)
            return
        what = f"a question {question}, which is not asked" if question else "no question"
        message = f"Row {cell.row} was added: its words belong to {what}. They are {quoted(cell.text)}."
        first = self._left_empty_by_a_move(found, cell.row)
        if first:
            message += f" {first} at the top has no answer: were all answers moved down by a row?"
        self._notes.add("error", message, ASK_FOR_TEXT_IN_PLACE, found.sheet, cell.address)

    def _rows_of(self, found: SheetMap) -> list[tuple[int, str]]:
        """The rows of a sheet that belong to a question, from the top down, with its id."""
        return sorted((at, id_) for (sheet, at), (id_, _) in self._by_row.items() if sheet == found.sheet.name)

    def _is_remark(self, found: SheetMap, row: int) -> bool:
        """Whether a row stands below the questions of a sheet and none of them lacks an answer, which it might hold."""
        rows = self._rows_of(found)
        return bool(rows) and rows[-1][0] < row and all(found.is_answered(at) for at, _ in rows)

    def _left_empty_by_a_move(self, found: SheetMap, row: int) -> str:
        """The first question of a sheet, where it alone has no answer and there is one just below the last question."""
        rows = self._rows_of(found)
        if len(rows) < _FEWEST_TO_MOVE or rows[-1][0] != row - 1 or not found.is_answered(row):
            return ""
        (first, question), *others = rows
        moved = not found.is_answered(first) and 2 * sum(found.is_answered(at) for at, _ in others) >= len(others)
        return question if moved else ""

    def _tell_doubtful(self, found: SheetMap, rows: list[int]) -> None:
        if not rows:
            return
        message = (
            f"In {rows_in_words(rows)} the number of the question and its words do not belong together, so it is not "
            "clear which question is answered. Was one column sorted or moved by itself?"
        )
        self._notes.add("error", message, ASK_FOR_FRESH_COPY, found.sheet, f"{found.letters('id')}{rows[0]}")

    def _by_name(self, question: str) -> Iterator[Place]:
        """The row that a defined name points to, where nothing on the sheet itself tells its question."""
        named = named_cell(self._book, layout.defined_name(question))
        found = next((each for each in self._maps if named and each.sheet.name == named[0]), None)
        if named is None or found is None or named[1] in found.keys:
            return
        # A program that deletes a row may leave its name behind, pointing to nothing.
        if any(row == named[1] and cell.text.strip() for (row, _), cell in found.sheet.cells.items()):
            claim = _claim(found, named[1])
            yield Place(found, named[1], compare(claim.words, self._asked.questions[question]), claim.words)


def _claim(found: SheetMap, row: int) -> Claim:
    key = found.keys.get(row, "").removeprefix(layout.QUESTION_KEY)
    shown = layout.id_from_visible(found.text(row, "id"))
    return Claim(key, shown, found.text(row, "question"), found.text(row, "guidance"))
