"""The form in which the panel's consensus on one answer is recorded, with what it would change before it is."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from ii_vendor.model.panel import Evaluation
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.scorecard import QuestionScore
from ii_vendor.model.seat import Stage
from ii_vendor.pages.context import draw, evaluations, plain
from ii_vendor.pages.drafts import Draft
from ii_vendor.pages.review_rating import LEVELS, level_meant, shown
from ii_vendor.pages.standing import is_facilitator, my_seat
from ii_vendor.report.moderation_words import effect_words
from ii_vendor.report.seat_state_words import why_not_moderate

NO_EVIDENCE = "No evidence found"


def agree(evaluation: Evaluation, score: QuestionScore, vendor: str, quotes: Sequence[str]) -> None:
    """Record what the panel agrees on for this answer. ``quotes`` are the vendor's words that somebody pointed to."""
    if evaluation.stage is not Stage.moderation:
        return
    if why := why_not_moderate(my_seat(evaluation), facilitates=is_facilitator()):
        draw(f'<p class="iv-notice">{escape(why)}</p>')
        return
    agreed = score.consensus
    draft = Draft(f"agree_{evaluation.id}_{vendor}_{score.question}", evaluation, "reason")
    st.markdown("**Agree anew** (the earlier consensus stays in the record)" if agreed else "**Consensus**")
    draft.tell()
    level = st.segmented_control(
        "Level", LEVELS, default=shown(agreed), key=f"level_{draft.key}", width="stretch", on_change=draft.look_anew
    )
    grades = list(EvidenceGrade)
    grade = st.selectbox(
        "What stands behind it",
        grades,
        index=grades.index(agreed.grade if agreed else _strongest(score)),
        format_func=lambda value: value.value,
        key=f"grade_{draft.key}",
        on_change=draft.look_anew,
    )
    _effect(evaluation, vendor, score.question, level, grade)
    with st.form(f"form_{draft.key}", border=False):
        reason = st.text_area(
            "Why this level, in a sentence", agreed.reason if agreed else "", height=90, key=f"reason_{draft.key}"
        )
        words, none_found = _quoted(
            draft, quotes, agreed.quote if agreed else "", agreed is not None and agreed.no_evidence
        )
        if draft.second_look:
            draw(_second_look(draft.second_look))
        again = bool(draft.second_look)
        label = "Yes, record it" if again else "Revise the consensus" if agreed else "Record the consensus"
        if st.form_submit_button(label, key=f"record_{draft.key}", type="primary"):
            if level is None:
                st.error("Choose a level first.")
                return
            with draft.saving(f"Consensus recorded: {score.question}, {level}."):
                evaluations().agree(
                    evaluation.id,
                    vendor,
                    score.question,
                    level_meant(level),
                    grade=grade,
                    reason=reason,
                    quote=words,
                    no_evidence=none_found,
                    confirmed=draft.second_look,
                    seen=draft.seen,
                )


def _strongest(score: QuestionScore) -> EvidenceGrade:
    """The grade that most raters gave, the weaker one where two are as frequent: nobody is led to a stronger one."""
    given = [rating.grade for rating in score.ratings]
    return max(EvidenceGrade, key=given.count) if given else EvidenceGrade.claim


def _effect(evaluation: Evaluation, vendor: str, question: str, level: str | None, grade: EvidenceGrade) -> None:
    if level is None:
        st.caption("Choose a level to see what it would change, before anything is recorded.")
        return
    moves = evaluations().consensus_effect(evaluation, vendor, question, level_meant(level), grade)
    draw(f'<p class="iv-effect">{" ".join(escape(line) for line in effect_words(moves))}</p>')


def _quoted(draft: Draft, quotes: Sequence[str], before: str, none_found: bool) -> tuple[str, bool]:
    """The vendor's words that the consensus rests on, and whether none were found."""
    options = [*quotes, *([before] if before and before not in quotes else []), NO_EVIDENCE]
    chosen = st.radio(
        "It rests on these words of the vendor",
        options,
        index=options.index(before) if before else options.index(NO_EVIDENCE) if none_found else None,
        format_func=lambda option: option if option == NO_EVIDENCE else f"“{plain(option)}”",
        key=f"words_{draft.key}",
    )
    copied = st.text_input(
        "Or other words, exactly as the vendor wrote them",
        key=f"copied_{draft.key}",
        help="Copy them from the answer. They count in place of what is chosen above.",
    ).strip()
    none = chosen == NO_EVIDENCE and not copied
    return copied or ("" if none else chosen or ""), none


def _second_look(reasons: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(reason)}</li>" for reason in reasons)
    return f'<div class="iv-notice iv-second"><b>Please look a second time</b><ul>{items}</ul></div>'
