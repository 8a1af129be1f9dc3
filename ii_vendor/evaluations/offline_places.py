"""Which answer each row of an assignment workbook is about: its vendor, under a letter or not, and its question."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ii_vendor.model.offline import OfflineEntry, Pair
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.response import Problem
from ii_vendor.rules import find_vendor
from ii_vendor.rules.names import Masks


@dataclass(frozen=True)
class Placed:
    """A row with the answer that it is about. ``untouched`` as in the row, as far as its marks can be believed."""

    entry: OfflineEntry
    pair: Pair
    untouched: bool | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Places:
    """Finds answers in ``now``. ``letters`` is the evaluation under the letters that the workbook uses, if it uses any;
    ``names`` says whether vendors may go by their own names."""

    now: Evaluation
    questions: Collection[str]
    letters: Evaluation | None
    names: bool

    @cached_property
    def _under_letters(self) -> Mapping[str, str]:
        if self.letters is None:
            return {}
        shown = Masks(self.letters).of
        return {text.casefold(): vendor for vendor, mask in shown.items() for text in (mask.id, mask.label)}

    @cached_property
    def _by_id(self) -> Mapping[str, str]:
        return {question.casefold(): question for question in self.questions}

    def place(self, entry: OfflineEntry) -> Placed | str:
        """The answer that a row is about, or why it is about none. What people see counts; where it says nothing, the
        hidden mark does."""
        seen_vendor, seen_question = self._vendor(entry.vendor), self._by_id.get(entry.question.casefold(), "")
        vendor, question = entry.marked or ("", "")
        marked = self._vendor(vendor), self._by_id.get(question.casefold(), "")
        pair = seen_vendor or marked[0], seen_question or marked[1]
        if not pair[0]:
            return (
                f"“{entry.vendor or vendor}” is no vendor of this evaluation, so it cannot be told whose answer it is."
            )
        if not pair[1]:
            return f"“{entry.question or question}” is no question of this evaluation any more."
        if (entry.vendor and not seen_vendor) or (entry.question and not seen_question):
            return Placed(
                entry, pair, None, (*entry.problems, _by_its_mark(entry, self.now.vendor(pair[0]).name, pair[1]))
            )
        if entry.marked is None or marked == pair:
            return Placed(entry, pair, entry.untouched, entry.problems)
        return Placed(entry, pair, None, (*entry.problems, _moved(entry)))

    def _vendor(self, text: str) -> str:
        known = find_vendor(self.now, text) if self.names and text else None
        return known.id if known else self._under_letters.get(text.strip().casefold(), "")


def _by_its_mark(entry: OfflineEntry, vendor: str, question: str) -> Problem:
    shown = ", ".join(part for part in (entry.vendor, entry.question) if part)
    said = f"“{shown}” is no answer of this evaluation. By its hidden mark the row was taken for {vendor}, {question}."
    return _told(entry, said)


def _moved(entry: OfflineEntry) -> Problem:
    return _told(
        entry,
        "The row’s hidden mark names another answer, as when only a part of the columns was sorted. The vendor and "
        "number that stand in the row were taken.",
    )


def _told(entry: OfflineEntry, message: str) -> Problem:
    return Problem(
        severity="note",
        message=message,
        remedy="Check that the rating belongs to it.",
        sheet=entry.sheet,
        cell=next(iter(entry.cells.values()), ""),
    )


def together(placed: Iterable[Placed]) -> dict[Pair, list[Placed]]:
    """The rows of each answer: those in which something is written, or the first where nothing is."""
    rows: dict[Pair, list[Placed]] = {}
    for each in placed:
        rows.setdefault(each.pair, []).append(each)
    return {pair: [each for each in found if each.entry.filled] or found[:1] for pair, found in rows.items()}
