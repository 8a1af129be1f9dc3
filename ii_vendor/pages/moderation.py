"""Moderation: what the panel still has to settle, what decides most first, and how it comes to one level."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ii_vendor.charts.panel_progress import progress_bar
from ii_vendor.model.agenda import Agenda, AgendaItem, AgreedItem
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.scorecard import Comparison
from ii_vendor.model.seat import Stage
from ii_vendor.pages.context import draw, evaluations, plain, say_now
from ii_vendor.pages.controls import segments
from ii_vendor.pages.moderation_item import show_item
from ii_vendor.pages.standing import opened
from ii_vendor.report.moderation_words import agenda_words, item_words, range_words

Place = tuple[str, str]
"""A vendor and a question, by id."""

SHOWN = 14
"""As many items are listed before the rest is folded."""


def show() -> None:
    say_now()
    evaluation, content = opened()
    st.title("Moderation", anchor=False)
    if evaluation.stage.number < Stage.moderation.number:
        _not_yet(evaluation)
        return
    door = evaluations()
    agenda, comparison = door.agenda(evaluation), door.compare(evaluation)
    draw(f'<p class="iv-says"><b>{agenda_words(agenda)}</b></p>')
    left, right = st.columns([3, 8], gap="large")
    with left:
        shown = _filtered(agenda)
        listed = [(item.vendor, item.question) for item in shown]
        chosen = _chosen(evaluation, content, listed, agenda)
        _list(shown, chosen, comparison)
    with right:
        if chosen is None:
            st.info("Nothing to show here.")
            return
        _steps(chosen, listed, agenda)
        show_item(evaluation, content, comparison, *chosen)


def _not_yet(evaluation: Evaluation) -> None:
    st.info(
        "Moderation is not open yet. Everybody rates alone first, and nobody’s ratings show here before. The "
        "facilitator opens it on the page **Panel**."
    )
    for seat in evaluations().progress(evaluation).seats:
        with st.container(horizontal=True, vertical_alignment="center"):
            state = "handed in" if seat.handed_in else ""
            st.markdown(plain(seat.evaluator), width=220)
            draw(f"{progress_bar(seat)}", width="stretch")
            st.caption(state, width=120)


def _filtered(agenda: Agenda) -> Sequence[AgendaItem | AgreedItem]:
    """What is still open, or what is agreed, as chosen."""
    counts = {"open": f"To settle ({len(agenda.items)})", "done": f"Agreed ({len(agenda.done)})"}
    which = segments("Items", "items", counts)
    shown: Sequence[AgendaItem | AgreedItem] = agenda.items if which == "open" else agenda.done
    if not shown:
        st.caption("Nothing is left to settle." if which == "open" else "Nothing has been agreed yet.")
    return shown


def _list(shown: Sequence[AgendaItem | AgreedItem], chosen: Place | None, comparison: Comparison) -> None:
    """The items as buttons, the chosen one marked."""
    names = {card.vendor: card.name for card in comparison.vendors}
    with st.container(key="agenda", gap="small"):
        for item in shown[:SHOWN]:
            _entry(item, chosen, names, comparison)
        if len(shown) > SHOWN:
            with st.expander(f"{len(shown) - SHOWN} more"):
                for item in shown[SHOWN:]:
                    _entry(item, chosen, names, comparison)


def _entry(item: AgendaItem | AgreedItem, chosen: Place | None, names: dict[str, str], comparison: Comparison) -> None:
    here = chosen == (item.vendor, item.question)
    if isinstance(item, AgendaItem):
        mark = ":material/priority_high: " if item.decisive else ""
        said = [range_words(item), *item_words(item, comparison)]
    else:
        mark, said = ":material/check: ", [_agreed(item)]
    why = plain(" · ".join(part for part in said if part))
    st.button(
        f"{mark}**{plain(names[item.vendor])} · {item.question}**  \n{why}",
        key=f"item_{item.vendor}_{item.question}",
        type="secondary" if here else "tertiary",
        width="stretch",
        on_click=_go,
        args=((item.vendor, item.question),),
    )


def _agreed(item: AgreedItem) -> str:
    level = "not applicable" if item.level is None else f"level {item.level}"
    mean = f", mean {item.mean:.2g}" if item.mean is not None else ""
    return f"{level}{mean}{f', {item.dissents} dissent' if item.dissents else ''}"


def _chosen(evaluation: Evaluation, content: Content, listed: Sequence[Place], agenda: Agenda) -> Place | None:
    """The item that the address names, else the first one listed."""
    vendor, question = st.query_params.get("vendor", ""), st.query_params.get("question", "")
    open_vendors = {known.id for known in evaluation.vendors} - evaluation.closed_vendors
    if vendor in open_vendors and question in content.questions:
        return vendor, question
    found = [*listed, *((item.vendor, item.question) for item in agenda.items)]
    return found[0] if found else None


def _steps(chosen: Place, listed: Sequence[Place], agenda: Agenda) -> None:
    """To the items before and after this one, by click or arrow key. What was just settled is followed by the first
    that is open."""
    if chosen in listed:
        here = listed.index(chosen)
        before = listed[here - 1] if here else None
        after = listed[here + 1] if here + 1 < len(listed) else None
    else:
        before, after = None, next(((item.vendor, item.question) for item in agenda.items), None)
    with st.container(horizontal=True, vertical_alignment="center"):
        for label, shortcut, place in (("Previous", "Left", before), ("Next", "Right", after)):
            st.button(
                label,
                shortcut=shortcut,
                disabled=place is None,
                on_click=_go,
                args=(place,),
                key=f"agenda_{label}",
                type="primary" if label == "Next" and chosen not in listed and place else "secondary",
            )


def _go(place: Place) -> None:
    st.query_params["vendor"], st.query_params["question"] = place


show()
