"""A figure together with its numbers, for those who would rather count."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import plotly.graph_objects as go

from ii_vendor.report.scorecard.words import looks_like_formula

Cell = str | int | float | None


@dataclass(frozen=True)
class Chart:
    """A drawn figure and the table that it was drawn from."""

    figure: go.Figure
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def csv(self) -> str:
        """The table as CSV with a heading; words that a spreadsheet would run as a formula stay words."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([_cell(cell) for cell in row] for row in self.rows)
        return text.getvalue()


def _cell(value: Cell) -> str:
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    if isinstance(value, str):
        return f"'{value}" if looks_like_formula(value) else value
    return "" if value is None else str(value)
