"""Which question of ours each row of a foreign workbook asks: surely, by a standard's clause, or perhaps."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ii_vendor.intake.foreign.negation import negated
from ii_vendor.intake.foreign.similarity import QuestionIndex, Wording
from ii_vendor.intake.foreign.similarity_words import words_of
from ii_vendor.intake.foreign.standards import recognise
from ii_vendor.model.crosswalk import Crosswalk
from ii_vendor.model.questionnaire import Question, Questionnaire
from ii_vendor.model.workbook import Match, MatchedBy, ReadRow, WorkbookLayout

WORDS_AGREE = 0.4
"""From here on words agree well enough that an id which is spelled like ours is ours."""
WORTH_A_LOOK = 0.22
"""Questions less alike than this are not suggested."""
WORTH_A_LOOK_BESIDE_CLAUSES = 0.4
"""Nor are such, in a workbook whose clauses are known."""
_BESIDE_THE_BEST = 0.6
"""Nor is one with a smaller share of the likeness that the best one has."""
_MOST = 3
"""As many suggestions a row at most."""
_TITLE_ALONE = 0.8
"""What likeness to a title counts."""
_WITH_GUIDANCE = 0.8
"""What likeness to a question counts where its guidance had to help."""

_READ = 2000
"""As many characters of a question are compared."""

_NUMBER = re.compile(r"^\s*(?:[^\W\d_]{0,5}[-. ]?\d+(?:[.-]\d+)*[.):]?|[a-z][.)])\s+", re.IGNORECASE)


def signature(row: ReadRow) -> str:
    """The words of a row's question with its id, the same however they are spaced, cased and punctuated."""
    return " | ".join((" ".join(words_of(row.id)), " ".join(words_of(row.question))))


def match_questions(
    layout: WorkbookLayout,
    questionnaires: Sequence[Questionnaire],
    crosswalks: Sequence[Crosswalk],
    saved: Mapping[str, str],
) -> tuple[Match, ...]:
    """What each row may ask of our questions, best first, in the order of the rows.

    A row that is known by its id with agreeing words (``id``), by the very words (``alias``) or from ``saved`` (by
    ``signature``) has just that question. Otherwise it has those that its clause answers in part (``clause``, where the
    workbook is one of ``crosswalks``), and up to three that read alike (``similar``), which a person has to confirm. An
    id that is spelled like ours over other words is ``similar`` too, with as little similarity as the words have.
    """
    return tuple(_Matching(layout, questionnaires, crosswalks, saved).matches())


class _Matching:
    def __init__(
        self,
        layout: WorkbookLayout,
        questionnaires: Sequence[Questionnaire],
        crosswalks: Sequence[Crosswalk],
        saved: Mapping[str, str],
    ) -> None:
        self._rows = layout.rows
        self._asked = {question.id: question for each in questionnaires for question in each.questions()}
        self._by_id = {_bare(name): name for name in self._asked}
        self._by_words = _by_words(self._asked.values())
        self._saved = saved
        self._standard = recognise(layout, crosswalks)
        self._least = WORTH_A_LOOK_BESIDE_CLAUSES if self._standard else WORTH_A_LOOK
        self._index = QuestionIndex([wording for each in self._asked.values() for wording in _wordings(each)])

    def matches(self) -> Iterator[Match]:
        similarities = self._index.similarities([_unnumbered(row.question) for row in self._rows]).tolist()
        for row, alike in zip(self._rows, similarities, strict=True):
            yield from self._of(row, dict(zip(self._index.questions, alike, strict=True)))

    def _of(self, row: ReadRow, scores: Mapping[str, float]) -> Iterator[Match]:
        spelled = self._by_id.get(_bare(row.id), "")
        exact = self._by_words.get(_key(row.question), ())
        if spelled and (scores[spelled] >= WORDS_AGREE or spelled in exact):
            yield self._match(row, spelled, "id", 1.0 if spelled in exact else scores[spelled])
        elif exact:
            yield from (Match(row=row.key, question=question, by="alias") for question in exact)
        elif (kept := self._saved.get(signature(row))) is not None:
            # An empty one is a person's word that it belongs to none of ours.
            if kept in self._asked:
                yield Match(row=row.key, question=kept, by="saved")
        else:
            yield from self._perhaps(row, scores, spelled)

    def _perhaps(self, row: ReadRow, scores: Mapping[str, float], spelled: str) -> Iterator[Match]:
        clause = self._standard.rows.get(row.key) if self._standard else None
        by_clause: list[str] = []
        if clause is not None:
            by_clause = [each for each in clause.part if each in self._asked]
            for question in by_clause:
                yield Match(row=row.key, question=question, by="clause", similarity=scores[question], clause=clause.id)
        for question in _suggested(scores, self._least, {spelled} - {""}):
            if question not in by_clause:
                yield self._match(row, question, "similar", scores[question])

    def _match(self, row: ReadRow, question: str, by: MatchedBy, similarity: float) -> Match:
        theirs, ours = row.question[:_READ], self._asked[question]
        # Of questions that are not alike it cannot be said that one is the opposite of the other.
        apart = (
            similarity >= WORTH_A_LOOK and _key(theirs) not in map(_key, ours.aliases) and negated(theirs, ours.text)
        )
        return Match(row=row.key, question=question, by=by, similarity=similarity, negated=apart)


def _suggested(scores: Mapping[str, float], least: float, anyway: Iterable[str]) -> list[str]:
    """The questions that are at least so much alike, best first, and those to be shown ``anyway``."""
    ranked = sorted(scores, key=lambda question: -scores[question])[:_MOST]
    least = max(least, scores[ranked[0]] * _BESIDE_THE_BEST) if ranked else least
    good = [question for question in ranked if scores[question] >= least]
    return [*good, *(question for question in anyway if question not in good)]


def _wordings(question: Question) -> Iterator[Wording]:
    yield Wording(question.id, question.text)
    yield Wording(question.id, question.title, _TITLE_ALONE)
    yield Wording(question.id, f"{question.title}. {question.text}")
    yield Wording(question.id, f"{question.title}. {question.text} {question.guidance}", _WITH_GUIDANCE)
    for alias in question.aliases:
        yield Wording(question.id, alias)


def _by_words(questions: Iterable[Question]) -> Mapping[str, tuple[str, ...]]:
    """The questions by their very words; several where more than one is asked by the same."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for question in questions:
        for text in dict.fromkeys((question.text, f"{question.title} {question.text}", *question.aliases)):
            found[_key(text)].append(question.id)
    return {key: tuple(dict.fromkeys(names)) for key, names in found.items()}


def _unnumbered(question: str) -> str:
    return _NUMBER.sub("", question[:_READ], count=1)


def _key(question: str) -> str:
    return " ".join(words_of(_unnumbered(question)))


def _bare(name: str) -> str:
    """An id as people vary it: ``DEA 3`` for ``DEA-3``."""
    return re.sub(r"[\s_.:-]+", "", name).casefold()
