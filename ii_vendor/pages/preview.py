"""The part of Responses that shows what was read, before any of it is accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from ii_vendor.errors import UserError
from ii_vendor.intake import changes
from ii_vendor.model.content import Content
from ii_vendor.model.intake import Change, Intake
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.response import Problem
from ii_vendor.pages.context import draw, evaluations, plain, say_next
from ii_vendor.receipt import doubts
from ii_vendor.report.answers import answer_html
from ii_vendor.rules import find_vendor

SIGNS = {"error": ":material/error:", "warning": ":material/warning:", "note": ":material/info:"}


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


def _plainly_good(intake: Intake) -> bool:
    warned = any(problem.severity == "warning" for problem in intake.problems)
    return intake.response is not None and bool(intake.response.vendor.strip()) and not warned


def _one(evaluation: Evaluation, content: Content, intake: Intake, index: int) -> None:
    response = intake.response
    if response is None:
        st.markdown(f"**{plain(intake.file.name)}** cannot be accepted as it is. Nothing was imported from it.")
        _problems(intake.problems)
        return
    answered = sum(answer.answered for answer in response.answers)
    name = plain(response.vendor or "Vendor not named")
    of = len(content.questions)
    st.markdown(f"**{name}** answered **{answered} of {of}** questions · {plain(intake.file.name)}")
    _problems(intake.problems)
    whose = _whose(evaluation, response.vendor, f"{intake.file.sha256}_{index}")
    vendor = find_vendor(evaluation, whose) if whose else None
    if whose and vendor is None:
        st.info(plain(f"{whose} is new in this evaluation and will be added."))
    if vendor:
        _problems(list(doubts(evaluation, vendor.id, response)))
    received = evaluation.received(vendor.id) if vendor else None
    if received:
        found = changes(received.response, response)
        st.markdown(f"Version {received.version} is here already. Differences: {len(found)}.")
        show_changes(found, f"Version {received.version}", "This file")
    with st.expander("Look at the answers"):
        for answer in response.answers:
            title = escape(content.questions[answer.question].title)
            draw(f"<p><b>{answer.question}</b> {title}</p>{answer_html(answer, ())}")
    if st.button("Accept this response", key=f"accept_{index}", type="primary", disabled=not whose):
        _accept(evaluation, [intake], {intake.file.sha256: whose})


def _whose(evaluation: Evaluation, named: str, key: str) -> str:
    """Whose response it is: the vendor that the file names, unless a person knows better."""
    known = find_vendor(evaluation, named)
    names = [vendor.name for vendor in evaluation.vendors]
    first = known.name if known else named.strip()
    options = names if not first or first in names else [first, *names]
    chosen = st.selectbox(
        "Whose response is this?",
        options,
        index=options.index(first) if first else None,
        key=f"whose_{evaluation.id}_{key}",
        placeholder="Choose a vendor, or type the name of a new one",
        accept_new_options=True,
    )
    return (chosen or "").strip()


def _problems(problems: Sequence[Problem]) -> None:
    for problem in problems:
        said = " ".join(part for part in (problem.place, problem.message, problem.remedy) if part)
        st.markdown(f"{SIGNS[problem.severity]} {plain(said)}")


def show_changes(found: Sequence[Change], before: str, after: str) -> None:
    """Each difference with both wordings side by side."""
    for change in found:
        old, new = escape(change.old) or "(empty)", escape(change.new) or "(empty)"
        part = "" if change.part == "answer" else f", {change.part}"
        draw(
            f'<div class="iv-answer"><p><b>{escape(change.question)}{part}: {change.kind}</b></p><div class="iv-two">'
            f"<div><small>{before}</small><p>{old}</p></div><div><small>{after}</small><p>{new}</p></div></div></div>"
        )


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
