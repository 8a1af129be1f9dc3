"""The frame around every page: style, the bar with evaluation and person, and the links that keep both."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException

from ii_vendor.errors import UserError
from ii_vendor.model.actor import NOBODY
from ii_vendor.pages import visitor
from ii_vendor.pages.context import PAGES, draw, links_with, pick_evaluation, pick_person, plain
from ii_vendor.pages.listen import listen

START = Path(__file__).parent / "start.py"
STYLE = START.with_name("style.css")


def show() -> None:
    """Draw the frame and run the page that the address names. What a user can mend is said, whatever page it is."""
    try:
        _show()
    except UserError as trouble:
        st.error(plain(str(trouble)))


def _show() -> None:
    pages = [st.Page(path, title=title, url_path=name) for name, (title, path) in PAGES.items()]
    start = st.Page(START, title="Evaluations", default=True, visibility="hidden")
    page = st.navigation([start, *pages], position="hidden")
    st.set_page_config(page_title=f"{page.title} · ii-vendor", page_icon="🏭", layout="wide")
    st.html(STYLE)
    visitor.ask_again()
    with st.container(key="bar", horizontal=True, vertical_alignment="center", gap="small"):
        draw('<span class="iv-brand">ii-vendor</span>', width="content")
        listed = visitor.open_to_visitor()
        evaluation = pick_evaluation(listed)
        person = pick_person()
        news = st.container(key="news", width="content")
    if visitor.looking() == NOBODY:
        visitor.shut()
        return
    with st.container(key="links", horizontal=True, gap="small"):
        address = links_with(evaluation, person)
        for linked in pages:
            st.page_link(linked, query_params=address)
    drawn_again = False
    try:
        page.run()
    except RerunException:
        drawn_again = True
        raise
    finally:
        # After the page, which news would break off otherwise; before it in place, where nothing moves it. Not where
        # another run was asked for: news would ask for one in its place, and what was pressed meanwhile would be lost.
        if not drawn_again:
            with news:
                listen()
