"""What the sentence around some words does to their meaning: negation, condition, somebody else's product, the past."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from ii_vendor.detect.clauses import Sentence, Span, condition_end
from ii_vendor.detect.matcher import Hit, Hits

_NEGATION_REACH_AFTER = 40
_SIDE_BY_SIDE = re.compile(r",|\b(?:and|or|nor|but)\b")
_AFTER_WITHOUT = re.compile(
    r"without\s+\S+(?:\s+(?!(?:the|a|an|our|your|its|it|they|we|you|all|any|every|each|no)\b)\S+){0,4}?"
    r"(?<!\bby)(?<!\bof)(?<!\bfrom)(?<!\bto)(?<!\bwith)(?<!\bfor)(?<!\bin)(?<!\bon)(?<!\bat)"
    r"\s+(?=(?:the|a|an|our|your|it|they|we|you|all|every|each|no)\s)"
)


Word = tuple[str, int, int]
"""A word in lower case, with where it starts and ends in the text."""


class Context:
    """One sentence with its words, and every phrase of the lexicon that stands in it."""

    def __init__(self, lower: str, sentence: Sentence, words: Sequence[Word], hits: Hits) -> None:
        self.lower, self.sentence, self.words, self.hits = lower, sentence, words, hits
        false = hits.get("not_negations", ())
        starts = sorted({hit.start for hit in hits.get("negations", ()) if not inside(hit.start, false)})
        following = [*starts[1:], sentence.end]
        self._negations = [(start, self._reach(start, stop)) for start, stop in zip(starts, following, strict=False)]

    @cached_property
    def conditions(self) -> list[Span]:
        """Where conditions stand, from their first word to the end of what they govern."""
        found = self.hits.get("conditions", ())
        return [(hit.start, condition_end(self.lower, hit.start, self.sentence.clause_of(hit.start))) for hit in found]

    @cached_property
    def _silent(self) -> list[Span]:
        return [self.sentence.clause_of(hit.start) for name in ("not_ours", "past") for hit in self.hits.get(name, ())]

    def _reach(self, start: int, following: int) -> int:
        """Where the negation at ``start`` ends at the latest, the next one standing at ``following``.

        "Has no end date and never asks": not beyond the next one, where they are put side by side. "Without contact the
        client only watches": not beyond the contact.
        """
        end = following if _SIDE_BY_SIDE.search(self.lower, start, following) else self.sentence.end
        without = _AFTER_WITHOUT.match(self.lower, start, self.sentence.end)
        return min(end, without.end()) if without else end

    @cached_property
    def turns(self) -> bool:
        """Whether anything in the sentence could turn a statement around."""
        return bool(self._negations or self._silent or "conditions" in self.hits or "negations_after" in self.hits)

    def says(self, name: str) -> bool:
        """Whether the sentence states a phrase of ``name``: "no grace period" states none."""
        return any(self.states(hit, [hit[:2]]) for hit in self.hits.get(name, ()))

    def may_state(self, needed: Iterable[str], forbidden: Iterable[str]) -> bool:
        """Whether the sentence holds a phrase of each that is ``needed``, and of none that is ``forbidden``."""
        hits = self.hits
        return all(name in hits for name in needed) and not any(name in hits for name in forbidden)

    def silenced(self, hit: Hit) -> bool:
        """Whether the words are about the past, or about somebody else's product."""
        return any(start <= hit.start < end for start, end in self._silent)

    def states(self, hit: Hit, words: Sequence[Span]) -> bool:
        """Whether the words are stated and not negated; a negation inside ``words`` is part of them."""
        if not self.turns:
            return True
        return not self._negated_before(hit, words) and not self._negated_after(hit, words)

    def in_one_clause(self, hits: Sequence[Hit]) -> bool:
        """Whether the words of all these hits stand in one clause."""
        return len({self.sentence.clause_of(place) for hit in hits for place in (hit.start, hit.end - 1)}) == 1

    def in_condition(self, start: int, end: int) -> bool:
        """Whether the words lie wholly inside a condition."""
        return any(begin <= start and end <= stop for begin, stop in self.conditions)

    def excepted(self, *, opening: bool = False) -> bool:
        """Whether an exception is made, or, with ``opening``, whether the sentence begins with one."""
        false = self.hits.get("not_exceptions", ())
        found = (hit.start for hit in self.hits.get("exceptions", ()) if not inside(hit.start, false))
        return any(not opening or at - self.sentence.start < 12 for at in found)

    def _negated_before(self, hit: Hit, words: Sequence[Span]) -> bool:
        if not self._negations:
            return False
        begin = self._negation_begins(hit.start)
        return any(
            inside(at, hit.gaps) or (begin <= at < hit.start < end and not inside(at, words))
            for at, end in self._negations
        )

    def _negation_begins(self, position: int) -> int:
        """From where a negation reaches ``position``: a condition's own negation ends with the condition."""
        begin = self.sentence.clause_of(position)[0]
        for start, end in self.conditions:
            if start <= position:
                begin = max(begin, end if end <= position else start)
        return begin

    def _negated_after(self, hit: Hit, words: Sequence[Span]) -> bool:
        reach = hit.end + _NEGATION_REACH_AFTER
        return any(
            hit.end <= after.start
            and after.end <= reach
            and not any(after.start < span[1] and span[0] < after.end for span in words)
            for after in self.hits.get("negations_after", ())
        )


def inside(position: int, spans: Iterable[Sequence[int] | Hit]) -> bool:
    """Whether ``position`` lies in one of the spans."""
    return any(span[0] <= position < span[1] for span in spans)


def overlap(hits: Sequence[Hit]) -> bool:
    """Whether two phrases share a word; the other words in a gap belong to none of them."""
    ordered = sorted(piece for hit in hits for piece in pieces(hit))
    return any(left[1] > right[0] for left, right in pairwise(ordered))


def pieces(hit: Hit) -> Iterator[Span]:
    """The stretches of a phrase between its gaps."""
    start = hit.start
    for begin, end in hit.gaps:
        if begin > start:
            yield start, begin
        start = end
    yield start, hit.end
