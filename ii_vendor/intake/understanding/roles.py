"""The role of each column of a table, from its title and from what it holds, one to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ii_vendor.intake.understanding.sides import (
    Column,
    Placed,
    options_of,
    vendor_columns,
    vendor_groups,
    vendor_titles,
)
from ii_vendor.intake.understanding.words import folded, title_roles
from ii_vendor.model.workbook import Role

_NAMED = 0.5
_EXACT, _SELDOM = 0.95, 0.25
"""Words that seldom ask anything are told for questions by a title alone that says so exactly."""
_WISHED = 0.4
_MOSTLY_SHORT, _LONG_TOPIC, _CLEARLY = 0.6, 15, 0.7
_OF_QUESTIONS = frozenset(("q", "ques", "question", "questions", "frage", "pregunta"))
_ENOUGH_ANSWERS = 0.2
"""A column that holds less is told for the answers by its title alone."""
QUESTION_FROM = 0.45
"""How much must speak for a column to be taken for the questions, 0-1."""


def place(columns: Sequence[Column]) -> dict[int, Placed]:
    """The role of every column by its number; empty where no column holds questions."""
    question = _question(columns)
    if question is None:
        return {}
    asked, sure = question
    placed = {asked.number: Placed("question", sure)}
    rest = [column for column in columns if column.number != asked.number]
    placed |= _ids(rest, asked)
    placed |= _replies([column for column in rest if column.number not in placed], asked)
    placed |= _sections([column for column in rest if column.number not in placed], asked)
    return {c.number: placed.get(c.number, Placed("other", 1.0 if c.titles else 0.5)) for c in columns}


def _strength(column: Column, role: str) -> float:
    return max(title_roles(column.title).get(role, 0.0), title_roles(column.own).get(role, 0.0))


def _named(column: Column) -> float:
    return max((*title_roles(column.title).values(), *title_roles(column.own).values()), default=0.0)


def question_score(column: Column) -> float:
    """How much speaks for a column of questions, 0-1."""
    title, content = _strength(column, "question"), column.content
    if not content.count:
        return 0.0
    if content.asking < _SELDOM and title < _EXACT:
        title *= 0.5
    words = 0.75 * content.asking + 0.25 * min(1.0, content.length / 50)
    words *= 0.4 + 0.6 * min(1.0, content.distinct / 0.7)
    if content.ids > 0.6 or content.short > 0.5 or content.numbers > 0.5 or content.links > 0.6:
        words *= 0.2
        title *= 0.5
    if title >= _NAMED or _named(column) >= _NAMED:
        return 0.6 * title + 0.4 * words
    return max(0.6 * title + 0.4 * words, 0.8 * words)


def _question(columns: Sequence[Column]) -> tuple[Column, float] | None:
    best = max(columns, key=lambda c: (round(question_score(c), 3), c.content.fill, -c.number), default=None)
    score = question_score(best) if best else 0.0
    if best and score >= QUESTION_FROM:
        return best, min(1.0, score)
    topic = _topic(columns)
    return (topic, QUESTION_FROM) if topic else None


def _topic(columns: Sequence[Column]) -> Column | None:
    """What is asked in a word or two, to the left of a column that is titled as the answers: the wordiest column."""
    typed = [column for column in columns if column.content.formulas < 0.5]
    exact = [column.number for column in typed if _strength(column, "answer") >= _EXACT]
    given = [c.number for c in typed if _strength(c, "answer") >= _NAMED and c.content.short >= _MOSTLY_SHORT]
    answers, least = (exact, 1) if exact else (given, _LONG_TOPIC)
    if not any(_named(column) >= _CLEARLY and column.number not in answers for column in columns):
        return None
    left = [c for c in columns if answers and c.number < min(answers) and _says_topics(c)]
    best = max(left, key=lambda c: (c.content.length, -c.number), default=None)
    return best if best and best.content.length >= least else None


def _says_topics(column: Column) -> bool:
    content = column.content
    plain = max(content.ids, content.short, content.numbers, content.links, content.formulas) < 0.3
    return content.count >= 2 and plain and content.distinct >= 0.9


def _ids(columns: Sequence[Column], asked: Column) -> dict[int, Placed]:
    def score(column: Column) -> float:
        content = column.content
        if content.ids < 0.5 or not content.count:
            return 0.0
        coverage = min(1.0, content.fill / max(asked.content.fill, 0.01))
        left = 0.08 if column.number < asked.number else 0.0
        left += 0.05 if _OF_QUESTIONS.intersection(folded(column.own).split()) else 0.0
        return 0.5 * _strength(column, "id") + 0.42 * content.ids * coverage * (0.4 + 0.6 * content.distinct) + left

    best = max(columns, key=lambda c: (round(score(c), 3), -c.number), default=None)
    if best is None:
        return {}
    long_enough = best.content.length <= 40 and best.content.distinct >= 0.4
    if (
        score(best) >= 0.42
        and long_enough
        and (best.number < asked.number or _strength(best, "id") or best.content.length > 30)
    ):
        return {best.number: Placed("id", min(1.0, score(best)))}
    return {}


def _replies(columns: Sequence[Column], asked: Column) -> dict[int, Placed]:
    """Answers with what belongs to them: of one vendor or of several, written or ticked."""
    options = options_of(columns)
    placed = vendor_groups(columns, options) or vendor_titles(columns)
    if not placed:
        placed = _single(columns, options, asked)
    free = [column for column in columns if column.number not in placed]
    return placed | _beside_answers(free, placed, asked)


def _single(columns: Sequence[Column], options: Mapping[int, Placed], asked: Column) -> dict[int, Placed]:
    """The answers of one vendor, or of vendors whose names are the titles."""
    free = [column for column in columns if column.number not in options]
    titled = max(free, key=lambda c: (_answer_score(c, asked), -c.number), default=None)
    strength = _answer_score(titled, asked) if titled else 0.0
    if options and strength < 0.62:
        return dict(options)
    if titled and strength >= 0.5 and _strength(titled, "answer"):
        return {titled.number: Placed("answer", min(1.0, strength))}
    right = [column for column in free if column.number > asked.number]
    vendors = vendor_columns(right)
    if vendors:
        return vendors
    if titled and strength >= 0.3:
        return {titled.number: Placed("answer", strength)}
    return _untitled_answer(right)


def _answer_score(column: Column, asked: Column) -> float:
    title, content = _strength(column, "answer"), column.content
    if title and title < max((_strength(column, role) for role in ("comment", "guidance", "id")), default=0.0):
        title *= 0.5
    if column.number > asked.number and content.ids < 0.3 and folded(column.own).startswith("code"):
        title = 0.7
    if not title and _named(column) >= _NAMED:
        return 0.0
    written = content.short * 0.35 + (0.1 if content.count and content.formulas < 0.5 else 0.0)
    if content.links > 0.7 or (content.ids > 0.9 and content.short < 0.3 and content.numbers < 0.5):
        written -= 0.2
    written *= min(1.0, content.fill / _ENOUGH_ANSWERS)
    side = 0.05 if column.number > asked.number else -0.1
    return max(0.0, 0.65 * title + written + side) if title or content.short >= 0.4 else 0.0


def _untitled_answer(columns: Sequence[Column]) -> dict[int, Placed]:
    """The fullest column without a title that holds at least some short answers."""
    free = [c for c in columns if _named(c) < _NAMED and c.content.short >= 0.2 and c.content.formulas < 0.5]
    best = max(free, key=lambda c: (c.content.short * c.content.fill, -c.number), default=None)
    return {best.number: Placed("answer", 0.4)} if best else {}


def _beside_answers(columns: Sequence[Column], answers: Mapping[int, Placed], asked: Column) -> dict[int, Placed]:
    """Comment, evidence and guidance: each to the column that most speaks for it."""
    vendors = {placed.vendor for placed in answers.values()}
    roles: tuple[Role, ...] = ("guidance",) if vendors - {""} else ("comment", "evidence", "guidance")
    wishes = [
        (score, role, c.number) for c in columns for role in roles if (score := _wish(c, role, answers, asked)) >= 0.4
    ]
    found: dict[int, Placed] = {}
    taken: set[Role] = set()
    for score, role, number in sorted(wishes, key=lambda wish: (-wish[0], wish[2])):
        if score >= _WISHED and role not in taken and number not in found:
            found[number] = Placed(role, min(1.0, score))
            taken.add(role)
    return found if answers else _comment_as_answer(found, columns)


def _comment_as_answer(found: Mapping[int, Placed], columns: Sequence[Column]) -> dict[int, Placed]:
    """Where vendors have one column to write into, that holds the answers, whether it is called comments or remarks.

    A text without such a title is nobody's answer.
    """
    named = {column.number for column in columns if _strength(column, "comment") >= _NAMED}
    other = Placed("other", 0.5)
    return {
        number: placed if placed.role != "comment" else Placed("answer", 0.5) if number in named else other
        for number, placed in found.items()
    }


def _wish(column: Column, role: Role, answers: Mapping[int, Placed], asked: Column) -> float:
    title, content = _strength(column, role), column.content
    rival = max(
        (_strength(column, other) for other in ("comment", "evidence", "guidance", "answer", "other")), default=0.0
    )
    if title >= _NAMED and title >= rival - 0.15:
        linked = 0.2 * content.links if role == "evidence" else 0.0
        return 0.75 * title + 0.15 + linked
    if role == "comment" and _strength(column, "answer") >= _NAMED and content.length > 15 and answers:
        return 0.45
    if _named(column) >= _NAMED or not content.count or column.number < max(answers, default=asked.number):
        return 0.0
    if role == "comment" and content.length > 20 and content.formulas < 0.5 and content.links < 0.6:
        return 0.42
    return 0.0


def _sections(columns: Sequence[Column], asked: Column) -> dict[int, Placed]:
    named = [c for c in columns if _strength(c, "section") >= 0.7 and c.content.count and c.content.numbers < 0.5]
    if named:
        return {column.number: Placed("section", 0.85) for column in named}
    like = [c for c in columns if c.number < asked.number and not _named(c) >= _NAMED and _repeats(c)]
    return {column.number: Placed("section", 0.45) for column in like[-1:]}


def _repeats(column: Column) -> bool:
    content = column.content
    return content.fill >= 0.6 and content.distinct <= 0.5 and content.numbers < 0.2 and content.marks < 0.2
