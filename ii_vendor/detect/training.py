"""Trains the linear layer on labelled answers. Needs scikit-learn, which nothing else of ii-vendor does.

A sentence is an example of a red flag, or of a good answer, when a labelled stretch covers a fair part of it. Two
logistic regressions are fitted on features that are scaled by how unevenly they are spread (after Wang and Manning,
"Baselines and Bigrams", ACL 2012); the most telling features are kept and fitted again. How the rest of an answer
counts, and from when on a sentence is called alike, is fitted on authors that were left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ii_vendor.detect.clauses import Span
from ii_vendor.detect.engine import detector_for
from ii_vendor.detect.features import Seen, features
from ii_vendor.detect.text import read
from ii_vendor.errors import UserError
from ii_vendor.model.labelled import LabelledAnswer
from ii_vendor.model.resemblance import Cut, Resemblance
from ii_vendor.model.signal import SignalSet

FEATURES_KEPT = 25_000
"""Of each of the two regressions: with 10 000 possible red flags are right somewhat less often."""

RED_FOUND, GOOD_RIGHT = 0.978, 0.957
"""Of left-out authors' red answers the layer by itself is to find so many, and the signals more beside it; of the
answers that it calls good so many are to be good."""

_INNER_PARTS = 4
_FAIR_PART = 0.3
_LEAST_USES = 2
_LEAST_OF_EACH = 2
_RED_STRENGTH, _GOOD_STRENGTH = 30.0, 10.0

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class _Sentence:
    """One sentence: its features by number, and its labels; None where nobody judged it."""

    numbers: npt.NDArray[np.int32]
    values: Floats
    red: bool | None
    good: bool | None


@dataclass(frozen=True)
class _Fitted:
    """One regression: its bias, and the weight of each feature that was kept, by number."""

    bias: float
    weights: dict[int, float]


class Trainer:
    """Trains layers for one set of signals; the features of an answer are found once, however often it is used.

    ``unseen`` names authors whose answers no writer of a signal has read. Where there are two of them or more, the cuts
    are fitted on theirs alone: on others the ideas of the lexicon look better than they are.
    """

    def __init__(self, signals: SignalSet, unseen: Collection[str] = ()) -> None:
        self._detector = detector_for(signals)
        self._unseen = frozenset(unseen)
        self._numbers: dict[str, int] = {}
        self._sentences: dict[LabelledAnswer, list[_Sentence]] = {}

    def train(self, answers: Sequence[LabelledAnswer]) -> Resemblance:
        """The layer that these answers give: the same answers always give the same.

        Raises UserError where scikit-learn is missing, or where the answers are too few to learn from.
        """
        _check_enough(answers)
        red, good = self._fit(answers)
        red_cut, good_cut = self._cuts(answers)
        names = {number: name for name, number in self._numbers.items()}
        kept = sorted({*red.weights, *good.weights}, key=lambda number: names[number])
        weights = {
            names[number]: (round(red.weights.get(number, 0.0), 3), round(good.weights.get(number, 0.0), 3))
            for number in kept
        }
        return Resemblance(
            made_from=f"{len(answers)} labelled answers by {len({each.author for each in answers})} authors",
            red=red_cut.model_copy(update={"bias": round(red.bias, 3)}),
            good=good_cut.model_copy(update={"bias": round(good.bias, 3)}),
            weights={name: pair for name, pair in weights.items() if pair != (0.0, 0.0)},
        )

    def _of(self, answer: LabelledAnswer) -> list[_Sentence]:
        if answer not in self._sentences:
            self._sentences[answer] = list(self._read(answer))
        return self._sentences[answer]

    def _read(self, answer: LabelledAnswer) -> Iterator[_Sentence]:
        text = read(answer.text)
        contexts = self._detector.contexts(answer.question, text)
        seen = [Seen(context) for context in contexts]
        for place, context in enumerate(contexts):
            own = text.original_span(context.sentence.start, context.sentence.end)
            found = dict(features(answer.question, seen, place))
            numbers = [self._numbers.setdefault(name, len(self._numbers)) for name in found]
            yield _Sentence(
                np.array(numbers, np.int32),
                np.array(list(found.values())),
                _label(answer.red, own, answer.places(answer.red_spans), answer.places(answer.clear_spans)),
                _label(answer.good, own, answer.places(answer.good_spans), ()),
            )

    def _fit(self, answers: Sequence[LabelledAnswer]) -> tuple[_Fitted, _Fitted]:
        sentences = [sentence for answer in answers for sentence in self._of(answer)]
        red = [sentence for sentence in sentences if sentence.red is not None]
        good = [sentence for sentence in sentences if sentence.good is not None]
        return (
            _regression(self._matrix(red), np.array([bool(each.red) for each in red]), _RED_STRENGTH),
            _regression(self._matrix(good), np.array([bool(each.good) for each in good]), _GOOD_STRENGTH),
        )

    def _matrix(self, sentences: Sequence[_Sentence]) -> Any:
        from scipy import sparse

        ends = np.cumsum([0, *(len(each.numbers) for each in sentences)])
        numbers = np.concatenate([each.numbers for each in sentences])
        values = np.concatenate([each.values for each in sentences])
        return sparse.csr_matrix((values, numbers, ends), shape=(len(sentences), len(self._numbers)))

    def _scores(self, fitted: _Fitted, matrix: Any) -> Floats:
        weights = np.zeros(matrix.shape[1])
        weights[list(fitted.weights)] = list(fitted.weights.values())
        return fitted.bias + np.asarray(matrix @ weights)

    def _cuts(self, answers: Sequence[LabelledAnswer]) -> tuple[Cut, Cut]:
        """How the rest of an answer counts and from when on a sentence is alike, judged on authors left out."""
        judged, scores = list[LabelledAnswer](), list[tuple[float, float, float, float]]()
        for left_out, others in _parts(answers, self._unseen):
            red, good = self._fit(others)
            whole_answers = [each for each in left_out if None not in (each.red, each.good) and self._of(each)]
            matrix = self._matrix([sentence for each in whole_answers for sentence in self._of(each)])
            raw = np.column_stack([self._scores(red, matrix), self._scores(good, matrix)])
            ends = np.cumsum([len(self._of(each)) for each in whole_answers])
            judged += whole_answers
            scores += [_whole(own) for own in np.split(raw, ends[:-1])]
        whole = np.array(scores)
        return (
            _cut(whole[:, 0], whole[:, 2:], np.array([bool(each.red) for each in judged]), _least_found),
            _cut(whole[:, 1], whole[:, 2:], np.array([bool(each.good) for each in judged]), _least_right),
        )


def _check_enough(answers: Sequence[LabelledAnswer]) -> None:
    try:
        import sklearn  # noqa: F401
    except ImportError:
        raise UserError("Training needs scikit-learn. Install it with: pip install 'ii-vendor[train]'") from None
    whole = [answer for answer in answers if answer.red is not None and answer.good is not None]
    there = {
        "authors": len({answer.author for answer in whole}),
        "answers that are a red flag": sum(answer.red is True for answer in whole),
        "answers that are no red flag": sum(answer.red is False for answer in whole),
        "good answers": sum(answer.good is True for answer in whole),
        "answers that are not good": sum(answer.good is False for answer in whole),
    }
    short = [f"{what}: {count}" for what, count in there.items() if count < _LEAST_OF_EACH]
    if short:
        raise UserError(
            f"There is too little to learn from. Of {len(answers)} answers, {len(whole)} say both whether they are a "
            f"red flag and whether they are good. Among these are too few ({_LEAST_OF_EACH} are needed of each): "
            f"{'; '.join(short)}."
        )


def _label(
    whole: bool | None, own: tuple[int, int], spans: Sequence[tuple[int, int]], clear: Sequence[tuple[int, int]]
) -> bool | None:
    """Whether the sentence is an example. Where only some stretches were judged, the others say nothing."""
    if any(_covers(span, own) for span in spans):
        return True
    if whole is None and not any(_covers(span, own) for span in clear):
        return None
    return False


def _covers(span: Span, own: Span) -> bool:
    shared = min(span[1], own[1]) - max(span[0], own[0])
    return shared > 0 and shared >= _FAIR_PART * min(span[1] - span[0], own[1] - own[0])


def _parts(
    answers: Sequence[LabelledAnswer], unseen: Collection[str]
) -> Iterator[tuple[list[LabelledAnswer], list[LabelledAnswer]]]:
    """Whole authors left out in turn, only the unseen ones where there are any to choose from, and all others."""
    authors = sorted({answer.author for answer in answers})
    fair = [author for author in authors if author in unseen]
    left = fair if len(fair) > 1 else authors
    count = min(_INNER_PARTS, len(left))
    for start in range(count):
        out = set(left[start::count])
        yield [each for each in answers if each.author in out], [each for each in answers if each.author not in out]


def _regression(matrix: Any, labels: Flags, strength: float) -> _Fitted:
    from scipy import sparse

    uses = np.asarray((matrix != 0).sum(axis=0)).ravel()
    used = np.flatnonzero(uses >= _LEAST_USES)
    matrix = matrix[:, used]
    scale = _unevenness(matrix, labels)
    scaled = matrix @ sparse.diags(scale)
    first = _logistic(scaled, labels, strength).coef_[0]
    telling = np.abs(first * scale) * np.sqrt(np.asarray(matrix.power(2).sum(axis=0)).ravel())
    kept = np.sort(np.argsort(-telling, kind="stable")[:FEATURES_KEPT])
    again = _logistic(scaled[:, kept], labels, strength)
    weights = again.coef_[0] * scale[kept]
    return _Fitted(
        float(again.intercept_[0]),
        {int(number): float(weight) for number, weight in zip(used[kept], weights, strict=True)},
    )


def _unevenness(matrix: Any, labels: Flags) -> Floats:
    """Square root of the absolute log ratio of how often each feature stands in examples and elsewhere."""
    there = (matrix != 0).astype(float)
    inside = np.asarray(there[labels].sum(axis=0)).ravel() + 1.0
    outside = np.asarray(there[~labels].sum(axis=0)).ravel() + 1.0
    ratio: Floats = np.log((inside / inside.sum()) / (outside / outside.sum()))
    return np.sqrt(np.abs(ratio))


def _logistic(matrix: Any, labels: Flags, strength: float) -> Any:
    from sklearn.linear_model import LogisticRegression

    # The dual solver is by far the fastest on so many sparse features; with a seed it always ends alike.
    return LogisticRegression(C=strength, solver="liblinear", dual=True, max_iter=2000, random_state=0).fit(
        matrix, labels
    )


def _whole(raw: Floats) -> tuple[float, float, float, float]:
    """Of one answer: its reddest and its best sentence, and the likeness of the whole to either."""
    alike = np.logaddexp(0.0, raw)
    return float(raw[:, 0].max()), float(raw[:, 1].max()), float(alike[:, 0].sum()), float(alike[:, 1].sum())


def _cut(own: Floats, whole: Floats, labels: Flags, least: Any) -> Cut:
    fitted = _logistic(np.column_stack([own, whole]), labels, 1.0).coef_[0]
    red, good = (round(float(each / fitted[0]), 3) for each in fitted[1:])
    score = own + red * whole[:, 0] + good * whole[:, 1]
    return Cut(red=red, good=good, least=round(float(least(score, labels)), 3))


def _least_found(score: Floats, labels: Flags) -> float:
    """The highest cut that still finds enough of the red answers."""
    return float(np.quantile(score[labels], 1.0 - RED_FOUND))


def _least_right(score: Floats, labels: Flags) -> float:
    """The lowest cut above which enough of the answers are good."""
    order = np.argsort(-score, kind="stable")
    right = np.cumsum(labels[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(right >= GOOD_RIGHT)
    return float(score[order][enough[-1]] if len(enough) else score.max())
