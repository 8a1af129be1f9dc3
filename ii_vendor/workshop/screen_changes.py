"""What a decision changed, or would change, in the comparison: in sentences for the room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from ii_vendor.charts.words import band
from ii_vendor.model.panel import Consensus, Evaluation, Flag, FlagState
from ii_vendor.model.scorecard import Band, Comparison, Scorecard
from ii_vendor.report.phrases import BECOMES, listed
from ii_vendor.score import compare
from ii_vendor.score.comparison import leading
from ii_vendor.workshop.live import Live
from ii_vendor.workshop.screen_memory import remembered

NOTHING_CHANGES = "No rank, no verdict and no leader changes."


def change_words(before: Comparison, after: Comparison) -> list[str]:
    """Who leads, whose verdict and whose rank is another, what decides most first; that nothing is where nothing is."""
    old = {card.vendor: card for card in before.vendors}
    return [*_leads(before, after), *_verdicts(old, after), *_ranks(old, after)] or [NOTHING_CHANGES]


def score_words(before: Comparison, after: Comparison, vendor: str) -> str:
    """Which scores of one vendor are others, ``Autonomy 61 → 63.``; empty where none is."""
    old, new = (next(card for card in each.vendors if card.vendor == vendor) for each in (before, after))
    pairs = (("autonomy", autonomy(old), autonomy(new)), ("red flags", old.red_flags, new.red_flags))
    said = ", ".join(f"{name} {band(was)} → {band(now)}" for name, was, now in pairs if band(was) != band(now))
    return f"{said[0].upper()}{said[1:]}." if said else ""


def autonomy(card: Scorecard) -> Band:
    """Between which points the autonomy of a vendor lies; nothing while nobody has rated anything of it."""
    known = card.autonomy if card.autonomy.coverage else None
    return Band(low=known.low, high=known.high) if known else Band(low=None, high=None)


def _leads(before: Comparison, after: Comparison) -> Iterator[str]:
    then = leading(after.vendors)
    if set(then) != set(leading(before.vendors)):
        names = [card.name for card in after.vendors if card.vendor in then]
        yield f"{listed(names)} {'leads' if len(names) == 1 else 'share the lead'}." if names else "Nobody leads."


def _verdicts(old: dict[str, Scorecard], after: Comparison) -> Iterator[str]:
    for card in after.vendors:
        if card.verdict.outcome is not old[card.vendor].verdict.outcome:
            yield f"{card.name} becomes {BECOMES[card.verdict.outcome]}."


def _ranks(old: dict[str, Scorecard], after: Comparison) -> Iterator[str]:
    for card in after.ranked():
        was = old[card.vendor].rank
        if was and card.rank and was != card.rank:
            yield f"{card.name} goes from rank {was} to {card.rank}."


class Decision(NamedTuple):
    """Something that the panel decided: about ``vendor``, in ``words``; ``before`` is how the vendors stood without."""

    vendor: str
    words: str
    before: Comparison


def last_decision(live: Live) -> Decision | None:
    """The last consensus or decision on a red flag of this workshop; None before the first."""
    held, seen = live.workshop, live.seen
    if held is None:
        return None
    made: list[tuple[datetime, Consensus | Flag]] = [(each.at, each) for each in seen.consensus.values()]
    made += [
        (flag.decisions[-1].at, flag)
        for flag in seen.flags.values()
        if flag.decisions and flag.state is not FlagState.raised
    ]
    made = [each for each in made if each[0] >= held.opened_at]
    if not made:
        return None
    _, last = max(made, key=lambda each: each[0])
    return Decision(last.vendor, _decided(live, last), before(live, last))


def before(live: Live, decided: Consensus | Flag) -> Comparison:
    """How the vendors would stand without this consensus, by the ratings alone, or without the last decision on this
    red flag."""
    what = ("without", decided.vendor, decided.question, decided.id if isinstance(decided, Flag) else "")
    return remembered(live, what, lambda: compare(_without(live.seen, decided), live.content))


def _without(seen: Evaluation, last: Consensus | Flag) -> Evaluation:
    if isinstance(last, Flag):
        undone = last.model_copy(update={"decisions": last.decisions[:-1]})
        return seen.model_copy(update={"flags": {**seen.flags, last.id: undone}})
    rest = {key: each for key, each in seen.consensus.items() if key != (last.vendor, last.question)}
    return seen.model_copy(update={"consensus": rest})


def _decided(live: Live, last: Consensus | Flag) -> str:
    name = next(vendor.name for vendor in live.seen.vendors if vendor.id == last.vendor)
    if isinstance(last, Flag):
        return f"{name}, {last.question}: red flag {last.state.value}."
    level = "does not apply" if last.level is None else f"agreed on level {last.level}"
    return f"{name}, {last.question}: {level}."
