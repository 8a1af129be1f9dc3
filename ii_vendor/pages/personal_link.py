"""A personal link for a seat: made on request, shown once, with its QR code."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from ii_vendor.model.panel import Evaluation
from ii_vendor.model.seat import Evaluator
from ii_vendor.pages.context import draw, evaluations, plain, saying_refusals
from ii_vendor.qr import qr_picture
from ii_vendor.routes.sharing import sharing


def make_link(evaluation: Evaluation, seat: Evaluator, label: str = "Make a personal link") -> None:
    """The button that makes a link, and keeps it in this browser tab until it was shown."""
    if not sharing().shared:
        st.caption(
            "Personal links open once the app is shared: start it with `ii-vendor serve --lan` or `--address`. Until "
            "then you enter what everybody says at this computer."
        )
    if st.button(label, key=f"link_{evaluation.id}_{seat.name}", icon=":material/link:", width="stretch"):
        with saying_refusals():
            path = evaluations().issue_link(evaluation.id, seat.name)
            st.session_state[_made(evaluation, seat)] = seat_address(path)
            st.rerun()


def show_made_link(evaluation: Evaluation, seat: Evaluator) -> None:
    """The link that was just made. Once it is put away nobody can see it again."""
    address = st.session_state.get(_made(evaluation, seat))
    if not address:
        return
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", key=f"made_{evaluation.id}_{seat.name}"
    ):
        draw(f'<div class="iv-qr">{qr_picture(address)}</div>', width="content")
        with st.container():
            st.markdown(
                f"**Personal link of {plain(seat.name)}**, good for one use within 14 days. It is shown only now: copy "
                "it, or let its owner scan the code."
            )
            st.code(address, language=None, wrap_lines=True)
            if st.button("Put it away", key=f"away_{evaluation.id}_{seat.name}"):
                del st.session_state[_made(evaluation, seat)]
                st.rerun()


def seat_address(path: str) -> str:
    """The whole address of a personal link, for whoever opens it from elsewhere."""
    here = urlsplit(st.context.url or "http://127.0.0.1:8501")
    return f"{sharing().address or f'{here.scheme}://{here.netloc}'}/seat/{path}"


def _made(evaluation: Evaluation, seat: Evaluator) -> str:
    return f"made_link_{evaluation.id}_{seat.name}"
