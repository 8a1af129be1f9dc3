"""Steps that enter the record as a result: a consensus, a decision on a red flag, other weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from ii_vendor.model.panel import Consensus, FlagState, WeighingMethod, WeightProposal
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.workshop import Choice, Subject
from ii_vendor.report.moderation_words import effect_words
from ii_vendor.report.phrases import counted
from ii_vendor.report.proposal_words import effect_words as weights_words
from ii_vendor.rules import NeedsSecondLook, Refused
from ii_vendor.rules.masking import hidden_names, unmasked_words
from ii_vendor.score import compare, consensus_moves, moves
from ii_vendor.score.elicitation import weighed_ids
from ii_vendor.score.proposals import WhatIf, profile_with, proposals_of
from ii_vendor.score.weights import normalised
from ii_vendor.workshop.lead_asked import OUT_OF_DATE, Asked
from ii_vendor.workshop.live import Live

CLOSED = "Your interests close this vendor to you: somebody else who leads records what is agreed."
NO_WORDS = "none"
QUOTE = "quote:"
"""How the chosen words of a vendor begin in a form, so that no words can be taken for ``none``."""


def agree(asked: Asked) -> Mapping[str, str]:
    """Record the consensus on one answer."""
    item, level = asked.item(), asked.level()
    if asked.leading.is_closed(item.vendor):
        raise Refused(CLOSED)
    live, own = asked.live, asked.leading.own(item.vendor)
    chosen = asked.text("words")
    words = asked.text("copied") or chosen.removeprefix(QUOTE) * chosen.startswith(QUOTE)
    if words and live.whole.masked:
        words = unmasked_words(live.whole, own, item.question, words)

    def record(confirmed: Sequence[str]) -> None:
        asked.service.agree(
            asked.key,
            own,
            item.question,
            level,
            grade=asked.one_of("grade", EvidenceGrade),
            reason=asked.text("reason"),
            quote=words,
            no_evidence=chosen == NO_WORDS and not words,
            confirmed=confirmed,
        )

    try:
        record(())
    except NeedsSecondLook as look:
        if {shown(live, each) for each in look.reasons} - asked.confirmed():
            raise
        record(look.reasons)
    return {"said": "The consensus is recorded."}


def shown(live: Live, words: str) -> str:
    """What the tool says, with letters in place of the names that are hidden from the room."""
    return hidden_names(live.whole, words) if live.whole.masked else words


def effect(asked: Asked) -> Mapping[str, list[str]]:
    """What a consensus, or other weights, would change. Nothing is recorded."""
    if "whose" in asked.body:
        return {"effect": [_effect_of_weights(asked)]}
    item = asked.item()
    if asked.leading.is_closed(item.vendor):
        raise Refused(CLOSED)
    received = asked.live.seen.received(item.vendor)
    proposed = Consensus(
        vendor=item.vendor,
        question=item.question,
        level=asked.level(),
        grade=asked.one_of("grade", EvidenceGrade),
        reason="",
        response_version=received.version if received else 0,
        by=asked.leading.actor.name,
        at=datetime.now(UTC),
    )
    live = asked.live
    return {"effect": effect_words(consensus_moves(live.seen, live.content, proposed, live.comparison))}


def decide(asked: Asked) -> Mapping[str, str]:
    """Record the decision on a red flag."""
    item = asked.item()
    if item.subject is not Subject.flag:
        raise Refused(OUT_OF_DATE)
    if not asked.text("state"):
        raise Refused("Choose a decision first.")
    state = asked.one_of("state", FlagState)
    after = asked.service.decide_flag(
        asked.key,
        asked.leading.own(item.flag),
        state,
        reason=asked.text("reason"),
        owner=asked.text("owner") if state is FlagState.accepted else "",
    )
    known = after.flags.get(item.flag) or after.flags.get(asked.leading.own(item.flag))
    if known and known.state is not state:
        return {"said": "Signed. The second signature is still missing, from the other one's own seat."}
    return {"said": f"The decision is recorded: {state.value}."}


def adopt(asked: Asked) -> Mapping[str, str]:
    """Judge by other weights from now on: the mean of the room's points, or one person's."""
    reason, whose = asked.text("reason"), asked.text("whose")
    if not reason:
        raise Refused("Other weights need a reason that will stand in the record.")
    proposal = _proposal(asked.live, whose)
    if whose:
        asked.service.adopt_proposal(asked.key, whose, reason=reason)
        return {"said": f"The weights of {whose} are in force."}
    profile = profile_with(asked.live.content.profile, proposal)
    given = counted(len(points_given(asked.live)), "person", "people")
    said = f"The mean of the points that {given} gave in the workshop. {reason}"
    asked.service.adopt_profile(asked.key, profile, reason=said)
    return {"said": "The mean of the room is in force."}


def points_given(live: Live) -> dict[str, Mapping[str, float]]:
    """The points that each person gave in the round at hand, by name; nothing before they are shown."""
    votes = live.round.votes.values() if live.round and live.round.item.subject is Subject.weights else ()
    return {vote.evaluator: vote.points for vote in votes if vote.choice is Choice.points}


def mean_weights(live: Live) -> dict[str, float]:
    """The mean of the room's points by section, as weights that add up to 100. Refused where nobody gave points."""
    given = points_given(live).values()
    if not given:
        raise Refused("Nobody has given points yet, or they are not shown.")
    total = {section: sum(points[section] for points in given) for section in weighed_ids(live.content)}
    return {section: 100 * share for section, share in normalised(total).items()}


def _proposal(live: Live, whose: str) -> WeightProposal:
    """The weights of one person in the round at hand, or with nobody named those of the room."""
    if not whose:
        weights = mean_weights(live)
        at = datetime.now(UTC)
        return WeightProposal(evaluator="", method=WeighingMethod.swing, given=weights, weights=weights, at=at)
    if whose not in points_given(live):
        raise Refused(OUT_OF_DATE)
    return next(each for each in proposals_of(live.whole) if each.evaluator == whose)


def _effect_of_weights(asked: Asked) -> str:
    live = asked.live
    proposal = _proposal(live, asked.text("whose"))
    then = compare(live.seen, live.content.with_profile(profile_with(live.content.profile, proposal)))
    return weights_words(live.comparison, WhatIf(proposal, then, tuple(moves(live.comparison, then))))
