"""The linear layer at work: sentences that resemble known red flags, or known good answers.

It only ever says "read this". Nothing that it finds raises a red flag, and where a sentence is rather like a red flag,
or nothing red is pointed to in an answer that comes near to one, no good sign is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ii_vendor.detect.context import Context
from ii_vendor.detect.features import Seen
from ii_vendor.detect.layer import Layer, Likeness
from ii_vendor.detect.modifiers import BESIDE_RED, UNUSUAL, qualified
from ii_vendor.detect.place import Place
from ii_vendor.model.response import Finding

POSSIBLE_RED, LIKELY_GOOD = "possible-red", "likely-good"
"""The ids under which the layer's findings stand where others have the id of their signal."""

_REASONS = {
    POSSIBLE_RED: "It resembles wording that was a red flag in other answers.",
    LIKELY_GOOD: "It resembles good answers.",
}
_UNDOUBTED = -0.5
"""From here on a good sign is not doubted for the words around it."""

_BESIDE_RED = 1.2
"""Where something red is pointed to, a sentence must be so much like good answers to be likely good, and a good sign to
be undoubted: a weak one beside a red flag misleads."""

_HINT_BELOW = 1.0
"""A hint is left out in sentences that lie so far below what counts as like a red flag."""

_CLEAR = 1.0
"""So alike a sentence must be by itself to be worth reading beside words that signals found or a likelier sentence."""

_TOO_NEAR = 0.8
"""Where nothing red is pointed to, no good sign is shown either if the answer lies so near to what counts as red."""


def weigh(layer: Layer, place: Place, contexts: Sequence[Context], found: Sequence[Finding]) -> list[Finding]:
    """The findings in one cell with what the layer adds, takes away and doubts.

    1. A hint, whose wording is often harmless, is left out where everything around it is unlike red flags.
    2. Of the sentences without a red finding that are like red flags, the likeliest becomes a possible red one, and
       others that are so by themselves.
    3. Where still nothing red is pointed to, but the cell comes near to it, its good signs are left out.
    4. Good signs are left out of sentences that are like a red flag rather than like a good answer.
    5. Of the sentences without a finding that are like good answers, the likeliest becomes a likely good one, and
       others that are so by themselves.
    6. Good signs that are left are doubted where their sentence is unlike good answers, or not clearly like them in a
       cell with something red.
    """
    seen = [Seen(context) for context in contexts]
    alike = layer.likenesses(place.question, seen)
    spans = [place.text.original_span(context.sentence.start, context.sentence.end) for context in contexts]
    found = [each for each in found if not _is_hint(each) or _closest(alike, spans, each) >= -_HINT_BELOW]
    own = [[each for each in found if each.start < span[1] and span[0] < each.end] for span in spans]
    stated = [at for at, context in enumerate(contexts) if not context.sentence.asks]
    possible = [at for at in stated if alike[at].red >= 0 and not any(each.polarity == "red" for each in own[at])]
    marked = _worth_reading(alike, possible, beside=any(each.polarity == "red" and not each.possible for each in found))
    kept = [each for each in found if each.polarity != "good"]
    for at in marked:
        words = layer.telling_words(place.question, seen[at])
        kept.append(_finding(POSSIBLE_RED, place, contexts[at], [seen[at].spans[word] for word in words]))
    pointed = any(each.polarity == "red" for each in kept)
    if not pointed and any(alike[at].red >= -_TOO_NEAR for at in stated):
        return kept
    reddish = {at for at in possible if at in marked or alike[at].red_alone >= alike[at].good_alone}
    bare = [at for at in stated if at not in reddish and not any(_is_told(each) for each in own[at])]
    likely = _likely_good(alike, bare, stated, least=_BESIDE_RED if pointed else 0.0)
    kept += [_finding(LIKELY_GOOD, place, contexts[at], []) for at in likely]
    doubts = [_doubt(each.good, beside_red=pointed) for each in alike]
    return [*kept, *_good_left(found, spans, own, reddish, doubts)]


def _worth_reading(alike: Sequence[Likeness], possible: Sequence[int], *, beside: bool) -> list[int]:
    """The likeliest sentence, and others that are clearly alike; ``beside`` words of signals only clear ones."""
    likeliest = None if beside else max(possible, key=lambda at: alike[at].red, default=None)
    return [at for at in possible if at == likeliest or alike[at].red_alone >= _CLEAR]


def _likely_good(alike: Sequence[Likeness], bare: Sequence[int], stated: Sequence[int], least: float) -> list[int]:
    """Of the sentences without a finding those that are alike: the best of the answer, and what is so by itself."""
    best = max(stated, key=lambda at: alike[at].good, default=None)
    return [at for at in bare if alike[at].good >= least and (at == best or alike[at].good_alone >= 0)]


def _doubt(good: float, *, beside_red: bool) -> str:
    """What takes away from a good sign in a sentence that is so much like good answers; empty where nothing does."""
    if good < _UNDOUBTED:
        return UNUSUAL
    return BESIDE_RED if beside_red and good < _BESIDE_RED else ""


def _is_hint(finding: Finding) -> bool:
    return finding.polarity == "red" and finding.possible


def _closest(alike: Sequence[Likeness], spans: Sequence[tuple[int, int]], finding: Finding) -> float:
    """How much the likest sentence that a finding touches is like a red flag."""
    return max((alike[at].red for at in _touched(spans, finding)), default=0.0)


def _touched(spans: Sequence[tuple[int, int]], finding: Finding) -> list[int]:
    """The places of the sentences in which a finding stands."""
    return [at for at, (start, end) in enumerate(spans) if finding.start < end and start < finding.end]


def _is_told(finding: Finding) -> bool:
    """Whether something was found by a signal's words that says more than "read this"."""
    return finding.polarity != "evasion"


def _good_left(
    found: Sequence[Finding],
    spans: Sequence[tuple[int, int]],
    own: Sequence[Sequence[Finding]],
    reddish: Collection[int],
    doubts: Sequence[str],
) -> Iterator[Finding]:
    for finding in found:
        if finding.polarity != "good":
            continue
        there = _touched(spans, finding)
        if any(at in reddish or any(each.possible for each in own[at]) for at in there):
            continue
        doubt = [doubts[at] for at in there]
        if finding.modifiers or "" in doubt:
            yield finding
        else:
            taken = (doubt[0],)
            yield finding.model_copy(update={"modifiers": taken, "reason": qualified(finding.reason, taken)})


def _finding(signal: str, place: Place, context: Context, words: list[tuple[int, int]]) -> Finding:
    start, end, quote = place.quoted(context.sentence.start, context.sentence.end)
    return Finding(
        id=f"{place.question}:{signal}:{place.cell}:{start}",
        question=place.question,
        signal=signal,
        polarity="red" if signal == POSSIBLE_RED else "good",
        possible=True,
        words=place.spans(words),
        cell=place.cell,
        start=start,
        end=end,
        quote=quote,
        reason=_REASONS[signal],
    )
