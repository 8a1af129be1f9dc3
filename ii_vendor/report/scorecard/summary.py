"""The Summary sheet: the vendors side by side in the order of their rank, knock-outs first, with charts."""

from __future__ import annotations

from collections.abc import Callable

from ii_vendor.model.scorecard import Outcome, Scorecard
from ii_vendor.report.scorecard.book import GREY_PALE, TEAL_PALE, VERMILION, VERMILION_PALE, Sheet, Value, at
from ii_vendor.report.scorecard.charts import write_charts
from ii_vendor.report.scorecard.figures import ALL, Totals
from ii_vendor.report.scorecard.plan import Plan
from ii_vendor.report.scorecard.rulings import Rulings, order_of

TABLE_HEAD = 6
FIRST_LINE = TABLE_HEAD + 1
BANNER_ROW = 3
ONE_PAGE = 10
"""Up to so many vendors, table and charts are printed on one page."""

AS_RECORDED = "Every figure below is as recorded."
CHANGED = (
    "WHAT-IF: inputs were changed after this workbook was written. The recorded figures stand on the sheet Totals."
)

Read = Callable[[Scorecard], Value]
COLUMNS: tuple[tuple[str, str, str, Read], ...] = (
    ("Rank", "rank", "cell rank big", lambda card: card.rank),
    ("Vendor", "", "cell wrap bold", lambda card: card.name),
    ("Verdict", "verdict", "cell centre bold", lambda card: card.verdict.outcome.value),
    ("Because", "why", "cell wrap", lambda _: None),
    ("Low", f"low:{ALL}", "cell score big", lambda card: card.autonomy.low),
    ("High", f"high:{ALL}", "cell score", lambda card: card.autonomy.high),
    ("Claimed", f"claimed:{ALL}", "cell score", lambda card: card.autonomy.claimed),
    ("Evidenced", f"evidenced:{ALL}", "cell score bold", lambda card: card.autonomy.evidenced),
    ("Low", f"flags:{ALL}", "cell score big", lambda card: card.red_flags.low),
    ("High", f"flags_high:{ALL}", "cell score", lambda card: card.red_flags.high),
    ("Level", "floor", "cell level big", lambda card: card.floor.level),
    ("Question", "floor_question", "cell centre", lambda card: card.floor.question),
    ("May change", "provisional", "cell centre soft wrap", lambda card: "provisional" if card.provisional else None),
)
GROUPS = (
    (0, 3, "Pass or fail comes first", "head dark centre"),
    (4, 7, "Autonomy (0–100, higher is better)", "head teal centre"),
    (8, 9, "Red flags (0–100, lower is better)", "head red centre"),
    (10, 11, "Floor (0–4)", "head teal centre"),
    (12, 12, "Rank", "head dark centre"),
)


def write_summary(sheet: Sheet, plan: Plan, totals: Totals) -> None:
    """Write the table that re-sorts itself when a weight changes, and the charts drawn from it."""
    _write_title(sheet, plan, totals)
    sheet.headings(TABLE_HEAD, [heading for heading, *_ in COLUMNS], height=22, centred={0, 2, *range(4, len(COLUMNS))})
    sheet.raw.set_row(TABLE_HEAD - 1, 32)
    for first, last, title, style in GROUPS:
        sheet.merge(TABLE_HEAD - 1, first, last, title, f"{style} wrap")
    for place in range(len(plan.cards)):
        _write_line(sheet, plan, totals, place)
    last = FIRST_LINE + len(plan.cards) - 1
    _colour_verdicts(sheet, max(FIRST_LINE, last))
    row = _write_notes(sheet, last + 2)
    if plan.cards:
        write_charts(sheet, totals, row + 1)
    sheet.widths(6, 24, 12, 40, 8.5, 8.5, 9, 11, 8.5, 8.5, 8, 10, 11)
    sheet.raw.freeze_panes(FIRST_LINE, 2)
    sheet.raw.center_horizontally()
    sheet.print_setup(head=TABLE_HEAD, tall=1 if len(plan.cards) <= ONE_PAGE else 0)
    sheet.protect()


def _write_title(sheet: Sheet, plan: Plan, totals: Totals) -> None:
    profile = plan.content.profile
    sheet.raw.set_row(0, 32)
    sheet.text(0, 0, "Vendor scorecard: can operations run without them?", "title")
    sheet.text(1, 0, plan.evaluation.name, "subtitle")
    sheet.text(
        2,
        0,
        f"Written {plan.written_at:%Y-%m-%d %H:%M} · profile “{profile.title}” · {len(plan.cards)} vendors · "
        f"{len(plan.questions)} questions · {len(plan.evaluation.evaluators)} evaluators · "
        f"stage {plan.evaluation.stage.value} · content {plan.comparison.content_hash[:12]} · "
        f"record {plan.comparison.record_hash[:12]}",
        "note",
    )
    sheet.text(BANNER_ROW + 1, 0, missing_words(plan), "note bold")
    changed = f"SUM({totals.every('differs')})>0"
    sheet.formula(BANNER_ROW, 0, f'=IF({changed},"{CHANGED}","{AS_RECORDED}")', AS_RECORDED, "note")
    warning = sheet.book.workbook.add_format({"font_color": VERMILION, "bold": True})
    sheet.raw.conditional_format(
        BANNER_ROW, 0, BANNER_ROW, 0, {"type": "formula", "criteria": f"={changed}", "format": warning}
    )


def missing_words(plan: Plan) -> str:
    """What is not in this workbook because its reader may not see it yet; empty where all is in."""
    now, parts = plan.evaluation, []
    if now.withheld:
        parts.append(f"without the ratings of {', '.join(sorted(now.withheld))}")
    if now.closed_vendors:
        names = sorted(vendor.name for vendor in now.vendors if vendor.id in now.closed_vendors)
        parts.append(f"without the responses, ratings and red flags of {', '.join(names)}")
    if not parts:
        return ""
    return f"NOT THE WHOLE RESULT: written {' and '.join(parts)}, which whoever wrote it may not see yet."


def _write_line(sheet: Sheet, plan: Plan, totals: Totals, place: int) -> None:
    row, number = FIRST_LINE + place, totals.at("column", place)
    card = plan.cards[order_of(plan.cards).index(place + 1)]
    name = f"={totals.at('name', place)}"
    sheet.raw.set_row(row, 40)
    for col, (_, key, style, read) in enumerate(COLUMNS):
        value = Rulings(plan, card).why() if key == "why" else read(card)
        sheet.formula(row, col, f"=INDEX({totals.every(key)},{number})" if key else name, value, style)


def _colour_verdicts(sheet: Sheet, last: int) -> None:
    """Tint the verdict, which always stands there in words too."""
    looks: dict[Outcome, dict[str, object]] = {
        Outcome.reject: {"bg_color": VERMILION_PALE, "font_color": "#9A3D00"},
        Outcome.incomplete: {"bg_color": GREY_PALE, "font_color": "#4A565C", "italic": True},
        Outcome.conditional: {"bg_color": "#F3F8F9", "font_color": "#0B4F59"},
        Outcome.shortlist: {"bg_color": TEAL_PALE, "font_color": "#0B4F59", "bold": True},
    }
    for outcome, look in looks.items():
        rule = f'=${at(FIRST_LINE, 2)[:1]}{FIRST_LINE + 1}="{outcome}"'
        sheet.raw.conditional_format(
            FIRST_LINE,
            2,
            last,
            2,
            {"type": "formula", "criteria": rule, "format": sheet.book.workbook.add_format(look)},
        )


def _write_notes(sheet: Sheet, row: int) -> int:
    """Write how to read the table, and give the row after it."""
    notes = (
        "Low and high: what is not rated counts as level 0 or as level 4; open red flags count in the high end only. "
        "The rank follows the low end of autonomy. The two axes are never added up.",
        "Claimed is what the panel took from the answers; evidenced is what the evidence behind them can carry. "
        "A rejected vendor stays in sight and has no rank. The grounds stand on the sheet Verdicts.",
    )
    for offset, note in enumerate(notes):
        sheet.text(row + offset, 0, note, "note")
    return row + len(notes)
