"""The Scores sheet: a row for each question, vendors side by side, section scores between them."""

from __future__ import annotations

from ii_vendor.model.questionnaire import Question
from ii_vendor.model.scorecard import Autonomy, Band, QuestionScore
from ii_vendor.report.scorecard.book import TEAL_TINT, VERMILION_TINT, Sheet, at, fixed
from ii_vendor.report.scorecard.figures import ALL, Totals
from ii_vendor.report.scorecard.plan import (
    FIRST,
    HEAD,
    RATINGS,
    WEIGHTS,
    Plan,
    RatingsColumns,
    WeightsColumns,
    of_weights,
    ratings_row,
)
from ii_vendor.report.scorecard.ratings import exposures
from ii_vendor.score import section_shares

FIRST_VENDOR, PER_VENDOR = 3, 4


def write_scores(sheet: Sheet, plan: Plan, totals: Totals) -> None:
    """Write levels (0-4) for questions and scores (0-100) for sections."""
    sheet.title(
        "Scores",
        "Questions show levels 0–4, shaded rows show scores 0–100. * marks a critical question. "
        "Red flags: 0 none, 100 the worst.",
        "What an open rating could still change stands on the sheet Totals as the low and the high end.",
    )
    sheet.widths(10, 46, 9, *[10, 12, 15, 9] * len(plan.cards))
    _write_headings(sheet, plan)
    _write_score_row(sheet, plan, totals, FIRST, ALL, "All sections")
    row = FIRST + 1
    for index, (section, (first, last)) in enumerate(zip(plan.sections, plan.section_spans, strict=True)):
        _write_score_row(sheet, plan, totals, row, section.id, section.title, index)
        for question in range(first, last + 1):
            row += 1
            _write_question(sheet, plan, row, question, plan.questions[question])
        row += 1
    _shade(sheet, plan)
    sheet.raw.freeze_panes(FIRST, FIRST_VENDOR)
    sheet.raw.autofilter(HEAD, 0, row - 1, FIRST_VENDOR + PER_VENDOR * len(plan.cards) - 1)
    sheet.print_setup(head=HEAD, columns=FIRST_VENDOR, wide=max(1, -(-len(plan.cards) // 5)))
    sheet.protect()


def _write_headings(sheet: Sheet, plan: Plan) -> None:
    per_vendor = ["Claimed", "Evidenced", "Status", "Red flags"]
    sheet.headings(HEAD, ["Id", "Question", "Share", *per_vendor * len(plan.cards)], height=30, centred=range(2, 999))
    sheet.raw.set_row(HEAD - 1, 20)
    for vendor, card in enumerate(plan.cards):
        col = FIRST_VENDOR + vendor * PER_VENDOR
        sheet.merge(HEAD - 1, col, col + PER_VENDOR - 1, card.name, f"head centre {'teal' if vendor % 2 else 'dark'}")


def _write_score_row(
    sheet: Sheet, plan: Plan, totals: Totals, row: int, scope: str, title: str, section: int | None = None
) -> None:
    style = "cell section"
    sheet.text(row, 0, "", style)
    sheet.text(row, 1, title, style)
    if section is None:
        total = sum(plan.shares.values())
        sheet.formula(row, 2, f"=SUM({of_weights(plan, WeightsColumns.share)})", total, f"{style} share")
    else:
        share = fixed(WEIGHTS, FIRST + section, WeightsColumns.section_share)
        sheet.formula(row, 2, f"={share}", section_shares(plan.content)[scope], f"{style} share")
    for vendor, card in enumerate(plan.cards):
        source = card if section is None else card.sections[section]
        _write_scope(sheet, row, totals, scope, vendor, source.autonomy, source.red_flags)


def _write_scope(
    sheet: Sheet, row: int, totals: Totals, scope: str, vendor: int, autonomy: Autonomy, flags: Band
) -> None:
    lines = (
        ("claimed", autonomy.claimed, "score"),
        ("evidenced", autonomy.evidenced, "score"),
        ("coverage", autonomy.coverage, "rated"),
        ("flags", flags.low, "score"),
    )
    for col, (key, value, style) in enumerate(lines, start=FIRST_VENDOR + vendor * PER_VENDOR):
        sheet.formula(row, col, f"={totals.at(f'{key}:{scope}', vendor)}", value, f"cell section {style}")


def _write_question(sheet: Sheet, plan: Plan, row: int, index: int, question: Question) -> None:
    sheet.text(row, 0, f"{question.id}{' *' if question.critical else ''}", "cell bold")
    sheet.text(row, 1, question.title, "cell wrap")
    sheet.fit(row, [(1, question.title)])
    share = plan.shares[question.id]
    sheet.formula(row, 2, f"={fixed(WEIGHTS, FIRST + index, WeightsColumns.share)}", share, "cell share soft")
    columns = RatingsColumns(len(plan.raters))
    for vendor, card in enumerate(plan.cards):
        col, source = FIRST_VENDOR + vendor * PER_VENDOR, ratings_row(plan, vendor, index)
        _write_levels(sheet, row, col, source, columns, card.questions[index])


def _write_levels(sheet: Sheet, row: int, col: int, source: int, columns: RatingsColumns, score: QuestionScore) -> None:
    def cell(of: int) -> str:
        return fixed(RATINGS, source, of)

    sheet.formula(row, col, f"={cell(columns.claimed)}", score.claimed, "cell level")
    sheet.formula(row, col + 1, f"={cell(columns.evidenced)}", score.evidenced, "cell level")
    sheet.formula(row, col + 2, f"={cell(columns.status)}", score.status.value, "cell centre soft")
    flags = 100 * exposures(score)[0]
    sheet.formula(row, col + 3, f"=100*{cell(columns.flags)}", flags, "cell score")


def _shade(sheet: Sheet, plan: Plan) -> None:
    """Tint levels teal and red flags vermilion. The number itself always stands in the cell."""
    for vendor in range(len(plan.cards)):
        col = FIRST_VENDOR + vendor * PER_VENDOR
        for first, last, colour, top in ((col, col + 1, TEAL_TINT, 4), (col + 3, col + 3, VERMILION_TINT, 100)):
            ranges = [
                f"{at(FIRST + 2 + index + start, first)}:{at(FIRST + 2 + index + end, last)}"
                for index, (start, end) in enumerate(plan.section_spans)
            ]
            sheet.raw.conditional_format(
                ranges[0],
                {
                    "type": "2_color_scale",
                    "min_type": "num",
                    "max_type": "num",
                    "min_value": 0,
                    "max_value": top,
                    "min_color": "#FFFFFF",
                    "max_color": colour,
                    "multi_range": " ".join(ranges),
                },
            )
