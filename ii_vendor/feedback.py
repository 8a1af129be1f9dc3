"""What a panel decided on red flags, as labelled examples to train the signals on. Nothing is sent anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from ii_vendor.model.labelled import LabelledAnswer
from ii_vendor.model.panel import Evaluation, Flag, FlagState
from ii_vendor.rules.names import Masks

BY_SIGNALS = "signals"
"""Who raised a flag that no person did."""


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
    evaluation stands as the author; no name of a vendor or of a person is given. What the evaluation does not show to
    whoever asks is not in it.
    """
    said: dict[tuple[str, str], _Said] = {}
    for flag in evaluation.flags.values():
        if (red := _is_red(flag)) is None:
            continue
        for text, quote in _quoted(evaluation, flag):
            each = said.setdefault((flag.question, text), _Said())
            (each.red if red else each.clear).append(quote)
            each.why.append(flag.decisions[-1].reason if flag.decisions else _reason(flag, quote))
    masks, people = Masks(evaluation, with_ids=True), _people(evaluation)
    made = (_example(evaluation.id, question, text, each, masks, people) for (question, text), each in said.items())
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


def _people(evaluation: Evaluation) -> re.Pattern[str]:
    """Finds the names of everybody on the panel, whole or one part of them."""
    names = {part for seat in evaluation.evaluators for part in (seat.name, *seat.name.split()) if len(part) > 1}
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest_first)})\b" if names else "(?!)")


def _example(
    evaluation: str, question: str, text: str, said: _Said, masks: Masks, people: re.Pattern[str]
) -> LabelledAnswer:
    hidden = masks.hide(text)

    def shown(words: Iterable[str]) -> tuple[str, ...]:
        """The words as they stand in the answer without names; not those that cut a name in two."""
        spans = dict.fromkeys(masks.hide(each).strip() for each in words)
        return tuple(each for each in spans if each and each in hidden)

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
        why=people.sub("somebody", masks.hide(why)),
        author=evaluation,
    )
