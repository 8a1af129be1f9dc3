"""What became of a file that arrived, and what a newer response changed."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from ii_vendor.model.base import Frozen
from ii_vendor.model.response import Problem, Response, SourceFile


class Intake(Frozen):
    """One file that was handed in. ``response`` is None where it cannot be accepted; ``problems`` say why.

    ``source`` is the original for keeping: where it lies, or its bytes when it came in a zip.
    """

    file: SourceFile
    response: Response | None
    problems: tuple[Problem, ...] = ()
    source: Path | bytes

    @property
    def accepted(self) -> bool:
        """Whether there is a response to import."""
        return self.response is not None

    def content(self) -> bytes:
        """The bytes of the original."""
        return self.source if isinstance(self.source, bytes) else self.source.read_bytes()


class Change(Frozen):
    """One difference between two responses of a vendor. ``part`` is ``answer`` or ``evidence``."""

    question: str
    kind: Literal["added", "changed", "removed"]
    part: Literal["answer", "evidence"] = "answer"
    old: str
    new: str
