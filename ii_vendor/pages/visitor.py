"""Who looks: whoever sits at this computer, the facilitator, the holder of a seat, or nobody."""

from __future__ import annotations

import getpass
import time

import streamlit as st

from ii_vendor.evaluations import Evaluations, Listed
from ii_vendor.model.actor import NOBODY, Actor
from ii_vendor.model.panel import Evaluation
from ii_vendor.pages.sign_in import name_given, signing_in, verified_email
from ii_vendor.routes import openid, process, visitors
from ii_vendor.routes.sharing import sharing

KNOWN_FOR = 1.0
"""Seconds for which a page takes its visitor for known; at the start of each run it asks anew."""

NAME = "facilitator"
"""Where the address keeps the name that the facilitator gave."""


def looking() -> Actor:
    """On whose behalf this page reads and changes the evaluation that its address names."""
    wanted = st.query_params.get("evaluation", "")
    known: tuple[str, float, Actor] | None = st.session_state.get("visitor")
    if sharing().shared and known and known[0] == wanted and time.monotonic() - known[1] < KNOWN_FOR:
        return known[2]
    return ask_again()


def ask_again() -> Actor:
    """The same, asked just now: a link that was revoked shuts an open page."""
    wanted = st.query_params.get("evaluation", "")
    actor = _known_by_link(wanted) if sharing().shared else _at_this_computer()
    st.session_state["visitor"] = (wanted, time.monotonic(), actor)
    return actor


def open_to_visitor() -> list[Listed]:
    """The evaluations that the visitor may open, newest first."""
    actor = looking()
    if actor.facilitates:
        return process.service(actor).listing()
    held = list(visitors.seats_held(st.context.cookies).values())
    by_id = {each.id: each for seat in held for each in process.service(seat).listing()}
    if email := verified_email():
        by_id |= {each.id: each for each in process.service(NOBODY).seats_of(email)}
    return sorted(by_id.values(), key=lambda each: each.created_at, reverse=True)


def service() -> Evaluations:
    """The evaluations on behalf of the visitor."""
    return process.service(looking())


def seat_in_the_bar(now: Evaluation | None) -> str | None:
    """Say in the bar of a shared app who the visitor is; gives the name of the seat, None for everybody else."""
    actor = looking()
    seat = now.seat(actor.name) if now and actor.seat_in == now.id else None
    if seat:
        st.text(f"{seat.name}, {seat.discipline.value}{', facilitator' if actor.facilitates else ''}", width="content")
    elif actor.facilitates and verified_email():
        st.text(f"{actor.name}, facilitator", width="content")
    elif actor.facilitates:
        _ask_for_name()
    if actor != NOBODY:
        signing_in()
    st.session_state["person"] = seat.name if seat else None
    return seat.name if seat else None


def shut() -> None:
    """All that somebody without a link gets to see."""
    st.title("This opens with a personal link")
    if email := verified_email():
        st.text(f"You are signed in as {email}, and no seat on this panel has that address.")
    st.text(
        "Open the link that you were sent, in this browser. If it does not work, ask the facilitator for a new one."
    )
    signing_in()


def _at_this_computer() -> Actor:
    login = getpass.getuser()
    return Actor.at_this_computer(st.session_state.get("person") or login, via=f"this computer (login {login})")


def _known_by_link(evaluation: str) -> Actor:
    cookies, email = st.context.cookies, verified_email()
    seat = visitors.seat_held(cookies, evaluation) if evaluation else None
    if seat is None and evaluation and email:
        seat = openid.seat_by_email(email, evaluation)
    facilitator = openid.facilitator_by_email(email, name_given()) if email else None
    if facilitator is None and visitors.facilitates(cookies):
        facilitator = Actor.facilitator(_facilitators_name(), "facilitator's link")
    if seat and facilitator:
        return seat.model_copy(update={"facilitates": True, "via": f"{seat.via}, {facilitator.via}"})
    return seat or facilitator or NOBODY


def _facilitators_name() -> str:
    given = st.session_state.get(NAME) or st.query_params.get(NAME, "")
    return str(given).strip()[:80] or "Facilitator"


def _ask_for_name() -> None:
    if NAME not in st.session_state:
        st.session_state[NAME] = st.query_params.get(NAME, "")
    st.text_input(
        "Your name, for the record",
        key=NAME,
        on_change=_keep_name,
        placeholder="Facilitator: your name",
        label_visibility="collapsed",
        width=260,
        max_chars=80,
    )


def _keep_name() -> None:
    st.query_params[NAME] = st.session_state[NAME]
