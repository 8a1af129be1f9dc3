"""The Weights sheet: section and question weights as inputs, the shares they make as formulas."""

from __future__ import annotations

from ii_vendor.report.scorecard.book import Sheet, at, fixed
from ii_vendor.report.scorecard.plan import FIRST, HEAD, WEIGHTS, Plan, WeightsColumns, of_weights
from ii_vendor.score import section_shares

C = WeightsColumns

ONE_PAGE = 45
"""Up to so many questions are printed on one page; more would be too small to read."""


def write_weights(sheet: Sheet, plan: Plan) -> None:
    """Write the weights of the profile. Only proportions count: 2 weighs twice as much as 1, 0 takes a question out."""
    sheet.title(
        "Weights",
        "Change a yellow cell and every score, rank, verdict and chart follows. Only proportions count: "
        "2 weighs twice as much as 1, and 0 takes out.",
        "A question’s share of the whole is its section’s share times its own share inside the section.",
    )
    sheet.headings(
        HEAD, ["Section", "Id", "Question", "Weight in its section", "Share of section", "Share of the whole"]
    )
    for col, heading in enumerate(["Section", "Weight", "Share", "Least score (empty: none)"], start=C.of_section):
        sheet.text(HEAD, col, heading, "head")
    sheet.widths(26, 10, 46, 12, 12, 12, 3, 32, 10, 10, 14)
    _write_sections(sheet, plan)
    _write_questions(sheet, plan)
    sheet.raw.freeze_panes(FIRST, 0)
    sheet.print_setup(head=HEAD, tall=1 if len(plan.questions) <= ONE_PAGE else 0)
    sheet.protect()


def _write_sections(sheet: Sheet, plan: Plan) -> None:
    shares, profile = section_shares(plan.content), plan.content.profile
    last = FIRST + len(plan.sections) - 1
    every = fixed(WEIGHTS, FIRST, C.section_weight, last)
    for row, section in enumerate(plan.sections, start=FIRST):
        weight = at(row, C.section_weight)
        sheet.text(row, C.of_section, section.title, "cell wrap")
        sheet.number(row, C.section_weight, profile.section_weights.get(section.id, 0.0), "cell weight input")
        sheet.formula(
            row, C.section_share, f"=IF(SUM({every})=0,0,{weight}/SUM({every}))", shares[section.id], "cell share"
        )
        sheet.put(row, C.section_minimum, profile.minimums.sections.get(section.id), "cell weight input")
    _only_numbers(sheet, FIRST, C.section_weight, last)
    _only_numbers(sheet, FIRST, C.section_minimum, last)


def _write_questions(sheet: Sheet, plan: Plan) -> None:
    weights = plan.content.profile.question_weights
    for index, (section, span) in enumerate(zip(plan.sections, plan.section_spans, strict=True)):
        inside = of_weights(plan, C.weight, span)
        total = sum(weights.get(question.id, 1.0) for question in section.questions)
        for row, question in enumerate(section.questions, start=FIRST + span[0]):
            weight, own = at(row, C.weight), weights.get(question.id, 1.0)
            sheet.text(row, C.section, section.title, "cell soft wrap")
            sheet.text(row, C.question, question.id, "cell bold")
            sheet.text(row, C.title, question.title, "cell wrap")
            sheet.fit(row, [(C.section, section.title), (C.title, question.title)])
            sheet.number(row, C.weight, own, "cell weight input")
            share = own / total if total else 0.0
            sheet.formula(row, C.share_inside, f"=IF(SUM({inside})=0,0,{weight}/SUM({inside}))", share, "cell share")
            whole = f"={at(row, C.share_inside)}*{fixed(WEIGHTS, FIRST + index, C.section_share)}"
            sheet.formula(row, C.share, whole, plan.shares[question.id], "cell share")
    _only_numbers(sheet, FIRST, C.weight, FIRST + plan.last_question)


def _only_numbers(sheet: Sheet, row: int, col: int, last_row: int) -> None:
    sheet.raw.data_validation(
        row,
        col,
        last_row,
        col,
        {
            "validate": "decimal",
            "criteria": ">=",
            "value": 0,
            "error_title": "A number from 0 up",
            "error_message": "Weights and minimums are numbers from 0 up.",
        },
    )
