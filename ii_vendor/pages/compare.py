"""Compare: autonomy and red flags of all vendors side by side, down to the quoted words."""

from __future__ import annotations

import streamlit as st

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.scorecard import Comparison
from ii_vendor.pages.context import choose, current, evaluations, links_with
from ii_vendor.pages.pictures import pictures
from ii_vendor.report.drilldown import reasons_html, section_html


def show() -> None:
    evaluation, content = current()
    st.title("Can operations run without them?", anchor=False)
    if not evaluation.vendors:
        st.info("No vendor has been added yet. Import filled workbooks on the page **Responses**.")
        return
    comparison = evaluations().compare(evaluation)
    drawn = pictures(comparison)
    st.html(drawn.scoreboard)
    st.caption(
        f"Profile “{content.profile.title}”. Ranked by autonomy with missing ratings counted as 0; rejected vendors "
        "have no rank. The two scores are never added or netted."
    )
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Autonomy against red flags", anchor=False)
        st.html(drawn.quadrant)
    with right:
        st.subheader("Autonomy by section", anchor=False)
        st.html(drawn.heatmap)
    _drill_down(evaluation, content, comparison)


def _drill_down(evaluation: Evaluation, content: Content, comparison: Comparison) -> None:
    st.subheader("Where the numbers come from", anchor=False)
    left, right = st.columns(2)
    with left:
        vendor = choose("Vendor", "vendor", {card.vendor: card.name for card in comparison.vendors})
    card = next(card for card in comparison.vendors if card.vendor == vendor)
    with right:
        section = choose("Section", "section", {score.section: score.title for score in card.sections})
    with st.expander(f"{card.name}: why “{card.verdict.outcome.value}”", expanded=len(card.verdict.reasons) <= 5):
        st.html(reasons_html(card))
    address = links_with(evaluation.id, st.session_state.get("person"))
    st.html(section_html(evaluation, content, card, str(section), address))


show()
