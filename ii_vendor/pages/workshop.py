"""Workshop: opens the room, says how to join it, and leads to the screen and to the view of whoever leads."""

from __future__ import annotations

import streamlit as st

from ii_vendor.model.panel import Evaluation
from ii_vendor.model.seat import Stage
from ii_vendor.model.workshop import Settings, Workshop
from ii_vendor.pages.context import current, evaluations, plain, say_next, say_now, saying_refusals
from ii_vendor.pages.panel_stage import show_stage
from ii_vendor.pages.standing import is_facilitator, my_seat
from ii_vendor.pages.workshop_room import ask_for_settings, show_room
from ii_vendor.report.moderation_words import agenda_words
from ii_vendor.report.phrases import counted


def show() -> None:
    say_now()
    evaluation, _ = current()
    seat = my_seat(evaluation)
    may_lead = is_facilitator() or (seat is not None and seat.discipline.chairs)
    st.title("Workshop", anchor=False)
    st.markdown(
        "The panel in one room: everybody votes on a phone, nobody sees another’s vote before all are shown, and what "
        "the room agrees on goes into the record."
    )
    held = evaluation.workshop
    if held:
        show_room(evaluation, held, may_lead=may_lead)
    elif evaluation.stage is Stage.locked:
        st.markdown("No workshop is open.")
    elif not may_lead:
        st.info("No workshop is open. The facilitator or a chair opens one here.")
    elif evaluation.stage is Stage.moderation:
        _open(evaluation)
    else:
        _moderation_first(evaluation)
    _earlier(evaluation)


def _moderation_first(evaluation: Evaluation) -> None:
    st.markdown(
        "A workshop is held in the stage **moderation**. Let everybody rate alone first where you can. A room that "
        "scores together for the first time goes there at once: answers that nobody has rated are then on the agenda."
    )
    show_stage(evaluation, can_change=is_facilitator())


def _open(evaluation: Evaluation) -> None:
    st.markdown(f"**{plain(agenda_words(evaluations().agenda(evaluation)))}**")
    with st.form(f"open_workshop_{evaluation.id}", border=True):
        settings = ask_for_settings(Settings(), f"open_{evaluation.id}")
        if st.form_submit_button("Open the workshop", type="primary", key="open_workshop"):
            with saying_refusals():
                evaluations().open_workshop(evaluation.id, settings)
                say_next("The workshop is open.")
                st.rerun()


def _earlier(evaluation: Evaluation) -> None:
    over = [each for each in evaluation.workshops if not each.is_open]
    if not over:
        return
    st.subheader("Earlier workshops", anchor=False)
    for each in reversed(over):
        st.markdown(plain(_line(each)))
    st.caption("Their minutes are on the page **Reports**.")


def _line(workshop: Workshop) -> str:
    begun = f"{workshop.opened_at:%d %b %Y, %H:%M} UTC"
    return f"Workshop {workshop.number}: {begun}, {counted(len(workshop.rounds), 'round')} of votes."


show()
