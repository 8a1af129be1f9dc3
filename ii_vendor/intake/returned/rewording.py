"""What is said where a workbook asked a question in other words than it is asked in now."""

from __future__ import annotations

from ii_vendor.intake.notes import Notes, quoted
from ii_vendor.intake.raw import RawSheet
from ii_vendor.intake.returned.asked import Wording, asked_words

_SHOWN = 400


def asked_then(words: str) -> str:
    """The label of an answer that must be read with the question it was given to."""
    return f"Asked then: {asked_words(words)}"


def tell_wording(
    notes: Notes, sheet: RawSheet, cell: str, question: str, words: str, wording: Wording, answer: str
) -> None:
    """Tell how the words beside an answer differ from the question asked now, if they do. ``cell`` is where they
    stand."""
    then = quoted(asked_words(words), longest=_SHOWN)
    if wording == "other":
        said = quoted(answer, longest=_SHOWN)
        message = (
            f"{question} was another question in this workbook: {then}. Its answer is kept beside the response: {said}."
        )
        notes.add("warning", message, "Ask the vendor to answer the question that is asked now.", sheet, cell)
    elif wording == "opposite":
        message = f"{question} asked the opposite in this workbook: a yes there is a no here. It asked {then}."
        remedy = "Read the answer with the question it was given to; the two are kept together."
        notes.add("warning", message, remedy, sheet, cell)
    elif wording == "reworded":
        message = f"{question} was worded differently in this workbook: {then}."
        notes.add("warning", message, "Check that the answer fits the question asked now.", sheet, cell)
