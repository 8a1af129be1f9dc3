"""The part of Agree on weights where one person gives weights, and sees their shares before anything is saved."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from ii_vendor.charts.proposals import share_bars
from ii_vendor.model.panel import Evaluation, WeighingMethod, WeightProposal
from ii_vendor.pages.context import choose, draw, evaluations, plain, say_next, saying_refusals
from ii_vendor.score.elicitation import elicited_weights

WAYS = {
    WeighingMethod.swing.value: "Points for what a rise is worth",
    WeighingMethod.rank_order.value: "A plain order",
}
TOP = 100.0
"""What the most valuable swing is worth."""


def give_weights(evaluation: Evaluation, person: str, scope: str, titles: Mapping[str, str]) -> None:
    """Ask ``person`` for weights of what ``titles`` names, show what they come to, and save them."""
    before = evaluation.proposals.get((person, scope))
    st.subheader(f"Your weights, {plain(person)}", anchor=False)
    left, right = st.columns([3, 2], gap="large")
    with left:
        way = WeighingMethod(str(choose("How", "way", WAYS, before.method.value if before else "swing", width=480)))
        where = f"{evaluation.id}_{scope}_{person}_{way.value}_{before.at.timestamp() if before else ''}"
        # What was typed outlives a look at the other way, another scope or another page, which would take its fields.
        drafts = st.session_state.setdefault("own_weights", {})
        known = drafts.get(where) or (dict(before.given) if before and before.method is way else {})
        what = "question" if scope else "section"
        ask = _swings if way is WeighingMethod.swing else _order
        given = ask(titles, known, where, what)
        if any(number is not None for number in given.values()):
            drafts[where] = given
    with right:
        _preview_and_save(evaluation, person, scope, way, titles, given, before)


def _swings(
    titles: Mapping[str, str], known: Mapping[str, float | None], where: str, what: str
) -> dict[str, float | None]:
    st.markdown(
        f"Imagine a vendor at level 0 in every {what}. You may raise **one** {what} from 0 to 4. Which first? "
        f"It gets {TOP:g}. Then say what each other rise is worth beside it: 50 is worth half as much, 0 nothing."
    )
    keys = list(titles)
    best = next((key for key in keys if known.get(key) == TOP), None)
    st.session_state.setdefault(f"first_{where}", best)
    first = st.selectbox(
        f"Which {what} would you raise first?",
        keys,
        index=None,
        format_func=lambda key: titles[key],
        placeholder="Choose one",
        key=f"first_{where}",
    )
    if first is None:
        return dict.fromkeys(titles)
    beside = {key: points for key, points in known.items() if key != best}
    others = _numbers([key for key in keys if key != first], titles, beside, f"points_{where}", TOP, "0 to 100")
    return {key: TOP if key == first else others[key] for key in keys}


def _order(
    titles: Mapping[str, str], known: Mapping[str, float | None], where: str, what: str
) -> dict[str, float | None]:
    st.markdown(
        f"Give each {what} its place: 1 for the one that should count most. Two may share a place, and the next one is "
        "then left free: 1, 1, 3. A 0 stands for one that should count nothing."
    )
    return _numbers(list(titles), titles, known, f"place_{where}", len(titles), f"1 to {len(titles)}, or 0")


def _numbers(
    keys: list[str], titles: Mapping[str, str], known: Mapping[str, float | None], where: str, top: float, hint: str
) -> dict[str, float | None]:
    """A number for each key, two side by side; None where none is given yet."""
    given: dict[str, float | None] = {}
    for start in range(0, len(keys), 2):
        for column, key in zip(st.columns(2), keys[start : start + 2], strict=False):
            st.session_state.setdefault(f"{where}_{key}", known.get(key))
            given[key] = column.number_input(
                plain(titles[key]),
                min_value=0.0,
                max_value=float(top),
                value=None,
                step=5.0 if top == TOP else 1.0,
                format="%g",
                placeholder=hint,
                key=f"{where}_{key}",
            )
    return given


def _preview_and_save(
    evaluation: Evaluation,
    person: str,
    scope: str,
    way: WeighingMethod,
    titles: Mapping[str, str],
    given: Mapping[str, float | None],
    before: WeightProposal | None,
) -> None:
    said = {key: number for key, number in given.items() if number is not None}
    st.markdown("**What this comes to**")
    if len(said) < len(given):
        st.caption(f"{len(given) - len(said)} of {len(given)} still to give.")
    # Places mean little before the order is whole; points can be watched from the first one on.
    if any(said.values()) and (way is WeighingMethod.swing or len(said) == len(given)):
        _shares(titles, way, said)
    with st.form(f"save_weights_{scope}_{way.value}", border=False):
        reason = st.text_area(
            "Why (optional)",
            value=before.reason if before else "",
            height=80,
            key=f"why_{evaluation.id}_{scope}_{person}",
        )
        if st.form_submit_button("Save my weights", type="primary", disabled=len(said) < len(given)):
            with saying_refusals():
                evaluations().propose_weights(evaluation.id, person, way, said, scope=scope, reason=reason)
                say_next("Your weights are saved. Nothing counts until the panel adopts a set.")
                st.rerun()
    if before:
        st.caption(f"Saved on {before.at:%d %b %Y}. Saving again keeps the earlier weights in the record.")


def _shares(titles: Mapping[str, str], way: WeighingMethod, said: Mapping[str, float]) -> None:
    try:
        draw(share_bars(titles, elicited_weights(way, said)))
    except ValueError as wrong:
        st.warning(plain(str(wrong)))
