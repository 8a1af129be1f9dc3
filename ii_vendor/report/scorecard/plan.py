"""What goes where: the sheets' names, and the row or column of every vendor, question, section and flag."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation, Flag, Rating
from ii_vendor.model.questionnaire import Question, Section
from ii_vendor.model.scorecard import Comparison, QuestionScore, Scorecard
from ii_vendor.report.scorecard.book import Sheet, fixed
from ii_vendor.score import question_shares

SUMMARY, VERDICTS, SCORES, TOTALS, WEIGHTS = "Summary", "Verdicts", "Scores", "Totals", "Weights"
RULES, RATINGS, FLAGS, EVIDENCE, METHOD = "Rules", "Ratings", "Red flags", "Evidence", "Method"
ROBUSTNESS, PRICE, MODERATION, PANEL = "Robustness", "Price", "Moderation", "Panel"
CONTRADICTIONS = "Contradictions"

OF_EVALUATION, OF_SEQUENCE, OF_RECORD, OF_CONTENT = "evaluation", "sequence", "record hash", "content hash"
"""The names of the workbook's custom properties: what it was written from."""

HEAD = 4
"""The row of column headings on every sheet with a table, counted from 0; the data start below."""
FIRST = HEAD + 1

NOT_APPLICABLE = "n/a"
"""What stands in a level cell of an evaluator who says that the question does not apply."""


@dataclass(frozen=True)
class FlagRow:
    """One flag of the register, the row it stands in, and its vendor's number on the sheets (from 1)."""

    row: int
    number: int
    vendor: Scorecard
    score: QuestionScore
    flag: Flag


@dataclass(frozen=True)
class Plan:
    """An evaluation laid out on sheets. Vendors, questions and evaluators are counted from 0."""

    comparison: Comparison
    evaluation: Evaluation
    content: Content
    written_at: datetime

    @cached_property
    def cards(self) -> tuple[Scorecard, ...]:
        return self.comparison.vendors

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return tuple(self.content.questions.values())

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        return self.content.sections

    @cached_property
    def section_spans(self) -> tuple[tuple[int, int], ...]:
        """The first and the last question of each section."""
        spans, start = [], 0
        for section in self.sections:
            spans.append((start, start + len(section.questions) - 1))
            start += len(section.questions)
        return tuple(spans)

    @cached_property
    def shares(self) -> Mapping[str, float]:
        """The share of each question in the whole, 0-1."""
        return question_shares(self.content)

    @cached_property
    def raters(self) -> tuple[str, ...]:
        """Whose ratings have a column: the panel, without those whose ratings are withheld; one nameless column where
        there is nobody."""
        withheld = self.evaluation.withheld
        seen = (evaluator.name for evaluator in self.evaluation.evaluators if evaluator.name not in withheld)
        return tuple(seen) or ("Evaluator",)

    @cached_property
    def last_question(self) -> int:
        return len(self.questions) - 1

    @cached_property
    def flag_rows(self) -> tuple[FlagRow, ...]:
        """The register: by vendor, then by question, so that the flags of one answer stand together."""
        found = (
            (number, card, score, flag)
            for number, card in enumerate(self.cards, start=1)
            for score in card.questions
            for flag in score.flags
        )
        return tuple(FlagRow(FIRST + index, *entry) for index, entry in enumerate(found))

    @cached_property
    def flag_spans(self) -> Mapping[tuple[str, str], tuple[int, int]]:
        """The first and last register row of each answer that has flags, by vendor and question id."""
        spans: dict[tuple[str, str], tuple[int, int]] = {}
        for entry in self.flag_rows:
            key = entry.vendor.vendor, entry.score.question
            spans[key] = spans.get(key, (entry.row, 0))[0], entry.row
        return spans

    def answers(self, vendor: str) -> dict[str, str] | None:
        """The words of a vendor's newest response by question, without those left empty; None before any arrived."""
        received = self.evaluation.received(vendor)
        if received is None:
            return None
        return {answer.question: answer.text for answer in received.response.answers if answer.answered}

    def ratings(self, score: QuestionScore) -> Mapping[str, Rating]:
        """The ratings of one answer by evaluator."""
        return {rating.evaluator: rating for rating in score.ratings}


@dataclass(frozen=True)
class RatingsColumns:
    """The columns of the Ratings sheet for a panel of ``size`` (1 or more)."""

    size: int
    vendor: int = 0
    question: int = 1
    title: int = 2
    critical: int = 3
    answer: int = 4
    levels: int = 5

    @property
    def grades(self) -> int:
        return self.levels + self.size

    @property
    def counts_as(self) -> int:
        return self.levels + 2 * self.size

    @property
    def agreed(self) -> int:
        """The level of the consensus; its evidence, what it counts as, and the mean and the move from it follow."""
        return self.levels + 3 * self.size

    @property
    def agreed_grade(self) -> int:
        return self.agreed + 1

    @property
    def agreed_counts_as(self) -> int:
        return self.agreed + 2

    @property
    def mean(self) -> int:
        return self.agreed + 3

    @property
    def move(self) -> int:
        return self.agreed + 4

    @property
    def status(self) -> int:
        return self.agreed + 5

    @property
    def claimed(self) -> int:
        return self.status + 1

    @property
    def evidenced(self) -> int:
        return self.status + 2

    @property
    def spread(self) -> int:
        return self.status + 3

    @property
    def critical_level(self) -> int:
        return self.status + 4

    @property
    def disputed(self) -> int:
        return self.status + 5

    @property
    def below_floor(self) -> int:
        return self.status + 6

    @property
    def flags(self) -> int:
        return self.status + 7

    @property
    def flags_open(self) -> int:
        return self.status + 8

    @property
    def agreed_words(self) -> int:
        """The first of the columns that say of a consensus why, on which words, by whom, when, and who dissents."""
        return self.status + 9


def ratings_row(plan: Plan, vendor: int, question: int) -> int:
    """The row of one answer on the Ratings sheet."""
    return FIRST + vendor * len(plan.questions) + question


def of_ratings(plan: Plan, col: int, vendor: int, span: tuple[int, int] | None = None) -> str:
    """A column of one vendor's answers on the Ratings sheet: of all questions, or from one to another."""
    first, last = span or (0, plan.last_question)
    return fixed(RATINGS, ratings_row(plan, vendor, first), col, ratings_row(plan, vendor, last))


class WeightsColumns:
    """The columns of the Weights sheet: questions on the left, sections on the right."""

    section, question, title, weight, share_inside, share = range(6)
    of_section, section_weight, section_share, section_minimum = range(7, 11)


def of_weights(plan: Plan, col: int, span: tuple[int, int] | None = None) -> str:
    """A column of the questions on the Weights sheet, beside the same questions of ``of_ratings``."""
    first, last = span or (0, plan.last_question)
    return fixed(WEIGHTS, FIRST + first, col, FIRST + last)


class FlagColumns:
    """The columns of the register of red flags."""

    vendor, question, statement, severity, gate, state, effect, weight, quote, why = range(10)
    reason, decided_by, owner, when, due, signatures = range(10, 16)
    clause, verify, raised_by, leaves, leaves_open, holder = range(16, 22)


def of_flags(plan: Plan, col: int, span: tuple[int, int] | None = None) -> str:
    """A column of the register: all rows, at least one, or those of a span."""
    first, last = span or (FIRST, max(FIRST, FIRST + len(plan.flag_rows) - 1))
    return fixed(FLAGS, first, col, last)


@dataclass(frozen=True)
class Sheets:
    """The sheets in the order they stand in the workbook; None for those that there is nothing to fill with."""

    summary: Sheet
    verdicts: Sheet
    moderation: Sheet | None
    robustness: Sheet | None
    price: Sheet | None
    scores: Sheet
    totals: Sheet
    weights: Sheet
    rules: Sheet
    ratings: Sheet
    flags: Sheet
    contradictions: Sheet | None
    evidence: Sheet
    panel: Sheet
    method: Sheet
