"""The linear layer at work: sentences that resemble known red flags, or known good answers.

It only ever says "read this". Nothing that it finds raises a red flag, and where a sentence resembles a red flag, no
good sign is shown in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from ii_vendor.detect.context import Context
from ii_vendor.detect.features import Seen
from ii_vendor.detect.layer import Layer, Likeness
from ii_vendor.detect.modifiers import UNUSUAL, qualified
from ii_vendor.detect.place import Place
from ii_vendor.model.response import Finding

POSSIBLE_RED, LIKELY_GOOD = "possible-red", "likely-good"
"""The ids under which the layer's findings stand where others have the id of their signal."""

_REASONS = {
    POSSIBLE_RED: "It resembles wording that was a red flag in other answers.",
    LIKELY_GOOD: "It resembles good answers.",
}
_DOUBTED_BELOW = 0.5
"""A good sign is doubted in a sentence that lies so far below what counts as like a good answer."""

_HINT_BELOW = 1.0
"""A hint is left out in sentences that lie so far below what counts as like a red flag."""

_BESIDE_SIGNALS, _BESIDE_OTHERS = 1.0, 1.5
"""So much more alike a sentence must be to be worth reading beside words that signals found, or a likelier one."""


def weigh(layer: Layer, place: Place, contexts: Sequence[Context], found: Sequence[Finding]) -> list[Finding]:
    """The findings in one cell with what the layer adds, takes away and doubts.

    Of the sentences without a red finding that are like red flags, those most alike become possible red ones. In a
    sentence that is like red flags no good sign is shown. One without any finding that is like good answers becomes a
    likely good one; a good sign in one that is quite unlike them is doubted. A hint, whose wording is often harmless,
    is left out where everything around it is unlike red flags.
    """
    seen = [Seen(context) for context in contexts]
    alike = layer.likenesses(place.question, seen)
    spans = [place.text.original_span(context.sentence.start, context.sentence.end) for context in contexts]
    found = [each for each in found if not _is_hint(each) or _closest(alike, spans, each) >= -_HINT_BELOW]
    own = [[each for each in found if each.start < span[1] and span[0] < each.end] for span in spans]
    possible = {
        at: alike[at].red
        for at, context in enumerate(contexts)
        if alike[at].red >= 0 and not context.sentence.asks and not any(each.polarity == "red" for each in own[at])
    }
    kept = [each for each in found if each.polarity != "good"]
    for at in _worth_reading(possible, beside=any(each.polarity == "red" and not each.possible for each in found)):
        words = layer.telling_words(place.question, seen[at])
        kept.append(_finding(POSSIBLE_RED, place, contexts[at], [seen[at].spans[word] for word in words]))
    for at, context in enumerate(contexts):
        silent = context.sentence.asks or at in possible or any(_is_told(each) for each in own[at])
        if alike[at].good >= 0 and not silent:
            kept.append(_finding(LIKELY_GOOD, place, context, []))
    return [*kept, *_good_left(found, spans, own, possible, alike)]


def _worth_reading(possible: Mapping[int, float], *, beside: bool) -> list[int]:
    """The likeliest sentence, and others that are as clearly alike; ``beside`` words of signals only clear ones."""
    ranked = sorted(possible, key=lambda at: (-possible[at], at))
    least = _BESIDE_SIGNALS if beside else 0.0
    return sorted(
        at
        for rank, at in enumerate(ranked)
        if possible[at] >= least and (rank == 0 or possible[at] >= least + _BESIDE_OTHERS)
    )


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
    possible: Collection[int],
    alike: Sequence[Likeness],
) -> Iterator[Finding]:
    for finding in found:
        if finding.polarity != "good":
            continue
        there = _touched(spans, finding)
        if any(at in possible or any(each.possible for each in own[at]) for at in there):
            continue
        if finding.modifiers or max(alike[at].good for at in there) >= -_DOUBTED_BELOW:
            yield finding
        else:
            yield finding.model_copy(update={"modifiers": (UNUSUAL,), "reason": qualified(finding.reason, (UNUSUAL,))})


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
