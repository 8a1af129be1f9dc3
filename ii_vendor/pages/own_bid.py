"""The part of Dry run where somebody invents a bid: start from one, change it question by question, keep it as YAML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from ii_vendor.library import ContentError, Library, bid_yaml, read_bid
from ii_vendor.model.bid import Bid, DryRun, Mark
from ii_vendor.model.content import Content
from ii_vendor.model.questionnaire import Section
from ii_vendor.model.rubric import LEVELS, EvidenceGrade
from ii_vendor.pages.context import draw, plain, say_next
from ii_vendor.report.dry_run_words import bid_sentence, outcome_sentence
from ii_vendor.rules import slug_of

AS_AROUND = "as"
"""The choice of a question to be as its section, and of a section to be as the whole bid."""

EMPTY = "An empty bid, level 2 throughout"


def own_bids() -> dict[str, Bid]:
    """The bids that somebody has invented in this window, by id. They end with it."""
    kept: dict[str, Bid] = st.session_state.setdefault("own_bids", {})
    return kept


def show_own_bids(shelf: Library, content: Content, tried: Sequence[Content], run: DryRun | None) -> None:
    """Add, change, keep and remove own bids. ``tried`` is everything that a bid may speak of, ``run`` what came out."""
    st.divider()
    st.subheader("Your own bids", anchor=False)
    st.caption(
        "What would the bid look like that you fear, or the one that comes close? It takes part at once. Your "
        "bids stay in this window until you close or reload it, and nowhere else: download them to keep them."
    )
    left, right = st.columns(2, gap="large")
    with left:
        _add(shelf, run)
    with right:
        _upload(shelf, tried)
    own = own_bids()
    if not own:
        return
    with st.container(border=True, key="own_bid_box"):
        chosen = next(iter(own))
        if len(own) > 1:
            chosen = st.selectbox("Bid to change", list(own), format_func=lambda key: own[key].title, key="own_bid")
        _change(own[chosen], content, run)


def _add(shelf: Library, run: DryRun | None) -> None:
    known = {**shelf.bids, **own_bids()}
    starts = [*known, ""]
    first = starts.index(run.wanted) if run and run.wanted in known else 0
    with st.form("add_bid", border=False, clear_on_submit=True):
        name = st.text_input("Name of your bid", placeholder="Good but small")
        start = st.selectbox(
            "Start from", starts, index=first, format_func=lambda key: known[key].title if key else EMPTY
        )
        adding = st.form_submit_button("Add this bid", type="primary")
    if adding and name.strip():
        title = " ".join(name.split())
        ids = (slug_of(title), *(f"{slug_of(title)}-{number}" for number in range(2, len(known) + 3)))
        free = next(each for each in ids if each not in known)
        empty = Bid(id=free, title=title, story="Not described yet.", level=2)
        _take_in(known.get(start, empty).model_copy(update={"id": free, "title": title}))
        st.rerun()
    elif adding:
        st.error("Your bid needs a name.")


def _upload(shelf: Library, tried: Sequence[Content]) -> None:
    round_number = st.session_state.setdefault("bid_round", 0)
    file = st.file_uploader("Or bring back one that you kept", type=["yaml", "yml"], key=f"bid_file_{round_number}")
    if file is None:
        return
    try:
        bid = read_bid(file.getvalue(), file.name, tried)
    except ContentError as error:
        st.error("This file cannot be used as it is. Nothing was taken from it.")
        st.code(str(error), language=None, wrap_lines=True)
        return
    if bid.id in shelf.bids:
        st.error(plain(f"The id '{bid.id}' is that of a bid that comes with the content. Give yours another id."))
        return
    # A file that stays in its place would undo every later change.
    st.session_state["bid_round"] += 1
    _take_in(bid)
    say_next(f"“{bid.title}” takes part.")
    st.rerun()


def _take_in(bid: Bid) -> None:
    """Keep a bid, and let it take part where the address names those that do."""
    own_bids()[bid.id] = bid
    st.session_state["own_bid"] = bid.id
    named = st.query_params.get("bids", "")
    if named and bid.id not in named.split(","):
        st.query_params["bids"] = f"{named},{bid.id}"


def _change(bid: Bid, content: Content, run: DryRun | None) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _words(bid, "title", "Name", st.text_input)
        _price(bid)
        st.download_button(
            "Download as YAML", bid_yaml(bid), f"{bid.id}.yaml", "application/yaml", icon=":material/download:"
        )
        if st.button("Remove this bid", key=f"remove_{bid.id}"):
            del own_bids()[bid.id]
            st.session_state.pop("own_bid", None)
            st.rerun()
    _words(bid, "story", "What kind of vendor is it?", st.text_area)
    if run and bid in run.bids:
        with st.container(key="own_bid_now"):
            draw(f"<p>{escape(bid_sentence(run, bid.id))} {escape(outcome_sentence(run))}</p>")
    sections = {section.id: section for section in content.sections}
    chosen = st.segmented_control(
        "Section",
        list(sections),
        required=True,
        default=next(iter(sections)),
        format_func=lambda key: plain(sections[key].title),
        key=f"own_section_{content.questionnaire_hash[:8]}",
    )
    _section(bid, content, sections[str(chosen)])


def _words(bid: Bid, field: str, label: str, ask: Callable[..., str]) -> None:
    key = f"own_{bid.id}_{field}"

    def changed() -> None:
        if words := " ".join(st.session_state[key].split()):
            own_bids()[bid.id] = own_bids()[bid.id].model_copy(update={field: words})

    _bind(key, getattr(bid, field))
    ask(label, key=key, on_change=changed)


def _price(bid: Bid) -> None:
    key = f"own_{bid.id}_price"

    def changed() -> None:
        own_bids()[bid.id] = own_bids()[bid.id].model_copy(update={"price": st.session_state[key] or None})

    _bind(key, bid.price)
    st.number_input(
        f"Price in {plain(bid.currency)}", min_value=0.0, step=1000.0, format="%.10g", key=key, on_change=changed
    )


def _section(bid: Bid, content: Content, section: Section) -> None:
    st.markdown(f"**Whole section: {plain(section.title)}**")
    key, inside = f"own_{bid.id}_s_{section.id}", [question.id for question in section.questions]

    def changed() -> None:
        own_bids()[bid.id] = own_bids()[bid.id].with_section(section.id, _mark(key), inside)

    around = f"the bid: {bid.level}", f"the bid: {bid.grade.value}"
    _level_and_grade(key, bid.sections.get(section.id, Mark()), around, changed)
    for question in section.questions:
        st.divider()
        left, right = st.columns([4, 5], gap="large")
        with left:
            st.markdown(f"**{question.id} {plain(question.title)}**")
            _question(bid, content, section, question.id)
        with right:
            _flags(bid, content, question.id)


def _question(bid: Bid, content: Content, section: Section, question: str) -> None:
    key = f"own_{bid.id}_q_{question}"

    def changed() -> None:
        own_bids()[bid.id] = own_bids()[bid.id].with_question(question, _mark(key))

    around = f"its section: {bid.level_of(section.id)}", f"its section: {bid.grade_of(section.id).value}"
    _level_and_grade(key, bid.questions.get(question, Mark()), around, changed)
    now = bid.level_of(section.id, question)
    if question in content.rubric:
        st.caption(f"Level {now}: {plain(content.rubric[question].levels[now])}")


def _level_and_grade(key: str, mark: Mark, around: tuple[str, str], changed: Callable[[], None]) -> None:
    """Both choices of a question or a section; what the bid says is the truth, and the widgets follow it.

    ``around`` says what holds where a level or a grade is not its own.
    """
    _bind(f"{key}_level", AS_AROUND if mark.level is None else str(mark.level))
    _bind(f"{key}_grade", AS_AROUND if mark.grade is None else mark.grade.value)
    with st.container(horizontal=True):
        st.segmented_control(
            f"Level (– as {around[0]})",
            [AS_AROUND, *map(str, LEVELS)],
            required=True,
            format_func=lambda value: "–" if value == AS_AROUND else value,
            key=f"{key}_level",
            on_change=changed,
        )
        st.selectbox(
            "What stands behind it",
            [AS_AROUND, *(grade.value for grade in EvidenceGrade)],
            format_func=lambda value: f"as {around[1]}" if value == AS_AROUND else value,
            key=f"{key}_grade",
            on_change=changed,
            width=290,
        )


def _mark(key: str) -> Mark:
    level, grade = st.session_state[f"{key}_level"], st.session_state[f"{key}_grade"]
    return Mark(
        level=None if level in (None, AS_AROUND) else int(level),
        grade=None if grade in (None, AS_AROUND) else EvidenceGrade(grade),
    )


def _flags(bid: Bid, content: Content, question: str) -> None:
    st.markdown("Red flags that would be confirmed")
    for rule in content.rubric[question].red_flags if question in content.rubric else ():
        key = f"own_{bid.id}_f_{rule.id}"
        _bind(key, rule.id in bid.red_flags)
        gate = ", **rejects**" if rule.gate else ""
        st.checkbox(
            f"{plain(rule.statement)} ({rule.severity.value}{gate})",
            key=key,
            on_change=_flag_changed,
            args=(bid.id, rule.id, key),
        )


def _flag_changed(bid_id: str, flag: str, key: str) -> None:
    own_bids()[bid_id] = own_bids()[bid_id].with_red_flag(flag, st.session_state[key])


def _bind(key: str, value: object) -> None:
    """Let a widget show what the bid says, whatever it showed before."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
