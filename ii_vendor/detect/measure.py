"""Measures findings against labelled answers: how often they are right, and what they miss."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from statistics import median
from time import process_time
from typing import NamedTuple

from ii_vendor.detect.engine import find, make_ready
from ii_vendor.model.labelled import LabelledAnswer
from ii_vendor.model.measurement import Figures, Found, Measurement, Share
from ii_vendor.model.response import Finding
from ii_vendor.model.signal import SignalSet

Progress = Callable[[int, int, str], None]
"""Called with how much is done, of how much, and what is being worked on."""


class Miss(NamedTuple):
    """One place where findings and labels part. ``quote`` is what was found, ``expected`` what was labelled."""

    id: str
    question: str
    what: str
    quote: str
    signal: str
    expected: tuple[str, ...]


class _Judged(NamedTuple):
    """One answer: what a person labelled, and what was found in it."""

    label: LabelledAnswer
    found: tuple[Finding, ...]
    seconds: float | None

    @property
    def signals(self) -> list[Finding]:
        return [each for each in self.reds if not each.possible]

    @property
    def reds(self) -> list[Finding]:
        return [each for each in self.found if each.polarity == "red"]

    @property
    def goods(self) -> list[Finding]:
        return [each for each in self.found if each.polarity == "good" and not each.modifiers]

    def overlaps(self, finding: Finding, spans: tuple[str, ...]) -> bool:
        return any(start < finding.end and finding.start < end for start, end in self.label.places(spans))


def find_timed(
    signals: SignalSet, labelled: Sequence[LabelledAnswer], progress: Progress | None = None
) -> tuple[list[tuple[Finding, ...]], list[float]]:
    """What ``signals`` find in each answer, and the seconds of processor time that each took."""
    make_ready(signals)
    found, seconds = list[tuple[Finding, ...]](), list[float]()
    for number, each in enumerate(labelled):
        answer = each.as_answer()
        start = process_time()
        found.append(find(signals, answer))
        seconds.append(process_time() - start)
        if progress and number % 50 == 0:
            progress(number, len(labelled), "answers")
    return found, seconds


def measure(
    labelled: Sequence[LabelledAnswer],
    found: Sequence[tuple[Finding, ...]],
    seconds: Sequence[float] = (),
) -> Measurement:
    """Compare what was ``found`` in each answer with its labels. ``seconds`` is what each took, where that was timed.

    An answer that nobody judged as a whole enters neither precision nor recall.
    """
    times: Sequence[float | None] = seconds or [None] * len(labelled)
    judged = [_Judged(*each) for each in zip(labelled, found, times, strict=True)]
    questions = sorted({each.label.question for each in judged})
    return Measurement(
        **dict(_figures(judged)),
        by_question={key: _figures([each for each in judged if each.label.question == key]) for key in questions},
    )


def misses(labelled: Sequence[LabelledAnswer], found: Sequence[tuple[Finding, ...]]) -> Iterator[Miss]:
    """Every answer where findings and labels part, and every red quote beside the labelled words."""
    for label, findings in zip(labelled, found, strict=True):
        yield from _misses_in(_Judged(label, findings, None))


def _misses_in(each: _Judged) -> Iterator[Miss]:
    label = each.label
    if label.red and not each.reds:
        what = "red shown as good" if each.goods else "red not found"
        shown = each.goods[:1]
        yield _miss(each, what, shown[0] if shown else None, label.red_spans)
    elif label.red and not each.signals:
        yield _miss(each, "red found as possible only", each.reds[0], label.red_spans)
    for finding in each.reds:
        what = "possible red" if finding.possible else "red"
        if label.red is False:
            yield _miss(each, f"{what}, and the answer is not red", finding, label.good_spans)
        elif label.red_spans and not each.overlaps(finding, label.red_spans):
            yield _miss(each, f"{what} beside the labelled words", finding, label.red_spans)
    if label.good and not each.goods:
        yield _miss(each, "good not found", None, label.good_spans)
    if label.good is False:
        for finding in each.goods:
            yield _miss(each, "good, and the answer is not", finding, label.red_spans)


def _miss(each: _Judged, what: str, finding: Finding | None, expected: tuple[str, ...]) -> Miss:
    quote, signal = (finding.quote, finding.signal) if finding else ("", "")
    return Miss(each.label.id, each.label.question, what, quote, signal, expected)


def _figures(judged: Sequence[_Judged]) -> Figures:
    by_red = [each for each in judged if each.label.red is not None]
    by_good = [each for each in judged if each.label.good is not None]
    red = [each for each in by_red if each.label.red]
    pointing = [
        [each.overlaps(finding, each.label.red_spans) for finding in each.reds]
        for each in red
        if each.label.red_spans and each.reds
    ]
    times = [1000 * each.seconds for each in judged if each.seconds is not None]
    return Figures(
        n=len(judged),
        signals=_found(by_red, lambda each: bool(each.signals), lambda each: bool(each.label.red)),
        with_possible=_found(by_red, lambda each: bool(each.reds), lambda each: bool(each.label.red)),
        good=_found(by_good, lambda each: bool(each.goods), lambda each: bool(each.label.good)),
        red_shown_as_good=_share([bool(each.goods) and not each.reds for each in red]),
        span_overlap=_share([any(quotes) for quotes in pointing]),
        quotes_on_span=_share([quote for quotes in pointing for quote in quotes]),
        coverage=_share([bool(each.found) for each in judged]),
        ms_per_answer=round(median(times), 3) if times else None,
    )


def _found(judged: Sequence[_Judged], is_found: Callable[[_Judged], bool], is_so: Callable[[_Judged], bool]) -> Found:
    return Found(
        precision=_share([is_so(each) for each in judged if is_found(each)]),
        recall=_share([is_found(each) for each in judged if is_so(each)]),
    )


def _share(held: Sequence[bool]) -> Share:
    return Share(hits=sum(held), of=len(held))
