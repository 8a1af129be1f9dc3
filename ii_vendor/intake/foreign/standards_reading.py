"""What a filled standard questionnaire says on each of our questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ii_vendor.intake.foreign.standards import Recognised, recognise
from ii_vendor.model.crosswalk import Clause, Crosswalk, Relation
from ii_vendor.model.questionnaire import Question, Questionnaire
from ii_vendor.model.workbook import ReadRow, WorkbookLayout


@dataclass(frozen=True)
class Touch:
    """A clause that touches a question of ours, with the row of the workbook where it was asked."""

    clause: Clause
    relation: Relation
    row: ReadRow


@dataclass(frozen=True)
class StandardReading:
    """A filled standard questionnaire beside our questions.

    ``rows`` is how many questions the workbook has, and ``known`` how many of them are of the standard. ``touches``
    gives the clauses on each of ``questions``, those that answer a part of it first, and answered ones before others.
    """

    crosswalk: Crosswalk
    rows: int
    known: int
    questions: Mapping[str, Question]
    touches: Mapping[str, tuple[Touch, ...]]

    @cached_property
    def in_part(self) -> tuple[str, ...]:
        """Our questions that an answer in the workbook is part of an answer to."""
        return tuple(key for key in self.questions if any(_answers_part(each) for each in self.touches[key]))

    @cached_property
    def near(self) -> tuple[str, ...]:
        """Those on whose subject something is answered, but nothing that we ask."""
        answered = {key for key in self.questions if any(each.row.answered for each in self.touches[key])}
        return tuple(key for key in self.questions if key in answered - set(self.in_part))

    @cached_property
    def open(self) -> tuple[str, ...]:
        """Those on which the workbook says nothing."""
        return tuple(key for key in self.questions if key not in {*self.in_part, *self.near})


def standard_reading(
    layout: WorkbookLayout, crosswalks: Sequence[Crosswalk], questionnaires: Sequence[Questionnaire]
) -> StandardReading | None:
    """What the workbook says on each question; None where it is none of the standards."""
    found = recognise(layout, crosswalks)
    if found is None:
        return None
    questions = {question.id: question for each in questionnaires for question in each.questions()}
    touches = list(_touches(layout, found))
    return StandardReading(
        crosswalk=found.crosswalk,
        rows=len(layout.rows),
        known=found.known,
        questions=questions,
        touches={
            key: tuple(sorted((touch for asked, touch in touches if asked == key), key=_rank)) for key in questions
        },
    )


def _answers_part(touch: Touch) -> bool:
    return touch.relation == "part" and touch.row.answered


def _rank(touch: Touch) -> tuple[bool, bool]:
    return touch.relation != "part", not touch.row.answered


def _touches(layout: WorkbookLayout, found: Recognised) -> Iterator[tuple[str, Touch]]:
    """Each clause at its answered rows; at its first one where none is answered."""
    asked: dict[str, list[ReadRow]] = {}
    for row in layout.rows:
        if row.key in found.rows:
            asked.setdefault(found.rows[row.key].id, []).append(row)
    for clause in found.crosswalk.clauses:
        rows = asked.get(clause.id, [])
        for row in [row for row in rows if row.answered] or rows[:1]:
            for question, relation in clause.relations:
                yield question, Touch(clause, relation, row)
