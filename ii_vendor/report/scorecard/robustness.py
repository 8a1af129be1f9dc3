"""The Robustness sheet: how firm the result is, as computed when the workbook was written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ii_vendor.model.robustness import Robustness, Simulation, WeightStability
from ii_vendor.report.agreement_words import agreement_lines
from ii_vendor.report.chart_words import margin_words, simulation_words
from ii_vendor.report.robustness_words import CAVEAT, headline, turn_lines, verdict_lines
from ii_vendor.report.scorecard.book import INK, TEAL, Sheet, fixed
from ii_vendor.report.scorecard.plan import ROBUSTNESS, Plan

RANKS = 8
"""So many columns of ranks; with more vendors the last one holds all lower ranks."""

ONE_PAGE = 6
"""The tables of up to so many vendors are printed on one page."""

LAST = RANKS + 2
"""The last column: behind the ranks stand two wide ones, beside which the chart is drawn."""

SHADES = ("#0B4F59", "#0F7C8A", "#5BA7B1", "#9CCFD5", "#CFE6E9", "#DDE3E6", "#C3CCD0", "#A5B1B7")
"""Deep for the first rank and paler for each that follows."""


def write_robustness(sheet: Sheet, plan: Plan, robustness: Robustness) -> None:
    """Write the figures and sentences of ``robustness``, which must be of the plan's record."""
    sheet.title(
        "Robustness",
        "How firm the result is. Computed when this workbook was written: these figures do not follow changed weights "
        "or ratings.",
        _reproduced(plan, robustness),
    )
    sheet.widths(44, *[9.5] * RANKS, 32, 32)
    row = _lines(sheet, 4, "In short", [*headline(robustness, plan.content, plan.comparison), CAVEAT])
    breaks = _write_simulations(sheet, robustness, row)
    row = breaks[-1]
    row = _lines(sheet, row, "What would change the winner", turn_lines(robustness, plan.content, most=8))
    row = _lines(sheet, row, "What would change a verdict", verdict_lines(robustness, plan.content))
    row = _lines(sheet, row, "How far the panel agrees", agreement_lines(robustness, plan.content))
    if robustness.stability:
        _write_stability(sheet, plan, robustness, row)
        sheet.raw.set_h_pagebreaks([*breaks, row])
    sheet.raw.freeze_panes(1, 1)
    sheet.print_setup()
    sheet.protect()


def command(robustness: Robustness) -> str:
    """The command that gives the same figures from the same record."""
    said = f"ii-vendor robustness {robustness.evaluation}"
    informed = next((one for one in robustness.simulations if one.spread), None)
    return f"{said} --spread {100 * informed.spread:g} --samples {informed.samples}" if informed else said


def _reproduced(plan: Plan, robustness: Robustness) -> str:
    return (
        f"“{command(robustness)}” gives them again from record {robustness.record_hash[:12]}, content "
        f"{robustness.content_hash[:12]}: the samples are always the same. Profile: “{plan.content.profile.title}”."
    )


def _lines(sheet: Sheet, row: int, title: str, lines: Sequence[str]) -> int:
    """Write sentences under a heading, and give the row of the next heading."""
    sheet.merge(row, 0, LAST, title, "section")
    for line in lines:
        row += 1
        sheet.paragraph(row, 0, LAST, line)
    return row + 2


def _write_simulations(sheet: Sheet, robustness: Robustness, row: int) -> list[int]:
    """Write who takes which rank how often in each simulation, with a chart beside, and give the rows before which a
    new page begins; the last is the first row after them."""
    if not robustness.simulations:
        return [row]
    sheet.merge(row, 0, LAST, "Who takes which rank how often: share of the samples", "section")
    starts = []
    for simulation in robustness.simulations:
        starts.append(row + 1)
        row = _write_ranks(sheet, robustness, simulation, row + 1) + 1
    _write_chart(sheet, robustness, starts[0])
    return [*(starts[2:3] if len(robustness.ranked) > ONE_PAGE else ()), row + 1]


def _headings(vendors: int) -> list[str]:
    if vendors <= RANKS:
        return [f"Rank {rank}" for rank in range(1, vendors + 1)]
    return [*(f"Rank {rank}" for rank in range(1, RANKS)), "Lower"]


def _columns(ranks: Sequence[float]) -> list[float]:
    """A vendor's shares by column, those of the lowest ranks together where there are many."""
    return list(ranks) if len(ranks) <= RANKS else [*ranks[: RANKS - 1], sum(ranks[RANKS - 1 :])]


def _write_ranks(sheet: Sheet, robustness: Robustness, simulation: Simulation, row: int) -> int:
    """Write one simulation and give the row after it."""
    said = simulation_words(simulation)
    what = f"{said[0].upper()}{said[1:]} ({margin_words(simulation)})"
    sheet.headings(row, [what, *_headings(len(simulation.vendors))], centred=range(1, RANKS + 1))
    sheet.fit(row, [(0, what)])
    for vendor in robustness.ranked:
        row += 1
        name = robustness.names[vendor]
        sheet.text(row, 0, name, "cell wrap bold")
        sheet.fit(row, [(0, name)])
        for col, share in enumerate(_columns(simulation.ranks[simulation.vendors.index(vendor)]), start=1):
            sheet.number(row, col, share, "cell share")
    _tint(sheet, row - len(robustness.ranked) + 1, row, len(_headings(len(simulation.vendors))))
    return row + 1


def _tint(sheet: Sheet, row: int, last_row: int, last_col: int) -> None:
    """Deeper for more often; the number stands in every cell."""
    scale = {"type": "2_color_scale", "min_type": "num", "max_type": "num", "min_value": 0, "max_value": 1}
    colours = {"min_color": "#FFFFFF", "max_color": "#6DB8C1"}
    sheet.raw.conditional_format(row, 1, last_row, last_col, {**scale, **colours})


def _write_chart(sheet: Sheet, robustness: Robustness, start: int) -> None:
    """Draw the ranks of the first simulation beside the tables: a bar a vendor, the first rank leftmost."""
    vendors, headings = len(robustness.ranked), _headings(len(robustness.ranked))
    chart: Any = sheet.book.workbook.add_chart({"type": "bar", "subtype": "percent_stacked"})
    font = {"name": "Calibri", "size": 9, "color": INK}
    for col, _ in enumerate(headings, start=1):
        chart.add_series(
            {
                "name": f"={fixed(ROBUSTNESS, start, col)}",
                "categories": f"={fixed(ROBUSTNESS, start + 1, 0, start + vendors)}",
                "values": f"={fixed(ROBUSTNESS, start + 1, col, start + vendors)}",
                "fill": {"color": SHADES[(col - 1) % len(SHADES)]},
                "border": {"color": "#FFFFFF", "width": 0.75},
                "gap": 45,
            }
        )
    title = {"name": "Calibri", "size": 11, "bold": True, "color": INK}
    chart.set_title({"name": "Weights moved: who takes which rank", "name_font": title, "overlay": False})
    chart.set_x_axis({"num_format": "0%", "num_font": font, "major_unit": 0.25, "major_gridlines": {"visible": False}})
    chart.set_y_axis({"reverse": True, "num_font": font, "major_gridlines": {"visible": False}, "crossing": "max"})
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_chartarea({"border": {"color": TEAL, "width": 0.5}})
    free = RANKS - len(headings)
    chart.set_size({"width": min(700, 450 + 70 * max(free - 1, 0)), "height": min(620, 150 + 42 * vendors)})
    place = {"x_offset": 6, "y_offset": 4, "object_position": 2}
    sheet.raw.insert_chart(start, len(headings) + (2 if free else 1), chart, place)


def _write_stability(sheet: Sheet, plan: Plan, robustness: Robustness, row: int) -> None:
    """Write between which shares each weight may move before somebody overtakes the leader."""
    leader = robustness.names[robustness.ranked[0]]
    sheet.merge(row, 0, LAST, f"How far each weight can move before {leader} is overtaken", "section")
    row = _paragraph_below(
        sheet,
        row,
        "Shares of the whole. When one weight moves, the others keep their proportions. Inside “from” and “to” nobody "
        "overtakes; an empty rival means that nobody does up to the end of the scale.",
    )
    sheet.headings(row, ["Weight", "Share now", "From", "To"], centred=(1, 2, 3), height=20)
    sheet.merge(row, 4, RANKS, "Overtakes below", "head")
    sheet.merge(row, RANKS + 1, LAST, "Overtakes above", "head")
    for one in robustness.stability:
        row += 1
        _write_interval(sheet, plan, robustness, one, row)


def _paragraph_below(sheet: Sheet, row: int, text: str) -> int:
    sheet.paragraph(row + 1, 0, LAST, text)
    return row + 2


def _write_interval(sheet: Sheet, plan: Plan, robustness: Robustness, one: WeightStability, row: int) -> None:
    section = one.kind == "section"
    titles = {each.id: each.title for each in plan.sections}
    what = titles.get(one.id, one.id) if section else f"{one.id}  {plan.content.questions[one.id].title}"
    tint = " section" if section else ""
    sheet.text(row, 0, what, f"cell wrap{tint}")
    sheet.fit(row, [(0, what)])
    for col, share in enumerate((one.share, one.low, one.high), start=1):
        sheet.number(row, col, share, f"cell share{tint}")
    sheet.merge(row, 4, RANKS, _rival(robustness, one.low_rival), f"cell{tint}")
    sheet.merge(row, RANKS + 1, LAST, _rival(robustness, one.high_rival), f"cell{tint}")


def _rival(robustness: Robustness, vendor: str | None) -> str:
    return "" if vendor is None else robustness.names[vendor]
