"""Answers from a workbook in another layout, in plain words: how they came, who confirmed it, what stayed beside."""

from __future__ import annotations

from collections.abc import Sequence

from ii_vendor.model.mapping import KeptMapping
from ii_vendor.model.response import Attachment, Carried
from ii_vendor.report.audit_phrases import moment
from ii_vendor.report.phrases import counted, listed

_COUNTED: dict[str, str] = {
    "id": "by number and words",
    "alias": "by the same words",
    "saved": "confirmed before",
    "clause": "by a related clause",
    "similar": "by similar words, confirmed",
    "person": "chosen by hand",
}


def carried_words(carried: Carried) -> str:
    """How answers came from a workbook in another layout to our questions, and who confirmed it. A sentence."""
    matched = sum(carried.matched.values())
    ways = [f"{carried.matched[by]} {words}" for by, words in _COUNTED.items() if carried.matched.get(by)]
    how = f" ({listed(ways)})" if ways else ""
    own = f"The vendor’s own workbook: {matched} of its {counted(carried.rows, 'question')} matched to ours{how}."
    if not carried.confirmed_by:
        return own
    when = f" on {moment(carried.confirmed_at)}" if carried.confirmed_at else ""
    earlier = ", for an earlier workbook of this layout" if carried.reused else ""
    return f"{own} Confirmed by {carried.confirmed_by}{when}{earlier}."


def kept_words(kept: KeptMapping) -> str:
    """What a saved mapping knows, and who confirmed it when."""
    known = kept.mapping.questions.values()
    ours = sum(bool(question) for question in known)
    return (
        f"{ours} of its {counted(len(known), 'question')} matched to ours. Confirmed by {kept.by} on {moment(kept.at)}."
    )


def beside_words(attachments: Sequence[Attachment]) -> str:
    """The title over what a workbook holds beside our questions."""
    return f"Not part of our questions: {counted(len(attachments), 'row')}"


def beside_text(attachments: Sequence[Attachment]) -> str:
    """What a workbook holds beside our questions as plain text, a paragraph for each row."""
    return "\n".join(_paragraph(each) for each in attachments)


def _paragraph(each: Attachment) -> str:
    title = " ".join(part for part in (each.id, each.question) if part)
    said = [each.answer, f"Comment: {each.comment}" if each.comment else ""]
    said.append(f"Evidence: {each.evidence}" if each.evidence else "")
    body = "\n".join(line for line in said if line) or "(no answer)"
    return f"[{each.place}] {title}\n{body}\n"


def found_beside(attachments: Sequence[Attachment], words: str) -> list[Attachment]:
    """Those that hold all of the words looked for, whatever their case."""
    wanted = words.casefold().split()
    return [each for each in attachments if all(word in _searched(each) for word in wanted)]


def _searched(each: Attachment) -> str:
    return " ".join((each.place, each.id, each.section, each.question, each.answer, each.comment)).casefold()
