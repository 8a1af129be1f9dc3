"""Answers to questions that are not asked, kept beside the response so that they can be read."""

from __future__ import annotations

from ii_vendor.intake import layout
from ii_vendor.intake.returned.sheetmap import SheetMap
from ii_vendor.intake.returned.wording import asked_words
from ii_vendor.model.response import Attachment


def left_in_row(found: SheetMap, row: int) -> Attachment:
    """The answer in a row of a list of questions."""
    roles = [role for role in found.inputs() if role != "evidence"]
    parts = [_labelled(found, role, found.text(row, role)) for role in roles]
    shown = layout.id_from_visible(found.text(row, "id"))
    return Attachment(
        place=f"{found.sheet.name}!{row}",
        id=found.keys.get(row, "").removeprefix(layout.QUESTION_KEY) or shown,
        section=found.sheet.name,
        question=asked_words(found.text(row, "question")),
        answer="\n".join(part for part in parts if part),
        evidence=found.text(row, "evidence"),
    )


def left_in_column(found: SheetMap, role: str, question: str, words: str) -> Attachment:
    """The answers in a column of a table of flows, each with the name of its flow."""
    rows = [(found.text(row, "name").strip(), found.text(row, role)) for row, _ in found.rows() if found.is_flow(row)]
    evidence_row = found.row_of(layout.EVIDENCE_KEY)
    return Attachment(
        place=f"{found.sheet.name}!{found.letters(role)}",
        id=question,
        section=found.sheet.name,
        question=asked_words(words),
        answer="\n".join(f"{name}: {text}" if name else text for name, text in rows if text.strip()),
        evidence=found.text(evidence_row, role) if evidence_row else "",
    )


def _labelled(found: SheetMap, role: str, text: str) -> str:
    title = found.sheet.text(found.head, found.roles[role]).split("\n", 1)[0].strip() if found.head else ""
    plain = not text.strip() or role in (layout.ANSWER, "choice") or not title
    return text if plain else f"{title}: {text}"
