"""Answers that are already known, arranged the way a section's sheet wants them."""

from __future__ import annotations

from collections.abc import Mapping

from ii_vendor.errors import UserError
from ii_vendor.model.questionnaire import Column, Section
from ii_vendor.model.response import Answer


class MisplacedAnswer(UserError):
    """An answer that has no place in the workbook. The message names it."""


Flow = tuple[str, dict[str, str]]
"""One row of a table: its name, and its text by question id."""


def plain_text(answer: Answer) -> str:
    """The answer to a question that stands alone."""
    return "\n".join(cell.text for cell in answer.cells)


def by_column(answer: Answer, columns: tuple[Column, ...]) -> dict[str, str]:
    """The answer to a question that is a table row, by column id. Raises MisplacedAnswer for an unknown column."""
    ids = {name: column.id for column in columns for name in (column.id, column.title)}
    placed: dict[str, str] = {}
    for cell in answer.cells:
        if cell.column not in ids:
            known = ", ".join(column.id for column in columns)
            raise MisplacedAnswer(f"{answer.question}: there is no column '{cell.column}'; the columns are {known}.")
        placed[ids[cell.column]] = cell.text
    return placed


def flows(section: Section, answers: Mapping[str, Answer]) -> list[Flow]:
    """The rows of a table whose questions are columns. Rows of one name stay apart and keep their order."""
    rows: dict[tuple[str, int], dict[str, str]] = {}
    for question in section.questions:
        seen: dict[str, int] = {}
        for cell in answers.get(question.id, Answer(question=question.id)).cells:
            nth = seen[cell.row] = seen.get(cell.row, 0) + 1
            rows.setdefault((cell.row, nth), {})[question.id] = cell.text
    return [(name, texts) for (name, _), texts in rows.items()]
