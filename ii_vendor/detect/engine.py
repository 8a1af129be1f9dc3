"""The engine: finds signals in an answer and weighs what the sentence around them does to their meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise, product, zip_longest

from ii_vendor.detect.clauses import Sentence, Span, condition_end, sentences
from ii_vendor.detect.language import language_note
from ii_vendor.detect.phrases import compile_phrases
from ii_vendor.detect.text import Text, read
from ii_vendor.model.response import Answer, Finding
from ii_vendor.model.signal import Lexicon, Signal, SignalSet

NOT_TODAY = "not available today"
TIME_LIMITED = "for a limited time only"
HEDGED = "weak: hedged"
MIXED = "mixed: with an exception"
QUALIFIERS = {
    NOT_TODAY: "Promised, but not available today",
    TIME_LIMITED: "For a limited time only",
    HEDGED: "In hedged words",
    MIXED: "With an exception",
}
"""How a modifier is put before a reason."""

_MOST_HITS_A_PART = 6
_NEGATION_REACH_AFTER = 40


@dataclass(frozen=True)
class _Pattern:
    """A compiled pattern: expressions that must all hit, and those that must not."""

    needed: tuple[re.Pattern[str], ...]
    forbidden: tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class _Place:
    """A cell of an answer to one question, and the signals to look for in it."""

    question: str
    cell: int
    text: Text
    signals: tuple[Signal, ...]


class _Language:
    """The lists of phrases that turn a statement around, compiled."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.language
        self.negations = compile_phrases(words.negations, lexicon)
        self.negations_after = compile_phrases(words.negations_after, lexicon)
        self.not_negations = compile_phrases(words.not_negations, lexicon)
        self.conditions = compile_phrases(words.conditions, lexicon)
        self.hedges = compile_phrases(words.hedges, lexicon)
        self.roadmap = compile_phrases(words.roadmap, lexicon)
        self.exceptions = compile_phrases(words.exceptions, lexicon)
        self.not_exceptions = compile_phrases(words.not_exceptions, lexicon)
        self.time_limits = compile_phrases(words.time_limits, lexicon)
        self.not_ours = compile_phrases(words.not_ours, lexicon)
        self.past = compile_phrases(words.past, lexicon)


class _Context:
    """One sentence and what is said about the words in it."""

    def __init__(self, text: str, sentence: Sentence, language: _Language) -> None:
        self.text, self.sentence = text, sentence
        self.negated_at = _effective(language.negations, language.not_negations, text, sentence)
        self.after = language.negations_after
        self.conditions = [
            (match.start(), condition_end(text, match.start(), sentence.clause_of(match.start())))
            for match in language.conditions.finditer(text, sentence.start, sentence.end)
        ]
        self.silent = [
            sentence.clause_of(match.start())
            for expression in (language.not_ours, language.past)
            for match in expression.finditer(text, sentence.start, sentence.end)
        ]

    def has(self, expression: re.Pattern[str]) -> bool:
        """Whether the sentence holds a match of ``expression``."""
        return expression.search(self.text, self.sentence.start, self.sentence.end) is not None

    def silenced(self, match: re.Match[str]) -> bool:
        """Whether the words are about the past, or about somebody else's product."""
        return any(start <= match.start() < end for start, end in self.silent)

    def states(self, match: re.Match[str], words: Sequence[Span]) -> bool:
        """Whether the matched words are stated and not negated; a negation inside ``words`` is part of them."""
        gaps = [span for span in match.regs[1:] if span[0] >= 0]
        return not self._negated_before(match, words, gaps) and not self._negated_after(match, words)

    def in_condition(self, start: int, end: int) -> bool:
        """Whether the words lie wholly inside a condition."""
        return any(begin <= start and end <= stop for begin, stop in self.conditions)

    def _negated_before(self, match: re.Match[str], words: Sequence[Span], gaps: Sequence[Span]) -> bool:
        begin = self._negation_begins(match.start())
        return any(
            _inside(at, gaps) or (begin <= at < match.start() and not _inside(at, words)) for at in self.negated_at
        )

    def _negation_begins(self, position: int) -> int:
        """From where a negation reaches ``position``: a condition's own negation ends with the condition."""
        begin = self.sentence.clause_of(position)[0]
        for start, end in self.conditions:
            if start <= position:
                begin = max(begin, end if end <= position else start)
        return begin

    def _negated_after(self, match: re.Match[str], words: Sequence[Span]) -> bool:
        stop = min(self.sentence.end, match.end() + _NEGATION_REACH_AFTER)
        found = self.after.finditer(self.text, match.end(), stop)
        return any(not any(_overlap((after.span(), span)) for span in words) for after in found)


def _inside(position: int, spans: Sequence[Span]) -> bool:
    return any(start <= position < end for start, end in spans)


def _effective(words: re.Pattern[str], not_words: re.Pattern[str], text: str, sentence: Sentence) -> list[int]:
    """Where ``words`` stand in the sentence, leaving out those that belong to ``not_words``."""
    false = [match.span() for match in not_words.finditer(text, sentence.start, sentence.end)]
    found = (match.start() for match in words.finditer(text, sentence.start, sentence.end))
    return [at for at in found if not _inside(at, false)]


class Detector:
    """A signal set, compiled once."""

    def __init__(self, signals: SignalSet) -> None:
        self.language = _Language(signals.lexicon)
        self._expressions: dict[str, re.Pattern[str]] = {}
        self._patterns = {
            signal.id: [self._compile(pattern, signals.lexicon) for pattern in signal.patterns]
            for signal in signals.signals
        }
        self._by_question: dict[str, list[Signal]] = {}
        for signal in signals.signals:
            for question in signal.applies_to:
                self._by_question.setdefault(question, []).append(signal)

    def _compile(self, pattern: str, lexicon: Lexicon) -> _Pattern:
        needed, forbidden = list[re.Pattern[str]](), list[re.Pattern[str]]()
        for phrase in (each.strip() for each in pattern.split(" & ")):
            bare = phrase.removeprefix("!").strip()
            if bare not in self._expressions:
                self._expressions[bare] = compile_phrases([bare], lexicon)
            (forbidden if phrase.startswith("!") else needed).append(self._expressions[bare])
        return _Pattern(tuple(needed), tuple(forbidden))

    def find(self, answer: Answer) -> tuple[Finding, ...]:
        """Findings in reading order."""
        return tuple(finding for place in self._places(answer) for finding in self._find_in(place))

    def _places(self, answer: Answer) -> Iterator[_Place]:
        signals = self._by_question.get(answer.question, [])
        for index, cell in enumerate(answer.cells):
            wanted = tuple(signal for signal in signals if signal.reads_column(cell.column))
            if wanted and cell.text.strip() and language_note(cell.text) is None:
                yield _Place(answer.question, index, read(cell.text), wanted)

    def _find_in(self, place: _Place) -> list[Finding]:
        contexts = [_Context(place.text.lower, each, self.language) for each in sentences(place.text.plain)]
        found = [
            self._finding(signal, place, span, self._modifiers(signal, context, following))
            for context, following in zip_longest(contexts, contexts[1:])
            for signal in place.signals
            for span in self._spans(signal, context)
        ]
        return sorted(_widest(found), key=lambda each: (each.start, each.end, each.signal))

    def _spans(self, signal: Signal, context: _Context) -> Iterator[Span]:
        if context.sentence.asks:
            return
        for pattern in self._patterns[signal.id]:
            if not any(context.has(expression) for expression in pattern.forbidden):
                for start, end in _hits(pattern, context):
                    yield context.sentence.around(start, end)

    def _finding(self, signal: Signal, place: _Place, span: Span, modifiers: tuple[str, ...]) -> Finding:
        red = signal.polarity == "red" or bool({NOT_TODAY, TIME_LIMITED} & set(modifiers))
        start, end = place.text.original_span(*_trimmed(place.text.plain, *span))
        return Finding(
            id=f"{place.question}:{signal.id}:{place.cell}:{start}",
            question=place.question,
            signal=signal.id,
            polarity="red" if red else "good",
            flag=signal.flags.get(place.question) if red else None,
            cell=place.cell,
            start=start,
            end=end,
            quote=place.text.original[start:end],
            reason=_qualified(signal.reason, modifiers),
            ask=signal.ask,
            modifiers=modifiers,
        )

    def _modifiers(self, signal: Signal, context: _Context, following: _Context | None) -> tuple[str, ...]:
        """What the sentence, or an exception right after it, takes away from a good statement."""
        if signal.polarity == "red":
            return ()
        words = self.language
        stated = ((NOT_TODAY, words.roadmap), (TIME_LIMITED, words.time_limits), (HEDGED, words.hedges))
        found = [modifier for modifier, expression in stated if context.has(expression)]
        if self._excepted(context) or (following is not None and self._excepted(following, opening=True)):
            found.append(MIXED)
        return tuple(found)

    def _excepted(self, context: _Context, opening: bool = False) -> bool:
        sentence = context.sentence
        found = _effective(self.language.exceptions, self.language.not_exceptions, context.text, sentence)
        return any(not opening or at - sentence.start < 12 for at in found)


def _qualified(reason: str, modifiers: Sequence[str]) -> str:
    """The reason, led by what takes away from it: a promise for later must not read as if it were kept."""
    led = "; ".join(QUALIFIERS[modifier] for modifier in modifiers)
    return f"{led}: {reason}" if led else reason


def _widest(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings whose quote does not lie inside another quote of the same signal."""
    reach: dict[str, int] = {}
    for finding in sorted(findings, key=lambda each: (each.start, -each.end)):
        if finding.end > reach.get(finding.signal, 0):
            reach[finding.signal] = finding.end
            yield finding


def _hits(pattern: _Pattern, context: _Context) -> Iterator[Span]:
    """The span of each way in which the sentence states all that ``pattern`` needs."""
    parts = list[list[re.Match[str]]]()
    for expression in pattern.needed:
        matches = expression.finditer(context.text, context.sentence.start, context.sentence.end)
        spoken = (match for match in matches if not context.silenced(match))
        parts.append(list(islice(spoken, _MOST_HITS_A_PART)))
        if not parts[-1]:
            return
    for combination in product(*parts):
        words = [match.span() for match in combination]
        start, end = min(words)[0], max(span[1] for span in words)
        stated = not _overlap(words) and all(context.states(match, words) for match in combination)
        if stated and not context.in_condition(start, end):
            yield start, end


def _overlap(spans: Sequence[Span]) -> bool:
    """Whether the spans share any character."""
    ordered = sorted(spans)
    return any(left[1] > right[0] for left, right in pairwise(ordered))


def _trimmed(plain: str, start: int, end: int) -> Span:
    """The span without white space and separators at its ends."""
    words = plain[start:end]
    start += len(words) - len(words.lstrip(" \n\t,;:-([*•"))
    end -= len(words) - len(words.rstrip(" \n\t,;:-(["))
    return start, end


@lru_cache(maxsize=8)
def detector_for(signals: SignalSet) -> Detector:
    """The compiled form of ``signals``, kept for the sets used last."""
    return Detector(signals)


def find(signals: SignalSet, answer: Answer) -> tuple[Finding, ...]:
    """What ``signals`` see in ``answer``, in reading order: suggestions, never decisions.

    Nothing is found in cells that are not written in English (see ``language_note``).
    """
    return detector_for(signals).find(answer)
