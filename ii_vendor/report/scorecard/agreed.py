"""On the Ratings sheet: one judgement as inputs with what it counts as, and the consensus beside the ratings."""

from __future__ import annotations

from ii_vendor.model.panel import Consensus, Dissent, Rating
from ii_vendor.model.scorecard import QuestionScore
from ii_vendor.report.scorecard.book import Sheet, Value, at
from ii_vendor.report.scorecard.plan import NOT_APPLICABLE, Plan, RatingsColumns
from ii_vendor.report.scorecard.rules import CAPS, GRADES
from ii_vendor.report.scorecard.words import within_a_cell
from ii_vendor.score.levels import evidenced_level

LEVELS = ("0", "1", "2", "3", "4", NOT_APPLICABLE)
AGREED = ("Level", "Evidence", "Counts as", "Mean of the ratings", "Move from the mean")
AGREED_WORDS = ("Reason", "The vendor’s words", "Recorded by", "On", "Does not share it")
NO_EVIDENCE = "no evidence found"


def write_judgement(
    sheet: Sheet, row: int, plan: Plan, places: tuple[int, int, int], judged: Rating | Consensus | None
) -> None:
    """Write level and grade as inputs and what they count as, in the columns ``places``; empty cells for None."""
    level_col, grade_col, counts_col = places
    sheet.put(row, level_col, level_of(judged), "cell count input")
    sheet.put(row, grade_col, judged.grade.value if judged else None, "cell input")
    level, grade = at(row, level_col), at(row, grade_col)
    sheet.formula(
        row,
        counts_col,
        f'=IF(ISNUMBER({level}),MIN({level},INDEX({CAPS},IF({grade}="",1,MATCH({grade},{GRADES},0)))),"")',
        evidenced_level(judged, plan.content.profile) if judged and judged.level is not None else None,
        "cell level",
    )


def level_of(judged: Rating | Consensus | Dissent | None) -> Value:
    """What stands in the cell of a level."""
    if judged is None:
        return None
    return NOT_APPLICABLE if judged.level is None else judged.level


def levels_of(row: int, columns: RatingsColumns) -> str:
    """The cells of the levels that the evaluators gave."""
    return f"{at(row, columns.levels)}:{at(row, columns.levels + columns.size - 1)}"


def write_agreed(sheet: Sheet, row: int, plan: Plan, columns: RatingsColumns, score: QuestionScore) -> None:
    """Write the consensus on one answer: its level and evidence as inputs, the mean and the move from it as formulas,
    and further right its words."""
    consensus = score.consensus
    places = columns.agreed, columns.agreed_grade, columns.agreed_counts_as
    write_judgement(sheet, row, plan, places, consensus)
    levels, agreed, mean = levels_of(row, columns), at(row, columns.agreed), at(row, columns.mean)
    sheet.formula(row, columns.mean, f'=IF(COUNT({levels})=0,"",AVERAGE({levels}))', score.mean, "cell level")
    moved = f'=IF(AND(ISNUMBER({agreed}),ISNUMBER({mean})),{agreed}-{mean},"")'
    sheet.formula(row, columns.move, moved, score.move, "cell move")
    if consensus is None:
        return
    words = consensus.reason, quoted(consensus), consensus.by, f"{consensus.at:%Y-%m-%d}", dissent_words(score)
    for col, text in enumerate(words, start=columns.agreed_words):
        sheet.text(row, col, within_a_cell(text), "cell")


def quoted(consensus: Consensus) -> str:
    """The words that a consensus rests on, or that there are none."""
    return f"“{consensus.quote}”" if consensus.quote else NO_EVIDENCE


def dissent_words(score: QuestionScore) -> str:
    """Who does not share the consensus, which level each would give and why, one a line."""
    return "\n".join(f"{each.evaluator} ({level_of(each)}): {each.reason}" for each in score.dissents)
