"""The signals' own proof: every test sentence of every signal, and every red flag it points to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ii_vendor.detect.engine import Detector
from ii_vendor.detect.phrases import PhraseError
from ii_vendor.model.response import Answer, Cell
from ii_vendor.model.signal import Signal, SignalSet


def check(signals: SignalSet, flags: Mapping[str, Collection[str]]) -> list[str]:
    """Messages for whatever does not hold; empty when all is well.

    ``flags`` gives the ids of the rubric's red flags for each question.
    """
    try:
        # The layer judges whole sentences by other things than the signal: it is proved elsewhere.
        detector = Detector(signals.model_copy(update={"resemblance": None}))
        detector.compile()
    except PhraseError as error:
        return [str(error)]
    return [
        message
        for signal in signals.signals
        for message in (*_unknown_targets(signal, flags), *_broken_sentences(signal, detector))
    ]


def _unknown_targets(signal: Signal, flags: Mapping[str, Collection[str]]) -> Iterator[str]:
    for question in signal.applies_to:
        if question not in flags:
            yield f"signal {signal.id}: there is no question {question}"
    for question, flag in signal.flags.items():
        if question in flags and flag not in flags[question]:
            known = ", ".join(sorted(flags[question]))
            yield f"signal {signal.id}: {question} has no red flag {flag}. Use one of: {known}"


def _broken_sentences(signal: Signal, detector: Detector) -> Iterator[str]:
    for sentence in signal.tests.hit:
        if not _hits(signal, sentence, detector):
            yield f"signal {signal.id}: should be found in '{sentence}', and is not"
    for sentence in (*signal.tests.twin, *signal.tests.none):
        if _hits(signal, sentence, detector):
            yield f"signal {signal.id}: should not be found in '{sentence}', and is"


def _hits(signal: Signal, sentence: str, detector: Detector) -> bool:
    question = signal.applies_to[0] if signal.applies_to else "Q1"
    answer = Answer(question=question, cells=(Cell(text=sentence),))
    return any(finding.signal == signal.id and finding.polarity == signal.polarity for finding in detector.find(answer))
