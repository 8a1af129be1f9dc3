"""Compare: autonomy and red flags of all vendors side by side, down to the quoted words."""

from __future__ import annotations

from html import escape

import streamlit as st

from ii_vendor import charts
from ii_vendor.model.content import Content
from ii_vendor.model.scorecard import AnswerStatus, Comparison, Outcome, QuestionScore, Scorecard
from ii_vendor.pages.context import PAGES, choose, current, evaluations, links_with
from ii_vendor.report.answers import answer_html


def show() -> None:
    evaluation, content = current()
    st.title("Can operations run without them?")
    if not evaluation.vendors:
        st.info("No vendor has been added yet. Import filled workbooks on the page **Responses**.")
        return
    comparison = evaluations().compare(evaluation)
    st.html(charts.scoreboard(comparison))
    st.caption(
        f"Profile “{content.profile.title}”. Ranked by autonomy with missing ratings counted as 0; rejected vendors "
        "have no rank. The two scores are never added or netted."
    )
    left, right = st.columns([1, 1], gap="large")
    with left:
        st.subheader("Autonomy against red flags")
        st.plotly_chart(charts.quadrant(comparison), key="quadrant", alt="Each vendor's autonomy against its red flags")
    with right:
        st.subheader("Autonomy by section")
        st.html(charts.section_heatmap(comparison))
    _drill_down(comparison, content)


def _drill_down(comparison: Comparison, content: Content) -> None:
    st.subheader("Where the numbers come from")
    left, right = st.columns(2)
    with left:
        vendor = choose("Vendor", "vendor", {card.vendor: card.name for card in comparison.vendors})
    card = next(card for card in comparison.vendors if card.vendor == vendor)
    with right:
        section = choose("Section", "section", {score.section: score.title for score in card.sections})
    _verdict(card)
    for score in card.questions:
        if score.section == section:
            _question(card, score, content)


def _verdict(card: Scorecard) -> None:
    items = "".join(
        f"<li>{escape(reason.text)}{_quoted(reason.quote)}{_closing(reason.clause, reason.verify)}</li>"
        for reason in card.verdict.reasons
    )
    heading = f"<b>{escape(card.name)}</b> {charts.verdict_chip(card.verdict.outcome)}"
    many = len(card.verdict.reasons) > 3 and card.verdict.outcome is not Outcome.reject
    with st.expander(f"{card.name}: why “{card.verdict.outcome.value}”", expanded=not many):
        st.html(f'<div class="iv-why">{heading}<ol>{items}</ol></div>')


def _quoted(words: str) -> str:
    return f"<blockquote>{escape(words)}</blockquote>" if words else ""


def _closing(clause: str, verify: str) -> str:
    if not clause:
        return ""
    return (
        f"<details><summary>What would close it</summary><p><b>Contract:</b> {escape(clause)}</p>"
        f"<p><b>Acceptance test:</b> {escape(verify)}</p></details>"
    )


def _question(card: Scorecard, score: QuestionScore, content: Content) -> None:
    question = content.questions[score.question]
    level = (
        "" if score.claimed is None else f" · level {score.claimed:.2g} claimed, {score.evidenced or 0:.2g} evidenced"
    )
    status = f" · {score.status.value}" if score.status is not AnswerStatus.rated else ""
    flags = f" · {len(score.flags)} red flag{'s' if len(score.flags) != 1 else ''}" if score.flags else ""
    with st.expander(f"**{question.id}** {question.title}{level}{status}{flags}"):
        st.caption(f"{question.text}  \nWeight {100 * score.weight:.1f} % of the whole.")
        evaluation, _ = current()
        received = evaluation.received(card.vendor)
        if received:
            answer = received.response.answer(question.id)
            found = [finding for finding in received.findings if finding.question == question.id]
            st.html(answer_html(answer, found))
        for rating in score.ratings:
            given = "not applicable" if rating.level is None else f"level {rating.level}"
            words = f" — “{rating.quote}”" if rating.quote else ""
            st.markdown(f"**{rating.evaluator}**: {given}, {rating.grade.value}. {rating.reason}{words}")
        for flag in score.flags:
            st.markdown(f":material/flag: **{flag.state.value}** ({flag.severity.value}): {flag.statement}")
        st.page_link(
            PAGES["review"][1],
            label=f"Review {question.id}",
            icon=":material/rate_review:",
            query_params=links_with(evaluation.id, st.session_state.get("person"), question=question.id),
        )


show()
