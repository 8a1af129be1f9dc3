"""Reports: everything that leaves the tool."""

from __future__ import annotations

import io
from functools import partial

import streamlit as st

from ii_vendor.evaluations import Evaluations
from ii_vendor.feedback import decided_flags, examples_jsonl
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.workshop import Workshop
from ii_vendor.pages.context import evaluations, plain
from ii_vendor.pages.standing import is_facilitator, results
from ii_vendor.report.bundle import write_bundle
from ii_vendor.report.minutes import minutes_html
from ii_vendor.report.phrases import counted
from ii_vendor.report.plain import comparison_json, record_jsonl
from ii_vendor.report.robustness_json import robustness_json
from ii_vendor.report.scorecard import write_scorecard


def show() -> None:
    evaluation, content = results()
    # A file is made once it is asked for, when nobody can tell any more who looks.
    door = evaluations()
    st.title("Reports")
    st.markdown(plain(f"What is downloaded here is “{evaluation.name}” as it stands now."))
    if evaluation.view:
        st.markdown("Each file holds what is open to you now, and what others may see is not in it.")
    with st.container(border=True):
        st.subheader("Scorecard workbook", anchor=False)
        st.write(
            "Vendors side by side, weights as inputs, every score a live formula, how firm the result is, prices where "
            "there are any, the quoted words, the red-flag register and the method. Change a weight in Excel or "
            "LibreOffice and the numbers move."
        )
        st.download_button(
            "Download the scorecard",
            partial(_scorecard, door, evaluation, content),
            file_name=f"{evaluation.id}-scorecard.xlsx",
            icon=":material/download:",
            type="primary",
            on_click="ignore",
            key="scorecard",
        )
    with st.container(border=True):
        st.subheader("Everything in one file", anchor=False)
        st.write(
            "The scorecard, the figures, the record in words and with its hashes, what was asked, and every file that "
            "the vendors sent: what an auditor asks for."
        )
        st.download_button(
            "Download everything",
            partial(_everything, door, evaluation, content),
            file_name=f"{evaluation.id}.zip",
            icon=":material/folder_zip:",
            on_click="ignore",
            key="everything",
        )
    left, middle, right = st.columns(3)
    with left, st.container(border=True):
        st.subheader("Comparison as JSON", anchor=False)
        st.write("The scores, floors, verdicts and reasons, for a script or another tool.")
        st.download_button(
            "Download the comparison",
            lambda: comparison_json(door.compare(evaluation)),
            file_name=f"{evaluation.id}-comparison.json",
            icon=":material/download:",
            on_click="ignore",
            key="json",
        )
    with middle, st.container(border=True):
        st.subheader("Robustness as JSON", anchor=False)
        st.write("Who leads how often, what would change it, and how far the panel agrees, in figures and sentences.")
        st.download_button(
            "Download the robustness",
            partial(_robustness, door, evaluation, content),
            file_name=f"{evaluation.id}-robustness.json",
            icon=":material/download:",
            on_click="ignore",
            key="robustness",
        )
    with right, st.container(border=True):
        st.subheader("The record", anchor=False)
        st.write("Who did what, when and why: one event a line, each with the hash of the one before it.")
        st.download_button(
            "Download the record",
            lambda: record_jsonl(door.history(evaluation)),
            file_name=f"{evaluation.id}-record.jsonl",
            icon=":material/download:",
            on_click="ignore",
            key="record",
        )
    if evaluation.workshops:
        _minutes(door, evaluation, content)
    if is_facilitator():
        _examples(evaluation)
    st.caption(f"Content {content.hash[:12]} · record {evaluation.record_hash[:12]} · {evaluation.sequence} events")


def _minutes(door: Evaluations, evaluation: Evaluation, content: Content) -> None:
    with st.container(border=True):
        st.subheader("Minutes of the workshops", anchor=False)
        st.write(
            "Who was there, each item with its votes by round and the reasons, what was agreed, and how long it took."
        )
        with st.container(horizontal=True):
            for workshop in reversed(evaluation.workshops):
                st.download_button(
                    f"Minutes of workshop {workshop.number}",
                    partial(_minutes_of, door, evaluation, content, workshop),
                    file_name=f"{evaluation.id}-minutes-{workshop.number}.html",
                    mime="text/html",
                    icon=":material/download:",
                    on_click="ignore",
                    key=f"minutes_{workshop.number}",
                )


def _minutes_of(door: Evaluations, evaluation: Evaluation, content: Content, workshop: Workshop) -> str:
    return minutes_html(evaluation, workshop, door.history(evaluation), content, door.compare(evaluation))


def _examples(evaluation: Evaluation) -> None:
    with st.container(border=True):
        st.subheader("Examples for the signals", anchor=False)
        count = decided_flags(evaluation)
        st.write(
            f"{counted(count, 'red flag')} with quoted words, confirmed or dismissed by your panel, can teach the "
            "signals your suppliers’ way of writing: “ii-vendor signals train --add” reads the file. It holds the "
            "answers, the quoted words and the reasons. Vendors’ names are replaced by letters, those of the panel and "
            "of vendors’ contacts by “somebody”. Names of products, sites and other firms stay, and so may "
            "abbreviations and names that are common words: read the file before you pass it on. Nothing is sent "
            "anywhere."
        )
        st.download_button(
            "Download the examples",
            partial(examples_jsonl, evaluation),
            file_name=f"{evaluation.id}-examples.jsonl",
            icon=":material/download:",
            on_click="ignore",
            key="examples",
            disabled=not count,
        )


def _scorecard(door: Evaluations, evaluation: Evaluation, content: Content) -> bytes:
    book = io.BytesIO()
    robustness = door.robustness(evaluation)
    write_scorecard(door.compare(evaluation), evaluation, content, book, robustness=robustness)
    return book.getvalue()


def _everything(door: Evaluations, evaluation: Evaluation, content: Content) -> bytes:
    bundle = io.BytesIO()
    write_bundle(
        bundle,
        door.compare(evaluation),
        evaluation,
        content,
        door.history(evaluation),
        door.robustness(evaluation),
        partial(door.original, evaluation),
    )
    return bundle.getvalue()


def _robustness(door: Evaluations, evaluation: Evaluation, content: Content) -> str:
    return robustness_json(door.robustness(evaluation), content, door.compare(evaluation))


show()
