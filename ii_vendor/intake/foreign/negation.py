"""Whether two questions ask the opposite of each other: a yes to one is a no to the other."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from ii_vendor.intake.foreign.similarity_words import STOP, concept, folded, stem, word_set

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[.,;:?!()]")

_DENYING = word_set("not never cannot cant dont doesnt isnt arent wont")
"""Negations of what is said; they count wherever they stand in what is asked."""
_LACKING = word_set("no nor neither none nobody nothing nowhere without unable lack lacks lacking absence")
"""Negations of a thing: ``without a connection``."""
_NO_NEGATION = re.compile(
    r"\b(?:whether or not|not only|if not|no (?:later|more|less|longer|fewer|sooner|earlier) than"
    r"|not (?:later|more|less) than|not limited to|not applicable|no\.)(?!\w)"
)
_ASKING = word_set("which who whom whose what where how why")
_SUPPOSING = word_set("if when while unless until because though although")
_ENDS = word_set(". ; : ? ! ( ) but") | _ASKING | _SUPPOSING
_REACH = 7
"""As many words that mean something does a negation reach, where nothing ends it before."""

_OPPOSITES: Mapping[str, tuple[str, ...]] = {
    "allow": (
        "prohibit",
        "forbid",
        "forbidden",
        "disallow",
        "ban",
        "banned",
        "prevent",
        "block",
        "deny",
        "denied",
        "bar",
    ),
    "permit": ("barred",),
    "require": ("optional", "voluntary"),
    "include": ("exclude",),
    "enable": ("disable", "deactivate"),
    "accept": ("reject", "decline"),
    "available": ("unavailable", "offline", "outage", "down", "lost", "loss", "interrupted", "disconnected", "gone"),
    "work": ("stop", "cease", "halt"),
    "keep": ("delete", "erase", "destroy"),
    "encrypted": ("plaintext", "cleartext"),
    "share": ("withhold",),
    "depend": ("independent", "independently"),
}
_SAME_AS = {
    "permit": "allow",
    "mandatory": "require",
    "compulsory": "require",
    "necessary": "require",
    "need": "require",
}
_PREFIXES = ("un", "in", "im", "ir", "dis", "non")

_ENOUGH = 0.3
"""A larger share of what both speak of stands with the opposite sign in a question that asks the opposite."""


class _Sign(NamedTuple):
    """``sign``: 1 for what is as it is said, -1 for what is not, between for both. ``denied``: what is asked is denied,
    not only supposed, or without something."""

    sign: float
    denied: bool


def negated(one: str, other: str) -> bool:
    """Whether the two questions, which speak of the same, ask the opposite of each other."""
    first, second = _signs(one), _signs(other)
    shared = first.keys() & second.keys()
    if not shared:
        return False
    apart = {each: abs(first[each].sign - second[each].sign) / 2 for each in shared}
    if any(apart[each] >= 0.5 and first[each].denied != second[each].denied for each in shared):
        return True
    return sum(apart.values()) / len(shared) >= _ENOUGH


@lru_cache(maxsize=8192)
def _signs(text: str) -> Mapping[str, _Sign]:
    """What a text speaks of, each with its sign."""
    found: defaultdict[str, list[_Sign]] = defaultdict(list)
    for word, sign in _signed(text):
        found[word].append(sign)
    return {
        word: _Sign(sum(each.sign for each in signs) / len(signs), any(each.denied for each in signs))
        for word, signs in found.items()
    }


def _signed(text: str) -> Iterator[tuple[str, _Sign]]:
    negating: list[tuple[int, bool]] = []
    supposed, clause = False, list[tuple[str, _Sign]]()
    tokens = _TOKEN.findall(_NO_NEGATION.sub(" ", folded(text)))
    for token, after in itertools.pairwise([*tokens, "."]):
        if token in _ENDS or (token == "," and (after in STOP or after in _ENDS)):
            yield from clause
            negating, supposed, clause = [], token in _SUPPOSING or (supposed and token == ","), []
        elif token in _DENYING or token.endswith("n't"):
            negating.append((_REACH, not supposed))
        elif token in _LACKING:
            negating.append((_REACH, False))
        elif token not in STOP and token != ",":
            word, sign = _meaning(token)
            negating = [(left - 1, denying) for left, denying in negating if left]
            denied = any(denying for _, denying in negating) or (sign < 0 and not supposed)
            said = _Sign(sign * (-1) ** len(negating), denied)
            if supposed and word == _AVAILABLE and said.sign < 0:
                # "if your cloud is not available" says of the cloud what "without your cloud" does.
                clause = [(each, _Sign(-before.sign, before.denied)) for each, before in clause]
            clause.append((word, said))
        elif token == "or":
            yield from clause
            clause = []
    yield from clause


@lru_cache(maxsize=8192)
def _meaning(word: str) -> tuple[str, int]:
    """The word that it is the opposite of, with -1; itself with 1 where it is none."""
    plain = stem(word)
    if plain in _NEGATIVES:
        return concept(_NEGATIVES[plain]), -1
    for prefix in _PREFIXES:
        rest = stem(word.removeprefix(prefix))
        if word.startswith(prefix) and rest in _CAN_BE_DENIED:
            return concept(rest), -1
    # A function is a thing more often than something that is done.
    return (plain, 1) if plain == _FUNCTION else (concept(_SAME_AS.get(plain, word)), 1)


_AVAILABLE, _FUNCTION = concept("available"), stem("function")
_NEGATIVES = {stem(word): base for base, words in _OPPOSITES.items() for word in words}
_SAME_AS = {stem(word): base for word, base in _SAME_AS.items()}
_CAN_BE_DENIED = frozenset(
    map(
        stem,
        word_set(
            """able authorised authorized approved available connected documented encrypted supported secure secured
            protected possible complete compatible limited restricted published trusted managed monitored tested planned
            affected changed used usable readable reachable accessible dependent visible known attended compliant"""
        ),
    )
)
