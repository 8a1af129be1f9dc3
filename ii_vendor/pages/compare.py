"""Compare: autonomy and red flags of all vendors side by side, down to the quoted words."""

from __future__ import annotations

from html import escape

import streamlit as st

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.scorecard import Comparison
from ii_vendor.pages.context import choose, draw, evaluations, links_with
from ii_vendor.pages.pictures import pictures
from ii_vendor.pages.standing import results
from ii_vendor.report.drilldown import reasons_html, section_html


def show() -> None:
    evaluation, content = results()
    st.title("Can operations run without them?", anchor=False)
    if not evaluation.vendors:
        st.info("No vendor has been added yet. Import filled workbooks on the page **Responses**.")
        return
    comparison = evaluations().compare(evaluation)
    drawn = pictures(comparison, evaluation.view)
    note = (
        f"Profile “{escape(content.profile.title)}”. Ranked by autonomy with missing ratings counted as 0; rejected "
        "vendors have no rank. The two scores are never added or netted."
    )
    draw(f'{drawn.scoreboard}<p class="iv-note">{note}</p>{drawn.two}<h2>Where the numbers come from</h2>')
    _drill_down(evaluation, content, comparison)


def _drill_down(evaluation: Evaluation, content: Content, comparison: Comparison) -> None:
    left, right = st.columns(2)
    with left:
        names = {card.vendor: card.name for card in comparison.vendors}
        vendor = choose("Vendor", "vendor", names, next(iter(names)))
    card = next(card for card in comparison.vendors if card.vendor == vendor)
    with right:
        titles = {score.section: score.title for score in card.sections}
        section = choose("Section", "section", titles, next(iter(titles)))
    address = links_with(evaluation.id, st.session_state.get("person"))
    draw(reasons_html(card) + section_html(evaluation, content, card, str(section), address))


show()
