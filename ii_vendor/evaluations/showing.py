"""Votes that are shown: by hand, with the last one, or once nobody who is missing is waited for any more."""

from __future__ import annotations

from collections.abc import Iterator

from ii_vendor.model import events
from ii_vendor.model import workshop_events as steps
from ii_vendor.model.events import Change
from ii_vendor.model.panel import Evaluation, WeighingMethod
from ii_vendor.model.workshop import Choice, Round
from ii_vendor.rules.workshop import awaited
from ii_vendor.score.elicitation import elicited_weights


def shown_votes(now: Evaluation, of: Round, how: str) -> list[Change]:
    """The votes of a round on the table. Those on weights become proposals, to be compared and adopted as others are;
    one that stands already is not made again."""
    changes: list[Change] = [steps.VotesRevealed(round=of.id, how=how)]
    for vote in of.votes.values():
        if vote.choice is Choice.points:
            made = events.WeightsProposed(
                evaluator=vote.evaluator,
                method=WeighingMethod.swing,
                given=dict(vote.points),
                weights=elicited_weights(WeighingMethod.swing, vote.points),
                reason=vote.reason,
            )
            known = now.proposals.get((vote.evaluator, ""))
            if known is None or known.model_dump(exclude={"at"}) != made.model_dump(exclude={"kind"}):
                changes.append(made)
    return changes


def shown_without(now: Evaluation, name: str, *, of_vendors: frozenset[str] | None = None) -> list[Change]:
    """The votes that are shown because nobody waits for ``name`` any more, who was the last one missing; with
    ``of_vendors`` on answers of these alone. Nothing where votes are shown by hand."""
    if now.workshop is None or not now.workshop.settings.auto_reveal:
        return []
    return [
        change
        for each in _waiting(now)
        if (of_vendors is None or each.item.vendor in of_vendors) and awaited(now, each) == (name,)
        for change in shown_votes(now, each, "all in")
    ]


def shown_at_last(now: Evaluation, *, absent: bool) -> list[Change]:
    """The votes that are all in and were kept hidden until somebody shows them; with ``absent`` those who are not in
    the room are waited for too."""
    return [
        change
        for each in _waiting(now)
        if not awaited(now, each, absent=absent)
        for change in shown_votes(now, each, "all in")
    ]


def _waiting(now: Evaluation) -> Iterator[Round]:
    """The open rounds with votes, but for those on items that were put off and those that were hidden again."""
    held = now.workshop
    for each in held.rounds if held else ():
        if held and each.votes and not each.revealed and not each.undone and each.item.key not in held.left:
            yield each
