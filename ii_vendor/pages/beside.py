"""What a vendor's own workbook holds beside our questions, to be read and searched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from ii_vendor.model.response import Attachment
from ii_vendor.pages.context import draw
from ii_vendor.report.beside_html import beside_html
from ii_vendor.report.carried_words import beside_words, found_beside

STYLE = Path(__file__).with_name("mapping.css")
ROWS = 100
"""As many rows are shown at a time."""


def show_beside(attachments: Sequence[Attachment], key: str, whose: str = "") -> None:
    """The rows behind a title that says how many there are; nothing where there are none."""
    if not attachments:
        return
    title = f"{whose}: {beside_words(attachments)}" if whose else beside_words(attachments)
    opened = st.expander(title, key=f"{key}_open", on_change="rerun")
    if not opened.open:
        return
    with opened:
        st.html(STYLE)
        words = st.text_input("Find", key=f"{key}_find", placeholder="Words of a question or answer", width=320).strip()
        found = found_beside(attachments, words)
        draw(beside_html(found[:ROWS]))
        if len(found) > ROWS:
            st.caption(f"{len(found) - ROWS} more rows. Look for words to find them.")
        if not found:
            st.caption("No row holds all of these words.")
