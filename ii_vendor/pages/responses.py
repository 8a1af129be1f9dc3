"""Responses: send out the workbook, drop what comes back, look at it, accept it."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from functools import partial

import streamlit as st

from ii_vendor.evaluations import Evaluations
from ii_vendor.intake import changes, write_template
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation, FlagState, ReceivedResponse, Vendor
from ii_vendor.model.seat import Stage
from ii_vendor.pages.beside import show_beside
from ii_vendor.pages.context import draw, evaluations, links_with, plain, say_now
from ii_vendor.pages.dropped import dropped
from ii_vendor.pages.intake_parts import show_changes
from ii_vendor.pages.mapping import mapped_now, saved_mappings, show_mapping
from ii_vendor.pages.preview import preview
from ii_vendor.pages.review_flags import show_flag
from ii_vendor.pages.second_reader import offer_all, say_last_reading
from ii_vendor.pages.standing import is_facilitator, my_seat, opened
from ii_vendor.report.carried_words import carried_words
from ii_vendor.report.contradictions import clashes_html, contradictions_of
from ii_vendor.report.seat_state_words import closed_words, due_words


def show() -> None:
    say_now()
    evaluation, content = opened()
    st.title("Responses")
    if is_facilitator() and evaluation.stage is not Stage.locked:
        with st.container(key="files"):
            left, right = st.columns([2, 1], gap="large")
            with right:
                _template(evaluation, content)
            with left:
                intakes = dropped(evaluation, content)
        mapping = mapped_now(intakes)
        if mapping is not None:
            show_mapping(evaluation, content, mapping)
            return
        if intakes:
            preview(evaluation, content, intakes)
        saved_mappings()
        _clarifications(evaluation)
    _received(evaluation, content)


def _template(evaluation: Evaluation, content: Content) -> None:
    st.subheader("Response workbook", anchor=False)
    st.write("Send this to every vendor. It holds the questions only, nothing about how answers are judged.")
    st.download_button(
        "Download the response workbook",
        partial(_workbook, content, evaluation.name),
        file_name=f"{evaluation.id}-response.xlsx",
        icon=":material/download:",
        on_click="ignore",
        key="template",
    )


def _workbook(content: Content, title: str) -> bytes:
    book = io.BytesIO()
    write_template(content.questionnaires, content.questionnaire_hash, book, title=title)
    return book.getvalue()


def _clarifications(evaluation: Evaluation) -> None:
    """What vendors were asked to clarify and have not answered yet, with the place for their reply."""
    asked = [flag for flag in evaluation.flags.values() if flag.state is FlagState.clarification_sent]
    if not asked:
        return
    st.subheader("Clarifications asked for", anchor=False)
    today = datetime.now(UTC).date()
    for flag in sorted(asked, key=lambda each: each.due or date.max):
        received = evaluation.received(flag.vendor)
        if received is None:
            continue
        late = ":material/schedule: " if flag.due and flag.due < today else ""
        name = plain(evaluation.vendor(flag.vendor).name)
        with st.expander(f"{late}**{name}**, {flag.question}: {due_words(flag, today)}"):
            show_flag(evaluation, flag, received.response.answer(flag.question))


def _original(service: Evaluations, evaluation: Evaluation, sha256: str) -> bytes:
    """The file as it came, read when it is asked for: by then only ``service`` knows whose page it was."""
    return service.original(evaluation, sha256)[1]


def _received(evaluation: Evaluation, content: Content) -> None:
    st.subheader("Accepted responses", anchor=False)
    if not any(evaluation.responses.values()) and not evaluation.closed_vendors:
        st.caption("None yet.")
        return
    for vendor in evaluation.vendors:
        if vendor.id in evaluation.closed_vendors:
            st.markdown(f"**{plain(vendor.name)}**: {closed_words(evaluation, my_seat(evaluation), vendor.id)}")
        versions = evaluation.responses.get(vendor.id, ())
        for received in reversed(versions):
            _version(evaluation, vendor, received, content)
            if received is versions[-1]:
                say_last_reading(evaluation, vendor.id)
                _from_elsewhere(vendor, received)
                _unfitting(evaluation, vendor, received, content)
            if received.version > 1:
                before = versions[received.version - 2].response
                found = changes(before, received.response)
                with st.expander(f"What changed from version {received.version - 1}: {len(found)}"):
                    show_changes(found, f"Version {received.version - 1}", f"Version {received.version}")


def _from_elsewhere(vendor: Vendor, received: ReceivedResponse) -> None:
    """How a workbook in another layout was mapped, and what it holds beside our questions."""
    if received.response.carried:
        st.caption(plain(carried_words(received.response.carried)))
    show_beside(received.response.attachments, f"beside_{vendor.id}")


def _unfitting(evaluation: Evaluation, vendor: Vendor, received: ReceivedResponse, content: Content) -> None:
    """How many statements of the vendor do not seem to fit together, to be opened."""
    found = contradictions_of(evaluation, content, vendor.id)
    if found:
        with st.expander(f"Statements that do not seem to fit together: {len(found)}"):
            draw(clashes_html(found, received, links_with(evaluation.id, st.session_state.get("person"))))


def _version(evaluation: Evaluation, vendor: Vendor, received: ReceivedResponse, content: Content) -> None:
    file = received.response.file
    answered = sum(answer.answered for answer in received.response.answers)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"**{plain(vendor.name)}** version {received.version} · {answered} of {len(content.questions)} answered · "
            f"{len(received.findings)} findings · {received.at:%d %b %Y %H:%M} UTC · `{file.sha256[:12]}`"
        )
        if evaluation.masked and not is_facilitator():
            # The file itself would say whose it is.
            return
        st.download_button(
            plain(file.name),
            partial(_original, evaluations(), evaluation, file.sha256),
            file_name=file.name,
            key=f"original_{vendor.id}_{received.version}",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
        )
        if received is evaluation.received(vendor.id):
            offer_all(evaluation, vendor.id)


show()
