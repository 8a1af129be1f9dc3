"""The look of the response workbook: one named format for each kind of cell."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

INK = "#1F2A30"
QUIET = "#5B6B73"
TEAL = "#0B5563"
PALE_TEAL = "#E4F0F2"
INPUT = "#FFF9D6"
INPUT_EDGE = "#D9CF9A"
EDGE = "#C9D3D7"
ALARM = "#B93A12"
DONE = "#1B6E4B"

_BASE = {
    "font_name": "Calibri",
    "font_size": 11,
    "font_color": INK,
    "text_wrap": True,
    "valign": "top",
    "align": "left",
}
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"font_size": 20, "bold": True, "font_color": TEAL, "text_wrap": False, "valign": "vcenter"},
    "subtitle": {"font_size": 12, "font_color": QUIET, "text_wrap": False, "valign": "vcenter"},
    "heading": {
        "font_size": 13,
        "bold": True,
        "font_color": TEAL,
        "bottom": 1,
        "bottom_color": TEAL,
        "text_wrap": False,
    },
    "text": {},
    "label": {"indent": 1, "bold": True, "border": 1, "border_color": EDGE, "bg_color": PALE_TEAL},
    "value": {"indent": 1, "border": 1, "border_color": EDGE},
    "head": {
        "indent": 1,
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": TEAL,
        "border": 1,
        "border_color": "#FFFFFF",
        "valign": "vcenter",
    },
    "id": {"indent": 1, "bold": True, "font_color": TEAL, "border": 1, "border_color": EDGE},
    "critical": {"indent": 1, "bold": True, "font_color": ALARM, "border": 1, "border_color": EDGE},
    "cell": {"indent": 1, "border": 1, "border_color": EDGE},
    "quiet": {"indent": 1, "font_size": 10, "font_color": QUIET, "border": 1, "border_color": EDGE},
    "closed": {"indent": 1, "border": 1, "border_color": EDGE, "bg_color": "#EEF1F2", "font_color": QUIET},
    "input": {
        "indent": 1,
        "border": 1,
        "border_color": INPUT_EDGE,
        "bg_color": INPUT,
        "locked": False,
        "num_format": "@",
    },
    "sample": {"indent": 1, "border": 1, "border_color": INPUT_EDGE, "bg_color": INPUT},
    "status": {"border": 1, "border_color": EDGE, "align": "center", "font_size": 10, "font_color": QUIET},
    "count": {"border": 1, "border_color": EDGE, "align": "center"},
    "share": {"border": 1, "border_color": EDGE, "align": "center", "num_format": "0%"},
    "total": {"border": 1, "border_color": EDGE, "align": "center", "bold": True, "bg_color": PALE_TEAL},
    "total_share": {
        "border": 1,
        "border_color": EDGE,
        "align": "center",
        "bold": True,
        "bg_color": PALE_TEAL,
        "num_format": "0%",
    },
    "link": {"border": 1, "border_color": EDGE, "font_color": TEAL, "underline": 1},
    "bold": {"bold": True},
    "plain": {},
    "hidden": {"font_color": "#FFFFFF", "text_wrap": False},
}


class Styles:
    """The formats of one workbook, by name: ``styles["input"]``."""

    def __init__(self, book: Workbook) -> None:
        self._formats = {name: book.add_format(_BASE | own) for name, own in _FORMATS.items()}
        self.done = book.add_format({"font_color": DONE, "bold": True})
        self.open = book.add_format({"font_color": ALARM})

    def __getitem__(self, name: str) -> Format:
        return self._formats[name]
