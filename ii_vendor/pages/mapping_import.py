"""The third step of a mapping: what will be imported, whose it is, and the mapping remembered."""

from __future__ import annotations

from html import escape

import streamlit as st

from ii_vendor.errors import UserError
from ii_vendor.intake import ForeignIntake
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.pages.beside import show_beside
from ii_vendor.pages.context import draw, evaluations, plain, say_next
from ii_vendor.pages.intake_parts import about_vendor, show_problems
from ii_vendor.pages.mapping_work import Work
from ii_vendor.report.answers import answer_html
from ii_vendor.report.carried_words import carried_words
from ii_vendor.report.phrases import listed
from ii_vendor.rules import find_vendor


def import_step(work: Work, evaluation: Evaluation, content: Content, intake: ForeignIntake) -> None:
    """Look once more, then accept."""
    draft = work.draft
    response = draft.response("")
    answered = sum(answer.answered for answer in response.answers)
    st.markdown(f"Answers **{answered} of {len(content.questions)}** of our questions.")
    if response.carried:
        st.markdown(plain(carried_words(response.carried)))
    left = sum(each.state == "check" for each in draft.standing)
    if left:
        st.warning(
            f"{left} suggestion{'s are' if left > 1 else ' is'} not confirmed. What was answered there is kept beside, "
            "and carried to none of our questions."
        )
    named = response.model_copy(update={"vendor": draft.whose})
    whose = about_vendor(evaluation, named, f"{work.key}_{draft.whose}")
    if len(draft.sides) > 1 and whose and whose != draft.whose:
        st.warning(plain(f"These answers stand in the columns of {draft.whose or 'no named vendor'}, not of {whose}."))
    show_problems(response.problems)
    with st.expander("Look at the answers"):
        for answer in response.answers:
            title = escape(content.questions[answer.question].title)
            draw(f"<p><b>{answer.question}</b> {title}</p>{answer_html(answer, ())}")
    show_beside(response.attachments, work.named("beside"))
    key = work.named("remember")
    st.session_state[key] = st.session_state.get(key, True)
    remember = st.checkbox("Remember this for the next workbook like it, in every evaluation", key=key)
    if not answered:
        st.caption("Nothing is carried to any of our questions yet: match some in the second step.")
    if st.button("Accept this response", key=work.named("accept"), type="primary", disabled=not (whose and answered)):
        vendor = find_vendor(evaluation, whose)
        named = response.model_copy(update={"vendor": whose})
        try:
            evaluations().accept_mapped(
                evaluation.id,
                named,
                intake.original,
                vendor=vendor.id if vendor else None,
                remember=draft.confirmed() if remember else None,
            )
        except UserError as refusal:
            st.error(plain(str(refusal)))
            return
        st.session_state["mapped_anew"] = remember
        _go_on(work, intake)
        st.rerun()


def _go_on(work: Work, intake: ForeignIntake) -> None:
    """Where vendors stand side by side, take up the next of them; else back to the files."""
    draft, key = work.draft, work.named("taken")
    taken = st.session_state[key] = {*st.session_state.get(key, ()), draft.whose}
    left = [side for side in draft.sides if side and side not in taken]
    if left:
        say_next(f"1 response accepted. This workbook also holds answers of {listed(left)}.")
        work.draft = draft.taking(left[0])
        return
    st.session_state.setdefault("accepted", set()).add(intake.file.sha256)
    st.session_state.pop("mapping", None)
    say_next("1 response accepted.")
