"""Assignment workbooks as they come back: sorted, moved, renamed, pasted over, saved by other programs."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date

import openpyxl
import pytest

from ii_vendor.intake import Refused, read_assignment, write_template
from ii_vendor.model.offline import Take
from tests.evaluations.offline_books import (
    columns,
    edit,
    export,
    put,
    rating,
    read,
    row_of,
    sheet_of,
    states,
    whys,
)

SOFFICE = shutil.which("soffice")
GIVEN = {("alder", "Q1"): 1, ("birch", "Q1"): 4, ("alder", "DEA-1"): 3}
EDITS = [rating(vendor.title(), question, level) for (vendor, question), level in GIVEN.items()]


@pytest.fixture
def database(tmp_path):
    """SQLite alone: what is read does not depend on where it is kept."""
    return f"sqlite:///{tmp_path / 'record.db'}"


@pytest.fixture
def amara(evaluations):
    return evaluations.acting_as("Amara")


@pytest.fixture
def book(amara, renewal, tmp_path):
    """Amara's assignment with three ratings typed into it; one answer was rated before, and is left alone."""
    amara.rate(renewal, "Amara", "birch", "L1", 2, reason="Rated before.")
    return edit(export(amara, renewal, "Amara", tmp_path / "amara.xlsx"), *EDITS)


@pytest.fixture
def compared(amara, renewal):
    return lambda path: amara.compare_assignment(renewal, "Amara", read_assignment(path))


def given(found):
    """The levels that the file brings, by vendor and question."""
    return {row.pair: row.given.level for row in found.rows if row.state.value in ("new", "changed")}


def messages(found):
    return [problem.message for problem in (*found.problems, *(each for row in found.rows for each in row.problems))]


def values_only(path, out):
    """The sheet of ratings as values alone, as pasted into an empty workbook."""
    sheet, book = sheet_of(openpyxl.load_workbook(path)), openpyxl.Workbook()
    shown = [
        column
        for column in range(1, sheet.max_column + 1)
        if not sheet.column_dimensions[openpyxl.utils.get_column_letter(column)].hidden
    ]
    for row in range(2, sheet.max_row + 1):
        book.active.append([sheet.cell(row, column).value for column in shown])
    book.save(out)
    return out


def shuffled(book, columns_to_move):
    """Turn the rows of answers round, in some of the columns."""
    sheet = sheet_of(book)
    at = columns(sheet)
    rows = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, at["vendor"]).value in ("Alder", "Birch")]
    moved = columns_to_move(sheet, at)
    values = {(row, column): sheet.cell(row, column).value for row in rows for column in moved}
    for row, source in zip(rows, reversed(rows), strict=True):
        for column in moved:
            sheet.cell(row, column).value = values[source, column]


def test_whole_rows_that_were_sorted(book, compared):
    edit(book, lambda each: shuffled(each, lambda sheet, _: range(1, sheet.max_column + 1)))
    found = compared(book)
    assert given(found) == GIVEN
    assert messages(found) == []


def test_rows_that_were_sorted_without_their_hidden_marks(book, compared):
    edit(book, lambda each: shuffled(each, lambda _, at: at.values()))
    found = compared(book)
    assert given(found) == GIVEN
    assert "The row’s hidden mark names another answer" in messages(found)[0]


def test_rows_that_a_filter_hides_are_read_and_told(book, compared):
    def hide(each):
        sheet = sheet_of(each)
        sheet.row_dimensions[row_of(sheet, "Birch", "Q1")].hidden = True

    found = compared(edit(book, hide))
    assert given(found) == GIVEN
    assert messages(found) == ["1 hidden row was read too, as a filter hides rows and changes nothing in them."]


def test_a_column_that_was_inserted_and_written_into_is_told(book, compared):
    def insert(each):
        sheet = sheet_of(each)
        column = columns(sheet)["level"]
        sheet.insert_cols(column)
        sheet.cell(5, column).value = "Notes"
        sheet.cell(row_of(sheet, "Alder", "Q1"), column).value = "ask Ben"

    found = compared(edit(book, insert))
    assert given(found) == GIVEN
    assert messages(found) == ["Column H “Notes” is none of the workbook’s own, so what stands in it was left out."]


def test_columns_that_changed_places_without_their_marks(book, compared):
    def swap(each):
        sheet = sheet_of(each)
        level, reason = columns(sheet)["level"], columns(sheet)["reason"]
        for row in range(2, sheet.max_row + 1):
            a, b = sheet.cell(row, level), sheet.cell(row, reason)
            a.value, b.value = b.value, a.value

    assert given(compared(edit(book, swap))) == GIVEN


def test_titles_that_were_written_over(book, compared):
    def spoil(each):
        sheet = sheet_of(each)
        for column in columns(sheet).values():
            sheet.cell(5, column).value = "?"

    found = compared(edit(book, spoil))
    assert given(found) == GIVEN
    assert [row.place for row in found.rows if row.state.value == "not usable"] == []


def test_rows_above_and_a_sheet_of_another_name(book, compared):
    def spoil(each):
        sheet = sheet_of(each)
        sheet.insert_rows(1, 3)
        sheet.title = "My work"

    found = compared(edit(book, spoil))
    assert given(found) == GIVEN
    assert {row.place.split(",")[0] for row in found.rows} == {"My work"}


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("kinds", [("xlsx",), ("ods", "xlsx"), ("xls", "xlsx"), ("ods",)], ids="-".join)
def test_what_libreoffice_saves_reads_the_same(book, compared, tmp_path, kinds):
    before = compared(book)
    path = book
    for step, kind in enumerate(kinds):
        out = tmp_path / f"step{step}"
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [SOFFICE, profile, "--headless", "--convert-to", kind, "--outdir", str(out), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        path = out / f"{path.stem}.{kind}"
    after = compared(path)
    assert {row.pair: (row.state, row.given) for row in after.rows} == {
        row.pair: (row.state, row.given) for row in before.rows
    }
    assert given(after) == GIVEN
    assert messages(after) == []


def test_values_alone_are_read_by_what_people_see_and_overwrite_nothing(amara, renewal, book, compared, tmp_path):
    edit(book, rating("Birch", "L1", 4, "Changed."))
    path = values_only(book, tmp_path / "values.xlsx")
    found = compared(path)
    assert given(found) == GIVEN
    assert messages(found)[0].startswith("The workbook no longer says from which state")
    (conflict,) = found.conflicts
    assert conflict.pair == ("birch", "L1")
    assert "perhaps after this file" in conflict.why[0]
    taken = amara.take_assignment(renewal, "Amara", read_assignment(path), seen=found.sequence)
    assert set(taken.saved) == set(GIVEN)
    assert amara.get(renewal).ratings["birch", "L1", "Amara"].level == 2


def test_properties_that_are_lost_are_found_on_the_first_sheet(book, compared):
    def forget(each):
        for name in list(each.custom_doc_props.names):
            del each.custom_doc_props[name]

    found = compared(edit(book, forget))
    assert (given(found), messages(found)) == (GIVEN, [])


@pytest.mark.parametrize(
    ("typed", "level", "told"),
    [("3 - good", 3, ["“3 - good” was read as 3."]), ("3", 3, []), ("N/A", None, []), (3.0, 3, [])],
    ids=str,
)
def test_levels_that_were_pasted_over_the_list(book, compared, typed, level, told):
    found = compared(edit(book, rating("Alder", "Q1", typed)))
    assert given(found)["alder", "Q1"] == level
    assert messages(found) == told


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (
            date(2026, 4, 3),
            "Ratings!H6: The cell holds the date “2026-04-03”, which a spreadsheet makes of entries such as 3/4. "
            "Write 0, 1, 2, 3, 4 or n/a.",
        ),
        (
            "=1+2",
            "Ratings!H6: The cell shows “=1+2” instead of words. Type it as text.",
        ),
    ],
    ids=["a date", "a formula without a result"],
)
def test_cells_that_are_no_level_are_named(book, compared, typed, why):
    assert list(whys(compared(edit(book, rating("Alder", "Q1", typed))))) == [why]


def test_an_answer_that_stands_there_twice_is_used_where_both_agree(book, compared):
    def twice(level):
        def copy(each):
            sheet = sheet_of(each)
            source, target = row_of(sheet, "Alder", "Q1"), sheet.max_row + 1
            for column in range(1, sheet.max_column + 1):
                sheet.cell(target, column).value = sheet.cell(source, column).value
            sheet.cell(target, columns(sheet)["level"]).value = level

        return copy

    assert given(compared(edit(book, twice(1)))) == GIVEN
    found = compared(edit(book, twice(2)))
    assert states(found)["alder", "Q1"] == "not usable"
    assert next(whys(found)).startswith("It stands there more than once, rated differently: Ratings, row 6 and ")


def test_words_beside_no_answer_are_named_with_their_cell(book, compared):
    def write(each):
        sheet = sheet_of(each)
        sheet.cell(sheet.max_row + 3, columns(sheet)["reason"]).value = "Ask about the link."

    found = compared(edit(book, write))
    assert given(found) == GIVEN
    (problem,) = found.problems
    assert problem.message == "“Ask about the link.” stands beside no vendor and question, so it was not used."
    assert problem.cell.startswith("I")


def test_a_vendor_or_question_that_is_not_there_is_told_with_its_row(book, compared):
    def spoil(each):
        sheet = sheet_of(each)
        at, row = columns(sheet), row_of(sheet, "Alder", "Q1")
        sheet.cell(row, at["vendor"]).value = "Elm"
        sheet.cell(row, 1).value = None

    found = compared(edit(book, spoil))
    lost = next(row for row in found.rows if not row.vendor)
    assert (lost.name, lost.question, lost.place) == ("Elm", "Q1", "Ratings, row 6")
    assert lost.why[0].startswith("“Elm” is no vendor of this evaluation")
    assert "1 answer of the assignment has no row in this workbook. What is recorded of them stays." in messages(found)


def test_a_vendor_whose_name_was_written_over_is_known_by_the_hidden_mark_and_told(book, compared):
    def spoil(each):
        sheet = sheet_of(each)
        sheet.cell(row_of(sheet, "Alder", "Q1"), columns(sheet)["vendor"]).value = "Adler"

    found = compared(edit(book, spoil))
    assert given(found) == GIVEN
    assert messages(found) == [
        "“Adler, Q1” is no answer of this evaluation. By its hidden mark the row was taken for Alder, Q1."
    ]


@pytest.mark.parametrize(
    "quote",
    ["“Operations stop when the link is lost.”", "Operations  stop\nwhen the link is lost.", " the link is lost. "],
)
def test_quotes_come_back_as_the_vendor_wrote_them(amara, renewal, book, quote):
    file = read(book, lambda each: put(sheet_of(each), "Alder", "Q1", quote=quote))
    found = amara.compare_assignment(renewal, "Amara", file)
    amara.take_assignment(renewal, "Amara", file, seen=found.sequence)
    kept = amara.get(renewal).ratings["alder", "Q1", "Amara"].quote
    assert kept in "Operations stop when the link is lost. Our cloud is required at all times."
    assert kept.endswith("the link is lost.")


def test_words_that_look_like_formulas_stay_words(amara, renewal, tmp_path, response_of, evaluations):
    trap = '=HYPERLINK("http://x.example","y")'
    response = response_of("Alder", Q1=trap, original=b"second")
    evaluations.accept_response(renewal, response, b"second")
    amara.rate(renewal, "Amara", "alder", "Q1", 0, reason="+1+cmd|' /C calc'!A0", quote="=HYPERLINK(")
    path = export(amara, renewal, "Amara", tmp_path / "amara.xlsx")
    cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row]
    assert trap in [cell.value for cell in cells]
    assert {cell.column_letter for cell in cells if cell.data_type == "f"} <= {"B", "L"}
    assert not [cell for cell in cells if cell.hyperlink]
    found = amara.compare_assignment(renewal, "Amara", read_assignment(path))
    assert states(found) == {}


def test_a_very_long_answer_stands_in_several_rows_that_can_be_read(amara, evaluations, renewal, tmp_path, response_of):
    words = " ".join(f"word{number}" for number in range(9_000))
    evaluations.accept_response(renewal, response_of("Alder", Q1=words, original=b"second"), b"second")
    path = export(amara, renewal, "Amara", tmp_path / "amara.xlsx")
    sheet = sheet_of(openpyxl.load_workbook(path))
    at = columns(sheet)
    rows = [
        row
        for row in range(6, sheet.max_row + 1)
        if (sheet.cell(row, at["vendor"]).value, sheet.cell(row, at["id"]).value) == ("Alder", "Q1 *")
    ]
    texts = [sheet.cell(row, at["answer"]).value or "" for row in rows]
    assert " ".join("".join(texts).split()) == words or " ".join(" ".join(texts).split()) == words
    assert max(map(len, texts)) < 2_000
    assert max(sheet.row_dimensions[row].height for row in rows) <= 409
    file = read(path, rating("Alder", "Q1", 2, quote="word8998 word8999"))
    found = amara.compare_assignment(renewal, "Amara", file)
    assert states(found) == {("alder", "Q1"): "new"}
    assert amara.take_assignment(renewal, "Amara", file, seen=found.sequence).left == ()


def test_another_kind_of_workbook_is_refused_with_what_is_missing(content, tmp_path):
    path = tmp_path / "response.xlsx"
    write_template(content.questionnaires, content.questionnaire_hash, path)
    with pytest.raises(Refused, match="This workbook is no assignment"):
        read_assignment(path)


def test_going_on_in_a_file_that_was_brought_back_asks_before_it_changes_what_is_recorded(amara, renewal, book):
    file = read_assignment(book)
    seen = amara.get(renewal).sequence
    amara.take_assignment(renewal, "Amara", file, seen=seen)
    again = read(book, rating("Alder", "Q1", 2, "Thought again."))
    found = amara.compare_assignment(renewal, "Amara", again)
    assert states(found) == {("alder", "Q1"): "in conflict"}
    assert found.conflicts[0].why[0].startswith("It was brought back from a workbook since, by Amara on ")
    amara.take_assignment(renewal, "Amara", again, seen=found.sequence, take={("alder", "Q1"): Take.file})
    assert amara.get(renewal).ratings["alder", "Q1", "Amara"].level == 2
