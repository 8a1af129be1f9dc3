"""How firm a result is, in sentences: who leads how often, what would change it, and which verdicts hang on one thing.

Plain text: the names in it are foreign words, and whoever shows them escapes them. Sentences on the panel are made in
``agreement_words``, those under charts in ``chart_words``.
"""

from __future__ import annotations

from collections.abc import Iterator

from ii_vendor.model.content import Content
from ii_vendor.model.robustness import EvaluatorTurn, Robustness, Simulation, Turns, WeightsVary
from ii_vendor.model.scorecard import AnswerStatus, Comparison, Outcome
from ii_vendor.report.phrases import (
    BECOMES,
    counted,
    either,
    few,
    flag_condition,
    follows,
    leads,
    level_condition,
    listed,
    named,
    of,
    often,
    percent,
    weight_condition,
)

CAVEAT = (
    "These shares say how much the choice hangs on weights and ratings. They are not the probability of a right choice."
)

UNRATED = "Nothing can turn yet: no answer that weighs anything has been rated."
"""What stands in place of the changes that would turn a result that there is not."""


def headline(robustness: Robustness, content: Content, comparison: Comparison | None = None) -> list[str]:
    """Who leads how often, what turns the lead, and whether one evaluator decides it: a few sentences.

    With ``comparison``, which must be of the same record, also what is not rated and how the panel differs.
    """
    if not robustness.ranked:
        return [_nobody(robustness), *(turn_lines(robustness, content, most=1) if robustness.left_out else [])]
    open_ratings = [_open(robustness, comparison)] if comparison else []
    return [
        line
        for line in (*_lead(robustness), _turns(robustness, content), _evaluators(robustness), *open_ratings)
        if line
    ]


def turn_lines(robustness: Robustness, content: Content, *, most: int = 4) -> list[str]:
    """What would give another winner: a line a change, the smallest first, at most so many of each kind."""
    if not robustness.ranked and all(why == "not rated" for _, why in robustness.left_out):
        return [UNRATED]
    kinds = (
        ("level", list(_level_lines(robustness, content))),
        ("weight", list(_weight_lines(robustness, content))),
        ("red flag", list(_flag_lines(robustness))),
        ("evaluator", [_without(robustness, turn) for turn in _deciding(robustness)]),
    )
    lines = []
    for kind, found in kinds:
        lines += found[:most]
        if len(found) > most:
            lines.append(f"And {counted(len(found) - most, f'more {kind}')} would turn it too.")
    return lines or [_nothing_turns(robustness)]


def verdict_lines(robustness: Robustness, content: Content) -> list[str]:
    """Which single change gives a vendor another verdict: a line for each vendor and verdict it could become."""
    return [line for vendor in robustness.names for line in _verdict_lines(robustness, content, vendor)]


def _nobody(robustness: Robustness) -> str:
    if not robustness.left_out:
        return "No vendor is in the evaluation yet."
    return f"No vendor is in the ranking: {_left_out(robustness)}."


def _left_out(robustness: Robustness) -> str:
    """``Halden is rejected, Tidelark and Cirrostead are not rated``."""
    parts = []
    for why in dict.fromkeys(reason for _, reason in robustness.left_out):
        vendors = [vendor for vendor, reason in robustness.left_out if reason == why]
        parts.append(f"{few(named(robustness, vendors))} {'is' if len(vendors) == 1 else 'are'} {why}")
    return ", ".join(parts)


def _lead(robustness: Robustness) -> Iterator[str]:
    names = named(robustness, robustness.leaders)
    if len(robustness.ranked) == 1:
        out = f": {_left_out(robustness)}" if robustness.left_out else ""
        yield f"{names[0]} is the only vendor in the ranking{out}."
        return
    near, anyhow = (robustness.simulation(kind, ratings=False) for kind in (WeightsVary.informed, WeightsVary.uniform))
    if len(names) > 1:
        yield f"{listed(names)} share the lead."
    if near is None:
        return
    how = f"the weightings near those set (each weight moved by up to {percent(near.spread)})"
    if _level(robustness, near):
        yield f"They lead together in {often(near, *robustness.leaders)} of {how}."
    elif len(names) > 1:
        shares = [f"{name} leads in {often(near, v)}" for name, v in zip(names, robustness.leaders, strict=True)]
        yield f"Of {how}, {listed(shares[:4])}."
    else:
        wide = f", and in {often(anyhow, robustness.leaders[0])} of the weightings of any kind" if anyhow else ""
        yield f"{names[0]} leads in {often(near, robustness.leaders[0])} of {how}{wide}."
    yield _more_often(robustness, near)


def _level(robustness: Robustness, simulation: Simulation) -> bool:
    """Whether several share the lead and tie in every sample, so that no share of it is any one's own."""
    return not simulation.ratings and any(set(group) == set(robustness.leaders) for group in simulation.alike)


def _more_often(robustness: Robustness, simulation: Simulation) -> str:
    """Says so where another vendor than those who lead comes first most often."""
    best = max(simulation.vendors, key=simulation.first)
    firsts = [simulation.first(leader) for leader in robustness.leaders]
    most = sum(firsts) if _level(robustness, simulation) else max(firsts)
    if simulation.first(best) <= most + 1e-9:
        return ""
    return f"{robustness.names[best]} leads more often there: in {often(simulation, best)}."


def _turns(robustness: Robustness, content: Content) -> str:
    """The smallest change of each kind that turns the lead, in one sentence."""
    own = robustness.leaders[0] if len(robustness.leaders) == 1 else ""
    turns = robustness.turns
    level = next((turn for turn in turns.levels if turn.effect.leaders is not None), None)
    weight = next((turn for turn in turns.weights if turn.effect.leaders is not None), None)
    flag = next((turn for turn in turns.flags if turn.effect.leaders is not None), None)
    found = []
    if level:
        found.append(level_condition(level, "" if level.vendor == own else of(robustness.names[level.vendor])))
    if weight:
        found.append(weight_condition(weight, content))
    if flag:
        found.append(flag_condition(flag, of(robustness.names[flag.vendor])))
    if not found:
        return _nothing_turns(robustness)
    return f"The lead turns {either([f'if {one}' for one in found])}."


def _nothing_turns(robustness: Robustness) -> str:
    lead = "turns the lead" if robustness.ranked else "brings a vendor into the ranking"
    if _deciding(robustness) or len(robustness.turns.evaluators) < 2:
        return f"No single level, weight or flag {lead}."
    return f"No single level, weight, evaluator or flag {lead}."


def _deciding(robustness: Robustness) -> list[EvaluatorTurn]:
    """The evaluators without whom somebody else leads; none where only one person rated."""
    raters = robustness.turns.evaluators
    return [turn for turn in raters if turn.effect.leaders is not None] if len(raters) > 1 else []


def _evaluators(robustness: Robustness) -> str:
    raters, deciding = robustness.turns.evaluators, _deciding(robustness)
    if len(raters) == 1:
        return f"All ratings are {of(raters[0].evaluator)}, so nothing shows how others would judge."
    if deciding:
        return " ".join(_without(robustness, turn) for turn in deciding[:3])
    return "No single evaluator decides it." if raters and _other_turns(robustness.turns) else ""


def _other_turns(turns: Turns) -> bool:
    """Whether any change but the loss of an evaluator gives another winner."""
    effects = (
        *(level.effect for level in turns.levels),
        *(weight.effect for weight in turns.weights),
        *(flag.effect for flag in turns.flags),
    )
    return any(effect.leaders is not None for effect in effects)


def _without(robustness: Robustness, turn: EvaluatorTurn) -> str:
    alone = f" ({counted(turn.alone, 'answer')} would then not be rated)" if turn.alone else ""
    return f"Without {of(turn.evaluator)} ratings{alone} {leads(robustness, turn.effect.leaders or ())}."


def _open(robustness: Robustness, comparison: Comparison) -> str:
    """What is not rated, or how far the panel differs, and what it leaves of the lead."""
    cards = [card for card in comparison.ranked() if card.rank is not None]
    missing = {card.name: sum(score.status is AnswerStatus.missing for score in card.questions) for card in cards}
    simulation = robustness.simulation(WeightsVary.fixed, ratings=True)
    if any(missing.values()):
        said = _missing({name: count for name, count in missing.items() if count}, len(cards[0].questions))
        return f"{said}; with them open, {_still(robustness, simulation)}" if simulation else f"{said}."
    if simulation and any(score.spread and not score.consensus for card in cards for score in card.questions):
        return f"Over all levels that the panel gave, {_still(robustness, simulation)}"
    return ""


def _missing(counts: dict[str, int], questions: int) -> str:
    """``2 of 39 questions of Tidelark are not rated``."""
    if len(counts) > 2:
        return f"{sum(counts.values())} answers of {few(list(counts), 4)} are not rated"
    parts = [f"{count} of {questions} questions of {name}" for name, count in counts.items()]
    return f"{listed(parts)} {'is' if sum(counts.values()) == 1 else 'are'} not rated"


def _still(robustness: Robustness, simulation: Simulation) -> str:
    """``Halden still leads in 97 % of the samples.`` And who leads more often there, if somebody does."""
    leaders = robustness.leaders
    still = " still" if len(leaders) == 1 and simulation.first(leaders[0]) >= 0.5 else ""
    shares = [f"{robustness.names[v]}{still} leads in {often(simulation, v)}" for v in leaders[:4]]
    return f"{listed(shares)} of the samples. {_more_often(robustness, simulation)}".rstrip()


def _level_lines(robustness: Robustness, content: Content) -> Iterator[str]:
    for turn in robustness.turns.levels:
        if turn.effect.leaders is not None:
            title = content.questions[turn.question].title
            condition = level_condition(turn, of(robustness.names[turn.vendor]), title)
            yield f"If {condition}, {follows(robustness, turn.effect)}."


def _weight_lines(robustness: Robustness, content: Content) -> Iterator[str]:
    for turn in robustness.turns.weights:
        if turn.effect.leaders is not None:
            yield f"If {weight_condition(turn, content, now=True)}, {follows(robustness, turn.effect)}."


def _flag_lines(robustness: Robustness) -> Iterator[str]:
    for turn in robustness.turns.flags:
        if turn.effect.leaders is not None:
            condition = flag_condition(turn, of(robustness.names[turn.vendor]))
            yield f"If {condition}, {follows(robustness, turn.effect)}."


def _verdict_lines(robustness: Robustness, content: Content, vendor: str) -> Iterator[str]:
    found = list(_conditions(robustness, content, vendor))
    name = robustness.names[vendor]
    if not found:
        rejected = (vendor, "rejected") in robustness.left_out
        yield (
            f"No single change lifts {of(name)} rejection."
            if rejected
            else f"No single change alters {of(name)} verdict."
        )
    for outcome in dict.fromkeys(after for after, _, _ in found):
        by_kind: dict[str, list[str]] = {}
        for after, kind, words in found:
            if after is outcome:
                by_kind.setdefault(kind, []).append(words)
        ways = [words for several in by_kind.values() for words in several[:2]]
        rest = sum(map(len, by_kind.values())) - len(ways)
        more = f" {counted(rest, 'other single change')} would do it too." if rest else ""
        yield f"{name} becomes {BECOMES[outcome]} {either(ways)}.{more}"


def _conditions(robustness: Robustness, content: Content, vendor: str) -> Iterator[tuple[Outcome, str, str]]:
    """Each single change that gives this vendor another verdict: the verdict, the kind of change, and its words."""
    turns = robustness.turns
    members = turns.evaluators if len(turns.evaluators) > 1 else ()
    changes = (
        *(("flag", f"if {flag_condition(flag)}", flag.effect) for flag in turns.flags),
        *(("level", f"if {level_condition(level, '')}", level.effect) for level in turns.levels),
        *(("weight", f"if {weight_condition(weight, content)}", weight.effect) for weight in turns.weights),
        *(("evaluator", f"without {of(member.evaluator)} ratings", member.effect) for member in members),
    )
    for kind, words, effect in changes:
        for move in effect.verdicts:
            if move.vendor == vendor:
                yield move.after, kind, words
