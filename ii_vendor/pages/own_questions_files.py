"""The part of Questionnaires where files in YAML are brought back, downloaded, and set aside."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ii_vendor.errors import UserError
from ii_vendor.library import ContentError, Library
from ii_vendor.library.own_files import bring_back, set_aside
from ii_vendor.pages.context import plain, say_next, saying_refusals


def show_files(shelf: Library) -> None:
    """Take in files that were downloaded or written by hand."""
    st.subheader("Work in files", anchor=False)
    st.caption(
        f"Each questionnaire is two files in YAML, in `{shelf.own.folder}`: what is asked, and how answers are judged. "
        "Edit them there, or bring them from elsewhere."
    )
    round_number = st.session_state.setdefault("own_files_round", 0)
    uploads = st.file_uploader(
        "Files of questions and rubrics", type=["yaml"], accept_multiple_files=True, key=f"own_files_{round_number}"
    )
    if not uploads:
        return
    files = {upload.name: upload.getvalue() for upload in uploads}
    over = st.session_state.pop("own_files_over", False)
    try:
        replaced = bring_back(shelf, files, over=over)
    except ContentError as error:
        st.error("These files cannot be used as they are. Nothing was taken from them.")
        st.code(str(error), language=None, wrap_lines=True)
        return
    except UserError as refusal:
        st.error(plain(str(refusal)))
        return
    if replaced and not over:
        _ask_first(replaced)
        return
    # Files that stay in their place would undo every later change.
    st.session_state["own_files_round"] += 1
    say_next("The files are taken in.")
    st.rerun()


def _ask_first(replaced: list[Path]) -> None:
    names = ", ".join(path.name for path in replaced)
    st.warning(
        plain(f"There are other words in {names} already. Nothing was written yet. What is there would be set aside.")
    )
    if st.button("Replace them", key="own_files_replace"):
        st.session_state["own_files_over"] = True
        st.rerun()


def offer_files(shelf: Library, own_id: str) -> None:
    """The files of one questionnaire to download, and the questionnaire to set aside."""
    own = shelf.own.questionnaires[own_id]
    for number, file in enumerate(shelf.own.files[own_id]):
        st.download_button(
            "Questions as YAML" if not number else "Rubrics as YAML",
            file.path.read_bytes(),
            file_name=f"{own_id}-questions.yaml" if not number else f"{own_id}-rubrics.yaml",
            mime="application/yaml",
            icon=":material/download:",
            key=f"own_download_{number}",
            on_click="ignore",
        )
    with st.popover("Set aside"):
        st.write(
            plain(
                f"“{own.questionnaire.title}” would no longer be offered. Its files stay in the folder with the ending "
                ".removed, and evaluations that ask it go on as they are."
            )
        )
        if st.button("Set it aside", key="own_set_aside"):
            with saying_refusals():
                set_aside(shelf, own_id)
                del st.query_params["own"]
                say_next(f"“{own.questionnaire.title}” is set aside.")
                st.rerun()
