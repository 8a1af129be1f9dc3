"""Figures on labelled answers: what is counted as what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ii_vendor.detect.measure import measure, misses
from ii_vendor.model.labelled import LabelledAnswer
from ii_vendor.model.measurement import Share
from ii_vendor.model.response import Finding
from ii_vendor.report.measurement_json import measurement_dict

TEXT = "It stops without us. It runs alone. We are nice."


def label(name="a", question="Q1", *, red=False, good=False, spans=(), **more):
    return LabelledAnswer(
        id=name, question=question, text=TEXT, red=red, good=good, red_spans=spans if red else (), **more
    )


def finding(polarity="red", quote="It stops without us.", *, possible=False, modifiers=()):
    start = TEXT.index(quote)
    return Finding(
        id=f"{polarity}{start}",
        question="Q1",
        signal="x",
        polarity=polarity,
        possible=possible,
        cell=0,
        start=start,
        end=start + len(quote),
        quote=quote,
        reason="why",
        modifiers=modifiers,
    )


def figures(*pairs, seconds=()):
    labels, found = zip(*pairs, strict=True)
    return measure(labels, found, seconds)


def hits(share):
    return share.hits, share.of


RED, POSSIBLE, GOOD = finding(), finding(possible=True), finding("good", "It runs alone.")


def test_red_is_counted_by_answer_for_signals_alone_and_with_possible_ones():
    found = figures(
        (label(red=True), (RED, RED)),
        (label(red=True), (POSSIBLE,)),
        (label(red=True), ()),
        (label(), (RED,)),
        (label(), (POSSIBLE,)),
        (label(), ()),
    )
    assert (hits(found.signals.precision), hits(found.signals.recall)) == ((1, 2), (1, 3))
    assert (hits(found.with_possible.precision), hits(found.with_possible.recall)) == ((2, 4), (2, 3))
    assert hits(found.coverage) == (4, 6)


def test_a_good_sign_counts_where_it_is_without_reserve():
    weak = finding("good", "It runs alone.", modifiers=("weak: hedged",))
    likely = finding("good", "It runs alone.", possible=True)
    found = figures((label(good=True), (GOOD,)), (label(good=True), (likely,)), (label(good=True), (weak,)))
    assert (hits(found.good.precision), hits(found.good.recall)) == ((2, 2), (2, 3))


@pytest.mark.parametrize(
    ("found", "shown"), [((GOOD,), 1), ((GOOD, RED), 0), ((GOOD, POSSIBLE), 0), ((RED,), 0), ((), 0)]
)
def test_red_shown_as_good_is_a_red_answer_with_a_good_sign_and_nothing_red(found, shown):
    assert hits(figures((label(red=True), found)).red_shown_as_good) == (shown, 1)


def test_a_quote_meets_the_label_when_they_share_a_character():
    spans = ("without us. It",)
    found = figures(
        (label(red=True, spans=spans), (RED, finding(quote="We are nice."), finding(quote="It runs alone."))),
        (label(), (RED,)),
        (label(red=True), (RED,)),
    )
    assert hits(found.span_overlap) == (1, 1)
    assert hits(found.quotes_on_span) == (2, 3)


def test_answers_that_nobody_judged_as_a_whole_enter_neither_precision_nor_recall():
    found = figures((label(red=None, good=None), (RED, GOOD)), (label(red=True, good=None), (RED,)))
    assert (hits(found.signals.precision), hits(found.good.precision)) == ((1, 1), (0, 0))


def test_the_median_time_of_an_answer_is_told_in_milliseconds():
    pairs = [(label(), ())] * 3
    assert figures(*pairs, seconds=(0.001, 0.002, 0.5)).ms_per_answer == 2
    assert figures(*pairs).ms_per_answer is None


def test_questions_are_measured_apart_too():
    found = figures((label(red=True), (RED,)), (label(question="Q2", red=True), ()))
    assert {question: hits(each.signals.recall) for question, each in found.by_question.items()} == {
        "Q1": (1, 1),
        "Q2": (0, 1),
    }


@pytest.mark.parametrize(
    ("hit", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 2, 0.0945, 0.9055)],
)
def test_intervals_are_those_of_wilson(hit, of, low, high):
    """81 of 263: Newcombe, R. G. (1998), Statistics in Medicine 17, 857-872, table I, method 3."""
    assert Share(hits=hit, of=of).interval == pytest.approx((low, high), abs=1e-4)


@given(st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share(case):
    share = Share(hits=case[0], of=case[1])
    low, high = share.interval
    assert 0 <= low <= share.value + 1e-12
    assert share.value - 1e-12 <= high <= 1


def test_the_json_has_the_keys_that_are_promised():
    told = measurement_dict(figures((label(red=True, spans=("It stops",)), (RED,)), (label(), ())))
    assert told["n"] == 2
    assert told["signals"] == {"red": {"precision": 1.0, "recall": 1.0}}
    assert told["with_possible"] == {"red": {"precision": 1.0, "recall": 1.0}}
    assert told["good"] == {"precision": None, "recall": None}
    assert (told["red_shown_as_good"], told["span_overlap"], told["ms_per_answer"]) == (0.0, 1.0, None)
    assert told["counts"]["signals"]["red"]["recall"] == [1, 1]
    assert told["intervals"]["signals"]["red"]["recall"] == pytest.approx([0.2065, 1.0], abs=1e-4)
    assert told["by_question"].keys() == {"Q1"}
    assert told["by_question"]["Q1"]["n"] == 2


def test_each_way_to_be_wrong_is_listed_with_what_was_expected():
    spans = ("It stops without us.",)
    cases = [
        (label("missed", red=True, spans=spans), ()),
        (label("as-good", red=True, spans=spans), (GOOD,)),
        (label("possible", red=True, spans=spans), (POSSIBLE,)),
        (label("wrong"), (RED,)),
        (label("beside", red=True, spans=spans), (finding(quote="We are nice."),)),
        (label("good-missed", good=True), ()),
        (label("good-wrong"), (GOOD,)),
        (label("right", red=True, spans=spans), (RED,)),
    ]
    told = {each.id: (each.what, each.quote, each.expected) for each in misses(*zip(*cases, strict=True))}
    assert told == {
        "missed": ("red not found", "", spans),
        "as-good": ("good, and the answer is not", "It runs alone.", spans),
        "possible": ("red found as possible only", "It stops without us.", spans),
        "wrong": ("red, and the answer is not red", "It stops without us.", ()),
        "beside": ("red beside the labelled words", "We are nice.", spans),
        "good-missed": ("good not found", "", ()),
        "good-wrong": ("good, and the answer is not", "It runs alone.", ()),
    }
    assert next(misses(*zip(cases[1], strict=True))).what == "red shown as good"
