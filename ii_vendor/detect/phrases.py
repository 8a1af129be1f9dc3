"""The small pattern language of the lexicon, brought into sequences that can be looked up word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import prod

from ii_vendor.detect.words import split

_TOKEN = re.compile(r"\{[A-Z0-9_]+\}|\[[^\[\]]+\]|[^\s\[\]{}]+")
_MOST_VARIANTS = 4096


class PhraseError(ValueError):
    """A phrase that the pattern language does not know."""


@dataclass(frozen=True, eq=False)
class OneOf:
    """One word out of several: whole words, beginnings of words, or any number. The same words give the same object."""

    words: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    number: bool = False


@dataclass(frozen=True)
class Concept:
    """Any phrase of a concept."""

    name: str


@dataclass(frozen=True)
class Gap:
    """Up to six other words."""


Element = OneOf | Concept | Gap
Variant = tuple[Element, ...]


@lru_cache(maxsize=100_000)
def variants(phrase: str) -> tuple[Variant, ...]:
    """Every way to write ``phrase``: with and without what may be missing. Raises PhraseError.

    A dash or another sign between words says nothing by itself and is passed over.
    """
    tokens = [token for token in _TOKEN.findall(phrase) if _says_something(token)]
    if not tokens or tokens[0] == ".." or tokens[-1] == ".." or tokens[0].startswith("["):
        raise PhraseError(f"'{phrase}' must begin and end with words, not with '..' and not begin with '[...]'")
    choices = [list(_choices(token)) for token in tokens]
    many = prod(len(each) for each in choices)
    if many > _MOST_VARIANTS:
        raise PhraseError(f"'{phrase}' can be written in {many} ways. Split it into shorter phrases.")
    return tuple(tuple(element for part in chosen for element in part) for chosen in product(*choices))


def _says_something(token: str) -> bool:
    inner = token.strip("[]")
    return inner == ".." or inner.startswith("{") or "#" in inner or bool(split(inner.lower()))


def _choices(token: str) -> Iterator[Sequence[Element]]:
    if token == "..":
        yield (Gap(),)
    elif token.startswith("["):
        yield from _choices(token[1:-1])
        yield ()
    elif token.startswith("{"):
        yield (Concept(token[1:-1]),)
    else:
        yield from _words(token)


def _words(token: str) -> Iterator[Sequence[Element]]:
    """The alternatives of single words together, and each one that is made of several words by itself."""
    single = list[str]()
    for word in token.split("/"):
        parts = _parts(word)
        if len(parts) == 1:
            single += parts
        elif parts:
            yield [_one_of((part,)) for part in parts]
    if single:
        yield (_one_of(tuple(sorted(set(single)))),)


@lru_cache(maxsize=100_000)
def _parts(word: str) -> tuple[str, ...]:
    if word == "#":
        return ("#",)
    parts = split(word.removesuffix("*").lower())
    return (*parts[:-1], parts[-1] + "*") if parts and word.endswith("*") else tuple(parts)


@lru_cache(maxsize=100_000)
def _one_of(words: tuple[str, ...]) -> OneOf:
    return OneOf(
        frozenset(word for word in words if word != "#" and not word.endswith("*")),
        tuple(sorted(word[:-1] for word in words if word.endswith("*"))),
        "#" in words,
    )
