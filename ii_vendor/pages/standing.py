"""What stands before a page's own content: the declaration that comes first, and what is withheld."""

from __future__ import annotations

import streamlit as st

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.seat import Evaluator
from ii_vendor.pages.context import current, draw
from ii_vendor.pages.declaring import declare_first
from ii_vendor.pages.visitor import looking
from ii_vendor.report.withheld_words import figures_words


def opened() -> tuple[Evaluation, Content]:
    """The evaluation of this page and its content, once the seat of whoever looks has declared its interests. Without
    that, the page shows the declaration and ends."""
    evaluation, content = current()
    declare_first(evaluation, my_seat(evaluation))
    return evaluation, content


def results() -> tuple[Evaluation, Content]:
    """The same for a page of results, which says when some ratings are not in them."""
    evaluation, content = opened()
    say_what_is_missing(evaluation)
    if evaluation.vendors and len(evaluation.closed_vendors) == len(evaluation.vendors):
        st.info("All vendors are closed to you, so there is nothing to show here.")
        st.stop()
    return evaluation, content


def my_seat(evaluation: Evaluation) -> Evaluator | None:
    """The seat of whoever looks: that of their link, or at this computer the one chosen in the bar."""
    person: str | None = st.session_state.get("person")
    return evaluation.seat(person) if person else None


def is_facilitator() -> bool:
    """Whether whoever looks may prepare, invite, and open and close stages."""
    return looking().facilitates


def say_what_is_missing(evaluation: Evaluation) -> None:
    """Say whose ratings are not in what this page shows."""
    for line in figures_words(evaluation, my_seat(evaluation)):
        draw(f'<p class="iv-notice">{line}</p>')
