"""The Contradictions sheet: statements of one vendor that do not seem to fit together, with both quotes in a row."""

from __future__ import annotations

from collections.abc import Iterator

from ii_vendor.report.contradictions import contradictions_of, side_words
from ii_vendor.report.scorecard.book import Sheet
from ii_vendor.report.scorecard.plan import FIRST, HEAD, Plan
from ii_vendor.report.scorecard.words import continued

HEADINGS = (
    "Vendor",
    "Said in",
    "The vendor’s words",
    "Which comes to",
    "Said in",
    "The vendor’s words",
    "Which comes to",
    "Ask",
)


def has_contradictions(plan: Plan) -> bool:
    """Whether there is anything to write."""
    return any(contradictions_of(plan.evaluation, plan.content, card.vendor) for card in plan.cards)


def write_contradictions(sheet: Sheet, plan: Plan) -> None:
    """Write one row for each pair of statements, or more where their words are long."""
    sheet.title(
        "Contradictions",
        "Statements of one vendor, in different answers or versions of its response, that do not seem to fit together.",
        "Found by wording alone, so that there may be a good reason for both: read them, and ask. Nothing here counts.",
    )
    sheet.widths(24, 18, 46, 34, 18, 46, 34, 44)
    sheet.headings(HEAD, HEADINGS)
    row = FIRST
    for name, *words in _lines(plan):
        for texts in continued(words):
            sheet.text(row, 0, name, "cell wrap top bold")
            for col, text in enumerate(texts, start=1):
                sheet.text(row, col, text, "cell wrap top")
            sheet.fit(row, enumerate((name, *texts)))
            row += 1
    sheet.raw.freeze_panes(FIRST, 1)
    sheet.raw.autofilter(HEAD, 0, max(FIRST, row - 1), len(HEADINGS) - 1)
    sheet.print_setup(head=HEAD)
    sheet.protect()


def _lines(plan: Plan) -> Iterator[tuple[str, ...]]:
    for card in plan.cards:
        received = plan.evaluation.received(card.vendor)
        for found in contradictions_of(plan.evaluation, plan.content, card.vendor) if received else ():
            version = received.version if received else 0
            sides = [part for side in found.sides for part in (*side_words(found, side, version), side.says)]
            yield card.name, *sides, found.ask
