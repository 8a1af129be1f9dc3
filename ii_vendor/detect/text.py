"""Text as it is searched: one spelling for each character, and the way back to the original."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SAME = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`\uff07", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
        **dict.fromkeys("\u2028\u2029\r\x0b\x0c\x85", "\n"),
    }
)

_SPACES = {ord(each): " " for each in map(chr, range(128)) if each.isspace() and each != "\n"}


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """The plain spelling of one character; empty for those that are not seen (zero-width, soft hyphen) or that only
    change the look of the one before (accents by themselves, variation selectors)."""
    same = character.translate(_SAME)
    if same != character:
        return same
    if unicodedata.category(character) in ("Cf", "Mn"):
        return ""
    return "".join(" " if c.isspace() and c != "\n" else c for c in unicodedata.normalize("NFKC", character))


@dataclass(frozen=True)
class Text:
    """``plain`` keeps capitals, ``lower`` does not; both have the same length.

    ``origins[i]`` is the offset in ``original`` of the character that ``plain[i]`` came from.
    """

    original: str
    plain: str
    lower: str
    origins: range | tuple[int, ...]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of ``plain[start:end]``, which must not be empty."""
        return self.origins[start], self.origins[end - 1] + 1


def read(original: str) -> Text:
    """Bring ``original`` into its searchable form."""
    same = original.translate(_SAME)
    if same.isascii():
        plain = same.translate(_SPACES)
        return Text(original, plain, plain.lower(), range(len(plain)))
    pieces = [_plain(character) for character in original]
    plain = "".join(pieces)
    origins = tuple(index for index, piece in enumerate(pieces) for _ in piece)
    lower = plain.lower()
    if len(lower) != len(plain):
        # Where lower case takes more characters, offsets would no longer fit.
        lower = "".join(each.lower() if len(each.lower()) == 1 else each for each in plain)
    return Text(original, plain, lower, origins)
