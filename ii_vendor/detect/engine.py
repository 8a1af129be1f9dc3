"""The engine: finds signals in an answer and weighs what the sentence around them does to their meaning."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product, zip_longest

from ii_vendor.detect.clauses import Span, sentences
from ii_vendor.detect.context import Context, overlap
from ii_vendor.detect.language import language_note
from ii_vendor.detect.layer import Layer
from ii_vendor.detect.matcher import Hit, Matcher
from ii_vendor.detect.modifiers import NOT_TODAY, TIME_LIMITED, modifiers_of, qualified
from ii_vendor.detect.place import Place
from ii_vendor.detect.resemblance import weigh
from ii_vendor.detect.text import Text, read
from ii_vendor.detect.words import words_of
from ii_vendor.model.response import Answer, Finding
from ii_vendor.model.signal import Lexicon, Signal, SignalSet, concepts_in

_MOST_HITS_A_PART = 6


@dataclass(frozen=True)
class _Pattern:
    """Owners of phrases that must all be found in a sentence, and of those that must not.

    ``clauses`` holds the places in ``needed`` of those that must stand in one clause, group by group.
    """

    needed: tuple[str, ...]
    forbidden: tuple[str, ...]
    clauses: tuple[tuple[int, ...], ...]


class Detector:
    """A signal set, compiled once. Raises PhraseError.

    Each question is compiled apart, when it is first met: its answers are read much faster than by all signals.
    """

    def __init__(self, signals: SignalSet) -> None:
        self._lexicon = signals.lexicon
        self._layer = Layer(signals.resemblance) if signals.resemblance else None
        self._patterns = {signal.id: [_pattern(pattern) for pattern in signal.patterns] for signal in signals.signals}
        self._evasions = [signal for signal in signals.signals if signal.polarity == "evasion"]
        self._by_question: dict[str, list[Signal]] = {}
        for signal in signals.signals:
            for question in signal.applies_to:
                self._by_question.setdefault(question, []).append(signal)
        self._matchers: dict[str, Matcher] = {}
        self._by_owner: dict[str, dict[str, list[tuple[Signal, _Pattern]]]] = {}

    def compile(self) -> None:
        """Compile the signals of every question now, and not when each is first met. Raises PhraseError."""
        if self._matchers.keys() >= self._by_question.keys():
            return
        for question in ("", *self._by_question):
            self._matcher(question)
        # The rules stay: to walk over them in every collection of garbage takes a third of the time of a long answer.
        gc.freeze()

    def find(self, answer: Answer) -> tuple[Finding, ...]:
        """Findings in reading order. An evasion is only named where nothing else was found."""
        found = [finding for place in self._places(answer) for finding in self._find_in(place)]
        found += self._left_open(answer)
        told = [finding for finding in found if finding.polarity != "evasion"]
        return tuple(told or found)

    def contexts(self, question: str, text: Text) -> list[Context]:
        """Every sentence of ``text``, an answer to ``question``, with what the lexicon knows of it."""
        parts = list(sentences(text.plain, text.lower))
        words = words_of(text.lower, [(part.start, part.end) for part in parts])
        hits = self._matcher(question).hits(words)
        spoken = [
            list(zip(words.words[i:k], words.starts[i:k], words.ends[i:k], strict=True))
            for i, k in pairwise(words.bounds)
        ]
        return [Context(text.lower, *each) for each in zip(parts, spoken, hits, strict=True)]

    def _key(self, question: str) -> str:
        """All questions without signals of their own are alike."""
        return question if question in self._by_question else ""

    def _signals(self, question: str) -> list[Signal]:
        return [*self._by_question.get(question, ()), *self._evasions]

    def _matcher(self, question: str) -> Matcher:
        """Of the lexicon only what the signals of one question use: all of it would take many times as long."""
        key = self._key(question)
        if key not in self._matchers:
            patterns = [pattern for signal in self._signals(key) for pattern in self._patterns[signal.id]]
            self._matchers[key] = Matcher(_phrases(self._lexicon, patterns))
        return self._matchers[key]

    def _left_open(self, answer: Answer) -> Iterator[Finding]:
        """Cells of a table without a letter or figure: rows without any are not part of an answer."""
        for index, cell in enumerate(answer.cells):
            label = " / ".join(part for part in (cell.row, cell.column) if part)
            if any(character.isalnum() for character in cell.text) or not label:
                continue
            for signal in self._by_question.get(answer.question, ()):
                if signal.left_open and signal.reads_column(cell.column):
                    yield Finding(
                        id=f"{answer.question}:{signal.id}:{index}:0",
                        question=answer.question,
                        signal=signal.id,
                        polarity="red",
                        possible=signal.hint,
                        flag=signal.flags.get(answer.question),
                        cell=index,
                        start=0,
                        end=len(cell.text),
                        quote=cell.text,
                        reason=f"{signal.reason} The cell “{label}” is left empty.",
                        ask=signal.ask,
                    )

    def _places(self, answer: Answer) -> Iterator[Place]:
        for index, cell in enumerate(answer.cells):
            if cell.text.strip() and language_note(cell.text) is None:
                yield Place(answer.question, index, cell.column, read(cell.text))

    def _find_in(self, place: Place) -> list[Finding]:
        contexts = self.contexts(place.question, place.text)
        stated = [
            (signal, span, modifiers_of(signal, context, following))
            for context, following in zip_longest(contexts, contexts[1:])
            for signal, span in self._spans(place, context)
        ]
        kept = [self._finding(*each, place) for each in _widest(stated)]
        if self._layer is not None:
            kept = weigh(self._layer, place, contexts, kept)
        return sorted(kept, key=lambda each: (each.start, each.end, each.signal))

    def _spans(self, place: Place, context: Context) -> Iterator[tuple[Signal, Span]]:
        if context.sentence.asks:
            return
        by_owner = self._index(place.question)
        for owner in context.hits:
            for signal, pattern in by_owner.get(owner, ()):
                if signal.reads_column(place.column) and context.may_state(pattern.needed, pattern.forbidden):
                    for start, end in _stated(pattern, context):
                        yield signal, context.sentence.around(start, end)

    def _index(self, question: str) -> Mapping[str, Sequence[tuple[Signal, _Pattern]]]:
        """The patterns of one question by what they need first, so that only those are looked at that can be found."""
        key = self._key(question)
        if key not in self._by_owner:
            index = self._by_owner[key] = {}
            for signal in self._signals(key):
                for pattern in self._patterns[signal.id]:
                    index.setdefault(pattern.needed[0], []).append((signal, pattern))
        return self._by_owner[key]

    def _finding(self, signal: Signal, span: Span, modifiers: tuple[str, ...], place: Place) -> Finding:
        red = signal.polarity == "red" or bool({NOT_TODAY, TIME_LIMITED} & set(modifiers))
        start, end, quote = place.quoted(*span)
        return Finding(
            id=f"{place.question}:{signal.id}:{place.cell}:{start}",
            question=place.question,
            signal=signal.id,
            polarity="red" if red else signal.polarity,
            possible=signal.hint,
            flag=signal.flags.get(place.question) if red else None,
            cell=place.cell,
            start=start,
            end=end,
            quote=quote,
            reason=qualified(signal.reason, modifiers),
            ask=signal.ask,
            modifiers=modifiers,
        )


def _pattern(pattern: str) -> _Pattern:
    needed, forbidden, clauses = list[str](), list[str](), list[tuple[int, ...]]()
    for part in (each.strip() for each in pattern.split(" & ")):
        if part.startswith("!"):
            forbidden.append(_owner(part[1:].strip()))
            continue
        own = [_owner(each.strip()) for each in part.split(" + ")]
        if len(own) > 1:
            clauses.append(tuple(range(len(needed), len(needed) + len(own))))
        needed += own
    return _Pattern(tuple(needed), tuple(forbidden), tuple(clauses))


def _owner(phrase: str) -> str:
    """A part that is nothing but a concept is that concept; any other has hits of its own."""
    alone = phrase.startswith("{") and phrase.find("}") == len(phrase) - 1
    return phrase[1:-1] if alone else f"'{phrase}'"


def _phrases(lexicon: Lexicon, patterns: Iterable[_Pattern]) -> dict[str, Sequence[str]]:
    """Every phrase that the patterns need by its owner: a list of the language, a concept, a part of a pattern."""
    phrases: dict[str, Sequence[str]] = dict(lexicon.language)
    wanted = [name for own in phrases.values() for phrase in own for name in concepts_in(phrase)]
    for part in (part for pattern in patterns for part in (*pattern.needed, *pattern.forbidden)):
        if part.startswith("'"):
            phrases[part] = (part[1:-1],)
            wanted += concepts_in(part)
        else:
            wanted.append(part)
    while wanted:
        name = wanted.pop()
        if name not in phrases:
            phrases[name] = lexicon.concepts[name]
            wanted += (used for phrase in lexicon.concepts[name] for used in concepts_in(phrase))
    return phrases


_Stated = tuple[Signal, Span, tuple[str, ...]]


def _widest(stated: Iterable[_Stated]) -> Iterator[_Stated]:
    """What does not lie inside another stretch of the same signal."""
    reach: dict[str, int] = {}
    for each in sorted(stated, key=lambda each: (each[1][0], -each[1][1])):
        signal, (_, end), _ = each
        if end > reach.get(signal.id, 0):
            reach[signal.id] = end
            yield each


def _stated(pattern: _Pattern, context: Context) -> Iterator[Span]:
    """The span of each way in which the sentence states all that a pattern needs."""
    parts = list[list[Hit]]()
    for owner in pattern.needed:
        spoken = [hit for hit in context.hits.get(owner, ()) if not context.silenced(hit)]
        if not spoken:
            return
        parts.append(spoken[:_MOST_HITS_A_PART])
    for combination in product(*parts):
        if not all(context.in_one_clause([combination[place] for place in group]) for group in pattern.clauses):
            continue
        words = [hit[:2] for hit in combination]
        start, end = min(words)[0], max(span[1] for span in words)
        stated = not overlap(combination) and all(context.states(hit, words) for hit in combination)
        if stated and not context.in_condition(start, end):
            yield start, end


@lru_cache(maxsize=8)
def detector_for(signals: SignalSet) -> Detector:
    """The compiled form of ``signals``, kept for the sets used last."""
    return Detector(signals)


def make_ready(signals: SignalSet) -> None:
    """Compile what ``find`` needs: that takes seconds where it was never done, so not while others wait."""
    detector_for(signals).compile()


def find(signals: SignalSet, answer: Answer) -> tuple[Finding, ...]:
    """What ``signals`` see in ``answer``, in reading order: suggestions, never decisions.

    Nothing is found in cells that are not written in English (see ``language_note``).
    """
    return detector_for(signals).find(answer)
