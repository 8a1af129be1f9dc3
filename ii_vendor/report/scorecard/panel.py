"""The Panel sheet: how far the evaluation has come, who judged, what each declared, and who handed in."""

from __future__ import annotations

from collections.abc import Sequence

from ii_vendor.model.panel import Declaration
from ii_vendor.model.seat import Evaluator
from ii_vendor.report.scorecard.book import Sheet
from ii_vendor.report.scorecard.plan import FIRST, HEAD, Plan

HEADINGS = ("Name", "Answers for", "Judges", "Interests declared", "On", "Ratings handed in on", "Seat")
ALL_SECTIONS, NO_INTERESTS, NOT_DECLARED, NOT_HANDED_IN = "all sections", "none", "not declared", "not handed in"


def write_panel(sheet: Sheet, plan: Plan) -> None:
    """Write one row for each seat, closed ones too."""
    now = plan.evaluation
    sheet.title(
        "Panel",
        f"Stage: {now.stage.value}. The record had {now.sequence} events when this workbook was written; the last one "
        "has the hash below.",
        plan.comparison.record_hash,
    )
    sheet.widths(28, 18, 34, 60, 12, 16, 12)
    sheet.headings(HEAD, HEADINGS)
    row = FIRST
    for seat in now.evaluators:
        words = _words(plan, seat)
        for col, text in enumerate(words):
            sheet.text(row, col, text, f"cell wrap top{'' if col else ' bold'}")
        sheet.fit(row, enumerate(words))
        row += 1
    if not now.evaluators:
        sheet.text(FIRST, 0, "Nobody is on the panel yet.", "note")
    sheet.raw.freeze_panes(FIRST, 1)
    sheet.print_setup(head=HEAD)
    sheet.protect()


def _words(plan: Plan, seat: Evaluator) -> tuple[str, ...]:
    declared = plan.evaluation.declarations.get(seat.name)
    handed_in = plan.evaluation.handed_in.get(seat.name)
    nothing = NOT_HANDED_IN if seat.rates else "does not rate"
    return (
        seat.name,
        seat.discipline.value,
        _sections(plan, seat.sections) if seat.rates else "",
        _interests(plan, declared),
        f"{declared.at:%Y-%m-%d}" if declared else "",
        f"{handed_in:%Y-%m-%d %H:%M}" if handed_in else nothing,
        "closed" if seat.closed else "open",
    )


def _sections(plan: Plan, sections: Sequence[str]) -> str:
    titles = {section.id: section.title for section in plan.sections}
    return "\n".join(titles.get(section, section) for section in sections) or ALL_SECTIONS


def _interests(plan: Plan, declared: Declaration | None) -> str:
    """Which vendors a seat may not judge, and why, one a line."""
    if declared is None:
        return NOT_DECLARED
    names = {vendor.id: vendor.name for vendor in plan.evaluation.vendors}
    return "\n".join(f"{names.get(key, key)}: {why}" for key, why in declared.conflicts.items()) or NO_INTERESTS
