"""What a dry run comes to, in sentences: who would win, why, and which questions decide nothing. Plain text."""

from __future__ import annotations

from ii_vendor.model.bid import Decides, DryRun, QuestionDecides
from ii_vendor.model.content import Content
from ii_vendor.model.scorecard import Outcome, Scorecard
from ii_vendor.report.money import money
from ii_vendor.report.phrases import BECOMES, counted, listed

NAMED = 3
"""As many questions are named where the chosen bid gains most."""

ADVICE = {
    Decides.same: "Every bid gets the same level. Leave the question out, or sharpen its levels until they differ.",
    Decides.nothing: "The bids differ, and nothing turns on it. Leave the question out, weigh it more, or sharpen its "
    "levels. A critical question stays all the same: it can reject a vendor by itself.",
}
"""What to do about a question that decides nothing."""

CAUTION = (
    "Invented bids lie far apart, and real ones do not. Before you drop a question that turns nothing here, add a bid "
    "that comes close to the one that should win, and look again."
)
"""What a dry run cannot say."""


def outcome_sentence(run: DryRun) -> str:
    """Which bid the rules would choose, and whether it is the one that should win."""
    wanted, chosen = _quoted(run, run.wanted), [_quoted(run, key) for key in run.chosen]
    if not chosen:
        return f"The rules choose nobody: all {len(run.bids)} bids are rejected, {wanted} too."
    if run.as_wanted:
        return f"The rules choose {wanted}, as they should."
    if run.wanted in run.chosen:
        return f"The rules cannot choose between {listed(chosen)}: they share the lead."
    return f"The rules choose {listed(chosen)}, not {wanted}."


def reason_sentences(run: DryRun) -> list[str]:
    """Why it comes out so: what stands against the wanted bid, where the chosen one gains, the lead, and the price."""
    return [*_against(run), *_lead(run), *_cheapest(run)]


def bid_sentence(run: DryRun, bid_id: str) -> str:
    """What becomes of one bid: ``“Good but small” takes rank 2 with 64.0 points of autonomy: conditional.``"""
    card, points = _card(run, bid_id), f"{_card(run, bid_id).autonomy.low or 0.0:.1f} points of autonomy"
    if card.rank:
        return f"{_quoted(run, bid_id)} takes rank {card.rank} with {points}: {BECOMES[card.verdict.outcome]}."
    return f"{_rejection(run, bid_id)} It has {points}."


def idle_sentence(run: DryRun) -> str:
    """How many questions decide nothing, alone and all together."""
    same, nothing = len(run.deciding(Decides.same)), len(run.deciding(Decides.nothing))
    idle, of = same + nothing, len(run.questions)
    if not idle:
        return "Every question decides something here."
    told = f"{idle} of {counted(of, 'question')} {_verb(idle, 'decide')} nothing here"
    parts = [f"{same} {_verb(same, 'tell')} no bid apart"] if same else []
    parts += [f"{nothing} {_verb(nothing, 'tell')} bids apart but {_verb(nothing, 'turn')} nothing"] if nothing else []
    return f"{told}: {listed(parts)}. {_together(run, idle)}"


def effect_words(run: DryRun, question: QuestionDecides) -> str:
    """What rests on a question, or changes without it; empty for one that decides nothing."""
    said = [_without(run, question)] if question.leaders is not None or question.order or question.verdicts else []
    moved = {move.vendor for move in question.verdicts}
    for outcome in Outcome:
        names = [_quoted(run, key) for key in question.rests if key not in moved and _outcome(run, key) is outcome]
        if names:
            verb = "is" if len(names) == 1 else "are"
            said.append(f"one of the reasons why {listed(names)} {verb} {BECOMES[outcome]}")
    return "; ".join(said)


def idle_lines(run: DryRun, content: Content, what: Decides) -> list[tuple[str, str]]:
    """The questions that decide this little, by the title of their section, those that tell bids apart least first:
    ``("Data Exchange Agreement", "DEA-5 up to 1.9 points apart; DEA-1 and DEA-2 up to 2.5 points apart")``."""
    lines = []
    for section in content.sections:
        alike: dict[str, list[str]] = {}
        for each in sorted(run.deciding(what), key=lambda each: each.points):
            if each.section == section.id:
                alike.setdefault(idle_words(each), []).append(each.question)
        if alike:
            lines.append((section.title, "; ".join(f"{listed(found)} {words}" for words, found in alike.items())))
    return lines


def idle_words(question: QuestionDecides) -> str:
    """How far a question that decides nothing tells the bids apart: ``one level for all``, ``up to 2.5 points``."""
    levels = set(question.levels.values())
    if len(levels) == 1:
        return f"level {levels.pop()} for all"
    return f"up to {question.points:.1f} points apart" if question.points else "it weighs nothing"


def _without(run: DryRun, question: QuestionDecides) -> str:
    said = []
    if question.leaders is not None:
        names = [_quoted(run, key) for key in question.leaders]
        verb = "leads" if len(names) == 1 else "share the lead"
        said.append(f"{listed(names)} {verb}" if names else "nobody is left to lead")
    said += [f"{_quoted(run, move.vendor)} becomes {BECOMES[move.after]}" for move in question.verdicts]
    return f"without it {listed(said or ['the bids stand in another order'])}"


def _against(run: DryRun) -> list[str]:
    wanted = _card(run, run.wanted)
    if wanted.verdict.outcome is Outcome.reject:
        return [_rejection(run, run.wanted)]
    best = [f"{gain.question} (+{gain.points:.1f})" for gain in run.gains[:NAMED] if gain.points > 0]
    if not best:
        return []
    gains = f"gains most over {_quoted(run, run.wanted)} on {listed(best)}, in points of autonomy"
    return [f"{_quoted(run, run.chosen[0])} {gains}."]


def _rejection(run: DryRun, bid_id: str) -> str:
    first, *others = [reason.text for reason in _card(run, bid_id).verdict.reasons]
    more = f" There {'is' if len(others) == 1 else 'are'} {counted(len(others), 'more reason')}." if others else ""
    return f"{_quoted(run, bid_id)} is rejected: {first.rstrip('.')}.{more}"


def _lead(run: DryRun) -> list[str]:
    """The lead beside the most that one question is worth, which says why single questions seldom turn it."""
    ranked = [card for card in run.comparison.ranked() if card.rank]
    if len(ranked) < 2 or len(run.chosen) != 1:
        return []
    points = (ranked[0].autonomy.low or 0.0) - (ranked[1].autonomy.low or 0.0)
    most = max(100.0 * score.weight for score in ranked[0].questions)
    return [
        f"{_quoted(run, run.chosen[0])} leads {_quoted(run, ranked[1].vendor)} by {points:.1f} points of autonomy; the "
        f"heaviest question is worth {most:.1f}."
    ]


def _cheapest(run: DryRun) -> list[str]:
    priced = [bid for bid in run.bids if bid.price]
    if len(priced) < 2 or len({bid.currency for bid in priced}) > 1:
        return []
    cheapest = min(priced, key=lambda bid: bid.price or 0.0)
    rank = _card(run, cheapest.id).rank
    place = f"takes rank {rank}" if rank else "is rejected"
    price = money(cheapest.price, cheapest.currency)
    return [f"The lowest price, {price}, is that of {_quoted(run, cheapest.id)}, which {place}."]


def _together(run: DryRun, idle: int) -> str:
    if idle == 1:
        return "Without it, every rank and verdict stays."
    if run.together:
        return "Each of them could go alone; without all of them at once, a rank or a verdict would move."
    return "Even without all of them at once, every rank and verdict stays."


def _verb(number: int, verb: str) -> str:
    return f"{verb}s" if number == 1 else verb


def _card(run: DryRun, bid_id: str) -> Scorecard:
    return next(card for card in run.comparison.vendors if card.vendor == bid_id)


def _outcome(run: DryRun, bid_id: str) -> Outcome:
    return _card(run, bid_id).verdict.outcome


def _quoted(run: DryRun, bid_id: str) -> str:
    return f"“{run.bid(bid_id).title}”"
