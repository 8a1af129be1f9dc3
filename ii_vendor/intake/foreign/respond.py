"""A workbook in another layout with its confirmed matches -> a Response; what is none of ours stays beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ii_vendor.model.questionnaire import Question, Questionnaire
from ii_vendor.model.response import Answer, Attachment, Carried, Cell, Problem, Response, SourceFile
from ii_vendor.model.workbook import Match, ReadAnswer, ReadRow, WorkbookLayout

COMMENT = "Comment"
"""The column label of a comment that belongs with an answer."""

OPPOSITE = "asks the opposite of our question: a yes there is a no here"

_NAMED = 12

_Pair = tuple[ReadRow, Match]


def respond(
    layout: WorkbookLayout,
    matches: Iterable[Match],
    questionnaires: Sequence[Questionnaire],
    file: SourceFile,
    vendor: str,
    *,
    whose: str = "",
) -> Response:
    """The response of ``vendor`` by ``matches`` that a person confirmed.

    Every answer keeps the words of the question it was given to: several of their rows may answer one of ours, and one
    of theirs several of ours. A choice is taken where one row gave exactly one of our options to the same question.
    ``whose`` names the columns to take where vendors stand side by side, beside those that name none. A row whose
    question is not asked, or that has no match, becomes an attachment.
    """
    asked = [question for each in questionnaires for question in each.questions()]
    known = {question.id for question in asked}
    matched: dict[str, list[Match]] = {}
    for match in matches:
        if match.question in known:
            matched.setdefault(match.row, []).append(match)
    by_question: dict[str, list[_Pair]] = {}
    for row in layout.rows:
        for match in matched.get(row.key, ()):
            by_question.setdefault(match.question, []).append((row, match))
    answers = tuple(_answer(question, by_question.get(question.id, ()), whose) for question in asked)
    ways = Counter(matched[row.key][0].by for row in layout.rows if row.key in matched)
    problems = (*layout.problems, *_open(answers))
    return Response(
        vendor=vendor,
        answers=answers,
        file=file,
        problems=tuple(problem for problem in problems if problem.severity != "error"),
        attachments=tuple(attachment(row, whose) for row in layout.rows if row.key not in matched),
        carried=Carried(rows=len(layout.rows), matched=dict(ways)),
    )


def answer_of(row: ReadRow, whose: str = "") -> ReadAnswer:
    """What the vendor ``whose`` wrote in a row: in its own columns, else in those that name no vendor. An empty answer
    where it wrote nothing."""
    said = {each.vendor: each for each in row.answers}
    return said.get(whose) or said.get("") or ReadAnswer(vendor=whose)


def attachment(row: ReadRow, whose: str = "") -> Attachment:
    """A row as it is kept beside the answers to our questions."""
    said = answer_of(row, whose)
    return Attachment(
        place=row.key,
        id=row.id,
        section=row.section,
        question=row.question,
        answer=said.answer,
        comment=said.comment,
        evidence=said.evidence,
    )


def label(row: ReadRow, match: Match) -> str:
    """Their id and question in full, and a plain warning where it asks the opposite of ours."""
    words = " ".join(part for part in (row.id, " ".join(row.question.split())) if part)
    return f"{words} ({OPPOSITE})" if match.negated else words


def _answer(question: Question, pairs: Sequence[_Pair], whose: str) -> Answer:
    cells = tuple(cell for row, match in pairs for cell in _cells(row, match, answer_of(row, whose)))
    evidence = [said.evidence for row, _ in pairs if (said := answer_of(row, whose)).evidence.strip()]
    return Answer(
        question=question.id,
        cells=cells,
        evidence="\n".join(dict.fromkeys(evidence)),
        choice=_choice(question, pairs, whose),
    )


def _cells(row: ReadRow, match: Match, said: ReadAnswer) -> Iterator[Cell]:
    parts: Mapping[str, str] = {"answer": "", "comment": COMMENT}
    for part, column in parts.items():
        text: str = getattr(said, part)
        if text.strip():
            yield Cell(text=text, row=label(row, match), column=column, address=_address(row, said.cells.get(part, "")))


def _address(row: ReadRow, cell: str) -> str:
    return f"{row.sheet}!{cell}" if cell else row.key


def _choice(question: Question, pairs: Sequence[_Pair], whose: str) -> str:
    """Our option, where their answer is exactly it and their question is the same as ours."""
    if len(pairs) != 1 or pairs[0][1].negated or pairs[0][1].by == "clause":
        return ""
    said = answer_of(pairs[0][0], whose).answer.strip()
    return said if said in question.options else ""


def _open(answers: Sequence[Answer]) -> Iterator[Problem]:
    left = [answer.question for answer in answers if not answer.answered]
    if left:
        more = f" and {len(left) - _NAMED} more" if len(left) > _NAMED else ""
        named = f"{', '.join(left[:_NAMED])}{more}"
        message = f"{len(left)} of our {len(answers)} questions have no answer in this workbook: {named}."
        remedy = "They count as unanswered. Send the vendor the response workbook, or ask for what is missing."
        yield Problem(severity="warning", message=message, remedy=remedy)
