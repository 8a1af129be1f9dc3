"""What the preview of any file that arrived shows: its problems, whose it is, and what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from ii_vendor.intake import changes
from ii_vendor.model.intake import Change
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.response import Problem, Response
from ii_vendor.pages.context import draw, plain
from ii_vendor.receipt import doubts
from ii_vendor.rules import find_vendor

SIGNS = {"error": ":material/error:", "warning": ":material/warning:", "note": ":material/info:"}
SHOWN = 12
"""As many problems, or differences, stand open; the others behind a title."""


def show_problems(problems: Sequence[Problem]) -> None:
    """Each problem with its sign and place, the gravest first."""
    gravest_first = sorted(problems, key=lambda each: list(SIGNS).index(each.severity))
    for problem in gravest_first[:SHOWN]:
        _problem(problem)
    if rest := gravest_first[SHOWN:]:
        with st.expander(f"{len(rest)} more to know"):
            for problem in rest:
                _problem(problem)


def _problem(problem: Problem) -> None:
    said = " ".join(part for part in (problem.place, problem.message, problem.remedy) if part)
    st.markdown(f"{SIGNS[problem.severity]} {plain(said)}")


def about_vendor(evaluation: Evaluation, response: Response, key: str) -> str:
    """Ask whose response it is, and say what is to know about it: the name of the vendor, empty while nobody said."""
    whose = _whose(evaluation, response.vendor, key)
    vendor = find_vendor(evaluation, whose) if whose else None
    if whose and vendor is None:
        st.info(plain(f"{whose} is new in this evaluation and will be added."))
    if vendor:
        show_problems(list(doubts(evaluation, vendor.id, response)))
    received = evaluation.received(vendor.id) if vendor else None
    if received:
        found = changes(received.response, response)
        st.markdown(f"Version {received.version} is here already. Differences: {len(found)}.")
        gone = sum(change.kind == "removed" and change.part == "answer" for change in found)
        if gone:
            st.warning(
                f"{gone} of the answers in version {received.version} {'is' if gone == 1 else 'are'} not in this file, "
                "and would count as unanswered."
            )
        versions = f"Version {received.version}", "This file"
        if len(found) > SHOWN:
            with st.expander("Look at the differences"):
                show_changes(found, *versions)
        else:
            show_changes(found, *versions)
    return whose


def _whose(evaluation: Evaluation, named: str, key: str) -> str:
    """Whose response it is: the vendor that the file names, unless a person knows better."""
    known = find_vendor(evaluation, named)
    names = [vendor.name for vendor in evaluation.vendors]
    first = known.name if known else named.strip()
    options = names if not first or first in names else [first, *names]
    chosen = st.selectbox(
        "Whose response is this?",
        options,
        index=options.index(first) if first else None,
        key=f"whose_{evaluation.id}_{key}",
        placeholder="Choose a vendor, or type the name of a new one",
        accept_new_options=True,
        persist_state="page",
    )
    return (chosen or "").strip()


def show_changes(found: Sequence[Change], before: str, after: str) -> None:
    """Each difference with both wordings side by side."""
    for change in found:
        old, new = escape(change.old) or "(empty)", escape(change.new) or "(empty)"
        part = "" if change.part == "answer" else f", {change.part}"
        draw(
            f'<div class="iv-answer"><p><b>{escape(change.question)}{part}: {change.kind}</b></p><div class="iv-two">'
            f"<div><small>{before}</small><p>{old}</p></div><div><small>{after}</small><p>{new}</p></div></div></div>"
        )
