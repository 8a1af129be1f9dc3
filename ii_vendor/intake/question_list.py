"""A list of questions in anybody's workbook, read in the reading process and understood."""

from __future__ import annotations

from pathlib import Path

from ii_vendor.intake.handed_in import items_of, taken
from ii_vendor.intake.private import private_folder
from ii_vendor.intake.raw import raw_workbook
from ii_vendor.intake.refused import Refused
from ii_vendor.intake.sandbox import Sandbox
from ii_vendor.intake.understanding import understand
from ii_vendor.model.workbook import WorkbookLayout


def read_question_list(path: Path) -> WorkbookLayout:
    """Where the questions of a workbook stand. Raises Refused for a file that is not read, and for several in a zip."""
    with private_folder() as private, Sandbox() as sandbox:
        first, *more = items_of(sandbox, path, private)
        if more:
            raise Refused("This zip holds several workbooks.", "Unpack it, and name one of them.")
        taken(first)
        if first.refusal:
            raise first.refusal
        return understand(raw_workbook(sandbox.read(first.path)))
