"""A chart as it is shown: its sentence, the figure with the button that saves it, and its numbers."""

from __future__ import annotations

from html import escape

import streamlit as st

from ii_vendor import charts
from ii_vendor.pages.context import draw


def words(text: str) -> str:
    """A sentence as HTML, somebody's words in it as they are, and no number parted from its percent sign."""
    return escape(text).replace(" %", "&nbsp;%")


def exhibit(chart: charts.Chart, name: str, sentence: str, *, said: bool = False) -> None:
    """Show a chart under its sentence, unless the page has ``said`` it already. ``name`` is that of its file and unique
    on the page."""
    if not said:
        draw(f'<p class="iv-says">{words(sentence)}</p>')
    picture = {**charts.CONFIG["toImageButtonOptions"], "filename": name}
    st.plotly_chart(
        charts.dressed(chart.figure, dark=st.context.theme.type == "dark"),
        theme=None,
        key=f"chart_{name}",
        alt=sentence,
        config={**charts.CONFIG, "toImageButtonOptions": picture},
    )
    st.download_button(
        "Numbers (CSV)",
        chart.csv().encode("utf-8-sig"),  # Excel takes a CSV without this mark for another alphabet.
        file_name=f"{name}.csv",
        mime="text/csv",
        key=f"numbers_{name}",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )
