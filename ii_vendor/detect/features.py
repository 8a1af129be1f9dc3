"""What the linear layer sees in a sentence: its words, pairs of words, and the ideas of the lexicon that it states.

Every feature has a name that can be read: ``cloud``, ``not: cloud``, ``our cloud``, ``Q1 cloud``, ``{LOSS}``,
``not {LOSS}``, ``Q1 {LOSS}``, ``{LOSS} {STOPS}``, ``before: cloud`` for the sentence before, ``after: cloud`` for the
one after.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from math import sqrt

from ii_vendor.detect.context import Context
from ii_vendor.detect.matcher import Span

_ENDINGS = ("ations", "ation", "ings", "ing", "edly", "ed", "ies", "es", "s", "ly")
_SHORTEST_STEM = 4
_BEGINNING = 5
_NEGATION_REACH = 6
NEIGHBOUR, IDEA, IDEAS, NEIGHBOUR_IDEA, QUESTION = 0.22, 0.1, 0.04, 0.05, 0.3
"""How much a feature of each kind counts: words of neighbours beside those of the sentence, ideas by themselves."""

BEFORE, AFTER = "before: ", "after: "

_NEGATING = (
    "no not never none nothing nobody without neither nor cannot nowhere hardly can't don't doesn't isn't aren't won't "
    "didn't wasn't weren't"
)
_NEGATIONS = frozenset(_NEGATING.split())
_PUNCTUATION = frozenset(",;:.()")


class Seen:
    """A sentence as the layer sees it, apart from its question and its neighbours. Each thing counts once."""

    def __init__(self, context: Context) -> None:
        self.words = [stem(word) for word, _, _ in context.words]
        self.spans: list[Span] = [(start, end) for _, start, end in context.words]
        self.stems = dict.fromkeys(self.words)
        self.negated = dict.fromkeys(_negated(context))
        self.pairs = dict.fromkeys(pairwise(self.words))
        self.beginnings = dict.fromkeys(word[:_BEGINNING] for word in self.stems if len(word) > _BEGINNING)
        self.ideas = sorted(_ideas(context))


def features(question: str, seen: Sequence[Seen], place: int) -> Iterator[tuple[str, float]]:
    """Every feature of the sentence at ``place``, with how much it counts."""
    here, scale = seen[place], scale_of(seen, place)
    for word in (*here.stems, *here.negated):
        yield word, scale
        yield f"{question} {word}", scale
    for first, second in here.pairs:
        yield f"{first} {second}", scale
    for beginning in here.beginnings:
        yield f"{beginning}..", scale
    for idea in here.ideas:
        yield idea, IDEA
        yield f"{question} {idea}", IDEA
    for first, second in combinations(here.ideas, 2):
        yield f"{first} {second}", IDEAS
    for name, neighbour in neighbours(seen, place):
        for word in neighbour.stems:
            yield f"{name}{word}", NEIGHBOUR * scale
        for idea in neighbour.ideas:
            yield f"{name}{idea}", NEIGHBOUR_IDEA
    yield f"{question}:", QUESTION


def scale_of(seen: Sequence[Seen], place: int) -> float:
    """What a word counts: less in a long sentence, so that long ones are not alike to everything."""
    here = seen[place]
    own = len(here.stems) + len(here.negated) + len(here.pairs) + len(here.beginnings)
    around = sum(len(neighbour.stems) for _, neighbour in neighbours(seen, place))
    return 1.0 / sqrt(own + NEIGHBOUR * NEIGHBOUR * around or 1.0)


def neighbours(seen: Sequence[Seen], place: int) -> Iterator[tuple[str, Seen]]:
    """The sentences before and after, each with the name that its features bear."""
    if place > 0:
        yield BEFORE, seen[place - 1]
    if place + 1 < len(seen):
        yield AFTER, seen[place + 1]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The word without its ending, as far as that is easily told; every number is ``#``."""
    if word[0].isdigit():
        return "#"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word[:-1] if word.endswith("e") and len(word) > _SHORTEST_STEM else word


def _negated(context: Context) -> list[str]:
    """Words that stand up to six words after a negation, and before the next comma or stop: ``not: cloud``."""
    words, lower = context.words, context.lower
    found = list[str]()
    if not any(word in _NEGATIONS for word, _, _ in words):
        return found
    reach, end = 0, context.sentence.start
    for word, start, stop in words:
        if reach and not _PUNCTUATION.isdisjoint(lower[end:start]):
            reach = 0
        if word in _NEGATIONS:
            reach = _NEGATION_REACH
        elif reach:
            found.append(f"not: {stem(word)}")
            reach -= 1
        end = stop
    return found


def _ideas(context: Context) -> set[str]:
    """The concepts that stand in the sentence, each with what is said about it, and the turns of the language."""
    found = {"{a question}"} if context.sentence.asks else set()
    for owner, hits in context.hits.items():
        if owner[0] == "'":
            continue
        if owner.islower() or not context.turns:
            found.add(f"{{{owner}}}")
            continue
        for hit in hits:
            negated = "" if context.states(hit, [hit[:2]]) else "not "
            supposed = "if " if context.in_condition(hit.start, hit.end) else ""
            aside = "elsewhere " if context.silenced(hit) else ""
            found.add(f"{aside}{supposed}{negated}{{{owner}}}")
    return found
