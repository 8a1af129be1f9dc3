"""A filled standard questionnaire beside our questions, and our questions beside the standards, in words and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ii_vendor.intake.foreign.standards_reading import StandardReading, Touch
from ii_vendor.model.crosswalk import Clause, Crosswalk, Relation
from ii_vendor.model.questionnaire import Question
from ii_vendor.model.workbook import ReadAnswer, ReadRow

RELATIONS: Mapping[Relation, str] = {"part": "part of an answer", "near": "the same subject only"}
FROM_MEMORY = "id not looked up"
NO_STANDARD = "This workbook is none of the standard questionnaires whose clauses are known here."


def summary(reading: StandardReading) -> str:
    """In two sentences: ``This looks like HECVAT 3 (Full). It answers a part of 9 of our 39 questions ...``"""
    asked, part, near, left = len(reading.questions), len(reading.in_part), len(reading.near), len(reading.open)
    return (
        f"This looks like {reading.crosswalk.title}. It answers a part of {part} of our {asked} questions, and none "
        f"as a whole. On {near} more it says something on the same subject, and on {left} nothing."
    )


def reading_lines(reading: StandardReading) -> Iterator[str]:
    """What the workbook says on each of our questions, for a terminal."""
    crosswalk = reading.crosswalk
    yield summary(reading)
    yield f"{reading.known} of its {reading.rows} rows are clauses of {crosswalk.title} by {crosswalk.publisher}."
    yield crosswalk.reading
    for key in (*reading.in_part, *reading.near):
        yield ""
        yield f"{key} {reading.questions[key].title}"
        for touch in reading.touches[key]:
            yield from _touch_lines(touch)
    yield ""
    yield f"Open: {_named(reading.open, reading.questions)}." if reading.open else "No question is left open."


def _touch_lines(touch: Touch) -> Iterator[str]:
    said = [f"{RELATIONS[touch.relation]}", *([FROM_MEMORY] if touch.clause.from_memory else [])]
    yield f"  {touch.clause.id} ({', '.join(said)}): {_line(touch.row.question) or touch.clause.about}"
    if not touch.row.answered:
        yield f"    {place(touch.row)}: not answered"
    for answer in touch.row.answers:
        if answer.answered:
            vendor = f"{answer.vendor}: " if answer.vendor else ""
            yield f"    {place(touch.row, answer)}: {vendor}{' – '.join(f'“{_line(text)}”' for text in words(answer))}"


def words(answer: ReadAnswer) -> tuple[str, ...]:
    """What a vendor wrote in a row: the answer, the comment, the evidence, as far as they are there."""
    return tuple(text for text in (answer.answer, answer.comment, answer.evidence) if text.strip())


def place(row: ReadRow, answer: ReadAnswer | None = None) -> str:
    """Where an answer stands, ``Answers!C7, D7``; the row where nothing was answered."""
    cells = answer.cells.values() if answer else ()
    return f"{row.sheet}!{', '.join(dict.fromkeys(cells))}" if cells else f"{row.sheet}, row {row.row}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _named(keys: Iterable[str], questions: Mapping[str, Question]) -> str:
    return ", ".join(f"{key} {questions[key].title}" for key in keys)


def reading_dict(reading: StandardReading | None) -> dict[str, Any]:
    """``{standard, rows, known, in_part, near, open, questions: [{id, title, clauses: [...]}]}``; only
    ``standard: null`` where the workbook is none."""
    if reading is None:
        return {"standard": None}
    return {
        "standard": _standard(reading.crosswalk),
        "rows": reading.rows,
        "known": reading.known,
        "in_part": list(reading.in_part),
        "near": list(reading.near),
        "open": list(reading.open),
        "questions": [
            {"id": key, "title": question.title, "clauses": [_touch(each) for each in reading.touches[key]]}
            for key, question in reading.questions.items()
        ],
    }


def _standard(crosswalk: Crosswalk) -> dict[str, Any]:
    return crosswalk.model_dump(mode="json", include={"id", "title", "publisher", "source", "reading"})


def _clause(clause: Clause, relation: Relation) -> dict[str, Any]:
    return {"clause": clause.id, "relation": relation, "about": clause.about, "from_memory": clause.from_memory}


def _touch(touch: Touch) -> dict[str, Any]:
    return {
        **_clause(touch.clause, touch.relation),
        "sheet": touch.row.sheet,
        "row": touch.row.row,
        "question": touch.row.question,
        "answered": touch.row.answered,
        "answers": [each.model_dump(mode="json") for each in touch.row.answers if each.answered],
    }


def table_lines(crosswalks: Sequence[Crosswalk], questions: Mapping[str, Question]) -> Iterator[str]:
    """Each of our questions with its clauses, a standard a line; those of the same subject only in brackets."""
    for key, question in questions.items():
        yield f"{key} {question.title}"
        for crosswalk in crosswalks:
            clauses = list(crosswalk.relating(key))
            if clauses:
                yield f"  {crosswalk.title}: {', '.join(_marked(*each) for each in clauses)}"
    yield "In brackets: the same subject only. With *: nobody looked the id up."


def _marked(clause: Clause, relation: Relation) -> str:
    name = f"{clause.id}{'*' if clause.from_memory else ''}"
    return name if relation == "part" else f"({name})"


def table_dict(crosswalks: Sequence[Crosswalk], questions: Mapping[str, Question]) -> dict[str, Any]:
    """``{standards: [...], questions: [{id, title, clauses: [{standard, clause, relation, about, from_memory}]}]}``"""
    return {
        "standards": [_standard(each) for each in crosswalks],
        "questions": [
            {
                "id": key,
                "title": question.title,
                "clauses": [
                    {"standard": crosswalk.id, **_clause(clause, relation)}
                    for crosswalk in crosswalks
                    for clause, relation in crosswalk.relating(key)
                ],
            }
            for key, question in questions.items()
        ],
    }
