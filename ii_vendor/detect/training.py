"""Trains the linear layer on labelled answers. Needs scikit-learn, which nothing else of ii-vendor does.

A sentence is an example of a red flag, or of a good answer, when a labelled stretch covers a fair part of it. Logistic
regressions are fitted on features that are scaled by how unevenly they are spread (after Wang and Manning, "Baselines
and Bigrams", ACL 2012); the most telling features are kept and fitted again. Two are fitted on sentences and two on
whole answers, whose features are those of their sentences together: what stands elsewhere in an answer often tells how
a sentence is meant. How the parts count beside each other, and from when on a sentence is called alike, is fitted on
authors that were left out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ii_vendor.detect.clauses import Span
from ii_vendor.detect.engine import detector_for
from ii_vendor.detect.features import Seen, features
from ii_vendor.detect.text import read
from ii_vendor.errors import UserError
from ii_vendor.model.labelled import LabelledAnswer
from ii_vendor.model.resemblance import Cut, Pair, Resemblance
from ii_vendor.model.signal import SignalSet

FEATURES_KEPT = 25_000
"""Of each of the four regressions: with 10 000, red flags and good answers are told apart somewhat less well."""

RED_FOUND, GOOD_RIGHT = 0.975, 0.944
"""Of left-out authors' red answers the layer by itself is to find so many, and the signals more beside it; of the
answers that it calls good so many are to be good."""

_NOTHING_TO_TELL = (
    "There is too little to learn from: when some authors are left out, no answer of one of the kinds (a red flag or "
    "not, good or not) is left. Add labelled answers of more authors."
)

_INNER_PARTS = 4
_FAIR_PART = 0.3
_LEAST_USES = 2
_LEAST_OF_EACH = 2
_RED_STRENGTH, _GOOD_STRENGTH, _WHOLE_STRENGTH = 30.0, 10.0, 30.0

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


class _Regressions(NamedTuple):
    """What was fitted on sentences, and on whole answers."""

    red: _Fitted
    good: _Fitted
    red_whole: _Fitted
    good_whole: _Fitted


class _Balance(NamedTuple):
    """A cut, and what the likeness of the whole answer counts beside that of a sentence."""

    cut: Cut
    whole: float


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
        fitted = self._fit(answers)
        red, good = self._cuts(answers)
        names = {number: name for name, number in self._numbers.items()}
        return Resemblance(
            made_from=f"{len(answers)} labelled answers by {len({each.author for each in answers})} authors",
            red=_with_biases(red, fitted.red, fitted.red_whole),
            good=_with_biases(good, fitted.good, fitted.good_whole),
            weights=_named(names, fitted.red.weights, fitted.good.weights),
            whole=_named(
                names, _times(red.whole, fitted.red_whole.weights), _times(good.whole, fitted.good_whole.weights)
            ),
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

    def _fit(self, answers: Sequence[LabelledAnswer]) -> _Regressions:
        sentences = [sentence for answer in answers for sentence in self._of(answer)]
        red = [sentence for sentence in sentences if sentence.red is not None]
        good = [sentence for sentence in sentences if sentence.good is not None]
        judged = self._judged(answers)
        if {each.red for each in judged} != {True, False} or {each.good for each in judged} != {True, False}:
            raise UserError(_NOTHING_TO_TELL)
        matrix = self._together(judged, self._matrix([sentence for each in judged for sentence in self._of(each)]))
        return _Regressions(
            _regression(self._matrix(red), np.array([bool(each.red) for each in red]), _RED_STRENGTH),
            _regression(self._matrix(good), np.array([bool(each.good) for each in good]), _GOOD_STRENGTH),
            _regression(matrix, np.array([bool(each.red) for each in judged]), _WHOLE_STRENGTH),
            _regression(matrix, np.array([bool(each.good) for each in judged]), _WHOLE_STRENGTH),
        )

    def _judged(self, answers: Sequence[LabelledAnswer]) -> list[LabelledAnswer]:
        """Those that were judged as a whole, and say something."""
        return [each for each in answers if None not in (each.red, each.good) and self._of(each)]

    def _matrix(self, sentences: Sequence[_Sentence]) -> Any:
        from scipy import sparse

        ends = np.cumsum([0, *(len(each.numbers) for each in sentences)])
        numbers = np.concatenate([each.numbers for each in sentences])
        values = np.concatenate([each.values for each in sentences])
        return sparse.csr_matrix((values, numbers, ends), shape=(len(sentences), len(self._numbers)))

    def _together(self, answers: Sequence[LabelledAnswer], matrix: Any) -> Any:
        """The features of whole answers: those of their sentences, the rows of ``matrix``, less for each of many."""
        from scipy import sparse

        sizes = np.array([len(self._of(each)) for each in answers])
        answer = np.repeat(np.arange(len(answers)), sizes)
        parts = sparse.csr_matrix((1.0 / np.sqrt(sizes[answer]), (answer, np.arange(len(answer)))))
        return parts @ matrix

    def _scores(self, fitted: _Fitted, matrix: Any) -> Floats:
        weights = np.zeros(matrix.shape[1])
        weights[list(fitted.weights)] = list(fitted.weights.values())
        return fitted.bias + np.asarray(matrix @ weights)

    def _cuts(self, answers: Sequence[LabelledAnswer]) -> tuple[_Balance, _Balance]:
        """How the rest of an answer counts and from when on a sentence is alike, judged on authors left out."""
        judged, scores = list[LabelledAnswer](), list[Floats]()
        for left_out, others in _parts(answers, self._unseen):
            fitted, part = self._fit(others), self._judged(left_out)
            matrix = self._matrix([sentence for each in part for sentence in self._of(each)])
            together = self._together(part, matrix)
            raw = np.column_stack([self._scores(fitted.red, matrix), self._scores(fitted.good, matrix)])
            ends = np.cumsum([len(self._of(each)) for each in part])
            judged += part
            scores.append(
                np.column_stack(
                    [
                        [_extremes(own) for own in np.split(raw, ends[:-1])],
                        self._scores(fitted.red_whole, together),
                        self._scores(fitted.good_whole, together),
                    ]
                )
            )
        reddest, best, all_red, all_good, red_whole, good_whole = np.concatenate(scores).T
        red = np.array([bool(each.red) for each in judged])
        good = np.array([bool(each.good) for each in judged])
        return (
            _cut(np.column_stack([reddest, all_red, all_good, red_whole]), red, _least_found),
            _cut(np.column_stack([best, all_red, all_good, good_whole]), good, _least_right),
        )


def _named(names: Mapping[int, str], red: Mapping[int, float], good: Mapping[int, float]) -> dict[str, Pair]:
    """The weights of two regressions by the names of the features, but for those that come to nothing."""
    pairs = {
        names[number]: (round(red.get(number, 0.0), 3), round(good.get(number, 0.0), 3)) for number in {*red, *good}
    }
    return {name: pairs[name] for name in sorted(pairs) if any(pairs[name])}


def _times(factor: float, weights: Mapping[int, float]) -> dict[int, float]:
    return {number: factor * weight for number, weight in weights.items()}


def _with_biases(balance: _Balance, own: _Fitted, whole: _Fitted) -> Cut:
    """The cut for one sentence: what the regression on whole answers adds to every one of them moves ``least``."""
    least = round(balance.cut.least - balance.whole * whole.bias, 3)
    return balance.cut.model_copy(update={"bias": round(own.bias, 3), "least": least})


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
    authors = sorted({answer.author for answer in answers if None not in (answer.red, answer.good)})
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


def _extremes(raw: Floats) -> tuple[float, float, float, float]:
    """Of one answer's sentences: the reddest and the best, and the likeness of all of them to either."""
    alike = np.logaddexp(0.0, raw)
    return float(raw[:, 0].max()), float(raw[:, 1].max()), float(alike[:, 0].sum()), float(alike[:, 1].sum())


def _cut(scores: Floats, labels: Flags, least: Callable[[Floats, Flags], float]) -> _Balance:
    fitted = _logistic(scores, labels, 1.0).coef_[0]
    shares: Floats = fitted / fitted[0]
    _, red, good, whole = (round(float(share), 3) for share in shares)
    return _Balance(Cut(red=red, good=good, least=least(scores @ [1.0, red, good, whole], labels)), whole)


def _least_found(score: Floats, labels: Flags) -> float:
    """The highest cut that still finds enough of the red answers."""
    return float(np.quantile(score[labels], 1.0 - RED_FOUND))


def _least_right(score: Floats, labels: Flags) -> float:
    """The lowest cut above which enough of the answers are good."""
    order = np.argsort(-score, kind="stable")
    right = np.cumsum(labels[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(right >= GOOD_RIGHT)
    return float(score[order][enough[-1]] if len(enough) else score.max())
