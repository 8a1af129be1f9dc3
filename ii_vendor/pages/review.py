"""Review: one question, all vendors' answers side by side, the rubric in view; rate and decide on red flags."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ii_vendor.evaluations import still_said
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation, Flag, FlagState, Rating, Vendor
from ii_vendor.model.response import Answer
from ii_vendor.model.rubric import EvidenceGrade, Rubric, Severity
from ii_vendor.pages.context import choose, current, evaluations, say_next, say_now, saying_refusals
from ii_vendor.report.answers import answer_html

NOT_APPLICABLE = "n/a"
LEVELS = ["0", "1", "2", "3", "4", NOT_APPLICABLE]
COLUMNS = 4


def show() -> None:
    say_now()
    evaluation, content = current()
    question = _pick(content, evaluation)
    asked = content.questions[question]
    st.title(f"{asked.id} {asked.title}", anchor=False)
    st.markdown(asked.text)
    _rubric(content.rubric[question], content.reading)
    if not evaluation.vendors:
        st.info("No vendor has been added yet. Import filled workbooks on the page **Responses**.")
        return
    for start in range(0, len(evaluation.vendors), COLUMNS):
        vendors = evaluation.vendors[start : start + COLUMNS]
        with st.container(key=f"vendors_{start}"):
            for column, vendor in zip(st.columns(len(vendors), gap="medium", border=True), vendors, strict=True):
                with column:
                    _vendor(evaluation, content, vendor, question)


def _pick(content: Content, evaluation: Evaluation) -> str:
    titles = {question.id: f"{question.id} {question.title}" for question in content.questions.values()}
    ids = list(titles)
    with st.container(horizontal=True, vertical_alignment="center"):
        before = st.empty()
        chosen = choose("Question", "question", titles, width=420, named=False) or ids[0]
        here = ids.index(chosen)
        _step(before, "Previous", "Left", ids[here - 1] if here else None)
        _step(st.empty(), "Next", "Right", ids[here + 1] if here + 1 < len(ids) else None)
        _progress(evaluation, content)
    return chosen


def _step(place: DeltaGenerator, label: str, shortcut: str, question: str | None) -> None:
    place.button(
        label, shortcut=shortcut, disabled=question is None, on_click=_go, args=(question,), key=f"step_{label}"
    )


def _go(question: str) -> None:
    st.query_params["question"] = question


def _progress(evaluation: Evaluation, content: Content) -> None:
    person = st.session_state.get("person")
    total = len(content.questions) * len(evaluation.vendors)
    done = sum(evaluator == person for _, _, evaluator in evaluation.ratings)
    if person and total:
        st.caption(f"{person} has rated {done} of {total} answers.")


def _rubric(rubric: Rubric, reading: Sequence[str]) -> None:
    cards = "".join(f"<div><b>{level}</b>{escape(rubric.levels[level])}</div>" for level in sorted(rubric.levels))
    st.html(f'<div class="iv-levels" aria-label="Levels">{cards}</div>')
    with st.expander("Red flags, good signs, how to verify, contract clause"):
        left, right = st.columns(2, gap="large")
        with left:
            st.markdown(f"**Why it matters.** {rubric.rationale}")
            st.markdown("**Red flags**")
            for rule in rubric.red_flags:
                gate = ", rejects the vendor" if rule.gate else ""
                st.markdown(f"- {rule.statement} *({rule.severity.value}{gate})*")
            st.markdown("**Good signs**\n" + "\n".join(f"- {sign}" for sign in rubric.good_signs))
        with right:
            if reading:
                st.markdown("**How to read an answer**\n" + "\n".join(f"- {rule}" for rule in reading))
            st.markdown(f"**How to verify.** {rubric.verify}")
            st.markdown(f"**Contract clause.** {rubric.clause}")
            if rubric.exemplars:
                st.markdown(f"**A typical red flag.** “{rubric.exemplars.red_flag}”")
                st.markdown(f"**A typical good answer.** “{rubric.exemplars.good}”")
            if rubric.references:
                st.caption("Related: " + "; ".join(rubric.references))


def _vendor(evaluation: Evaluation, content: Content, vendor: Vendor, question: str) -> None:
    """Three blocks, so that style.css can keep them level across the vendors: the answer, the rating, the flags."""
    received = evaluation.received(vendor.id)
    answer = received.response.answer(question) if received else None
    with st.container(key=f"answer_{vendor.id}"):
        st.subheader(vendor.name, anchor=False)
        if received is None or answer is None:
            st.caption("No response yet.")
            return
        found = [finding for finding in received.findings if finding.question == question]
        st.html(answer_html(answer, found))
        if answer.answered and not found:
            st.caption("No known wording recognised. That is neither good nor bad: read it and ask.")
        for reason in dict.fromkeys(finding.reason for finding in found if finding.polarity == "good"):
            st.html(f'<p class="iv-finding">✓ <b>Good sign:</b> {escape(reason)}</p>')
    with st.container(key=f"rating_{vendor.id}"):
        _rate(evaluation, vendor, question)
        _others(evaluation, vendor, question)
    with st.container(key=f"flags_{vendor.id}"):
        for flag in evaluation.flags_of(vendor.id, question):
            _flag(evaluation, flag, answer)
        _raise(evaluation, content, vendor, question)


def _rate(evaluation: Evaluation, vendor: Vendor, question: str) -> None:
    person = st.session_state.get("person")
    if not person:
        st.caption("Add somebody to the panel on the page **Evaluations** to rate.")
        return
    mine = evaluation.ratings.get((vendor.id, question, person))
    key = f"{evaluation.id}_{vendor.id}_{question}_{person}_{mine.at.isoformat() if mine else 'new'}"
    with st.form(f"rate_{key}", border=False):
        level = st.segmented_control(
            f"Level, by {person}", LEVELS, default=_shown(mine), key=f"level_{key}", width="stretch"
        )
        grades = list(EvidenceGrade)
        grade = st.selectbox(
            "What stands behind it",
            grades,
            index=grades.index(mine.grade) if mine else 0,
            format_func=lambda value: value.value,
            key=f"grade_{key}",
        )
        reason = st.text_area("Reason", mine.reason if mine else "", height=90, key=f"reason_{key}")
        quote = st.text_input("Quoted words (optional)", mine.quote if mine else "", key=f"quote_{key}")
        if st.form_submit_button("Save the rating", key=f"save_{key}", type="primary", width="stretch"):
            with saying_refusals():
                if level is None:
                    st.error("Choose a level first.")
                    return
                given = None if level == NOT_APPLICABLE else int(level)
                evaluations().rate(
                    evaluation.id, person, vendor.id, question, given, grade=grade, reason=reason, quote=quote
                )
                say_next(f"Saved: {vendor.name}, {question}, {level}.")
                st.rerun()


def _shown(rating: Rating | None) -> str | None:
    if rating is None:
        return None
    return NOT_APPLICABLE if rating.level is None else str(rating.level)


def _others(evaluation: Evaluation, vendor: Vendor, question: str) -> None:
    person = st.session_state.get("person")
    received = evaluation.received(vendor.id)
    for rating in evaluation.ratings_of(vendor.id, question):
        older = (
            " (on an earlier version of the response)"
            if received and rating.response_version < received.version
            else ""
        )
        if rating.evaluator != person:
            st.caption(f"**{rating.evaluator}: {_shown(rating)}**, {rating.grade.value}{older}. {rating.reason}")


def _flag(evaluation: Evaluation, flag: Flag, answer: Answer) -> None:
    gate = " · gate" if flag.gate else ""
    with st.container(border=True, key=f"flag_{evaluation.id}_{flag.id}"):
        st.markdown(
            f":material/flag: **{flag.state.value.capitalize()}** · {flag.severity.value}{gate}  \n{flag.statement}"
        )
        for quote in flag.quotes:
            words = f"<blockquote>{escape(quote.text)}</blockquote>" if quote.text else ""
            st.html(f'<div class="iv-finding">{words}{escape(quote.reason)}</div>')
        if not still_said(flag, answer):
            st.caption("These words are no longer in the newest response: look again.")
        if flag.ask:
            st.caption(f"Ask: {flag.ask}")
        if flag.decisions:
            last = flag.decisions[-1]
            owner = f" Risk owned by {last.owner}." if last.owner else ""
            st.caption(f"{last.by}, {last.at:%d %b %Y}: {last.reason}{owner}")
        _decide(evaluation, flag)


def _decide(evaluation: Evaluation, flag: Flag) -> None:
    key = f"{evaluation.id}_{flag.id}_{len(flag.decisions)}"
    states = [state for state in FlagState if state is not FlagState.raised]
    with st.popover("Decide", key=f"decide_{key}", width="stretch"), st.form(f"decide_form_{key}", border=False):
        state = st.radio("Decision", states, format_func=lambda value: value.value, key=f"state_{key}")
        reason = st.text_area("Reason", key=f"why_{key}", height=90)
        owner = st.text_input("Who owns the risk (only to accept)", key=f"owner_{key}")
        if st.form_submit_button("Record the decision", key=f"record_{key}", type="primary"):
            with saying_refusals():
                evaluations().decide_flag(evaluation.id, flag.id, state, reason=reason, owner=owner)
                say_next(f"Recorded: {state.value}.")
                st.rerun()


def _raise(evaluation: Evaluation, content: Content, vendor: Vendor, question: str) -> None:
    raised = {flag.rule for flag in evaluation.flags_of(vendor.id, question)}
    rules = {rule.id: rule for rule in content.rubric[question].red_flags if rule.id not in raised}
    key = f"{evaluation.id}_{vendor.id}_{question}_{len(raised)}"
    own = "My own words"
    with (
        st.popover("Raise a red flag", key=f"raise_{key}", width="stretch"),
        st.form(f"raise_form_{key}", border=False),
    ):
        rule = st.selectbox(
            "Which",
            [*rules, own],
            format_func=lambda item: rules[item].statement if item in rules else own,
            key=f"rule_{key}",
        )
        statement = st.text_input("My own words", key=f"statement_{key}")
        severity = st.selectbox(
            "Severity of my own", list(Severity), index=1, format_func=lambda value: value.value, key=f"severity_{key}"
        )
        quote = st.text_input("Quoted words (optional)", key=f"flagquote_{key}")
        if st.form_submit_button("Raise", key=f"raisego_{key}"):
            with saying_refusals():
                chosen = "" if rule == own else str(rule)
                evaluations().raise_flag(
                    evaluation.id,
                    vendor.id,
                    question,
                    rule=chosen,
                    statement=statement,
                    severity=severity or Severity.major,
                    quote=quote,
                )
                st.rerun()


show()
