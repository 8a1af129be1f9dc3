"""What every page needs: the evaluations, the one being looked at, and the person who looks."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import streamlit as st

from ii_vendor.errors import UserError
from ii_vendor.evaluations import Evaluations, Listed
from ii_vendor.library import Library, load_shared, own_folder
from ii_vendor.library.own import own_stamp
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.seat import Stage
from ii_vendor.pages import visitor
from ii_vendor.pages.visitor import NAME, looking
from ii_vendor.report.stage_words import LOCKED
from ii_vendor.routes.sharing import sharing

_here = Path(__file__).parent
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
PAGES = {
    name: (title, _here / f"{name}.py")
    for name, title in {
        "evaluations": "Evaluations",
        "questionnaires": "Questionnaires",
        "panel": "Panel",
        "dry_run": "Dry run",
        "responses": "Responses",
        "review": "Review",
        "moderation": "Moderation",
        "workshop": "Workshop",
        "compare": "Compare",
        "weights": "Weights",
        "agree_weights": "Agree on weights",
        "robustness": "Robustness",
        "price": "Price",
        "reports": "Reports",
        "audit": "Record",
    }.items()
}


def library() -> Library:
    """The content that new evaluations choose from: ``II_VENDOR_CONTENT``, or what was shipped, with what the team has
    of its own at this moment."""
    named = os.environ.get("II_VENDOR_CONTENT")
    folder = own_folder(Path(named) if named else None)
    return _with_own(folder, own_stamp(folder))


@st.cache_resource(max_entries=2, show_spinner=False)
def _with_own(folder: Path, stamp: tuple[object, ...]) -> Library:
    """``stamp`` says which state of the folder it is."""
    del stamp
    return _shared().with_own(folder)


@st.cache_resource(show_spinner="Reading questionnaires and rubrics")
def _shared() -> Library:
    named = os.environ.get("II_VENDOR_CONTENT")
    return load_shared(Path(named) if named else None)


def evaluations() -> Evaluations:
    """The service, on behalf of whoever looks."""
    return visitor.service()


def choose(
    label: str,
    key: str,
    options: Mapping[str, str],
    default: str | None,
    *,
    width: int | Literal["stretch"] = "stretch",
    placeholder: str = "",
    named: bool = True,
) -> str | None:
    """A choice among ``options`` (value: what is shown) that stands in the page address under ``key``.

    The address is the truth, so that the back button, a reload and a shared address all lead to the same choice.
    Where it names none of the options, ``default`` holds.
    """
    value = st.query_params.get(key)
    if value not in options:
        value = default
    if st.session_state.get(key, "") != value:
        st.session_state[key] = value
    return st.selectbox(
        label,
        list(options),
        index=None if default is None else 0,
        format_func=lambda option: options[option],
        key=key,
        on_change=_into_the_address,
        args=(key,),
        placeholder=placeholder,
        label_visibility="visible" if named else "collapsed",
        width=width,
    )


def _into_the_address(key: str) -> None:
    if st.session_state[key] is None:
        del st.query_params[key]
    else:
        st.query_params[key] = st.session_state[key]


def pick_evaluation(listed: Sequence[Listed]) -> str | None:
    """The bar's choice of evaluation among those ``listed``: the first, unless the address names one."""
    if not listed and not looking().facilitates:
        _look_at(None)
        return None
    known = {each.id: each.name for each in listed}
    if known and "evaluation" not in st.query_params:
        # Another may be the newest tomorrow, so a shared address has to name it.
        st.query_params["evaluation"] = next(iter(known))
    chosen = choose("Evaluation", "evaluation", known, None, width=340, placeholder="No evaluation chosen", named=False)
    _look_at(next((each for each in listed if each.id == chosen), None))
    return chosen


def pick_person() -> str | None:
    """The bar's word on who looks: a choice at the computer that holds the data, elsewhere what the link says."""
    now: Evaluation | None = st.session_state.get("now")
    if sharing().shared:
        return visitor.seat_in_the_bar(now)
    free = [seat for seat in now.evaluators if not seat.closed and seat.name not in now.taken] if now else []
    asking = "Who are you?" if free else "Everybody has a link" if now and now.evaluators else "Nobody on the panel yet"
    names = {seat.name: f"{seat.name}, {seat.discipline.value}" for seat in free}
    before = st.session_state.get("person")
    person = choose("You are", "person", names, None, width=300, placeholder=asking, named=False)
    if now and person != before:
        _look_at(now)
    return person


def _look_at(chosen: Listed | Evaluation | None) -> None:
    """Have the pages show this evaluation, as the visitor may see it."""
    visitor.ask_again()
    st.session_state["now"] = evaluations().get(chosen.id, chosen.sequence) if chosen else None


@dataclass(frozen=True)
class _AsItIs:
    """Markup that Streamlit passes on: it would dedent a plain string, and words are to stay to the letter."""

    markup: str

    def _repr_html_(self) -> str:
        return self.markup


def draw(markup: str, width: Literal["stretch", "content"] = "stretch") -> None:
    """Show HTML. Every text in it that is not ours must have been escaped."""
    st.html(_AsItIs(markup), width=width)


def plain(text: str) -> str:
    """Somebody's words as they are, where Streamlit would read Markdown: no picture is fetched, nothing turns bold."""
    return _PUNCTUATION.sub(r"\\\g<0>", " ".join(text.split()))


def links_with(evaluation_id: str | None, person: str | None, **more: str) -> dict[str, str]:
    """Query parameters that keep the evaluation and the person on the way to another page."""
    chosen = {"evaluation": evaluation_id, "person": person, NAME: st.query_params.get(NAME), **more}
    return {key: value for key, value in chosen.items() if value}


def current() -> tuple[Evaluation, Content]:
    """The evaluation of this page and its content; without one, says what to do and ends the page."""
    evaluation: Evaluation | None = st.session_state.get("now")
    if evaluation is None:
        wanted = st.query_params.get("evaluation")
        if wanted:
            st.error(plain(f"There is no evaluation “{wanted}” here. Choose one in the bar above."))
        else:
            st.info("There is no evaluation yet. Create one, or load the sample, on the page **Evaluations**.")
        st.page_link(PAGES["evaluations"][1], label="Go to Evaluations")
        st.stop()
    say_if_locked(evaluation)
    return evaluation, evaluations().content(evaluation)


def say_if_locked(evaluation: Evaluation) -> None:
    """Say that nothing can be changed, where that is so."""
    if evaluation.stage is Stage.locked:
        draw(f'<p class="iv-notice iv-locked">{LOCKED}</p>')


@contextmanager
def saying_refusals() -> Iterator[None]:
    """Show a refused change where it was asked for, instead of a broken page."""
    try:
        yield
    except UserError as refusal:
        st.error(plain(str(refusal)))


def say_next(message: str) -> None:
    """Say something that must outlive the rerun which shows its effect."""
    st.session_state["said"] = message


def say_now() -> None:
    """Show what ``say_next`` left."""
    if message := st.session_state.pop("said", None):
        st.toast(plain(message))
