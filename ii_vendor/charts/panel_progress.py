"""How far the panel has come: a row a person, a cell a question, filled as its answers are rated."""

from __future__ import annotations

from html import escape

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.progress import Progress, SeatProgress


def progress_bar(seat: SeatProgress) -> str:
    """``31 of 48`` with a bar."""
    share = 100 * seat.rated / seat.assigned if seat.assigned else 0
    return (
        f'<div class="iv-progress"><span>{seat.rated} of {seat.assigned}</span>'
        f'<div class="iv-track"><i class="iv-evidenced" style="width:{share:.1f}%"></i></div></div>'
    )


def progress_matrix(progress: Progress, evaluation: Evaluation, content: Content) -> str:
    """Every person against every question. What somebody is not asked is left blank."""
    heads = "".join(f'<th scope="col"><span>{escape(question)}</span></th>' for question in progress.questions)
    rows = "".join(_row(seat, progress, evaluation, content) for seat in progress.seats)
    return (
        '<div class="iv-scroll"><table class="iv-matrix"><thead><tr><td></td>'
        f"{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        '<p class="iv-note">Filled as the answers of all vendors to a question are rated. Blank: not asked of that '
        "person. No level shows here.</p>"
    )


def _row(seat: SeatProgress, progress: Progress, evaluation: Evaluation, content: Content) -> str:
    asked = _asked(seat.evaluator, progress, evaluation, content)
    answers = seat.assigned // len(asked) if asked else 0
    cells = []
    for question in progress.questions:
        if question not in asked or not answers:
            cells.append("<td></td>")
            continue
        done = answers - seat.left_by_question.get(question, 0)
        title = f"{seat.evaluator}, {question}: {done} of {answers} rated"
        state = "iv-whole" if done == answers else "iv-part" if done else "iv-none"
        cells.append(
            f'<td title="{escape(title)}"><i class="{state}" role="img" aria-label="{escape(title)}" '
            f'style="--iv-done:{100 * done / answers:.0f}%"></i></td>'
        )
    return f'<tr><th scope="row">{escape(seat.evaluator)}</th>{"".join(cells)}</tr>'


def _asked(name: str, progress: Progress, evaluation: Evaluation, content: Content) -> set[str]:
    seat = evaluation.seat(name)
    sections = seat.sections if seat else ()
    return {question for question in progress.questions if not sections or content.section_of[question].id in sections}
