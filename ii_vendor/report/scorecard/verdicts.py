"""The Verdicts sheet: each verdict's grounds as recorded, with the vendor's words and what would close them."""

from __future__ import annotations

from ii_vendor.model.scorecard import Reason, Scorecard
from ii_vendor.report.scorecard.book import Sheet
from ii_vendor.report.scorecard.plan import FIRST, HEAD, Plan
from ii_vendor.report.scorecard.rulings import order_of
from ii_vendor.report.scorecard.words import continued

HEADINGS = (
    "Vendor",
    "Verdict",
    "Ground",
    "Question",
    "The vendor’s words",
    "Contract clause that would close it",
    "Acceptance test",
)


def write_verdicts(sheet: Sheet, plan: Plan) -> None:
    """Write one row for each reason, vendors in the order of their rank."""
    sheet.title(
        "Verdicts",
        "Reject: a confirmed gate flag, a critical question at level 0, or a minimum missed. Incomplete: something is "
        "still open. Conditional: red flags stand. Else shortlist.",
        "As recorded when this workbook was written. What-if changes show on the sheets Summary and Totals.",
    )
    sheet.widths(24, 14, 48, 11, 44, 44, 44)
    sheet.headings(HEAD, HEADINGS)
    row = FIRST
    order = order_of(plan.cards)
    for place in range(1, len(plan.cards) + 1):
        card = plan.cards[order.index(place)]
        for reason in card.verdict.reasons:
            row = _write_reason(sheet, row, card, reason)
    sheet.raw.freeze_panes(FIRST, 2)
    sheet.raw.autofilter(HEAD, 0, max(FIRST, row - 1), len(HEADINGS) - 1)
    sheet.print_setup(head=HEAD)
    sheet.protect()


def _write_reason(sheet: Sheet, row: int, card: Scorecard, reason: Reason) -> int:
    for words in continued([reason.text, reason.question, reason.quote, reason.clause, reason.verify]):
        sheet.text(row, 0, card.name, "cell wrap top bold")
        sheet.text(row, 1, card.verdict.outcome.value, "cell top")
        for col, text in enumerate(words, start=2):
            sheet.text(row, col, text, "cell wrap top")
        sheet.fit(row, enumerate((card.name, "", *words)))
        row += 1
    return row
