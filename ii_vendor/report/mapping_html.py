"""A sheet of somebody else's workbook as HTML, with what its columns hold; and its questions beside ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from ii_vendor.intake.foreign.corrections import columns_of, header_rows
from ii_vendor.intake.foreign.draft import Standing
from ii_vendor.intake.foreign.respond import answer_of
from ii_vendor.intake.raw import RawSheet, column_letters
from ii_vendor.model.questionnaire import Question
from ii_vendor.model.workbook import SheetColumn, SheetLayout
from ii_vendor.report.mapping_words import OPPOSITE, ROLES, how_words, none_words

MOST_COLUMNS = 60
"""No more columns of a sheet are drawn."""

_LONGEST = 160
_LONGEST_ANSWER = 700


def rows_that_hold(raw: RawSheet) -> list[int]:
    """The rows of a sheet that hold something, in order."""
    return sorted({row for row, _ in raw.cells})


def sheet_html(raw: RawSheet, layout: SheetLayout, rows: Sequence[int], column: int | None, row: int | None) -> str:
    """Some rows of a sheet as a table whose heads can be pressed: ``data-column`` and ``data-row`` say which.

    Every column says in words and colour what it holds; header rows and what is hidden say so. ``column`` and ``row``
    are those that a person looks at.
    """
    roles = {each.column: each for each in columns_of(layout)}
    headers = header_rows(layout)
    columns = _columns(raw, roles)
    heads = "".join(_column_head(raw, number, roles.get(number), number == column) for number in columns)
    body = "".join(
        f"<tr{_class(_row_marks(raw, number, headers, row))}>{_row_head(raw, number, headers, number == row)}"
        + "".join(_cell(raw, number, each, roles.get(each)) for each in columns)
        + "</tr>"
        for number in rows
    )
    left_out = _left_out(raw, columns)
    return (
        f'<div class="iv-sheet" tabindex="0" role="region" aria-label="{escape(raw.name)}"><table><thead><tr>'
        f'<td class="iv-corner"></td>{heads}</tr></thead><tbody>{body}</tbody></table></div>{left_out}'
    )


def legend_html(layout: SheetLayout) -> str:
    """What the colours mean, for the roles that this sheet has."""
    used = dict.fromkeys(column.role for column in columns_of(layout))
    chips = "".join(f'<span class="iv-role iv-role-{role}">{ROLES[role]}</span>' for role in used)
    return f'<p class="iv-roles">{chips}</p>'


def theirs_html(standing: Standing) -> str:
    """A question in their words, with where it stands."""
    row = standing.row
    hidden = " · hidden" if row.hidden else ""
    section = f" · {escape(row.section)}" if row.section else ""
    number = f"<b>{escape(row.id)}</b> " if row.id else ""
    return (
        f'<div class="iv-theirs"><small>{escape(row.key)}{section}{hidden}</small>'
        f"<p>{number}{escape(row.question) or '(no words)'}</p></div>"
    )


def ours_html(standing: Standing, questions: Mapping[str, Question], standard: str = "") -> str:
    """Our questions beside it, how each was matched, and a strong word where it asks the opposite of one. ``standard``
    is the title of the standard questionnaire that the workbook is, if it is one."""
    mark = f'<span class="iv-how iv-how-{standing.state}">'
    if not standing.matches:
        return f'<div class="iv-ours">{mark}{none_words(standing)}</span></div>'
    parts = []
    for match in standing.matches:
        how = escape(how_words(match, decided=standing.decided, standard=standard))
        warned = f'<p class="iv-opposite"><b>⚠ {OPPOSITE}.</b></p>' if match.negated else ""
        text = escape(" ".join(questions[match.question].text.split()))
        parts.append(f"{mark}{how}</span>{warned}<p><b>{escape(match.question)}</b> {text}</p>")
    return f'<div class="iv-ours">{"".join(parts)}</div>'


def said_html(standing: Standing, whose: str) -> str:
    """What the vendor answered, cut where it is long."""
    said = answer_of(standing.row, whose)
    if not said.answered and not said.evidence.strip():
        return '<div class="iv-said iv-empty">(no answer)</div>'
    comment = f"<p><small>Comment</small> {_cut(said.comment, _LONGEST_ANSWER)}</p>" if said.comment.strip() else ""
    evidence = f"<p><small>Evidence</small> {_cut(said.evidence, _LONGEST)}</p>" if said.evidence.strip() else ""
    answer = f"<small>Answer</small><p><b>{_cut(said.answer, _LONGEST_ANSWER)}</b></p>" if said.answer.strip() else ""
    return f'<div class="iv-said">{answer}{comment}{evidence}</div>'


def _columns(raw: RawSheet, roles: dict[int, SheetColumn]) -> list[int]:
    return sorted({column for _, column in raw.cells} | roles.keys())[:MOST_COLUMNS]


def _left_out(raw: RawSheet, columns: Sequence[int]) -> str:
    more = len({column for _, column in raw.cells} - set(columns))
    return f'<p class="iv-note">{more} more columns are not shown.</p>' if more else ""


def _column_head(raw: RawSheet, number: int, known: SheetColumn | None, chosen: bool) -> str:
    role = known.role if known else "other"
    letters = column_letters(number)
    hidden = any(first <= number <= last for first, last in raw.hidden_columns)
    meaning = known.option if known and role == "option" else ""
    more = [escape(words) for words in (meaning, known.vendor if known else "") if words]
    more += ["hidden"] if hidden else []
    if known and role != "other" and known.sure < 0.5:
        more.append("not sure")
    return (
        f'<th scope="col" class="iv-role-{role}{" iv-chosen" if chosen else ""}"><button type="button" '
        f'data-column="{number}" aria-pressed="{str(chosen).lower()}"><i>{letters}</i> <b>{ROLES[role]}</b>'
        f"{''.join(f'<small>{words}</small>' for words in more)}</button></th>"
    )


def _row_head(raw: RawSheet, number: int, headers: Sequence[int], chosen: bool) -> str:
    marks = [word for word, holds in (("titles", number in headers), ("hidden", number in raw.hidden_rows)) if holds]
    words = "".join(f"<small>{word}</small>" for word in marks)
    return (
        f'<th scope="row"><button type="button" data-row="{number}" aria-pressed="{str(chosen).lower()}">'
        f"{number}{words}</button></th>"
    )


def _row_marks(raw: RawSheet, number: int, headers: Sequence[int], chosen: int | None) -> list[str]:
    marks = ["iv-titles"] if number in headers else []
    marks += ["iv-hidden"] if number in raw.hidden_rows else []
    return [*marks, "iv-chosen"] if number == chosen else marks


def _class(marks: Sequence[str]) -> str:
    return f' class="{" ".join(marks)}"' if marks else ""


def _cell(raw: RawSheet, row: int, column: int, known: SheetColumn | None) -> str:
    role = known.role if known else "other"
    return f'<td class="iv-role-{role}">{_cut(raw.text(row, column), _LONGEST)}</td>'


def _cut(text: str, longest: int) -> str:
    """The text escaped; cut where it is long, with the whole of it to be seen by pointing at it."""
    if len(text) <= longest:
        return escape(text)
    return f'<span title="{escape(text[:2000])}">{escape(text[: longest - 1])}…</span>'
