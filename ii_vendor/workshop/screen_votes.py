"""Votes that are shown: how they spread over the levels, why, and who speaks first."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ii_vendor.model.rubric import LEVELS
from ii_vendor.model.workshop import Choice, Item, Round, Vote
from ii_vendor.report.phrases import few
from ii_vendor.report.workshop_words import choice_words
from ii_vendor.rules.workshop import count_of, extremes, middle_level
from ii_vendor.workshop.live import Live
from ii_vendor.workshop.screen_html import beginning, fitted, left_out, short_names
from ii_vendor.workshop.screen_item import rounds_before

NAMED = 16
"""Of so many votes or fewer each has a mark of its own."""

REASONS, LONGEST = 6, 220
"""As many reasons are shown, and as many characters of each."""

FEW_WORDS = 300
"""With fewer characters of reasons in all, more of the levels' words is shown."""

SPEAK = 3
"""As many are asked to speak from each end."""


def spread_html(live: Live, item: Item) -> str:
    """The votes of the newest round on the five levels, those of earlier rounds beside them, and reasons."""
    of = live.round
    assert of is not None
    levels, earlier = live.content.rubric[item.question].levels, rounds_before(live)
    rows = "".join(_row(live, of, earlier, level, levels[level]) for level in LEVELS)
    head = "".join(f"<span>Round {each.number}</span>" for each in earlier)
    head = f'<p class="rounds-head">{head}<span>Round {of.number}</span></p>' if earlier else ""
    roomy = "roomy" if sum(len(vote.reason) for vote in of.votes.values()) < FEW_WORDS else ""
    return (
        f'<div class="spread {roomy}">{head}<ul class="levels">{rows}</ul>{_aside(live, of)}</div>'
        f"{fitted(reasons_html(live, of), 1.9, kind='reasons', more=left_out('in the minutes'))}"
    )


def _row(live: Live, of: Round, earlier: Sequence[Round], level: int, words: str) -> str:
    here = [name for name, vote in of.votes.items() if vote.choice.level == level]
    before = "".join(f'<span class="before">{_before(each, level)}</span>' for each in earlier)
    return (
        f'<li data-level="{level}" class="{"chosen" if here else "empty"}"><b>{level}</b>{before}'
        f'<div><div class="votes">{marks_html(live, of, here)}</div><p>{escape(words)}</p></div></li>'
    )


def _before(each: Round, level: int) -> str:
    count = sum(vote.choice.level == level for vote in each.votes.values())
    return str(count) if count else "·"


def marks_html(live: Live, of: Round, names: Sequence[str]) -> str:
    """A mark for each of these votes, with whose it is where the workshop is held so; the number of very many."""
    held = live.workshop
    assert held is not None
    if not names:
        return ""
    if held.settings.names and len(of.votes) <= NAMED:
        short = short_names(seat.name for seat in live.seen.evaluators)
        order = [seat.name for seat in live.seen.evaluators if seat.name in names]
        return "".join(f'<span class="vote">{escape(short[name])}</span>' for name in order)
    dots = '<i class="dot"></i>' * len(names) if len(of.votes) <= NAMED else ""
    bar = "" if dots else f'<i class="votes-bar" style="width:{60 * len(names) / len(of.votes):.0f}%"></i>'
    return f"{dots}{bar}<b>{len(names)}</b>"


def _aside(live: Live, of: Round) -> str:
    """Those who gave no level."""
    held, said = live.workshop, []
    for choice in (Choice.not_applicable, Choice.abstain):
        names = [name for name, vote in of.votes.items() if vote.choice is choice]
        if names:
            said.append(f"{choice_words(choice)}: {_who(live, names) if held and held.settings.names else len(names)}")
    return f'<p class="aside">{escape(" · ".join(said))}</p>' if said else ""


def _who(live: Live, names: Sequence[str]) -> str:
    short = short_names(seat.name for seat in live.seen.evaluators)
    return ", ".join(short[seat.name] for seat in live.seen.evaluators if seat.name in names)


def reasons_html(live: Live, of: Round) -> str:
    """The reasons that were given, those furthest from the middle first."""
    held, short = live.workshop, short_names(seat.name for seat in live.seen.evaluators)
    named = held is not None and held.settings.names
    middle = middle_level(of)
    votes = sorted((vote for vote in of.votes.values() if vote.reason), key=lambda vote: _telling(middle, vote))
    rows = "".join(_reason(vote, short[vote.evaluator] if named else "") for vote in votes[:REASONS])
    return f'<ul class="quotes">{rows}</ul>' if rows else '<p class="quiet">Nobody wrote a reason.</p>'


def _telling(middle: int | None, vote: Vote) -> tuple[float, str, str]:
    """The order of reasons. The order in which votes came in is no part of it: it would tell whose is whose."""
    level = vote.choice.level
    far = 0.0 if level is None or middle is None else abs(level - middle)
    return (-far, vote.choice.value, vote.reason)


def _reason(vote: Vote, name: str) -> str:
    what = "" if vote.choice is Choice.points else vote.choice.value
    by = ", ".join(part for part in (name, what) if part)
    said = f" <cite>{escape(by)}</cite>" if by else ""
    return f"<li>“{escape(beginning(vote.reason, LONGEST))}”{said}</li>"


def speak_html(live: Live) -> str:
    """Who is asked to speak first: those furthest apart."""
    of, held = live.round, live.workshop
    assert of is not None and held is not None
    low, high = extremes(of)
    if not low:
        count = count_of(of)
        return (
            "<p>Everybody voted the same.</p>"
            if len(count) == 1 and len(of.votes) > 1
            else "<p>The votes are shown.</p>"
        )
    levels = of.votes[low[0]].choice.value, of.votes[high[0]].choice.value
    if not held.settings.names:
        words = f"Whoever voted {levels[0]} or {levels[1]}, the lowest and the highest: please speak, if you wish."
        return fitted(f'<p class="speak">{words}</p>', 2, kind="line")
    short = short_names(seat.name for seat in live.seen.evaluators)
    ends = zip((low, high), levels, strict=True)
    who = ", ".join(f"{few([short[name] for name in names], SPEAK)} ({level})" for names, level in ends)
    return fitted(
        f'<p class="speak"><span>Lowest and highest, please speak:</span> <b>{escape(who)}</b></p>', 2, kind="line"
    )
