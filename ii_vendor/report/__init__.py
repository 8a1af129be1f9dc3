"""What leaves the tool: the scorecard workbook, the comparison, the record, and all of it in one file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ii_vendor.errors import UserError
from ii_vendor.model.content import Content
from ii_vendor.model.events import Event
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.robustness import Robustness
from ii_vendor.model.scorecard import Comparison


def write_report(
    to: Path,
    comparison: Comparison,
    evaluation: Evaluation,
    content: Content,
    events: Sequence[Event],
    robustness: Callable[[], Robustness],
    original: Callable[[str], tuple[str, bytes]],
) -> None:
    """Write the file that the ending asks for: ``.xlsx`` scorecard, ``.json`` comparison, ``.jsonl`` record, ``.zip``
    all of it with the files that were received.

    ``robustness``, and by its SHA-256 the ``original`` of a file, are asked for only where they are needed. Raises
    UserError for any other ending.
    """
    from ii_vendor.report.bundle import write_bundle
    from ii_vendor.report.plain import comparison_json, record_jsonl
    from ii_vendor.report.scorecard import write_scorecard

    match to.suffix.lower():
        case ".xlsx":
            write_scorecard(comparison, evaluation, content, to, robustness=robustness())
        case ".json":
            to.write_text(comparison_json(comparison), "utf-8")
        case ".jsonl":
            to.write_text(record_jsonl(events), "utf-8")
        case ".zip":
            write_bundle(to, comparison, evaluation, content, events, robustness(), original)
        case _:
            raise UserError(
                f"Cannot write '{to.suffix or to.name}'. Use a name that ends in .xlsx, .json, .jsonl or .zip."
            )


__all__ = ["write_report"]
