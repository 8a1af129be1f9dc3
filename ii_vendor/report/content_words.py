"""What other content does to the scores, in words."""

from __future__ import annotations

from collections.abc import Iterator

from ii_vendor.model.scorecard import Comparison, Scorecard


def effect_lines(now: Comparison, then: Comparison) -> Iterator[str]:
    """One line for every vendor whose autonomy, red flags, rank or verdict is another; one line where none is."""
    before = {card.vendor: card for card in now.vendors}
    lines = [
        f"{card.name}: {', '.join(moved)}."
        for card in then.vendors
        if (moved := list(_moved(before[card.vendor], card)))
    ]
    yield from lines or ["No score, rank or verdict changes."]


def _moved(old: Scorecard, new: Scorecard) -> Iterator[str]:
    for what, before, after in (
        ("autonomy", _score(old.autonomy.low), _score(new.autonomy.low)),
        ("red flags", _score(old.red_flags.low), _score(new.red_flags.low)),
        ("rank", str(old.rank or "none"), str(new.rank or "none")),
        ("verdict", old.verdict.outcome.value, new.verdict.outcome.value),
    ):
        if before != after:
            yield f"{what} {before} → {after}"


def _score(value: float | None) -> str:
    return "none" if value is None else f"{value:.1f}"
