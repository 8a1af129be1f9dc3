"""The small pattern language of the lexicon, turned into regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ii_vendor.model.signal import Lexicon

GAP_WORDS = 6
_BETWEEN = r"[^\w;]{1,3}"
# Separators and words share no character: two ways to read the same gap would cost time without end on hostile text.
_GAP = rf"((?:{_BETWEEN}\w+){{0,{GAP_WORDS}}}?)"
_NUMBER = r"\d[\d.,]*"
_TOKEN = re.compile(r"\{[A-Z0-9_]+\}|\[[^\[\]]+\]|[^\s\[\]{}]+")
_NEVER = r"(?!)"


class PhraseError(ValueError):
    """A phrase that the pattern language does not know."""


def compile_phrases(phrases: Iterable[str], lexicon: Lexicon) -> re.Pattern[str]:
    """One expression that finds any of ``phrases`` as whole words in lower-case text.

    Each ``..`` is a capture group, so that a negation inside it can be seen. Raises PhraseError.
    """
    found = [_phrase(phrase, lexicon) for phrase in phrases]
    return re.compile(rf"(?<![\w'])(?:{'|'.join(found) or _NEVER})(?!\w|'t\b)")


def _phrase(phrase: str, lexicon: Lexicon) -> str:
    tokens = _TOKEN.findall(phrase)
    if not tokens or tokens[0] == ".." or tokens[-1] == ".." or tokens[0].startswith("["):
        raise PhraseError(f"'{phrase}' must begin and end with words, not with '..' and not begin with '[...]'")
    expression = _token(tokens[0], lexicon)
    for token in tokens[1:]:
        expression += _following(token, lexicon)
    return expression


def _following(token: str, lexicon: Lexicon) -> str:
    if token == "..":
        return _GAP
    if token.startswith("["):
        return rf"(?:{_BETWEEN}{_token(token[1:-1], lexicon)})?"
    return _BETWEEN + _token(token, lexicon)


def _token(token: str, lexicon: Lexicon) -> str:
    if token.startswith("{"):
        choices = [_phrase(each, lexicon) for each in lexicon.concepts[token[1:-1]]]
        return f"(?:{'|'.join(choices) or _NEVER})"
    words = [_word(word) for word in token.split("/") if word]
    if not words:
        raise PhraseError(f"'{token}' holds no word")
    return words[0] if len(words) == 1 else f"(?:{'|'.join(words)})"


def _word(word: str) -> str:
    if word == "#":
        return _NUMBER
    stem, many = word.removesuffix("*"), word.endswith("*")
    parts = (re.escape(part) for part in stem.lower().split("-") if part)
    return _BETWEEN.join(parts) + (r"\w*" if many else "")
