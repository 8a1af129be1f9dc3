"""An assignment workbook beside the record, as HTML: one line for each answer that differs. Every word is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ii_vendor.model.offline import AssignmentComparison, AssignmentTaken, Given, OfflineRow, Recorded, RowState
from ii_vendor.report.assignment_words import SHOWN, level_shown, who_and_when

_LABELS = {
    RowState.conflict: "In conflict",
    RowState.unusable: "Cannot be used",
    RowState.changed: "Changed",
    RowState.new: "New",
    RowState.emptied: "Emptied in the file",
    RowState.later: "Changed online since",
}
_MARKS = {
    RowState.conflict: "iv-clashes",
    RowState.unusable: "iv-unusable",
    RowState.changed: "iv-changes",
    RowState.new: "iv-new",
}


def rows_html(found: AssignmentComparison) -> str:
    """Every row that differs, but those for which a person has to choose."""
    rows = [row for state in SHOWN if state is not RowState.conflict for row in found.of(state)]
    return f'<div class="iv-brought">{"".join(map(row_html, rows))}</div>' if rows else ""


def row_html(row: OfflineRow) -> str:
    """One answer: what the file says, what is recorded, and why they cannot simply be put together."""
    what = escape(", ".join(part for part in (row.name, row.question) if part))
    place = f"<small>{escape(row.place)}</small>" if row.place else ""
    lines = "".join(f"<p>{escape(each)}</p>" for each in row.why)
    why = f'<div class="iv-why">{lines}</div>' if lines else ""
    return (
        f'<div class="iv-one {_MARKS.get(row.state, "")}"><div><b>{_LABELS.get(row.state, row.state.value)}</b>'
        f"<span>{what}</span>{place}</div>"
        f"<div><small>In the file</small>{_given(row.given)}</div>"
        f"<div><small>Recorded{_by(row.recorded)}</small>{_given(row.recorded.given if row.recorded else None)}</div>"
        f"{why}</div>"
    )


def notes_html(lines: Iterable[str]) -> str:
    """What is odd about the file."""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<ul class="iv-odd">{items}</ul>' if items else ""


def left_html(taken: AssignmentTaken) -> str:
    """Which rows were not saved, and why."""
    return notes_html(f"{each.name}, {each.question}: {each.why}" for each in taken.left)


def _given(given: Given | None) -> str:
    if given is None:
        return "<p>nothing</p>"
    quote = f"<p>“{escape(given.quote)}”</p>" if given.quote else ""
    reason = f"<p>{escape(given.reason)}</p>" if given.reason else ""
    return f"<p><b>{level_shown(given)}</b>, {given.grade.value}</p>{reason}{quote}"


def _by(recorded: Recorded | None) -> str:
    return f" by {escape(who_and_when(recorded))}" if recorded else ""
