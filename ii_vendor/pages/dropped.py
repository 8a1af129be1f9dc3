"""The part of Responses where workbooks are dropped. What was read stays while somebody looks at another page."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from ii_vendor.intake import Intake, Known, mapped_anew, read_responses
from ii_vendor.intake.limits import MAX_FILE_BYTES, MIB
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.pages.context import evaluations, library, plain
from ii_vendor.pages.preview import forget_preview


@dataclass(frozen=True)
class _Dropped:
    """What was read for one evaluation. ``uploads`` marks the files that the uploader holds, which gave ``intakes``;
    it forgot those of ``earlier`` when somebody went to another page."""

    asked: str
    uploads: tuple[tuple[str, str], ...] = ()
    intakes: tuple[Intake, ...] = ()
    earlier: tuple[Intake, ...] = ()

    @property
    def all(self) -> tuple[Intake, ...]:
        again = {intake.file.sha256 for intake in self.intakes}
        return (*(each for each in self.earlier if each.file.sha256 not in again), *self.intakes)


def dropped(evaluation: Evaluation, content: Content) -> Sequence[Intake]:
    """Take files, and give what was read in them, with what was read before somebody left the page."""
    st.subheader("Drop filled workbooks here", anchor=False)
    round_number = st.session_state.setdefault("drop_round", 0)
    asked = f"{evaluation.id}_{content.questionnaire_hash[:12]}"
    key = f"drop_{asked}_{round_number}"
    uploads = st.file_uploader(
        f"One or many workbooks in any layout (.xlsx .xlsm .xls .ods .csv), or a .zip of them, up to "
        f"{MAX_FILE_BYTES // MIB} MB each",
        type=["xlsx", "xlsm", "xls", "ods", "csv", "zip"],
        accept_multiple_files=True,
        key=key,
        on_change=_forget_removed,
        args=(key,),
        max_upload_size=MAX_FILE_BYTES // MIB,
    )
    known: _Dropped = st.session_state.get("intakes") or _Dropped(asked)
    if known.asked != asked:
        forget_preview()
        known = _Dropped(asked)
    now = _taken(known, uploads, content)
    st.session_state["intakes"] = now
    if now.earlier:
        _say_earlier(now.earlier)
    return now.all


def _taken(known: _Dropped, uploads: Sequence[UploadedFile], content: Content) -> _Dropped:
    marks = tuple((upload.file_id, upload.name) for upload in uploads)
    if not marks and known.uploads:
        return _Dropped(known.asked, earlier=known.all)
    if marks != known.uploads:
        return replace(known, uploads=marks, intakes=_read(uploads, content))
    if st.session_state.pop("mapped_anew", False):
        # What was just confirmed may settle the other files.
        saved = _known()
        return replace(
            known,
            intakes=tuple(mapped_anew(each, saved) for each in known.intakes),
            earlier=tuple(mapped_anew(each, saved) for each in known.earlier),
        )
    return known


def _forget_removed(key: str) -> None:
    """Let go of what was read where somebody took the last file out; one who comes back finds no file there either."""
    if not st.session_state[key] and "intakes" in st.session_state:
        st.session_state["intakes"] = replace(st.session_state["intakes"], uploads=(), intakes=())


def _say_earlier(earlier: Sequence[Intake]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(plain(f"Dropped before: {', '.join(each.file.name for each in earlier)}."))
        st.button("Remove", key="forget_earlier", type="tertiary", icon=":material/delete:", on_click=forget_preview)


def _known() -> Known:
    return Known(kept=evaluations().mappings(), crosswalks=library().crosswalks)


def _read(uploads: Sequence[UploadedFile], content: Content) -> tuple[Intake, ...]:
    bar = st.progress(0.0, text="Reading")

    def show_progress(done: int, total: int, name: str) -> None:
        bar.progress(done / max(total, 1), text=plain(f"{done} of {total}: {name}"))

    with tempfile.TemporaryDirectory(prefix="ii-vendor-") as folder:
        paths = []
        for index, upload in enumerate(uploads):
            # A folder each: two vendors may well send files of one name.
            path = Path(folder) / str(index) / Path(upload.name).name
            path.parent.mkdir()
            path.write_bytes(upload.getvalue())
            paths.append(path)
        try:
            found = read_responses(
                paths, content.questionnaires, content.questionnaire_hash, known=_known(), progress=show_progress
            )
        finally:
            bar.empty()
    return tuple(found)
