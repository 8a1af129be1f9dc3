"""A filled standard questionnaire beside our questions, as HTML."""

from __future__ import annotations

from html import escape

from ii_vendor.intake.foreign.standards_reading import StandardReading, Touch
from ii_vendor.report.crosswalk import FROM_MEMORY, RELATIONS, place, summary, words


def standard_html(reading: StandardReading) -> str:
    """Which standard a workbook is, and what it says on each of our questions with the vendor's words."""
    touched = "".join(_question(key, reading) for key in (*reading.in_part, *reading.near))
    left = ", ".join(f"{key} {reading.questions[key].title}" for key in reading.open)
    still = f"<p><b>Open:</b> {escape(left)}</p>" if left else ""
    return (
        f'<div class="iv-crosswalk"><p><b>{escape(summary(reading))}</b></p>'
        f'<p class="iv-quiet">{escape(reading.crosswalk.reading)}</p>{touched}{still}</div>'
    )


def _question(key: str, reading: StandardReading) -> str:
    touches = reading.touches[key]
    clauses = escape(", ".join(dict.fromkeys(each.clause.id for each in touches)))
    return (
        f"<details><summary><b>{escape(key)}</b> {escape(reading.questions[key].title)} "
        f'<span class="iv-quiet">{RELATIONS["part" if key in reading.in_part else "near"]}: {clauses}</span></summary>'
        f"<dl>{''.join(_clause(each) for each in touches)}</dl></details>"
    )


def _clause(touch: Touch) -> str:
    noted = [RELATIONS[touch.relation], *([FROM_MEMORY] if touch.clause.from_memory else [])]
    asked = touch.row.question.strip() or touch.clause.about
    return (
        f"<dt><b>{escape(touch.clause.id)}</b> {escape(asked)} "
        f'<span class="iv-quiet">({escape(", ".join(noted))})</span></dt>{_said(touch)}'
    )


def _said(touch: Touch) -> str:
    answered = [answer for answer in touch.row.answers if answer.answered]
    if not answered:
        return f'<dd class="iv-empty">Not answered ({escape(place(touch.row))})</dd>'
    return "".join(
        f"<dd>{f'<b>{escape(answer.vendor)}</b>: ' if answer.vendor else ''}"
        f"{' – '.join(escape(text.strip()) for text in words(answer))} "
        f'<span class="iv-quiet">{escape(place(touch.row, answer))}</span></dd>'
        for answer in answered
    )
