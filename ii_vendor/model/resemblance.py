"""The linear layer: how much each word or idea makes a sentence look like known red flags and known good answers."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from ii_vendor.model.base import Frozen


class Cut(Frozen):
    """From when on a sentence counts as alike.

    A sentence's likeness is the sum of the weights of what stands in it, plus ``bias``. ``red`` and ``good`` times the
    likeness of the whole answer to either are added; what reaches ``least`` counts.
    """

    bias: float = 0.0
    red: float = 0.0
    good: float = 0.0
    least: float = 0.0


class Resemblance(Frozen):
    """Weights of what stands in a sentence, for likeness to a red flag and to a good answer, and the two cuts.

    ``made_from`` says in words what the weights were made from.
    """

    made_from: str = ""
    red: Cut = Cut()
    good: Cut = Cut()
    weights: Mapping[str, tuple[float, float]] = Field(default_factory=dict)
