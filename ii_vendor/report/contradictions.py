"""Statements that do not seem to fit together, in words and as HTML, both quotes side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import urlencode

from ii_vendor.detect.contradictions import newest_contradictions
from ii_vendor.model.content import Content
from ii_vendor.model.contradiction import Contradiction, Side, Statement
from ii_vendor.model.panel import Evaluation, ReceivedResponse

DOUBT = "These two statements do not seem to fit together"


def contradictions_of(evaluation: Evaluation, content: Content, vendor: str) -> tuple[Contradiction, ...]:
    """Those of the vendor's newest response, as far as this view of the evaluation holds it."""
    return newest_contradictions(content.signals, evaluation.responses.get(vendor, ()))


def clashes_html(
    found: Sequence[Contradiction], received: ReceivedResponse, address: Mapping[str, str], here: str = ""
) -> str:
    """Each with one quote a side, the most direct one, and where else it is said; on the page of the question ``here``
    with the words said there.

    ``address`` holds the query parameters of links to Review.
    """
    return "".join(
        f'<div class="iv-clash"><p><b><i aria-hidden="true">⇄</i> {DOUBT}.</b></p><div class="iv-sides">'
        f"{''.join(_side_html(each, side, received.version, address, here) for side in each.sides)}</div>"
        f'<p class="iv-ask">Ask: {escape(each.ask)}</p></div>'
        for each in found
        if not here or here in each.questions
    )


def _side_html(found: Contradiction, side: Side, version: int, address: Mapping[str, str], here: str) -> str:
    first, *others = _here_first(side, here)
    where = first.question if first.question == here else _link(first.question, address)
    others_at = [_link(question, address) for question in side.questions if question != first.question]
    also = [f"in {', '.join(others_at)}"] if others_at else []
    if any(each.question == first.question for each in others):
        also.insert(0, "elsewhere in this answer" if first.question == here else f"elsewhere in {first.question}")
    links = f"<small>Also {', '.join(also)}</small>" if also else ""
    said = f"{_version_words(found, side, version)}{where}{' (this answer)' if first.question == here else ''}"
    return (
        f"<div><p><b>{said}</b></p><blockquote>{escape(first.quote)}</blockquote>"
        f'<p class="iv-quiet">Reads as: {escape(first.says)}</p>{links}</div>'
    )


def _here_first(side: Side, here: str) -> list[Statement]:
    return sorted(side.statements, key=lambda each: each.question != here)


def _link(question: str, address: Mapping[str, str]) -> str:
    to = "review?" + urlencode({**address, "question": question})
    return f'<a href="{escape(to)}" target="_self">{escape(question)}</a>'


def _version_words(found: Contradiction, side: Side, version: int) -> str:
    """Which version it is that speaks, where that is what differs. ``version`` is that of the newest response."""
    if not found.between_versions:
        return ""
    return f"Version {version - 1} said: " if side is found.sides[0] else f"Version {version} says: "


def side_words(found: Contradiction, side: Side, version: int) -> tuple[str, str]:
    """Where a side is said, and its words, one quote a line: for cells and terminals."""
    where = f"{_version_words(found, side, version)}{', '.join(side.questions)}"
    return where, "\n".join(f"{each.question}: “{each.quote}”" for each in side.statements)


def contradiction_dicts(evaluation: Evaluation, content: Content) -> Iterator[dict[str, Any]]:
    """Those of all vendors as plain values: ``{vendor, fact, between_versions, sides: [{says, statements}], ask}``."""
    for vendor in evaluation.vendors:
        for each in contradictions_of(evaluation, content, vendor.id):
            yield {
                "vendor": vendor.id,
                "fact": each.fact,
                "between_versions": each.between_versions,
                "sides": [side.model_dump() for side in each.sides],
                "ask": each.ask,
            }
