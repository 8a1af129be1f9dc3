"""What a newer response of the same vendor says differently."""

from __future__ import annotations

from typing import Literal

from ii_vendor.model.intake import Change
from ii_vendor.model.response import Response


def changes(old: Response, new: Response) -> list[Change]:
    """Every difference in answers and evidence, in the order of the new response; then what only the old one has."""
    ids = list(dict.fromkeys(answer.question for response in (new, old) for answer in response.answers))
    found: list[Change] = []
    for question in ids:
        before, after = old.answer(question), new.answer(question)
        found += _difference(question, "answer", before.text, after.text)
        found += _difference(question, "evidence", before.evidence, after.evidence)
    return found


def _difference(question: str, part: Literal["answer", "evidence"], old: str, new: str) -> list[Change]:
    if old == new:
        return []
    kind: Literal["added", "changed", "removed"] = "changed"
    if not old.strip():
        kind = "added"
    elif not new.strip():
        kind = "removed"
    return [Change(question=question, kind=kind, part=part, old=old, new=new)]
