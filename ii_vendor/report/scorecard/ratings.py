"""The Ratings sheet: what each evaluator gave, and what it makes of each answer."""

from __future__ import annotations

from ii_vendor.model.questionnaire import Question
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.scorecard import AnswerStatus, QuestionScore, Scorecard
from ii_vendor.report.scorecard.agreed import AGREED, AGREED_WORDS, LEVELS, levels_of, write_agreed, write_judgement
from ii_vendor.report.scorecard.book import Sheet, at
from ii_vendor.report.scorecard.plan import (
    FIRST,
    HEAD,
    NOT_APPLICABLE,
    FlagColumns,
    Plan,
    RatingsColumns,
    of_flags,
    ratings_row,
)
from ii_vendor.report.scorecard.rules import LEAST_FLOOR
from ii_vendor.score.axes import exposure

ANSWERED, NOT_ANSWERED, AWAITED = "answered", "not answered", "awaited"
NO_LEVEL = "–"


def write_ratings(sheet: Sheet, plan: Plan) -> None:
    """Write one row for each answer: levels and grades as inputs, then status, levels and red flags as formulas."""
    columns = RatingsColumns(len(plan.raters))
    sheet.title(
        "Ratings",
        "One row for each vendor and question. Yellow cells are what the panel gave; empty means not rated, "
        f"{NOT_APPLICABLE} means that the question does not apply.",
        "“Counts as” is the level, at most what its evidence can carry (sheet Rules). What the panel agreed on counts; "
        "where it did not, the mean over those who rated.",
    )
    _write_headings(sheet, plan, columns)
    for vendor, card in enumerate(plan.cards):
        answers = plan.answers(card.vendor)
        for index, (question, score) in enumerate(zip(plan.questions, card.questions, strict=True)):
            row = ratings_row(plan, vendor, index)
            answer = AWAITED if answers is None else ANSWERED if question.id in answers else NOT_ANSWERED
            _write_inputs(sheet, row, plan, columns, card, question, score, answer)
            write_agreed(sheet, row, plan, columns, score)
            _write_results(sheet, row, plan, columns, card, question, score)
    _finish(sheet, plan, columns)


def _write_headings(sheet: Sheet, plan: Plan, columns: RatingsColumns) -> None:
    results = ["Status", "Level", "Evidenced level", "Spread", "Level if critical", "In dispute", "Below the floor"]
    flags = ["Red flags that stand (0–1)", "… with open ones (0–1)"]
    fixed_part = ["Vendor", "Id", "Question", "Critical", "Answer"]
    sheet.headings(HEAD, [*fixed_part, *plan.raters * 3, *AGREED, *results, *flags, *AGREED_WORDS], height=48)
    for col, group in zip(
        (columns.levels, columns.grades, columns.counts_as), ("Level", "Evidence", "Counts as"), strict=True
    ):
        sheet.merge(HEAD - 1, col, col + columns.size - 1, group, "head teal centre")
    sheet.merge(HEAD - 1, columns.agreed, columns.move, "Consensus", "head teal centre")
    sheet.merge(HEAD - 1, columns.status, columns.below_floor, "What follows", "head dark centre")
    sheet.merge(HEAD - 1, columns.flags, columns.flags_open, "Red flags", "head red centre")
    last = columns.agreed_words + len(AGREED_WORDS) - 1
    sheet.merge(HEAD - 1, columns.agreed_words, last, "Consensus in words", "head teal centre")


def _write_inputs(
    sheet: Sheet,
    row: int,
    plan: Plan,
    columns: RatingsColumns,
    card: Scorecard,
    question: Question,
    score: QuestionScore,
    answer: str,
) -> None:
    sheet.text(row, columns.vendor, card.name, "cell")
    sheet.text(row, columns.question, question.id, "cell bold")
    sheet.text(row, columns.title, question.title, "cell soft")
    sheet.text(row, columns.critical, "yes" if question.critical else "", "cell centre")
    sheet.text(row, columns.answer, answer, "cell input")
    ratings = plan.ratings(score)
    for index, name in enumerate(plan.raters):
        rating = ratings.get(name)
        places = columns.levels + index, columns.grades + index, columns.counts_as + index
        write_judgement(sheet, row, plan, places, rating)


def _write_results(
    sheet: Sheet,
    row: int,
    plan: Plan,
    columns: RatingsColumns,
    card: Scorecard,
    question: Question,
    score: QuestionScore,
) -> None:
    levels, agreed = levels_of(row, columns), at(row, columns.agreed)
    counts = f"{at(row, columns.counts_as)}:{at(row, columns.counts_as + columns.size - 1)}"
    status, claimed = at(row, columns.status), at(row, columns.claimed)
    sheet.formula(
        row,
        columns.status,
        f'=IF(OR({agreed}="{NOT_APPLICABLE}",AND({agreed}="",COUNT({levels})=0,'
        f'COUNTIF({levels},"{NOT_APPLICABLE}")>0)),"{AnswerStatus.not_applicable}",'
        f'IF({at(row, columns.answer)}="{NOT_ANSWERED}","{AnswerStatus.unanswered}",'
        f'IF(COUNT({levels},{agreed})=0,"{AnswerStatus.missing}","{AnswerStatus.rated}")))',
        score.status.value,
        "cell",
    )
    for col, cells, agreed_as, value in (
        (columns.claimed, levels, agreed, score.claimed),
        (columns.evidenced, counts, at(row, columns.agreed_counts_as), score.evidenced),
    ):
        level = f"IF(ISNUMBER({agreed}),{agreed_as},AVERAGE({cells}))"
        counted = f'=IF({status}="{AnswerStatus.rated}",{level},IF({status}="{AnswerStatus.unanswered}",0,""))'
        sheet.formula(row, col, counted, value, "cell level bold")
    spread = f"=IF(COUNT({levels})=0,0,MAX({levels})-MIN({levels}))"
    sheet.formula(row, columns.spread, spread, score.spread, "cell count")
    if question.critical:
        _write_critical(sheet, row, plan, columns, score, levels, status, claimed)
    else:
        for col in (columns.critical_level, columns.disputed, columns.below_floor):
            sheet.text(row, col, NO_LEVEL, "cell centre soft")
    _write_flags(sheet, row, plan, columns, card, score, status)


def _write_critical(
    sheet: Sheet,
    row: int,
    plan: Plan,
    columns: RatingsColumns,
    score: QuestionScore,
    levels: str,
    status: str,
    claimed: str,
) -> None:
    """What only critical questions have: a place in the floor, a dispute, a minimum."""
    disputed = at(row, columns.disputed)
    sides = f'(COUNTIF({levels},0)>0)+(COUNTIF({levels},">0")>0)+(COUNTIF({levels},"{NOT_APPLICABLE}")>0)'
    sheet.formula(row, columns.critical_level, f"={claimed}", score.claimed, "cell level")
    sheet.formula(
        row,
        columns.disputed,
        f'=IF({at(row, columns.agreed)}<>"",0,'
        f'IF(OR({status}="{AnswerStatus.not_applicable}",AND({status}="{AnswerStatus.rated}",{sides}>1)),1,0))',
        int(score.disputed),
        "cell count",
    )
    sheet.formula(
        row,
        columns.below_floor,
        f"=IF(AND(ISNUMBER({claimed}),ISNUMBER({LEAST_FLOOR}),{disputed}=0,N({claimed})>0),"
        f"IF(ROUND({claimed},9)<{LEAST_FLOOR},1,0),0)",
        int(below_floor(plan, score)),
        "cell count",
    )


def below_floor(plan: Plan, score: QuestionScore) -> bool:
    """Whether the panel agrees that a critical question is above 0 but under the profile's least level."""
    least = plan.content.profile.minimums.floor
    if least is None or score.claimed is None or score.disputed:
        return False
    return score.claimed > 0 and round(score.claimed, 9) < least


def _write_flags(
    sheet: Sheet, row: int, plan: Plan, columns: RatingsColumns, card: Scorecard, score: QuestionScore, status: str
) -> None:
    span = plan.flag_spans.get((card.vendor, score.question))
    if span is None:
        sheet.number(row, columns.flags, 0, "cell weight")
        sheet.number(row, columns.flags_open, 0, "cell weight")
        return
    stand, possible = exposures(score)
    for col, leaves, value in (
        (columns.flags, FlagColumns.leaves, stand),
        (columns.flags_open, FlagColumns.leaves_open, possible),
    ):
        product = f"1-PRODUCT({of_flags(plan, leaves, span)})"
        sheet.formula(row, col, f'=IF({status}="{AnswerStatus.not_applicable}",0,{product})', value, "cell weight")


def exposures(score: QuestionScore) -> tuple[float, float]:
    """What the red flags take of one question (0-1): those that stand, and those together with the open ones."""
    if score.status is AnswerStatus.not_applicable or not score.flags:
        return 0.0, 0.0
    stand = [flag for flag in score.flags if flag.state.counts]
    return exposure(stand), exposure([*stand, *(flag for flag in score.flags if flag.state.undecided)])


def _finish(sheet: Sheet, plan: Plan, columns: RatingsColumns) -> None:
    last = max(FIRST, ratings_row(plan, len(plan.cards) - 1, plan.last_question))
    sheet.choices(FIRST, columns.levels, last, columns.grades - 1, LEVELS)
    sheet.choices(FIRST, columns.agreed, last, columns.agreed, LEVELS)
    for first, end in ((columns.grades, columns.counts_as - 1), (columns.agreed_grade, columns.agreed_grade)):
        sheet.choices(FIRST, first, last, end, [grade.value for grade in EvidenceGrade])
    sheet.choices(FIRST, columns.answer, last, columns.answer, (ANSWERED, NOT_ANSWERED, AWAITED))
    panel = columns.size
    results = (15, 8, 11, 9, 9, 9, 9, 12, 12)
    agreed = (10, 15, 10, 9, 9)
    words = (46, 46, 20, 12, 46)
    sheet.widths(24, 9, 46, 9, 14, *[10] * panel, *[15] * panel, *[10] * panel, *agreed, *results, *words)
    sheet.raw.freeze_panes(FIRST, columns.levels)
    sheet.raw.autofilter(HEAD, 0, last, columns.agreed_words + len(words) - 1)
    # The consensus in words is printed with the sheet Moderation.
    sheet.raw.print_area(0, 0, last, columns.flags_open)
    sheet.print_setup(head=HEAD, columns=columns.title, wide=1 + (panel > 2))
    sheet.protect()
