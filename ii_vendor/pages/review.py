"""Review: one question, all vendors' answers side by side, the rubric in view; rate and decide on red flags."""

from __future__ import annotations

from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation, Vendor
from ii_vendor.model.scorecard import Scorecard
from ii_vendor.model.seat import Evaluator, Stage
from ii_vendor.pages.beside import show_beside
from ii_vendor.pages.context import choose, draw, evaluations, links_with, plain, say_now
from ii_vendor.pages.offline import work_offline
from ii_vendor.pages.own_seat import hand_in
from ii_vendor.pages.review_flags import raise_flag, show_flag
from ii_vendor.pages.review_rating import rate, show_ratings
from ii_vendor.pages.second_reader import second_reader
from ii_vendor.pages.standing import is_facilitator, my_seat, opened
from ii_vendor.pages.visitor import looking
from ii_vendor.report.answers import answer_html, legend_html, remarks_html
from ii_vendor.report.contradictions import clashes_html, contradictions_of
from ii_vendor.report.found_overview import overview
from ii_vendor.report.rubric import levels_html, rubric_html
from ii_vendor.report.seat_state_words import closed_words, rating_is_closed, why_not_decide, why_not_rate
from ii_vendor.report.withheld_words import ratings_words

COLUMNS = 4


def show() -> None:
    say_now()
    evaluation, content = opened()
    seat = my_seat(evaluation)
    question = _pick(content, evaluation, seat)
    if seat is not None:
        hand_in(evaluation, seat)
        work_offline(evaluation, seat)
    asked = content.questions[question]
    st.title(plain(f"{asked.id} {asked.title}"), anchor=False)
    st.markdown(plain(asked.text))
    draw(levels_html(content.rubric[question]))
    with st.expander("Red flags, good signs, how to verify, contract clause"):
        draw(rubric_html(content.rubric[question], content.reading))
    _overview(evaluation, content, question)
    if not evaluation.vendors:
        st.info("No vendor has been added yet. Import filled workbooks on the page **Responses**.")
        return
    can_rate = _say_who_rates(evaluation, content, seat, question)
    draw(legend_html())
    cards = {card.vendor: card for card in evaluations().compare(evaluation).vendors}
    for start in range(0, len(evaluation.vendors), COLUMNS):
        shown = evaluation.vendors[start : start + COLUMNS]
        with st.container(key=f"vendors_{start}"):
            for column, vendor in zip(st.columns(len(shown), gap="medium", border=True), shown, strict=True):
                with column:
                    if vendor.id in cards:
                        _vendor(evaluation, content, cards[vendor.id], question, seat if can_rate else None)
                    else:
                        _closed(evaluation, vendor)
    for vendor in evaluation.vendors:
        received = evaluation.received(vendor.id) if vendor.id in cards else None
        if received:
            show_beside(received.response.attachments, f"beside_{vendor.id}", vendor.name)


def _pick(content: Content, evaluation: Evaluation, seat: Evaluator | None) -> str:
    titles = {question.id: f"{question.id} {question.title}" for question in content.questions.values()}
    ids = list(titles)
    with st.container(horizontal=True, vertical_alignment="center"):
        before = st.empty()
        chosen = choose("Question", "question", titles, ids[0], width=420, named=False) or ids[0]
        here = ids.index(chosen)
        _step(before, "Previous", "Left", ids[here - 1] if here else None)
        _step(st.empty(), "Next", "Right", ids[here + 1] if here + 1 < len(ids) else None)
        if seat is not None and seat.rates:
            _progress(evaluation, seat)
    return chosen


def _overview(evaluation: Evaluation, content: Content, question: str) -> None:
    found = overview(evaluation, content)
    if found.vendors:
        with st.expander(found.title, key="found"):
            draw(found.html(links_with(evaluation.id, st.session_state.get("person")), question))


def _step(place: DeltaGenerator, label: str, shortcut: str, question: str | None) -> None:
    place.button(
        label, shortcut=shortcut, disabled=question is None, on_click=_go, args=(question,), key=f"step_{label}"
    )


def _go(question: str) -> None:
    st.query_params["question"] = question


def _progress(evaluation: Evaluation, seat: Evaluator) -> None:
    for mine in evaluations().progress(evaluation).seats:
        if mine.evaluator == seat.name:
            st.caption(plain(f"{seat.name} has rated {mine.rated} of {mine.assigned} answers."))


def _say_who_rates(evaluation: Evaluation, content: Content, seat: Evaluator | None, question: str) -> bool:
    """Whether rating forms belong on the page; where they do not, why, once for all vendors."""
    hidden = ratings_words(evaluation, seat)
    if seat is not None:
        why = why_not_rate(evaluation, content, seat, question)
    elif not evaluation.evaluators:
        why = "To rate, invite people on the page Panel."
    elif evaluation.stage is Stage.scoring:
        here = looking().here
        why = "To rate, choose in the bar above who you are." if here else "Members of the panel rate, each by a link."
    else:
        why = ""
    said = " ".join(line for line in (why, hidden) if line)
    if said:
        draw(f'<p class="iv-notice">{escape(said)}</p>')
    return seat is not None and not why


def _vendor(evaluation: Evaluation, content: Content, card: Scorecard, question: str, rater: Evaluator | None) -> None:
    """Three blocks, so that style.css can keep them level across the vendors: the answer, the rating, the flags.
    ``rater`` is the seat that rates here, None where nobody does."""
    received = evaluation.received(card.vendor)
    answer = received.response.answer(question) if received else None
    with st.container(key=f"answer_{card.vendor}"):
        st.subheader(plain(card.name), anchor=False)
        if received is None or answer is None:
            st.caption("No response yet.")
            return
        found = [finding for finding in received.findings if finding.question == question]
        raised = {flag.rule for flag in card.question(question).flags}
        address = links_with(evaluation.id, st.session_state.get("person"))
        draw(
            answer_html(answer, found)
            + remarks_html(answer, found, content.rubric[question], raised)
            + clashes_html(contradictions_of(evaluation, content, card.vendor), received, address, question)
        )
        second_reader(evaluation, card.vendor, answer)
    score = card.question(question)
    with st.container(key=f"rating_{card.vendor}"):
        if rater is not None and rating_is_closed(evaluation, rater, card.vendor, question):
            rater = None
        if rater is not None:
            rate(evaluation, card, score, rater)
        show_ratings(score, without=rater)
    with st.container(key=f"flags_{card.vendor}"):
        for flag in score.flags:
            show_flag(evaluation, flag, answer)
        if not why_not_decide(evaluation, my_seat(evaluation), facilitates=is_facilitator()):
            raise_flag(evaluation, content, card.vendor, question)


def _closed(evaluation: Evaluation, vendor: Vendor) -> None:
    with st.container(key=f"answer_{vendor.id}"):
        st.subheader(plain(vendor.name), anchor=False)
        draw(f'<p class="iv-empty">{closed_words(evaluation, my_seat(evaluation), vendor.id)}</p>')


show()
