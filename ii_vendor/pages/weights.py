"""Weights: what if they were different? Nothing counts until it is adopted with a reason."""

from __future__ import annotations

import streamlit as st

from ii_vendor import charts
from ii_vendor.library import ContentError
from ii_vendor.library.own_weights import with_weights
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.rubric import Profile
from ii_vendor.model.scorecard import Comparison
from ii_vendor.model.seat import Stage
from ii_vendor.pages.context import draw, evaluations, library, plain, say_now
from ii_vendor.pages.drafts import Draft
from ii_vendor.pages.exhibits import exhibit, words
from ii_vendor.pages.standing import is_facilitator, results
from ii_vendor.report.lead_words import leads_sentence
from ii_vendor.score import moves, section_shares, whole_percentages

IN_FORCE = "The weights in force"


def show() -> None:
    say_now()
    evaluation, content = results()
    st.title("What if the weights were different?")
    left, right = st.columns([2, 3], gap="large")
    with left:
        base = _start_from(content)
        profile = _tried(evaluation, content, base)
    with right:
        _effect(evaluation, content, profile)
    if is_facilitator() and evaluation.stage is not Stage.locked:
        _adopt(evaluation, content, profile)


def _start_from(content: Content) -> Profile:
    try:
        shelf = {key: with_weights(each, content.questionnaires) for key, each in library().profiles.items()}
    except ContentError:
        shelf = {}
    profiles = {IN_FORCE: content.profile, **shelf}
    round_number = st.session_state.setdefault("weights_round", 0)
    chosen = st.selectbox(
        "Start from",
        list(profiles),
        format_func=lambda key: key if key == IN_FORCE else shelf[key].title,
        key=f"start_from_{round_number}",
    )
    profile = profiles[chosen]
    st.session_state["start_from"] = chosen
    with st.expander("Why these weights"):
        st.markdown(plain(profile.reasons))
    return profile


def _tried(evaluation: Evaluation, content: Content, base: Profile) -> Profile:
    """The profile that the sliders make."""
    where = f"{evaluation.id}_{content.hash[:8]}_{base.id}_{st.session_state.get('start_from')}"
    sections, questions = {}, dict(base.question_weights)
    for section in content.sections:
        was = float(base.section_weights.get(section.id, 0.0))
        sections[section.id] = st.slider(
            plain(section.title), 0.0, max(100.0, was), was, step=1.0, key=f"w_{where}_{section.id}", format="%g"
        )
    with st.expander("Weights of single questions"):
        for section in content.sections:
            st.caption(plain(section.title))
            for question in section.questions:
                questions[question.id] = st.number_input(
                    plain(f"{question.id} {question.title}"),
                    min_value=0.0,
                    value=float(base.question_weights.get(question.id, 1.0)),
                    step=0.5,
                    key=f"q_{where}_{question.id}",
                )
    changed = {key: weight for key, weight in questions.items() if weight != 1.0 or key in base.question_weights}
    return base.model_copy(
        update={"section_weights": {**base.section_weights, **sections}, "question_weights": changed}
    )


def _effect(evaluation: Evaluation, content: Content, profile: Profile) -> None:
    if not evaluation.vendors:
        st.info("No vendor has been added yet.")
        return
    same = profile == content.profile
    st.subheader("As it stands" if same else "What if (not recorded)", anchor=False)
    now, then = evaluations().compare(evaluation), evaluations().compare(evaluation, profile)
    draw(charts.scoreboard(then, compact=True))
    _leads(evaluation, then, None if same else profile)
    if not same:
        exhibit(charts.weight_effect(now, then), "effect", "Autonomy now and under these weights.")
        lines = [f"- {plain(f'{move.name}: {move.what} {move.old} → {move.new}')}" for move in moves(now, then)]
        st.markdown("\n".join(lines) or "No rank and no verdict changes.")
    shares = whole_percentages(section_shares(content.with_profile(profile)))
    st.caption(
        "Shares: " + " · ".join(f"{plain(section.title)} {shares[section.id]} %" for section in content.sections)
    )


def _leads(evaluation: Evaluation, then: Comparison, profile: Profile | None) -> None:
    """Who leads how often near the weights tried, from the same samples at every move of a slider."""
    simulation = evaluations().leads(evaluation, profile, central=False)
    if simulation:
        names = {card.vendor: card.name for card in then.vendors}
        draw(f'<p class="iv-near">{words(leads_sentence(simulation, names))}</p>')


def _adopt(evaluation: Evaluation, content: Content, profile: Profile) -> None:
    if profile == content.profile:
        st.caption(
            "Move a weight to see what it would change. The evaluation keeps its weights until you adopt others."
        )
        return
    draft = Draft(f"adopt_{evaluation.id}", evaluation, "adopt_reason", empties=True)
    draft.tell()
    with st.form(f"adopt_{draft.key}", border=True):
        st.markdown(
            "**Adopt these weights.** The reason stands in the record with your name; the ratings stay as they are."
        )
        reason = st.text_area("Reason", height=90, key=f"adopt_reason_{draft.key}")
        if st.form_submit_button("Adopt"):
            with draft.saving("These weights are in force now."):
                evaluations().adopt_profile(evaluation.id, profile, reason=reason, seen=draft.seen)
                st.session_state["weights_round"] += 1


show()
