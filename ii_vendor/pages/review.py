"""Review: one question, all vendors' answers side by side, the rubric in view; rate and decide on red flags."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ii_vendor.detect import language_note
from ii_vendor.evaluations import still_said
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Discipline, Evaluation, Flag, FlagState, Rating
from ii_vendor.model.response import Answer, Finding
from ii_vendor.model.rubric import EvidenceGrade, Severity
from ii_vendor.model.scorecard import QuestionScore, Scorecard
from ii_vendor.pages.context import choose, current, draw, evaluations, plain, say_next, say_now, saying_refusals
from ii_vendor.report.answers import answer_html
from ii_vendor.report.rubric import flag_html, levels_html, rubric_html

NOT_APPLICABLE = "n/a"
LEVELS = ["0", "1", "2", "3", "4", NOT_APPLICABLE]
COLUMNS = 4


def show() -> None:
    say_now()
    evaluation, content = current()
    question = _pick(content, evaluation)
    asked = content.questions[question]
    st.title(plain(f"{asked.id} {asked.title}"), anchor=False)
    st.markdown(plain(asked.text))
    draw(levels_html(content.rubric[question]))
    with st.expander("Red flags, good signs, how to verify, contract clause"):
        draw(rubric_html(content.rubric[question], content.reading))
    if not evaluation.vendors:
        st.info("No vendor has been added yet. Import filled workbooks on the page **Responses**.")
        return
    cards = evaluations().compare(evaluation).vendors
    for start in range(0, len(cards), COLUMNS):
        shown = cards[start : start + COLUMNS]
        with st.container(key=f"vendors_{start}"):
            for column, card in zip(st.columns(len(shown), gap="medium", border=True), shown, strict=True):
                with column:
                    _vendor(evaluation, content, card, question)


def _pick(content: Content, evaluation: Evaluation) -> str:
    titles = {question.id: f"{question.id} {question.title}" for question in content.questions.values()}
    ids = list(titles)
    with st.container(horizontal=True, vertical_alignment="center"):
        before = st.empty()
        chosen = choose("Question", "question", titles, ids[0], width=420, named=False) or ids[0]
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
        st.caption(plain(f"{person} has rated {done} of {total} answers."))


def _vendor(evaluation: Evaluation, content: Content, card: Scorecard, question: str) -> None:
    """Three blocks, so that style.css can keep them level across the vendors: the answer, the rating, the flags."""
    received = evaluation.received(card.vendor)
    answer = received.response.answer(question) if received else None
    with st.container(key=f"answer_{card.vendor}"):
        st.subheader(plain(card.name), anchor=False)
        if received is None or answer is None:
            st.caption("No response yet.")
            return
        found = [finding for finding in received.findings if finding.question == question]
        draw(answer_html(answer, found) + _signs(found, answer))
    score = card.question(question)
    with st.container(key=f"rating_{card.vendor}"):
        _rate(evaluation, card, score)
        _others(score)
    with st.container(key=f"flags_{card.vendor}"):
        for flag in score.flags:
            with st.container(border=True, key=f"flag_{evaluation.id}_{flag.id}"):
                draw(flag_html(flag, gone=not still_said(flag, answer)))
                _decide(evaluation, flag)
        _raise(evaluation, content, card.vendor, question)


def _signs(found: Sequence[Finding], answer: Answer) -> str:
    good = dict.fromkeys((finding.reason, bool(finding.modifiers)) for finding in found if finding.polarity == "good")
    signs = [f"{'◐ <b>Partly:</b>' if weak else '✓ <b>Good sign:</b>'} {escape(reason)}" for reason, weak in good]
    notes = dict.fromkeys(note for cell in answer.cells if (note := language_note(cell.text)))
    signs += [f"<b>{escape(note.capitalize())}.</b> Read it yourself." for note in notes]
    if answer.answered and not signs and not found:
        signs.append("No known wording recognised. That is neither good nor bad: read it and ask.")
    return "".join(f'<p class="iv-finding">{sign}</p>' for sign in signs)


def _rate(evaluation: Evaluation, card: Scorecard, score: QuestionScore) -> None:
    person = st.session_state.get("person")
    if not person:
        st.info("To rate, choose above who you are." if evaluation.evaluators else "To rate, add people to the panel.")
        return
    if any(member.name == person and member.discipline is Discipline.observer for member in evaluation.evaluators):
        st.info("You are on the panel as an observer, and observers do not rate.")
        return
    question = score.question
    mine = evaluation.ratings.get((card.vendor, question, person))
    key = f"{evaluation.id}_{card.vendor}_{question}_{person}_{mine.at.isoformat() if mine else 'new'}"
    if person in score.stale:
        st.warning("The vendor has changed this answer since you rated it. Read it again and save.")
    with st.form(f"rate_{key}", border=False):
        level = st.segmented_control(
            f"Level, by {plain(person)}", LEVELS, default=_shown(mine), key=f"level_{key}", width="stretch"
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
                    evaluation.id, person, card.vendor, question, given, grade=grade, reason=reason, quote=quote
                )
                say_next(f"Saved: {card.name}, {question}, {level}.")
                st.rerun()


def _shown(rating: Rating | None) -> str | None:
    if rating is None:
        return None
    return NOT_APPLICABLE if rating.level is None else str(rating.level)


def _others(score: QuestionScore) -> None:
    person = st.session_state.get("person")
    given = [rating for rating in score.ratings if rating.evaluator != person]
    said = "".join(
        f"<p><b>{escape(rating.evaluator)}: {_shown(rating)}</b>, {rating.grade.value}"
        f"{', on an earlier answer' if rating.evaluator in score.stale else ''}. {escape(rating.reason)}</p>"
        for rating in given
    )
    if said:
        draw(f'<div class="iv-finding iv-quiet">{said}</div>')


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


def _raise(evaluation: Evaluation, content: Content, vendor: str, question: str) -> None:
    raised = {flag.rule for flag in evaluation.flags_of(vendor, question)}
    rules = {rule.id: rule for rule in content.rubric[question].red_flags if rule.id not in raised}
    key = f"{evaluation.id}_{vendor}_{question}_{len(raised)}"
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
        gate = st.checkbox("My own is a gate: it rejects the vendor while it stands", key=f"gate_{key}")
        quote = st.text_input("Quoted words (optional)", key=f"flagquote_{key}")
        if st.form_submit_button("Raise", key=f"raisego_{key}"):
            with saying_refusals():
                chosen = "" if rule == own else str(rule)
                evaluations().raise_flag(
                    evaluation.id,
                    vendor,
                    question,
                    rule=chosen,
                    statement=statement,
                    severity=severity or Severity.major,
                    gate=gate,
                    quote=quote,
                )
                st.rerun()


show()
