"""A mapping in the making in plain words: what columns hold, and how a question of theirs was matched to ours."""

from __future__ import annotations

from ii_vendor.intake.foreign.draft import MappingDraft, Standing
from ii_vendor.model.workbook import Match, Role, SheetLayout
from ii_vendor.report.phrases import counted, percent

ROLES: dict[Role, str] = {
    "id": "Number",
    "section": "Section",
    "question": "Question",
    "answer": "Answer",
    "option": "Cross means an answer",
    "comment": "Comment",
    "evidence": "Evidence",
    "guidance": "Guidance",
    "other": "Not read",
}
"""What a column holds, by its role."""

OPPOSITE = "Asks the opposite: a yes there is a no here"


def how_words(match: Match, *, decided: bool, standard: str = "") -> str:
    """How a match came about. ``decided``: a person confirmed it; ``standard`` is the title of the standard
    questionnaire that the workbook is, if it is one."""
    confirmed = ", confirmed" if decided else ""
    match match.by:
        case "id":
            return f"Same number and words{confirmed}"
        case "alias":
            return f"Same words{confirmed}"
        case "saved":
            return "Confirmed before"
        case "clause":
            return f"Related clause {match.clause} in {standard}{confirmed or ': please check'}"
        case "person":
            return "Chosen by hand"
        case "similar":
            alike = f"Similar words, {percent(match.similarity)} alike"
            return f"{alike}{confirmed or ': please check'}"


def none_words(standing: Standing) -> str:
    """That a row belongs to none of ours, and whether somebody said so."""
    return "None of ours, confirmed" if standing.decided else "None of ours"


def progress_words(draft: MappingDraft) -> str:
    """How many questions of theirs stand where."""
    count = {state: sum(each.state == state for each in draft.standing) for state in ("matched", "check", "unmatched")}
    return f"{count['matched']} matched to ours, {count['check']} to check, {count['unmatched']} belong to none of ours"


def sheet_words(layout: SheetLayout, questions: int) -> str:
    """A sheet with whether it is read: ``Answers: 12 questions``, ``Lists, hidden: left out, it is a list``."""
    hidden = "" if layout.visible else ", hidden"
    if layout.status == "read":
        return f"{layout.name}{hidden}: {counted(questions, 'question')}"
    why = f", {layout.why}" if layout.why else ""
    return f"{layout.name}{hidden}: left out{why}"


def found_rows(draft: MappingDraft, words: str) -> list[Standing]:
    """The rows whose question, number, section or answer holds all of the words looked for, whatever their case."""
    wanted = words.casefold().split()
    return [each for each in draft.standing if all(word in _searched_row(each) for word in wanted)]


def _searched_row(standing: Standing) -> str:
    row = standing.row
    said = [part for each in row.answers for part in (each.answer, each.comment)]
    return " ".join((row.key, row.id, row.section, row.question, *said)).casefold()
