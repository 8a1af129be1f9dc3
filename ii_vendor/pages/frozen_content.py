"""The part of Evaluations that shows what an evaluation is judged by, and adopts changed rubrics with a reason."""

from __future__ import annotations

import streamlit as st

from ii_vendor.library import ContentError
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.seat import Stage
from ii_vendor.pages.context import evaluations, library, plain, say_next, saying_refusals
from ii_vendor.pages.standing import is_facilitator
from ii_vendor.report.content_words import effect_lines
from ii_vendor.report.measurement_words import signal_method_lines

SHOWN = 12
"""As many differences are listed before the rest is folded."""


def show_content(evaluation: Evaluation) -> None:
    """Tell whether the content folder still says what this evaluation froze; if not, what is different and what that
    would do, to adopt."""
    frozen = evaluations().content(evaluation)
    st.subheader("What it is judged by", anchor=False)
    st.caption(
        f"Questions, rubrics and signals were frozen when this evaluation began, as `{frozen.hash[:12]}`. Editing the "
        "files later changes nothing here until somebody adopts it, with a reason."
    )
    with st.expander("How red flags are found, and how often that is right"):
        for line in signal_method_lines(frozen.signals):
            st.markdown(plain(line))
    try:
        other = library().content([each.id for each in frozen.questionnaires])
    except ContentError:
        st.caption("The content folder does not have all that this evaluation asks, so there is nothing to adopt.")
        return
    effect = evaluations().content_effect(evaluation, other)
    if not effect.changes:
        st.markdown(":material/check: The content folder says the same.")
        return
    _differences(effect.changes)
    st.markdown("**What that would do**")
    for line in effect_lines(effect.now, effect.then):
        st.markdown(f"- {plain(line)}")
    if is_facilitator() and evaluation.stage is not Stage.locked:
        _adopt(evaluation, other)


def _differences(changes: tuple[str, ...]) -> None:
    st.markdown(f"**Different in the content folder: {len(changes)}**")
    for line in changes[:SHOWN]:
        st.markdown(f"- {plain(line)}")
    if len(changes) > SHOWN:
        with st.expander(f"{len(changes) - SHOWN} more"):
            for line in changes[SHOWN:]:
                st.markdown(f"- {plain(line)}")


def _adopt(evaluation: Evaluation, other: Content) -> None:
    with st.form(f"adopt_content_{evaluation.id}_{evaluation.content_hash}", border=False):
        reason = st.text_input("Why it should count here", key=f"content_reason_{evaluation.id}")
        if st.form_submit_button("Adopt the changed content"):
            with saying_refusals():
                evaluations().adopt_content(evaluation.id, other, reason=reason)
                say_next("Adopted. The record says what changed and why.")
                st.rerun()
