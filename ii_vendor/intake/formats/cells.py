"""A cell on its way out of the reading process, and how much text may go with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ii_vendor.intake import limits
from ii_vendor.intake.refused import Refused
from ii_vendor.intake.strings import clean

Json = dict[str, Any]
Plain = list[Any]
UNTOLD = "=…"
"""Stands for a formula whose words could not be told."""


class Budget:
    """How many cells and how much text of a workbook may still cross.

    ``cleaned`` counts the control characters that were left out.
    """

    def __init__(self) -> None:
        self._cells = limits.MAX_CELLS
        self._left = limits.MAX_WORKBOOK_CHARS
        self.cleaned = 0

    def cell(
        self, row: int, column: int, kind: str, text: str, formula: str | None = None, struck: Sequence[str] = ()
    ) -> Plain:
        """A cell as it crosses. Raises Refused when the workbook holds far more than a questionnaire."""
        self._cells -= 1
        if self._cells < 0:
            raise Refused("This workbook holds far more cells than a questionnaire.", "Send the questionnaire alone.")
        extras: Json = {}
        if formula is not None:
            extras["formula"] = self.spend(formula)
        if struck:
            extras["struck"] = [self.spend(piece) for piece in struck]
        plain = [row, column, kind, self.spend(text)]
        return [*plain, extras] if extras else plain

    def spend(self, text: str) -> str:
        """The text, cleaned. Raises Refused when the workbook holds far more of it than a questionnaire."""
        cleaned, left_out = clean(text)
        self.cleaned += left_out
        self._left -= len(cleaned)
        if self._left < 0:
            raise Refused("This workbook holds far more text than a questionnaire.", "Send the questionnaire alone.")
        return cleaned
