"""The weights of the linear layer, laid out so that a sentence is judged without spelling out its features."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from itertools import combinations, pairwise
from math import exp, log1p, sqrt
from typing import NamedTuple, TypeVar

from ii_vendor.detect.features import (
    AFTER,
    BEFORE,
    IDEA,
    IDEAS,
    NEIGHBOUR,
    NEIGHBOUR_IDEA,
    QUESTION,
    Seen,
    neighbours,
    scale_of,
)
from ii_vendor.model.resemblance import Cut, Resemblance, Weight

Key = TypeVar("Key")
_LARGE = 30.0


class Likeness(NamedTuple):
    """How much a sentence is like a red flag and like a good answer.

    ``red`` and ``good`` take its answer into account; 0 and more: as far as it counts. ``red_alone`` and ``good_alone``
    are the log odds of the sentence by itself.
    """

    red: float
    good: float
    red_alone: float
    good_alone: float


_NOTHING: Weight = (0.0, 0.0, 0.0, 0.0)


class _Weights:
    """Weights by what they are of: a word, two words side by side, and so on."""

    def __init__(self) -> None:
        self.words: dict[str, Weight] = {}
        self.pairs: dict[tuple[str, str], Weight] = {}
        self.beginnings: dict[str, Weight] = {}
        self.ideas: dict[str, Weight] = {}
        self.idea_pairs: dict[tuple[str, str], Weight] = {}
        self.around: dict[str, dict[str, Weight]] = {BEFORE: {}, AFTER: {}}
        self.question = _NOTHING

    def add(self, name: str, weight: Weight) -> None:
        """Put the weight of one feature where it is looked up."""
        for place, around in self.around.items():
            if name.startswith(place):
                around[name.removeprefix(place)] = weight
                return
        if name.count("{") == 2:
            first, second = name.split("} ", 1)
            self.idea_pairs[f"{first}}}", second] = weight
        elif "{" in name:
            self.ideas[name] = weight
        elif name.endswith(".."):
            self.beginnings[name.removesuffix("..")] = weight
        elif " " in name and not name.startswith("not: "):
            first, second = name.split(" ", 1)
            self.pairs[first, second] = weight
        else:
            self.words[name] = weight

    def with_own(self, own: Mapping[str, Weight], question: Weight) -> _Weights:
        """The same for one question, with what words and ideas weigh in its answers beside that."""
        joined = copy(self)
        joined.words, joined.ideas, joined.question = dict(self.words), dict(self.ideas), question
        for name, weight in own.items():
            table = joined.ideas if "{" in name else joined.words
            table[name] = _sum(table.get(name), weight)
        return joined


class Layer:
    """A trained layer, ready to judge sentences."""

    def __init__(self, trained: Resemblance) -> None:
        self._trained = trained
        self._shared = _Weights()
        self._own: dict[str, dict[str, Weight]] = {}
        self._questions: dict[str, Weight] = {}
        for name, weight in trained.by_name().items():
            # Words and ideas of one question bear its id, which alone is in capitals.
            question, _, rest = name.partition(" ")
            if name.endswith(":"):
                self._questions[name.removesuffix(":")] = weight
            elif name[0].isupper():
                self._own.setdefault(question, {})[rest] = weight
            else:
                self._shared.add(name, weight)
        self._by_question: dict[str, _Weights] = {}

    def likenesses(self, question: str, seen: Sequence[Seen]) -> list[Likeness]:
        """The likeness of each sentence of one answer, the answer's other sentences taken into account."""
        weights = self._of(question)
        raw = [self._raw(weights, seen, place) for place in range(len(seen))]
        red, good = sum(softplus(each[0]) for each in raw), sum(softplus(each[1]) for each in raw)
        size = sqrt(len(raw) or 1)
        red_whole, good_whole = sum(each[2] for each in raw) / size, sum(each[3] for each in raw) / size
        red_cut, good_cut = self._trained.red, self._trained.good
        return [
            Likeness(
                _cut(red_cut, one, red, good) + red_whole, _cut(good_cut, other, red, good) + good_whole, one, other
            )
            for one, other, *_ in raw
        ]

    def telling_words(self, question: str, sentence: Seen, most: int = 4) -> list[int]:
        """Which words of a sentence add most to its likeness to a red flag, as places in the sentence."""
        weights, words = self._of(question), sentence.words
        gains = [_redness(weights.words, word) for word in words]
        for at, word in enumerate(words):
            if f"not: {word}" in sentence.negated:
                gains[at] += _redness(weights.words, f"not: {word}")
        for at, pair in enumerate(pairwise(words)):
            both = _redness(weights.pairs, pair) / 2
            gains[at] += both
            gains[at + 1] += both
        ranked = sorted((at for at, gain in enumerate(gains) if gain > 0), key=lambda at: (-gains[at], at))
        return sorted(ranked[:most])

    def _of(self, question: str) -> _Weights:
        if question not in self._by_question:
            own, whole = self._own.get(question, {}), self._questions.get(question, _NOTHING)
            self._by_question[question] = self._shared.with_own(own, whole)
        return self._by_question[question]

    def _raw(self, weights: _Weights, seen: Sequence[Seen], place: int) -> Weight:
        here, scale = seen[place], scale_of(seen, place)
        parts = [
            (scale, _total(weights.words, here.stems)),
            (scale, _total(weights.words, here.negated)),
            (scale, _total(weights.pairs, here.pairs)),
            (scale, _total(weights.beginnings, here.beginnings)),
            (IDEA, _total(weights.ideas, here.ideas)),
            (IDEAS, _total(weights.idea_pairs, combinations(here.ideas, 2))),
            (QUESTION, weights.question),
        ]
        for name, neighbour in neighbours(seen, place):
            around = weights.around[name]
            parts.append((NEIGHBOUR * scale, _total(around, neighbour.stems)))
            parts.append((NEIGHBOUR_IDEA, _total(around, neighbour.ideas)))
        red, good, red_whole, good_whole = self._trained.red.bias, self._trained.good.bias, 0.0, 0.0
        for value, total in parts:
            red += value * total[0]
            good += value * total[1]
            red_whole += value * total[2]
            good_whole += value * total[3]
        return red, good, red_whole, good_whole


def softplus(value: float) -> float:
    """log(1 + e^value): about 0 for what is unlike, about the value itself for what is alike."""
    return value if value > _LARGE else log1p(exp(value))


def _total(weights: Mapping[Key, Weight], keys: Iterable[Key]) -> Weight:
    red = good = red_whole = good_whole = 0.0
    get = weights.get
    for key in keys:
        weight = get(key)
        if weight is not None:
            red += weight[0]
            good += weight[1]
            red_whole += weight[2]
            good_whole += weight[3]
    return red, good, red_whole, good_whole


def _sum(left: Weight | None, right: Weight) -> Weight:
    if left is None:
        return right
    return left[0] + right[0], left[1] + right[1], left[2] + right[2], left[3] + right[3]


def _redness(weights: Mapping[Key, Weight], key: Key) -> float:
    """What something adds to the likeness of its sentence to a red flag, all in all."""
    weight = weights.get(key, _NOTHING)
    return weight[0] + weight[2]


def _cut(cut: Cut, own: float, red: float, good: float) -> float:
    return own + cut.red * red + cut.good * good - cut.least
