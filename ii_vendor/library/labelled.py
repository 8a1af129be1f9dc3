"""Reads labelled answers: one JSON object a line, one file an author."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from ii_vendor.errors import UserError
from ii_vendor.model.labelled import LabelledAnswer

REMEDIES = {
    "json_invalid": "Write one JSON object a line, with quotes around every text.",
    "extra_forbidden": "Take the key out, or correct its name.",
    "missing": "Add the key.",
}


class LabelledError(UserError):
    """A file of labelled answers cannot be used; the message says which line and what to do."""


def read_labelled(paths: Iterable[Path]) -> list[LabelledAnswer]:
    """The answers in these files, and in every ``.jsonl`` file of those that are folders, in the order of their names.

    An answer that names no author gets the name of its file, without the ending. Raises LabelledError.
    """
    return [answer for path in _files(paths) for answer in _answers_in(path)]


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = sorted(path.glob("*.jsonl"))
        if not inside:
            raise LabelledError(f"There is no .jsonl file in {path}. Name another folder, or the files themselves.")
        yield from inside


def _answers_in(path: Path) -> Iterator[LabelledAnswer]:
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except OSError as error:
        raise LabelledError(f"Cannot read {path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise LabelledError(f"{path} is not text in UTF-8. Save it as UTF-8.") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            answer = _answer(line, f"{path}, line {number}")
            yield answer if answer.author else answer.model_copy(update={"author": path.stem})


def _answer(line: str, place: str) -> LabelledAnswer:
    try:
        return LabelledAnswer.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        remedy = REMEDIES.get(first["type"], "Correct it; scoring/README.md lists the keys.")
        raise LabelledError(f"{place}{f', key {key}' if key else ''}: {said}. {remedy}") from error
