"""Sentences and clauses: how far a condition or a negation reaches."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

Span = tuple[int, int]

_LONGEST = 1500
"""Characters in a sentence: longer than any that was met."""

_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|incl|excl|approx|min|max|no|nos|acc|resp|etc|cf|ca|vs|fig|art|sec|ref|ver|inc|ltd|dr|mr|ms|st)"
    r"|\b[A-Z])\.$",
    re.I,
)
# A line that goes on in lower case was only wrapped.
_SENTENCE_END = re.compile(r"\n\s*\n+|(?<=[.:;!?])\n|\n(?!\s*[a-z])|(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[*-]*[A-Z0-9])")
_CLAUSE_END = re.compile(
    r"[;()\[\]]|:(?!(?<=\d:)\d)|,(?!\d)|\s-+\s"
    r"|\s(?=(?:but|however|although|though|whereas|while|because|unless|until|otherwise|so that|in which case)\b)"
    r"|\s(?=(?:and|or|then)\s(?:the|it|they|we|you|a|an|this|our|your|all|any|every|each|access|is|are|has|have|will)\b)"
)
_CONDITION_CLOSES = re.compile(
    r"(?<=ed|wn|ay|le|st|ne|ut|ff|en|ls|ps|es|it|ts|rs|ns|nt|er|ss)\s(?=(?:the|a|an|no|it|its|they|we|you|your|our|all|any|every|access|nothing|then)\b)"
)
_EVENT = re.compile(r"in\s+(?:the\s+)?(?:event|case)\s+of\s+(?:an?\s+|the\s+|any\s+)?")
_EVENT_CLOSES = re.compile(
    r"(?<!\bof)(?<!\bin)(?<!\bto)(?<!\bby)(?<!\bor)(?<!\bat)(?<!\bon)(?<!\bfor)(?<!\band)(?<!\bwith)(?<!\bfrom)"
    r"\s(?=(?:the|a|an|no|it|its|they|we|you|your|our|all|any|every|each|access|nothing|then)\b)"
)
_BARE_NEGATED_LIST = re.compile(r"\W*(?:no|neither|nor|without)\s+[\w-]+(?:\s+[\w-]+){0,2}$")


@dataclass(frozen=True)
class Sentence:
    """A stretch of text with the clauses it is made of; all offsets are into the whole text."""

    start: int
    end: int
    clauses: tuple[Span, ...]
    asks: bool

    def clause_of(self, position: int) -> Span:
        """The clause that ``position`` lies in."""
        found = bisect_right(self.clauses, position, key=itemgetter(1))
        return self.clauses[min(found, len(self.clauses) - 1)]

    def around(self, start: int, end: int) -> Span:
        """From the beginning of the clause of ``start`` to the end of the clause that ``end`` closes."""
        return self.clause_of(start)[0], max(end, self.clause_of(end - 1)[1])


def sentences(plain: str, lower: str) -> Iterator[Sentence]:
    """Every sentence or line of ``plain`` that has words in it; ``lower`` is the same text in lower case.

    What goes on without an end is cut between two words, so that no sentence takes long to read.
    """
    start = 0
    for cut in [*_cuts(plain), len(plain)]:
        for begin, end in _short(plain, start, cut):
            if plain[begin:end].strip():
                asks = plain[begin:end].rstrip(" \n\"')]").endswith("?")
                yield Sentence(begin, end, tuple(_clauses(lower, begin, end)), asks)
        start = cut


def _short(plain: str, start: int, end: int) -> Iterator[Span]:
    while end - start > _LONGEST:
        space = plain.find(" ", start + _LONGEST, min(end, start + 2 * _LONGEST))
        cut = space + 1 if space > 0 else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def _cuts(plain: str) -> Iterator[int]:
    for match in _SENTENCE_END.finditer(plain):
        before = plain[max(0, match.start() - 12) : match.start()]
        if "\n" in match.group() or not _ABBREVIATION.search(before):
            yield match.end()


def _clauses(lower: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    for match in _CLAUSE_END.finditer(lower, start, end):
        if match.group() == "," and _BARE_NEGATED_LIST.match(lower, begin, match.start()):
            continue
        if match.end() > begin + 1:
            yield begin, match.end()
            begin = match.end()
    if begin < end or begin == start:
        yield begin, end


def condition_end(lower: str, start: int, clause: Span) -> int:
    """Where the condition that begins at ``start`` in ``clause`` ends.

    Usually with the clause; a condition that opens its clause without a comma ends before the next subject.
    "Whether" governs all that follows.
    """
    if lower.startswith("whether", start):
        return len(lower)
    event = _EVENT.match(lower, start, clause[1])
    if event:
        closes = _EVENT_CLOSES.search(lower, event.end(), clause[1])
        return closes.start() if closes else clause[1]
    if lower[clause[0] : start].strip(" -\"'(,;:"):
        return clause[1]
    closes = _CONDITION_CLOSES.search(lower, start + 12, clause[1]) if clause[1] - start > 12 else None
    return closes.start() if closes else clause[1]
