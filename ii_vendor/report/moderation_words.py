"""What is on the agenda and what a consensus would change, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ii_vendor.model.agenda import Agenda, AgendaItem, ConsensusMoves, Why
from ii_vendor.model.scorecard import Comparison
from ii_vendor.report.phrases import BECOMES, counted, level_words, listed


def agenda_words(agenda: Agenda) -> str:
    """How much is still to be settled, and how much of it decides."""
    if not agenda.items:
        return "Everything is settled."
    still, opened = agenda.still_decisive, len(agenda.items)
    if not still:
        return f"{counted(opened, 'item')} still open; none of them can change the outcome by itself."
    return f"{counted(still, 'item')} can still change the outcome, of {opened} open."


def item_words(item: AgendaItem, comparison: Comparison) -> list[str]:
    """Why the item matters, what weighs most first; where it changes nothing, why it is on the agenda. That the panel
    had agreed on it is said in any case."""
    names = {card.vendor: card.name for card in comparison.vendors}
    decides = list(_decides(item, comparison, names))
    return [*decides, *(why.value for why in item.why if not decides or why is Why.overtaken)]


def _decides(item: AgendaItem, comparison: Comparison, names: Mapping[str, str]) -> Iterator[str]:
    if item.changes_leader:
        yield "can change the leader"
    now = {card.vendor: card.verdict.outcome for card in comparison.vendors}
    for vendor, outcomes in item.changes_verdicts.items():
        then = " or ".join(outcome.value for outcome in outcomes)
        yield f"can change {names[vendor]} from {now[vendor].value} to {then}"
    if item.changes_gate:
        yield "a gate depends on it"
    if item.changes_ranks and not item.changes_leader:
        yield f"can change the rank of {listed([names[vendor] for vendor in item.changes_ranks])}"


def range_words(item: AgendaItem) -> str:
    """Between which levels the panel is free; empty where no level is open."""
    if item.low is None or item.high is None:
        return ""
    return f"level {item.low}" if item.low == item.high else f"levels {item.low} to {item.high}"


def effect_words(moves: ConsensusMoves) -> list[str]:
    """What a consensus would move and change, before it is recorded."""
    names = {card.vendor: card.name for card in moves.after.vendors}
    return [_move(moves), *(_changes(moves, names) or ["No rank, no verdict and no leader changes."])]


def _move(moves: ConsensusMoves) -> str:
    if moves.mean is None:
        return "Nobody gave a level, so there is no mean to move from."
    mean = level_words(moves.mean)
    if moves.move is None:
        return f"The mean is {mean}; the consensus would be that the question does not apply."
    if abs(moves.move) < 0.05:
        return f"That is the mean of what was given, {mean}."
    return f"{level_words(abs(moves.move))} {'above' if moves.move > 0 else 'below'} the mean of {mean}."


def _changes(moves: ConsensusMoves, names: Mapping[str, str]) -> list[str]:
    lines = []
    if moves.changes_leader:
        then = [names[vendor] for vendor in moves.leaders]
        lines.append(f"{listed(then) or 'Nobody'} {'would lead' if len(then) < 2 else 'would share the lead'}.")
    lines += [f"{names[vendor]} becomes {BECOMES[then]}." for vendor, (_, then) in moves.verdicts.items()]
    lines += [
        f"{names[vendor]} goes from rank {old} to {new}." for vendor, (old, new) in moves.ranks.items() if old and new
    ]
    return lines
