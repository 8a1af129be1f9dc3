"""Words that went through a spreadsheet: found again in what they were copied from."""

from __future__ import annotations

import re

from ii_vendor.intake.assignment_marks import CUT
from ii_vendor.model.offline import Pair
from ii_vendor.model.panel import Evaluation
from ii_vendor.rules.names import Masks

_MARKS = "\"'“”„‘’«»"
LONGEST_QUOTE = 5_000
"""A quote with more characters has to stand in the answer as it is."""


def same_words(said: str, recorded: str, letters: Masks | None) -> bool:
    """Whether both say the same, but for white space, for letters in the place of vendors' names, and for what the
    workbook had to cut off."""
    meant = _flat(said)
    begun = meant.removesuffix(_flat(CUT))
    known = [_flat(words) for words in (recorded, letters.hide(recorded) if letters else recorded)]
    return meant in known or (begun != meant and any(words.startswith(begun.rstrip()) for words in known))


def words_in(now: Evaluation, pair: Pair, quote: str, letters: Masks | None) -> str:
    """The vendor's own words that are quoted: a spreadsheet changes line ends, people add marks of quotation, and under
    a mask letters stand for names. The quote as it is where no such words stand in the answer."""
    received = now.received(pair[0])
    if not quote or received is None:
        return quote
    answer = received.response.answer(pair[1])
    texts = [*(cell.text for cell in answer.cells), answer.evidence, answer.choice]
    for said in dict.fromkeys((quote, quote.strip(_MARKS))):
        for text in texts:
            if found := _found(text, said):
                return found
            if letters and (behind := letters.words_behind(text, _found(letters.hide(text), said) or said)):
                return behind
    return quote


def _flat(text: str) -> str:
    return " ".join(text.split())


def _found(text: str, said: str) -> str:
    """The part of a text that says this, whatever the white space between its words; empty where there is none."""
    if not said:
        return ""
    if said in text:
        return said
    if len(said) > LONGEST_QUOTE:
        return ""
    met = re.search(r"\s+".join(map(re.escape, said.split())), text)
    return met.group() if met else ""
