"""One answer before the panel: the vendor's words, everybody's level and reason, and what is agreed on."""

from __future__ import annotations

from html import escape

import streamlit as st

from ii_vendor.charts.level_strip import level_strip
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation, Rating
from ii_vendor.model.response import Answer
from ii_vendor.model.scorecard import Comparison, QuestionScore
from ii_vendor.pages.consensus_form import agree
from ii_vendor.pages.context import draw, links_with, plain
from ii_vendor.pages.dissent_form import dissent
from ii_vendor.pages.review_flags import show_flag
from ii_vendor.report.answers import answer_html, remarks_html
from ii_vendor.report.contradictions import clashes_html, contradictions_of
from ii_vendor.report.drilldown import consensus_html
from ii_vendor.report.phrases import grade_words
from ii_vendor.report.rubric import levels_html, rubric_html


def show_item(evaluation: Evaluation, content: Content, comparison: Comparison, vendor: str, question: str) -> None:
    """The item with all that the panel needs to agree on it."""
    card = next(each for each in comparison.vendors if each.vendor == vendor)
    score, asked, received = card.question(question), content.questions[question], evaluation.received(vendor)
    st.subheader(plain(f"{card.name} · {asked.id} {asked.title}"), anchor=False)
    st.markdown(plain(asked.text))
    if received is None:
        st.info("This vendor has not responded, so there is nothing to agree on.")
        return
    answer = received.response.answer(question)
    found = [finding for finding in received.findings if finding.question == question]
    address = links_with(evaluation.id, st.session_state.get("person"))
    draw(levels_html(content.rubric[question]) + level_strip(score))
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("**The vendor’s answer**")
        raised = {flag.rule for flag in score.flags}
        draw(
            answer_html(answer, found)
            + remarks_html(answer, found, content.rubric[question], raised)
            + clashes_html(contradictions_of(evaluation, content, vendor), received, address, question)
            + _ratings(score)
        )
        with st.expander("Red flags, good signs, how to verify, contract clause"):
            draw(rubric_html(content.rubric[question], content.reading))
        _flags(evaluation, score, answer)
    with right:
        if score.consensus:
            draw(consensus_html(score))
            dissent(evaluation, score, vendor)
        quotes = [rating.quote for rating in score.ratings] + [finding.quote for finding in found]
        quotes += [quote.text for flag in score.flags for quote in flag.quotes]
        agree(evaluation, score, vendor, [quote for quote in dict.fromkeys(quotes) if quote])


def _ratings(score: QuestionScore) -> str:
    """Everybody's level with the reason, the evidence and the words."""
    if not score.ratings:
        return '<p class="iv-empty">Nobody has rated this answer.</p>'
    return f'<p><b>What everybody said</b></p><ul class="iv-ratings">{"".join(map(_rating, score.ratings))}</ul>'


def _rating(rating: Rating) -> str:
    level = "not applicable" if rating.level is None else f"level {rating.level}"
    words = f"<blockquote>{escape(rating.quote)}</blockquote>" if rating.quote else ""
    return f"<li><b>{escape(rating.evaluator)}</b>: {level}, {grade_words(rating)}. {escape(rating.reason)}{words}</li>"


def _flags(evaluation: Evaluation, score: QuestionScore, answer: Answer) -> None:
    if score.flags:
        st.markdown("**Red flags**")
    for flag in score.flags:
        show_flag(evaluation, flag, answer)
