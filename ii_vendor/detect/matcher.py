"""Finds every phrase of the lexicon in one pass over the words of a text.

A phrase is looked for only where its rarest opening word stands, and nothing is ever tried again from the start: the
time is linear in the length of the text, whatever stands in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
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
    """What a word is good for: the sets it belongs to, for each level those that anchor a rule, and the owners whose
    phrase it is."""

    sets: frozenset[OneOf]
    anchors: tuple[tuple[OneOf, ...], ...]
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Rule:
    """One way to write a phrase of ``owner``: opening words, and the ``rest`` from the first gap or concept on.

    A name is a concept, None a gap. ``words`` and ``concepts`` are those in the rest; ``anchor`` is the place of the
    rarest opening word.
    """

    owner: str
    opening: tuple[OneOf, ...]
    rest: tuple[OneOf | str | None, ...]
    words: frozenset[OneOf]
    concepts: frozenset[str]
    anchor: int

    @property
    def aside(self) -> int:
        """How far from the anchor a word stands that is looked at next; 0 where the anchor stands alone."""
        return 0 if len(self.opening) == 1 else 1 if self.anchor + 1 < len(self.opening) else -1


_ByWord = dict[OneOf, dict[tuple[int, OneOf], list[_Rule]]]
"""Rules by the words that anchor them, and by those beside them: how far they stand, and which."""


class Matcher:
    """All phrases of a lexicon, by owner: a concept, a list of the language, a part of a signal's pattern.

    ``phrases`` gives each owner's phrases; an owner that another one uses as ``{OWNER}`` is a concept. Raises
    PhraseError.
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        rules = {owner: [rule for phrase in own for rule in _rules(owner, phrase)] for owner, own in phrases.items()}
        depth = _depths(rules)
        self._by_word: list[_ByWord] = [{} for _ in range(max(depth.values(), default=0) + 1)]
        self._by_concept: list[dict[str, list[_Rule]]] = [{} for _ in self._by_word]
        self._alone: dict[OneOf, list[str]] = {}
        used: dict[OneOf, None] = {}
        for owner, own in rules.items():
            for rule in own:
                self._add(rule, depth[owner])
                used.update(dict.fromkeys(rule.opening))
                used.update((each, None) for each in rule.rest if isinstance(each, OneOf))
        self._words: dict[str, list[OneOf]] = defaultdict(list)
        self._beginnings: dict[str, list[OneOf]] = defaultdict(list)
        self._numbers = [one_of for one_of in used if one_of.number]
        for one_of in used:
            for word in one_of.words:
                self._words[word].append(one_of)
            for beginning in one_of.beginnings:
                self._beginnings[beginning].append(one_of)
        self._lengths = sorted({len(each) for each in self._beginnings})
        self._known: dict[str, _Known] = {}
        # Most words stand in no phrase: they share this.
        self._unknown = _Known(frozenset(), ((),) * len(self._by_word), ())

    def _add(self, rule: _Rule, level: int) -> None:
        if not rule.opening:
            name = rule.rest[0]
            assert isinstance(name, str)
            self._by_concept[level].setdefault(name, []).append(rule)
        elif len(rule.opening) == 1 and not rule.rest:
            self._alone.setdefault(rule.opening[0], []).append(rule.owner)
        else:
            groups = self._by_word[level].setdefault(rule.opening[rule.anchor], {})
            groups.setdefault((rule.aside, rule.opening[rule.anchor + rule.aside]), []).append(rule)

    def hits(self, words: Words) -> list[dict[str, list[Hit]]]:
        """For each stretch of the words, where each owner's phrases stand in it, in reading order; owners without a hit
        are left out."""
        known = [self._known.get(word) or self._learn(word) for word in words.words]
        sets = [each.sets for each in known]
        present = frozenset().union(*sets)
        found: _FoundBy = {}
        for place, each in enumerate(known):
            for owner in each.owners:
                found.setdefault(owner, {})[place] = [_Found(place, place + 1, ())]
        for level, (by_word, by_concept) in enumerate(zip(self._by_word, self._by_concept, strict=True)):
            anchored = [(place, one_of) for place, each in enumerate(known) for one_of in each.anchors[level]]
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
        # In an order that is always the same, unlike that of a set.
        sets = tuple(dict.fromkeys(self._look_up(word)))
        known = self._unknown
        if sets:
            owners = dict.fromkeys([owner for each in sets for owner in self._alone.get(each, ())])
            anchors = tuple([tuple([each for each in sets if each in by_word]) for by_word in self._by_word])
            known = _Known(frozenset(sets), anchors, tuple(owners))
        self._known[word] = known
        return known

    def _look_up(self, word: str) -> list[OneOf]:
        found = list(self._numbers) if word[0].isdigit() else []
        for form in {word: None, bare(word): None}:
            found += self._words.get(form, ())
        for length in self._lengths:
            if length > len(word):
                break
            found += self._beginnings.get(word[:length], ())
        return found


def _begun(
    by_word: _ByWord,
    by_concept: Mapping[str, Sequence[_Rule]],
    anchored: Sequence[tuple[int, OneOf]],
    sets: Sequence[frozenset[OneOf]],
    last: Sequence[int],
    present: frozenset[OneOf],
    found: _FoundBy,
) -> Iterator[tuple[_Rule, int, int]]:
    """Rules of one level that begin in the text, each with its first word and the word up to which it was read.

    Left out are those that need words or concepts of which there are none.
    """
    many, known = len(sets), found.keys()
    for anchor, one_of in anchored:
        for (aside, beside), rules in by_word[one_of].items():
            if not 0 <= anchor + aside < many or beside not in sets[anchor + aside]:
                continue
            for rule in rules:
                first = place = anchor - rule.anchor
                if first < 0 or first + len(rule.opening) - 1 > last[first]:
                    continue
                for wanted in rule.opening:
                    if wanted not in sets[place]:
                        break
                    place += 1
                else:
                    if rule.words <= present and rule.concepts <= known:
                        yield rule, first, place
    for name, begun_by_it in by_concept.items():
        if name not in found:
            continue
        for rule in begun_by_it:
            if rule.words <= present and rule.concepts <= known:
                for first in found[name]:
                    yield rule, first, first


def _ways(
    rest: Sequence[OneOf | str | None],
    first: int,
    place: int,
    sets: Sequence[frozenset[OneOf]],
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


@lru_cache(maxsize=200_000)
def _rules(owner: str, phrase: str) -> tuple[_Rule, ...]:
    """Every way to write a phrase of ``owner``. Raises PhraseError."""
    return tuple(_rule(owner, variant) for variant in dict.fromkeys(variants(phrase)))


def _rule(owner: str, variant: Variant) -> _Rule:
    opening: list[OneOf] = []
    for element in variant:
        if not isinstance(element, OneOf):
            break
        opening.append(element)
    rest = tuple(
        each if isinstance(each, OneOf) else each.name if isinstance(each, Concept) else None
        for each in variant[len(opening) :]
    )
    return _Rule(
        owner,
        tuple(opening),
        rest,
        frozenset(each for each in rest if isinstance(each, OneOf)),
        frozenset(each for each in rest if isinstance(each, str)),
        min(range(len(opening)), key=lambda place: _commonness(opening[place]), default=0),
    )


def _depths(rules: Mapping[str, Sequence[_Rule]]) -> dict[str, int]:
    """How many levels of concepts stand below each owner."""
    depth: dict[str, int] = {}

    def below(owner: str) -> int:
        if owner not in depth:
            used = {name for rule in rules[owner] for name in rule.concepts}
            depth[owner] = 1 + max((below(name) for name in used), default=-1)
        return depth[owner]

    for owner in rules:
        below(owner)
    return depth
