"""What the words in a cell say: a role that a title names, a question, a short answer, a tick."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from ii_vendor.intake.understanding.vocabulary import (
    ID_WORDS,
    MARKS,
    NO_MARKS,
    OPTION_TITLES,
    PHRASES,
    SHORT_ANSWERS,
    STEMS,
    TIMES,
)

_NOT_A_WORD = re.compile(r"[^\w#]+|_+")
_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_CLEAR = 0.9
_ID_BY_WORD, _CLEARLY_BESIDE = 0.92, 0.8
"""``Question no.`` is an id; ``Attachment no.`` is evidence."""
_LONGEST_TITLE = 260
_LABEL = 0.8


_STEMS_BY_BEGINNING: Mapping[str, Sequence[tuple[str, str, float]]] = {
    beginning: tuple(
        (stem, role, weight) for role, stems in STEMS.items() for stem, weight in stems.items() if stem[:2] == beginning
    )
    for beginning in {stem[:2] for stems in STEMS.values() for stem in stems}
}
_NOT_THE_ANSWER = ("comment", "evidence", "guidance")
_TITLE_ROLES = ("id", "question", "answer", "comment", "evidence", "guidance", "section", "other")
_ASKS = re.compile(
    r"\s*(?:[\"'“¿(]*)(?:(?:(?:if|where|when)\b[^,]{3,80},\s*)?"
    r"(?:do|does|did|is|are|was|were|will|would|can|could|has|have|had|should|may|must|shall|what|which|who|whom|whose|"
    r"when|where|why|how|describe|provide|list|explain|state|specify|indicate|confirm|verify|ensure|identify|define|"
    r"detail|demonstrate|outline|give|name|select|include|attach|submit|use|make sure|please|in which|for how|to which|"
    r"at which|since when|by whom|under which|"
    r"wie|was|wer|wo|wann|warum|welche|welcher|welches|ist|sind|haben|hat|kann|können|werden|wird|gibt|bitte|beschreiben|"
    r"nennen|erläutern|quel|quelle|quels|quelles|comment|qui|où|quand|est-ce|avez|êtes|décri\w+|indique\w+|fourni\w+|"
    r"veuillez|qué|cuál|cuáles|cómo|quién|dónde|cuándo|describa|indique|proporcione|existe|tiene)\b)",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"\b(?:shall|must|should|will be able|has to|needs to|is required|are required|muss|müssen|soll|sollen|sollte|"
    r"doit|doivent|devra|devront|debe|deben|deberá|deve|devono|moet|moeten)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """The words without capitals, accents and punctuation, one space between them."""
    if text.isascii():
        return " ".join(_NOT_A_WORD.sub(" ", text.lower()).split())
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(_NOT_A_WORD.sub(" ", letters).split())


@lru_cache(maxsize=65_536)
def asks(text: str) -> bool:
    """Whether a text is worded like a question, an instruction to answer or a requirement."""
    line = text.strip()
    if len(line) < 8:
        return False
    if "?" in line:
        return True
    return len(line.split()) > 2 and (_ASKS.match(line) is not None or _MODAL.search(line) is not None)


@lru_cache(maxsize=8_192)
def title_roles(title: str) -> Mapping[str, float]:
    """How far a column title names each role, 0-1; only roles that it names at all."""
    if not title.strip() or len(title) > _LONGEST_TITLE:
        return {}
    found = _named(title)
    if found.get("other", 0) >= _CLEAR:
        return {"other": found["other"]}
    named_so = max((found.get(role, 0) for role in ("comment", "evidence")), default=0)
    if found.get("id") == _ID_BY_WORD and named_so >= _CLEARLY_BESIDE:
        del found["id"]
    if found.get("id", 0) >= _CLEAR:
        found = {role: strength if role == "id" else strength * 0.3 for role, strength in found.items()}
    said = max((found.get(role, 0) for role in _NOT_THE_ANSWER), default=0)
    if said >= 0.75 and max(found, key=lambda role: found[role]) != "answer":
        found |= {role: found[role] * 0.4 for role in ("answer", "question") if role in found}
    return found


def best_title_role(title: str) -> tuple[str, float]:
    """The role that a title names most, and how far; no role and 0 where it names none."""
    roles = title_roles(title)
    role = max(roles, key=lambda each: roles[each], default="")
    return role, roles.get(role, 0.0)


def _named(title: str) -> dict[str, float]:
    """How far each role is named by a whole phrase, or else by the words that a title is made of."""
    whole = folded(title)
    readings = {whole, folded(title.split("\n", 1)[0]), folded(_IN_BRACKETS.sub(" ", title))}
    words = whole.split()
    often = 1.0 if len(words) <= 6 else 0.8 if len(words) <= 12 else 0.5
    found: dict[str, float] = {}
    for word in words:
        for stem, role, weight in _STEMS_BY_BEGINNING.get(word[:2], ()):
            if word.startswith(stem):
                found[role] = max(found.get(role, 0.0), weight * often)
    if 0 < len(words) <= 4 and ID_WORDS.intersection(words):
        found["id"] = _ID_BY_WORD
    found |= {role: 1.0 for role, phrases in PHRASES.items() if not readings.isdisjoint(phrases)}
    return {role: found[role] for role in _TITLE_ROLES if role in found}


def is_label(text: str, role: str) -> bool:
    """Whether a text is a label that names a role and says nothing else: ``Guidance:``."""
    label = text.strip()
    if not label.endswith(":"):
        return False
    named, strength = best_title_role(label.rstrip(":"))
    return named == role and strength >= _LABEL


@lru_cache(maxsize=4096)
def is_short_answer(text: str) -> bool:
    """Whether a text is one of the usual short answers, alone or before its explanation: ``Yes``, ``1) Yes``."""
    words = folded(text)
    return words in SHORT_ANSWERS or (words.lstrip("0123456789 ") in SHORT_ANSWERS and bool(words))


def is_option_title(title: str) -> bool:
    """Whether a column title is itself an answer: ``Yes``, ``Partially compliant``."""
    return folded(title) in OPTION_TITLES or folded(_IN_BRACKETS.sub(" ", title)) in OPTION_TITLES


def is_mark(text: str) -> bool:
    """Whether a cell is ticked."""
    return text.strip() in MARKS


def is_no_mark(text: str) -> bool:
    """Whether a cell says in writing that it is not ticked."""
    return text.strip() in NO_MARKS


def is_ticked(text: str) -> bool:
    """Whether a cell under a title that is an answer says anything but no."""
    return bool(text.strip()) and not is_no_mark(text)


def speaks_of_times(title: str) -> bool:
    """Whether a title names a state in time (``Target``, ``Phase 2``) and not somebody."""
    return bool(TIMES.intersection(folded(title).split()))
