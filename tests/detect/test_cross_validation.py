"""Cross-validation: nobody's answers are judged by what was trained on them."""

from __future__ import annotations

import pytest

from ii_vendor.detect.cross_validation import cross_validate
from ii_vendor.errors import UserError
from ii_vendor.model.labelled import LabelledAnswer
from ii_vendor.model.signal import Lexicon, Signal, SignalSet, SignalTests


def written_by(*authors, each=2):
    return [
        LabelledAnswer(id=f"{author}{number}", question="Q1", text=f"Word of {author}.", red=True, author=author)
        for author in authors
        for number in range(each)
    ]


class Rote:
    """A training that learns by heart: its signals find an answer of exactly those authors that it was trained on."""

    def __init__(self):
        self.trained_on = []

    def __call__(self, answers):
        authors = sorted({each.author for each in answers})
        self.trained_on.append(authors)
        tests = SignalTests(hit=("x",), none=("y",))
        red = Signal(
            id="by-heart",
            polarity="red",
            flags={"Q1": "Q1-x"},
            reason="known",
            patterns=tuple(f"word of {author}" for author in authors),
            tests=tests,
        )
        return SignalSet(lexicon=Lexicon(), signals=(red,))


def test_no_author_is_judged_by_what_was_trained_on_them():
    measured = cross_validate(written_by(*"abcdef"), Rote())
    assert (measured.figures.n, measured.figures.signals.recall.hits) == (12, 0)
    assert [point.figures.signals.recall.hits for point in measured.curve] == [0] * len(measured.curve)


def test_each_author_has_figures_of_their_own_or_each_unseen_one():
    assert [each.n for each in cross_validate(written_by(*"abcd"), Rote()).by_author.values()] == [2] * 4
    assert list(cross_validate(written_by(*"abcd"), Rote(), unseen="bd").by_author) == ["b", "d"]


def test_hard_authors_are_measured_by_themselves():
    measured = cross_validate(written_by(*"abcde"), Rote(), unseen="bd", hard="e")
    assert (measured.unseen.n, measured.hard.n, measured.hard_authors, measured.figures.n) == (4, 2, ("e",), 10)
    assert [point.figures.n for point in measured.curve] == [4] * len(measured.curve)
    with pytest.raises(UserError, match="No answer is by 'z'"):
        cross_validate(written_by(*"abcde"), Rote(), unseen="b", hard="z")
    with pytest.raises(UserError, match="'b' is named as unseen and as hard"):
        cross_validate(written_by(*"abcde"), Rote(), unseen="bd", hard="b")
    with pytest.raises(UserError, match="name the authors of those too"):
        cross_validate(written_by(*"abcde"), Rote(), hard="b")


def test_many_authors_are_judged_in_ten_parts_of_whole_authors():
    rote = Rote()
    measured = cross_validate(written_by(*"abcdefghijklmnopqrstuvwxyz"), rote)
    assert (measured.folds, len(measured.authors), measured.figures.n) == (10, 26, 52)
    assert [len(authors) for authors in rote.trained_on[:10]] == [23] * 6 + [24] * 4


def test_the_learning_curve_doubles_the_authors_up_to_all_others():
    rote = Rote()
    measured = cross_validate(written_by(*"abcdefghij"), rote)
    assert [point.authors for point in measured.curve] == [2, 4, 8, 9]
    assert [point.answers for point in measured.curve] == [4, 8, 16, 18]
    pairs = [authors for authors in rote.trained_on if len(authors) == 2]
    assert len({tuple(authors) for authors in pairs}) > 1


def test_authors_that_no_writer_of_signals_has_read_are_measured_apart():
    measured = cross_validate(written_by(*"abcd"), Rote(), unseen=("b", "d"))
    assert (measured.unseen_authors, measured.unseen.n, measured.headline) == (("b", "d"), 4, measured.unseen)
    assert {point.figures.n for point in measured.curve} == {4}
    assert cross_validate(written_by(*"abcd"), Rote()).unseen is None


@pytest.mark.parametrize(
    ("authors", "unseen", "message"),
    [("ab", (), "needs those of three or more"), ("abc", ("z",), "No answer is by 'z'. The authors are: a, b, c.")],
)
def test_too_few_or_unknown_authors_are_told(authors, unseen, message):
    with pytest.raises(UserError, match=message):
        cross_validate(written_by(*authors), Rote(), unseen=unseen)


def test_progress_names_who_is_left_out():
    told = []
    cross_validate(written_by(*"abc"), Rote(), progress=lambda *step: told.append(step))
    assert told == [(0, 3, "without a"), (1, 3, "without b"), (2, 3, "without c")]
