"""Under which title a question stands: titles are nested by their numbers, or by standing over a header."""

from __future__ import annotations

from collections.abc import Sequence

from ii_vendor.intake.understanding.grid import Grid
from ii_vendor.model.workbook import SheetTable

_LONGEST = 120


class Sections:
    """The titles that stand over the row that is being read, on a sheet with these tables."""

    def __init__(self, tables: Sequence[SheetTable]) -> None:
        headed = [table for table in tables if table.header]
        self.repeated = len(headed) > 1
        # Where headers are repeated and differ in their first title alone, that title names a section.
        self._named = self.repeated and len({_first_title(table) for table in headed}) > 1
        self._titles: list[tuple[str, str]] = []
        self._over = ""
        self._fresh = False

    @property
    def now(self) -> str:
        """The titles from the widest to the narrowest: ``Policies / Direction``."""
        return " / ".join(dict.fromkeys(title for title in (self._over, *(name for _, name in self._titles)) if title))

    def asked(self) -> None:
        """A question was read."""
        self._fresh = False

    def add(self, title: str, id_: str = "") -> None:
        """A title stands over what follows. Long texts are to be read, and name nothing."""
        name = " ".join(title.split())
        if len(name) > _LONGEST or (name.endswith(".") and len(name) > _LONGEST / 3):
            self._fresh = False
            return
        while self._titles and not (id_ and self._titles[-1][0] and id_.startswith(_stem(self._titles[-1][0]))):
            self._titles.pop()
        self._titles.append((id_, name))
        self._over, self._fresh = "", True

    def begin(self, grid: Grid, table: SheetTable) -> None:
        """The title that stands right over the first header of a sheet with several."""
        above = grid.lines.get(table.header[0] - 1, {}) if table.header else {}
        if len(above) == 1:
            (cell,) = above.values()
            self.add(cell.text)

    def enter(self, table: SheetTable) -> None:
        """A table begins; its first title may name a section, beneath a title that stands right over the header."""
        first = _first_title(table)
        if not table.header or not self._named or not first:
            return
        over = self._titles[-1][1] if self._fresh and self._titles else self._over
        self._titles, self._over, self._fresh = [("", first)], over, False


def _first_title(table: SheetTable) -> str:
    return next((each.title for each in table.columns if each.title), "")


def _stem(id_: str) -> str:
    return id_.rstrip(".") + "."
