"""The record: every event in plain words, newest first, and whether the chain of them is whole."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ii_vendor.model.content import Content
from ii_vendor.model.events import Event
from ii_vendor.model.panel import Evaluation
from ii_vendor.pages.context import PAGES, choose, current, draw, evaluations, links_with, plain
from ii_vendor.pages.controls import page_number, words_typed
from ii_vendor.report.audit_words import concerns, event_words
from ii_vendor.report.phrases import counted
from ii_vendor.report.record_html import events_html
from ii_vendor.report.verdict_on_record import ANCHOR, record_words

AT_ONCE = 50


def show() -> None:
    evaluation, content = current()
    history = evaluations().history(evaluation)
    st.title("The record", anchor=False)
    _check(evaluation)
    found = _filtered(history, evaluation, content)
    if not found:
        st.info("No event is like that. Take a filter away.")
        return
    pages = -(-len(found) // AT_ONCE)
    here = page_number("page", pages) if pages > 1 else 1
    shown = found[(here - 1) * AT_ONCE : here * AT_ONCE]
    of_all = "" if len(found) == len(history) else f" of {len(history)}"
    upto = f", {(here - 1) * AT_ONCE + 1} to {(here - 1) * AT_ONCE + len(shown)} shown" if pages > 1 else ""
    st.caption(f"{counted(len(found), 'event')}{of_all}{upto}, newest first. Times are UTC.")
    draw(events_html(shown, evaluation, content))


def _check(evaluation: Evaluation) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        asked = st.button("Check the record", icon=":material/verified:", type="primary", key="check_record")
        st.markdown(f"{counted(evaluation.sequence, 'event')}, the last one sealed as `{evaluation.record_hash[:12]}`")
        here = links_with(evaluation.id, st.session_state.get("person"))
        st.page_link(PAGES["reports"][1], label="Download it", icon=":material/download:", query_params=here)
    if not asked:
        return
    with st.spinner("Checking every event, and all content and files that they name"):
        audit = evaluations().audit(evaluation)
    (st.success if audit.valid else st.error)("\n\n".join(plain(line) for line in record_words(audit)))
    st.caption(ANCHOR)


def _filtered(history: Sequence[Event], evaluation: Evaluation, content: Content) -> list[Event]:
    about = {event.sequence: concerns(event, evaluation) for event in history}
    people = sorted({name for each in about.values() for name in each.people})
    kinds = sorted({event.change.kind for event in history})
    vendors = {vendor.id: vendor.name for vendor in evaluation.vendors}
    questions = {question.id: f"{question.id} {question.title}" for question in content.questions.values()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = (
            choose("Person", "who", {name: name for name in people}, None, width=230, placeholder="Everybody"),
            choose("Vendor", "about", vendors, None, width=250, placeholder="All vendors"),
            choose("Question", "asked", questions, None, width=280, placeholder="All questions"),
            choose("Kind", "kind", {kind: kind for kind in kinds}, None, width=230, placeholder="All kinds"),
            words_typed("Words", "words", "In the sentence, or a hash", width=260),
        )
    who, vendor, question, kind, words = chosen
    if st.session_state.setdefault("record_filter", chosen) != chosen:
        # What was page 3 of all of them is no place among these.
        st.session_state["record_filter"] = chosen
        st.query_params.pop("page", None)

    def fits(event: Event) -> bool:
        concerned = about[event.sequence]
        return (
            who in (None, *concerned.people)
            and vendor in (None, *concerned.vendors)
            and question in (None, concerned.question)
            and kind in (None, event.change.kind)
            and (not words or _says(event, words, evaluation, content))
        )

    return [event for event in reversed(history) if fits(event)]


def _says(event: Event, words: str, evaluation: Evaluation, content: Content) -> bool:
    said = f"{event_words(event, evaluation, content)} {event.via} {event.hash}".casefold()
    return all(word in said for word in words.casefold().split())


show()
