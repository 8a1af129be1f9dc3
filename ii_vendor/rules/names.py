"""Vendors' names in a text: found however they are written, and where they stand once a letter is in their place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

from ii_vendor.model.panel import Evaluation

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

Span = tuple[int, int]


@dataclass(frozen=True)
class Mask:
    """What stands for one vendor: ``id`` and ``label``."""

    id: str
    label: str


class Masks:
    """The masks of an evaluation's vendors. ``of`` has them by id; a name of any of them is hidden in any text.

    ``with_ids`` hides the vendors' ids too, as they stand in what the tool itself says.
    """

    def __init__(self, now: Evaluation, *, with_ids: bool = False) -> None:
        # A vendor that came after the lot was drawn takes the next letter.
        later = [vendor.id for vendor in now.vendors if vendor.id not in now.mask_order]
        self.of = {vendor: Mask(*_shown_at(place)) for place, vendor in enumerate((*now.mask_order, *later))}
        found: dict[str, str] = {}
        for vendor, mask in self.of.items():
            if with_ids:
                found.setdefault(f"(?-i:{_pattern(vendor)})", mask.id)
            for name in _names(now, vendor):
                found.setdefault(_pattern(name), mask.label)
        # The longest first, so that no name hides in another; each in a group of its own, which says whose it is.
        longest_first = sorted(found, key=len, reverse=True)
        self._in_place = [found[pattern] for pattern in longest_first]
        every = "|".join(f"({pattern})" for pattern in longest_first)
        self._names = re.compile(every or "(?!)", re.IGNORECASE)

    def hide(self, text: str) -> str:
        """The text with letters in place of the vendors' names."""
        return self._names.sub(self._for, text)

    def place_shown(self, text: str, place: int, *, end: bool) -> int:
        """Where a place of ``text`` is once names are hidden: from within a name to its start, or to its ``end``."""
        return _moved(self._spans(text), place, end)

    def words_behind(self, text: str, quote: str) -> str:
        """The part of ``text`` that is shown as ``quote``, with whole names; empty where none is."""
        place = self.hide(text).find(quote)
        if place < 0:
            return ""
        back = [(shown, said) for said, shown in self._spans(text)]
        return text[_moved(back, place, False) : _moved(back, place + len(quote), True)]

    def _for(self, found: re.Match[str]) -> str:
        return self._in_place[(found.lastindex or 1) - 1]

    def _spans(self, text: str) -> list[tuple[Span, Span]]:
        """Where each name stands in ``text``, and where what stands for it in the text as it is shown."""
        spans: list[tuple[Span, Span]] = []
        longer = 0
        for found in self._names.finditer(text):
            start, label = found.start() + longer, self._for(found)
            spans.append((found.span(), (start, start + len(label))))
            longer += len(label) - len(found.group())
        return spans


def _shown_at(place: int) -> tuple[str, str]:
    return f"vendor-{_letter(place).lower()}", f"Vendor {_letter(place)}"


def _letter(place: int) -> str:
    """A to Z, then AA, AB and so on."""
    before, last = divmod(place, len(LETTERS))
    return (_letter(before - 1) if before else "") + LETTERS[last]


def _names(now: Evaluation, vendor: str) -> list[str]:
    """Every name that the vendor is known by or gave itself, in both ways in which accents are written."""
    given = [now.vendor(vendor).name, *(each.response.vendor for each in now.responses.get(vendor, ()))]
    names = (" ".join(name.split()) for name in given)
    return [form for name in names if name for form in (name, *(normalize(each, name) for each in ("NFC", "NFD")))]


def _pattern(name: str) -> str:
    """Finds a name as a word of its own, across line ends too."""
    words = r"\s+".join(re.escape(word) for word in name.split())
    before = r"(?<![^\W_])" if _ends_a_word(name[0]) else ""
    after = r"(?![^\W_])" if _ends_a_word(name[-1]) else ""
    return f"{before}{words}{after}"


def _ends_a_word(character: str) -> bool:
    """Whether a further letter would make it another word: not where a script writes words without spaces."""
    return character.isdigit() or character.upper() != character.lower()


def _moved(spans: list[tuple[Span, Span]], place: int, end: bool) -> int:
    """The place on the other side of the spans; one within a span goes to its start, or to its end."""
    here, there = 0, 0
    for (start, stop), (other_start, other_stop) in spans:
        if place <= start:
            break
        if place < stop:
            return other_stop if end else other_start
        here, there = stop, other_stop
    return place - here + there
