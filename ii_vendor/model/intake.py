"""What became of a file that arrived, and what a newer response changed."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ii_vendor.model.base import Frozen
from ii_vendor.model.response import Problem, Response, SourceFile


class Intake(Frozen):
    """One file that was handed in. ``response`` is None where it cannot be accepted; ``problems`` say why.

    ``original`` holds the bytes of the file, for keeping. One refused from a zip is called ``bids.zip: halden.xlsx``.
    """

    file: SourceFile
    response: Response | None
    problems: tuple[Problem, ...] = ()
    original: bytes = Field(repr=False)


class Change(Frozen):
    """One difference between two responses of a vendor. ``part`` is ``answer`` or ``evidence``."""

    question: str
    kind: Literal["added", "changed", "removed"]
    part: Literal["answer", "evidence"] = "answer"
    old: str
    new: str
