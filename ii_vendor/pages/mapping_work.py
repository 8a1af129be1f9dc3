"""The mapping of one workbook as a visitor has it in hand: it lasts as long as the visit, whatever is drawn anew."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ii_vendor.intake import ForeignIntake, MappingDraft

STYLE = Path(__file__).with_name("mapping.css")
SHEETS, QUESTIONS, IMPORT = "sheets", "questions", "import"
"""The steps of a mapping."""


class Work:
    """The mapping of one file. ``layouts`` counts changes of the layout: controls for rows are named by it, as rows
    may be others afterwards."""

    def __init__(self, intake: ForeignIntake) -> None:
        self.key = intake.file.sha256[:16]
        self._first = intake.draft

    def named(self, control: str) -> str:
        """The key of a control that belongs to this file."""
        return f"mapping_{self.key}_{control}"

    @property
    def draft(self) -> MappingDraft:
        """What stands by now."""
        draft: MappingDraft = st.session_state.get(self.named("draft"), self._first)
        return draft

    @draft.setter
    def draft(self, changed: MappingDraft) -> None:
        if changed.layout is not self.draft.layout:
            st.session_state[self.named("layouts")] = self.layouts + 1
        st.session_state[self.named("draft")] = changed

    def say(self, changed: MappingDraft) -> None:
        """Take what somebody just said, and draw the page anew by it."""
        self.draft = changed
        st.rerun()

    def go_to(self, step: str) -> None:
        """Have the page show a step when it is drawn next."""
        st.session_state[self.named("step")] = step

    @property
    def layouts(self) -> int:
        count: int = st.session_state.get(self.named("layouts"), 0)
        return count


def forget_work() -> None:
    """Let go of every mapping in hand."""
    for key in [key for key in st.session_state if str(key).startswith("mapping")]:
        del st.session_state[key]
