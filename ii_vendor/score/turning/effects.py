"""What a change comes to, and which of several ever larger changes bring something new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ii_vendor.model.robustness import Effect, VerdictMove
from ii_vendor.model.scorecard import Outcome, Scorecard
from ii_vendor.score.comparison import leading


def effect(before: Sequence[Scorecard], after: Sequence[Scorecard]) -> Effect:
    """What differs between two sets of scorecards of the same vendors in the same order."""
    outcomes = {old.vendor: (old.verdict.outcome, new.verdict.outcome) for old, new in zip(before, after, strict=True)}
    return effect_of(leading(before), leading(after), outcomes)


def effect_of(
    leaders: Sequence[str], leaders_then: Sequence[str], outcomes: Mapping[str, tuple[Outcome, Outcome]]
) -> Effect:
    """The effect of a change from some leaders to others, with the outcomes before and after by vendor."""
    moves = (VerdictMove(vendor=key, before=old, after=new) for key, (old, new) in outcomes.items() if old is not new)
    return Effect(
        leaders=None if set(leaders) == set(leaders_then) else tuple(leaders_then),
        verdicts=tuple(moves),
    )


def news(effects: Iterable[Effect]) -> Iterator[int]:
    """The places of those effects that bring what no earlier one did: other leaders than now, or a verdict."""
    seen: set[tuple[str, Outcome] | None] = set()
    for place, one in enumerate(effects):
        brought: set[tuple[str, Outcome] | None] = {(move.vendor, move.after) for move in one.verdicts}
        if one.leaders is not None:
            brought.add(None)
        if brought - seen:
            yield place
        seen |= brought
