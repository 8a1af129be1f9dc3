"""A vendor's answer as HTML: the words to the letter, with what was found highlighted."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from html import escape

from ii_vendor.model.response import Answer, Cell, Finding


def answer_html(answer: Answer, findings: Sequence[Finding]) -> str:
    """The answer with every finding marked: red flags and good signs differ in colour, line and label."""
    evidence = f'<p class="iv-evidence"><b>Evidence:</b> {escape(answer.evidence)}</p>' if answer.evidence else ""
    if not answer.answered:
        return f'<p class="iv-empty">Not answered: counts as level 0.</p>{evidence}'
    parts = [f'<p class="iv-choice">{escape(answer.choice)}</p>'] if answer.choice else []
    labelled = any(cell.row or cell.column for cell in answer.cells)
    for index, cell in enumerate(answer.cells):
        if not cell.text.strip():
            continue
        words = _marked(cell.text, [finding for finding in findings if finding.cell == index])
        parts.append(f"<dt>{_label(cell)}</dt><dd>{words}</dd>" if labelled else f"<p>{words}</p>")
    body = "".join(parts)
    body = f"<dl>{body}</dl>" if labelled else body
    return f'<div class="iv-answer">{body}{evidence}</div>'


def _label(cell: Cell) -> str:
    return escape(" · ".join(part for part in (cell.row, cell.column) if part))


def _marked(text: str, findings: Sequence[Finding]) -> str:
    """The text with marks. Where findings overlap, each stretch carries the gravest of them."""
    edges = sorted({0, len(text), *(f.start for f in findings), *(f.end for f in findings)})
    pieces = []
    for start, end in itertools.pairwise(edges):
        over = [finding for finding in findings if finding.start <= start and end <= finding.end]
        words = escape(text[start:end])
        if over:
            worst = next((finding for finding in over if finding.polarity == "red"), over[0])
            words = f'<mark class="iv-{worst.polarity}" title="{escape(worst.reason)}">{words}</mark>'
        pieces.append(words)
    return "".join(pieces)
