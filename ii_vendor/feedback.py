"""What a panel decided on red flags, as labelled examples to train the signals on. Nothing is sent anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from unicodedata import normalize

from ii_vendor.model.labelled import LabelledAnswer
from ii_vendor.model.panel import Evaluation, Flag, FlagState
from ii_vendor.rules.names import COMMON, LEAST_LETTERS, Masks

BY_SIGNALS = "signals"
"""Who raised a flag that no person did."""

SOMEBODY = "somebody"
"""What stands for a person's name."""

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")

LEAST_DIGITS = 5
"""Of a number that may be a telephone's."""


@dataclass
class _Said:
    """One answer, and which of its words a person found red, or looked at and dismissed."""

    red: list[str] = field(default_factory=list)
    clear: list[str] = field(default_factory=list)
    why: list[str] = field(default_factory=list)


def examples(evaluation: Evaluation) -> list[LabelledAnswer]:
    """A labelled answer for each one that a person judged a red flag of, by its quoted words.

    Words of flags that were confirmed, accepted, or raised by a person and not dismissed are red; those of dismissed
    ones are clear. Nobody judged such an answer as a whole, so one without red words says neither red nor not. The
    author is a short hash of the evaluation's id. Vendors' names, their distinctive first words, and the names of the
    panel and of vendors' contacts are replaced in texts, spans and reasons; what else may tell who wrote, such as names
    of products, stays. What the evaluation does not show to whoever asks is not in it.
    """
    said: dict[tuple[str, str], _Said] = {}
    for flag in evaluation.flags.values():
        if (red := _is_red(flag)) is None:
            continue
        for text, quote in _quoted(evaluation, flag):
            each = said.setdefault((flag.question, text), _Said())
            (each.red if red else each.clear).append(quote)
            each.why.append(flag.decisions[-1].reason if flag.decisions else _reason(flag, quote))
    masks = Masks(evaluation, with_ids=True, with_first_words=True, others=dict.fromkeys(_people(evaluation), SOMEBODY))
    made = (_example(evaluation.id, question, text, each, masks) for (question, text), each in said.items())
    return [each for each in made if each.red_spans or each.clear_spans]


def decided_flags(evaluation: Evaluation) -> int:
    """How many red flags have been judged by a person, so far that something can be learnt from them."""
    return sum(_is_red(flag) is not None and any(_quoted(evaluation, flag)) for flag in evaluation.flags.values())


def examples_jsonl(evaluation: Evaluation) -> str:
    """The examples as 'ii-vendor signals train --add' reads them, one JSON object a line; empty where none are."""
    return "".join(f"{each.model_dump_json()}\n" for each in examples(evaluation))


def _is_red(flag: Flag) -> bool | None:
    """What a person made of the flag; None where nobody has."""
    if flag.state is FlagState.dismissed:
        return False
    return True if flag.state.counts or flag.raised_by != BY_SIGNALS else None


def _quoted(evaluation: Evaluation, flag: Flag) -> Iterator[tuple[str, str]]:
    """The flag's quotes, each with the answer that it stands in: of the version it was taken from, else of any."""
    versions = evaluation.responses.get(flag.vendor, ())
    for quote in flag.quotes:
        own = [each for each in versions if each.version == quote.response_version]
        texts = (each.response.answer(flag.question).text for each in (*own, *reversed(versions)))
        text = next((text for text in texts if quote.text and quote.text in text), "")
        if text:
            yield text, quote.text


def _reason(flag: Flag, words: str) -> str:
    return next((quote.reason for quote in flag.quotes if quote.text == words), "")


def _people(evaluation: Evaluation) -> set[str]:
    """Names of the panel, of owners of accepted risks and of vendors' contacts: whole, and each part of a name."""
    named = {seat.name for seat in evaluation.evaluators} | {seat.email for seat in evaluation.evaluators}
    named |= {decision.owner for flag in evaluation.flags.values() for decision in flag.decisions}
    for received in (each for versions in evaluation.responses.values() for each in versions):
        named |= set(_contact(received.response.contact))
    named |= {part for each in named for word in each.split() if _is_name(part := word.strip(".,;:"))}
    whole = {" ".join(each.split()) for each in named}
    return {normalize(form, each) for each in whole if len(each) > 1 for form in ("NFC", "NFD")}


def _contact(contact: str) -> Iterator[str]:
    """What a contact is made of: names, roles, addresses and numbers, in whatever order."""
    pieces = (contact, *re.split(r"[\s,;:|/<>()]*[\n,;:|/<>()][\s,;:|/<>()]*", contact), *EMAIL.findall(contact))
    for piece in pieces:
        # A year or an extension alone, or a word such as 'sales', stands in too many answers.
        if sum(map(str.isdigit, piece)) >= LEAST_DIGITS or (not piece.isdigit() and piece.casefold() not in COMMON):
            yield piece
    for address in EMAIL.findall(contact):
        local, _, domain = address.partition("@")
        yield domain
        parts = re.split(r"[._+-]", local)
        if len(parts) > 1:
            yield " ".join(parts)
            yield from (part for part in parts if len(part) > 2 and part.casefold() not in COMMON)


def _is_name(word: str) -> bool:
    """Whether a word may be one of a person's names: not a particle such as 'van', an abbreviation or a number."""
    return len(word) > 1 and word[0].isupper() and (any(map(str.islower, word)) or len(word) >= LEAST_LETTERS)


def _example(evaluation: str, question: str, text: str, said: _Said, masks: Masks) -> LabelledAnswer:
    hidden = masks.hide(text)

    def shown(words: Iterable[str]) -> tuple[str, ...]:
        """The words as they stand in the answer without names, with the whole of a name that they cut in two."""
        starts = ((text.index(each), len(each)) for each in words)
        places = (
            (masks.place_shown(text, start, end=False), masks.place_shown(text, start + length, end=True))
            for start, length in starts
        )
        return tuple(span for span in dict.fromkeys(hidden[start:end].strip() for start, end in places) if span)

    red = shown(said.red)
    # Words that are red for one flag are not clear because they are not for another.
    clear = tuple(each for each in shown(said.clear) if not any(each in other or other in each for other in red))
    name = sha256(f"{evaluation}\n{question}\n{hidden}".encode()).hexdigest()
    why = " ".join(dict.fromkeys(each for each in said.why if each))
    return LabelledAnswer(
        id=f"example-{name[:12]}",
        question=question,
        text=hidden,
        red=True if red else None,
        red_spans=red,
        clear_spans=clear,
        why=masks.hide(why),
        author=f"panel-{sha256(evaluation.encode()).hexdigest()[:8]}",
    )
