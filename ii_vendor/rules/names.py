"""Vendors' names in a text: found however they are written, and where they stand once a letter is in their place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import normalize

from ii_vendor.model.panel import Evaluation

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

LEAST_LETTERS = 4
"""Shorter words are not distinctive: too many of them are words or abbreviations of the trade."""

LEAST_OF_A_PERSON = 3
"""Shorter names of people, such as An, are too often words when they are not written as names."""

_COMMON = """
able about above access active adaptive advanced agile allied alpha also american analytics applied april asset
associated august autonomous basic best better beta bill black blue bond bright british brown building business call
care case central chance china chinese choice chuck city clear client cloud code commercial common complete computer
connected connect consulting control controls cook core cost creative critical cross custom customer cyber data date
dawn dean deep delta deputy design device digital direct drew dual dynamic early earth east eastern edge electric
electrical electronic electronics energy engineer engineering enterprise environmental euro europe european evolution
expert factory fast federal field fine firm first fish flexible flow focus forward foundation france frank free french
from fusion future gate gene general german germany gold good grace grand grant gray great green grid group hall hand
head heat heavy high hill home hope house human hybrid impact independent india indian industrial industries industry
infinite information infra infrastructure innovation innovative institute insight integral integrated integration
intelligent inter internal international internet iron italian january japan join june just keen keep king lake lance
land lane last lead leader leading lean level life light line linear link linked live local logic long machine
machines main maintenance make manager manufacturing march marine mark market master maximum mechanical media medical
meta metal micro miles mission mobile modern modular more motion motor multi national natural nature network networks
neutral next noble north northern novel nuclear ocean office omega only open operation operations operator optical
optimal optimum orange original owner pacific page park part partner pearl penny performance phone pilot pioneer plain
plan plant platform plus point pool power powered precise precision premier price prime private pro process
procurement product production professional progressive project proven public pure quality quantum quick radio rapid
rate reach ready real reliable remote renewable research rich right river robot robotics rock root rose royal rule
rush safe safety sales school science secure security select senior sense service services sharp shift short silver
simple simply single site skip smart social software solid solution solutions south southern spark special speed
spring standard star state steel sterling stone street strong summer summit superior supplier supply support sure
swift system systems team tech technical technologies technology temple test that their these this total town trade
transport trust turbo union united universal university urban value vendor video virtual vision water watts wave well
west western what when white whole wide will wind winter wire wireless with wood work works world yard year young your
zero zone art cover don eve faith guy info iris ivy jack joy letter max nick olive pat ray rob see sue violet
"""
COMMON = frozenset(_COMMON.split())
"""English words that firms' names begin with, or that people are called: alone they tell nobody apart."""

Span = tuple[int, int]


@dataclass(frozen=True)
class Mask:
    """What stands for one vendor: ``id`` and ``label``."""

    id: str
    label: str


class Masks:
    """The masks of an evaluation's vendors. ``of`` has them by id; a name of any of them is hidden in any text.

    ``with_ids`` hides the vendors' ids too, as they stand in what the tool itself says; ``with_first_words`` the first
    word of a vendor's name where it is distinctive. ``others`` are further words, each with what is to stand for it:
    whatever their case, but for common English words and very short ones, which are hidden only as they are given.
    """

    def __init__(
        self,
        now: Evaluation,
        *,
        with_ids: bool = False,
        with_first_words: bool = False,
        others: Mapping[str, str] | None = None,
    ) -> None:
        # A vendor that came after the lot was drawn takes the next letter.
        later = [vendor.id for vendor in now.vendors if vendor.id not in now.mask_order]
        self.of = {vendor: Mask(*_shown_at(place)) for place, vendor in enumerate((*now.mask_order, *later))}
        found: dict[str, str] = {}
        for vendor, mask in self.of.items():
            if with_ids:
                found.setdefault(f"(?-i:{_pattern(vendor)})", mask.id)
            for name in _names(now, vendor):
                found.setdefault(_pattern(name), mask.label)
        if with_first_words:
            # After all names, so that a vendor that is called just so keeps its letter.
            for vendor, mask in self.of.items():
                for word in map(_first_word, _names(now, vendor)):
                    if _is_distinctive(word):
                        found.setdefault(_pattern(word), mask.label)
        for words, shown in (others or {}).items():
            as_given = words.casefold() in COMMON or len(words) < LEAST_OF_A_PERSON
            found.setdefault(f"(?-i:{_pattern(words)})" if as_given else _pattern(words), shown)
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


def _is_distinctive(word: str) -> bool:
    """Whether a word by itself tells whose name it is from: long enough, and not a common English word."""
    return sum(map(str.isalpha, word)) >= LEAST_LETTERS and word.casefold() not in COMMON


def _first_word(name: str) -> str:
    """The first word of a name without what stands around it; not an article."""
    words = [word.strip("\"'“”‘’«»()[],.;:&") for word in name.split()]
    return next((word for word in words if word and word.casefold() not in ("the", "a", "an")), "")


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
