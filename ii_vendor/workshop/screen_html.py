"""What the HTML of the room's screen is made of: regions whose words are fitted to them, short names, small words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape
from typing import NamedTuple


class Scenery(NamedTuple):
    """What one scene puts into the regions of the screen, as HTML. ``state`` names its layout to styles, and ``share``
    is how much of the width, 0-100, the left region has."""

    top: str = ""
    figure: str = ""
    left: str = ""
    right: str = ""
    foot: str = ""
    state: str = ""
    share: int = 50


def fitted(inner: str, most: float, *, kind: str = "", more: str = "") -> str:
    """A region whose words shrink until they fit. ``most`` is their size where there is room, in hundredths of the
    screen's width; ``more`` is what is said where some of them had to be left out."""
    words = f' data-more="{escape(more)}"' if more else ""
    return f'<div class="fit {kind}" data-most="{most:g}"{words}>{inner}</div>'


def left_out(name: str) -> str:
    """What a list in a fitted region says of items that found no place, with ``N`` for how many: for ``fitted``."""
    return f"and N more {name}".strip()


def big(words: str, beside: str = "") -> str:
    """A figure that reads from the last row, and what it counts beneath it."""
    under = f"<span>{escape(beside)}</span>" if beside else ""
    return f'<p class="figure"><b class="big">{escape(words)}</b>{under}</p>'


def short_names(names: Iterable[str]) -> Mapping[str, str]:
    """The first name of each, with the initial of the last or the whole name where others are called alike."""
    forms = {name: _forms(name) for name in names}
    taken = Counter(form for each in forms.values() for form in set(each))
    return {name: next((form for form in each if taken[form] == 1), name) for name, each in forms.items()}


def _forms(name: str) -> tuple[str, ...]:
    first, *rest = name.split() or [name]
    return (first, f"{first} {rest[-1][0]}.", name) if rest else (name,)


def beginning(words: str, most: int) -> str:
    """The words as far as ``most`` characters go, cut between words and visibly."""
    if len(words) <= most:
        return words
    cut = words[: most - 1].rsplit(" ", 1)[0] if " " in words[: most - 1] else words[: most - 1]
    return f"{cut.rstrip(',;:.')} …"
