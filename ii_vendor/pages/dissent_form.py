"""The form in which a member of the panel puts on record not to share a consensus."""

from __future__ import annotations

import streamlit as st

from ii_vendor.model.panel import Evaluation
from ii_vendor.model.scorecard import QuestionScore
from ii_vendor.model.seat import Evaluator, Stage
from ii_vendor.pages.context import evaluations, plain
from ii_vendor.pages.drafts import Draft
from ii_vendor.pages.review_rating import LEVELS, level_meant
from ii_vendor.pages.standing import my_seat
from ii_vendor.pages.visitor import looking
from ii_vendor.rules.stages import raters


def dissent(evaluation: Evaluation, score: QuestionScore, vendor: str) -> None:
    """Say which level one would give in place of the consensus, and why."""
    people = _may_dissent(evaluation, vendor)
    if evaluation.stage is not Stage.moderation or not people:
        return
    draft = Draft(f"dissent_{evaluation.id}_{vendor}_{score.question}", evaluation, "reason", empties=True)
    draft.tell()
    with (
        st.popover("I do not share it" if len(people) == 1 else "Somebody does not share it", width="stretch"),
        st.form(f"form_{draft.key}", border=False),
    ):
        who = people[0]
        if len(people) > 1:
            who = st.selectbox("Who", people, format_func=plain, key=f"who_{draft.key}")
        level = st.segmented_control("Level instead", LEVELS, key=f"level_{draft.key}", width="stretch")
        reason = st.text_area("Why", height=90, key=f"reason_{draft.key}")
        if st.form_submit_button("Put it on record", key=f"record_{draft.key}", type="primary"):
            if level is None:
                st.error("Choose the level that you would give.")
                return
            with draft.saving("It is on record."):
                evaluations().dissent(
                    evaluation.id, who, vendor, score.question, level_meant(level), reason=reason, seen=draft.seen
                )


def _may_dissent(evaluation: Evaluation, vendor: str) -> list[str]:
    """For whom whoever looks may speak here: their own seat, at this computer any that nobody has taken."""
    mine = my_seat(evaluation)
    if mine is None and looking().here:
        people = [seat for seat in raters(evaluation) if seat.name not in evaluation.taken]
    else:
        people = [seat for seat in raters(evaluation) if seat == mine]
    return [seat.name for seat in people if _impartial(evaluation, seat, vendor)]


def _impartial(evaluation: Evaluation, seat: Evaluator, vendor: str) -> bool:
    declared = evaluation.declarations.get(seat.name)
    return declared is not None and declared.clears(vendor)
