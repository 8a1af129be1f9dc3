"""The small pattern language of the lexicon, brought into sequences that can be looked up word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from ii_vendor.detect.words import split

_TOKEN = re.compile(r"\{[A-Z0-9_]+\}|\[[^\[\]]+\]|[^\s\[\]{}]+")
_MOST_VARIANTS = 4096


class PhraseError(ValueError):
    """A phrase that the pattern language does not know."""


@dataclass(frozen=True)
class OneOf:
    """One word out of several: whole words, beginnings of words, or any number."""

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


def variants(phrase: str) -> Iterator[Variant]:
    """Every way to write ``phrase``: with and without what may be missing. Raises PhraseError."""
    tokens = _TOKEN.findall(phrase)
    if not tokens or tokens[0] == ".." or tokens[-1] == ".." or tokens[0].startswith("["):
        raise PhraseError(f"'{phrase}' must begin and end with words, not with '..' and not begin with '[...]'")
    choices = [list(_choices(token, phrase)) for token in tokens]
    many = 1
    for each in choices:
        many *= len(each)
    if many > _MOST_VARIANTS:
        raise PhraseError(f"'{phrase}' can be written in {many} ways. Split it into shorter phrases.")
    for chosen in product(*choices):
        yield tuple(element for part in chosen for element in part)


def _choices(token: str, phrase: str) -> Iterator[Sequence[Element]]:
    if token == "..":
        yield (Gap(),)
    elif token.startswith("["):
        yield from _choices(token[1:-1], phrase)
        yield ()
    elif token.startswith("{"):
        yield (Concept(token[1:-1]),)
    else:
        yield from _words(token, phrase)


def _words(token: str, phrase: str) -> Iterator[Sequence[Element]]:
    """The alternatives of single words together, and each one that is made of several words by itself."""
    single = list[str]()
    for word in token.split("/"):
        parts = _parts(word)
        if len(parts) == 1:
            single += parts
        elif parts:
            yield [_one_of([part]) for part in parts]
    if single:
        yield (_one_of(single),)
    elif not _parts(token):
        raise PhraseError(f"'{token}' in '{phrase}' holds no word")


def _parts(word: str) -> list[str]:
    if word == "#":
        return ["#"]
    parts = split(word.removesuffix("*").lower())
    return [*parts[:-1], parts[-1] + "*"] if parts and word.endswith("*") else parts


def _one_of(words: Iterable[str]) -> OneOf:
    words = list(words)
    return OneOf(
        frozenset(word for word in words if word != "#" and not word.endswith("*")),
        tuple(sorted(word[:-1] for word in words if word.endswith("*"))),
        "#" in words,
    )
