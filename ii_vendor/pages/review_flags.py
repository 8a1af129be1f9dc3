"""One red flag with its whole life: raised, decided, signed, and what the vendor replied to a clarification."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from html import escape

import streamlit as st

from ii_vendor.evaluations import still_said
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation, Flag, FlagState
from ii_vendor.model.response import Answer
from ii_vendor.model.rubric import Severity
from ii_vendor.model.seat import Evaluator
from ii_vendor.pages.context import draw, evaluations
from ii_vendor.pages.drafts import Draft
from ii_vendor.pages.standing import is_facilitator, my_seat
from ii_vendor.report.rubric import flag_html
from ii_vendor.report.seat_state_words import due_words, gate_words, why_not_decide
from ii_vendor.rules.flags import DAYS_TO_ANSWER

STATES = [FlagState.confirmed, FlagState.dismissed, FlagState.clarification_sent, FlagState.accepted]
OWN = "My own words"


def show_flag(evaluation: Evaluation, flag: Flag, answer: Answer) -> None:
    """The flag, and the ways to decide on it for whoever may."""
    seat = my_seat(evaluation)
    today = datetime.now(UTC).date()
    with st.container(border=True, key=f"flag_{evaluation.id}_{flag.id}"):
        why = why_not_decide(evaluation, seat, facilitates=is_facilitator())
        draw(flag_html(flag, gone=not still_said(flag, answer)) + _beneath(flag, seat, today, why))
        if why:
            return
        _decide(evaluation, flag, seat, today)
        if flag.state is FlagState.clarification_sent and is_facilitator():
            _reply(evaluation, flag)


def _beneath(flag: Flag, seat: Evaluator | None, today: date, why: str) -> str:
    late = " iv-late" if flag.due and flag.due < today else ""
    due = f'<p class="iv-finding{late}">{escape(due_words(flag, today))}</p>'
    return due + "".join(
        f'<p class="iv-finding iv-quiet">{escape(line)}</p>' for line in (*gate_words(flag, seat), why)
    )


def _decide(evaluation: Evaluation, flag: Flag, seat: Evaluator | None, today: date) -> None:
    draft = Draft(f"decide_{evaluation.id}_{flag.id}_{seat.name if seat else ''}", evaluation, "why", empties=True)
    draft.tell()
    with st.popover("Decide", key=f"decide_{draft.key}", width="stretch"):
        # Outside of the form, which then asks for what this decision needs and for nothing else.
        state = st.radio("Decision", STATES, format_func=lambda value: value.value, key=f"state_{draft.key}")
        with st.form(f"decide_form_{draft.key}", border=False):
            reason = st.text_area("Reason", key=f"why_{draft.key}", height=90)
            owner, due = "", None
            if state is FlagState.accepted:
                owner = st.text_input("Who owns the risk", key=f"owner_{draft.key}")
            if state is FlagState.clarification_sent:
                due = st.date_input(
                    "The vendor is to answer by",
                    today + timedelta(days=DAYS_TO_ANSWER),
                    min_value=today,
                    key=f"due_{draft.key}",
                )
            if st.form_submit_button("Record the decision", key=f"record_{draft.key}", type="primary"):
                with draft.saving(f"Recorded: {state.value}."):
                    evaluations().decide_flag(
                        evaluation.id, flag.id, state, reason=reason, owner=owner, due=due, seen=draft.seen
                    )


def _reply(evaluation: Evaluation, flag: Flag) -> None:
    draft = Draft(f"reply_{evaluation.id}_{flag.id}", evaluation, "words", empties=True)
    draft.tell()
    with (
        st.popover("The vendor has replied", key=f"reply_{draft.key}", width="stretch"),
        st.form(f"reply_form_{draft.key}", border=False),
    ):
        st.caption("It becomes a new version of the response, the signals read it, and the red flag is open again.")
        words = st.text_area("The reply, word for word", key=f"words_{draft.key}", height=160)
        if st.form_submit_button("Keep the reply", key=f"keep_{draft.key}", type="primary"):
            with draft.saving("Kept. The red flag is on the table again."):
                evaluations().attach_reply(evaluation.id, flag.id, words, seen=draft.seen)


def raise_flag(evaluation: Evaluation, content: Content, vendor: str, question: str) -> None:
    """Raise a red flag of the rubric that nobody has raised yet, or one of your own."""
    raised = {flag.rule for flag in evaluation.flags_of(vendor, question)}
    rules = {rule.id: rule for rule in content.rubric[question].red_flags if rule.id not in raised}
    draft = Draft(f"{evaluation.id}_{vendor}_{question}", evaluation, "statement", empties=True)
    with (
        st.popover("Raise a red flag", key=f"raise_{draft.key}", width="stretch"),
        st.form(f"raise_form_{draft.key}", border=False),
    ):
        rule = st.selectbox(
            "Which",
            [*rules, OWN],
            format_func=lambda item: rules[item].statement if item in rules else OWN,
            key=f"rule_{draft.key}",
        )
        statement = st.text_input("My own words", key=f"statement_{draft.key}")
        severity = st.selectbox(
            "Severity of my own",
            list(Severity),
            index=1,
            format_func=lambda value: value.value,
            key=f"severity_{draft.key}",
        )
        gate = st.checkbox("My own is a gate: it rejects the vendor while it stands", key=f"gate_{draft.key}")
        quote = st.text_input("Quoted words (optional)", key=f"flagquote_{draft.key}")
        if st.form_submit_button("Raise", key=f"raisego_{draft.key}"):
            with draft.saving("Raised."):
                evaluations().raise_flag(
                    evaluation.id,
                    vendor,
                    question,
                    rule="" if rule == OWN else str(rule),
                    statement=statement,
                    severity=severity or Severity.major,
                    gate=gate,
                    quote=quote,
                )
