"""The declaration of interests: what a seat says before responses open to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from ii_vendor.model.panel import Evaluation, Vendor
from ii_vendor.model.seat import Evaluator, Stage
from ii_vendor.pages.context import evaluations, plain, say_next, saying_refusals

NONE = "I have no conflict of interest with any of these vendors"
SOME = "I have a conflict of interest"
EXAMPLES = (
    "A conflict of interest is, for example: you work for a vendor or did in the last years, own shares of it, have "
    "family or a close friend there, are paid by it or sell with it. If in doubt, say so: it keeps you out of that one "
    "vendor only."
)


def declare_first(evaluation: Evaluation, seat: Evaluator | None) -> None:
    """Show the declaration in place of the page to a seat that has not made it, and end the page. About vendors that
    were added since it is asked above the page, which stays: somebody may be writing on it."""
    # A place that is there whether it is needed or not: what stands below would lose the cursor if it moved.
    above = st.container(key="interests_above")
    if seat is None or not to_declare(evaluation, seat):
        return
    if seat.name in evaluation.declarations:
        if evaluation.stage is not Stage.locked:
            with above, st.expander("A vendor was added: say what your interests are, and its response opens to you"):
                declaration(evaluation, seat)
        return
    st.title("First: your interests", anchor=False)
    if evaluation.stage is Stage.locked:
        st.info("This evaluation was locked before you declared your interests, so its responses stay closed to you.")
    elif not evaluation.vendors:
        st.info("No vendor has been added yet. You are asked about your interests as soon as there is one.")
    else:
        st.write(plain(f"{seat.name}, the vendors’ responses open to you as soon as you have said this."))
        declaration(evaluation, seat)
    st.stop()


def to_declare(evaluation: Evaluation, seat: Evaluator) -> bool:
    """Whether the seat has still to say what its interests are, at all or about vendors that were added since."""
    declared = evaluation.declarations.get(seat.name)
    return declared is None or any(vendor.id not in declared.vendors for vendor in evaluation.vendors)


def declaration(evaluation: Evaluation, seat: Evaluator, *, anew: bool = False) -> None:
    """The form; ``anew`` to declare a conflict that has come up since. A conflict that was declared stays ticked."""
    before = evaluation.declarations.get(seat.name)
    declared = dict(before.conflicts) if before else {}
    key = f"{evaluation.id}_{seat.name}"
    with st.container(key=f"declaration_{key}", width=760):
        bidders = evaluations().bidders(evaluation)
        st.markdown("The vendors: " + ", ".join(f"**{plain(vendor.name)}**" for vendor in bidders))
        st.caption(EXAMPLES)
        if evaluation.masked:
            st.caption("These are the names of all of them. Which answers are whose stays hidden from the panel.")
        said = (
            SOME if declared or anew else st.radio("Your interests", [NONE, SOME], index=None, key=f"interests_{key}")
        )
        conflicts = {**declared, **_conflicts(bidders, declared, key)} if said == SOME else {}
        if st.button("Declare", type="primary", disabled=said is None, key=f"declare_{key}"):
            with saying_refusals():
                if said == SOME and not conflicts:
                    st.error("Tick the vendor with which there is a conflict, or choose that there is none.")
                    return
                evaluations().declare(evaluation.id, seat.name, conflicts)
                say_next("Thank you. It stands in the record with your name.")
                st.rerun()


def _conflicts(bidders: Sequence[Vendor], declared: Mapping[str, str], key: str) -> dict[str, str]:
    conflicts = {}
    for vendor in bidders:
        known = vendor.id in declared
        ticked = st.checkbox(plain(vendor.name), value=known, disabled=known, key=f"conflict_{key}_{vendor.id}")
        if ticked:
            conflicts[vendor.id] = st.text_input(
                plain(f"What the conflict with {vendor.name} is"),
                declared.get(vendor.id, ""),
                placeholder="My brother works there",
                key=f"conflict_why_{key}_{vendor.id}",
            )
    return conflicts
