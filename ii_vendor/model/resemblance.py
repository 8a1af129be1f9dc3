"""The linear layer: how much each word or idea makes a sentence look like known red flags and known good answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from ii_vendor.model.base import Frozen, Grown

Pair = tuple[float, float]
"""What something adds to likeness to a red flag, and to a good answer."""

Weight = tuple[float, float, float, float]
"""What something adds to the likeness of its sentence to a red flag and to a good answer, and the same for the whole
answer."""

_NONE: Pair = (0.0, 0.0)


class Cut(Frozen):
    """From when on a sentence counts as alike: four terms of the sum in `Resemblance`."""

    bias: float = 0.0
    red: float = 0.0
    good: float = 0.0
    least: float = 0.0


class Resemblance(Grown):
    """Weights of what stands in a sentence, for likeness to a red flag and to a good answer, and the two cuts.

    By itself a sentence is worth s = bias + the sum of ``weights`` of what stands in it. In its answer of n sentences
    it is worth s + red * R + good * G + W / sqrt(n) - least, and is alike from 0 on: R and G are the sums of
    log(1 + e^s) over all sentences, for likeness to either, and W is the sum of ``whole`` of what stands in all of
    them. A cell of a table counts as an answer. Layers from before ``whole`` have none of it. ``made_from`` says in
    words what the weights were made from.
    """

    later: ClassVar[frozenset[str]] = frozenset({"whole"})

    made_from: str = ""
    red: Cut = Cut()
    good: Cut = Cut()
    weights: Mapping[str, Pair] = Field(default_factory=dict)
    whole: Mapping[str, Pair] = Field(default_factory=dict)

    def by_name(self) -> dict[str, Weight]:
        """All that each thing weighs."""
        return {
            name: (*self.weights.get(name, _NONE), *self.whole.get(name, _NONE))
            for name in {**self.weights, **self.whole}
        }
