"""Panel: who judges, how far everybody is, and the stage that the evaluation has come to."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from ii_vendor.charts.panel_progress import progress_matrix
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.progress import Progress
from ii_vendor.model.seat import Discipline, Stage
from ii_vendor.pages.context import current, draw, evaluations, say_next, say_now, saying_refusals
from ii_vendor.pages.own_seat import show_own_seat
from ii_vendor.pages.panel_seats import show_seat
from ii_vendor.pages.panel_stage import show_stage
from ii_vendor.pages.standing import is_facilitator, my_seat

OVERSEES = "Rates nothing, oversees and decides on red flags"


def show() -> None:
    say_now()
    evaluation, content = current()
    st.title("Panel", anchor=False)
    seat = my_seat(evaluation)
    show_stage(evaluation, can_change=is_facilitator())
    if seat is not None:
        show_own_seat(evaluation, content, seat)
    if is_facilitator():
        _people(evaluation, content)


def _people(evaluation: Evaluation, content: Content) -> None:
    progress = evaluations().progress(evaluation)
    st.subheader("Who is on the panel", anchor=False)
    if not evaluation.evaluators:
        st.info("Nobody yet. Invite operations and IT first: they chair together.")
    with st.container(key="seats", gap="small"):
        known = {each.evaluator: each for each in progress.seats}
        now = datetime.now(UTC)
        for seat in evaluation.evaluators:
            show_seat(evaluation, content, seat, known.get(seat.name), now)
    if evaluation.stage is not Stage.locked:
        _invite(evaluation, content)
    if progress.seats and any(seat.assigned for seat in progress.seats):
        _by_question(evaluation, content, progress)
    if evaluation.stage is not Stage.locked:
        _mask(evaluation)


def _invite(evaluation: Evaluation, content: Content) -> None:
    titles = {section.id: section.title for section in content.sections}
    # Whoever invites the first goes on with the next: it does not fold in between.
    begins = st.session_state.setdefault(f"begins_panel_{evaluation.id}", not evaluation.evaluators)
    with (
        st.expander("Invite somebody", icon=":material/person_add:", expanded=begins),
        st.form("add_evaluator", clear_on_submit=True, border=False),
    ):
        left, middle, right = st.columns(3)
        name = left.text_input("Name")
        discipline = middle.selectbox("Answers for", list(Discipline), format_func=lambda value: value.value)
        email = right.text_input("E-mail (optional)", help="Only to sign in by OpenID Connect, where that is set up.")
        chosen = st.multiselect("Rates these sections", list(titles), list(titles), format_func=lambda key: titles[key])
        oversees = st.checkbox(OVERSEES)
        if st.form_submit_button("Add to the panel", type="primary"):
            with saying_refusals():
                if not chosen and not oversees:
                    st.error("Choose the sections to rate, or tick that this person rates nothing.")
                    return
                evaluations().add_evaluator(
                    evaluation.id,
                    name,
                    discipline or Discipline.observer,
                    sections=() if oversees or len(chosen) == len(titles) else chosen,
                    rating=not oversees,
                    email=email,
                )
                say_next(f"{name.strip()} is on the panel.")
                st.rerun()


def _by_question(evaluation: Evaluation, content: Content, progress: Progress) -> None:
    st.subheader("Progress by question", anchor=False)
    draw(progress_matrix(progress, evaluation, content))


def _mask(evaluation: Evaluation) -> None:
    st.subheader("Vendors’ names", anchor=False)
    hidden = st.toggle(
        "Hide the vendors’ names from the panel",
        value=evaluation.masked,
        key=f"mask_{evaluation.id}_{evaluation.masked}",
        help="Members of the panel then see Vendor A, Vendor B and so on, in answers too. You still see the names.",
    )
    if hidden != evaluation.masked:
        with saying_refusals():
            evaluations().mask_names(evaluation.id, hidden)
            say_next("The names are hidden from the panel." if hidden else "The names are shown again.")
            st.rerun()


show()
