"""Evaluations: what there is, a new one, and the vendors and content of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ii_vendor import charts, demo
from ii_vendor.evaluations import Listed
from ii_vendor.library import ContentError, Library
from ii_vendor.model.panel import Evaluation
from ii_vendor.pages.context import (
    PAGES,
    draw,
    evaluations,
    library,
    links_with,
    plain,
    say_if_locked,
    say_next,
    say_now,
    saying_refusals,
)
from ii_vendor.pages.frozen_content import show_content
from ii_vendor.pages.standing import is_facilitator, say_what_is_missing
from ii_vendor.rules.stages import BEFORE_MODERATION


def show() -> None:
    say_now()
    known = evaluations().listing()
    if not known and is_facilitator():
        _greet()
        st.divider()
        _create()
        return
    st.title("Evaluations", anchor=False)
    chosen: Evaluation | None = st.session_state.get("now")
    if chosen:
        say_if_locked(chosen)
        _card(chosen)
        left, right = st.columns(2, gap="large")
        with left:
            _vendors(chosen)
        with right:
            show_content(chosen)
    if not is_facilitator():
        _others(known, chosen)
        return
    st.divider()
    left, right = st.columns(2, gap="large")
    with left:
        _create()
    with right:
        _others(known, chosen)


def _greet() -> None:
    st.title("Can operations run without them?", anchor=False)
    st.markdown(
        "ii-vendor compares vendors of plant security and automation by what happens **when they are not there**: "
        "their cloud, their staff, their licence server.\n\n"
        "1. **Create an evaluation** below and choose what to ask.\n"
        "2. **Send the response workbook** to your vendors, and drop what comes back on the page *Responses*.\n"
        "3. **Review** the answers together, then **compare** and take the scorecard with you."
    )
    st.write("New here? Look at a finished example first: four invented vendors and their panel.")
    if st.button("Load the sample evaluation", type="primary", icon=":material/play_arrow:"):
        with st.spinner("Making four workbooks and reading them"), saying_refusals():
            evaluation = demo.load(evaluations(), library())
            st.switch_page(PAGES["compare"][1], query_params={"evaluation": evaluation.id})


def _card(evaluation: Evaluation) -> None:
    with st.container(border=True):
        here = links_with(evaluation.id, st.session_state.get("person"))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(plain(evaluation.name), anchor=False)
            st.page_link(PAGES["compare"][1], label="Compare", icon=":material/bar_chart:", query_params=here)
            st.page_link(PAGES["panel"][1], label="Panel", icon=":material/groups:", query_params=here)
            st.page_link(PAGES["review"][1], label="Review", icon=":material/rate_review:", query_params=here)
        say_what_is_missing(evaluation)
        if evaluation.vendors:
            draw(charts.scoreboard(evaluations().compare(evaluation), compact=True))
        content = evaluations().content(evaluation)
        st.caption(
            f"{_counted(len(content.questions), 'question')} · {_counted(len(evaluation.vendors), 'vendor')} · "
            f"{len(evaluation.evaluators)} on the panel · stage {evaluation.stage.value} · "
            f"profile “{plain(content.profile.title)}” · created {evaluation.created_at:%d %b %Y}"
        )


def _create() -> None:
    st.subheader("New evaluation", anchor=False)
    try:
        shelf = library()
    except ContentError as error:
        st.error("The content folder has mistakes. Run `ii-vendor content check` after mending them.")
        st.code(str(error), language=None)
        return
    profile = st.selectbox(
        "Profile: what counts how much",
        list(shelf.profiles),
        index=list(shelf.profiles).index("balanced"),
        format_func=lambda key: shelf.profiles[key].title,
    )
    with st.expander("Why these weights"):
        st.markdown(plain(shelf.profiles[profile].reasons))
    for own in shelf.own.questionnaires.values():
        if not own.ready:
            st.caption(plain(f"“{own.questionnaire.title}” cannot be asked yet: {own.progress}."))
    here = links_with(st.query_params.get("evaluation"), st.session_state.get("person"))
    st.page_link(PAGES["questionnaires"][1], label="Ask your own list of questions", query_params=here)
    with st.form("create", border=False):
        round_number = st.session_state.setdefault("create_round", 0)
        name = st.text_input("Name", placeholder="Line 3 security renewal", key=f"name_{round_number}")
        chosen = st.multiselect(
            "Questionnaires",
            list(shelf.offered),
            default=list(shelf.default_questionnaires),
            format_func=lambda key: _asked(shelf, key),
        )
        if st.form_submit_button("Create the evaluation", type="primary"):
            with saying_refusals():
                evaluation = evaluations().create(name, shelf.content(chosen, profile))
                st.session_state["create_round"] += 1
                st.query_params["evaluation"] = evaluation.id
                say_next(f"“{evaluation.name}” is ready. Add the panel, then send out the response workbook.")
                st.rerun()


def _asked(shelf: Library, key: str) -> str:
    questionnaire = shelf.questionnaires[key]
    own = ", your own" if key in shelf.own.questionnaires else ""
    return f"{questionnaire.title} ({sum(1 for _ in questionnaire.questions())}{own})"


def _others(known: Sequence[Listed], chosen: Evaluation | None) -> None:
    others = [each for each in known if chosen is None or each.id != chosen.id]
    if others:
        st.subheader("Other evaluations", anchor=False)
    for each in others:
        label = plain(f"{each.name}, created {each.created_at:%d %b %Y}")
        st.page_link(PAGES["evaluations"][1], label=label, query_params=links_with(each.id, None))


def _vendors(evaluation: Evaluation) -> None:
    st.subheader("Vendors", anchor=False)
    for vendor in evaluation.vendors:
        received = evaluation.received(vendor.id)
        arrived = f"response version {received.version}" if received else "no response yet"
        if vendor.id in evaluation.closed_vendors:
            arrived = "closed to you"
        st.markdown(f":material/factory: {plain(vendor.name)}, {arrived}")
    if not is_facilitator() or evaluation.stage not in BEFORE_MODERATION:
        return
    with st.form("add_vendor", clear_on_submit=True, border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name = st.text_input("Name of a vendor")
            adding = st.form_submit_button("Add the vendor")
        if adding:
            with saying_refusals():
                evaluations().add_vendor(evaluation.id, name)
                st.rerun()


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


if __name__ == "__main__":
    show()
