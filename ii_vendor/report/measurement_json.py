"""Figures measured on labelled answers as plain JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ii_vendor.model.measurement import Figures, Found, Measurement, Share


def measurement_dict(measured: Measurement) -> dict[str, Any]:
    """``{n, signals: {red}, with_possible: {red}, good, red_shown_as_good, span_overlap, quotes_on_span, coverage,
    ms_per_answer, intervals, counts, by_question}``.

    ``red`` and ``good`` hold ``precision`` and ``recall``. Shares are 0-1, null where there was no case.
    ``intervals`` (95 %, Wilson) and ``counts`` (hits, cases) repeat the tree of shares; ``by_question`` repeats all.
    """
    return {
        **_figures(measured),
        "by_question": {question: _figures(each) for question, each in measured.by_question.items()},
    }


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "n": figures.n,
        **_tree(figures, lambda share: share.value),
        "ms_per_answer": figures.ms_per_answer,
        "intervals": _tree(figures, lambda share: share.interval and list(share.interval)),
        "counts": _tree(figures, lambda share: [share.hits, share.of]),
    }


def _tree(figures: Figures, told: Callable[[Share], Any]) -> dict[str, Any]:
    def found(pair: Found) -> dict[str, Any]:
        return {"precision": told(pair.precision), "recall": told(pair.recall)}

    shares: dict[str, Share] = {
        "red_shown_as_good": figures.red_shown_as_good,
        "span_overlap": figures.span_overlap,
        "quotes_on_span": figures.quotes_on_span,
        "coverage": figures.coverage,
    }
    return {
        "signals": {"red": found(figures.signals)},
        "with_possible": {"red": found(figures.with_possible)},
        "good": found(figures.good),
        **{name: told(share) for name, share in shares.items()},
    }
