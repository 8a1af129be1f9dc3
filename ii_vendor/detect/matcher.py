"""Finds every phrase of the lexicon in one pass over the words of a sentence.

A phrase is looked for only where its rarest opening word stands, and nothing is ever tried again from the start: the
time is linear in the length of the text, whatever stands in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import NamedTuple

from ii_vendor.detect.phrases import Concept, Element, OneOf, Variant, variants
from ii_vendor.detect.words import Words, bare

Span = tuple[int, int]

GAP_WORDS = 6
_COMMON_WORDS = (
    "a an and any are as at be been by can for from has have in is it its no not of on or our the their this to was "
    "were will with without you your all every each only never"
)
_COMMON = frozenset(_COMMON_WORDS.split())
_MOST_WORDS_KNOWN = 50_000
_MOST_WAYS = 8
"""In so many ways at most is one phrase found from one place: gaps within gaps could otherwise multiply."""


class Hit(NamedTuple):
    """Where a phrase was found, as offsets into the text; ``gaps`` are the other words that it allows in between."""

    start: int
    end: int
    gaps: tuple[Span, ...] = ()


Hits = Mapping[str, Sequence[Hit]]


class _Found(NamedTuple):
    first: int
    stop: int
    gaps: tuple[Span, ...]


_FoundBy = dict[str, dict[int, list[_Found]]]
"""What was found, by owner and first word."""


class _Known(NamedTuple):
    """What a word is good for: the sets it belongs to, those that anchor a rule, and the owners whose phrase it is."""

    sets: frozenset[int]
    anchors: tuple[int, ...]
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    """One way to write a phrase of ``owner``: opening words, and the ``rest`` from the first gap or concept on.

    A number is a set of words, a name a concept, None a gap. ``needs`` is the
    rest without its gaps, ``anchor`` the place of the rarest opening word.
    """

    owner: str
    opening: tuple[int, ...]
    rest: tuple[int | str | None, ...]
    needs: tuple[int | str, ...]
    anchor: int = 0


_ByWord = dict[int, dict[tuple[int, int], list[_Rule]]]
"""Rules by the set that anchors them, and by a word beside it: how far it stands, and its set."""

_NO_RULES: dict[tuple[int, int], list[_Rule]] = {}


class Matcher:
    """All phrases of a lexicon, by owner: a concept, a list of the language, a part of a signal's pattern.

    ``phrases`` gives each owner's phrases; an owner that another one uses as ``{OWNER}`` is a concept. Raises
    PhraseError.
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._sets: dict[OneOf, int] = {}
        written = {owner: [each for phrase in own for each in variants(phrase)] for owner, own in phrases.items()}
        depth = _depths(written)
        self._by_word: list[_ByWord] = [{} for _ in range(max(depth.values(), default=0) + 1)]
        self._by_concept: list[dict[str, list[_Rule]]] = [{} for _ in self._by_word]
        self._alone: dict[int, list[str]] = {}
        for owner, own in written.items():
            for variant in dict.fromkeys(own):
                self._add(owner, variant, depth[owner])
        self._anchors = frozenset(number for level in self._by_word for number in level)
        self._words: dict[str, list[int]] = defaultdict(list)
        self._beginnings: dict[str, list[int]] = defaultdict(list)
        self._numbers = list[int]()
        for one_of, number in self._sets.items():
            self._remember(one_of, number)
        self._lengths = sorted({len(each) for each in self._beginnings})
        self._known: dict[str, _Known] = {}

    def _add(self, owner: str, variant: Variant, level: int) -> None:
        opening = list(takewhile(lambda element: isinstance(element, OneOf), variant))
        numbers = tuple(self._sets.setdefault(each, len(self._sets)) for each in opening if isinstance(each, OneOf))
        rest = tuple(self._element(each) for each in variant[len(opening) :])
        needs = tuple(each for each in rest if each is not None)
        if not opening:
            assert isinstance(rest[0], str)
            self._by_concept[level].setdefault(rest[0], []).append(_Rule(owner, (), rest, needs))
            return
        if len(variant) == 1:
            self._alone.setdefault(numbers[0], []).append(owner)
            return
        anchor = min(range(len(opening)), key=lambda place: _commonness(opening[place]))
        aside = 0 if len(numbers) == 1 else 1 if anchor + 1 < len(numbers) else -1
        rule = _Rule(owner, numbers, rest, needs, anchor)
        groups = self._by_word[level].setdefault(numbers[anchor], {})
        groups.setdefault((aside, numbers[anchor + aside]), []).append(rule)

    def _element(self, element: Element) -> int | str | None:
        if isinstance(element, OneOf):
            return self._sets.setdefault(element, len(self._sets))
        return element.name if isinstance(element, Concept) else None

    def _remember(self, one_of: OneOf, number: int) -> None:
        for word in one_of.words:
            self._words[word].append(number)
        for beginning in one_of.beginnings:
            self._beginnings[beginning].append(number)
        if one_of.number:
            self._numbers.append(number)

    def hits(self, words: Words) -> list[dict[str, list[Hit]]]:
        """For each stretch of the words, where each owner's phrases stand in it, in reading order; owners without a hit
        are left out."""
        known = [self._known.get(word) or self._learn(word) for word in words.words]
        sets = [each.sets for each in known]
        present = frozenset().union(*sets)
        anchored = [(place, number) for place, each in enumerate(known) for number in each.anchors]
        found: _FoundBy = {}
        for place, each in enumerate(known):
            for owner in each.owners:
                found.setdefault(owner, {})[place] = [_Found(place, place + 1, ())]
        for by_word, by_concept in zip(self._by_word, self._by_concept, strict=True):
            fresh: dict[tuple[str, int, int], _Found] = {}
            for rule, first, place in _begun(by_word, by_concept, anchored, sets, words.last, present, found):
                if not rule.rest:
                    fresh[rule.owner, first, place] = _Found(first, place, ())
                    continue
                for stop, gaps in _ways(rule.rest, first, place, sets, words, found):
                    fresh.setdefault((rule.owner, first, stop), _Found(first, stop, gaps))
            for (owner, first, _), way in fresh.items():
                found.setdefault(owner, {}).setdefault(first, []).append(way)
        return _by_stretch(found, words)

    def _learn(self, word: str) -> _Known:
        if len(self._known) > _MOST_WORDS_KNOWN:
            self._known.clear()
        sets = frozenset(self._look_up(word))
        owners = dict.fromkeys(owner for number in sorted(sets) for owner in self._alone.get(number, ()))
        known = self._known[word] = _Known(sets, tuple(sorted(sets & self._anchors)), tuple(owners))
        return known

    def _look_up(self, word: str) -> Iterator[int]:
        if word[0].isdigit():
            yield from self._numbers
        for form in {word, bare(word)}:
            yield from self._words.get(form, ())
        for length in self._lengths:
            if length > len(word):
                break
            yield from self._beginnings.get(word[:length], ())


def _begun(
    by_word: _ByWord,
    by_concept: Mapping[str, Sequence[_Rule]],
    anchored: Sequence[tuple[int, int]],
    sets: Sequence[frozenset[int]],
    last: Sequence[int],
    present: frozenset[int],
    found: _FoundBy,
) -> Iterator[tuple[_Rule, int, int]]:
    """Rules of one level that begin in the text, each with its first word and the word up to which it was read.

    Left out are those that need words or concepts of which there are none.
    """
    many = len(sets)
    for anchor, number in anchored:
        for (aside, wanted), rules in by_word.get(number, _NO_RULES).items():
            if 0 <= anchor + aside < many and wanted in sets[anchor + aside]:
                yield from _opened(rules, anchor, sets, last, present, found)
    for name in found.keys() & by_concept.keys():
        for rule in by_concept[name]:
            if all(each in present or each in found for each in rule.needs):
                for first in found[name]:
                    yield rule, first, first


def _opened(
    rules: Sequence[_Rule],
    anchor: int,
    sets: Sequence[frozenset[int]],
    last: Sequence[int],
    present: frozenset[int],
    found: _FoundBy,
) -> Iterator[tuple[_Rule, int, int]]:
    for rule in rules:
        first = place = anchor - rule.anchor
        if first < 0 or first + len(rule.opening) - 1 > last[first]:
            continue
        for wanted in rule.opening:
            if wanted not in sets[place]:
                break
            place += 1
        else:
            if not rule.needs or all(each in present or each in found for each in rule.needs):
                yield rule, first, place


def _ways(
    rest: Sequence[int | str | None],
    first: int,
    place: int,
    sets: Sequence[frozenset[int]],
    words: Words,
    found: _FoundBy,
) -> list[tuple[int, tuple[Span, ...]]]:
    """Where a phrase can end that begins with the word ``first`` and is read up to ``place``, with its gaps."""
    ends: list[tuple[int, tuple[Span, ...]]] = [(place, ())]
    last, reach = words.last[first], 0
    for element in rest:
        if element is None:
            reach = GAP_WORDS
            continue
        known = found[element] if isinstance(element, str) else None
        after = list[tuple[int, tuple[Span, ...]]]()
        for end, gaps in ends:
            for here in range(end, min(end + reach, last) + 1):
                if known is None:
                    if element in sets[here]:
                        after.append((here + 1, _with_gap(gaps, end, here, words)))
                elif here in known:
                    wider = _with_gap(gaps, end, here, words)
                    after += [(each.stop, wider + each.gaps) for each in known[here]]
        if not after:
            return []
        ends, reach = after[:_MOST_WAYS], 0
    return ends


def _with_gap(gaps: tuple[Span, ...], end: int, here: int, words: Words) -> tuple[Span, ...]:
    return (*gaps, (words.starts[end], words.ends[here - 1])) if here > end else gaps


def _by_stretch(found: _FoundBy, words: Words) -> list[dict[str, list[Hit]]]:
    starts, ends, bounds = words.starts, words.ends, words.bounds
    stretch = [number for number, (first, stop) in enumerate(pairwise(bounds)) for _ in range(first, stop)]
    hits: list[dict[str, list[Hit]]] = [{} for _ in range(len(bounds) - 1)]
    for owner, places in found.items():
        for first in sorted(places):
            own = [Hit(starts[first], ends[stop - 1], gaps) for _, stop, gaps in places[first]]
            if len(own) > 1:
                own.sort()
            hits[stretch[first]].setdefault(owner, []).extend(own)
    return hits


@lru_cache(maxsize=100_000)
def _commonness(element: Element) -> int:
    """How often one may expect to meet one of the words: few and rare words first."""
    assert isinstance(element, OneOf)
    common = sum(word in _COMMON for word in element.words)
    return 100 * common + 3 * len(element.beginnings) + len(element.words) + 50 * element.number


def _depths(written: Mapping[str, Sequence[Variant]]) -> dict[str, int]:
    """How many levels of concepts stand below each owner."""
    depth: dict[str, int] = {}

    def below(owner: str) -> int:
        if owner not in depth:
            used = {each.name for variant in written[owner] for each in variant if isinstance(each, Concept)}
            depth[owner] = 1 + max((below(name) for name in used), default=-1)
        return depth[owner]

    for owner in written:
        below(owner)
    return depth
