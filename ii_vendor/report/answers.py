"""A vendor's answer as HTML: the words to the letter, with what was found marked in them and said beneath."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from html import escape

from ii_vendor.model.response import Answer, Cell, Finding
from ii_vendor.model.rubric import Rubric
from ii_vendor.report.findings import (
    NAMES,
    NOTHING,
    SIGNS,
    UNANSWERED,
    Kind,
    Remark,
    kind_of,
    language_words,
    remarks,
    seen_in,
)

LEGEND = {
    Kind.red: ": by its wording",
    Kind.possible: ": resembles one, read it",
    Kind.evasion: ": does not answer",
    Kind.good: "",
    Kind.partly: ": good, with a limit",
    Kind.likely: ": resembles good answers",
}


def answer_html(answer: Answer, findings: Sequence[Finding]) -> str:
    """The answer with every finding marked. Each kind has a colour, a line and a sign of its own."""
    evidence = f'<p class="iv-evidence"><b>Evidence:</b> {escape(answer.evidence)}</p>' if answer.evidence else ""
    if not answer.answered:
        return f'<p class="iv-empty">{UNANSWERED}</p>{evidence}'
    parts = [f'<p class="iv-choice">{escape(answer.choice)}</p>'] if answer.choice else []
    labelled = any(cell.row or cell.column for cell in answer.cells)
    for index, cell in enumerate(answer.cells):
        of_cell = [finding for finding in findings if finding.cell == index]
        empty = not cell.text.strip()
        if empty and not of_cell:
            continue
        words = _left_empty(of_cell) if empty else _marked(cell.text, of_cell)
        parts.append(f"<dt>{_label(cell)}</dt><dd>{words}</dd>" if labelled else f"<p>{words}</p>")
    body = "".join(parts)
    body = f"<dl>{body}</dl>" if labelled else body
    return f'<div class="iv-answer">{body}{evidence}</div>'


def remarks_html(answer: Answer, findings: Sequence[Finding], rubric: Rubric, raised: Collection[str] = ()) -> str:
    """What to say of the answer beneath it: of each finding whose red flag is not ``raised``, of languages that were
    not analysed, or that nothing was recognised."""
    seen = seen_in(answer, findings)
    lines = [_remark(remark) for remark in remarks(seen, answer, rubric, raised)]
    lines += [f'<p class="iv-finding iv-unread">{escape(line)}</p>' for line in language_words(seen)]
    if seen.nothing:
        lines.append(f'<p class="iv-finding iv-unread">{NOTHING}</p>')
    return "".join(lines)


def legend_html() -> str:
    """What the marks mean, once for a page."""
    items = "".join(
        f'<span><mark class="iv-{kind} iv-first">{NAMES[kind]}</mark>{meaning}</span>'
        for kind, meaning in LEGEND.items()
    )
    return (
        f'<p class="iv-marks" aria-label="What the marks mean">{items}<span>All are suggestions: you decide.</span></p>'
    )


def _remark(remark: Remark) -> str:
    kind = remark.kind
    # The words of good signs are marked above; to repeat them all would bury what needs a look.
    quoted = remark.quotes if kind in (Kind.red, Kind.possible, Kind.evasion) else ()
    quotes = " · ".join(f"“{escape(quote)}”" for quote in quoted)
    words = f' <span class="iv-because">{quotes}</span>' if quotes else ""
    ask = f'<span class="iv-ask">Ask: {escape(remark.ask)}</span>' if remark.ask else ""
    sign = f'<b><i aria-hidden="true">{SIGNS[kind]}</i> {remark.name}:</b>'
    return f'<p class="iv-finding iv-of-{kind}">{sign} {escape(remark.text)}{words}{ask}</p>'


def _label(cell: Cell) -> str:
    return escape(" · ".join(part for part in (cell.row, cell.column) if part))


def _left_empty(findings: Sequence[Finding]) -> str:
    """A cell without words that findings point to: there is nothing to mark, so that it says why it matters."""
    kind = min(map(kind_of, findings), key=list(Kind).index)
    reasons = " ".join(dict.fromkeys(finding.reason for finding in findings))
    return f'<mark class="iv-{kind} iv-first">(left empty)</mark> <small>{NAMES[kind]}: {escape(reasons)}</small>'


def _marked(text: str, findings: Sequence[Finding]) -> str:
    """The text with marks. Where findings overlap, each stretch carries the gravest of them and tells of all."""
    edges = sorted({0, len(text), *(place for each in findings for place in _places(each))})
    gravest_first = sorted(findings, key=lambda each: list(Kind).index(kind_of(each)))
    before: Kind | None = None
    pieces = []
    for start, end in itertools.pairwise(edges):
        over = [finding for finding in gravest_first if finding.start <= start and end <= finding.end]
        kind = kind_of(over[0]) if over else None
        words = escape(text[start:end])
        if over:
            # The sign stands once, where marked words begin.
            first = "" if kind is before else " iv-first"
            telling = any(begin <= start and end <= stop for begin, stop in over[0].words)
            words = f"<b>{words}</b>" if telling else words
            said = " / ".join(dict.fromkeys(f"{NAMES[kind_of(each)]}: {each.reason}" for each in over))
            words = f'<mark class="iv-{kind}{first}" title="{escape(said)}">{words}</mark>'
        before = kind
        pieces.append(words)
    return "".join(pieces)


def _places(finding: Finding) -> tuple[int, ...]:
    return finding.start, finding.end, *itertools.chain.from_iterable(finding.words)
