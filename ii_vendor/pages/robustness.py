"""Robustness: how firm is the result, and what would change it?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

import streamlit as st

from ii_vendor import charts
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.robustness import Robustness, WeightStability, WeightsVary
from ii_vendor.model.scorecard import Comparison
from ii_vendor.pages.context import choose, draw, evaluations, plain
from ii_vendor.pages.controls import segments, whole_number
from ii_vendor.pages.exhibits import exhibit, words
from ii_vendor.pages.standing import results
from ii_vendor.report.agreement_words import agreement_lines
from ii_vendor.report.chart_words import (
    acceptability_sentence,
    contributions_sentence,
    crossing_sentence,
    evaluators_sentence,
    stability_sentence,
    tornado_sentence,
)
from ii_vendor.report.method_words import method_lines
from ii_vendor.report.phrases import percent
from ii_vendor.report.robustness_words import headline, turn_lines, verdict_lines
from ii_vendor.score.contributions import contributions
from ii_vendor.score.matrix import Array, Matrix, matrix
from ii_vendor.score.robustness import SPREAD
from ii_vendor.score.stability import crossing
from ii_vendor.score.tornado import lead, swings

STYLE = Path(__file__).with_suffix(".css")
FINE = 5
"""Into how many steps a percent of share is divided."""

REASONS = {"rejected": "rejected", "not rated": "not rated yet"}


@dataclass(frozen=True)
class _Case:
    """All that the page shows, of one state of the record."""

    evaluation: Evaluation
    content: Content
    comparison: Comparison
    robustness: Robustness
    field: Matrix

    @property
    def several(self) -> bool:
        """Whether there is a ranking that could change."""
        return len(self.robustness.ranked) > 1


def show() -> None:
    st.html(STYLE)
    evaluation, content = results()
    st.title("How firm is the result?", anchor=False)
    if not evaluation.vendors:
        st.info("No vendor has been added yet. Import filled workbooks on the page **Responses**.")
        return
    comparison = evaluations().compare(evaluation)
    with st.spinner("Trying what could change", show_time=False):
        robustness = evaluations().robustness(evaluation)
    case = _Case(evaluation, content, comparison, robustness, matrix(comparison, content))
    _headline(case)
    parts: dict[str, Callable[[_Case], None]] = {
        "Who leads": _who_leads,
        "What would change it": _changes,
        "Weights": _weights,
        "The panel": _panel,
        "How this is computed": _method,
    }
    for tab, part in zip(st.tabs(list(parts), key="view", bind="query-params"), parts.values(), strict=True):
        if tab.open:
            with tab:
                part(case)


def _headline(case: _Case) -> None:
    names = case.robustness.names
    said = "".join(f"<p>{words(line)}</p>" for line in headline(case.robustness, case.content, case.comparison))
    out = "; ".join(f"{escape(names[vendor])} ({REASONS[why]})" for vendor, why in case.robustness.left_out)
    draw(f'<div class="iv-firm">{said}</div>' + (f'<p class="iv-note">Not in the ranking: {out}.</p>' if out else ""))


def _too_few(case: _Case) -> bool:
    """Says why there is nothing to compare, where there is not."""
    if not case.several:
        st.info("With fewer than two vendors in the ranking there is no lead that could change.")
    return not case.several


def _who_leads(case: _Case) -> None:
    if _too_few(case):
        return
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="controls"):
        what = segments("What varies", "vary", {"weights": "Weights", "ratings": "Ratings", "both": "Both"})
        fixed = what == "ratings"
        how = segments("Which weights", "how", {"near": "Near those set", "any": "Any"}, disabled=fixed)
        off = fixed or how == "any"
        spread = whole_number("By up to", "spread", (5, 100, 5), round(100 * SPREAD), " %%", disabled=off)
    varying = WeightsVary.fixed if fixed else WeightsVary.uniform if how == "any" else WeightsVary.informed
    found = evaluations().leads(
        case.evaluation, weights=varying, ratings=what != "weights", spread=spread / 100 if not off else SPREAD
    )
    assert found is not None
    names, order = case.robustness.names, case.robustness.ranked
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.subheader("Who leads", anchor=False)
        draw(charts.first_places(found, names, order))
    with right:
        st.subheader("How often each takes each rank", anchor=False)
        sentence = acceptability_sentence(found, case.robustness)
        exhibit(charts.acceptability(found, names, order), "ranks", sentence)
    left, right = st.columns(2, gap="large")
    with left, st.expander("Pair by pair"):
        draw(charts.pair_table(found, names, order))
    with right, st.expander("Under which weights each vendor leads"):
        st.caption("The mean of all weightings tried that a vendor wins. A vendor that never wins has none.")
        draw(charts.favouring_table(found, names, order, case.content))


def _changes(case: _Case) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("What would change the winner", anchor=False)
        _list(turn_lines(case.robustness, case.content))
    with right:
        _tornado(case)
    st.subheader("What would change a verdict", anchor=False)
    _list(verdict_lines(case.robustness, case.content), wide=True)


def _tornado(case: _Case) -> None:
    if not _too_few(case):
        leader, rival = case.robustness.ranked[:2]
        names = case.robustness.names
        st.subheader(plain(f"What moves the lead of {names[leader]} over {names[rival]}"), anchor=False)
        moved = swings(case.field, leader, rival, SPREAD)
        base = lead(case.field, leader, rival)
        sentence = tornado_sentence(moved, base, case.robustness, case.content)
        exhibit(charts.tornado(moved, base, names, case.content), "lead", sentence)


def _list(lines: Iterable[str], *, wide: bool = False) -> None:
    draw(f'<ul class="iv-lines{" iv-pair" * wide}">{"".join(f"<li>{words(line)}</li>" for line in lines)}</ul>')


def _weights(case: _Case) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        if not _too_few(case):
            st.subheader("If one weight counted for more, or for less", anchor=False)
            _crossing(case)
    with right:
        st.subheader("Where each vendor’s autonomy comes from", anchor=False)
        _contributions(case)


def _crossing(case: _Case) -> None:
    least_room = stability_sentence(case.robustness.stability, case.robustness, case.content)
    draw(f'<p class="iv-says">{words(least_room)}</p>')
    one = _chosen_weight(case)
    whose = f"{one.kind}_{one.id}"
    now = round(100 * one.share)
    tried = st.slider("What if its share were", 0, 100, now, format="%d %%", key=f"share_{case.evaluation.id}_{whose}")
    shares, scores = crossing(case.field, one.kind, one.id, 100 * FINE + 1)
    names, order = case.robustness.names, case.robustness.ranked
    scores = _in_order(case, scores)
    chart = charts.weight_lines(shares, scores, order, names, one, None if tried == now else tried / 100)
    sentence = crossing_sentence(one, case.robustness, case.content)
    exhibit(chart, f"weight-{one.id}", sentence, said=sentence in least_room)
    heads = f"Now, at {percent(one.share)}", f"What if {tried} % (not recorded)"
    then = None if tried == now else scores[:, FINE * tried]
    now_scores = _in_order(case, 100 * case.field.scores())
    draw(charts.share_table([names[vendor] for vendor in order], now_scores, then, heads))


def _in_order(case: _Case, by_vendor: Array) -> Array:
    """What the matrix has by vendor, with the best rank first."""
    return by_vendor[[case.field.vendors.index(vendor) for vendor in case.robustness.ranked]]


def _chosen_weight(case: _Case) -> WeightStability:
    """The weight that the address names, or else one that turns the lead."""
    titles = {f"section:{section.id}": f"Section: {section.title}" for section in case.content.sections}
    titles |= {f"question:{each.id}": f"{each.id} {each.title}" for each in case.content.questions.values()}
    known = {f"{one.kind}:{one.id}": one for one in case.robustness.stability}
    turning = [one for one in case.robustness.turns.weights if one.effect.leaders is not None]
    # A section says more than a single question, which often weighs a few percent only.
    keys = [f"{one.kind}:{one.id}" for one in sorted(turning, key=lambda one: one.kind == "question")]
    first = next((key for key in keys if key in known), next(iter(known)))
    return known[str(choose("Weight", "weight", {key: titles[key] for key in known}, first))]


def _contributions(case: _Case) -> None:
    order, names = case.robustness.ranked, case.robustness.names
    if not order:
        st.info("No vendor is in the ranking.")
        return
    points = _in_order(case, contributions(case.field))
    sections = {section.id: section.title for section in case.content.sections}
    missing = {
        card.vendor: (card.autonomy.high or 0.0) - (card.autonomy.low or 0.0) for card in case.comparison.vendors
    }
    sentence = contributions_sentence(points, order, sections, case.robustness)
    exhibit(charts.contribution_bars(points, order, sections, names, missing), "contributions", sentence)


def _panel(case: _Case) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("How far the panel agrees", anchor=False)
        _list(agreement_lines(case.robustness, case.content))
        raters = case.robustness.agreement.severities
        if len(raters) > 1:
            st.subheader("Who is stricter", anchor=False)
            draw(charts.severity_table(raters))
    if len(raters) < 2:
        return
    with right:
        st.subheader("Where the evaluators lie apart", anchor=False)
        everybody = {"": "All vendors"} | {card.vendor: card.name for card in case.comparison.ranked()}
        vendor = str(choose("Vendor", "of", everybody, ""))
        evaluators = [member.name for member in case.evaluation.evaluators]
        chart = charts.evaluator_ranges(case.comparison, case.content, evaluators, vendor)
        sentence = evaluators_sentence(case.comparison, vendor)
        if chart.rows:
            exhibit(chart, "evaluators", sentence)
        else:
            st.info(plain(sentence))


def _method(case: _Case) -> None:
    _list(method_lines(case.robustness))
    st.caption(f"Content {case.robustness.content_hash[:12]} · record {case.robustness.record_hash[:12]}")


show()
