"""The second step of a mapping: every question of theirs beside the one of ours that it may belong to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from ii_vendor.intake import MappingDraft
from ii_vendor.intake.foreign.draft import Standing
from ii_vendor.model.content import Content
from ii_vendor.pages.context import draw
from ii_vendor.pages.mapping_work import IMPORT, Work
from ii_vendor.report.mapping_html import ours_html, said_html, theirs_html
from ii_vendor.report.mapping_words import found_rows

ROWS = 20
"""As many questions are shown at a time."""

SHOWN = {"check": "To check", "matched": "Matched", "unmatched": "None of ours", "all": "All"}


def questions_step(work: Work, content: Content) -> None:
    """Check what was proposed, choose otherwise, a page at a time."""
    draft = work.draft
    if not draft.layout.rows:
        st.info("No questions were found yet. Say in the first step which sheet and which columns hold them.")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = _filter(work, draft)
        words = _kept_text(work, "search", "Find", "Words of a question or answer")
    rows = [each for each in found_rows(draft, words) if chosen in ("all", each.state)]
    if not rows:
        if chosen == "check" and not words:
            st.success("Nothing left to check.")
            st.button(
                "Go on to the import", key=work.named("go_on"), type="primary", on_click=work.go_to, args=(IMPORT,)
            )
        else:
            st.info("Nothing here.")
        return
    shown = _page(work, rows, f"{chosen} {words}")
    for standing in shown:
        _row(work, content, standing)
    _confirm_shown(work, shown)


def _filter(work: Work, draft: MappingDraft) -> str:
    counts = {state: sum(each.state == state for each in draft.standing) for state in ("check", "matched", "unmatched")}
    counts["all"] = len(draft.standing)
    key = work.named("filter")
    st.session_state.setdefault(key, "check" if counts["check"] else "matched" if counts["matched"] else "all")
    st.session_state[key] = st.session_state[key]
    return str(
        st.segmented_control(
            "Show",
            list(SHOWN),
            format_func=lambda each: f"{SHOWN[each]}: {counts[each]}",
            key=key,
            required=True,
        )
    )


def _kept_text(work: Work, name: str, label: str, placeholder: str) -> str:
    key = work.named(name)
    st.session_state[key] = st.session_state.get(key, "")
    return str(st.text_input(label, key=key, placeholder=placeholder, width=320)).strip()


def _page(work: Work, rows: Sequence[Standing], of: str) -> Sequence[Standing]:
    pages = -(-len(rows) // ROWS)
    kept = work.named("page")
    known = st.session_state.get(kept, (of, 1))
    page = min(known[1], pages) if known[0] == of else 1
    if pages > 1:
        key = work.named(f"page_{of}_{page}_{pages}")
        st.pagination(
            pages, default=page, key=key, on_change=lambda: st.session_state.update({kept: (of, st.session_state[key])})
        )
    return rows[(page - 1) * ROWS : page * ROWS]


def _row(work: Work, content: Content, standing: Standing) -> None:
    standard = work.draft.standard
    with st.container(border=True, key=work.named(f"row_{_key(work, standing)}")):
        theirs, ours, said = st.columns([5, 5, 4], gap="medium")
        with theirs:
            draw(theirs_html(standing))
        with ours:
            draw(ours_html(standing, content.questions, standard.crosswalk.title if standard else ""))
            _choice(work, content, standing)
        with said:
            draw(said_html(standing, work.draft.whose))


def _choice(work: Work, content: Content, standing: Standing) -> None:
    # Named by what stands, so that the box follows where a button has changed that.
    name, row = _key(work, standing), standing.row.key
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen = st.multiselect(
            f"Ours for {row}",
            list(dict.fromkeys((*standing.suggested, *content.questions))),
            default=list(standing.questions),
            format_func=lambda each: f"{each} {content.questions[each].title}",
            key=work.named(f"ours_{name}_{'_'.join(standing.questions)}"),
            placeholder="None of ours",
            select_all=False,
            label_visibility="collapsed",
        )
        if standing.state == "check":
            st.button("Accept", key=work.named(f"accept_{name}"), on_click=partial(_confirm, work, [row]))
            st.button(
                "None of ours",
                key=work.named(f"none_{name}"),
                type="tertiary",
                on_click=partial(_choose, work, row, ()),
            )
    if tuple(chosen) != standing.questions:
        work.say(work.draft.choosing({row: chosen}))


def _confirm_shown(work: Work, shown: Sequence[Standing]) -> None:
    """All suggestions on this page at once, at its end. Those that ask the opposite are confirmed one by one."""
    open_ones = [each for each in shown if each.state == "check"]
    keys = [each.row.key for each in open_ones if not each.opposite]
    if len(keys) > 1:
        st.button(
            f"I have looked at these: accept all {len(keys)}",
            key=work.named("accept_shown"),
            type="primary",
            on_click=partial(_confirm, work, keys),
        )
        if len(keys) < len(open_ones):
            st.caption("Those that ask the opposite are left out: accept them one by one.")


def _confirm(work: Work, keys: Sequence[str]) -> None:
    work.draft = work.draft.confirming(keys)


def _choose(work: Work, row: str, questions: Sequence[str]) -> None:
    work.draft = work.draft.choosing({row: questions})


def _key(work: Work, standing: Standing) -> str:
    return f"{work.layouts}_{standing.row.key}"
