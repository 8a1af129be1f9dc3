"""The part of Workshop that shows the open room: how to join, the windows of the screen and of whoever leads."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import streamlit as st

from ii_vendor.model.panel import Evaluation
from ii_vendor.model.workshop import Settings, Workshop
from ii_vendor.pages.context import draw, evaluations, plain, say_next, saying_refusals
from ii_vendor.pages.sign_in import tickets, verified_email
from ii_vendor.pages.visitor import NAME, looking
from ii_vendor.qr import qr_picture
from ii_vendor.report.phrases import counted, listed
from ii_vendor.routes.sharing import sharing


def ask_for_settings(now: Settings, key: str) -> Settings:
    """The controls of how a workshop is held, as they stand."""
    names = st.toggle("The screen says who voted what, once votes are shown", now.names, key=f"names_{key}")
    auto = st.toggle("Show the votes as soon as all are in", now.auto_reveal, key=f"auto_{key}")
    guests = st.toggle("Let people join who are not on the panel", now.guests, key=f"guests_{key}")
    minutes = st.number_input(
        "Minutes planned for an item (0: no timer)", 0, 60, now.minutes, key=f"minutes_{key}", width=300
    )
    st.caption("The record always has names, votes and reasons.")
    return Settings(names=names, auto_reveal=auto, guests=guests, minutes=int(minutes))


def show_room(evaluation: Evaluation, held: Workshop, *, may_lead: bool) -> None:
    """The workshop that goes on; with ``may_lead`` also what leads it."""
    address = _here()
    join = f"{address}/join/{held.code}"
    left, right = st.columns([3, 2], gap="large")
    with right, st.container(border=True):
        draw(f'<div class="iv-qr">{qr_picture(join)}</div>')
        draw(f'<p class="iv-code" aria-label="Code">{held.code[:3]} {held.code[3:]}</p>')
        st.markdown(f"Scan the code, or open `{address}/join` and type it. Then choose your name.")
        if not sharing().shared:
            st.info(
                "Only this computer reaches the app now. For phones on the local network start it with "
                "`ii-vendor serve --lan`; the workshop goes on where it is."
            )
    with left:
        if may_lead:
            _windows(evaluation)
        there = listed(list(held.present)) if held.present else "Nobody yet"
        st.markdown(f"**In the room:** {plain(there)}. {counted(len(held.rounds), 'round')} of votes so far.")
        if may_lead:
            with st.expander("How it is held"):
                _settings(evaluation, held)
            _close(evaluation)


def _windows(evaluation: Evaluation) -> None:
    """The screen goes to the projector; what leads stays with the facilitator, on a laptop or a phone."""
    query = _who(evaluation)
    with st.container(horizontal=True, gap="small"):
        st.link_button(
            "Lead the workshop", f"/room/{evaluation.id}/lead{query}", type="primary", icon=":material/tune:"
        )
        st.link_button("Open the screen", f"/room/{evaluation.id}/screen{query}", icon=":material/present_to_all:")
        st.link_button("Vote here", f"/join/{_code(evaluation)}", icon=":material/how_to_vote:")
    st.markdown(
        "Drag the **screen** to the projector and press F for the full screen. Page Down and Page Up, or a presenter’s "
        "remote, go on and back; B makes it dark. **Lead** from your laptop, or from your phone: whoever chairs for "
        "operations or IT can take over at any moment."
    )


def _settings(evaluation: Evaluation, held: Workshop) -> None:
    with st.form(f"workshop_settings_{evaluation.id}", border=False):
        settings = ask_for_settings(held.settings, f"change_{evaluation.id}")
        if st.form_submit_button("Save", key="save_workshop_settings"):
            with saying_refusals():
                evaluations().change_workshop(evaluation.id, settings)
                say_next("Saved.")
                st.rerun()
    st.caption("A code that got out of the room? With another one nobody else can join; who has joined stays.")
    if st.button("Make another code", key="another_code", icon=":material/refresh:"):
        with saying_refusals():
            evaluations().change_workshop(evaluation.id, new_code=True)
            st.rerun()


def _close(evaluation: Evaluation) -> None:
    with st.popover("Close the workshop", icon=":material/door_open:"):
        st.markdown("Phones go out, and every vote and reason opens to the panel. The minutes are on **Reports**.")
        if st.button("Close it", type="primary", key="close_workshop"):
            with saying_refusals():
                evaluations().close_workshop(evaluation.id)
                say_next("The workshop is closed. Its minutes are on the page Reports.")
                st.rerun()


def _code(evaluation: Evaluation) -> str:
    return evaluation.workshop.code if evaluation.workshop else ""


def _here() -> str:
    here = urlsplit(st.context.url or "http://127.0.0.1:8501")
    return sharing().address or f"{here.scheme}://{here.netloc}"


def _who(evaluation: Evaluation) -> str:
    """What tells the other windows who leads: the name for the record, or what proves a sign-in."""
    actor, email = looking(), verified_email()
    ticket = tickets().issue(evaluation.id, email) if email else ""
    given = {NAME: actor.name if actor.facilitates else "", "ticket": ticket}
    query = urlencode({key: value for key, value in given.items() if value})
    return f"?{query}" if query else ""
