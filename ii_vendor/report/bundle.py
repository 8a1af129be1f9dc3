"""Everything of an evaluation in one zip: results, the record in words and with its hashes, what was asked, files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from ii_vendor.model.base import canonical_json
from ii_vendor.model.content import Content
from ii_vendor.model.events import Event
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.robustness import Robustness
from ii_vendor.model.scorecard import Comparison
from ii_vendor.report.audit_words import event_words
from ii_vendor.report.carried_words import beside_text
from ii_vendor.report.minutes import minutes_html
from ii_vendor.report.phrases import counted
from ii_vendor.report.plain import comparison_json, record_jsonl
from ii_vendor.report.robustness_json import robustness_json
from ii_vendor.report.scorecard import write_scorecard
from ii_vendor.report.withheld_words import withheld_words
from ii_vendor.rules import Refused

Original = Callable[[str], tuple[str, bytes]]
"""Gives name and bytes of a received file by its SHA-256."""


def write_bundle(
    to: Path | io.BytesIO,
    comparison: Comparison,
    evaluation: Evaluation,
    content: Content,
    events: Sequence[Event],
    robustness: Robustness,
    original: Original,
) -> None:
    """Write the zip. Of a view that leaves something out, it holds what that view holds, and says so.

    ``original`` may raise Refused for a file that is not open to whoever asks: it is left out.
    """
    received, left_out = _received(evaluation, original)
    scorecard = io.BytesIO()
    write_scorecard(comparison, evaluation, content, scorecard, robustness=robustness)
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("README.txt", _readme(evaluation, content, left_out))
        bundle.writestr("scorecard.xlsx", scorecard.getvalue())
        bundle.writestr("comparison.json", comparison_json(comparison))
        bundle.writestr("robustness.json", robustness_json(robustness, content, comparison))
        bundle.writestr("record.jsonl", record_jsonl(events))
        bundle.writestr("record.txt", _in_words(events, evaluation, content))
        bundle.writestr("content.json", canonical_json(content))
        for workshop in evaluation.workshops:
            minutes = minutes_html(evaluation, workshop, events, content, comparison)
            bundle.writestr(f"minutes-{workshop.number}.html", minutes)
        for place, body in received:
            bundle.writestr(place, body)
        for place, words in _beside(evaluation):
            bundle.writestr(place, words)


def _readme(evaluation: Evaluation, content: Content, left_out: int) -> str:
    lines = [
        f"{evaluation.name} ({evaluation.id}), stage {evaluation.stage.value}",
        "",
        "scorecard.xlsx    vendors side by side, every score a live formula",
        "comparison.json   the same figures for a script",
        "robustness.json   how firm the result is",
        "record.txt        who did what, when and why, to read",
        "record.jsonl      the same with the hashes that seal it",
        *(
            ["minutes-N.html    minutes of workshop N: votes by round, reasons, results"]
            if evaluation.workshops
            else []
        ),
        "content.json      what vendors were asked and how answers are judged",
        "responses/        what the vendors sent, as it came",
        *(["beside/           what their own workbooks hold beside our questions"] if _beside(evaluation) else []),
        "",
        f"Record {evaluation.record_hash}, {evaluation.sequence} events",
        f"Content {content.hash}",
        "",
        f"To check: ii-vendor audit verify {evaluation.id} --record record.jsonl --scorecard scorecard.xlsx",
        *withheld_words(evaluation),
    ]
    if left_out:
        lines.append(f"{counted(left_out, 'file')} that the vendors sent left out of responses/: not open to you.")
    return "\n".join(lines) + "\n"


def _in_words(events: Sequence[Event], evaluation: Evaluation, content: Content) -> str:
    return "".join(
        f"{event.sequence}. {event.at:%Y-%m-%d %H:%M:%S} UTC. {event_words(event, evaluation, content)}"
        f"{f' ({event.via})' if event.via else ''} [{event.hash[:12]}]\n"
        for event in events
    )


def _beside(evaluation: Evaluation) -> list[tuple[str, str]]:
    """What vendors' own workbooks hold beside our questions, to read."""
    return [
        (f"beside/{vendor}/{received.version}.txt", beside_text(received.response.attachments))
        for vendor, versions in evaluation.responses.items()
        for received in versions
        if received.response.attachments
    ]


def _received(evaluation: Evaluation, original: Original) -> tuple[list[tuple[str, bytes]], int]:
    """Every file that was accepted and is open, under its vendor and version, its name without what a folder could
    stumble over; and how many are not open."""
    found, left_out = [], 0
    for vendor, versions in evaluation.responses.items():
        for received in versions:
            try:
                name, body = original(received.response.file.sha256)
            except Refused:
                left_out += 1
                continue
            safe = re.sub(r"[^\w.() -]+", "_", name).strip(". ") or "file"
            found.append((f"responses/{vendor}/{received.version}-{safe}", body))
    return found, left_out
