"""A table of questions reads back as it was written, wherever it stands and whatever stands around it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ii_vendor.intake.raw import RawCell, RawSheet, RawWorkbook
from ii_vendor.intake.understanding import reread, understand
from ii_vendor.model.workbook import SheetColumn, SheetLayout, SheetTable

QUESTIONS = st.tuples(
    st.sampled_from(["Do you test", "Who approves", "How do you protect", "Is somebody told of", "Describe"]),
    st.sampled_from(["the backups", "every change", "remote access", "the spare parts", "lost keys", "new staff"]),
    st.integers(1, 9_999),
).map(lambda parts: f"{parts[0]} {parts[1]} of unit {parts[2]}{'.' if parts[0] == 'Describe' else '?'}")
ANSWERS = st.sampled_from(["", "Yes", "No", "NA", "Every week, by our own staff.", "See page 4 of the manual", "42"])
TITLES = st.sampled_from(
    [
        ("ID", "Question", "Answer"),
        ("No.", "Requirement", "Response"),
        ("Nr.", "Frage", "Antwort"),
        ("Ref", "Question", "Vendor response"),
    ]
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[RawSheet, list[tuple[str, str, str]], tuple[int, int]]:
    """A sheet, the ids, questions and answers on it, and where their first cell stands."""
    titles = draw(TITLES)
    asked = draw(st.lists(QUESTIONS, min_size=4, max_size=25, unique=True))
    rows = [(f"S-{number:02}", words, draw(ANSWERS)) for number, words in enumerate(asked, 1)]
    if not any(answer for *_, answer in rows):
        rows[0] = (*rows[0][:2], "Yes")
    top, left = draw(st.integers(1, 40)), draw(st.integers(1, 12))
    cells = {(top, left + at): title for at, title in enumerate(titles)}
    row = top
    for part in rows:
        row += 1
        if draw(st.booleans()) and draw(st.booleans()):
            cells[row, left + 1] = draw(st.sampled_from(["Operation", "Access", "Part two"]))
            row += 1
        cells |= {(row, left + at): text for at, text in enumerate(part) if text}
    if top > 3:
        cells[1, 1] = draw(st.sampled_from(["Questionnaire 2026", "Confidential", "Acme Ltd"]))
    raw = {place: RawCell(*place, "text", text) for place, text in cells.items()}
    return RawSheet("Sheet1", True, raw), rows, (top, left)


@settings(max_examples=150, deadline=None)
@given(tables())
def test_a_table_reads_back(table: tuple[RawSheet, list[tuple[str, str, str]], tuple[int, int]]) -> None:
    sheet, rows, (top, _) = table
    layout = understand(RawWorkbook((sheet,)))
    assert [(row.id, row.question, row.answers[0].answer) for row in layout.rows] == rows
    assert layout.sheets[0].tables[0].header == (top,)
    assert [sheet.cells[row.row, column_of(row.cells["question"])].text for row in layout.rows] == [
        q for _, q, _ in rows
    ]


def column_of(address: str) -> int:
    number = 0
    for letter in address.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(1, 30), st.integers(1, 8)),
        st.text(max_size=40),
        max_size=80,
    ),
    st.lists(st.sampled_from(["id", "question", "answer", "option", "comment", "section", "other"]), max_size=8),
)
def test_whatever_stands_on_a_sheet_and_however_it_is_corrected_nothing_breaks(
    texts: dict[tuple[int, int], str], roles: list[str]
) -> None:
    raw = RawSheet("Sheet1", True, {place: RawCell(*place, "text", text) for place, text in texts.items()})
    book = RawWorkbook((raw,))
    first = understand(book)
    assert understand(book) == first
    columns = tuple(
        SheetColumn.model_validate({"column": number, "role": role, "option": "Yes"})
        for number, role in enumerate(roles, 1)
    )
    corrected = SheetLayout(name="Sheet1", status="read", tables=(SheetTable(first=1, last=30, columns=columns),))
    again = reread(book, [corrected])
    written = {text.strip() for text in texts.values()}
    assert all(row.question in written for row in again.rows if not row.part)


def test_a_sheet_with_far_more_rows_than_a_questionnaire_is_left_out_in_time() -> None:
    titles = ("ID", "Question", "Answer", "Comment")
    cells = {
        (row, at): RawCell(row, at, "text", title) for row in range(1, 20_002) for at, title in enumerate(titles, 1)
    }
    layout = understand(RawWorkbook((RawSheet("Log", True, cells),)))
    assert (layout.rows, layout.sheets[0].status) == ((), "skipped")
    assert "20001 rows" in layout.sheets[0].why


def test_without_titles_the_texts_beside_questions_are_their_answers_but_not_for_certain() -> None:
    rows = [
        (f"1.{n}", f"How do you protect part {n} of the plant?", f"By a fence and a guard at gate {n}.")
        for n in range(5)
    ]
    cells = {(r, c): RawCell(r, c, "text", text) for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1)}
    layout = understand(RawWorkbook((RawSheet("Sheet1", True, cells),)))
    assert [row.answers[0].answer for row in layout.rows] == [answer for *_, answer in rows]
    assert any("not certain" in problem.message for problem in layout.problems)


def test_of_two_sheets_that_ask_the_same_without_a_place_for_answers_neither_is_lost() -> None:
    asked = ["Can the plant run without you?", "Who may change a set point?", "In which format do we get our data?"]
    rows = [("No", "Question"), *((str(number), words) for number, words in enumerate(asked, 1))]
    cells = {(r, c): RawCell(r, c, "text", text) for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1)}
    layout = understand(RawWorkbook((RawSheet("Draft", True, cells), RawSheet("Final", True, cells))))
    assert [(row.sheet, row.question) for row in layout.rows] == [
        (sheet, words) for sheet in ("Draft", "Final") for words in asked
    ]
