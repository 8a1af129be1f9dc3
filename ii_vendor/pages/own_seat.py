"""What a member of the panel sees of their own seat: interests, progress, handing in, another device."""

from __future__ import annotations

import streamlit as st

from ii_vendor.charts.panel_progress import progress_bar
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.progress import SeatProgress
from ii_vendor.model.seat import Evaluator, Stage
from ii_vendor.pages.context import draw, evaluations, plain, say_next, saying_refusals
from ii_vendor.pages.declaring import declaration, to_declare
from ii_vendor.pages.personal_link import make_link, show_made_link
from ii_vendor.report.seat_state_words import interests_words, sections_words
from ii_vendor.routes.sharing import sharing


def show_own_seat(evaluation: Evaluation, content: Content, seat: Evaluator) -> None:
    """The seat of whoever looks."""
    st.subheader("Your seat", anchor=False)
    with st.container(border=True, key="own_seat"):
        st.markdown(
            f"**{plain(seat.name)}**, {seat.discipline.value} · rates: {plain(sections_words(seat, content))} · "
            f"{plain(interests_words(evaluation, seat))}"
        )
        mine = _progress(evaluation, seat)
        if mine and mine.assigned:
            draw(f'<div class="iv-own">{progress_bar(mine)}</div>')
        hand_in(evaluation, seat, mine)
        _interests(evaluation, seat)
        if sharing().shared:
            st.caption("You can use another device, too: a link for it opens your seat there.")
            make_link(evaluation, seat, "Link for another device")
    show_made_link(evaluation, seat)


def hand_in(evaluation: Evaluation, seat: Evaluator, mine: SeatProgress | None = None) -> None:
    """Where everything assigned is rated: the button that hands it in, and what that means."""
    mine = mine or _progress(evaluation, seat)
    if mine and mine.handed_in and evaluation.stage is Stage.scoring:
        st.markdown(":material/check_circle: You have handed in. Thank you.")
        return
    if mine is None or evaluation.stage is not Stage.scoring or not mine.assigned or mine.rated < mine.assigned:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"handin_{evaluation.id}"):
        draw(
            f'<p class="iv-says"><b>All {mine.assigned} answers are rated.</b> Handing in closes your ratings and '
            f"opens those of others who have handed in. You can still change yours before.</p>"
        )
        if st.button("Hand in", type="primary", icon=":material/send:", key=f"hand_in_{evaluation.id}_{seat.name}"):
            with saying_refusals():
                evaluations().hand_in(evaluation.id, seat.name)
                say_next("Handed in. Others’ ratings open to you as they hand in.")
                st.rerun()


def _progress(evaluation: Evaluation, seat: Evaluator) -> SeatProgress | None:
    seats = evaluations().progress(evaluation).seats
    return next((each for each in seats if each.evaluator == seat.name), None)


def _interests(evaluation: Evaluation, seat: Evaluator) -> None:
    if evaluation.stage is Stage.locked:
        return
    if to_declare(evaluation, seat):
        if evaluation.vendors:
            st.markdown("**Say first what your interests are.** Responses open to you with it.")
            declaration(evaluation, seat)
        return
    with st.expander("Something has changed: declare a conflict of interest"):
        st.caption("It closes that vendor to you, and ratings that you gave it are set aside.")
        declaration(evaluation, seat, anew=True)
