"""The part of Panel that shows one seat to the facilitator, with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html import escape

import streamlit as st

from ii_vendor.charts.panel_progress import progress_bar
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.progress import SeatProgress
from ii_vendor.model.seat import Evaluator, Stage
from ii_vendor.pages.context import draw, evaluations, plain, say_next, saying_refusals
from ii_vendor.pages.personal_link import make_link, show_made_link
from ii_vendor.report.seat_state_words import interests_words, link_words, sections_words


def show_seat(
    evaluation: Evaluation, content: Content, seat: Evaluator, progress: SeatProgress | None, now: datetime
) -> None:
    """One row: who, what they rate, what they declared, how far they are, how they come in, and what can be done."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"seat_{evaluation.id}_{seat.name}"):
        draw(_row(evaluation, content, seat, progress, now))
        if not seat.closed:
            _actions(evaluation, content, seat)
    show_made_link(evaluation, seat)


def _row(
    evaluation: Evaluation, content: Content, seat: Evaluator, progress: SeatProgress | None, now: datetime
) -> str:
    handed = "handed in" if progress and progress.handed_in else ""
    bar = progress_bar(progress) if progress else ""
    conflict = evaluation.declarations.get(seat.name)
    grave = " iv-grave" if conflict and conflict.conflicts else ""
    return (
        f'<div class="iv-seat{" iv-closed" if seat.closed else ""}">'
        f"<div><b>{escape(seat.name)}</b><small>{escape(seat.discipline.value)}</small></div>"
        f"<div>{escape(sections_words(seat, content))}</div>"
        f'<div class="{grave}">{escape(interests_words(evaluation, seat))}</div>'
        f'<div>{bar}<small class="iv-handed">{handed}</small></div>'
        f"<div>{escape(link_words(evaluation, seat, now))}</div></div>"
    )


def _actions(evaluation: Evaluation, content: Content, seat: Evaluator) -> None:
    key = f"{evaluation.id}_{seat.name}"
    # Another key once a link was made: the menu shuts, so that it does not cover the link.
    made = sum(each.evaluator == seat.name for each in evaluation.links.values())
    with st.popover("Actions", key=f"do_{key}_{made}", width=150):
        make_link(evaluation, seat)
        if seat.name in evaluation.taken or any(each.evaluator == seat.name for each in evaluation.links.values()):
            _with_reason(
                "End every link",
                "Ends every link and open browser of this seat. The seat and what it said stay.",
                f"revoke_{key}",
                lambda reason: evaluations().revoke_links(evaluation.id, seat.name, reason=reason),
            )
        if evaluation.stage.number <= Stage.scoring.number and seat.rates:
            _sections(evaluation, content, seat, key)
        if evaluation.stage is Stage.scoring and seat.name in evaluation.handed_in:
            _with_reason(
                "Give the assignment back",
                "Ratings can be changed again; the record keeps the earlier ones.",
                f"back_{key}",
                lambda reason: evaluations().return_assignment(evaluation.id, seat.name, reason=reason),
            )
        if evaluation.stage is not Stage.locked:
            _with_reason(
                "Close the seat",
                "Takes this person off the panel. What they rated and said stays and counts as before.",
                f"close_{key}",
                lambda reason: evaluations().close_seat(evaluation.id, seat.name, reason=reason),
            )


def _with_reason(label: str, what: str, key: str, act: Callable[[str], object]) -> None:
    with st.expander(label), st.form(key, border=False, clear_on_submit=False):
        st.caption(what)
        reason = st.text_input("Reason", key=f"reason_{key}")
        if st.form_submit_button(label, key=f"go_{key}"):
            with saying_refusals():
                act(reason)
                say_next(f"Done: {label.lower()}.")
                st.rerun()


def _sections(evaluation: Evaluation, content: Content, seat: Evaluator, key: str) -> None:
    titles = {section.id: section.title for section in content.sections}
    with st.expander("Change what they rate"), st.form(f"assign_{key}", border=False):
        chosen = st.multiselect(
            "Sections",
            list(titles),
            list(seat.sections or titles),
            format_func=lambda section: titles[section],
            key=f"sections_{key}",
        )
        reason = st.text_input("Reason", key=f"reason_assign_{key}")
        if st.form_submit_button("Change", key=f"go_assign_{key}"):
            with saying_refusals():
                if not chosen:
                    st.error("Choose at least one section.")
                    return
                wanted = () if len(chosen) == len(titles) else chosen
                evaluations().assign(evaluation.id, seat.name, wanted, reason=reason)
                say_next(plain(f"{seat.name} rates other sections now."))
                st.rerun()
