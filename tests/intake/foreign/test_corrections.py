"""What a person corrects in a layout: the role of a column, the header rows."""

from __future__ import annotations

from ii_vendor.intake.foreign.corrections import as_read, as_skipped, columns_of, header_rows, with_column, with_header
from ii_vendor.intake.raw import RawCell, RawSheet
from ii_vendor.model.workbook import SheetColumn, SheetLayout, SheetTable

TEXTS = {
    (1, 1): "Our list",
    (3, 1): "No.",
    (3, 2): "Asked",
    (3, 3): "Said",
    (4, 1): "1",
    (4, 2): "Who?",
    (4, 3): "We",
    (6, 2): "Asked",
    (6, 3): "Said",
    (6, 4): "More",
    (7, 2): "When?",
    (7, 3): "Now",
}
RAW = RawSheet(name="S", visible=True, cells={(r, c): RawCell(r, c, "text", text) for (r, c), text in TEXTS.items()})


def column(number: int, role: str, **more: str) -> SheetColumn:
    return SheetColumn.model_validate({"column": number, "role": role, **more})


def layout(*columns: SheetColumn, header: tuple[int, ...] = (3,)) -> SheetLayout:
    return SheetLayout(name="S", status="read", tables=(SheetTable(header=header, first=4, last=7, columns=columns),))


def roles(found: SheetLayout) -> dict[int, str]:
    return {each.column: each.role for each in columns_of(found)}


def test_a_role_that_only_one_column_can_have_moves():
    changed = with_column(layout(column(2, "other"), column(3, "question")), RAW, column(2, "question"))
    assert roles(changed) == {2: "question", 3: "other"}


def test_each_vendor_has_an_answer_column_of_its_own():
    before = layout(column(2, "question"), column(3, "answer", vendor="Halden"))
    changed = with_column(before, RAW, column(4, "answer", vendor="Tidelark"))
    assert roles(changed) == {2: "question", 3: "answer", 4: "answer"}
    assert roles(with_column(changed, RAW, column(4, "answer", vendor="Halden")))[3] == "other"


def test_a_column_that_had_no_role_gets_its_title_from_the_header():
    changed = with_column(layout(column(2, "question")), RAW, column(3, "answer"))
    assert columns_of(changed)[1].title == "Said"


def test_rows_under_each_header_are_a_table_up_to_the_next():
    changed = with_header(layout(column(2, "question"), column(3, "answer")), RAW, {3, 6})
    assert header_rows(changed) == (3, 6)
    assert [(table.first, table.last) for table in changed.tables] == [(4, 5), (7, 7)]
    assert [each.title for each in changed.tables[1].columns] == ["Asked", "Said", "More"]
    assert [each.role for each in changed.tables[1].columns] == ["question", "answer", "other"]


def test_header_rows_next_to_each_other_are_one_header():
    (table,) = with_header(layout(column(2, "question")), RAW, {2, 3}).tables
    assert (table.header, table.first) == ((2, 3), 4)


def test_without_a_header_every_row_is_read():
    (table,) = with_header(layout(column(2, "question")), RAW, set()).tables
    assert (table.header, table.first, table.last) == ((), 1, 7)
    assert roles(with_header(layout(column(2, "question")), RAW, set())) == {2: "question"}


def test_a_sheet_that_was_skipped_can_be_read_and_left_out_again():
    skipped = SheetLayout(name="S", status="skipped", why="it is a list")
    read = as_read(skipped, RAW)
    assert (read.status, read.why, read.tables[0].last) == ("read", "", 7)
    assert as_skipped(read).status == "skipped"
    assert as_skipped(read).tables == read.tables
