"""Training the linear layer on labelled answers."""

from __future__ import annotations

import pytest

from ii_vendor.detect import find
from ii_vendor.detect.training import Trainer
from ii_vendor.errors import UserError
from ii_vendor.model.labelled import LabelledAnswer
from ii_vendor.model.signal import SignalSet

REDS = ["it stops without our blessing", "the line waits for our nod", "our blessing opens each gate"]
GOODS = ["your crew opens each gate", "the line runs by your hand", "it needs nobody but your crew"]
REST = ["we were founded long ago", "the paint is grey", "delivery takes ten weeks"]


def answer(author: str, number: int, text: str, **labels: object) -> LabelledAnswer:
    return LabelledAnswer.model_validate(
        {"id": f"{author}{number}", "author": author, "question": "Q1", "text": text, **labels}
    )


def by(author: str) -> list[LabelledAnswer]:
    """Nine answers: each a statement in front of something that says nothing."""
    written = []
    for number, words in enumerate((*REDS, *GOODS, *REST)):
        red, good = words in REDS, words in GOODS
        spans = {"red_spans": [words] if red else [], "good_spans": [words] if good else []}
        written.append(answer(author, number, f"{words}. The {author} paint is grey.", red=red, good=good, **spans))
    return written


ANSWERS = [each for author in "abcdefgh" for each in by(author)]


def test_it_finds_what_it_was_shown_and_leaves_the_rest_alone() -> None:
    signals = SignalSet(resemblance=Trainer(SignalSet()).train(ANSWERS))
    kinds = {
        text: {(each.polarity, each.possible) for each in find(signals, answer("x", 1, text).as_answer())}
        for text in ("The gate waits for our blessing.", "Your crew runs it by hand.", "The paint is grey.")
    }
    assert list(kinds.values()) == [{("red", True)}, {("good", True)}, set()]


def test_the_same_answers_always_give_the_same_weights() -> None:
    assert Trainer(SignalSet()).train(ANSWERS) == Trainer(SignalSet()).train(ANSWERS)


def test_a_trainer_that_was_used_before_gives_what_a_fresh_one_gives() -> None:
    used = Trainer(SignalSet())
    used.train(ANSWERS[:18])
    assert used.train(ANSWERS) == Trainer(SignalSet()).train(ANSWERS)


def test_a_dismissed_stretch_counts_against_a_red_flag_and_what_nobody_judged_does_not_count() -> None:
    decided = [answer("z", number, f"{REDS[0]}. {GOODS[0]}.", clear_spans=[REDS[0]]) for number in range(40)]
    before = Trainer(SignalSet()).train(ANSWERS).weights["bless"]
    after = Trainer(SignalSet()).train([*ANSWERS, *decided]).weights["bless"]
    assert after[0] < before[0]
    assert after[1] == before[1]


def test_too_little_to_learn_from_is_said() -> None:
    with pytest.raises(UserError, match=r"2 are needed of each\): authors: 1\."):
        Trainer(SignalSet()).train(by("a"))
    with pytest.raises(UserError, match="answers that are a red flag: 0"):
        Trainer(SignalSet()).train([each for each in ANSWERS if not each.red])


def test_too_little_is_said_as_well_when_leaving_authors_out_leaves_nothing_to_tell_apart() -> None:
    partly = [each.model_copy(update={"red": None, "good": None}) for author in "cdefgh" for each in by(author)]
    one_kind = [each for each in by("b") if each.red is False]
    with pytest.raises(UserError, match="Add labelled answers of more authors"):
        Trainer(SignalSet()).train([*by("a"), *one_kind, *partly])


def test_what_stands_elsewhere_in_an_answer_is_learnt() -> None:
    """Only the sentence beside tells the two kinds apart."""
    said, beside = "It is opened by hand.", {"red": "Ours alone hold the blessing.", "good": "Your crew was taught."}
    told = [
        answer(
            author,
            number,
            f"{said} {beside[kind]}",
            **{"red": False, "good": False, kind: True, f"{kind}_spans": [said]},
        )
        for author in "ijklmnop"
        for number, kind in enumerate(["red", "good"] * 3)
    ]
    layer = Trainer(SignalSet()).train([*ANSWERS, *told])
    assert layer.whole["bless"][0] > 0 > layer.whole["bless"][1]
