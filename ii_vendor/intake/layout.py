"""How a response workbook is marked, so that its rows and columns are found again after another program saved it.

Every sheet carries a hidden first row that names the role of each column and a hidden first column that names the key
of each row; their corner cell names the sheet. Moved, resized, inserted or renamed things keep their marks.
"""

from __future__ import annotations

import re

from ii_vendor.model.questionnaire import Question, Section

FORMAT = "1"
FORMAT_PROPERTY = "ii-vendor template format"
CONTENT_PROPERTY = "ii-vendor content hash"

_MARK = "ii-vendor"
INSTRUCTIONS_MARK = f"{_MARK}:{FORMAT}:instructions"
INPUT_LABELS = {
    "vendor": "Vendor (company name)",
    "contact": "Your contact for questions",
    "date": "Date of this response",
}
INPUT_KEYS = tuple(INPUT_LABELS)

ANSWER = "answer"
QUESTION_KEY = "q:"
FLOW_KEY = "row:"
EVIDENCE_KEY = "evidence"
HEAD_KEY = "head"
NOTE_KEY = "note"
TEXT_KEY = "text"
_LINE_KEYS = ("title", "subtitle", "heading", "intro", "hint", "gap", TEXT_KEY, "guidance", "references", "total")
_NUMBERED_KEY = re.compile(f"(?:{QUESTION_KEY}|{FLOW_KEY})[A-Za-z0-9_.-]+")
LIST_HINT = "Write into the yellow cells. Rows cannot be added here; a long answer may refer to a document by page."
EVIDENCE = "Evidence: document, page, contact"
FLOW_EVIDENCE = "Evidence for each column: document, page, contact"
NUMBER = "No."
REFERENCES = "Relates to"
STATUS = "Status"
FLOW_LABELS = ("Guidance", REFERENCES)
"""What stands beside the rows of a flow table's header, beneath the questions."""

INPUT_ROLES = ("choice", ANSWER, "evidence", "name")


def section_mark(questionnaire_id: str, section_id: str) -> str:
    """The corner mark of a section's sheet."""
    return f"{_MARK}:{FORMAT}:{questionnaire_id}:{section_id}"


def is_mark(text: str) -> bool:
    """Whether a corner cell says that the sheet is ours, of any format."""
    return text.startswith(f"{_MARK}:")


def marked_section(mark: str) -> tuple[str, str]:
    """The ids of the questionnaire and the section in a corner mark of any format; empty where it names none."""
    parts = mark.split(":")
    return (parts[2], parts[3]) if len(parts) == 4 else ("", "")


def answer_role(part: str) -> str:
    """The role of an answer column of a table: of one question, or of one column that all its questions share."""
    return f"{ANSWER}:{part}"


def is_key(text: str) -> bool:
    """Whether the text names a row; anything else in the hidden column was put there by somebody."""
    known = (*_LINE_KEYS, *INPUT_KEYS, HEAD_KEY, NOTE_KEY, EVIDENCE_KEY)
    return text in known or _NUMBERED_KEY.fullmatch(text) is not None


def is_input(role: str) -> bool:
    """Whether vendors write into columns of this role."""
    return role in INPUT_ROLES or role.startswith(f"{ANSWER}:")


def defined_name(question_id: str) -> str:
    """The defined name that points to the answer of a question: ``ii.q.DEA_3`` for ``DEA-3``."""
    return "ii.q." + re.sub(r"[^A-Za-z0-9_.]", "_", question_id)


def visible_id(question: Question) -> str:
    """The id as vendors see it, with a star for a critical question."""
    return f"{question.id} *" if question.critical else question.id


def id_from_visible(text: str) -> str:
    """The id in a visible id cell or in the header of a table's column: its first word, without the star."""
    words = text.replace("*", " ").split()
    return words[0] if words else ""


def guidance_text(question: Question) -> str:
    """Guidance with the evidence that is welcome."""
    return f"{question.guidance}\nEvidence that helps: {'; '.join(question.evidence)}"


def references_text(question: Question) -> str:
    """What a question relates to, as it stands in one cell."""
    return "\n".join(question.references)


def question_text(question: Question) -> str:
    """Title and text as they stand in one cell."""
    return f"{question.title}\n{question.text}"


def is_flow_table(section: Section) -> bool:
    """Whether the section's questions are columns and vendors add rows."""
    return section.table is not None and section.table.questions_as == "columns"


def flow_hint(section: Section) -> str:
    """How a table of flows is filled in."""
    row = section.table.row_title.lower() if section.table else "row"
    return f"One row for each {row}. Rows may be inserted within the table. The yellow cells are yours."


def flow_title(question: Question) -> str:
    """The title of a question's column in a table of flows."""
    return f"{visible_id(question)}  {question.title}"


def subtitle(questionnaire_title: str, version: str) -> str:
    """The line beneath the title of a section's sheet."""
    return f"{questionnaire_title} · version {version}"


def flow_label(section: Section, number: int) -> str:
    """What a table row without a name is called: ``Data flow 3``."""
    title = section.table.row_title if section.table else "Row"
    return f"{title} {number}"
