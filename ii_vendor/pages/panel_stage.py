"""The part of Panel that shows the stage, and goes on to the next one or back."""

from __future__ import annotations

import streamlit as st

from ii_vendor.model.panel import Evaluation
from ii_vendor.model.seat import Stage
from ii_vendor.pages.context import draw, evaluations, plain
from ii_vendor.pages.drafts import Draft
from ii_vendor.report.stage_words import GOING_ON, MEANS, THEN, going_back, neighbours, stages_html


def show_stage(evaluation: Evaluation, *, can_change: bool) -> None:
    """Show the line of stages; with ``can_change`` also how to leave the present one."""
    draw(stages_html(evaluation.stage))
    st.markdown(MEANS[evaluation.stage])
    if not can_change:
        return
    before, after = neighbours(evaluation.stage)
    with st.container(horizontal=True, gap="small"):
        if after is not None:
            _go_on(evaluation, after)
        if before is not None:
            _go_back(evaluation, before)


def _go_on(evaluation: Evaluation, stage: Stage) -> None:
    left = evaluations().unfinished(evaluation, stage)
    draft = _draft(evaluation, stage)
    label = GOING_ON[stage]
    with (
        st.popover(label, type="primary", icon=":material/arrow_forward:", width=280),
        st.form(f"go_{draft.key}", border=False),
    ):
        draft.tell()
        st.write(THEN[stage])
        if left:
            st.markdown("**Still open**\n" + "\n".join(f"- {plain(line)}" for line in left))
        asked = "Reason for going on all the same" if left else "Remark (optional)"
        reason = st.text_input(asked, key=f"reason_{draft.key}")
        if st.form_submit_button(label, key=f"stage_{draft.key}", type="primary"):
            _go(evaluation, stage, reason, draft)


def _go_back(evaluation: Evaluation, stage: Stage) -> None:
    draft = _draft(evaluation, stage)
    label = going_back(evaluation.stage, stage)
    with st.popover(label, icon=":material/undo:", width=280), st.form(f"go_{draft.key}", border=False):
        draft.tell()
        st.write("Everything that was recorded stays. The record says who went back, and why.")
        reason = st.text_input("Reason", key=f"reason_{draft.key}")
        if st.form_submit_button(label, key=f"stage_{draft.key}"):
            _go(evaluation, stage, reason, draft)


def _draft(evaluation: Evaluation, stage: Stage) -> Draft:
    return Draft(f"stage_{evaluation.id}_{evaluation.stage.value}_{stage.value}", evaluation, "reason", empties=True)


def _go(evaluation: Evaluation, stage: Stage, reason: str, draft: Draft) -> None:
    with draft.saving(f"The stage is {stage.value} now."):
        evaluations().go_to(evaluation.id, stage, reason=reason, seen=draft.seen)
