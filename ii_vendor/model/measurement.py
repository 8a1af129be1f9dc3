"""How often findings are right, measured on labelled answers: counts, shares and their intervals."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt

from pydantic import Field

from ii_vendor.model.base import Frozen

Z = 1.959964
"""Standard deviations to either side that hold 95 % of a normal distribution."""


class Share(Frozen):
    """``hits`` of ``of`` cases."""

    hits: int = Field(ge=0)
    of: int = Field(ge=0)

    @property
    def value(self) -> float | None:
        """The share, 0-1; None where there is no case."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % Wilson score interval, each end 0-1; None where there is no case.

        Wilson, E. B. (1927), Journal of the American Statistical Association 22, 209-212.
        """
        if not self.of:
            return None
        n, p = self.of, self.hits / self.of
        middle = (p + Z**2 / (2 * n)) / (1 + Z**2 / n)
        half = Z / (1 + Z**2 / n) * sqrt(p * (1 - p) / n + Z**2 / (4 * n**2))
        return max(0.0, middle - half), min(1.0, middle + half)


class Found(Frozen):
    """``precision``: of the answers that something was found in, how many are labelled so. ``recall``: of those
    labelled so, in how many it was found."""

    precision: Share
    recall: Share


class Figures(Frozen):
    """What was measured on ``n`` answers, counted by answer unless something else is said.

    ``signals`` are red flags that a signal states, ``with_possible`` those and possible ones. ``good`` is a good sign
    without reserve. ``red_shown_as_good``: of the answers labelled red, those that show a good sign and nothing red at
    all. ``span_overlap``: of the answers rightly found red, those where a quote shares a character with the words that
    are labelled red; ``quotes_on_span`` counts each red quote in them by itself. ``coverage``: answers in which
    anything was found. ``ms_per_answer`` is the median processor time in milliseconds.
    """

    n: int
    signals: Found
    with_possible: Found
    good: Found
    red_shown_as_good: Share
    span_overlap: Share
    quotes_on_span: Share
    coverage: Share
    ms_per_answer: float | None = None


class Measurement(Figures):
    """The same over all answers, and for each question that has some."""

    by_question: Mapping[str, Figures] = Field(default_factory=dict)

    @property
    def over_all(self) -> Figures:
        """The figures over all answers alone."""
        return Figures(**{name: getattr(self, name) for name in Figures.model_fields})


class CurvePoint(Frozen):
    """A place on the learning curve: figures on authors left out, after training on the answers of ``authors`` others.

    ``answers`` is the mean number of answers trained on.
    """

    authors: int
    answers: int
    figures: Figures


class Measured(Frozen):
    """What a signal set was found to be worth by cross-validation: every author's answers were judged by a set that
    was trained without them.

    ``signals`` is the digest of the set. ``unseen_authors`` are those whose answers nobody who wrote a signal had read,
    and ``unseen`` the figures on theirs alone. ``by_author`` has the figures of each of them, of everybody where nobody
    is unseen. ``hard`` has the figures on answers of ``hard_authors``, who had been asked to write what is hard to
    read; writers of signals may have read some of it.
    """

    signals: str
    authors: tuple[str, ...]
    folds: int
    figures: Measurement
    unseen_authors: tuple[str, ...] = ()
    unseen: Measurement | None = None
    hard_authors: tuple[str, ...] = ()
    hard: Measurement | None = None
    by_author: Mapping[str, Figures] = Field(default_factory=dict)
    curve: tuple[CurvePoint, ...] = ()

    @property
    def headline(self) -> Measurement:
        """The figures to state: those on answers that no writer of signals had read, where there are any."""
        return self.unseen or self.figures
