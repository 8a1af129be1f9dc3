"""What the room agreed on about an answer, or supposes: the level, why, and what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ii_vendor.model.panel import Consensus
from ii_vendor.model.rubric import LEVELS
from ii_vendor.model.workshop import Item, Round
from ii_vendor.report.phrases import counted, level_words
from ii_vendor.workshop.live import Live
from ii_vendor.workshop.screen_changes import before, change_words, score_words
from ii_vendor.workshop.screen_html import beginning, fitted
from ii_vendor.workshop.screen_supposed import Supposing

MORE = "…"

LONGEST = 300
"""As many characters of a reason are shown, so that what changed finds room beneath it."""


def agreed_html(live: Live, item: Item) -> str:
    """The consensus: its level, its reason, what it changed, and how the votes went."""
    agreed = live.seen.consensus[item.vendor, item.question]
    was = before(live, agreed)
    changed = [score_words(was, live.comparison, item.vendor), *change_words(was, live.comparison)]
    quote = f"<blockquote>{escape(beginning(agreed.quote, LONGEST // 2))}</blockquote>" if agreed.quote else ""
    why = f'<p class="why">{escape(beginning(agreed.reason, LONGEST))}</p>'
    words = f"{why}{quote}{changes_html([*_moved(agreed), *changed])}"
    return f"{_level(live, item, agreed.level, 'Agreed')}{fitted(words, 2, kind='result', more=MORE)}{_rounds(live)}"


def agreed_foot(live: Live, item: Item) -> str:
    """Who does not share it, as a number."""
    dissents = sum((vendor, question) == (item.vendor, item.question) for vendor, question, _ in live.seen.dissents)
    if not dissents:
        return "<p>The consensus is recorded. Every vote and reason stays beside it.</p>"
    return f"<p>The consensus is recorded. {counted(dissents, 'person does', 'people do')} not share it, on record.</p>"


def supposed_html(live: Live, item: Item, what_if: Supposing) -> str:
    """A level that is supposed for the item at hand, and what it would change."""
    now = live.comparison
    changes = [score_words(now, what_if.then, item.vendor), *change_words(now, what_if.then)]
    level = _level(live, item, what_if.level, "Supposed")
    return f"{level}{fitted(changes_html(changes), 2, kind='result', more=MORE)}"


def _level(live: Live, item: Item, level: int | None, title: str) -> str:
    if level is None:
        means = "The question does not apply to this vendor."
    else:
        means = live.content.rubric[item.question].levels[level]
    shown = "n/a" if level is None else str(level)
    return (
        f'<div class="agreed"><p class="level"><span>{title}</span><b class="big">{shown}</b></p>'
        f"{fitted(f'<p>{escape(means)}</p>', 1.8, kind='means', more='…')}</div>"
    )


def _moved(agreed: Consensus) -> list[str]:
    """How far the consensus lies from the mean of the ratings."""
    if agreed.mean is None or agreed.level is None:
        return []
    move, mean = agreed.level - agreed.mean, level_words(agreed.mean)
    if abs(move) < 0.05:
        return [f"As the mean of the ratings, {mean}."]
    far = level_words(abs(move))
    levels = f"{far} level{'' if far == '1' else 's'}"
    return [f"{levels} {'above' if move > 0 else 'below'} the mean of the ratings, {mean}."]


def changes_html(lines: Sequence[str]) -> str:
    """What changes, a line each; empty ones are left out."""
    rows = "".join(f"<li>{escape(line)}</li>" for line in lines if line)
    return f'<ul class="changes">{rows}</ul>'


def _rounds(live: Live) -> str:
    """How many voted which level, round by round."""
    held, item = live.workshop, live.item
    rounds = [each for each in held.rounds_of(item) if each.revealed] if held and item else []
    if not rounds:
        return ""
    head = "".join(f"<th>{level}</th>" for level in LEVELS)
    rows = "".join(f'<tr><th scope="row">Round {each.number}</th>{_counts(each)}</tr>' for each in rounds[-2:])
    return f'<table class="rounds"><thead><tr><th>Votes</th>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _counts(each: Round) -> str:
    given = [vote.choice.level for vote in each.votes.values()]
    return "".join(f"<td>{given.count(level) or '·'}</td>" for level in LEVELS)
