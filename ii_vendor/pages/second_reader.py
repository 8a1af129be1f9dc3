"""The part of Review and Responses that has a second reader read answers, and shows what it pointed to."""

from __future__ import annotations

import streamlit as st

from ii_vendor.errors import UserError
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.response import Answer
from ii_vendor.model.seat import Stage
from ii_vendor.pages.context import draw, evaluations, plain, say_next, saying_refusals
from ii_vendor.pages.standing import is_facilitator
from ii_vendor.report.second_reader_html import second_reading_html
from ii_vendor.report.second_reader_words import MODEST, outcome_words, where_words
from ii_vendor.second_reader import Reader, configured


def second_reader(evaluation: Evaluation, vendor: str, answer: Answer) -> None:
    """What a second reader pointed to in this answer, where one has read it; and for the facilitator, where one is
    configured, the button that has it read."""
    reading = evaluation.second_reading(vendor, answer.question)
    if reading is not None:
        draw(second_reading_html(reading, answer.question))
    if any(cell.text.strip() for cell in answer.cells):
        _offer(evaluation, vendor, answer.question, "Send this answer")


def offer_all(evaluation: Evaluation, vendor: str) -> None:
    """Have the vendor's whole response read, under the same conditions."""
    _offer(evaluation, vendor, "", "Send all answers")


def say_last_reading(evaluation: Evaluation, vendor: str) -> None:
    """What came of the last reading of the newest response."""
    received, readings = evaluation.received(vendor), evaluation.second_readings.get(vendor)
    if received and readings and readings[-1].version == received.version:
        st.caption(plain(f"Second reader: {' '.join(outcome_words(readings[-1]))}"))


def _offer(evaluation: Evaluation, vendor: str, question: str, label: str) -> None:
    if not is_facilitator() or evaluation.stage is Stage.locked:
        return
    try:
        reader = configured()
    except UserError as mistake:
        st.caption(plain(str(mistake)))
        return
    if reader is None:
        return
    # Another key closes what was open before.
    done = len(evaluation.second_readings.get(vendor, ()))
    key = f"reread_{evaluation.id}_{vendor}_{question}_{done}"
    with st.popover("Second reader", key=key, icon=":material/visibility:"):
        st.markdown(plain(where_words(reader, masked=evaluation.masked)))
        st.caption(plain(MODEST))
        if st.button(label, key=f"go_{key}", type="primary"):
            _read(evaluation, vendor, question, reader)


def _read(evaluation: Evaluation, vendor: str, question: str, reader: Reader) -> None:
    bar = st.progress(0.0, text="Reading")

    def show_progress(done: int, total: int, what: str) -> None:
        bar.progress(done / max(total, 1), text=plain(f"Reading {what}, {done + 1} of {total}"))

    with saying_refusals():
        after = evaluations().read_again(evaluation.id, vendor, question, reader=reader, progress=show_progress)
        say_next(" ".join(outcome_words(after.second_readings[vendor][-1])))
        st.rerun()
