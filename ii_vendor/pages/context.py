"""What every page needs: the evaluations, the one being looked at, and the person who looks."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from ii_vendor.evaluations import Evaluations, Refused
from ii_vendor.library import Library, load_library
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.store import Record, open_engine

_here = Path(__file__).parent
PAGES = {
    name: (title, _here / f"{name}.py")
    for name, title in {
        "evaluations": "Evaluations",
        "responses": "Responses",
        "review": "Review",
        "compare": "Compare",
        "weights": "Weights",
        "reports": "Reports",
    }.items()
}


@st.cache_resource(show_spinner=False)
def _record() -> Record:
    return Record(open_engine())


@st.cache_resource(show_spinner="Reading questionnaires and rubrics")
def library() -> Library:
    """The content that new evaluations choose from: ``II_VENDOR_CONTENT``, or what was shipped."""
    folder = os.environ.get("II_VENDOR_CONTENT")
    return load_library(Path(folder) if folder else None)


def evaluations() -> Evaluations:
    """The service, on behalf of the person named in the bar, or else of whoever is logged in to this computer."""
    person = st.session_state.get("person")
    return Evaluations(_record(), person or getpass.getuser())


def pick_evaluation() -> str | None:
    """The bar's choice of evaluation; its id stands in the page address."""
    known = {evaluation_id: name for evaluation_id, name, _ in evaluations().listing()}
    _begin_with("evaluation", next(iter(known), None), known)
    chosen: str | None = st.selectbox(
        "Evaluation",
        list(known),
        index=None,
        format_func=lambda key: key,
        key="evaluation",
        bind="query-params",
        placeholder="No evaluation yet",
        label_visibility="collapsed",
        width=320,
    )
    return chosen


def pick_person(evaluation_id: str | None) -> str | None:
    """The bar's choice of who is rating; the name stands in the page address."""
    names = [member.name for member in evaluations().get(evaluation_id).evaluators] if evaluation_id else []
    _begin_with("person", next(iter(names), None), names)
    chosen: str | None = st.selectbox(
        "You are",
        names,
        index=None,
        key="person",
        bind="query-params",
        placeholder="Nobody on the panel yet",
        label_visibility="collapsed",
        width=260,
    )
    return chosen


def _begin_with(key: str, value: str | None, known: object) -> None:
    """Choose ``value`` where neither the address nor an earlier run has chosen something that exists."""
    chosen = st.session_state.get(key) or st.query_params.get(key)
    if value is not None and chosen not in known:  # type: ignore[operator]
        st.session_state[key] = value


def links_with(evaluation_id: str | None, person: str | None, **more: str) -> dict[str, str]:
    """Query parameters that keep the evaluation and the person on the way to another page."""
    chosen = {"evaluation": evaluation_id, "person": person, **more}
    return {key: value for key, value in chosen.items() if value}


def current() -> tuple[Evaluation, Content]:
    """The evaluation of this page and its content; without one, says what to do and ends the page."""
    chosen = st.session_state.get("evaluation")
    if not chosen:
        st.info("There is no evaluation yet. Create one, or load the sample, on the page **Evaluations**.")
        st.page_link(PAGES["evaluations"][1], label="Go to Evaluations")
        st.stop()
    evaluation = evaluations().get(chosen)
    return evaluation, evaluations().content(evaluation)


@contextmanager
def saying_refusals() -> Iterator[None]:
    """Show a refused change where it was asked for, instead of a broken page."""
    try:
        yield
    except Refused as refusal:
        st.error(str(refusal))


def say_next(message: str) -> None:
    """Say something that must outlive the rerun which shows its effect."""
    st.session_state["said"] = message


def say_now() -> None:
    """Show what ``say_next`` left."""
    if message := st.session_state.pop("said", None):
        st.toast(message)
