"""Workbook -> Response: the template, the guard, the sandboxed reader, and the mapping of what was read.

The names are loaded when they are first used: the reading process lives in this package and must start fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ii_vendor.intake.batch import read_responses
    from ii_vendor.intake.difference import changes
    from ii_vendor.intake.inspection import inspect_file
    from ii_vendor.intake.inspection_text import inspection_lines
    from ii_vendor.intake.refused import Refused
    from ii_vendor.intake.template import write_template
    from ii_vendor.model.intake import Change, Intake

__all__ = [
    "Change",
    "Intake",
    "Refused",
    "changes",
    "inspect_file",
    "inspection_lines",
    "read_responses",
    "write_template",
]

_HOMES = {
    "Change": "ii_vendor.model.intake",
    "Intake": "ii_vendor.model.intake",
    "Refused": "ii_vendor.intake.refused",
    "changes": "ii_vendor.intake.difference",
    "inspect_file": "ii_vendor.intake.inspection",
    "inspection_lines": "ii_vendor.intake.inspection_text",
    "read_responses": "ii_vendor.intake.batch",
    "write_template": "ii_vendor.intake.template",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
