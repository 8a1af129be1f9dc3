"""A compared row as somebody gets to see it: with letters in the place of vendors' names, where those are hidden."""

from __future__ import annotations

from ii_vendor.model.offline import Given, OfflineRow, Recorded
from ii_vendor.rules.names import Masks


def under_letters(row: OfflineRow, masks: Masks) -> OfflineRow:
    """The row without any vendor's name."""
    mask = masks.of.get(row.vendor)
    recorded = row.recorded
    return row.model_copy(
        update={
            "vendor": mask.id if mask else "",
            "name": mask.label if mask else masks.hide(row.name),
            "given": _hidden(row.given, masks) if row.given else None,
            "recorded": Recorded(given=_hidden(recorded.given, masks), by=recorded.by, at=recorded.at)
            if recorded
            else None,
            "why": tuple(map(masks.hide, row.why)),
            "problems": tuple(each.model_copy(update={"message": masks.hide(each.message)}) for each in row.problems),
        }
    )


def _hidden(given: Given, masks: Masks) -> Given:
    return given.model_copy(update={"reason": masks.hide(given.reason), "quote": masks.hide(given.quote)})
