"""The tables of one sheet: each header with the rows beneath it and the role of every column, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from ii_vendor.intake.understanding.content import Content, content_of, is_id, shape
from ii_vendor.intake.understanding.grid import Grid
from ii_vendor.intake.understanding.headers import Header, find_headers, title_of
from ii_vendor.intake.understanding.roles import place, question_score
from ii_vendor.intake.understanding.sides import Column, Placed
from ii_vendor.intake.understanding.vocabulary import VERSION_TITLES
from ii_vendor.intake.understanding.words import folded, is_label, is_ticked
from ii_vendor.model.workbook import SheetColumn, SheetTable

_REPLIES = ("answer", "option")
_FEWEST_ROWS = 3
_ASKING = 0.5
_COMPUTED = 0.5
_CHANGES = 0.5
_MANY_TOGETHER = 0.3
_UNSURE = 0.4
_SELDOM = 0.5
_SURE_OF_FEW = 0.8
"""A single row, or a few among many, are told for questions only under a title that says so."""


def tables_of(grid: Grid) -> tuple[SheetTable, ...]:
    """Every table of questions on a sheet, from top to bottom; none where the sheet asks nothing."""
    headers = find_headers(grid)
    bodies = {header.rows: _body(grid, header, headers[at + 1 : at + 2]) for at, header in enumerate(headers)}
    tables: list[SheetTable] = []
    for alike in _alike(headers):
        rows = [row for header in alike for row in bodies[header.rows]]
        named = len({header.first for header in alike}) > 1
        titles = alike[0].without_first if named else alike[0].titles
        running = {column for header in alike for column in header.titles if _runs_on(grid, header, column)}
        plain = [column for column in _columns(grid, titles, rows) if column.number not in running]
        placed = _without_levels(grid, place(plain), rows)
        placed |= {column: Placed("other", 1.0) for column in running if placed}
        if not _asks_nothing(grid, alike[0], placed, rows):
            tables += [_table(header, bodies[header.rows], placed) for header in alike if bodies[header.rows]]
    tables.sort(key=lambda table: table.first)
    if tables:
        return (*_above(grid, tables[0]), *tables)
    return () if headers else _without_header(grid)


def _runs_on(grid: Grid, header: Header, column: int) -> bool:
    """Whether a title is merged down beside the rows beneath it: it says something about all of them."""
    return any(grid.tall_tops.get((row, column), 0) > header.rows[-1] for row in header.rows)


def _body(grid: Grid, header: Header, later: Sequence[Header]) -> list[int]:
    end = later[0].rows[0] - 1 if later else grid.last_row
    return list(grid.rows(header.rows[-1] + 1, end))


def _alike(headers: Iterable[Header]) -> list[list[Header]]:
    """Headers with the same titles: what one of them holds tells the roles of all."""
    groups: dict[tuple[tuple[int, str], ...], list[Header]] = {}
    for header in headers:
        groups.setdefault(header.signature, []).append(header)
    return list(groups.values())


def _columns(grid: Grid, titles: Mapping[int, tuple[str, ...]], rows: Sequence[int]) -> list[Column]:
    telling = [row for row in rows if len(grid.lines[row]) > 1 and not _is_note(grid, row)] or list(rows)
    usual = median(len(grid.lines[row]) for row in telling) if telling else 0
    telling = [row for row in telling if len(grid.lines[row]) >= usual / 2]
    numbers = sorted({column for row in rows for column in grid.lines[row]} | set(titles))
    return [Column(number, titles.get(number, ()), content_of(grid, telling, number)) for number in numbers]


def _is_note(grid: Grid, row: int) -> bool:
    """Whether a row only explains the one above it: ``Guidance:`` and a text."""
    return any(is_label(cell.text, "guidance") for cell in grid.lines[row].values())


def _without_levels(grid: Grid, placed: dict[int, Placed], rows: Sequence[int]) -> dict[int, Placed]:
    """Ticks that mostly come together, and columns that are numbered and empty, say for which level a question is
    meant; they answer nothing."""
    options = [number for number, each in placed.items() if each.role == "option" and not each.vendor]
    if not options:
        return placed
    ticked = [sum(is_ticked(grid.text(row, number)) for number in options) for row in rows]
    any_, several = sum(count > 0 for count in ticked), sum(count > 1 for count in ticked)
    numbered = all(placed[number].option.isdigit() for number in options)
    if several > _MANY_TOGETHER * any_ or (numbered and not any_):
        return placed | {number: Placed("other", 0.7) for number in options}
    return placed


def _asks_nothing(grid: Grid, header: Header, placed: Mapping[int, Placed], rows: Sequence[int]) -> bool:
    """Whether what was taken for questions is a report, computed from other sheets, or a list of changes or values."""
    asked = next((number for number, each in placed.items() if each.role == "question"), None)
    if asked is None:
        return True
    content = content_of(grid, rows, asked)
    if content.count < _FEWEST_ROWS and content.fill < _COMPUTED / 2:
        return True
    seldom = content.count == 1 or content.fill < _SELDOM
    if seldom and placed[asked].sure < _SURE_OF_FEW:
        return True
    replies = [content_of(grid, rows, number) for number, each in placed.items() if each.role in _REPLIES]
    if len(rows) >= _FEWEST_ROWS and all(each.formulas >= _COMPUTED for each in replies or [content]):
        return True
    if any(each.changes >= _CHANGES for each in replies):
        return True
    if not replies and any(folded(text) in VERSION_TITLES for texts in header.titles.values() for text in texts):
        return True
    return not replies and content.asking < _ASKING and not _may_ask(content)


def _may_ask(content: Content) -> bool:
    """A bare list of what is asked need not be worded as questions, but it is long and does not repeat itself."""
    return content.length >= 25 and content.distinct >= 0.9 and content.asking >= 0.2


def _table(header: Header, rows: Sequence[int], placed: Mapping[int, Placed]) -> SheetTable:
    columns = (
        _column(number, each, title_of(header.titles.get(number, ()))) for number, each in sorted(placed.items())
    )
    return SheetTable(header=header.rows, first=header.rows[-1] + 1, last=rows[-1], columns=tuple(columns))


def _column(number: int, placed: Placed, title: str = "", most: float = 1.0) -> SheetColumn:
    return SheetColumn(
        column=number,
        role=placed.role,
        title=title,
        option=placed.option,
        vendor=placed.vendor,
        sure=round(min(placed.sure, most), 2),
    )


def _above(grid: Grid, table: SheetTable) -> tuple[SheetTable, ...]:
    """Questions that stand above the first header already, told by their ids."""
    ids = next((each.column for each in table.columns if each.role == "id"), 0)
    asked = next(each.column for each in table.columns if each.role == "question")
    if not ids or not table.header:
        return ()
    usual = {shape(grid.text(row, ids)) for row in grid.rows(table.first, table.last) if is_id(grid.text(row, ids))}
    found = [row for row in grid.rows(1, table.header[0] - 1) if _is_early(grid, row, ids, asked, usual)]
    if not found:
        return ()
    untitled = tuple(each.model_copy(update={"title": ""}) for each in table.columns)
    return (SheetTable(first=found[0], last=table.header[0] - 1, columns=untitled),)


def _is_early(grid: Grid, row: int, ids: int, asked: int, usual: set[str]) -> bool:
    id_ = grid.text(row, ids).strip()
    return is_id(id_) and not id_.isdigit() and shape(id_) in usual and bool(grid.text(row, asked).strip())


def _without_header(grid: Grid) -> tuple[SheetTable, ...]:
    """One table of the whole sheet, where its columns show by what they hold that questions and answers stand there."""
    rows = [row for row in grid.lines if len(grid.lines[row]) > 1]
    columns = _columns(grid, {}, rows) if len(rows) >= _FEWEST_ROWS else []
    placed = place(columns)
    asked = next((each for each in columns if each.number in placed and placed[each.number].role == "question"), None)
    if asked is None or asked.content.asking < _ASKING or asked.content.formulas:
        return ()
    if not any(each.role in _REPLIES for each in placed.values()):
        placed |= _texts_beside(columns, asked)
    replies = any(each.role in _REPLIES for each in placed.values())
    if not replies or asked.content.count < _FEWEST_ROWS:
        return ()
    if grid.lines.get(rows[0] - 1):
        rows = [rows[0] - 1, *rows]
    sure = min(0.6, question_score(asked))
    named = tuple(_column(number, each, most=sure) for number, each in sorted(placed.items()))
    return (SheetTable(first=rows[0], last=rows[-1], columns=named),)


def _texts_beside(columns: Sequence[Column], asked: Column) -> dict[int, Placed]:
    """The only column right of the questions, which must be what was answered."""
    right = [column for column in columns if column.number > asked.number and column.content.count]
    if len(right) != 1 or right[0].content.asking > 1 - _ASKING or right[0].content.formulas >= _COMPUTED:
        return {}
    return {right[0].number: Placed("answer", _UNSURE)}
