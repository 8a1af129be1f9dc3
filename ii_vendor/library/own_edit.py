"""What somebody wrote about one question on a form -> the question and its rubric, as far as it goes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from ii_vendor.errors import UserError
from ii_vendor.model.base import Frozen
from ii_vendor.model.own import RedFlagDraft, RubricDraft
from ii_vendor.model.questionnaire import Question
from ii_vendor.model.rubric import Severity

WORDS_IN_A_FLAGS_ID = 4
_PASSED_OVER = frozenset(
    {"a", "an", "and", "are", "at", "be", "by", "for", "in", "is", "it", "of", "on", "or", "that", "the", "to"}
)

PLAIN_LEVELS = {
    0: "It is not answered, or something else is; or it is not so in the version offered.",
    1: "Partly: important parts are missing, or are promised for later.",
    2: "Mostly, with a condition or a gap that the plant has to work around.",
    3: "Fully, in the version offered. Small gaps remain, and they are named.",
    4: "Fully, in the version offered, without conditions, and plant staff can see and test it themselves.",
}
"""A scale that fits any question, and judges none of them sharply: a start to be made concrete."""


class WrittenFlag(NamedTuple):
    """A red flag as it stands on the form. ``id`` is empty for a new one; without a statement it is none."""

    id: str
    statement: str
    severity: str
    gate: bool
    ask: str


class Written(Frozen):
    """Everything on the form. Of texts that are lists, each line is an item."""

    title: str
    text: str
    guidance: str
    options: str
    evidence: str
    critical: bool
    rationale: str
    levels: dict[int, str]
    red_flags: tuple[WrittenFlag, ...]
    good_signs: str
    verify: str
    clause: str
    references: str


_NEEDED = {
    "title": "the question needs a title.",
    "text": "the question needs words.",
    "guidance": "say in the guidance what a complete answer says.",
    "evidence": "name at least one kind of evidence that a vendor may send.",
}


def plain_start(question: str) -> RubricDraft:
    """A start for a question without one like it: the plain scale, with what usually goes with it. Why the question
    matters is left to whoever asks it."""
    flag = RedFlagDraft(
        id=f"{question}-left-open",
        statement="The answer leaves it open, or promises it for later.",
        severity=Severity.minor,
        ask="What of this is true of the version that you offer today?",
    )
    return RubricDraft(
        question=question,
        levels=PLAIN_LEVELS,
        red_flags=(flag,),
        good_signs=("It names the version, and where it can be seen.",),
        verify="Have it shown on the version offered, by plant staff themselves. Pass: it works as it was answered.",
        clause=(
            "The Supplier warrants that its answer to this question is true of the delivered system, and shall remedy "
            "any departure from it at its own cost within 30 days."
        ),
    )


def edited(question: Question, rubric: RubricDraft, written: Written) -> tuple[Question, RubricDraft]:
    """The question and its rubric as written. Raises UserError for what neither can be."""
    asked: dict[str, Any] = question.model_dump() | {
        "title": written.title,
        "text": written.text,
        "guidance": written.guidance,
        "evidence": _lines(written.evidence),
        "critical": written.critical,
    }
    if question.kind != "table":
        options = _lines(written.options)
        asked |= {"options": options, "kind": "choice" if options else "text"}
    judged: dict[str, Any] = rubric.model_dump() | {
        "rationale": written.rationale,
        "levels": {level: text.strip() for level, text in written.levels.items() if text.strip()},
        "red_flags": _flags(question.id, written.red_flags),
        "good_signs": _lines(written.good_signs),
        "verify": written.verify,
        "clause": written.clause,
        "references": _lines(written.references),
    }
    try:
        return Question.model_validate(asked), RubricDraft.model_validate(judged)
    except ValidationError as error:
        raise UserError(
            " ".join(dict.fromkeys(_said(problem["loc"], problem["msg"]) for problem in error.errors()))
        ) from (error)


def _said(place: Sequence[int | str], message: str) -> str:
    field = str(place[0]) if place else ""
    if field in _NEEDED:
        return f"Not saved: {_NEEDED[field]}"
    if "options" in message:
        return "Not saved: name two options or more, or none."
    where = f"{field.replace('_', ' ')}: " if field else ""
    return f"Not saved: {where}{message.removeprefix('Value error, ')}."


def _flags(question: str, written: Iterable[WrittenFlag]) -> list[dict[str, Any]]:
    used: set[str] = set()
    flags = []
    for each in written:
        if not each.statement.strip():
            continue
        name = each.id or _free(f"{question}-{_slug(each.statement)}"[:56].rstrip("-"), used)
        used.add(name)
        flags.append(each._asdict() | {"id": name, "severity": each.severity or None})
    return flags


def _free(name: str, used: set[str]) -> str:
    number, free = 2, name
    while free in used:
        number, free = number + 1, f"{name}-{number}"
    return free


def _slug(statement: str) -> str:
    words = [word for word in re.findall(r"[a-z0-9]+", statement.lower()) if word not in _PASSED_OVER]
    return "-".join(words[:WORDS_IN_A_FLAGS_ID]) or "flag"


def _lines(text: str) -> list[str]:
    """A list as people type it, with or without a dash before each item."""
    return [item for line in text.splitlines() if (item := re.sub(r"^[-•*]\s+", "", line.strip()).strip())]
