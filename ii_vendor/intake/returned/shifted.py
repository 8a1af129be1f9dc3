"""Whether the answers on a sheet were moved by a row: they speak of the question above or below, not of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ii_vendor.intake.foreign.similarity import QuestionIndex, Wording
from ii_vendor.intake.notes import Notes
from ii_vendor.intake.returned.sheetmap import SheetMap
from ii_vendor.model.questionnaire import Section
from ii_vendor.model.response import Answer

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FEWEST_ANSWERS = 3
_FEWEST_WORDS = 5
_LEAST_LIKENESS = 0.04
_CLEARLY = 1.25
"""So many times more like a neighbouring question than like their own: in the sample bids, no list is."""
_MOST = 0.6
_LOOKED_AT = 40
"""So many answers of a long list say enough."""


def tell_shifted(section: Section, answers: Sequence[Answer], found: SheetMap, notes: Notes) -> None:
    """Warn where the answers of a list fit the questions one row above or below clearly better than their own."""
    texts = _of_their_own([" ".join(cell.text for cell in answer.cells) for answer in answers[:_LOOKED_AT]])
    if sum(text != "" for text in texts) < _FEWEST_ANSWERS:
        return
    asked = [Wording(each.id, f"{each.title} {each.text} {each.guidance}") for each in section.questions[:_LOOKED_AT]]
    likeness = QuestionIndex(asked).similarities(texts)
    for offset, way, neighbour in ((-1, "down", "above"), (1, "up", "below")):
        if _fit_better(likeness, offset):
            message = f"The answers on this sheet speak of the question {neighbour} rather than of their own."
            remedy = "Compare the answers with their questions, and ask the vendor."
            notes.add("warning", f"{message} Were they all moved {way} by a row?", remedy, found.sheet)


def _of_their_own(texts: Sequence[str]) -> list[str]:
    """The texts, each empty that is too short, or too often the same, to speak of one question."""
    times = Counter(texts)
    return [text if times[text] == 1 and len(text.split()) >= _FEWEST_WORDS else "" for text in texts]


def _fit_better(likeness: NDArray[np.float32], offset: int) -> bool:
    """Whether most answers (rows) are more like the question (columns) ``offset`` rows further down than their own, and
    clearly so on average. An empty answer is like nothing."""
    own, moved = likeness.diagonal(), likeness.diagonal(offset)
    own = own[1:] if offset < 0 else own[:-1]
    either = (own > 0) | (moved > 0)
    if not either.any():
        return False
    own, moved = own[either], moved[either]
    clearly = moved.mean() >= max(_LEAST_LIKENESS, _CLEARLY * own.mean())
    return bool(clearly and (moved > own).mean() >= _MOST)
