"""The Method sheet: how scores are made, what they were made from, and how to check them."""

from __future__ import annotations

from collections.abc import Iterator

from ii_vendor import __version__
from ii_vendor.model.robustness import Robustness
from ii_vendor.model.rubric import EvidenceGrade, Severity
from ii_vendor.report.marks import RECORD_HASH
from ii_vendor.report.measurement_words import signal_method_lines
from ii_vendor.report.robustness_words import CAVEAT
from ii_vendor.report.scorecard.book import Sheet
from ii_vendor.report.scorecard.plan import Plan

WORKED_EXAMPLE = (
    "Two questions weigh 3 and 1. The panel gave levels 4 and 2. Autonomy = 100 × (3×4 + 1×2) / (4 × (3+1)) = 87.5.",
    "If only a claim stands behind the first answer, its level counts as 2: "
    "evidenced = 100 × (3×2 + 1×2) / (4 × (3+1)) = 50.0. The scorecard shows both.",
    "If a third question of weight 1 is not rated yet, the band runs from 100 × 14 / 20 = 70.0 "
    "to 100 × 18 / 20 = 90.0.",
    "One major and one minor red flag stand on the second question: it loses 1 − (1−0.6) × (1−0.25) = 0.70. "
    "Red flags = 100 × (3×0 + 1×0.70) / (3+1) = 17.5.",
)


def write_method(sheet: Sheet, plan: Plan, robustness: Robustness | None = None) -> None:
    """Write the method in words, the record this workbook was written from, and who stands for it."""
    sheet.title("Method")
    row = _section(sheet, 2, "How scores are made", _how(plan))
    row = _section(sheet, row, "A worked example", WORKED_EXAMPLE)
    row = _section(sheet, row, "How red flags are found", tuple(signal_method_lines(plan.content.signals)))
    if robustness:
        row = _section(sheet, row, "How robustness is computed", tuple(_firm(robustness)))
    profile = plan.content.profile
    row = _section(sheet, row, f"Profile: {profile.title}", tuple(profile.reasons.split("\n\n")))
    row = _facts(sheet, row, plan)
    row = _section(sheet, row, "How to check this workbook", _checks(plan))
    row = _panel(sheet, row, plan)
    _signatures(sheet, row)
    sheet.widths(26, 30, 16, 34)
    sheet.print_setup(portrait=True)
    sheet.protect()


def _how(plan: Plan) -> tuple[str, ...]:
    caps = plan.content.profile.evidence_caps
    capped = ", ".join(f"{grade.value} {caps[grade]:g}" for grade in EvidenceGrade)
    severities = ", ".join(f"{severity.value} {severity.weight:g}" for severity in Severity)
    return (
        "Each answer gets a level from 0 (worst) to 4 (best) by the anchors of its rubric. With several evaluators the "
        "mean over those who rated counts, until the panel agrees on a level: then that counts, with its own evidence, "
        "or the agreement that the question does not apply. The ratings stay as they were given, beside it.",
        "Autonomy (0–100) = 100 × sum of (weight × level) / (4 × sum of weights). The scale is fixed: adding or "
        "removing a vendor moves nobody else.",
        f"Evidenced: each level counts at most as what its evidence can carry ({capped}).",
        "A question that does not apply leaves the sum of weights. An answer that the vendor left empty is level 0. "
        "What is not rated yet makes a band: level 0 for the low end, level 4 for the high end.",
        f"Red flags (0–100, higher is worse): a question loses 1 − product of (1 − severity) over its flags that stand "
        f"({severities}); the total is weighed like autonomy. Open flags count in the high end. An accepted risk still "
        "counts.",
        "Floor: the lowest level among the critical questions.",
        "Verdict: reject for a confirmed gate flag that nobody accepted by name, for a critical question at level 0, "
        "or for a minimum missed for certain; else incomplete while ratings are missing, answers have changed since "
        "they were judged or ratings since the panel agreed, flags are open or a critical question is in dispute; "
        "else conditional while red flags stand; else shortlist.",
        "Rank: by the low end of autonomy to nine decimals; equal scores share a rank; rejected vendors have none. "
        "Autonomy and red flags are never added up.",
    )


def _firm(robustness: Robustness) -> Iterator[str]:
    for one in robustness.simulations[:1]:
        yield (
            f"Simulation (SMAA-2): the vendors are ranked under {one.samples} sets of weights. Near those set, each "
            "section’s share, and each question’s share inside its section, is multiplied by a number drawn evenly "
            f"between {1 - one.spread:g} and {1 + one.spread:g}. With any weights, every split among the sections, and "
            "among the questions of each, is equally likely; what weighs 0 stays at 0. Ratings are drawn evenly "
            "between the lowest and the highest level that the panel gave an answer, or between 0 and 4 where nobody "
            "rated it; what the panel agreed on stays. Vendors that nothing tells apart share their ranks. The samples "
            "are the same every time."
        )
        yield (
            "Weight that a section or question may have: with the leader’s lead p inside it and q outside it, the lead "
            "is t × p + (1 − t) × q at share t. It turns at t = q / (q − p). The tightest bounds over all rivals count."
        )
    yield (
        "What would change the winner or a verdict: one level, one weight, one red flag or one evaluator at a time is "
        "changed as little as it takes, and everything is scored again."
    )
    yield (
        "Agreement on levels is Krippendorff’s alpha for ordinal levels with a 95 % bootstrap interval; on the order "
        "of the vendors, Kendall’s W over each evaluator’s own totals."
    )
    yield CAVEAT


def _checks(plan: Plan) -> tuple[str, ...]:
    return (
        "Open this workbook in Excel or LibreOffice and recalculate (Ctrl+Alt+F9 or Ctrl+Shift+F9): no figure may "
        "change. If the Summary speaks of a what-if, a yellow cell was changed.",
        f"Run “ii-vendor compare {plan.evaluation.id} --json” on the evaluation: the figures agree to nine decimals, "
        "and the content and record hashes are the ones above.",
        "The content hash is the SHA-256 of questionnaires, rubrics, signals and profile: any changed word gives "
        "another. The record hash seals every event before it, so no rating or decision can be changed afterwards "
        "unseen.",
        f"Run “ii-vendor audit verify {plan.evaluation.id} --scorecard” with the name of this file: it says whether "
        "the record is whole, and which of its states this file shows.",
        "Sheets are locked without a password, against slips only. The record is the evaluation, not this file.",
    )


def _section(sheet: Sheet, row: int, title: str, paragraphs: tuple[str, ...]) -> int:
    sheet.merge(row, 0, 3, title, "section")
    for paragraph in paragraphs:
        row += 1
        sheet.merge(row, 0, 3, paragraph, "wrap top")
        # Merged cells never grow by themselves: about 108 characters fit a line.
        sheet.raw.set_row(row, 14.5 * max(1, -(-len(paragraph) // 108)) + 3)
    return row + 2


def _facts(sheet: Sheet, row: int, plan: Plan) -> int:
    sheet.merge(row, 0, 3, "What this workbook was written from", "section")
    questionnaires = "; ".join(f"{one.title} (version {one.version})" for one in plan.content.questionnaires)
    facts = (
        ("Evaluation", f"{plan.evaluation.name} ({plan.evaluation.id})"),
        ("Questionnaires", questionnaires),
        ("Profile", f"{plan.content.profile.title} ({plan.content.profile.id})"),
        ("Content hash (SHA-256)", plan.comparison.content_hash),
        (RECORD_HASH, plan.comparison.record_hash),
        ("Events in the record", str(plan.evaluation.sequence)),
        ("Written", f"{plan.written_at:%Y-%m-%d %H:%M %Z}".strip()),
        ("Written by", f"ii-vendor {__version__}"),
    )
    for name, fact in facts:
        row += 1
        sheet.text(row, 0, name, "cell soft")
        sheet.merge(row, 1, 3, fact, "cell wrap mono" if "hash" in name else "cell wrap")
        sheet.raw.set_row(row, 14.5 * max(1, -(-len(fact) // 75)) + 3)
    return row + 2


def _panel(sheet: Sheet, row: int, plan: Plan) -> int:
    sheet.merge(row, 0, 3, "Evaluated by", "section")
    for col, heading in enumerate(("Name", "Answers for", "Date", "Signature")):
        sheet.text(row + 1, col, heading, "head")
    row += 1
    for evaluator in plan.evaluation.evaluators:
        row += 1
        _line(sheet, row, evaluator.name, evaluator.discipline.value)
    return row + 2


def _signatures(sheet: Sheet, row: int) -> None:
    sheet.merge(row, 0, 3, "Reviewed by", "section")
    for col, heading in enumerate(("Name", "Role", "Date", "Signature")):
        sheet.text(row + 1, col, heading, "head")
    for offset in range(2, 4):
        _line(sheet, row + offset, "", "")


def _line(sheet: Sheet, row: int, name: str, role: str) -> None:
    sheet.raw.set_row(row, 24)
    for col, text in enumerate((name, role, "", "")):
        sheet.text(row, col, text, "cell")
