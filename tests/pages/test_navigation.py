"""What comes in while a page is drawn: news of somebody else's change, and what the person at the page presses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import streamlit as st
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx
from streamlit.testing.v1 import AppTest

from ii_vendor.pages import context, navigation


def test_what_is_pressed_while_news_is_drawn_is_not_lost(
    open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
):
    app = open_page("audit")
    evaluation, addresses = context.current, []
    news, pressed = ["news"], ["asked=1"]

    def press_while_the_page_is_drawn():
        addresses.append(dict(st.query_params))
        running = get_script_run_ctx()
        assert running and running.script_requests
        if pressed:
            asked = RerunData(query_string=pressed.pop(), page_script_hash=running.page_script_hash)
            running.script_requests.request_rerun(asked)
        return evaluation()

    def hear():
        if news:
            news.pop()
            st.rerun()

    monkeypatch.setattr(context, "current", press_while_the_page_is_drawn)
    monkeypatch.setattr(navigation, "listen", hear)
    app.run()
    assert not app.exception
    assert (pressed, news) == ([], [])
    assert addresses[-1].get("asked") == "1"
