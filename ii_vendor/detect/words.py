"""The words of a text, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"\d(?:[\d.,]*\d)?|[^\W\d_]+(?:'[^\W\d_]+)*|[%€$£]")
_APPENDED = re.compile(r"'(?:s|re|ve|ll|d|m)$")
_FARTHEST_APART = 3


def split(text: str) -> list[str]:
    """The words of lower-case ``text``: letters and digits apart, ``don't`` in one, ``%`` and signs of money too."""
    return _WORD.findall(text)


def bare(word: str) -> str:
    """``word`` without what English appends: ``vendor's`` and ``we're`` become ``vendor`` and ``we``."""
    return _APPENDED.sub("", word) if "'" in word else word


def _near(between: str) -> bool:
    """Whether words are still joined with this between them; any white space counts as one space."""
    return ";" not in between and len(" ".join(between.split())) <= _FARTHEST_APART


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some stretches of a text. ``starts`` and ``ends`` are offsets into the whole text.

    ``last[i]`` is the last word that can be reached from word ``i`` without a break: in the same stretch, and with at
    most three separating characters between any two words, none of them a semicolon. ``bounds`` holds for each stretch
    its first word, and the number of all words at the end.
    """

    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    last: Sequence[int]
    bounds: Sequence[int]


def words_of(lower: str, stretches: Iterable[tuple[int, int]]) -> Words:
    """The words of each of the ``stretches`` of ``lower``, which is in lower case."""
    spans, bounds = list[tuple[int, int]](), [0]
    for start, end in stretches:
        spans += [match.span() for match in _WORD.finditer(lower, start, end)]
        bounds.append(len(spans))
    starts, ends = [span[0] for span in spans], [span[1] for span in spans]
    last = list(range(len(spans)))
    firsts = set(bounds)
    for place in range(len(spans) - 2, -1, -1):
        apart = starts[place + 1] - ends[place]
        near = apart == 0 or (apart == 1 and lower[ends[place]] != ";") or _near(lower[ends[place] : starts[place + 1]])
        if near and place + 1 not in firsts:
            last[place] = last[place + 1]
    return Words([lower[begin:stop] for begin, stop in spans], starts, ends, last, bounds)
