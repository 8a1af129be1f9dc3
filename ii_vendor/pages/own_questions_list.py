"""The part of Questionnaires where a list of questions is dropped, looked through and kept as a draft."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import streamlit as st

from ii_vendor.errors import UserError
from ii_vendor.intake import read_question_list
from ii_vendor.intake.limits import MAX_FILE_BYTES, MIB
from ii_vendor.library import Library
from ii_vendor.library.own_files import keep_new
from ii_vendor.library.own_import import (
    ListedQuestion,
    QuestionList,
    as_questionnaire,
    import_notes,
    prefix_of,
    question_list,
    questionnaire_id,
)
from ii_vendor.model.workbook import WorkbookLayout
from ii_vendor.pages.context import draw, plain, say_next, saying_refusals
from ii_vendor.report.own_words import found_sentence, left_out_html, note_of, to_know

SIGNS = {"error": ":material/error:", "warning": ":material/warning:", "note": ":material/info:"}
NEW_TITLE = "Our questions"


def show_import(shelf: Library) -> None:
    """Drop a list, see what was read, correct it, keep it."""
    st.subheader("New from your own list", anchor=False)
    round_number = st.session_state.setdefault("list_round", 0)
    upload = st.file_uploader(
        f"A workbook with your questions (.xlsx, .xlsm, .xls, .ods or .csv), up to {MAX_FILE_BYTES // MIB} MB",
        type=["xlsx", "xlsm", "xls", "ods", "csv", "zip"],
        key=f"list_{round_number}",
        max_upload_size=MAX_FILE_BYTES // MIB,
    )
    if upload is None:
        st.session_state.pop("list_read", None)
        return
    known: tuple[str, WorkbookLayout | str] | None = st.session_state.get("list_read")
    if known is None or known[0] != upload.file_id:
        with st.spinner("Reading your list"):
            known = (upload.file_id, _read(upload.name, upload.getvalue()))
        st.session_state["list_read"] = known
    if isinstance(known[1], str):
        st.error(plain(f"{upload.name}: {known[1]}"))
        return
    _proposed(shelf, upload.name, known[1], known[0])


def _read(name: str, body: bytes) -> WorkbookLayout | str:
    """The list as understood, or why it was refused."""
    with tempfile.TemporaryDirectory(prefix="ii-vendor-") as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(body)
        try:
            return read_question_list(path)
        except UserError as refusal:
            return str(refusal)


def _proposed(shelf: Library, file: str, layout: WorkbookLayout, mark: str) -> None:
    taken = shelf.taken_by_all
    with st.container(horizontal=True, vertical_alignment="bottom"):
        title = st.text_input(
            "What it is called (vendors see it)", Path(file).stem, key=f"list_title_{mark}", width=460
        )
        title = title.strip() or NEW_TITLE
        prefix = st.text_input("Ids that need a beginning begin with", key=_beginning(title, mark), width=300)
    found = question_list(layout, prefix.strip(), taken)
    st.markdown(f"**{plain(found_sentence(found))}**")
    _to_know(layout, found)
    if not found.questions:
        st.info("Nothing in this file reads like a question. Put the questions into one column under a heading.")
        return
    st.caption("Correct what was read, and untick what is no question. Another beginning of ids starts the table anew.")
    chosen = _corrected(found, f"{mark}_{prefix}")
    name = questionnaire_id(title, taken)
    if st.button(f"Keep {len(chosen)} as a draft", type="primary", key="list_keep"):
        with saying_refusals():
            own = as_questionnaire(chosen, title=title, name=name, taken=taken)
            keep_new(shelf, own, import_notes(file, datetime.now(UTC).date(), chosen))
            st.session_state["list_round"] += 1
            st.query_params["own"] = name
            say_next(f"“{title}” is kept as a draft. Now say how each answer is judged.")
            st.rerun()


def _beginning(title: str, mark: str) -> str:
    """The key of the field of the ids' beginning: it follows the title until somebody writes another one.

    One key for all titles, so that the field stays the same field to a cursor that has just moved into it.
    """
    key, follows = f"list_prefix_{mark}", f"list_prefix_follows_{mark}"
    if st.session_state.get(key) == st.session_state.get(follows):
        st.session_state[key] = st.session_state[follows] = prefix_of(title)
    return key


def _to_know(layout: WorkbookLayout, found: QuestionList) -> None:
    if found.left_out:
        with st.expander(f"Left out: {len(found.left_out)}"):
            draw(left_out_html(found))
    if problems := to_know(layout):
        with st.expander(f"To know about this file: {len(problems)}"):
            for problem in problems:
                words = " ".join(word for word in (problem.place, problem.message, problem.remedy) if word)
                st.markdown(f"{SIGNS[problem.severity]} {plain(words)}")


def _corrected(found: QuestionList, mark: str) -> list[ListedQuestion]:
    """The questions as somebody corrected them in the table, those that count."""
    table = pd.DataFrame(
        {
            "counts": True,
            "id": [each.id for each in found.questions],
            "section": [each.section for each in found.questions],
            "title": [each.title for each in found.questions],
            "text": [each.text for each in found.questions],
            "guidance": [each.guidance for each in found.questions],
            "critical": False,
            "place": [each.place for each in found.questions],
            "note": [note_of(each) for each in found.questions],
        }
    )
    shown = st.data_editor(
        table,
        key=f"list_table_{mark}",
        hide_index=True,
        num_rows="fixed",
        disabled=["place", "note"],
        height=min(560, 38 * (len(table) + 1)),
        column_config={
            "counts": st.column_config.CheckboxColumn("Counts", width="small"),
            "id": st.column_config.TextColumn("Id", width="small", required=True),
            "section": st.column_config.TextColumn("Section", width="medium"),
            "title": st.column_config.TextColumn("Title", width="medium", required=True),
            "text": st.column_config.TextColumn("Question", width="large", required=True),
            "guidance": st.column_config.TextColumn("Guidance for vendors", width="medium"),
            "critical": st.column_config.CheckboxColumn(
                "Critical", width="small", help="A critical question rejects a vendor at level 0."
            ),
            "place": st.column_config.TextColumn("Stands in", width="small"),
            "note": st.column_config.TextColumn("To know", width="medium"),
        },
    )
    written = ("id", "section", "title", "text", "guidance")
    return [
        each.model_copy(
            update={name: str(row[name] or "").strip() for name in written} | {"critical": bool(row["critical"])}
        )
        for each, row in zip(found.questions, shown.to_dict("records"), strict=True)
        if row["counts"]
    ]
