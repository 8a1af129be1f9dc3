"""Phrases are found wherever they stand, in every way that they can be written, and in nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ii_vendor.detect.matcher import Matcher
from ii_vendor.detect.phrases import PhraseError, variants
from ii_vendor.detect.words import words_of


def stretches(text: str, phrases: dict[str, tuple[str, ...]], owner: str = "A") -> list[str]:
    words = words_of(text, [(0, len(text))])
    return [text[hit.start : hit.end] for hit in Matcher(phrases).hits(words)[0].get(owner, ())]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("stop*", "it stops and is stopped", ["stops", "stopped"]),
        ("our/their cloud", "our cloud, their cloud and your cloud", ["our cloud", "their cloud"]),
        ("our [own] cloud", "our cloud and our own cloud", ["our cloud", "our own cloud"]),
        ("# days", "72 days, 1.5 days, some days", ["72 days", "1.5 days"]),
        ("# h", "72h", ["72h"]),
        ("read only", "read-only, read only, read; only", ["read-only", "read only"]),
        ("read-only/view-only", "read-only or view only", ["read-only", "view only"]),
        ("vendor", "the vendor's cloud", ["vendor's"]),
        ("don't", "we don't know", ["don't"]),
        ("waits .. us", "it waits a day for us", ["waits a day for us"]),
        ("waits .. us", "it waits one two three four five six seven us", []),
        ("waits .. us", "it waits; for us", []),
        ("# %", "98 % of it", ["98 %"]),
        ("new [..] pump", "a new pump; a new and bigger pump", ["new pump", "new and bigger pump"]),
        ("mon - fri", "mon-fri", ["mon-fri"]),
    ],
)
def test_the_pattern_language(phrase: str, text: str, expected: list[str]) -> None:
    assert stretches(text, {"A": (phrase,)}) == expected


def test_a_concept_stands_for_each_of_its_phrases_with_their_gaps() -> None:
    phrases = {"LOSS": ("is lost", "cannot .. reached"), "A": ("link {LOSS}", "{LOSS} .. until"), "B": ("until",)}
    assert stretches("the link cannot be reached", phrases) == ["link cannot be reached"]
    assert stretches("it is lost for long until noon", phrases) == ["is lost for long until"]


def test_words_in_a_gap_are_told_apart_from_the_words_of_the_phrase() -> None:
    text = "it waits not ever for us"
    (hit,) = Matcher({"A": ("waits .. us",)}).hits(words_of(text, [(0, len(text))]))[0]["A"]
    assert [text[start:end] for start, end in hit.gaps] == ["not ever for"]


@pytest.mark.parametrize("phrase", ["..", ".. stops", "stops ..", "[our] cloud", "- - -"])
def test_a_phrase_without_firm_ends_is_refused(phrase: str) -> None:
    with pytest.raises(PhraseError):
        list(variants(phrase))


def test_a_phrase_that_can_be_written_in_too_many_ways_is_refused() -> None:
    with pytest.raises(PhraseError, match="shorter phrases"):
        list(variants("a " + "[b] " * 20 + "c"))


WORDS = st.sampled_from(["our", "cloud", "stops", "stopped", "is", "lost", "the", "not", "plant", "72", "h", "days"])
PHRASES = {"A": ("our cloud", "cloud .. stop*", "{B} .. h"), "B": ("is [not] lost", "# h/days")}


@given(st.lists(WORDS, max_size=40), st.lists(WORDS, max_size=10), st.lists(WORDS, max_size=10))
def test_what_stands_around_a_phrase_takes_nothing_away(inside: list[str], before: list[str], after: list[str]) -> None:
    """Every phrase of a text is found in any longer text that holds it, at its new place."""
    text, shift = " ".join(inside), len(" ".join([*before, ""]))
    longer = " ".join([*before, *inside, *after])
    alone = Matcher(PHRASES).hits(words_of(text, [(0, len(text))]))[0]
    within = Matcher(PHRASES).hits(words_of(longer, [(0, len(longer))]))[0]
    for owner, hits in alone.items():
        places = {(hit.start, hit.end) for hit in within[owner]}
        assert {(hit.start + shift, hit.end + shift) for hit in hits} <= places
