"""How often the shipped signals are right on answers whose text no writer of a signal had read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ii_vendor.detect import find
from ii_vendor.detect.measure import find_timed, measure
from ii_vendor.library import load_library, read_labelled, shipped_folder
from ii_vendor.model.measurement import Measured, Share
from ii_vendor.model.response import Answer, Cell
from ii_vendor.model.signal import SignalSet

TWINS = Path(__file__).with_name("twins.jsonl")


@pytest.fixture(scope="module")
def signals() -> SignalSet:
    return load_library().signals


@pytest.fixture(scope="module")
def measured(signals: SignalSet) -> Measured:
    assert signals.measured is not None, "the signals were changed: run 'ii-vendor signals train --unseen ...'"
    return signals.measured


def value(share: Share) -> float:
    assert share.value is not None
    return share.value


def test_signals_alone_are_seldom_wrong_and_reach_most_red_answers(signals: SignalSet, measured: Measured) -> None:
    folder = shipped_folder() / "scoring" / "answers"
    labelled = read_labelled([folder / f"{author}.jsonl" for author in measured.unseen_authors])
    found, _ = find_timed(signals.model_copy(update={"resemblance": None}), labelled)
    red = measure(labelled, found).signals
    assert value(red.precision) >= 0.95
    assert value(red.recall) >= 0.65


def test_with_possible_red_flags_few_red_answers_are_missed(measured: Measured) -> None:
    figures = measured.headline
    assert value(figures.with_possible.recall) >= 0.95
    assert value(figures.with_possible.precision) >= 0.88
    assert value(figures.red_shown_as_good) <= 0.01


def test_good_signs_are_seldom_wrong_and_reach_most_good_answers(measured: Measured) -> None:
    figures = measured.headline
    assert value(figures.good.precision) >= 0.95
    assert value(figures.good.recall) >= 0.9


def test_answers_that_are_hard_to_read_are_mostly_pointed_to_as_well(measured: Measured) -> None:
    assert measured.hard is not None
    assert value(measured.hard.with_possible.recall) >= 0.9
    assert value(measured.hard.red_shown_as_good) <= 0.05


def test_quotes_meet_what_a_person_marked(measured: Measured) -> None:
    assert value(measured.headline.span_overlap) >= 0.9


def test_opposites_in_nearly_the_same_words_are_told_apart(signals: SignalSet) -> None:
    """Of each pair the red side is pointed to, and no signal calls the good side red."""

    def reds(question: str, text: str) -> list[bool]:
        found = find(signals, Answer(question=question, cells=(Cell(text=text),)))
        return [finding.possible for finding in found if finding.polarity == "red"]

    pairs = [json.loads(line) for line in TWINS.read_text("utf-8").splitlines()]
    wrong = [
        pair["id"]
        for pair in pairs
        if not reds(pair["question"], pair["red"]) or not all(reds(pair["question"], pair["good"]))
    ]
    assert len(pairs) >= 60
    assert len(wrong) <= 0.05 * len(pairs), wrong
