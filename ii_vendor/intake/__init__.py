"""Workbook -> Response: the template, the guard, the sandboxed reader, and the mapping of what was read.

The names are loaded when they are first used: the reading process lives in this package and must start fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ii_vendor.intake.assignment import read_assignment
    from ii_vendor.intake.batch import ForeignIntake, mapped_anew, read_responses
    from ii_vendor.intake.difference import changes
    from ii_vendor.intake.foreign.draft import Known, MappingDraft
    from ii_vendor.intake.foreign.standards_reading import standard_reading
    from ii_vendor.intake.inspection import inspect_file
    from ii_vendor.intake.inspection_text import inspection_lines
    from ii_vendor.intake.question_list import read_question_list
    from ii_vendor.intake.refused import Refused
    from ii_vendor.intake.returned.response import is_ours
    from ii_vendor.intake.similar import similar_questions
    from ii_vendor.intake.template import write_template
    from ii_vendor.model.intake import Change, Intake

__all__ = [
    "Change",
    "ForeignIntake",
    "Intake",
    "Known",
    "MappingDraft",
    "Refused",
    "changes",
    "inspect_file",
    "inspection_lines",
    "is_ours",
    "mapped_anew",
    "read_assignment",
    "read_question_list",
    "read_responses",
    "similar_questions",
    "standard_reading",
    "write_template",
]

_HOMES = {
    "Change": "ii_vendor.model.intake",
    "ForeignIntake": "ii_vendor.intake.batch",
    "Intake": "ii_vendor.model.intake",
    "Known": "ii_vendor.intake.foreign.draft",
    "MappingDraft": "ii_vendor.intake.foreign.draft",
    "Refused": "ii_vendor.intake.refused",
    "changes": "ii_vendor.intake.difference",
    "inspect_file": "ii_vendor.intake.inspection",
    "is_ours": "ii_vendor.intake.returned.response",
    "inspection_lines": "ii_vendor.intake.inspection_text",
    "read_question_list": "ii_vendor.intake.question_list",
    "read_assignment": "ii_vendor.intake.assignment",
    "mapped_anew": "ii_vendor.intake.batch",
    "read_responses": "ii_vendor.intake.batch",
    "similar_questions": "ii_vendor.intake.similar",
    "standard_reading": "ii_vendor.intake.foreign.standards_reading",
    "write_template": "ii_vendor.intake.template",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
