"""The native charts of the Summary: autonomy and red flags side by side, and both as a quadrant."""

from __future__ import annotations

from typing import Any

from ii_vendor.report.scorecard.book import GREY, INK, TEAL, VERMILION, Sheet, fixed
from ii_vendor.report.scorecard.figures import FIRST_VENDOR, Totals
from ii_vendor.report.scorecard.plan import TOTALS

WIDTHS = (395, 360, 455)
"""The charts' widths in pixels; together the width of the printed columns."""

_FONT: dict[str, Any] = {"name": "Calibri", "size": 9, "color": INK}
_TITLE: dict[str, Any] = {"name": "Calibri", "size": 12, "bold": True, "color": INK}
_GRID: dict[str, Any] = {"visible": True, "line": {"color": "#DDE3E6", "width": 0.5}}


def write_charts(sheet: Sheet, totals: Totals, row: int) -> None:
    """Draw the three charts side by side from this row on."""
    height = max(360, 110 + 34 * totals.vendors)
    charts = (
        _bars(sheet, totals, "Autonomy: higher is better", TEAL, ("bar", "Low end"), ("bar_open", "Still to be rated")),
        _bars(sheet, totals, "Red flags: lower is better", VERMILION, ("red", "Stand"), ("red_open", "Still open")),
        _quadrant(sheet, totals),
    )
    left = 0
    for chart, width in zip(charts, WIDTHS, strict=True):
        chart.set_size({"width": width, "height": height})
        chart.set_chartarea({"border": {"color": "#DDE3E6"}})
        sheet.raw.insert_chart(row, 0, chart, {"x_offset": left, "object_position": 2})
        left += width


def _ranked(totals: Totals, key: str) -> str:
    row = totals.rows[key]
    return "=" + fixed(TOTALS, row, FIRST_VENDOR, row, FIRST_VENDOR + totals.vendors - 1)


def _bars(
    sheet: Sheet, totals: Totals, title: str, colour: str, solid: tuple[str, str], hatched: tuple[str, str]
) -> Any:
    chart = sheet.book.workbook.add_chart({"type": "bar", "subtype": "stacked"})
    labels = _ranked(totals, "label")
    chart.add_series(
        {
            "name": solid[1],
            "categories": labels,
            "values": _ranked(totals, solid[0]),
            "fill": {"color": colour},
            "gap": 60,
            "data_labels": {
                "value": True,
                "num_format": "0",
                "position": "inside_base",
                "font": {**_FONT, "color": "#FFFFFF", "bold": True},
            },
        }
    )
    chart.add_series(
        {
            "name": hatched[1],
            "categories": labels,
            "values": _ranked(totals, hatched[0]),
            "pattern": {"pattern": "wide_upward_diagonal", "fg_color": GREY, "bg_color": "#FFFFFF"},
            "border": {"color": GREY, "width": 0.75},
        }
    )
    chart.set_title({"name": title, "name_font": _TITLE, "overlay": False})
    chart.set_x_axis(
        {"min": 0, "max": 100, "major_unit": 25, "num_font": _FONT, "num_format": "0", "major_gridlines": _GRID}
    )
    chart.set_y_axis({"reverse": True, "num_font": _FONT, "major_gridlines": {"visible": False}, "crossing": "max"})
    chart.set_legend({"position": "bottom", "font": _FONT})
    return chart


def _quadrant(sheet: Sheet, totals: Totals) -> Any:
    chart = sheet.book.workbook.add_chart({"type": "scatter"})
    for place in range(totals.vendors):
        chart.add_series(
            {
                "name": f"={totals.at('name', place)}",
                "categories": f"={totals.at('red', place)}",
                "values": f"={totals.at('bar', place)}",
                "marker": {"type": "circle", "size": 9, "fill": {"color": TEAL}, "border": {"color": "#FFFFFF"}},
                "data_labels": {
                    "series_name": True,
                    "value": False,
                    "position": "below" if place % 2 else "right",
                    "font": _FONT,
                },
            }
        )
    chart.set_title({"name": "Both axes: best is top left", "name_font": _TITLE})
    axis = {"min": 0, "max": 100, "major_unit": 25, "num_font": _FONT, "num_format": "0", "major_gridlines": _GRID}
    middle = {"crossing": 50, "label_position": "low", "line": {"color": GREY, "width": 1.25}}
    chart.set_x_axis({**axis, **middle, "name": "Red flags", "name_font": _FONT})
    chart.set_y_axis({**axis, **middle, "name": "Autonomy", "name_font": _FONT})
    chart.set_legend({"none": True})
    return chart
