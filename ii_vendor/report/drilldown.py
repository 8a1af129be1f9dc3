"""A vendor's numbers opened down to the quoted words, as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Consensus, Dissent, Evaluation, Rating
from ii_vendor.model.response import Answer
from ii_vendor.model.scorecard import CONSENSUS, AnswerStatus, QuestionScore, Reason, Scorecard
from ii_vendor.report.answers import answer_html, remarks_html
from ii_vendor.report.phrases import grade_words
from ii_vendor.report.rubric import flag_html
from ii_vendor.rules import still_said
from ii_vendor.score.levels import overtaken

FEW_REASONS = 5
"""As many reasons are shown unasked."""


def reasons_html(card: Scorecard) -> str:
    """Every reason of the verdict with the vendor's words, and the clause and the test that would close it."""
    items = "".join(
        f"<li>{escape(reason.text)}{_words(reason.quote)}{_closing(reason)}</li>" for reason in card.verdict.reasons
    )
    opened = " open" if len(card.verdict.reasons) <= FEW_REASONS else ""
    return (
        f'<details class="iv-question iv-why"{opened}><summary><b>{escape(card.name)}</b>: why '
        f"“{card.verdict.outcome.value}”</summary><ol>{items}</ol></details>"
    )


def section_html(
    evaluation: Evaluation, content: Content, card: Scorecard, section: str, address: dict[str, str]
) -> str:
    """The questions of a section, each to be opened. ``address`` holds the query parameters of links to Review."""
    received = evaluation.received(card.vendor)
    parts = []
    for score in card.questions:
        if score.section != section:
            continue
        shown, answer = "", Answer(question=score.question)
        if received:
            answer = received.response.answer(score.question)
            found = [finding for finding in received.findings if finding.question == score.question]
            raised = {flag.rule for flag in score.flags}
            shown = answer_html(answer, found) + remarks_html(answer, found, content.rubric[score.question], raised)
        flags = "".join(flag_html(flag, gone=not still_said(flag, answer)) for flag in score.flags)
        parts.append(_question(score, content, shown, flags, address))
    return "".join(parts)


def consensus_html(score: QuestionScore) -> str:
    """What the panel agreed on, how far it lies from the ratings, and who does not share it."""
    agreed = score.consensus
    if agreed is None:
        return ""
    stale = ""
    if CONSENSUS in score.stale:
        stale = " A rating was changed after it." if overtaken(score) else " It was on an earlier answer."
    quote = _words(agreed.quote) or "<p>No evidence was found in the answer.</p>"
    return (
        f'<div class="iv-consensus"><p><b>Consensus</b>: {_level(agreed)}, {agreed.grade.value}{_moved(score)}. '
        f"{escape(agreed.reason)}{stale} <small>Recorded by {escape(agreed.by)}, {agreed.at:%Y-%m-%d}.</small></p>"
        f"{quote}{_list(agreed.second_look, 'Confirmed a second time')}"
        f"{_list([_dissent(each) for each in score.dissents], 'Not shared by')}</div>"
    )


def _question(score: QuestionScore, content: Content, answer: str, flags: str, address: dict[str, str]) -> str:
    question = content.questions[score.question]
    link = "review?" + urlencode({**address, "question": question.id})
    return (
        f'<details class="iv-question"><summary><b>{question.id}</b> {escape(question.title)} '
        f"<small>{escape(_summary(score))}</small></summary>"
        f'<p class="iv-asked">{escape(question.text)} '
        f"<small>Weight {100 * score.weight:.1f} % of the whole.</small></p>"
        f"{consensus_html(score)}"
        f'<ul class="iv-ratings">{"".join(_rating(rating, score) for rating in score.ratings)}</ul>{answer}{flags}'
        f'<p><a href="{escape(link)}" target="_self">Review {question.id}</a></p></details>'
    )


def _summary(score: QuestionScore) -> str:
    parts = []
    if score.claimed is not None:
        parts.append(f"level {score.claimed:.2g} claimed, {score.evidenced or 0:.2g} evidenced")
    if score.consensus:
        parts.append("consensus")
    if score.stale:
        parts.append("rating changed since" if overtaken(score) else "answer changed since")
    if score.status is not AnswerStatus.rated:
        parts.append(score.status.value)
    if score.flags:
        parts.append(f"{len(score.flags)} red flag{'s' if len(score.flags) != 1 else ''}")
    return " · ".join(parts)


def _moved(score: QuestionScore) -> str:
    if score.mean is None:
        return ", where nobody had given a level"
    if score.move is None:
        return f", from a mean of {score.mean:.2g}"
    if not score.move:
        return ", just the mean of the ratings"
    return f", {abs(score.move):.2g} {'above' if score.move > 0 else 'below'} the mean of {score.mean:.2g}"


def _dissent(dissent: Dissent) -> str:
    return f"{dissent.evaluator} ({_level(dissent)}): {dissent.reason}"


def _list(lines: Sequence[str], title: str) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<p>{title}:</p><ul class="iv-ratings">{items}</ul>' if items else ""


def _level(judged: Rating | Consensus | Dissent) -> str:
    return "not applicable" if judged.level is None else f"level {judged.level}"


def _rating(rating: Rating, score: QuestionScore) -> str:
    stale = ", on an earlier answer" if rating.evaluator in score.stale else ""
    return (
        f"<li><b>{escape(rating.evaluator)}</b>: {_level(rating)}, {grade_words(rating)}{stale}. "
        f"{escape(rating.reason)}{_words(rating.quote)}</li>"
    )


def _words(quote: str) -> str:
    return f"<blockquote>{escape(quote)}</blockquote>" if quote else ""


def _closing(reason: Reason) -> str:
    if not reason.clause:
        return ""
    return (
        f"<details><summary>What would close it</summary><p><b>Contract:</b> {escape(reason.clause)}</p>"
        f"<p><b>Acceptance test:</b> {escape(reason.verify)}</p></details>"
    )
