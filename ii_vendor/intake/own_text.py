"""What the template itself writes on a section's sheet: found outside the answer cells, it is no vendor's text."""

from __future__ import annotations

from collections.abc import Iterator

from ii_vendor.intake import layout
from ii_vendor.model.questionnaire import Question, Questionnaire, Section

STATES = ("open", "partly", "answered")


def own_texts(questionnaire: Questionnaire, section: Section) -> frozenset[str]:
    """Every text of the template on the sheet of a section, each as ``plain`` gives it."""
    texts = [*_heading(questionnaire, section), *_head(section), *STATES]
    for question in section.questions:
        texts += _of_question(question)
    return frozenset(plain(text) for text in texts)


def plain(text: str) -> str:
    """The text in one line: other programs wrap and trim it."""
    return " ".join(text.split())


def _heading(questionnaire: Questionnaire, section: Section) -> Iterator[str]:
    yield from (section.title, section.intro, layout.LIST_HINT, layout.flow_hint(section))
    yield layout.subtitle(questionnaire.title, questionnaire.version)


def _head(section: Section) -> Iterator[str]:
    yield from ("No.", "Question", "Guidance", "Your choice", "Your answer")
    yield from (layout.EVIDENCE, layout.FLOW_EVIDENCE, layout.REFERENCES, layout.STATUS)
    if section.table is None:
        return
    yield from (section.table.row_title, section.table.row_hint)
    for column in section.table.columns:
        yield from (column.title, f"{column.title}\n{column.hint}")


def _of_question(question: Question) -> Iterator[str]:
    yield from (layout.visible_id(question), question.text, layout.question_text(question))
    yield from (layout.guidance_text(question), layout.flow_title(question))
    yield from (layout.references_text(question), "; ".join(question.references))
