"""The figures of a comparison, drawn once for each state of the record."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from ii_vendor import charts
from ii_vendor.model.scorecard import Comparison


@dataclass(frozen=True)
class Pictures:
    """What the page Compare shows."""

    scoreboard: str
    two: str


def _name(comparison: Comparison) -> tuple[str, str]:
    return comparison.record_hash, comparison.content_hash


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs={Comparison: _name})
def pictures(comparison: Comparison, view: str) -> Pictures:  # noqa: ARG001 (it names what is kept)
    """The figures of a comparison. Its two hashes name it, together with the ``view`` of the evaluation behind it:
    what one person may not see yet must not come from another's."""
    two = (
        f"<section><h2>Autonomy against red flags</h2>{charts.quadrant(comparison)}</section>"
        f"<section><h2>Autonomy by section</h2>{charts.section_heatmap(comparison)}</section>"
    )
    return Pictures(charts.scoreboard(comparison), f'<div class="iv-two">{two}</div>')
