"""Responses: send out the workbook, drop what comes back, look at it, accept it."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from functools import partial
from html import escape
from pathlib import Path

import streamlit as st

from ii_vendor.intake import changes, read_responses, write_template
from ii_vendor.intake.limits import MAX_FILE_BYTES, MIB
from ii_vendor.model.content import Content
from ii_vendor.model.intake import Intake
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.response import Problem, Response
from ii_vendor.pages.context import current, evaluations, say_next, say_now, saying_refusals
from ii_vendor.report.answers import answer_html

SIGNS = {"error": ":material/error:", "warning": ":material/warning:", "note": ":material/info:"}


def show() -> None:
    say_now()
    evaluation, content = current()
    st.title("Responses")
    left, right = st.columns([2, 1], gap="large")
    with right:
        _template(evaluation, content)
    with left:
        _drop(evaluation, content)
    _received(evaluation, content)


def _template(evaluation: Evaluation, content: Content) -> None:
    st.subheader("Response workbook", anchor=False)
    st.write("Send this to every vendor. It holds the questions only, nothing about how answers are judged.")
    book = io.BytesIO()
    write_template(content.questionnaires, content.questionnaire_hash, book, title=evaluation.name)
    st.download_button(
        "Download the response workbook",
        book.getvalue(),
        file_name=f"{evaluation.id}-response.xlsx",
        icon=":material/download:",
        on_click="ignore",
    )


def _drop(evaluation: Evaluation, content: Content) -> None:
    st.subheader("Drop filled workbooks here", anchor=False)
    round_number = st.session_state.setdefault("drop_round", 0)
    uploads = st.file_uploader(
        f"One or many .xlsx files, or a .zip of them, up to {MAX_FILE_BYTES // MIB} MB each",
        type=["xlsx", "xlsm", "zip"],
        accept_multiple_files=True,
        key=f"drop_{round_number}",
        max_upload_size=MAX_FILE_BYTES // MIB,
    )
    if not uploads:
        st.session_state.pop("intakes", None)
        return
    marks = tuple((upload.file_id, upload.name) for upload in uploads)
    if st.session_state.get("intakes", (None,))[0] != marks:
        with tempfile.TemporaryDirectory(prefix="ii-vendor-") as folder:
            paths = []
            for index, upload in enumerate(uploads):
                # A folder each: two vendors may well send files of one name.
                path = Path(folder) / str(index) / Path(upload.name).name
                path.parent.mkdir()
                path.write_bytes(upload.getvalue())
                paths.append(path)
            st.session_state["intakes"] = (marks, _read(paths, content))
    _preview(evaluation, content, st.session_state["intakes"][1])


def _read(paths: Sequence[Path], content: Content) -> list[Intake]:
    bar = st.progress(0.0, text="Reading")

    def show_progress(done: int, total: int, name: str) -> None:
        bar.progress(done / max(total, 1), text=f"{done} of {total}: {name}")

    try:
        return read_responses(paths, content.questionnaires, content.questionnaire_hash, progress=show_progress)
    finally:
        bar.empty()


def _preview(evaluation: Evaluation, content: Content, intakes: Sequence[Intake]) -> None:
    good = [intake for intake in intakes if intake.response is not None]
    if len(good) > 1 and st.button(f"Accept all {len(good)} responses", type="primary", key="accept_all"):
        _accept(evaluation, good)
    for index, intake in enumerate(intakes):
        with st.container(border=True):
            _preview_one(evaluation, content, intake, index)


def _preview_one(evaluation: Evaluation, content: Content, intake: Intake, index: int) -> None:
    response = intake.response
    if response is None:
        st.markdown(f"**{intake.file.name}** cannot be accepted as it is. Nothing was imported from it.")
        _problems(intake.problems)
        return
    asked, answered = len(content.questions), sum(answer.answered for answer in response.answers)
    st.markdown(
        f"**{response.vendor or 'Vendor not named'}** answered **{answered} of {asked}** questions · {intake.file.name}"
    )
    _problems(intake.problems)
    vendor = next((known for known in evaluation.vendors if known.name.casefold() == response.vendor.casefold()), None)
    received = evaluation.received(vendor.id) if vendor else None
    if received:
        _changes(received.response, response, received.version)
    vendor_id = vendor.id if vendor else None
    if not response.vendor.strip():
        vendor_id = st.selectbox(
            "Whose response is this?",
            [known.id for known in evaluation.vendors],
            index=None,
            format_func=lambda key: evaluation.vendor(key).name,
            key=f"whose_{index}",
            placeholder="Choose a vendor",
        )
    with st.expander("Look at the answers"):
        for answer in response.answers:
            title = escape(content.questions[answer.question].title)
            st.html(f"<p><b>{answer.question}</b> {title}</p>{answer_html(answer, ())}")
    if st.button("Accept this response", key=f"accept_{index}", type="primary"):
        _accept(evaluation, [intake], vendor_id)


def _problems(problems: Sequence[Problem]) -> None:
    for problem in problems:
        place = f"`{problem.place}` " if problem.place else ""
        st.markdown(f"{SIGNS[problem.severity]} {place}{problem.message} {problem.remedy}")


def _changes(old: Response, new: Response, version: int) -> None:
    found = changes(old, new)
    st.markdown(
        f"A version {version} is here already. {len(found)} answers differ."
        if found
        else "Nothing differs from the version that is here."
    )
    for change in found:
        with st.expander(f"{change.question}: {change.kind}"):
            before, after = st.columns(2)
            before.caption(f"Version {version}")
            before.text(change.old or "(empty)")
            after.caption("This file")
            after.text(change.new or "(empty)")


def _accept(evaluation: Evaluation, intakes: Sequence[Intake], vendor_id: str | None = None) -> None:
    accepted = 0
    for intake in intakes:
        with saying_refusals():
            assert intake.response is not None
            evaluations().accept_response(evaluation.id, intake.response, intake.original, vendor=vendor_id)
            accepted += 1
    if accepted == len(intakes):
        st.session_state["drop_round"] += 1
        st.session_state.pop("intakes", None)
        say_next(f"{accepted} response{'s' if accepted != 1 else ''} accepted.")
        st.rerun()


def _original(sha256: str) -> bytes:
    return evaluations().original(sha256)[1]


def _received(evaluation: Evaluation, content: Content) -> None:
    st.subheader("Accepted responses", anchor=False)
    if not any(evaluation.responses.values()):
        st.caption("None yet.")
        return
    for vendor in evaluation.vendors:
        for received in reversed(evaluation.responses.get(vendor.id, ())):
            file = received.response.file
            answered = sum(answer.answered for answer in received.response.answers)
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(
                    f"**{vendor.name}** version {received.version} · {answered} of {len(content.questions)} answered · "
                    f"{len(received.findings)} findings · {received.at:%d %b %Y %H:%M} UTC · `{file.sha256[:12]}`"
                )
                st.download_button(
                    file.name,
                    partial(_original, file.sha256),
                    file_name=file.name,
                    key=f"original_{vendor.id}_{received.version}",
                    icon=":material/download:",
                    type="tertiary",
                    on_click="ignore",
                )


show()
