"""Votes in words, as whoever leads reads them and may keep them for the record."""

from __future__ import annotations

from ii_vendor.model.workshop import Choice, Round
from ii_vendor.report.workshop_words import choice_words
from ii_vendor.rules.workshop import count_of


def votes_words(of: Round) -> str:
    """``Round 2: 5 of 7 voted level 2, 1 level 3, 1 abstained.`` Empty where nobody voted."""
    count = count_of(of)
    if not count:
        return ""
    first, *rest = sorted(count, key=lambda choice: -count[choice])
    voted = _voted(first) if first is Choice.abstain else f"voted {_voted(first)}"
    said = [f"{count[first]} of {len(of.votes)} {voted}", *(f"{count[each]} {_voted(each)}" for each in rest)]
    return f"Round {of.number}: {', '.join(said)}."


def _voted(choice: Choice) -> str:
    if choice is Choice.abstain:
        return "abstained"
    return f"to {choice.value}" if choice in (Choice.confirm, Choice.dismiss) else choice_words(choice)
