"""What merely resembles known red flags, and known good answers: it says "read this", and never more."""

from __future__ import annotations

import pytest

from ii_vendor.detect import find
from ii_vendor.model.resemblance import Cut, Resemblance
from ii_vendor.model.response import Answer, Cell, Finding
from ii_vendor.model.signal import Language, Lexicon, Signal, SignalSet, SignalTests

LAYER = Resemblance(
    red=Cut(bias=-1.0),
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


def test_a_hint_is_left_out_where_the_sentence_is_quite_unlike_red_flags() -> None:
    unlike = LAYER.model_copy(update={"red": Cut(bias=-2.5)})
    far = SIGNALS.model_copy(update={"resemblance": unlike})
    assert [each.signal for each in found("It has a portal.")] == ["portal"]
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
    assert found(text) == found(text, signals=SIGNALS.model_copy())
