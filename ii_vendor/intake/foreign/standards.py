"""Which standard questionnaire a workbook is, and which row of it is which clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ii_vendor.intake.foreign.similarity_words import content_words, words_of
from ii_vendor.model.crosswalk import Clause, Crosswalk, clause_key
from ii_vendor.model.workbook import ReadRow, WorkbookLayout

_AFTER_HEADING = re.compile(r"[:\n–—]| - ")
_COUNTED = ("element", "section", "no")
_SHORT = 40
"""A question of no more letters may be a heading itself."""


@dataclass(frozen=True)
class Recognised:
    """A standard that a workbook is. ``rows`` gives the clause of each row, by the row's key, where one of ours relates
    to it; ``known`` is how many of its rows are of the standard."""

    crosswalk: Crosswalk
    rows: Mapping[str, Clause]
    known: int


def recognise(layout: WorkbookLayout, crosswalks: Sequence[Crosswalk]) -> Recognised | None:
    """The standard that the workbook is; None where it is none of them, or where it could be more than one."""
    ids = {row.key: tuple(_possible_ids(row)) for row in layout.rows}
    by_ids = [_by_ids(layout, each, ids) for each in crosswalks if each.recognise.ids]
    found = by_ids if any(by_ids) else [_by_titles(layout, each) for each in crosswalks if not each.recognise.ids]
    best = sorted((each for each in found if each), key=lambda each: each.known, reverse=True)
    if len(best) > 1 and best[0].known == best[1].known:
        return None
    return best[0] if best else None


def _by_ids(layout: WorkbookLayout, crosswalk: Crosswalk, ids: Mapping[str, tuple[str, ...]]) -> Recognised | None:
    rule = crosswalk.recognise
    own_id = _OwnIds(crosswalk).of
    keys = {row: own for row, possible in ids.items() if (own := next(filter(None, map(own_id, possible)), ""))}
    telling = rule.telling is None or any(re.fullmatch(rule.telling, key) for key in keys.values())
    if not telling or len(set(keys.values())) < rule.fewest or len(keys) < rule.share * len(layout.rows):
        return None
    clauses = {
        row.key: clause
        for row in layout.rows
        if (clause := crosswalk.by_key.get(keys.get(row.key, ""))) and _same_subject(row, clause)
    }
    return Recognised(crosswalk, clauses, len(keys))


def _possible_ids(row: ReadRow) -> Iterator[str]:
    """What may be the id of a row, as a key: its own cell, or the beginning of its question."""
    for text in (row.id, *_openings(row.question)):
        if key := clause_key(text):
            yield key


class _OwnIds:
    """The ids of a standard, with or without its name before them: ``IEC 62443-3-3 SR 5.2``, ``62443-3-3 SR 5.2``."""

    def __init__(self, crosswalk: Crosswalk) -> None:
        words = crosswalk.title.split()
        self._fits = re.compile(crosswalk.recognise.ids or "").fullmatch
        self._names = tuple(clause_key("".join(words[start:])) for start in range(len(words)))

    def of(self, key: str) -> str:
        """The id of the standard that a key is; empty where it is none."""
        if key.startswith(self._names):
            key = key.removeprefix(next(name for name in self._names if key.startswith(name)))
        return key if self._fits(key) else ""


def _openings(question: str) -> Iterator[str]:
    """What may be an id at the beginning of a question: its first word, or the first up to a colon or a bracket."""
    first = question.split(maxsplit=1)[0] if question.strip() else ""
    yield first.rstrip(".:)")
    yield _AFTER_HEADING.split(question, maxsplit=1)[0][:_SHORT]


def _same_subject(row: ReadRow, clause: Clause) -> bool:
    """Whether the question there is on the subject of the clause: another edition may ask something else by its id."""
    asked = set(content_words(row.question))
    return not asked or bool(asked & set(content_words(clause.about)))


def _by_titles(layout: WorkbookLayout, crosswalk: Crosswalk) -> Recognised | None:
    titles = {words_of(title): clause for clause in crosswalk.clauses for title in clause.titles}
    longest = max(map(len, titles))
    rows: dict[str, Clause] = {}
    for row in layout.rows:
        openings = (words[:length] for words in _headings(row) for length in range(longest, 0, -1))
        clause = next((titles[opening] for opening in openings if opening in titles), None)
        if clause is not None:
            rows[row.key] = clause
    if len({clause.id for clause in rows.values()}) < crosswalk.recognise.fewest:
        return None
    return Recognised(crosswalk, rows, len(rows))


def _headings(row: ReadRow) -> Iterator[tuple[str, ...]]:
    """What stands over a question: its section, its id in words, and what the question itself begins with up to a
    colon, a dash or the end of a line; without the number before it."""
    yield _without_number(row.section)
    yield _without_number(row.id)
    heading, *rest = _AFTER_HEADING.split(row.question, maxsplit=1)
    if rest or len(heading) <= _SHORT:
        yield _without_number(heading)


def _without_number(text: str) -> tuple[str, ...]:
    words = words_of(text)
    first = next((n for n, word in enumerate(words) if not word.isdigit() and word not in _COUNTED), len(words))
    return words[first:]
