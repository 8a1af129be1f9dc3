"""Agree on weights: each member of the panel alone first, then everybody's side by side, then one set adopted."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

import streamlit as st

from ii_vendor.charts.proposals import effects_table, weight_strips, weights_table
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation, WeightProposal
from ii_vendor.model.seat import Stage
from ii_vendor.pages.context import choose, current, draw, evaluations, plain, say_next, say_now, saying_refusals
from ii_vendor.pages.own_weights import give_weights
from ii_vendor.pages.standing import is_facilitator, say_what_is_missing
from ii_vendor.report.phrases import counted, listed
from ii_vendor.report.proposal_words import effect_words, gap_words, given_words
from ii_vendor.score.proposals import open_to, proposals_of, shares_in_force, still_to_weigh

STYLE = Path(__file__).with_name("weighing.css")


def show() -> None:
    say_now()
    st.html(STYLE)
    evaluation, content = current()
    st.title("Agree on weights", anchor=False)
    st.caption(
        "First everybody alone, then together: you see the others' weights once you have saved your own. Nobody's "
        "weights are averaged away; the panel adopts one set, with a reason."
    )
    if not evaluation.evaluators:
        st.info("Nobody is on the panel yet. Invite its members on the page **Panel**.")
        return
    scopes = {"": "The sections", **{section.id: f"Questions of: {section.title}" for section in content.sections}}
    scope = choose("What to weigh", "scope", scopes, "", width=480) or ""
    titles = _titles(content, scope)
    person = _weigher(evaluation)
    if person is not None and evaluation.stage is not Stage.locked:
        give_weights(evaluation, person, scope, titles)
    st.divider()
    _together(evaluation, content, scope, titles, person)


def _titles(content: Content, scope: str) -> dict[str, str]:
    """What is weighed, by id, in the order asked."""
    if not scope:
        return {section.id: section.title for section in content.sections}
    asked = next(section.questions for section in content.sections if section.id == scope)
    return {question.id: f"{question.id} {question.title}" for question in asked}


def _weigher(evaluation: Evaluation) -> str | None:
    """The person in the bar, if somebody is named there who weighs."""
    person: str | None = st.session_state.get("person")
    member = next((each for each in evaluation.evaluators if each.name == person), None)
    if member is None:
        st.info("To give your own weights, choose who you are in the bar above.")
        return None
    if not member.discipline.judges:
        st.info(plain(f"{member.name} is on the panel as an observer, and observers do not weigh."))
        return None
    if not member.rates:
        st.info(plain(f"{member.name} oversees this evaluation, and neither rates nor weighs."))
        return None
    return member.name


def _together(
    evaluation: Evaluation, content: Content, scope: str, titles: Mapping[str, str], person: str | None
) -> None:
    st.subheader("Everybody's weights", anchor=False)
    proposals, missing = proposals_of(evaluation, scope), still_to_weigh(evaluation, scope)
    if not proposals:
        st.markdown("Nobody has given weights for these yet.")
        return
    if missing:
        st.markdown(plain(f"No weights yet from {listed(missing)}: absent below, and not counted as equal."))
    if not _uncovered(evaluation, scope, person):
        return
    draw(f'<p class="iv-said">{escape(gap_words(titles, proposals))}</p>')
    draw(weight_strips(titles, shares_in_force(content, scope), proposals))
    with st.expander("The same as a table"):
        draw(weights_table(titles, shares_in_force(content, scope), proposals))
    if evaluation.vendors:
        say_what_is_missing(evaluation)
        _effects(evaluation, scope)
    if is_facilitator() and evaluation.stage is not Stage.locked:
        _adopt(evaluation, scope, proposals)


def _uncovered(evaluation: Evaluation, scope: str, person: str | None) -> bool:
    """Whether the weights given so far may be shown here. Where nobody is named who weighs, the panel decides."""
    if open_to(evaluation, person, scope):
        return True
    saved = counted(len(proposals_of(evaluation, scope)), "set of weights is", "sets of weights are")
    if person is not None and evaluation.stage is not Stage.locked:
        st.info(f"{saved} saved. You see others' weights once you have saved your own.")
        return False
    return st.toggle(f"{saved} saved. Show now, before everybody has weighed", key=f"uncover_{evaluation.id}_{scope}")


def _effects(evaluation: Evaluation, scope: str) -> None:
    st.subheader("What each would do", anchor=False)
    now, effects = evaluations().compare(evaluation), evaluations().effects(evaluation, scope)
    draw(effects_table(now, effects))
    lines = []
    for effect in effects:
        reason = f"<br><q>{escape(effect.proposal.reason)}</q>" if effect.proposal.reason else ""
        lines.append(
            f"<li><b>{escape(given_words(effect.proposal))}</b>: {escape(effect_words(now, effect))}{reason}</li>"
        )
    draw(f'<ul class="iv-explained">{"".join(lines)}</ul>')


def _adopt(evaluation: Evaluation, scope: str, proposals: tuple[WeightProposal, ...]) -> None:
    st.subheader("Adopt one set", anchor=False)
    # Once a set is adopted, the next choice begins empty.
    where = f"{evaluation.id}_{scope}_{evaluation.content_hash}"
    with st.form("adopt_proposal", border=True):
        whose = st.radio(
            "Whose weights",
            [proposal.evaluator for proposal in proposals],
            index=None,
            format_func=plain,
            horizontal=True,
            key=f"whose_{where}",
        )
        reason = st.text_area("Why these", height=90, key=f"adopt_reason_{where}")
        st.caption("The record keeps whose weights they are, your name and the reason; all ratings stay as they are.")
        if st.form_submit_button("Adopt"):
            with saying_refusals():
                if whose is None:
                    st.error("Choose whose weights to adopt.")
                    return
                evaluations().adopt_proposal(evaluation.id, whose, scope=scope, reason=reason)
                say_next(f"The weights of {whose} are in force now.")
                st.rerun()


show()
