"""What the rubric of a question of the team's own can begin with: those of questions like it, and a plain scale."""

from __future__ import annotations

from collections.abc import Mapping

from ii_vendor.intake import similar_questions
from ii_vendor.library import Library
from ii_vendor.library.own_edit import PLAIN_LEVELS, plain_start
from ii_vendor.model.own import OwnQuestionnaire, RubricDraft
from ii_vendor.model.questionnaire import Question
from ii_vendor.model.rubric import Rubric

PLAIN = "plain"
"""Stands for the plain scale among the ids of questions."""


def possible_starts(shelf: Library, own: OwnQuestionnaire, question: Question) -> dict[str, str]:
    """Ids of questions with a whole rubric, and how each is called: first those that ask something like it, then the
    plain scale, then all others."""
    asked = {key: each for key, each in _asked(shelf, own).items() if key != question.id and _judged(shelf, own, key)}
    near = similar_questions(question.text, asked.values())
    titles = {key: f"{key} {each.title}" for key, each in asked.items()}
    titles[PLAIN] = "A plain scale that fits any question"
    for key in near[:1]:
        titles[key] += " (most alike)"
    return {key: titles[key] for key in dict.fromkeys((*near, PLAIN, *asked))}


def start_from(shelf: Library, own: OwnQuestionnaire, question: Question, chosen: str) -> RubricDraft:
    """The rubric of the ``chosen`` question, or the plain scale, as a start for this one."""
    rubric = _judged(shelf, own, chosen)
    return RubricDraft.like(rubric, question.id) if rubric else plain_start(question.id)


def borrowed_sentence(shelf: Library, own: OwnQuestionnaire, question: str) -> str:
    """That the levels of this question are word for word the plain scale, or those of another; empty where not."""
    levels = own.rubric(question).levels
    if levels == PLAIN_LEVELS:
        return "Its levels are still the plain scale: say what they mean for this question."
    others = (key for key in _asked(shelf, own) if key != question)
    for key in others if levels else ():
        judged = _judged(shelf, own, key)
        if judged and judged.levels == levels:
            return f"Its levels are word for word those of {key}: do they fit this question?"
    return ""


def _asked(shelf: Library, own: OwnQuestionnaire) -> Mapping[str, Question]:
    shared = {each.id: each for questionnaire in shelf.questionnaires.values() for each in questionnaire.questions()}
    return {**own.questions, **shared}


def _judged(shelf: Library, own: OwnQuestionnaire, question: str) -> Rubric | RubricDraft | None:
    return shelf.rubrics.get(question) or (own.rubric(question).rubric if question in own.questions else None)
