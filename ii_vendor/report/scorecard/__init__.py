"""The Excel scorecard: every score a live formula with its cached value, and the record behind it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.robustness import Robustness
from ii_vendor.model.scorecard import Comparison
from ii_vendor.report.scorecard import plan as places
from ii_vendor.report.scorecard.book import GREY, TEAL, VERMILION, Book
from ii_vendor.report.scorecard.contradictions import has_contradictions, write_contradictions
from ii_vendor.report.scorecard.evidence import write_evidence
from ii_vendor.report.scorecard.flags import write_flags
from ii_vendor.report.scorecard.method import write_method
from ii_vendor.report.scorecard.moderation import write_moderation
from ii_vendor.report.scorecard.panel import write_panel
from ii_vendor.report.scorecard.plan import Plan, Sheets
from ii_vendor.report.scorecard.price import write_price
from ii_vendor.report.scorecard.ratings import write_ratings
from ii_vendor.report.scorecard.robustness import write_robustness
from ii_vendor.report.scorecard.rules import write_rules
from ii_vendor.report.scorecard.scores import write_scores
from ii_vendor.report.scorecard.summary import write_summary
from ii_vendor.report.scorecard.totals import write_totals
from ii_vendor.report.scorecard.verdicts import write_verdicts
from ii_vendor.report.scorecard.weights import write_weights

__all__ = ["write_scorecard"]

INPUT_TAB = "#E3C65B"


def write_scorecard(
    comparison: Comparison,
    evaluation: Evaluation,
    content: Content,
    out: Path | BinaryIO,
    *,
    robustness: Robustness | None = None,
    written_at: datetime | None = None,
) -> None:
    """Write the scorecard workbook of an evaluation to a file or stream.

    ``comparison`` must be that of this evaluation and content: its figures are the cached results of the formulas.
    ``robustness``, of the same record, adds a sheet; prices that the evaluation holds, what the panel agreed on, and
    statements that do not seem to fit together add one each. ``written_at`` is the moment shown (now by default).
    Raises OSError where the file cannot be written.
    """
    plan = Plan(comparison, evaluation, content, written_at or datetime.now().astimezone())
    book = Book(str(out) if isinstance(out, Path) else out, footer=evaluation.name)
    sheets = _sheets(
        book,
        robust=robustness is not None,
        priced=bool(evaluation.prices),
        moderated=bool(evaluation.consensus),
        contradicted=has_contradictions(plan),
    )
    write_weights(sheets.weights, plan)
    write_rules(sheets.rules, plan)
    write_ratings(sheets.ratings, plan)
    write_flags(sheets.flags, plan)
    totals = write_totals(sheets.totals, plan)
    write_scores(sheets.scores, plan, totals)
    write_summary(sheets.summary, plan, totals)
    write_verdicts(sheets.verdicts, plan)
    if sheets.moderation:
        write_moderation(sheets.moderation, plan)
    if sheets.robustness and robustness:
        write_robustness(sheets.robustness, plan, robustness)
    if sheets.price:
        write_price(sheets.price, plan, totals)
    if sheets.contradictions:
        write_contradictions(sheets.contradictions, plan)
    write_evidence(sheets.evidence, plan)
    write_panel(sheets.panel, plan)
    write_method(sheets.method, plan, robustness)
    book.close(plan.written_at, _source(plan))


def _source(plan: Plan) -> dict[str, str | int]:
    return {
        places.OF_EVALUATION: plan.evaluation.id,
        places.OF_SEQUENCE: plan.evaluation.sequence,
        places.OF_RECORD: plan.comparison.record_hash,
        places.OF_CONTENT: plan.comparison.content_hash,
    }


def _sheets(book: Book, *, robust: bool, priced: bool, moderated: bool, contradicted: bool) -> Sheets:
    return Sheets(
        summary=book.sheet(places.SUMMARY, TEAL),
        verdicts=book.sheet(places.VERDICTS, TEAL),
        moderation=book.sheet(places.MODERATION, TEAL) if moderated else None,
        robustness=book.sheet(places.ROBUSTNESS, TEAL) if robust else None,
        price=book.sheet(places.PRICE, INPUT_TAB) if priced else None,
        scores=book.sheet(places.SCORES, TEAL),
        totals=book.sheet(places.TOTALS, TEAL),
        weights=book.sheet(places.WEIGHTS, INPUT_TAB),
        rules=book.sheet(places.RULES, INPUT_TAB),
        ratings=book.sheet(places.RATINGS, INPUT_TAB),
        flags=book.sheet(places.FLAGS, VERMILION),
        contradictions=book.sheet(places.CONTRADICTIONS, VERMILION) if contradicted else None,
        evidence=book.sheet(places.EVIDENCE, GREY),
        panel=book.sheet(places.PANEL, GREY),
        method=book.sheet(places.METHOD, GREY),
    )
