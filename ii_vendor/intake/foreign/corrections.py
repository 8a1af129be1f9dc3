"""What a person corrects in the layout of a sheet: the role of a column, the header rows, whether it is read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ii_vendor.intake.raw import RawSheet
from ii_vendor.model.workbook import Role, SheetColumn, SheetLayout, SheetTable

_ONE_IN_A_TABLE: frozenset[Role] = frozenset({"id", "section", "question", "guidance"})
_ONE_FOR_EACH_VENDOR: frozenset[Role] = frozenset({"answer", "comment", "evidence"})


def columns_of(layout: SheetLayout) -> tuple[SheetColumn, ...]:
    """Every column that has a role in any table of the sheet, from left to right, as it is in the first of them."""
    found: dict[int, SheetColumn] = {}
    for table in layout.tables:
        for column in table.columns:
            found.setdefault(column.column, column)
    return tuple(found[number] for number in sorted(found))


def header_rows(layout: SheetLayout) -> tuple[int, ...]:
    """Every row that is a header, in order."""
    return tuple(sorted({row for table in layout.tables for row in table.header}))


def with_column(layout: SheetLayout, raw: RawSheet, changed: SheetColumn) -> SheetLayout:
    """The column has the role, the option and the vendor of ``changed`` in every table of the sheet.

    A role that only one column can have is taken from the column that had it, which becomes ``other``.
    """
    tables = layout.tables or (_whole(raw),)
    return layout.model_copy(update={"tables": tuple(_with_column(table, raw, changed) for table in tables)})


def with_header(layout: SheetLayout, raw: RawSheet, rows: Collection[int]) -> SheetLayout:
    """These rows are the headers: rows next to each other are one header, and a table goes on to the next.

    The columns keep their roles. Without any row, all rows of the sheet are one table.
    """
    last = _last(raw)
    groups = _groups(row for row in rows if 1 <= row <= last)
    if not groups:
        whole = SheetTable(first=1, last=last, columns=columns_of(layout))
        return layout.model_copy(update={"tables": (whole,)})
    ends = [group[0] - 1 for group in groups[1:]] + [last]
    tables = [
        SheetTable(header=group, first=group[-1] + 1, last=end, columns=_retitled(layout, raw, group))
        for group, end in zip(groups, ends, strict=True)
        if end > group[-1]
    ]
    return layout.model_copy(update={"tables": tuple(tables)})


def as_read(layout: SheetLayout, raw: RawSheet) -> SheetLayout:
    """The sheet is read."""
    return layout.model_copy(update={"status": "read", "why": "", "tables": layout.tables or (_whole(raw),)})


def as_skipped(layout: SheetLayout) -> SheetLayout:
    """The sheet is left out. How it is laid out stays, for whoever thinks better of it."""
    return layout.model_copy(update={"status": "skipped", "why": "it was left out by hand"})


def _with_column(table: SheetTable, raw: RawSheet, changed: SheetColumn) -> SheetTable:
    before = next((each for each in table.columns if each.column == changed.column), None)
    title = before.title if before else _title(raw, table.header, changed.column)
    own = changed.model_copy(update={"title": title, "sure": 1.0})
    others = (_yielding(each, own) for each in table.columns if each.column != own.column)
    columns = sorted((*others, own), key=lambda each: each.column)
    return table.model_copy(update={"columns": tuple(columns)})


def _yielding(column: SheetColumn, taken: SheetColumn) -> SheetColumn:
    only_one = column.role in _ONE_IN_A_TABLE or (column.role in _ONE_FOR_EACH_VENDOR and column.vendor == taken.vendor)
    if column.role == taken.role and only_one:
        return column.model_copy(update={"role": "other"})
    return column


def _retitled(layout: SheetLayout, raw: RawSheet, header: Sequence[int]) -> tuple[SheetColumn, ...]:
    known = {column.column: column for column in columns_of(layout)}
    titled = {column for row, column in raw.cells if row in header}
    return tuple(
        known.get(number, SheetColumn(column=number, role="other")).model_copy(
            update={"title": _title(raw, header, number)}
        )
        for number in sorted(known.keys() | titled)
    )


def _title(raw: RawSheet, header: Sequence[int], column: int) -> str:
    texts = (" ".join(raw.text(row, column).split()) for row in header)
    return " ".join(text for text in texts if text)


def _whole(raw: RawSheet) -> SheetTable:
    return SheetTable(first=1, last=_last(raw))


def _last(raw: RawSheet) -> int:
    return max((row for row, _ in raw.cells), default=1)


def _groups(rows: Iterable[int]) -> list[tuple[int, ...]]:
    groups: list[list[int]] = []
    for row in sorted(set(rows)):
        if groups and groups[-1][-1] == row - 1:
            groups[-1].append(row)
        else:
            groups.append([row])
    return [tuple(group) for group in groups]
