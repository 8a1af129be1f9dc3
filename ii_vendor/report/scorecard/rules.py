"""The Rules sheet: evidence caps, severities and minimums as inputs, under names that formulas use."""

from __future__ import annotations

from ii_vendor.model.rubric import EvidenceGrade, Severity
from ii_vendor.report.scorecard.book import Sheet, Value, fixed
from ii_vendor.report.scorecard.plan import RULES, Plan

GRADES, CAPS = "EvidenceGrades", "EvidenceCaps"
SEVERITIES, SEVERITY_WEIGHTS = "Severities", "SeverityWeights"
LEAST_AUTONOMY, LEAST_EVIDENCED, LEAST_FLOOR = "LeastAutonomy", "LeastEvidenced", "LeastFloor"


def write_rules(sheet: Sheet, plan: Plan) -> None:
    """Write the profile's rules. Section minimums stand on the Weights sheet, beside their sections."""
    profile = plan.content.profile
    sheet.title(
        "Rules",
        f"Profile: {profile.title}. Yellow cells may be changed to see what would follow.",
    )
    sheet.widths(44, 26)
    row = _table(
        sheet,
        3,
        ("Evidence behind an answer", "Counts at most as level"),
        [(grade.value, profile.evidence_caps[grade]) for grade in EvidenceGrade],
        (GRADES, CAPS),
    )
    row = _table(
        sheet,
        row + 1,
        ("Severity of a red flag", "Share of its question that it takes (0–1)"),
        [(severity.value, severity.weight) for severity in Severity],
        (SEVERITIES, SEVERITY_WEIGHTS),
    )
    minimums = profile.minimums
    least: list[tuple[str, Value, str]] = [
        ("Autonomy (0–100)", minimums.autonomy, LEAST_AUTONOMY),
        ("Evidenced autonomy (0–100)", minimums.evidenced, LEAST_EVIDENCED),
        ("Level of every critical question (0–4)", minimums.floor, LEAST_FLOOR),
    ]
    first = row + 2
    _table(sheet, row + 1, ("A vendor is rejected below", "Least value (empty: none)"), [x[:2] for x in least], None)
    for offset, (_, _, name) in enumerate(least):
        sheet.book.workbook.define_name(name, f"={fixed(RULES, first + offset, 1)}")
    sheet.print_setup(portrait=True)
    sheet.protect()


def _table(
    sheet: Sheet, row: int, headings: tuple[str, str], lines: list[tuple[str, Value]], names: tuple[str, str] | None
) -> int:
    """Write one small table and give the row after it."""
    sheet.headings(row, headings)
    first, last = row + 1, row + len(lines)
    for at_row, (label, value) in enumerate(lines, start=first):
        sheet.text(at_row, 0, label, "cell")
        sheet.put(at_row, 1, value, "cell weight input")
    for col, name in enumerate(names or ()):
        sheet.book.workbook.define_name(name, f"={fixed(RULES, first, col, last)}")
    return last + 1
