"""What merely resembles known red flags, and known good answers: it says "read this", and never more."""

from __future__ import annotations

import pytest

from ii_vendor.detect import find
from ii_vendor.detect.engine import Detector, detector_for
from ii_vendor.detect.features import Seen, features
from ii_vendor.detect.layer import Layer
from ii_vendor.detect.text import read
from ii_vendor.model.resemblance import Cut, Resemblance
from ii_vendor.model.response import Answer, Cell, Finding
from ii_vendor.model.signal import Language, Lexicon, Signal, SignalSet, SignalTests

LAYER = Resemblance(
    red=Cut(bias=-1.5),
    good=Cut(bias=-1.0),
    weights={"beg": (9.0, 0.0), "beg us": (2.0, 0.0), "Q2 beg": (-9.0, 0.0), "solo": (0.0, 9.0)},
)
TESTS = SignalTests(hit=("yes",), none=("no",))
SIGNALS = SignalSet(
    lexicon=Lexicon(language=Language(negations=("no/not",), hedges=("mostly",))),
    signals=(
        Signal(id="cloud", polarity="red", flags={"Q1": "Q1-x"}, reason="why", patterns=("cloud",), tests=TESTS),
        Signal(
            id="portal",
            polarity="red",
            hint=True,
            flags={"Q1": "Q1-x"},
            reason="perhaps",
            patterns=("portal",),
            tests=TESTS,
        ),
        Signal(id="runs", polarity="good", questions=("Q1",), reason="well", patterns=("runs on",), tests=TESTS),
        Signal(id="praise", polarity="evasion", reason="Praise.", patterns=("award*",), tests=TESTS),
    ),
    resemblance=LAYER,
)


def found(text: str, question: str = "Q1", signals: SignalSet = SIGNALS) -> tuple[Finding, ...]:
    return find(signals, Answer(question=question, cells=(Cell(text=text),)))


def test_a_sentence_that_resembles_a_red_flag_is_possible_only_and_names_no_flag() -> None:
    (finding,) = found("We deliver in May. You may beg us for it.")
    assert (finding.polarity, finding.possible, finding.flag) == ("red", True, None)
    assert finding.quote == "You may beg us for it."


def test_the_words_that_made_it_think_so_are_shown_where_they_stand() -> None:
    text = "We deliver in May. You\u00a0may \u201cbeg\u201d us for it."
    (finding,) = found(text)
    assert [text[start:end] for start, end in finding.words] == ["beg", "us"]


def test_what_a_signal_found_already_is_not_merely_possible() -> None:
    (finding,) = found("You may beg our cloud.")
    assert (finding.signal, finding.possible) == ("cloud", False)


def test_no_good_sign_is_shown_in_a_sentence_that_resembles_a_red_flag() -> None:
    assert [each.signal for each in found("It runs on.")] == ["runs"]
    assert [each.signal for each in found("It runs on when you beg.")] == ["possible-red"]


def test_a_sentence_that_resembles_good_answers_is_likely_good() -> None:
    (finding,) = found("It stands solo.")
    assert (finding.polarity, finding.possible, finding.signal) == ("good", True, "likely-good")


def with_layer(**changes: object) -> SignalSet:
    return SIGNALS.model_copy(update={"resemblance": LAYER.model_copy(update=changes)})


def test_what_stands_in_one_sentence_counts_for_the_others_of_its_answer() -> None:
    signals = with_layer(weights={"gate": (1.0, 1.0)}, whole={"spar": (9.0, 0.0), "free": (0.0, 9.0)})
    assert [each.quote for each in found("Spare part. The gate is grey.", signals=signals)] == ["The gate is grey."]
    assert [each.quote for each in found("Free part. The gate is grey.", signals=signals)] == ["The gate is grey."]
    assert found("The gate is grey. It is dry.", signals=signals) == ()


def test_it_counts_less_in_an_answer_of_many_sentences() -> None:
    signals = with_layer(whole={"spar": (4.0, 0.0)}, weights={})
    assert [each.signal for each in found("Spare part.", signals=signals)] == ["possible-red"]
    assert found("Spare part. It is grey. It is dry. It is old. It is new.", signals=signals) == ()


def test_it_counts_in_answers_to_its_own_question_only() -> None:
    signals = with_layer(whole={"Q2 spar": (9.0, 0.0)}, weights={})
    assert found("Spare part.", "Q1", signals) == ()
    assert [each.signal for each in found("Spare part.", "Q2", signals)] == ["possible-red"]


def test_its_words_are_among_those_that_made_it_think_so() -> None:
    text = "Grey spare part."
    (finding,) = found(text, signals=with_layer(whole={"spar": (9.0, 0.0)}, weights={}))
    assert [text[start:end] for start, end in finding.words] == ["spare"]


def test_features_and_weights_come_to_the_likeness() -> None:
    """What training counts is what the layer counts."""
    text = read("We beg. Nobody may beg us, not even our gate.")
    seen = [Seen(context) for context in detector_for(SIGNALS).contexts("Q1", text)]
    named = [dict(features("Q1", seen, place)) for place in range(len(seen))]
    weights = {
        name: (0.25 * number, -0.5 * number) for number, name in enumerate(sorted({n for each in named for n in each}))
    }
    layer = Layer(LAYER.model_copy(update={"weights": weights, "whole": {}}))
    for place, alike in enumerate(layer.likenesses("Q1", seen)):
        for at, alone in enumerate((alike.red_alone, alike.good_alone)):
            summed = sum(value * weights[name][at] for name, value in named[place].items())
            assert alone == pytest.approx(summed + (LAYER.red, LAYER.good)[at].bias)


def test_no_good_sign_is_shown_alone_in_an_answer_that_comes_near_to_a_red_flag() -> None:
    near = with_layer(red=Cut(bias=-0.5))
    assert found("It runs on.", signals=near) == ()
    assert [each.signal for each in found("It runs on. It has a cloud.", signals=near)] == ["runs", "cloud"]


@pytest.mark.parametrize(
    ("good", "modifiers"), [(-0.6, "weak: unusual words"), (1.0, "weak: beside a red flag"), (1.3, "")]
)
def test_beside_a_red_flag_a_good_sign_is_doubted_unless_it_is_clear(good: float, modifiers: str) -> None:
    runs, _ = found("It runs on. It has a cloud.", signals=with_layer(good=Cut(bias=good)))
    assert (runs.signal, "".join(runs.modifiers)) == ("runs", modifiers)


@pytest.mark.parametrize(("good", "shown"), [(1.0, False), (1.3, True)])
def test_beside_a_red_flag_only_a_clear_sentence_is_likely_good(good: float, *, shown: bool) -> None:
    signals = with_layer(good=Cut(bias=good), weights={})
    ids = [each.signal for each in found("It is grey. It has a cloud.", signals=signals)]
    assert ids == (["likely-good", "cloud"] if shown else ["cloud"])


@pytest.mark.parametrize(("alone", "marked"), [(0.9, 1), (1.1, 2)])
def test_beside_the_likeliest_sentence_only_those_that_are_clear_by_themselves_are_marked(
    alone: float, marked: int
) -> None:
    signals = with_layer(red=Cut(bias=alone), weights={"beg": (9.0, 0.0)})
    assert len(found("We beg. It is grey.", signals=signals)) == marked


@pytest.mark.parametrize(("alone", "marked"), [(0.9, 0), (1.1, 1)])
def test_beside_words_of_a_signal_only_a_sentence_that_is_clear_by_itself_is_marked(alone: float, marked: int) -> None:
    signals = with_layer(red=Cut(bias=alone), weights={})
    ids = [each.signal for each in found("It has a cloud. It is grey.", signals=signals)]
    assert ids == ["cloud", *["possible-red"] * marked]


@pytest.mark.parametrize(("good", "shown"), [(0.2, False), (2.0, True)])
def test_a_good_sign_goes_where_its_sentence_is_rather_like_a_red_flag(good: float, *, shown: bool) -> None:
    """The likeliest sentence is another; both lie beyond what counts as red."""
    signals = with_layer(red=Cut(bias=0.5), good=Cut(bias=good), weights={"beg": (9.0, 0.0)})
    ids = [each.signal for each in found("We beg. It runs on.", signals=signals)]
    assert ids == (["possible-red", "runs"] if shown else ["possible-red"])


@pytest.mark.parametrize(("alone", "shown"), [(-0.5, ["It stands solo."]), (0.5, ["It stands solo.", "It is grey."])])
def test_beside_the_best_sentence_only_those_that_are_good_by_themselves_are_likely_good(
    alone: float, shown: list[str]
) -> None:
    signals = with_layer(good=Cut(bias=alone, least=-2.0), red=Cut(bias=-9.0))
    assert [each.quote for each in found("It stands solo. It is grey.", signals=signals)] == shown


def test_a_cell_of_a_table_counts_as_an_answer() -> None:
    signals = with_layer(whole={"spar": (9.0, 0.0)}, weights={})
    cells = (Cell(text="Spare part."), Cell(text="The gate is grey."))
    assert [each.cell for each in find(signals, Answer(question="Q1", cells=cells))] == [0]


def test_a_hint_is_left_out_where_the_sentence_is_quite_unlike_red_flags() -> None:
    unlike = LAYER.model_copy(update={"red": Cut(bias=-2.5)})
    near = SIGNALS.model_copy(update={"resemblance": LAYER.model_copy(update={"red": Cut(bias=-1.0)})})
    far = SIGNALS.model_copy(update={"resemblance": unlike})
    assert [each.signal for each in found("It has a portal.", signals=near)] == ["portal"]
    assert found("It has a portal.", signals=far) == ()
    assert [each.signal for each in found("A portal to beg.", signals=far)] == ["portal"]
    assert [each.signal for each in found("It has a cloud.", signals=far)] == ["cloud"]


def test_a_question_resembles_nothing() -> None:
    assert found("May we beg? Does it stand solo?") == ()


def test_weights_of_another_question_do_not_count() -> None:
    signals = SIGNALS.model_copy(
        update={"resemblance": LAYER.model_copy(update={"weights": {"beg": (1.0, 0.0), "Q2 beg": (9.0, 0.0)}})}
    )
    assert found("You may beg.", "Q1", signals) == ()
    assert [each.signal for each in found("You may beg.", "Q2", signals)] == ["possible-red"]


def test_a_good_sign_in_words_that_good_answers_rarely_use_is_doubted() -> None:
    unlike = LAYER.model_copy(update={"good": Cut(bias=-5.0)})
    (finding,) = found("It runs on.", signals=SIGNALS.model_copy(update={"resemblance": unlike}))
    assert (finding.signal, finding.modifiers) == ("runs", ("weak: unusual words",))
    assert finding.reason == "In words that good answers rarely use: well"


def test_an_evasion_is_named_only_where_nothing_else_was_found() -> None:
    assert [each.signal for each in found("We won an award.")] == ["praise"]
    assert [each.signal for each in found("We won an award. You may beg.")] == ["possible-red"]


def test_without_weights_nothing_is_merely_possible() -> None:
    assert found("You may beg us. It stands solo.", signals=SIGNALS.model_copy(update={"resemblance": None})) == ()


@pytest.mark.parametrize("text", ["You may beg us.", "It stands solo.", "It runs on when you beg."])
def test_the_same_answer_always_gives_the_same_findings(text: str) -> None:
    answer = Answer(question="Q1", cells=(Cell(text=text),))
    assert Detector(SIGNALS).find(answer) == Detector(SIGNALS).find(answer)
