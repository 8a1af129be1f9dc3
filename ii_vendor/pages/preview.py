"""The part of Responses that shows what was read, before any of it is accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from ii_vendor.errors import UserError
from ii_vendor.intake import ForeignIntake, Intake
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.pages.beside import show_beside
from ii_vendor.pages.context import draw, evaluations, plain, say_next
from ii_vendor.pages.intake_parts import about_vendor, show_problems
from ii_vendor.pages.mapping import begin_mapping, show_standard
from ii_vendor.pages.mapping_work import Work, forget_work
from ii_vendor.report.answers import answer_html
from ii_vendor.report.carried_words import carried_words
from ii_vendor.report.mapping_words import progress_words
from ii_vendor.rules import find_vendor


def preview(evaluation: Evaluation, content: Content, intakes: Sequence[Intake]) -> None:
    """Show every file with its problems; those that can be accepted, to accept. Files already accepted are left out."""
    for line in st.session_state.get("outcome", ()):
        st.warning(plain(line))
    accepted: set[str] = st.session_state.setdefault("accepted", set())
    waiting = [intake for intake in intakes if intake.file.sha256 not in accepted]
    if not waiting:
        forget_preview()
        st.session_state["drop_round"] += 1
        st.rerun()
    plainly_good = [intake for intake in waiting if _plainly_good(intake)]
    if len(plainly_good) > 1:
        label = f"Accept all {len(plainly_good)} responses"
        label += "" if len(plainly_good) == len(waiting) else " that have no warnings"
        if st.button(label, type="primary", key="accept_all"):
            _accept(evaluation, plainly_good, {})
    for index, intake in enumerate(waiting):
        with st.container(border=True):
            _one(evaluation, content, intake, index)


def forget_preview() -> None:
    """Let go of what was read and of what became of it."""
    for key in ("intakes", "accepted", "outcome"):
        st.session_state.pop(key, None)
    forget_work()


def _plainly_good(intake: Intake) -> bool:
    warned = any(problem.severity == "warning" for problem in intake.problems)
    return intake.response is not None and bool(intake.response.vendor.strip()) and not warned


def _one(evaluation: Evaluation, content: Content, intake: Intake, index: int) -> None:
    response = intake.response
    if response is None:
        if isinstance(intake, ForeignIntake):
            _to_map(intake, index)
            return
        st.markdown(f"**{plain(intake.file.name)}** cannot be accepted as it is. Nothing was imported from it.")
        show_problems(intake.problems)
        return
    answered = sum(answer.answered for answer in response.answers)
    name = plain(response.vendor or "Vendor not named")
    of = len(content.questions)
    st.markdown(f"**{name}** answered **{answered} of {of}** questions · {plain(intake.file.name)}")
    if response.carried:
        st.markdown(plain(carried_words(response.carried)))
    show_problems(intake.problems)
    whose = about_vendor(evaluation, response, f"{intake.file.sha256}_{index}")
    with st.expander("Look at the answers"):
        for answer in response.answers:
            title = escape(content.questions[answer.question].title)
            draw(f"<p><b>{answer.question}</b> {title}</p>{answer_html(answer, ())}")
    show_beside(response.attachments, f"beside_{index}")
    with st.container(horizontal=True):
        accepted = st.button("Accept this response", key=f"accept_{index}", type="primary", disabled=not whose)
        if isinstance(intake, ForeignIntake):
            st.button("Look at the mapping", key=f"map_{index}", on_click=begin_mapping, args=(intake,))
    if accepted:
        _accept(evaluation, [intake], {intake.file.sha256: whose})


def _to_map(intake: ForeignIntake, index: int) -> None:
    """A workbook in another layout, before a person has said what it holds."""
    draft = Work(intake).draft
    st.markdown(f"**{plain(intake.file.name)}** · {plain(draft.summary)}")
    if draft.layout.rows:
        st.markdown(plain(f"{progress_words(draft)}."))
        show_standard(draft)
    else:
        st.markdown("If it holds answers, you can show where they stand.")
    st.button("Map it to our questions", key=f"map_{index}", type="primary", on_click=begin_mapping, args=(intake,))


def _accept(evaluation: Evaluation, intakes: Sequence[Intake], names: Mapping[str, str]) -> None:
    """Accept each file on its own, and say of each that was refused which one it is and why."""
    # The news of the first accepted file draws the page anew, and ends this run where it next asks Streamlit for
    # something: nothing is asked for before the last file.
    service, accepted = evaluations(), st.session_state["accepted"]
    outcome: list[str] = st.session_state.setdefault("outcome", [])
    outcome.clear()
    before = len(accepted)
    for intake in intakes:
        assert intake.response is not None
        whose = names.get(intake.file.sha256, intake.response.vendor)
        vendor = find_vendor(evaluation, whose)
        named = intake.response if vendor else intake.response.model_copy(update={"vendor": whose})
        try:
            service.accept_response(evaluation.id, named, intake.original, vendor=vendor.id if vendor else None)
        except UserError as refusal:
            outcome.append(str(refusal) if intake.file.name in str(refusal) else f"{intake.file.name}: {refusal}")
        else:
            accepted.add(intake.file.sha256)
    if done := len(accepted) - before:
        say_next(f"{done} response{'s' if done != 1 else ''} accepted.")
    st.rerun()
