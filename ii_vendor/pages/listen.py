"""Draws the page anew when its evaluation has changed: a component that listens for news."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from ii_vendor.model.panel import Evaluation
from ii_vendor.pages.sign_in import tickets, verified_email
from ii_vendor.routes.openid import TICKET_SECONDS

SCRIPT = Path(__file__).with_name("listen.js").read_text("utf-8")


@st.fragment
def listen() -> None:
    """Listen for what comes after the state of the evaluation that the page shows. Once a page, after all else.

    A fragment, because its runs wait until a run of the page has ended: news that came as a rerun of the whole page
    would break off the run that carries out what somebody has just pressed.
    """
    now: Evaluation | None = st.session_state.get("now")
    if now is None:
        return
    who = {"person": st.session_state.get("person"), "ticket": _ticket(now)}
    listener = st.components.v2.component("ii_vendor_news", js=SCRIPT)
    heard = listener(
        key="news_listener",
        data={
            "address": f"/news/{now.id}",
            "query": urlencode({key: value for key, value in who.items() if value}),
            "after": now.sequence,
        },
        on_news_change=lambda: None,
        height=1,
    )
    # Also where this page knows the news by now: Streamlit loses what a run has drawn where a fragment follows closely.
    if heard.news is not None:
        st.rerun()


def _ticket(now: Evaluation) -> str:
    """What says who listens where a sign-in alone does; empty elsewhere. A fresh one long before it runs out."""
    email = verified_email()
    if not email:
        return ""
    meant = (now.id, email, int(time.time() / (TICKET_SECONDS / 3)))
    known: tuple[object, str] | None = st.session_state.get("ticket")
    if known is None or known[0] != meant:
        known = meant, tickets().issue(now.id, email)
        st.session_state["ticket"] = known
    return known[1]
