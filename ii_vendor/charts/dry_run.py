"""What each question decides in a dry run: a row a section, a tile a question (HTML)."""

from __future__ import annotations

from html import escape

from ii_vendor.model.bid import Decides, DryRun, QuestionDecides
from ii_vendor.model.content import Content
from ii_vendor.report.dry_run_words import effect_words, idle_words

SIGNS = {Decides.matters: "●", Decides.nothing: "○", Decides.same: "＝"}
LEGEND = {
    Decides.matters: "decides something",
    Decides.nothing: "tells bids apart, turns nothing",
    Decides.same: "tells no bid apart",
}


def decision_map(run: DryRun, content: Content) -> str:
    """Every question of the dry run with a sign for what it decides; the words behind it stand in its title."""
    shown = {each.decides for each in run.questions}
    legend = "".join(
        f'<span><i class="iv-tile iv-{what.value}" aria-hidden="true">{SIGNS[what]}</i> {LEGEND[what]}</span>'
        for what in LEGEND
        if what in shown
    )
    rows = "".join(
        f'<div><span>{escape(section.title)}</span><span role="list">'
        f"{''.join(_tile(run, content, each) for each in run.questions if each.section == section.id)}</span></div>"
        for section in content.sections
    )
    return f'<div class="iv-decides"><p class="iv-legend">{legend}</p>{rows}</div>'


def _tile(run: DryRun, content: Content, question: QuestionDecides) -> str:
    what = question.decides
    words = effect_words(run, question) if what is Decides.matters else f"{LEGEND[what]}, {idle_words(question)}"
    said = escape(f"{question.question} {content.questions[question.question].title}: {words}")
    return (
        f'<i role="listitem" class="iv-tile iv-{what.value}" title="{said}" aria-label="{said}">'
        f'<b aria-hidden="true">{SIGNS[what]}</b>{escape(question.question)}</i>'
    )
