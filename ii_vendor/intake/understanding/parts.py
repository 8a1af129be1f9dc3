"""Several questions in one cell: told apart where they, and their answers, are numbered alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ii_vendor.intake.understanding.words import asks

_NUMBERED = re.compile(r"^[ \t]*\(?([0-9]{1,2}|[a-zA-Z]|[ivx]{1,4})[.):][ \t]+(?=\S)", re.MULTILINE)
_LEAST = 2


def numbered_parts(text: str) -> list[tuple[str, str]]:
    """The parts of a text that are numbered in order, each with its number: ``a``, ``1``; none where they are not.

    What stands before the first number belongs to none of them.
    """
    marks = list(_NUMBERED.finditer(text))
    numbers = [mark[1].lower() for mark in marks]
    if len(marks) < _LEAST or not _in_order(numbers):
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [(number, text[mark.start() : end].strip()) for number, mark, end in zip(numbers, marks, ends, strict=True)]


def without_number(part: str) -> str:
    """A part without the number that it begins with."""
    return _NUMBERED.sub("", part, count=1).strip()


def holds_several(question: str) -> bool:
    """Whether a cell asks several numbered questions."""
    return sum(asks(without_number(part)) for _, part in numbered_parts(question)) >= _LEAST


def answers_by_number(answer: str, numbers: Sequence[str]) -> list[str] | None:
    """The answer to each number, where the answer is numbered as the questions are; else None."""
    found = dict(numbered_parts(answer))
    before = _NUMBERED.search(answer)
    if before is None or answer[: before.start()].strip() or not found.keys() <= set(numbers):
        return None
    return [without_number(found[number]) if number in found else "" for number in numbers]


def _in_order(numbers: Sequence[str]) -> bool:
    if all(number.isdigit() for number in numbers):
        return all(int(after) == int(before) + 1 for before, after in pairwise(numbers))
    if all(len(number) == 1 and number.isalpha() for number in numbers):
        return all(ord(after) == ord(before) + 1 for before, after in pairwise(numbers))
    return numbers[0] == "i" and len(set(numbers)) == len(numbers)
