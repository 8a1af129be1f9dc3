"""The part of Review where somebody takes their own assignment along as a workbook, and brings it back."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from ii_vendor.errors import UserError
from ii_vendor.evaluations import Evaluations
from ii_vendor.intake import read_assignment
from ii_vendor.intake.limits import MAX_FILE_MB
from ii_vendor.model.offline import AssignmentComparison, AssignmentFile, OfflineRow, Pair, RowState, Take
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.seat import Evaluator, Stage
from ii_vendor.pages.context import draw, evaluations, plain, say_next, saying_refusals
from ii_vendor.report.assignment_html import left_html, notes_html, row_html, rows_html
from ii_vendor.report.assignment_words import notes, summary, taken_words
from ii_vendor.report.assignment_workbook import write_assignment
from ii_vendor.report.phrases import counted

STYLE = Path(__file__).with_suffix(".css")
MANY = 4
"""From so many conflicts on there is one choice for all of them."""

CHOICES = {Take.file: "What the file says", Take.recorded: "What is recorded"}


def work_offline(evaluation: Evaluation, seat: Evaluator) -> None:
    """Download of the seat's own assignment, and the way back. Nothing where the seat does not rate now."""
    if not seat.rates or seat.closed or evaluation.stage is not Stage.scoring:
        return
    name = f"{evaluation.id}_{seat.name}"
    with st.expander("Work offline", icon=":material/table_view:", key=f"offline_{name}"):
        st.html(STYLE)
        st.markdown(
            "Take your answers along as a workbook, rate in Excel or LibreOffice, and bring the file back. Nothing is "
            "saved before you have seen what it changes."
        )
        st.download_button(
            "Download my assignment",
            partial(_workbook, evaluations(), evaluation.id, seat.name),
            file_name=f"{evaluation.id}-answers-to-rate.xlsx",
            icon=":material/download:",
            on_click="ignore",
            key=f"assignment_{name}",
        )
        _bring_back(evaluation, seat, name)


def _workbook(service: Evaluations, evaluation: str, person: str) -> bytes:
    """The workbook, made when it is asked for: by then nobody knows any more whose page it was but ``service``."""
    book, assignment = io.BytesIO(), service.assignment(evaluation, person)
    write_assignment(assignment, service.content(assignment.evaluation), book)
    return book.getvalue()


def _bring_back(evaluation: Evaluation, seat: Evaluator, name: str) -> None:
    if left := st.session_state.get(f"offline_left_{name}"):
        st.warning("These rows were not saved:")
        draw(left)
    number = st.session_state.setdefault(f"offline_round_{name}", 0)
    upload = st.file_uploader(
        f"Bring it back: the workbook, up to {MAX_FILE_MB} MB",
        type=["xlsx", "xlsm", "ods", "xls"],
        key=f"offline_file_{name}_{number}",
        max_upload_size=MAX_FILE_MB,
    )
    if upload is None:
        return
    kept = f"offline_read_{name}"
    if st.session_state.get(kept, ("",))[0] != upload.file_id:
        st.session_state.pop(f"offline_left_{name}", None)
        st.session_state[kept] = (upload.file_id, _read(upload))
    file: AssignmentFile | str = st.session_state[kept][1]
    if isinstance(file, str):
        st.error(plain(file))
        return
    with saying_refusals():
        _compared(evaluations().compare_assignment(evaluation.id, seat.name, file), file, name)


def _read(upload: Any) -> AssignmentFile | str:
    """What the file says, or why it cannot be read."""
    with tempfile.TemporaryDirectory(prefix="ii-vendor-") as folder, st.spinner("Reading"):
        path = Path(folder) / Path(upload.name).name
        path.write_bytes(upload.getvalue())
        try:
            return read_assignment(path)
        except UserError as refusal:
            return str(refusal)


def _compared(found: AssignmentComparison, file: AssignmentFile, name: str) -> None:
    st.markdown(f"**{plain(found.file.name)}**: {plain(summary(found))}")
    if said := notes_html(notes(found)):
        draw(said)
    # The sequence that the choices below were drawn on.
    seen = f"offline_seen_{name}_{file.file.sha256[:12]}"
    looked_at = st.session_state.get(seen, found.sequence)
    _for_all(found.conflicts, name)
    take = {row.pair: chosen for row in found.conflicts if (chosen := _choice(row, name))}
    if others := rows_html(found):
        draw(others)
    st.session_state[seen] = found.sequence
    open_choices = len(found.conflicts) - len(take)
    saves = len(found.of(RowState.new, RowState.changed)) + list(take.values()).count(Take.file)
    if open_choices:
        st.caption(f"Choose first what is to stand for {counted(open_choices, 'answer')} in conflict.")
    elif not saves:
        st.caption("Nothing in this file has to be saved.")
    label = f"Save {counted(saves, 'rating')}" if saves else "Save"
    if st.button(label, type="primary", disabled=bool(open_choices) or not saves, key=f"offline_save_{name}"):
        _save(found, file, take, looked_at, name)


def _for_all(conflicts: Sequence[OfflineRow], name: str) -> None:
    """One choice for every conflict, where they are many; each can still be changed."""
    if len(conflicts) < MANY:
        return
    keys = [_key(row, name) for row in conflicts]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"For all {len(conflicts)} in conflict:")
        for take, label in CHOICES.items():
            st.button(label, on_click=_choose, args=(keys, take), key=f"offline_all_{name}_{take}")


def _choose(keys: Sequence[str], take: Take) -> None:
    for key in keys:
        st.session_state[key] = take


def _key(row: OfflineRow, name: str) -> str:
    """The key of a choice: another one once something else is recorded, so that it is made anew."""
    at = row.recorded.at.isoformat() if row.recorded else ""
    return f"offline_take_{name}_{row.vendor}_{row.question}_{at}"


def _choice(row: OfflineRow, name: str) -> Take | None:
    """What is to stand where the file differs from the record; None until somebody has chosen."""
    with st.container(border=True):
        draw(row_html(row))
        return st.segmented_control(
            f"What is to stand for {plain(row.name)}, {row.question}?",
            list(CHOICES),
            format_func=lambda take: CHOICES[take],
            key=_key(row, name),
        )


def _save(found: AssignmentComparison, file: AssignmentFile, take: dict[Pair, Take], seen: int, name: str) -> None:
    taken = evaluations().take_assignment(found.evaluation, found.evaluator, file, seen=seen, take=take)
    st.session_state[f"offline_left_{name}"] = left_html(taken)
    st.session_state[f"offline_round_{name}"] += 1
    say_next(taken_words(taken))
    st.rerun()
