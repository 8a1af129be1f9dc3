"""The part of Review in which one seat rates one answer, and where others' ratings stand once they are open."""

from __future__ import annotations

from html import escape

import streamlit as st

from ii_vendor.model.panel import Consensus, Evaluation, Rating
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.scorecard import QuestionScore, Scorecard
from ii_vendor.model.seat import Evaluator
from ii_vendor.pages.context import draw, evaluations, plain
from ii_vendor.pages.drafts import Draft
from ii_vendor.report.phrases import grade_words

NOT_APPLICABLE = "n/a"
LEVELS = ["0", "1", "2", "3", "4", NOT_APPLICABLE]


def shown(judged: Rating | Consensus | None) -> str | None:
    """A level as its button says it."""
    if judged is None:
        return None
    return NOT_APPLICABLE if judged.level is None else str(judged.level)


def level_meant(chosen: str) -> int | None:
    """The level that a button means; None: not applicable."""
    return None if chosen == NOT_APPLICABLE else int(chosen)


def rate(evaluation: Evaluation, card: Scorecard, score: QuestionScore, seat: Evaluator) -> None:
    """The form in which ``seat`` rates this answer."""
    question, person = score.question, seat.name
    mine = evaluation.ratings.get((card.vendor, question, person))
    draft = Draft(f"{evaluation.id}_{card.vendor}_{question}_{person}", evaluation, "reason")
    draft.tell()
    if person in score.stale:
        st.warning("The vendor has changed this answer since you rated it. Read it again and save.")
    with st.form(f"rate_{draft.key}", border=False):
        level = st.segmented_control(
            f"Level, by {plain(person)}", LEVELS, default=shown(mine), key=f"level_{draft.key}", width="stretch"
        )
        grades = list(EvidenceGrade)
        grade = st.selectbox(
            "What stands behind it",
            grades,
            index=grades.index(mine.grade) if mine else 0,
            format_func=lambda value: value.value,
            key=f"grade_{draft.key}",
        )
        reason = st.text_area("Reason", mine.reason if mine else "", height=90, key=f"reason_{draft.key}")
        quote = st.text_input("Quoted words (optional)", mine.quote if mine else "", key=f"quote_{draft.key}")
        if st.form_submit_button("Save the rating", key=f"save_{draft.key}", type="primary", width="stretch"):
            if level is None:
                st.error("Choose a level first.")
                return
            with draft.saving(f"Saved: {card.name}, {question}, {level}."):
                evaluations().rate(
                    evaluation.id,
                    person,
                    card.vendor,
                    question,
                    level_meant(level),
                    grade=grade,
                    reason=reason,
                    quote=quote,
                    seen=draft.seen,
                )


def show_ratings(score: QuestionScore, *, without: Evaluator | None) -> None:
    """What the panel agreed on, and every rating that is open; not that of the seat that has its form above."""
    said = [_consensus(score.consensus)] if score.consensus else []
    said += [_rating(each, score) for each in score.ratings if without is None or each.evaluator != without.name]
    if said:
        draw(f'<div class="iv-finding iv-quiet">{"".join(said)}</div>')


def _consensus(agreed: Consensus) -> str:
    return f"<p><b>Consensus: {shown(agreed)}</b>, {agreed.grade.value}. {escape(agreed.reason)}</p>"


def _rating(rating: Rating, score: QuestionScore) -> str:
    stale = ", on an earlier answer" if rating.evaluator in score.stale else ""
    return (
        f"<p><b>{escape(rating.evaluator)}: {shown(rating)}</b>, {grade_words(rating)}{stale}. "
        f"{escape(rating.reason)}</p>"
    )
