"""The ballot as a Streamlit page that asks once a second: what the plain one is measured against."""

import streamlit as st

from ii_vendor.model.actor import NOBODY
from ii_vendor.model.workshop import Choice
from ii_vendor.routes import process

evaluation, secret = st.query_params["evaluation"], st.query_params.get("secret", "")
actor = process.service(NOBODY).ballot_held(evaluation, secret) if secret else None


@st.fragment(run_every=1)
def ballot() -> None:
    """Who has voted, and a button that votes."""
    if actor and st.button("Vote", key="vote"):
        process.service(actor).vote(evaluation, actor.name, 1, Choice.level_3, reason="It fits.")
    st.markdown(" ".join(process.record().evaluation(evaluation).workshops[-1].rounds[0].voted) or "nobody")


ballot()
