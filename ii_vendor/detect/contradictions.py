"""A vendor's statements that do not seem to fit together, across its answers and between versions of its response."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ii_vendor.model.contradiction import Contradiction, Side, Statement
from ii_vendor.model.panel import ReceivedResponse
from ii_vendor.model.response import Finding
from ii_vendor.model.signal import FactWords, SignalSet

Fact = tuple[str, bool]
Stated = Mapping[Fact, tuple[Statement, ...]]
"""What a response states, by fact and value, in the order of its answers."""


def contradictions(
    signals: SignalSet, findings: Sequence[Finding], earlier: Sequence[Finding] = ()
) -> tuple[Contradiction, ...]:
    """Facts that a response states both ways in answers to different questions, and facts of which it newly says the
    opposite of what the version before it said. ``findings`` are those of the response, ``earlier`` those of the
    version before.

    Only what is stated counts: nothing negated, hedged, promised for later or merely possible, and nothing from a cell
    that says both, for it explains itself. At most one for each fact of ``signals.facts``, in their order.
    """
    now, before = _stated(signals, findings), _stated(signals, earlier)
    found = []
    for name in signals.facts:
        sides = _across(signals, now, name) or _between(signals, before, now, name)
        if sides:
            found.append(Contradiction(fact=name, sides=sides, ask=signals.facts[name].ask))
    return tuple(found)


def newest_contradictions(signals: SignalSet, versions: Sequence[ReceivedResponse]) -> tuple[Contradiction, ...]:
    """Those of the newest of a vendor's ``versions``, and between it and the one before; none where nothing arrived."""
    if not versions:
        return ()
    earlier = versions[-2].findings if len(versions) > 1 else ()
    return contradictions(signals, versions[-1].findings, earlier)


def _across(signals: SignalSet, now: Stated, name: str) -> tuple[Side, Side] | None:
    true, false = _sides(signals, now, name)
    if not true or not false or len({*true.questions, *false.questions}) < 2:
        return None
    return true, false


def _between(signals: SignalSet, before: Stated, now: Stated, name: str) -> tuple[Side, Side] | None:
    """What the earlier version said of it, if that was one thing only, and what is new in this one against it."""
    true, false = _sides(signals, before, name)
    if bool(true) == bool(false):
        return None
    said = true or false
    against = _sides(signals, now, name)[1 if true else 0]
    if said is None or against is None:
        return None
    old = said.model_copy(
        update={"statements": tuple(each.model_copy(update={"earlier": True}) for each in said.statements)}
    )
    return old, against


def _sides(signals: SignalSet, stated: Stated, name: str) -> tuple[Side | None, Side | None]:
    """What is said for a fact, or for one that implies it, and what against it."""
    facts = signals.facts
    implying = {(other, True): facts[other].implies[name] for other in facts if name in facts[other].implies}
    sides = []
    for value in (True, False):
        means = [(name, value), *(fact for fact, implied in implying.items() if implied is value)]
        said = [fact for fact in means if stated.get(fact)]
        statements = tuple(statement for fact in said for statement in stated[fact])
        sides.append(Side(statements=statements) if said else None)
    return sides[0], sides[1]


def _stated(signals: SignalSet, findings: Sequence[Finding]) -> Stated:
    """Every fact that the findings of a response state.

    A signal speaks of its own questions only: in other answers the same words are mostly about something else.
    """
    disputable = _disputable(signals)
    facts = {
        signal.id: (signal.fact.name, signal.fact.value)
        for signal in signals.signals
        if signal.fact is not None and signal.fact.name in disputable and not signal.hint
    }
    by_question: dict[str, list[Finding]] = {}
    for each in findings:
        if each.signal in facts and not each.possible and not each.modifiers and each.quote:
            by_question.setdefault(each.question, []).append(each)
    found: dict[Fact, list[Statement]] = {}
    for own in by_question.values():
        for finding in _of_one_mind(own, facts):
            name, value = facts[finding.signal]
            statement = _statement(finding, finding.signal, signals.facts[name], value)
            found.setdefault((name, value), []).append(statement)
    return {fact: tuple(statements) for fact, statements in found.items()}


def _disputable(signals: SignalSet) -> set[str]:
    """The facts that signals state both ways, and those that imply one of them."""
    stated = {(signal.fact.name, signal.fact.value) for signal in signals.signals if signal.fact}
    implied = [words.implies for name, words in signals.facts.items() if (name, True) in stated]
    stated |= {fact for each in implied for fact in each.items()}
    both = {name for name in signals.facts if {(name, True), (name, False)} <= stated}
    return both | {name for name, words in signals.facts.items() if both & words.implies.keys()}


def _of_one_mind(findings: Sequence[Finding], facts: Mapping[str, Fact]) -> Iterator[Finding]:
    """The findings whose cell does not state the opposite as well, each stretch of words once."""
    said = {(each.cell, facts[each.signal]) for each in findings}
    reach: dict[tuple[int, Fact], int] = {}
    for finding in sorted(findings, key=lambda each: (each.cell, each.start, -each.end)):
        name, value = place = facts[finding.signal]
        if (finding.cell, (name, not value)) not in said and finding.start >= reach.get((finding.cell, place), 0):
            reach[finding.cell, place] = finding.end
            yield finding


def _statement(finding: Finding, signal: str, words: FactWords, value: bool) -> Statement:
    return Statement(
        question=finding.question,
        signal=signal,
        cell=finding.cell,
        start=finding.start,
        end=finding.end,
        quote=finding.quote,
        says=words.when_true if value else words.when_false,
    )
