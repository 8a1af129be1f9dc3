"""How often the signals are right, as it is told to those who rely on them."""

from __future__ import annotations

import pytest

from ii_vendor.model.measurement import CurvePoint, Figures, Found, Measured, Measurement, Share
from ii_vendor.model.resemblance import Resemblance
from ii_vendor.model.signal import SignalSet
from ii_vendor.report.measurement_words import (
    EARLIER,
    HARD_READ,
    curve_lines,
    figures_table,
    measurement_lines,
    share_words,
    signal_method_lines,
)


def figures(n=100, kind=Figures):
    def found(hits, of, reached):
        return Found(precision=Share(hits=hits, of=of), recall=Share(hits=hits, of=reached))

    return kind(
        n=n,
        signals=found(48, 50, 60),
        with_possible=found(57, 64, 60),
        good=found(30, 31, 33),
        red_shown_as_good=Share(hits=0, of=60),
        span_overlap=Share(hits=55, of=57),
        quotes_on_span=Share(hits=90, of=100),
        coverage=Share(hits=80, of=100),
        ms_per_answer=0.4,
    )


@pytest.fixture
def measured():
    """Figures of 3 authors, one of them unseen, with a learning curve."""
    return Measured(
        signals="x",
        authors=("a", "b", "c"),
        folds=3,
        figures=figures(300, Measurement),
        unseen_authors=("c",),
        unseen=figures(100, Measurement),
        by_author={"c": figures(), "d": figures().model_copy(update={"red_shown_as_good": Share(hits=3, of=60)})},
        curve=(CurvePoint(authors=2, answers=200, figures=figures(100)),),
    )


def test_a_share_is_told_with_its_interval_and_its_cases():
    assert share_words(Share(hits=48, of=50)) == "96.0 % (86.5–98.9 %, 48 of 50)"
    assert share_words(Share(hits=0, of=0)) == "no case"


def test_the_method_states_the_figures_on_answers_that_no_writer_had_read(measured):
    told = " ".join(signal_method_lines(SignalSet(measured=measured)))
    assert "Measured on 100 labelled answers by 1 author whose answers nobody who wrote a signal had read." in told
    for share in ("96.0 % (86.5–98.9 %, 48 of 50)", "89.1 % (79.1–94.6 %, 57 of 64)", "0.0 % (0.0–6.0 %, 0 of 60)"):
        assert share in told
    assert "95 % of the red answers reached after 2" in told
    assert "too good" not in told


def test_figures_of_weights_that_did_not_look_at_whole_answers_are_told_to_be_older(measured):
    older, newer = Resemblance(weights={"beg": (1.0, 0.0)}), Resemblance(whole={"beg": (1.0, 0.0)})
    assert EARLIER in signal_method_lines(SignalSet(measured=measured, resemblance=older))
    assert EARLIER not in signal_method_lines(SignalSet(measured=measured, resemblance=newer))


def test_answers_that_were_meant_to_be_hard_are_told_apart(measured):
    hard = figures(40, Measurement).model_copy(update={"red_shown_as_good": Share(hits=6, of=60)})
    told = measured.model_copy(update={"hard_authors": ("e", "f"), "hard": hard})
    table = figures_table(told)
    assert "Beside them, as “hard answers”: 40 by 2 authors who had been asked to write what is hard to read." in table
    assert HARD_READ in table
    assert "| | share (95 % interval, cases) | hard answers |" in table
    assert "| red shown as good | 0.0 % (0.0–6.0 %, 0 of 60) | 10.0 % (4.7–20.1 %, 6 of 60) |" in table
    assert "10.0 % (4.7–20.1 %, 6 of 60)" in " ".join(signal_method_lines(SignalSet(measured=told)))
    assert "hard" not in figures_table(measured)


def test_how_far_authors_lie_apart_is_told(measured):
    words = "From author to author, right / reached in %: with possible red 89–89 / 95–95, good 97–97 / 91–91; "
    words += "red shown as good 0–5 %."
    assert words in signal_method_lines(SignalSet(measured=measured))
    assert words in figures_table(measured)


def test_without_unseen_authors_the_figures_are_those_of_all(measured):
    told = " ".join(signal_method_lines(SignalSet(measured=measured.model_copy(update={"unseen": None}))))
    assert "Measured on 300 labelled answers by 3 authors." in told
    assert "may have read these answers, so the figures are likely too good" in told


def test_signals_that_were_not_measured_claim_no_figure():
    told = " ".join(signal_method_lines(SignalSet()))
    assert "not measured as they stand" in told
    assert "%" not in told


def test_each_question_has_its_line():
    lines = list(measurement_lines(figures(2, Measurement).model_copy(update={"by_question": {"Q1": figures()}})))
    assert lines[0] == "2 answers"
    assert lines[-1].split() == ["Q1", "100", "96", "/", "80", "89", "/", "95", "97", "/", "91", "0", "of", "60"]


def test_the_learning_curve_says_what_more_answers_bought(measured):
    assert list(curve_lines(measured.curve)) == [
        "  trained on 2 authors (200 answers): with possible red 89 / 95, good 97 / 91"
    ]
