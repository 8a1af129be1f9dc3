"""What a vendor wrote where one of a few options was to be chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

_ALIKE = 0.75
_AFTER_OPTION = re.compile(r"\s*(?:[,;:.(–—-]|$|\s)")


def plainly(text: str, options: Sequence[str]) -> str:
    """The option that the text is but for case, spacing and a full stop; empty where there is none."""
    matching = [option for option in options if _folded(option) == _folded(text)]
    return matching[0] if len(matching) == 1 else ""


def seemingly(text: str, options: Sequence[str]) -> str:
    """The option that the text begins with or is nearly spelled like; empty where it could be several or none."""
    folded = {_folded(option): option for option in options}
    begun = [option for start, option in folded.items() if _begins(_folded(text), start)]
    if len(begun) == 1:
        return begun[0]
    close = get_close_matches(_folded(text), folded, n=2, cutoff=_ALIKE)
    return folded[close[0]] if len(close) == 1 and not begun else ""


def _begins(text: str, start: str) -> bool:
    return text.startswith(start) and _AFTER_OPTION.match(text[len(start) :]) is not None


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .,;:!\"'“”‘’")
