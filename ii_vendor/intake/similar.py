"""Which of many questions ask something like one question."""

from __future__ import annotations

from collections.abc import Iterable

from ii_vendor.intake.foreign.similarity import QuestionIndex, Wording
from ii_vendor.model.questionnaire import Question

TITLES_WEIGH, ALIKE = 0.7, 0.05
"""What a title counts against the question itself, and how alike a question has to be to be named at all."""


def similar_questions(text: str, questions: Iterable[Question], most: int = 3) -> list[str]:
    """Ids of the ``questions`` that ask most nearly what ``text`` does, most alike first; none where none is alike."""
    wordings = [
        Wording(each.id, words, weight)
        for each in questions
        for words, weight in ((each.text, 1.0), (each.title, TITLES_WEIGH))
    ]
    index = QuestionIndex(wordings)
    found = index.similarities([text])[0]
    alike = sorted(zip(found.tolist(), index.questions, strict=True), key=lambda pair: -pair[0])
    return [question for similarity, question in alike[:most] if similarity > ALIKE]
