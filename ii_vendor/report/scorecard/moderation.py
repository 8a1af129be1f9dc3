"""The Moderation sheet: every consensus with what was given before it, why it is so, and who does not share it."""

from __future__ import annotations

from ii_vendor.model.panel import Consensus
from ii_vendor.model.questionnaire import Question
from ii_vendor.model.scorecard import QuestionScore, Scorecard
from ii_vendor.report.scorecard.agreed import dissent_words, level_of, quoted
from ii_vendor.report.scorecard.book import Sheet, Value
from ii_vendor.report.scorecard.plan import FIRST, HEAD, Plan
from ii_vendor.report.scorecard.words import continued

HEADINGS = (
    "Vendor",
    "Question",
    "Title",
    "Levels given",
    "Mean before",
    "Consensus",
    "Move",
    "Evidence",
    "Reason",
    "The vendor’s words",
    "Confirmed a second time, because",
    "Does not share it",
    "Answer version",
    "Recorded by",
    "On",
)
_PROSE = (2, 3, 8, 9, 10, 11)
"""The columns of words that may need several lines, or several rows."""


def write_moderation(sheet: Sheet, plan: Plan) -> None:
    """Write one row for each consensus, and more where its words are too long for one."""
    sheet.title(
        "Moderation",
        "What the panel agreed on, answer by answer. A consensus counts in place of the mean of the ratings, which "
        "stay as they were given (sheet Ratings).",
        "As recorded when this workbook was written. What-if changes on the sheet Ratings leave it as it is.",
    )
    sheet.widths(22, 10, 28, 22, 9, 11, 8, 14, 44, 44, 34, 34, 9, 18, 12)
    sheet.headings(HEAD, HEADINGS)
    row = FIRST
    for card in plan.cards:
        for question, score in zip(plan.questions, card.questions, strict=True):
            if score.consensus:
                row = _write(sheet, row, card, question, score, score.consensus)
    sheet.raw.freeze_panes(FIRST, 2)
    sheet.raw.autofilter(HEAD, 0, max(FIRST, row - 1), len(HEADINGS) - 1)
    sheet.print_setup(head=HEAD, columns=2, wide=2)
    sheet.protect()


def _write(sheet: Sheet, row: int, card: Scorecard, question: Question, score: QuestionScore, agreed: Consensus) -> int:
    move = None if agreed.mean is None or agreed.level is None else agreed.level - agreed.mean
    once: dict[int, tuple[Value, str]] = {
        4: (agreed.mean, "level"),
        5: (level_of(agreed), "count bold"),
        6: (move, "move"),
        7: (agreed.grade.value, ""),
        12: (agreed.response_version, "count"),
        13: (agreed.by, "wrap"),
        14: (f"{agreed.at:%Y-%m-%d}", ""),
    }
    given = "\n".join(f"{rating.evaluator}: {level_of(rating)}" for rating in score.ratings)
    again = "\n".join(agreed.second_look)
    prose = [question.title, given, agreed.reason, quoted(agreed), again, dissent_words(score)]
    for index, words in enumerate(continued(prose)):
        sheet.text(row, 0, card.name, "cell wrap top")
        sheet.text(row, 1, question.id, "cell top bold")
        for col, (value, style) in once.items():
            sheet.put(row, col, value if index == 0 else None, f"cell top {style}")
        for col, text in zip(_PROSE, words, strict=True):
            sheet.text(row, col, text, "cell wrap top")
        sheet.fit(row, [(0, card.name), *zip(_PROSE, words, strict=True)])
        row += 1
    return row
