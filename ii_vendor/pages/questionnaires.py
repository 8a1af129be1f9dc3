"""Questionnaires: those of the team's own with their progress, a new one from a list, and the rubrics of one."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ii_vendor.library import ContentError, Library
from ii_vendor.pages.context import draw, library, plain, say_now
from ii_vendor.pages.own_questions_files import show_files
from ii_vendor.pages.own_questions_list import show_import
from ii_vendor.pages.own_questions_rubric import show_rubrics
from ii_vendor.pages.standing import is_facilitator
from ii_vendor.report.own_words import progress_html

STYLE = Path(__file__).with_suffix(".css")


def show() -> None:
    say_now()
    st.html(STYLE)
    if not is_facilitator():
        st.title("Questionnaires", anchor=False)
        st.info("The facilitator prepares what vendors are asked and how answers are judged.")
        return
    try:
        shelf = library()
    except ContentError as error:
        st.title("Questionnaires", anchor=False)
        st.error("The content folder has mistakes. Run `ii-vendor content check` after mending them.")
        st.code(str(error), language=None)
        return
    chosen = st.query_params.get("own", "")
    if chosen in shelf.own.questionnaires:
        show_rubrics(shelf, chosen)
    else:
        _overview(shelf)


def _overview(shelf: Library) -> None:
    st.title("Questionnaires", anchor=False)
    st.caption(
        "What vendors are asked, and how answers are judged. Beside what comes with the tool you can ask your own "
        "list: it becomes a questionnaire, and you say for each question what a poor and a good answer is."
    )
    _mistakes(shelf)
    left, right = st.columns([5, 4], gap="large")
    with left:
        _own(shelf)
        _others(shelf)
    with right:
        show_files(shelf)
    st.divider()
    show_import(shelf)


def _mistakes(shelf: Library) -> None:
    if shelf.own.mistakes:
        st.error(
            "Files of your own have mistakes. What is wrong was left out; mend it in the file and load this page again."
        )
        st.code("\n".join(map(str, shelf.own.mistakes)), language=None, wrap_lines=True)


def _own(shelf: Library) -> None:
    st.subheader("Your own", anchor=False)
    if not shelf.own.questionnaires:
        st.write("None yet. Bring your list of questions below.")
    for key, own in shelf.own.questionnaires.items():
        with st.container(border=True, key=f"own_card_{key}"):
            draw(progress_html(own, own.questionnaire.title))
            label = "Open" if own.ready else "Fill in rubrics"
            if st.button(label, key=f"open_{key}", type="secondary" if own.ready else "primary"):
                st.query_params["own"] = key
                st.rerun()


def _others(shelf: Library) -> None:
    with st.expander("Those that come with the content"):
        for key in shelf.default_questionnaires:
            asked = shelf.questionnaires[key]
            st.markdown(f"**{plain(asked.title)}**: {sum(1 for _ in asked.questions())} questions")


if __name__ == "__main__":
    show()
