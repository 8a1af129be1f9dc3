"""A questionnaire of the team's own in words and HTML: how far it is, and what was read from a list."""

from __future__ import annotations

from html import escape

from ii_vendor.intake.understanding.telling import NO_ANSWERS
from ii_vendor.library.own_import import ListedQuestion, QuestionList
from ii_vendor.model.own import OwnQuestionnaire, RubricDraft
from ii_vendor.model.questionnaire import Question
from ii_vendor.model.response import Problem
from ii_vendor.model.workbook import WorkbookLayout
from ii_vendor.report.phrases import counted, listed

SHOWN = 80
"""As many characters of something that was left out are shown."""


def progress_html(own: OwnQuestionnaire, title: str) -> str:
    """Size and progress under a title, with a bar. Escaped."""
    asked, done = len(own.questions), len(own.questions) - len(own.unjudged)
    state = "It can be asked" if own.ready else "Draft"
    sections = counted(len(own.questionnaire.sections), "section")
    return (
        f'<div class="iv-mine"><b>{escape(title)}</b>'
        f'<span class="iv-mine-state{" iv-ready" if own.ready else ""}">{state}</span>'
        f'<i role="img" aria-label="{done} of {asked}"><s style="width:{100 * done / asked:.1f}%"></s></i>'
        f"<p>{counted(asked, 'question')} in {sections}: {escape(own.progress)}.</p></div>"
    )


def question_mark(own: OwnQuestionnaire, question: str) -> str:
    """A question in a list to choose from, with a sign of how far its rubric is."""
    rubric = own.rubric(question)
    sign = "✓" if not rubric.missing else "◐" if rubric.begun else "○"
    return f"{sign} {question} {own.questions[question].title}"


def missing_sentence(rubric: RubricDraft) -> str:
    """What the rubric lacks; that it is whole where it lacks nothing."""
    if not rubric.missing:
        return "This rubric is whole."
    if not rubric.begun:
        return "No rubric yet."
    return f"Still missing: {listed(list(rubric.missing))}."


def question_html(question: Question, place: int, of: int) -> str:
    """What the vendor is asked, to be read while its rubric is written. Escaped."""
    options = (
        f'<p class="iv-quiet">Answered with: {escape(" / ".join(question.options))}</p>' if question.options else ""
    )
    critical = ' <span class="iv-chip iv-conditional">critical</span>' if question.critical else ""
    return (
        f'<div class="iv-mine-question"><small>{place} of {of}</small>'
        f"<h2>{escape(question.id)} {escape(question.title)}{critical}</h2>"
        f"<p>{escape(question.text)}</p>{options}</div>"
    )


def found_sentence(found: QuestionList) -> str:
    """How much was read from a list."""
    sections = len({each.section for each in found.questions})
    said = f"{counted(len(found.questions), 'question')} found, in {counted(sections, 'section')}."
    if hidden := sum(each.hidden for each in found.questions):
        said += " One of them is hidden in the file." if hidden == 1 else f" {hidden} of them are hidden in the file."
    if changed := sum(bool(each.why) for each in found.questions):
        said += f" {counted(changed, 'id')} had to be made or changed."
    return said


def note_of(each: ListedQuestion) -> str:
    """What is to know about one question of a list."""
    notes = [f"was {each.listed_id}: {each.why}" if each.listed_id else each.why] if each.why else []
    notes += ["hidden in the file"] if each.hidden else []
    notes += [f"options: {' / '.join(each.options)}"] if each.options else []
    return "; ".join(notes)


def to_know(layout: WorkbookLayout) -> list[Problem]:
    """What is to know about the file of a list. That nobody has answered it yet is not."""
    return [each for each in layout.problems if NO_ANSWERS not in each.message]


def left_out_html(found: QuestionList) -> str:
    """What became no question, and why. Escaped."""
    lines = (
        f"<li><b>{escape(each.place)}</b> {escape(' '.join(each.words.split())[:SHOWN])} "
        f"<i>({escape(each.why)})</i></li>"
        for each in found.left_out
    )
    return f'<ul class="iv-lines">{"".join(lines)}</ul>'
