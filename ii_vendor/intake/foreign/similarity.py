"""How alike questions are by their words: endings and spellings may differ, rare words count more than common ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ii_vendor.intake.foreign.similarity_words import content_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ENOUGH_TEXTS = 30
"""Fewer texts do not say which words are usual in them."""
_OFTEN = 0.03
"""A word that a larger share of the texts has tells less."""
_LEAST_TELLING = 0.3
_BY_SHARED = np.array([0, 0.5, 0.85, 1], dtype=np.float32)
"""One word in common, or two, may be chance."""


class Wording(NamedTuple):
    """One way to ask a question of ours. ``weight``: 1 for the question itself, less for what only surrounds it."""

    question: str
    text: str
    weight: float = 1.0


class QuestionIndex:
    """Our questions, ready to be compared with many others at once."""

    def __init__(self, wordings: Sequence[Wording]) -> None:
        self.questions = tuple(dict.fromkeys(each.question for each in wordings))
        spelled = [content_words(each.text) for each in wordings]
        self._words = {word: n for n, word in enumerate(dict.fromkeys(word for each in spelled for word in each))}
        self._rarity = self._rarities(spelled, [each.question for each in wordings])
        # A word that none of our questions has is as telling as most that have few of them.
        self._unknown = float(np.median(self._rarity)) if self._words else 1.0
        vectors = np.zeros((len(self._words), len(wordings)), dtype=np.float32)
        for column, words in enumerate(spelled):
            rows = [self._words[word] for word in words]
            vectors[rows, column] = self._rarity[rows]
        lengths = np.maximum(np.sqrt((vectors**2).sum(axis=0)), 1.0)
        weights = np.array([each.weight for each in wordings], dtype=np.float32)
        self._present = (vectors > 0).astype(np.float32)
        self._vectors = vectors / lengths[None, :] * weights[None, :]
        owners = [self.questions.index(each.question) for each in wordings]
        self._columns = [np.array([c for c, o in enumerate(owners) if o == q]) for q in range(len(self.questions))]

    def _rarities(self, spelled: Sequence[Sequence[str]], owners: Sequence[str]) -> NDArray[np.float32]:
        """How much each of our words tells, most where a single question has it."""
        having: dict[str, set[str]] = {word: set() for word in self._words}
        for words, owner in zip(spelled, owners, strict=True):
            for word in words:
                having[word].add(owner)
        shares = [(1 + len(self.questions)) / (1 + len(each)) for each in having.values()]
        return np.asarray(np.log(shares) + 0.2, dtype=np.float32)

    def similarities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """For each text a row with its likeness, 0-1, to each of ``questions``."""
        found = np.zeros((len(texts), len(self.questions)), dtype=np.float32)
        if not self._words or not texts:
            return found
        theirs = np.zeros((len(texts), len(self._words)), dtype=np.float32)
        unknown = np.zeros(len(texts), dtype=np.float32)
        for row, text in enumerate(texts):
            words = content_words(text)
            known = [self._words[word] for word in words if word in self._words]
            theirs[row, known] = 1
            unknown[row] = (len(words) - len(known)) * self._unknown**2
        shared = theirs @ self._present
        theirs *= self._rarity * _telling(theirs)
        lengths = np.sqrt((theirs**2).sum(axis=1) + unknown)
        scores = (
            theirs @ self._vectors / np.maximum(lengths, 1.0)[:, None] * _BY_SHARED[np.minimum(shared, 3).astype(int)]
        )
        for question, columns in enumerate(self._columns):
            found[:, question] = scores[:, columns].max(axis=1)
        np.clip(found, 0, 1, out=found)
        return found


def _telling(present: NDArray[np.float32]) -> NDArray[np.float32]:
    """1 for a word of few texts, less for one that many of them have: ``policy``, ``procedure``."""
    many, having = len(present), present.sum(axis=0)
    if many < _ENOUGH_TEXTS:
        return np.ones(present.shape[1], dtype=np.float32)
    rare = np.log((1 + many) / (1 + having)) / np.log(1 / _OFTEN)
    return np.asarray(np.clip(rare, _LEAST_TELLING, 1), dtype=np.float32)
