"""Where the column titles of a sheet stand: any row, one to three rows deep, as often as they are repeated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ii_vendor.intake.merges import Merge
from ii_vendor.intake.raw import RawCell
from ii_vendor.intake.understanding.content import is_id
from ii_vendor.intake.understanding.grid import Grid
from ii_vendor.intake.understanding.words import (
    asks,
    best_title_role,
    folded,
    is_label,
    is_option_title,
    is_short_answer,
)

_DEEPEST = 3
_LONGEST_TITLE = 260
_MANY_WORDS = 25
_CLEAR = 0.85
_NAMED = 0.5
_FEWEST_LEVELS = 3
_FEWEST_PLAIN = 2
_ENOUGH_TITLES = 2
_MANY_ROLES = 3
_SHORT_TITLE = 8
_OPENING_WORDS = 4
_OF_ANSWERS = ("question", "answer", "comment", "option", "id")


@dataclass(frozen=True)
class Header:
    """Rows of column titles. ``titles`` gives the texts above each column, from top to bottom."""

    rows: tuple[int, ...]
    titles: Mapping[int, tuple[str, ...]]

    @property
    def signature(self) -> tuple[tuple[int, str], ...]:
        """What tables share that repeat a header: the titles, apart from the first, which may name a section."""
        plain = self.without_first if len(self.titles) > _ENOUGH_TITLES else self.titles
        return tuple((column, folded(" ".join(texts))) for column, texts in plain.items())

    @property
    def first(self) -> str:
        """The first title, which may reach over several columns."""
        return title_of(self.titles[min(self.titles)])

    @property
    def without_first(self) -> Mapping[int, tuple[str, ...]]:
        """The titles of the columns over which the first does not stand."""
        return {column: texts for column, texts in sorted(self.titles.items()) if title_of(texts) != self.first}


def title_of(texts: Sequence[str]) -> str:
    """The texts above a column as one title: ``Halden / Comment``."""
    return " / ".join(dict.fromkeys(" ".join(text.split()) for text in texts if text.strip()))


def find_headers(grid: Grid) -> list[Header]:
    """All headers of a sheet, from top to bottom."""
    likely = {row for row, cells in grid.lines.items() if _is_header(grid, row, cells)}
    found: list[Header] = []
    done = 0
    for row in sorted(likely):
        if row <= done:
            continue
        rows = _all_rows(grid, row, likely, done)
        found.append(Header(rows, _titles(grid, rows)))
        done = rows[-1]
    return [header for header in found if len(header.titles) >= 2]


def _is_header(grid: Grid, row: int, cells: Mapping[int, RawCell]) -> bool:
    """Whether a row reads like column titles by its words."""
    if len(cells) < 2:
        return False
    if _is_options(grid, row, cells):
        return True
    levels = _levels(cells) | _section_name(cells)
    texts = [cell.text for column, cell in cells.items() if column not in levels]
    others = sorted((cell for column, cell in cells.items() if column not in levels), key=lambda cell: -len(cell.text))
    if any(_cannot_be_title(cell, coded=True) for cell in others):
        return False
    if not _may_be_coded(texts) and any(map(_cannot_be_title, others)):
        return False
    if _holds_an_answer(texts):
        return False
    roles: dict[str, float] = {}
    named = 0
    for text in texts:
        role, strength = ("option", 0.7) if is_option_title(text) else best_title_role(text)
        if strength >= _NAMED:
            named += 1
            roles[role] = max(roles.get(role, 0.0), strength)
    if not any(role in roles for role in _OF_ANSWERS) or len(set(map(folded, texts))) < 2:
        return False
    clear = max((roles.get(role, 0.0) for role in ("question", "answer")), default=0.0) >= _CLEAR
    share = named / len(texts)
    if len(roles) >= 2 and (share >= 0.5 or clear):
        return True
    return clear and len(texts) == 2 and sum(len(text) for text in texts) <= 60


def _may_be_coded(texts: Sequence[str]) -> bool:
    """Whether so many roles are named that the rest may be codes, such as ``L1``; a row of data begins with its id."""
    named = {role: strength for role, strength in sorted(map(best_title_role, texts)) if strength >= _NAMED}
    clear = {role for role, strength in named.items() if strength >= _CLEAR}
    return (len(clear) >= 2 and "question" in clear) or (len(named) >= _MANY_ROLES and not is_id(texts[0].strip()))


def _holds_an_answer(texts: Sequence[str]) -> bool:
    """Whether one of the texts is an answer and no title, as a lone ``Yes`` is where the others say too little."""
    clear = {text: role for text in texts for role, strength in (best_title_role(text),) if strength >= _CLEAR}
    options = [text for text in texts if is_option_title(text) and clear.get(text, "id") == "id"]
    lone = len(options) == 1 and clear.get(options[0]) != "id"
    return lone and not {"question", "answer"} <= set(clear.values())


def _section_name(cells: Mapping[int, RawCell]) -> frozenset[int]:
    """The first column, where a section is named in the place of a title, and all other titles are plain."""
    first, *others = cells
    if len(others) < _FEWEST_PLAIN:
        return frozenset()
    plain = all(best_title_role(cells[column].text)[1] >= _CLEAR for column in others)
    return frozenset({first}) if plain else frozenset()


def _levels(cells: Mapping[int, RawCell]) -> frozenset[int]:
    """Columns that are titled by the levels of a scale: three numbers or more that count up, side by side."""
    numbers = {column: cell.text.strip() for column, cell in cells.items() if cell.kind == "number"}
    columns = sorted(numbers)
    if len(columns) < _FEWEST_LEVELS or columns[-1] - columns[0] != len(columns) - 1:
        return frozenset()
    counts = all(text.isdigit() for text in numbers.values()) and all(
        int(numbers[right]) == int(numbers[left]) + 1 for left, right in pairwise(columns)
    )
    return frozenset(columns) if counts else frozenset()


def _cannot_be_title(cell: RawCell, coded: bool = False) -> bool:
    """Whether a cell holds an answer, a text or an id. ``coded``: a title may look like an id here, as ``L1`` does."""
    text = cell.text.strip()
    if cell.kind != "text":
        return True
    words = text.split()
    if "://" in text or len(text) > _LONGEST_TITLE or len(words) > _MANY_WORDS:
        return True
    named = best_title_role(text)[1]
    if named < _NAMED and (text.endswith("?") or (asks(text) and len(words) > 3)):
        return True
    if is_label(text, "guidance"):
        return True
    if len(words) > _SHORT_TITLE and best_title_role(" ".join(words[:_OPENING_WORDS]))[1] < _CLEAR:
        return True
    if is_id(text) and not coded and not is_option_title(text) and best_title_role(text)[1] < _NAMED:
        return any(letter.isdigit() for letter in text)
    return False


def _is_options(grid: Grid, row: int, cells: Mapping[int, RawCell]) -> bool:
    """Whether a row holds nothing but titles that are answers, with ticks or blanks beneath."""
    if len({folded(cell.text) for cell in cells.values()}) < 2:
        return False
    if not all(is_option_title(cell.text) and cell.kind == "text" for cell in cells.values()):
        return False
    if not all(is_short_answer(cell.text) for cell in cells.values()):
        return False
    beneath = [grid.text(below, column) for below in range(row + 1, row + 9) for column in cells]
    written = [text for text in beneath if text.strip()]
    return all((len(text.strip()) <= 3 and not is_short_answer(text)) or text.strip() in "xXvV" for text in written)


def _all_rows(grid: Grid, row: int, likely: set[int], after: int) -> tuple[int, ...]:
    """A header's rows, given one of them."""
    first = last = row
    while last - first + 1 < _DEEPEST and first - 1 > after and _joins_above(grid, first, likely):
        first -= 1
    while last - first + 1 < _DEEPEST and _joins_below(grid, first, last, likely):
        last += 1
    return tuple(range(first, last + 1))


def _joins_above(grid: Grid, row: int, likely: set[int]) -> bool:
    """Whether the row above belongs to the header, too: names over groups of columns, or the rest of the titles."""
    above = grid.lines.get(row - 1)
    here = grid.lines[row]
    if not above or any(_cannot_be_title(cell) for cell in above.values()):
        return False
    if row - 1 in likely:
        return True
    if any((row - 1, column) in grid.tall_tops for column in above):
        return True
    groups = [merge for merge in grid.wide_rows.get(row - 1, ()) if _is_group(merge, here)]
    if len(groups) >= 2 or (groups and len(above) >= 2):
        return True
    titled = any(best_title_role(cell.text)[0] == "question" for cell in here.values())
    rest = any(best_title_role(cell.text)[0] == "question" and column not in here for column, cell in above.items())
    return rest and not titled


def _is_group(merge: Merge, titles: Mapping[int, RawCell]) -> bool:
    """Whether a merged name stands over some of the titles and not over all of them."""
    beneath = [column for column in titles if merge.left <= column <= merge.right]
    return 2 <= len(beneath) < len(titles) or (len(beneath) == len(titles) >= 2 and merge.left > min(titles))


def _joins_below(grid: Grid, first: int, last: int, likely: set[int]) -> bool:
    """Whether the row beneath still belongs to the header: titles beneath merged ones."""
    ends = {
        grid.tall_tops.get((row, column), 0) for row in range(first, last + 1) for column in grid.lines.get(row, ())
    }
    if any(last < end <= first + _DEEPEST - 1 for end in ends):
        return True
    below = grid.lines.get(last + 1)
    if not below or any(_cannot_be_title(cell) for cell in below.values()):
        return False
    if last + 1 in likely:
        return True
    groups = grid.wide_rows.get(last, ())
    covered = [column for merge in groups for column in range(merge.left, merge.right + 1) if column in below]
    return len(covered) >= 2 and len(covered) == len(below)


def _titles(grid: Grid, rows: Sequence[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    for row in rows:
        cells = grid.lines.get(row, {})
        spread = {column: cell.text for column, cell in cells.items()}
        merged = [merge for merge in grid.wide_rows.get(row, ()) if merge.left in cells]
        for merge in merged:
            spread |= dict.fromkeys(range(merge.left, merge.right + 1), cells[merge.left].text)
        if row != rows[-1] and not merged:
            spread = _spread_over_blanks(cells, grid.lines.get(rows[-1], {}))
        for column, text in spread.items():
            found.setdefault(column, []).append(text)
    return {column: tuple(texts) for column, texts in sorted(found.items())}


def _spread_over_blanks(cells: Mapping[int, RawCell], beneath: Mapping[int, RawCell]) -> dict[int, str]:
    """Names over groups of columns that nobody merged reach to the next name, where titles stand beneath."""
    spread = {column: cell.text for column, cell in cells.items()}
    name = ""
    for column in range(min(cells, default=0), max(beneath, default=0) + 1):
        if column in cells:
            name = cells[column].text if column in beneath else ""
        elif name and column in beneath:
            spread[column] = name
    return spread
