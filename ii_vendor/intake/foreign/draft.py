"""A mapping in the making: a workbook in another layout, how it was understood, and what a person said of it so far."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from ii_vendor.intake.foreign.corrections import as_read, as_skipped, with_column, with_header
from ii_vendor.intake.foreign.matching import match_questions, signature
from ii_vendor.intake.foreign.negation import negated
from ii_vendor.intake.foreign.remembering import asked_words, kept_for, known_words, sheets_again
from ii_vendor.intake.foreign.respond import answer_of, respond
from ii_vendor.intake.foreign.standards_reading import StandardReading, standard_reading
from ii_vendor.intake.raw import RawSheet, RawWorkbook
from ii_vendor.intake.understanding import reread, understand
from ii_vendor.model.crosswalk import Crosswalk
from ii_vendor.model.mapping import ConfirmedMapping, KeptMapping
from ii_vendor.model.questionnaire import Questionnaire
from ii_vendor.model.response import Response, SourceFile
from ii_vendor.model.workbook import Match, MatchedBy, ReadRow, SavedMapping, SheetColumn, SheetLayout, WorkbookLayout

State = Literal["check", "matched", "unmatched"]


@dataclass(frozen=True)
class Known:
    """What helps to read a workbook in another layout: mappings that were confirmed before, and crosswalks.

    ``take`` is the key of a mapping to go by in any case: what it does not settle then stays beside the answers.
    ``whose`` is a vendor whose columns are to be taken where its name heads them.
    """

    kept: Sequence[KeptMapping] = ()
    crosswalks: Sequence[Crosswalk] = ()
    take: str = ""
    whose: str = ""


@dataclass(frozen=True)
class Standing:
    """Where one row of theirs stands. ``matches`` are what was proposed or chosen, empty for none of ours.

    ``check``: a suggestion that a person has yet to confirm. ``decided``: a person said so, now or for an earlier
    workbook. ``suggested`` are all of our questions that it may belong to, best first.
    """

    row: ReadRow
    state: State
    matches: tuple[Match, ...] = ()
    decided: bool = False
    suggested: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        """Our questions that it belongs to, by what stands."""
        return tuple(match.question for match in self.matches)

    @property
    def opposite(self) -> bool:
        """Whether it asks the opposite of one of them."""
        return any(match.negated for match in self.matches)


@dataclass(frozen=True)
class MappingDraft:
    """Never changed: what a person does gives a new draft. ``fingerprint`` is that of the workbook as it arrived.

    ``reused`` is the earlier mapping whose layout was taken; ``chosen`` gives, by the key of a row, the questions that
    a person chose, which may be none. ``whose`` names the columns to take where vendors stand side by side.
    """

    file: SourceFile
    book: RawWorkbook
    questionnaires: tuple[Questionnaire, ...]
    known: Known
    fingerprint: str
    layout: WorkbookLayout
    matches: tuple[Match, ...]
    reused: KeptMapping | None = None
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    whose: str = ""

    @cached_property
    def words(self) -> Mapping[str, tuple[str, ...]]:
        """What is known of their words from before."""
        return known_words(self.known.kept, self.questionnaires)

    @cached_property
    def standing(self) -> tuple[Standing, ...]:
        """Where every row stands, in reading order."""
        proposed: dict[str, list[Match]] = {}
        for match in self.matches:
            proposed.setdefault(match.row, []).append(match)
        return tuple(self._standing(row, proposed.get(row.key, [])) for row in self.layout.rows)

    @cached_property
    def sides(self) -> tuple[str, ...]:
        """Whose answers stand side by side: one at most where the workbook is of one vendor. An empty name is for the
        columns that name no vendor."""
        return _sides(self.layout)

    @property
    def answered(self) -> int:
        """How many rows have an answer of the vendor who is taken."""
        return sum(answer_of(row, self.whose).answered for row in self.layout.rows)

    @cached_property
    def standard(self) -> StandardReading | None:
        """What it says on our questions where it is a standard questionnaire that is known; None where it is not."""
        return standard_reading(self.layout, self.known.crosswalks, self.questionnaires)

    @cached_property
    def settled(self) -> bool:
        """Whether all of it was confirmed for an earlier workbook, so that nobody needs to look at it again."""
        if self.reused is None or not self._says_whose or not self.layout.rows:
            return False
        if self.known.take:
            return True
        sure = {"id", "alias", "saved"}
        return all(
            each.decided or (each.state == "matched" and sure.issuperset(match.by for match in each.matches))
            for each in self.standing
        )

    @property
    def summary(self) -> str:
        """What was found, in a sentence."""
        if not self.layout.rows:
            return "This is not our response workbook, and no questions were found in it."
        questions, sheets = len(self.layout.rows), len({row.sheet for row in self.layout.rows})
        found = f"{questions} question{'s' if questions != 1 else ''} found on {_sheets(sheets)}"
        return f"This is not our response workbook: {found}, {self.answered} answered."

    @property
    def _says_whose(self) -> bool:
        named = self.known.whose.strip().casefold()
        return len(self.sides) <= 1 or bool(named and self.whose.casefold() == named)

    def response(self, vendor: str) -> Response:
        """The response by all that is confirmed. Suggestions that nobody confirmed stay beside the answers."""
        matched = [match for each in self.standing if each.state == "matched" for match in each.matches]
        given = respond(self.layout, matched, self.questionnaires, self.file, vendor, whose=self.whose)
        if self.reused and self.settled and given.carried:
            by = {"confirmed_by": self.reused.by, "confirmed_at": self.reused.at, "reused": True}
            return given.model_copy(update={"carried": given.carried.model_copy(update=by)})
        return given

    def confirmed(self, *, decided_only: bool = False) -> ConfirmedMapping:
        """What to keep for the next workbook like this: how it is laid out, and what every row that is not to be
        checked belongs to, or every row that a person ``decided``. Words that stand in several rows and do not belong
        to the same question are left out."""
        said: dict[str, set[tuple[str, ...]]] = {}
        for each in self.standing:
            if each.decided or (each.state != "check" and not decided_only):
                said.setdefault(signature(each.row), set()).add(each.questions)
        alike = {words: " ".join(questions.pop()) for words, questions in said.items() if len(questions) == 1}
        saved = SavedMapping(
            fingerprint=self.fingerprint, name=self.file.name, sheets=self.layout.sheets, questions=alike
        )
        return ConfirmedMapping(mapping=saved, asked=asked_words(self.questionnaires))

    def choosing(self, choices: Mapping[str, Sequence[str]]) -> MappingDraft:
        """With our questions, or none of them, for rows by their keys."""
        return replace(self, chosen={**self.chosen, **{key: tuple(chosen) for key, chosen in choices.items()}})

    def confirming(self, keys: Iterable[str]) -> MappingDraft:
        """With the suggestions for these rows confirmed."""
        wanted = set(keys)
        return self.choosing({each.row.key: each.questions for each in self.standing if each.row.key in wanted})

    def taking(self, whose: str) -> MappingDraft:
        """With the columns of one of the vendors that stand side by side."""
        return replace(self, whose=whose)

    def raw(self, name: str) -> RawSheet:
        """A sheet as it stands in the workbook."""
        return next(sheet for sheet in self.book.sheets if sheet.name == name)

    def reading(self, names: Collection[str]) -> MappingDraft:
        """With these sheets read, and no others."""
        sheets = []
        for sheet in self.layout.sheets:
            if (sheet.name in names) != (sheet.status == "read"):
                sheet = as_read(sheet, self.raw(sheet.name)) if sheet.name in names else as_skipped(sheet)
            sheets.append(sheet)
        return self._laid_out(sheets)

    def with_column(self, name: str, changed: SheetColumn) -> MappingDraft:
        """With another role, option or vendor for a column of the sheet ``name``."""
        return self._correcting(name, lambda sheet, raw: with_column(sheet, raw, changed))

    def with_header(self, name: str, rows: Collection[int]) -> MappingDraft:
        """With these rows as the titles of the sheet ``name``."""
        return self._correcting(name, lambda sheet, raw: with_header(sheet, raw, rows))

    def _correcting(self, name: str, correct: Callable[[SheetLayout, RawSheet], SheetLayout]) -> MappingDraft:
        raw = self.raw(name)
        return self._laid_out([correct(each, raw) if each.name == name else each for each in self.layout.sheets])

    def _laid_out(self, sheets: Sequence[SheetLayout]) -> MappingDraft:
        """With another layout, read anew. Choices stay with rows that read as they did."""
        layout = reread(self.book, sheets)
        before = {row.key: signature(row) for row in self.layout.rows}
        same = {row.key for row in layout.rows if before.get(row.key) == signature(row)}
        return replace(
            self,
            layout=layout,
            matches=match_questions(layout, self.questionnaires, self.known.crosswalks, {}),
            chosen={key: question for key, question in self.chosen.items() if key in same},
            whose=self.whose if self.whose in _sides(layout) else _whose(layout, ""),
        )

    def _standing(self, row: ReadRow, proposed: Sequence[Match]) -> Standing:
        suggested = tuple(dict.fromkeys(match.question for match in proposed))
        if row.key in self.chosen:
            chosen = tuple(self._chosen(row, question, proposed) for question in self.chosen[row.key])
            return Standing(row, "matched" if chosen else "unmatched", chosen, True, suggested)
        known = self.words.get(signature(row))
        if known is not None:
            before = tuple(self._match(row, question, "saved") for question in known)
            return Standing(row, "matched" if before else "unmatched", before, True, suggested)
        if not proposed:
            return Standing(row, "unmatched")
        best = proposed[0]
        alike = tuple(match for match in proposed if match.by == best.by)
        if best.by == "similar" or (best.by == "alias" and len(alike) > 1):
            return Standing(row, "check", (best,), suggested=suggested)
        # A clause is on the same matter, but it is not the same question.
        doubtful = best.by == "clause" or any(match.negated for match in alike)
        return Standing(row, "check" if doubtful else "matched", alike, suggested=suggested)

    def _chosen(self, row: ReadRow, question: str, proposed: Sequence[Match]) -> Match:
        confirmed = (match for match in proposed if match.question == question)
        return next(confirmed, None) or self._match(row, question, "person")

    def _match(self, row: ReadRow, question: str, by: MatchedBy) -> Match:
        ours = self._texts.get(question, "")
        return Match(row=row.key, question=question, by=by, negated=negated(row.question, ours))

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        return {question.id: question.text for each in self.questionnaires for question in each.questions()}


def begin(book: RawWorkbook, file: SourceFile, questionnaires: Sequence[Questionnaire], known: Known) -> MappingDraft:
    """Understand a workbook, by an earlier mapping where one fits."""
    proposed = understand(book)
    reused = next((each for each in known.kept if each.key == known.take), None) or kept_for(known.kept, book, proposed)
    layout = reread(book, sheets_again(reused, book, proposed)) if reused else proposed
    return MappingDraft(
        file=file,
        book=book,
        questionnaires=tuple(questionnaires),
        known=known,
        fingerprint=proposed.fingerprint,
        layout=layout,
        matches=match_questions(layout, questionnaires, known.crosswalks, {}),
        reused=reused,
        whose=_whose(layout, known.whose),
    )


def _sides(layout: WorkbookLayout) -> tuple[str, ...]:
    """Whose answers stand side by side. An empty name is for columns that name no vendor, where some others do."""
    named = {each.vendor: None for row in layout.rows for each in row.answers}
    return tuple(named)


def _whose(layout: WorkbookLayout, named: str) -> str:
    """The vendor of that name among those side by side, else the one with the most answers."""
    sides = _sides(layout)
    alike = (each for each in sides if each.casefold() == named.strip().casefold())
    counts = {each: sum(answer_of(row, each).answered for row in layout.rows) for each in sides}
    return next(alike, None) or max(sides, key=lambda each: (counts[each], each == ""), default="")


def _sheets(number: int) -> str:
    return f"{number} sheet{'s' if number != 1 else ''}"
