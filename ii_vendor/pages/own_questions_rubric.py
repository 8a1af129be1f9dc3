"""The part of Questionnaires where somebody says, question by question, how answers are judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ii_vendor.errors import UserError
from ii_vendor.library import Library
from ii_vendor.library.own_edit import Written, WrittenFlag, edited
from ii_vendor.library.own_files import ChangedMeanwhile, keep_question
from ii_vendor.model.own import OwnQuestionnaire, RedFlagDraft, RubricDraft
from ii_vendor.model.questionnaire import Question
from ii_vendor.model.rubric import LEVELS, Severity
from ii_vendor.pages.context import PAGES, choose, draw, library, links_with, plain, say_next
from ii_vendor.pages.own_questions_files import offer_files
from ii_vendor.report.own_starts import borrowed_sentence, possible_starts, start_from
from ii_vendor.report.own_words import missing_sentence, progress_html, question_html, question_mark

LEVEL_HELP = {0: "worst", 4: "best"}
SAVE, ONWARD = "Save", "Save, and on to the next without a rubric"


def show_rubrics(shelf: Library, own_id: str) -> None:
    """One questionnaire of the team's own: its progress, and one of its questions to work on."""
    own = shelf.own.questionnaires[own_id]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(plain(own.questionnaire.title), anchor=False)
        if st.button("All questionnaires", icon=":material/arrow_back:", type="tertiary"):
            _leave()
        offer_files(shelf, own_id)
    draw(progress_html(own, "How far it is"))
    if own.ready:
        here = links_with(st.query_params.get("evaluation"), st.session_state.get("person"))
        st.page_link(
            PAGES["evaluations"][1],
            label="Ask it: create an evaluation",
            icon=":material/arrow_forward:",
            query_params=here,
        )
    _mistakes_here(shelf, own_id)
    marks = {key: question_mark(own, key) for key in own.questions}
    first = own.unjudged[0] if own.unjudged else next(iter(own.questions))
    if st.session_state.get("own_marks") != marks:
        # The box goes on showing a question's old sign otherwise.
        st.session_state["own_marks"] = marks
        st.session_state.pop("own_question", None)
    label = "Question (✓ whole, ◐ begun, ○ no rubric yet). Save before you choose another."
    _one(shelf, own, str(choose(label, "own_question", marks, first)))


def _leave() -> None:
    for key in ("own", "own_question"):
        st.query_params.pop(key, None)
    st.rerun()


def _mistakes_here(shelf: Library, own_id: str) -> None:
    names = {file.document.name for file in shelf.own.files[own_id]}
    here = [str(mistake) for mistake in shelf.own.mistakes if mistake.file in names]
    if here:
        st.error("The files of this questionnaire have mistakes. What is wrong in them was left out.")
        st.code("\n".join(here), language=None, wrap_lines=True)


def _one(shelf: Library, own: OwnQuestionnaire, key: str) -> None:
    question, order = own.questions[key], list(own.questions)
    name = f"{own.questionnaire.id}_{key}"
    round_number = st.session_state.setdefault(f"own_round_{name}", 0)
    form = f"own_{name}_{round_number}"
    if f"rationale_{form}" not in st.session_state:
        # The form was not on the page a moment ago: it begins with what the files say now.
        st.session_state.pop(f"seen_{form}", None)
    seen: tuple[Question, RubricDraft] = st.session_state.setdefault(f"seen_{form}", (question, own.rubric(key)))
    start: RubricDraft | None = st.session_state.get(f"start_{form}")
    left, right = st.columns([3, 2], gap="large")
    with left:
        draw(question_html(question, order.index(key) + 1, len(order)))
        said = f"{missing_sentence(own.rubric(key))} {borrowed_sentence(shelf, own, key)}"
        draw(f'<p class="iv-mine-missing">{said}</p>')
    with right:
        _start(shelf, own, question, name, round_number)
    if start:
        st.info("Nothing of this start is saved yet. Change it until it fits this question, then save.")
    written, pressed, told = _form(form, seen[0], start or seen[1], _targets(own, key))
    if pressed:
        _save(shelf, own, form, written, seen, start or seen[1], pressed, told)


def _targets(own: OwnQuestionnaire, key: str) -> dict[str, str]:
    """Where each button of the form leads, which all keep what was typed."""
    order = list(own.questions)
    at = order.index(key)
    return {
        "Previous": order[at - 1] if at else "",
        "Next": order[at + 1] if at + 1 < len(order) else "",
        SAVE: key,
        ONWARD: own.next_unjudged(key),
    }


def _start(shelf: Library, own: OwnQuestionnaire, question: Question, name: str, round_number: int) -> None:
    """Begin from the rubric of a question that asks something like it."""
    starts = possible_starts(shelf, own, question)
    with st.container(border=True, key="own_start"):
        chosen = st.selectbox(
            "Start from the rubric of", list(starts), format_func=lambda key: starts[key], key=f"from_{name}"
        )
        if st.button("Fill the form with it", icon=":material/content_copy:", key="own_fill"):
            _draw_anew(name, round_number, start_from(shelf, own, question, chosen))


def _draw_anew(name: str, round_number: int, start: RubricDraft | None = None) -> None:
    """Have the form show what stands in the files, or a start in place of it."""
    st.session_state[f"own_round_{name}"] = round_number + 1
    if start:
        st.session_state[f"start_own_{name}_{round_number + 1}"] = start
    st.rerun()


def _form(
    form: str, question: Question, rubric: RubricDraft, targets: Mapping[str, str]
) -> tuple[Written, str, DeltaGenerator]:
    """What the form says, which of its buttons was pressed, and the place to say why it is not saved."""
    with st.form(form, border=False, enter_to_submit=False):
        left, right = st.columns(2, gap="large")
        with left:
            rationale = _area("Why it matters", form, "rationale", rubric.rationale)
            st.markdown("**What an answer at each level says**")
            levels = {
                level: _area(
                    f"Level {level}{f', {LEVEL_HELP[level]}' if level in LEVEL_HELP else ''}",
                    form,
                    f"level_{level}",
                    rubric.levels.get(level, ""),
                )
                for level in LEVELS
            }
            good_signs = _area("Good signs, one a line", form, "good", "\n".join(rubric.good_signs))
        with right:
            flags = _flags(form, rubric.red_flags)
            verify = _area("How to verify it: a test with what counts as passed", form, "verify", rubric.verify)
            clause = _area("Contract clause", form, "clause", rubric.clause)
            references = _area("Related clauses of standards, one a line", form, "refs", "\n".join(rubric.references))
        asked = _asked(form, question)
        with st.container(key="own_save"):
            told = st.empty()
            with st.container(horizontal=True):
                pressed = _pressed(form, targets)
    written = Written(
        **asked,
        rationale=rationale,
        levels=levels,
        red_flags=tuple(flags),
        good_signs=good_signs,
        verify=verify,
        clause=clause,
        references=references,
    )
    return written, pressed, told


def _pressed(form: str, targets: Mapping[str, str]) -> str:
    main = ONWARD if targets[ONWARD] else SAVE
    shown = [label for label in targets if targets[label] or label != ONWARD]
    pressed = [
        st.form_submit_button(
            label,
            type="primary" if label == main else "secondary",
            disabled=not targets[label],
            key=f"{label}_{form}",
        )
        for label in shown
    ]
    return next((label for label, now in zip(shown, pressed, strict=True) if now), "")


def _asked(form: str, question: Question) -> dict[str, str | bool]:
    """The part of the form that vendors see."""
    with st.expander("The question itself, as vendors see it"):
        left, right = st.columns(2, gap="large")
        with left:
            title = st.text_input("Title", question.title, key=f"title_{form}")
            text = _area("Question", form, "text", question.text)
            guidance = _area("Guidance: what a complete answer says", form, "guidance", question.guidance)
        with right:
            critical = st.checkbox("Critical: level 0 rejects the vendor", question.critical, key=f"critical_{form}")
            options = _area(
                "Options to choose from, one a line; none for free text", form, "options", "\n".join(question.options)
            )
            evidence = _area(
                "Evidence that a vendor may send, one a line", form, "evidence", "\n".join(question.evidence)
            )
    return {
        "title": title,
        "text": text,
        "guidance": guidance,
        "critical": critical,
        "options": options,
        "evidence": evidence,
    }


def _flags(form: str, flags: Sequence[RedFlagDraft]) -> list[WrittenFlag]:
    """The red flags, and room for one more. One without a statement is none."""
    st.markdown("**Red flags**")
    return [_flag(form, number, flag) for number, flag in enumerate((*flags, None))]


def _flag(form: str, number: int, flag: RedFlagDraft | None) -> WrittenFlag:
    severities = list(Severity)
    with st.container(border=True):
        label = f"Red flag {number + 1}" if flag else "Another red flag (saving makes room for more)"
        statement = _area(label, form, f"flag_{number}", flag.statement if flag else "")
        ask = st.text_input("What to ask the vendor", flag.ask if flag else "", key=f"ask_{number}_{form}")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            severity = st.segmented_control(
                "Severity",
                severities,
                default=(flag.severity if flag else Severity.major),
                format_func=lambda each: each.value,
                key=f"severity_{number}_{form}",
            )
            gate = st.checkbox(
                "Gate: rejects the vendor while confirmed", bool(flag and flag.gate), key=f"gate_{number}_{form}"
            )
    return WrittenFlag(flag.id if flag else "", statement, severity.value if severity else "", gate, ask)


def _area(label: str, form: str, field: str, value: str) -> str:
    return st.text_area(label, value, height="content", key=f"{field}_{form}")


def _save(
    shelf: Library,
    own: OwnQuestionnaire,
    form: str,
    written: Written,
    seen: tuple[Question, RubricDraft],
    shown: RubricDraft,
    pressed: str,
    told: DeltaGenerator,
) -> None:
    """Keep what the form says, and go where the button leads; to a neighbour also where nobody changed anything."""
    question = seen[0]
    try:
        asked, judged = edited(question, shown, written)
        changed = pressed in (SAVE, ONWARD) or (asked, judged) != (question, shown)
        if changed:
            keep_question(shelf, own.questionnaire.id, asked, judged, seen=seen)
    except ChangedMeanwhile as change:
        # Saving again is deliberate then.
        now = library().own.questionnaires.get(own.questionnaire.id)
        if now and question.id in now.questions:
            st.session_state[f"seen_{form}"] = (now.questions[question.id], now.rubric(question.id))
        told.warning(plain(str(change)))
        return
    except UserError as refusal:
        told.error(plain(str(refusal)))
        return
    st.query_params["own_question"] = _targets(own, question.id)[pressed] or question.id
    if not changed:
        st.rerun()
    say_next(f"Saved {question.id}." if judged.missing else f"Saved {question.id}. Its rubric is whole.")
    name = f"{own.questionnaire.id}_{question.id}"
    _draw_anew(name, st.session_state[f"own_round_{name}"])
