"""An assignment workbook that came back, in words: what it brings, where it differs, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ii_vendor.intake.levels import NOT_APPLICABLE
from ii_vendor.model.offline import AssignmentComparison, AssignmentTaken, Given, OfflineRow, Recorded, RowState
from ii_vendor.report.phrases import counted

SHOWN = (RowState.conflict, RowState.unusable, RowState.changed, RowState.new, RowState.emptied, RowState.later)
"""The states that are worth a row, what needs a person first."""


def level_shown(given: Given) -> str:
    """``3`` or ``n/a``."""
    return NOT_APPLICABLE if given.level is None else str(given.level)


def given_words(given: Given) -> str:
    """A rating in a line: ``3, document: It was tested. “Runs alone.”``"""
    reason = f": {given.reason}" if given.reason else ""
    quote = f" “{given.quote}”" if given.quote else ""
    return f"{level_shown(given)}, {given.grade.value}{reason}{quote}"


def recorded_words(recorded: Recorded) -> str:
    """The same for what is on record, with who entered it when."""
    return f"{given_words(recorded.given)} ({who_and_when(recorded)})"


def who_and_when(recorded: Recorded) -> str:
    """``Amara Osei, 2 Nov 2026, 12:04 UTC``."""
    return f"{recorded.by}, {recorded.at.day} {recorded.at:%b %Y, %H:%M} UTC"


def summary(found: AssignmentComparison) -> str:
    """What a workbook brings, in a sentence: ``3 new, 1 changed, 2 in conflict, 150 the same or not rated.``"""
    parts = [f"{number} {state.value}" for state in SHOWN if (number := len(found.of(state)))]
    rest = len(found.of(RowState.same, RowState.open))
    if rest:
        parts.append(f"{rest} the same or not rated")
    return f"{', '.join(parts)}." if parts else "Nothing in this workbook belongs to the assignment."


def where(row: OfflineRow) -> str:
    """``Halden Grid, Q3``, and where it stands in the file."""
    what = ", ".join(part for part in (row.name, row.question) if part)
    return f"{what} ({row.place})" if row.place else what


def comparison_lines(found: AssignmentComparison) -> Iterator[str]:
    """The comparison for a terminal: what it comes to, each row that differs, and what is odd about the file."""
    yield f"{found.file.name}, assignment of {found.evaluator}: {summary(found)}"
    for state in SHOWN:
        for row in found.of(state):
            yield f"{state.value}: {where(row)}"
            if row.given:
                yield f"  in the file: {_line(given_words(row.given))}"
            if row.recorded:
                yield f"  recorded: {_line(recorded_words(row.recorded))}"
            yield from (f"  {why}" for why in row.why)
    yield from notes(found)


def notes(found: AssignmentComparison) -> Iterator[str]:
    """What is odd about the file, each in a sentence or two; what keeps a row from being used stands with the row."""
    of_rows = (problem for row in found.rows for problem in row.problems if problem.severity != "error")
    for problem in (*found.problems, *of_rows):
        said = (problem.place and f"{problem.place}:", problem.message, problem.remedy)
        yield " ".join(part for part in said if part)


def taken_words(taken: AssignmentTaken) -> str:
    """How much was saved."""
    return f"Saved {counted(len(taken.saved), 'rating')}." if taken.saved else "Nothing had to be saved."


def comparison_dict(found: AssignmentComparison) -> dict[str, Any]:
    """The comparison as plain JSON: counts by state, and every row but those that are not rated anywhere."""
    return {
        "evaluation": found.evaluation,
        "evaluator": found.evaluator,
        "sequence": found.sequence,
        "file": found.file.model_dump(),
        "counts": {state.value: len(found.of(state)) for state in RowState},
        "rows": [_row_dict(row) for row in found.rows if row.state is not RowState.open],
        "problems": [problem.model_dump() for problem in found.problems],
    }


def taken_dict(taken: AssignmentTaken) -> dict[str, Any]:
    """What became of a workbook, as plain JSON."""
    return {
        "saved": [{"vendor": vendor, "question": question} for vendor, question in taken.saved],
        "left": [each.model_dump() for each in taken.left],
    }


def _row_dict(row: OfflineRow) -> dict[str, Any]:
    recorded = row.recorded
    return {
        "vendor": row.vendor,
        "name": row.name,
        "question": row.question,
        "state": row.state.value,
        "place": row.place,
        "cells": dict(row.cells),
        "file": _given_dict(row.given) if row.given else None,
        "recorded": {**_given_dict(recorded.given), "by": recorded.by, "at": recorded.at.isoformat()}
        if recorded
        else None,
        "why": list(row.why),
        "problems": [problem.model_dump() for problem in row.problems],
    }


def _given_dict(given: Given) -> dict[str, str]:
    return {"level": level_shown(given), "grade": given.grade.value, "reason": given.reason, "quote": given.quote}


def _line(text: str) -> str:
    return " ".join(text.split())
