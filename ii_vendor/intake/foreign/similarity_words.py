"""Words of a question without their endings, with one word for what the field calls by several names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


def word_set(words: str) -> frozenset[str]:
    """The words of a text that has nothing else."""
    return frozenset(words.split())


STOP = word_set(
    """a an the and or nor but of to in on at by for from with into onto upon via as is are was were be been being am do
    does did done has have had having it its this that these those there here we our ours us you your yours they them
    their he she his her i me my one if whether so such than then too very can could will would shall should may might
    must what which who whom whose when where how why please describe explain state list give name specify provide
    indicate identify define outline each every all any some both either within while during not no never without none
    neither cannot don't doesn't isn't aren't won't can't per etc eg ie also only own other others another between about
    regarding concerning concern way means case cases vendor vendors supplier suppliers manufacturer manufacturers
    company companies organization organisation same more most less least many much long take takes taken get gets got
    make made following related relevant including include includes"""
)
_ENDINGS = (
    *("izations", "isations", "ization", "isation", "ational", "ations", "ation", "ements", "ement", "ments", "ment"),
    *("ability", "ibility", "nesses", "ness", "ities", "ity", "ives", "ive", "able", "ible", "ally", "edly", "ingly"),
    *("ions", "ion", "ings", "ing", "ures", "ure", "ies", "ied", "ers", "er", "ors", "or", "ed", "es", "ly", "al"),
    *("ance", "ence", "ense", "s", "e", "y"),
)
_STEM = 4
"""A word keeps at least this many letters."""
_LONG = 8
"""Letters after which words of one family go different ways: ``authenticate``, ``authentication``."""

_SAME = (
    "customer buyer client tenant",
    "plant site facility factory",
    "solution product system platform",
    "staff personnel people employee technician crew team workforce",
    "expert specialist engineer",
    "operation production process",
    "internet online external outside remote",
    "connection link line connectivity network",
    "unavailable outage down offline lost loss defective faulty broken interrupted interruption disconnected"
    " disconnection fail failure failing",
    "work function run operate continue keep",
    "infrastructure cloud service services",
    "authentication login logon signin sign authenticate identity",
    "emergency breakglass glass urgent",
    "license licence licensing subscription",
    "expire lapse renewal",
    "price cost fee charge",
    "hardware equipment component",
    "third makes brand",
    "buy purchase procure acquire",
    "replace replacement swap",
    "configuration settings project",
    "derived computed calculated",
    "influence impact effect affect",
    "spare spares",
    "patch update fix upgrade",
    "format formats encoding",
    "protocol protocols",
    "document documentation manual handbook",
    "export extract retrieve retrieval",
    "migrate migration move switch transfer successor",
    "own ownership owner belong property",
    "store stored storage kept retain retention",
    "frequency often rate interval",
    "volume amount quantity",
    "approve authorise authorize approval",
    "change alter modify modification alteration",
    "contain containment",
    "detect detection notice discover learn",
    "monitor watch monitoring watching",
    "incident breach attack",
    "workaround shadow",
    "drill exercise rehearsal practise practice",
    "timing latency jitter determinism deterministic",
    "uptime availability",
    "commit commitment guarantee promise",
    "restore recover recovery restoration",
    "maintenance maintain upkeep servicing",
    "escalation escalate",
    "responsible responsibility duty duties accountable",
    "enforce enforcement",
    "standard standards",
    "interoperability interoperable interoperate",
    "restart reboot startup",
)


def folded(text: str) -> str:
    """The text in small letters with one spelling for each character and single spaces."""
    plain = unicodedata.normalize("NFKC", text).translate({0x2019: "'", 0x2018: "'", 0xAD: None})
    return " ".join(plain.casefold().split())


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[str, ...]:
    """The words in small letters, in their order."""
    return tuple(_WORD.findall(folded(text)))


def content_words(text: str) -> list[str]:
    """What the words of a text stand for, each once, in their order; those that any question has are left out."""
    return list(dict.fromkeys(concept(word) for word in words_of(text) if word not in STOP))


@lru_cache(maxsize=16384)
def concept(word: str) -> str:
    """The word that stands for this one: without its ending, and one for all with the same meaning."""
    found = stem(word)
    return _CONCEPTS.get(found, found)


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """The word without its ending, at most eight letters of it."""
    word = word.removesuffix("'s")
    if word.isdigit():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            word = word[: -len(ending)]
            break
    return word[:_LONG].rstrip("e")


_CONCEPTS = {stem(word): stem(group.split()[0]) for group in _SAME for word in group.split()[1:]}
