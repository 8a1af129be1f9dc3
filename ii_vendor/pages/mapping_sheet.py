"""The first step of a mapping: the sheets as they are, with what their columns hold, to be corrected by pressing."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from ii_vendor.intake.foreign.corrections import columns_of, header_rows
from ii_vendor.intake.raw import RawSheet, column_letters
from ii_vendor.model.workbook import SheetColumn, SheetLayout
from ii_vendor.pages.context import draw, plain
from ii_vendor.pages.mapping_work import Work
from ii_vendor.report.mapping_html import legend_html, rows_that_hold, sheet_html
from ii_vendor.report.mapping_words import ROLES, sheet_words

SCRIPT = Path(__file__).with_name("mapping.js").read_text("utf-8")
ROWS = 18
"""As many rows are shown at a time."""

ABOVE = 4
"""As many of them stand above the first header, to begin with."""

MOST_TITLES = 400
"""Rows further down are marked as titles by pressing their number."""

_WITH_VENDOR = ("answer", "option", "comment", "evidence")


def sheet_step(work: Work) -> None:
    """Which sheets are read, and how one of them is laid out."""
    draft = work.draft
    if not draft.layout.sheets:
        st.info("This workbook has no sheets that can be read.")
        return
    _which_sheets(work)
    layout = _chosen_sheet(work)
    raw = draft.raw(layout.name)
    if raw.skipped or not raw.cells:
        st.info(plain(f"There is nothing to see on this sheet: {raw.skipped or 'it is empty'}."))
        return
    if layout.tables:
        draw(legend_html(layout))
    _grid(work, layout, raw)
    left, right = st.columns(2, gap="large", border=True)
    with left:
        _column(work, layout, raw)
    with right:
        _header(work, layout, raw)
    _told(work, layout)


def _which_sheets(work: Work) -> None:
    read = [sheet.name for sheet in work.draft.layout.sheets if sheet.status == "read"]
    chosen = st.pills(
        "Sheets that are read",
        [sheet.name for sheet in work.draft.layout.sheets],
        selection_mode="multi",
        default=read,
        key=work.named(f"read_{work.layouts}"),
    )
    if set(chosen) != set(read):
        work.say(work.draft.reading(chosen))


def _chosen_sheet(work: Work) -> SheetLayout:
    counts: dict[str, int] = {}
    for row in work.draft.layout.rows:
        counts[row.sheet] = counts.get(row.sheet, 0) + 1
    sheets = {sheet.name: sheet for sheet in work.draft.layout.sheets}
    first = max(sheets, key=lambda name: counts.get(name, 0))
    key = work.named("sheet")
    st.session_state.setdefault(key, first)
    # Said again, so that Streamlit keeps the choice while another step is shown.
    st.session_state[key] = st.session_state[key]
    name = st.selectbox(
        "Sheet to look at",
        list(sheets),
        format_func=lambda each: sheet_words(sheets[each], counts.get(each, 0)),
        key=key,
        width=620,
    )
    return sheets[str(name)]


def _grid(work: Work, layout: SheetLayout, raw: RawSheet) -> None:
    holding = rows_that_hold(raw)
    headers = header_rows(layout)
    from_key = work.named(f"from_{layout.name}")
    above = sum(row < headers[0] for row in holding) if headers else 0
    start = min(st.session_state.get(from_key, max(above - ABOVE, 0)), len(holding) - 1)
    shown = holding[start : start + ROWS]
    component = st.components.v2.component("ii_vendor_sheet", js=SCRIPT, isolate_styles=False)
    grid_key = work.named(f"grid_{layout.name}")
    looked_at = (_looked_at(work, layout, what) for what in ("column", "row"))
    component(
        key=grid_key,
        data={"html": sheet_html(raw, layout, shown, *looked_at)},
        on_pressed_change=partial(_press, work, layout.name, grid_key),
    )
    if len(holding) <= ROWS and start == 0:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        for label, icon, to in (
            ("Rows above", ":material/arrow_upward:", max(start - ROWS, 0)),
            ("Rows below", ":material/arrow_downward:", start + ROWS),
        ):
            st.button(
                label,
                icon=icon,
                key=work.named(f"{label}_{layout.name}"),
                disabled=to == start or to >= len(holding),
                on_click=_go,
                args=(from_key, to),
            )
        st.caption(f"Rows {shown[0]} to {shown[-1]} of {holding[-1]}. Rows that hold nothing are left out.")


def _go(key: str, to: int) -> None:
    st.session_state[key] = to


def _looked_at(work: Work, layout: SheetLayout, what: str) -> int | None:
    found: int | None = st.session_state.get(work.named(f"{what}_{layout.name}"))
    return found


def _press(work: Work, sheet: str, grid: str) -> None:
    pressed = st.session_state[grid].get("pressed") or {}
    for what in ("column", "row"):
        if isinstance(pressed.get(what), int):
            st.session_state[work.named(f"{what}_{sheet}")] = pressed[what]


def _column(work: Work, layout: SheetLayout, raw: RawSheet) -> None:
    known = {column.column: column for column in columns_of(layout)}
    numbers = sorted({column for _, column in raw.cells} | known.keys())
    key = work.named(f"column_{layout.name}")
    if st.session_state.get(key) not in numbers:
        st.session_state[key] = next((n for n in numbers if n in known and known[n].role == "question"), numbers[0])
    st.session_state[key] = st.session_state[key]
    number = st.selectbox(
        "Column (or press its head above)",
        numbers,
        format_func=lambda each: _column_words(each, known.get(each)),
        key=key,
    )
    column = known.get(number, SheetColumn(column=number, role="other"))
    own = f"{layout.name}_{number}_{work.layouts}"
    roles = list(ROLES)
    role = st.selectbox(
        "It holds",
        roles,
        index=roles.index(column.role),
        format_func=lambda role: ROLES[role],
        key=work.named(f"role_{own}"),
    )
    if role != column.role:
        meaning = {"option": column.option or column.title} if role == "option" else {}
        _correct(work, layout, column, role=role, **meaning)
    if column.role == "option":
        _words_of(work, layout, column, "option", "What a cross in it means", own)
    if column.role in _WITH_VENDOR:
        _words_of(work, layout, column, "vendor", "Whose it is, where several vendors stand side by side", own)


def _column_words(number: int, column: SheetColumn | None) -> str:
    title = f" “{column.title}”" if column and column.title else ""
    return f"{column_letters(number)}{title}: {ROLES[column.role if column else 'other']}"


def _words_of(work: Work, layout: SheetLayout, column: SheetColumn, what: str, label: str, own: str) -> None:
    now = str(getattr(column, what))
    words = st.text_input(label, value=now, key=work.named(f"{what}_{own}"), max_chars=80).strip()
    if words != now:
        _correct(work, layout, column, **{what: words})


def _correct(work: Work, layout: SheetLayout, column: SheetColumn, **said: str) -> None:
    work.say(work.draft.with_column(layout.name, column.model_copy(update=said)))


def _header(work: Work, layout: SheetLayout, raw: RawSheet) -> None:
    headers = header_rows(layout)
    row = _looked_at(work, layout, "row")
    if row is not None:
        is_header = row in headers
        st.button(
            f"Row {row} holds no titles" if is_header else f"Row {row} holds titles",
            key=work.named(f"titles_{layout.name}_{row}"),
            on_click=_set_header,
            args=(work, layout.name, set(headers) ^ {row}),
        )
    chosen = st.multiselect(
        "Rows that hold titles (or press a row number above)",
        sorted({*rows_that_hold(raw)[:MOST_TITLES], *headers}),
        default=list(headers),
        key=work.named(f"headers_{layout.name}_{work.layouts}"),
        select_all=False,
    )
    if set(chosen) != set(headers):
        work.say(work.draft.with_header(layout.name, chosen))


def _set_header(work: Work, sheet: str, rows: set[int]) -> None:
    work.draft = work.draft.with_header(sheet, rows)


def _told(work: Work, layout: SheetLayout) -> None:
    told = [problem for problem in work.draft.layout.problems if problem.sheet in ("", layout.name)]
    if told:
        with st.expander(f"To know about this sheet: {len(told)}"):
            for problem in told[:100]:
                said = " ".join(part for part in (problem.place, problem.message, problem.remedy) if part)
                st.markdown(f"- {plain(said)}")
