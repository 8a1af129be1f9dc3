"""The part of Responses where a person says what a workbook in another layout holds and which of ours it answers."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ii_vendor.intake import ForeignIntake, Intake, MappingDraft
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.pages.context import draw, evaluations, plain, say_next, saying_refusals
from ii_vendor.pages.mapping_import import import_step
from ii_vendor.pages.mapping_questions import questions_step
from ii_vendor.pages.mapping_sheet import sheet_step
from ii_vendor.pages.mapping_work import IMPORT, QUESTIONS, SHEETS, STYLE, Work
from ii_vendor.report.carried_words import kept_words
from ii_vendor.report.crosswalk import summary
from ii_vendor.report.crosswalk_html import standard_html
from ii_vendor.report.mapping_words import progress_words

STEPS = {SHEETS: "1 · Sheets and columns", QUESTIONS: "2 · Questions", IMPORT: "3 · Import"}


def mapped_now(intakes: Sequence[Intake]) -> ForeignIntake | None:
    """The workbook that somebody is just mapping, if there is one among these."""
    key = st.session_state.get("mapping")
    return next((each for each in intakes if isinstance(each, ForeignIntake) and Work(each).key == key), None)


def begin_mapping(intake: ForeignIntake) -> None:
    """Have the page show the mapping of this workbook: first its questions, where there are any."""
    work = Work(intake)
    st.session_state["mapping"] = work.key
    work.go_to(QUESTIONS if work.draft.layout.rows else SHEETS)


def show_standard(draft: MappingDraft) -> None:
    """Which standard questionnaire a workbook is, and what it says on our questions; nothing where it is none."""
    if draft.standard is None:
        return
    st.html(STYLE)
    st.markdown(plain(summary(draft.standard)))
    with st.expander("What it says on our questions"):
        draw(standard_html(draft.standard))


def show_mapping(evaluation: Evaluation, content: Content, intake: ForeignIntake) -> None:
    """The three steps of a mapping. What somebody said stays, whatever else happens on the page."""
    # The files stay chosen behind it; their uploader would only push the sheet down.
    draw("<style>.st-key-files { display: none; }</style>")
    st.html(STYLE)
    _steps(evaluation, content, intake)


@st.fragment
def _steps(evaluation: Evaluation, content: Content, intake: ForeignIntake) -> None:
    work = Work(intake)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Back to the files", icon=":material/arrow_back:", key=work.named("back"), on_click=_leave)
        _keep(work)
    if not st.session_state.get("mapping"):
        st.rerun()
    st.subheader(plain(intake.file.name), anchor=False)
    st.markdown(f"{plain(work.draft.summary)} **{progress_words(work.draft)}.**")
    if work.draft.reused:
        st.caption(plain(f"Read as an earlier workbook like it: {work.draft.reused.mapping.name}."))
    _whose(work)
    step = st.segmented_control(
        "Step",
        list(STEPS),
        format_func=lambda each: STEPS[each],
        key=work.named("step"),
        label_visibility="collapsed",
        required=True,
        persist_state="session",
    )
    if step == SHEETS:
        sheet_step(work)
    elif step == QUESTIONS:
        questions_step(work, content)
    else:
        import_step(work, evaluation, content, intake)


def _whose(work: Work) -> None:
    sides = work.draft.sides
    if len(sides) < 2:
        return
    chosen = st.selectbox(
        "Several vendors stand side by side. Whose answers are taken?",
        sides,
        index=sides.index(work.draft.whose),
        format_func=lambda each: each or "Only the columns that name no vendor",
        key=work.named(f"whose_columns_{work.layouts}_{work.draft.whose}"),
        width=520,
    )
    if chosen != work.draft.whose:
        work.say(work.draft.taking(chosen))


def _leave() -> None:
    st.session_state.pop("mapping", None)


def _keep(work: Work) -> None:
    if st.button(
        "Save for later",
        icon=":material/bookmark:",
        key=work.named("keep"),
        help="Keeps how the sheets are read and what is matched. Drop the file again later to go on.",
    ):
        with saying_refusals():
            evaluations().keep_mapping(work.draft.confirmed(decided_only=True))
            st.toast("Saved.")


def saved_mappings() -> None:
    """Every mapping that was confirmed, to look at and to remove."""
    kept = evaluations().mappings()
    if not kept:
        return
    with st.expander(f"Saved mappings of other workbooks: {len(kept)}"):
        st.caption("A workbook with the same sheets and column titles is read by them, in every evaluation.")
        for each in kept:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"**{plain(each.mapping.name)}** · {plain(kept_words(each))}")
                if st.button("Remove", key=f"forget_{each.key}", type="tertiary", icon=":material/delete:"):
                    with saying_refusals():
                        evaluations().forget_mapping(each.key)
                        say_next(f"The saved mapping of {each.mapping.name} was removed.")
                        st.rerun()
