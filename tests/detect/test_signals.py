"""The shipped signals: each proves itself, and the set survives being frozen."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ii_vendor.detect import check, find
from ii_vendor.library import load_library
from ii_vendor.model.response import Answer, Cell
from ii_vendor.model.signal import Lexicon, Signal, SignalSet

SCORING = Path(__file__).resolve().parents[2] / "scoring"


def load_signals() -> SignalSet:
    return load_library().signals


def load_flags() -> dict[str, set[str]]:
    return {
        rubric["question"]: {flag["id"] for flag in rubric["red_flags"]}
        for path in sorted((SCORING / "rubrics").glob("*.yaml"))
        for rubric in yaml.safe_load(path.read_text("utf-8"))["rubrics"]
    }


@pytest.fixture(scope="module")
def signals() -> SignalSet:
    return load_signals()


def test_every_shipped_signal_passes_its_own_sentences_and_points_to_known_red_flags(signals: SignalSet) -> None:
    assert check(signals, load_flags()) == []


def test_a_frozen_set_reads_back_the_same_and_finds_the_same(signals: SignalSet) -> None:
    thawed = SignalSet.model_validate_json(signals.model_dump_json())
    answer = Answer(question="Q1", cells=(Cell(text="If our cloud is unreachable, the line stops."),))
    assert thawed == signals
    assert thawed.digest == signals.digest
    assert find(thawed, answer) == find(signals, answer) != ()


EXEMPLARS = {
    "Q1": (
        "Our cloud platform provides real-time analytics that optimize operations.",
        "Operations functions independently. Our cloud platform consumes copies of operational data for analytics "
        "when available. Operations continues uninterrupted if our infrastructure fails.",
    ),
    "Q2": (
        "Our agent runs on every endpoint providing continuous verification.",
        "Policy enforcement happens at network chokepoints. We provide visibility through passive monitoring. "
        "No agents on OT devices.",
    ),
    "Q3": (
        "Our proprietary protocol provides better security than open standards.",
        "We implement IEC 62443 zones and conduits. We support standard industrial protocols. "
        "Our platform integrates with your existing architecture.",
    ),
    "Q4": (
        "All access requires MFA and device posture check, no exceptions.",
        "MFA at DMZ entry. Break-glass procedures with manager callback and logging. Works at 3 AM. "
        "Session recording for audit.",
    ),
    "Q5": (
        "Access is denied until authentication succeeds.",
        "We don't require authentication at device level. Network access control at zone boundaries. "
        "If authentication infrastructure fails, local operations continues.",
    ),
    "Q6": (
        "Our platform aggregates data from all customers for enhanced threat intelligence.",
        "You own your data. It stays in your infrastructure. You define what we can access via formal DEA.",
    ),
}


@pytest.mark.parametrize("question", sorted(EXEMPLARS))
def test_the_method_s_own_examples_are_told_apart(signals: SignalSet, question: str) -> None:
    def polarities(text: str) -> set[str]:
        return {finding.polarity for finding in find(signals, Answer(question=question, cells=(Cell(text=text),)))}

    poor, good = EXEMPLARS[question]
    assert "red" in polarities(poor)
    assert polarities(good) == {"good"}


def test_a_vendor_is_a_red_flag_as_accountable_and_not_as_informed(signals: SignalSet) -> None:
    cells = tuple(Cell(text="Vendor", column=column) for column in ("Accountable", "Consulted", "Informed"))
    (finding,) = find(signals, Answer(question="RACI-3", cells=cells))
    assert (finding.cell, finding.flag) == (0, "RACI-3-vendor-change-authority")


def test_check_names_the_signal_the_sentence_and_the_unknown_flag(signals: SignalSet) -> None:
    signal = next(each for each in signals.signals if each.id == "agent-on-device")
    tests = signal.tests.model_copy(update={"hit": ("Nothing here.",), "none": ("Agents run on every HMI.",)})
    broken = signal.model_copy(update={"tests": tests, "flags": {"Q2": "Q2-nonsense"}})
    messages = check(SignalSet(lexicon=signals.lexicon, signals=(broken,)), {"Q2": {"Q2-known"}})
    assert messages == [
        "signal agent-on-device: Q2 has no red flag Q2-nonsense. Use one of: Q2-known",
        "signal agent-on-device: should be found in 'Nothing here.', and is not",
        "signal agent-on-device: should not be found in 'Agents run on every HMI.', and is",
    ]


@pytest.mark.parametrize(
    ("concepts", "message"),
    [({"AB": ("{AB} x",)}, "uses itself"), ({"AB": ("{CD}",)}, "does not have")],
)
def test_a_lexicon_that_refers_to_itself_or_to_nothing_is_refused(
    concepts: dict[str, tuple[str, ...]], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Lexicon(concepts=concepts)


def test_a_phrase_that_begins_with_a_gap_is_reported_with_the_phrase() -> None:
    signal = Signal.model_validate(
        {
            "id": "gap",
            "polarity": "good",
            "questions": ["Q1"],
            "reason": "r",
            "patterns": [".. stops"],
            "tests": {"hit": ["a"], "none": ["b"]},
        }
    )
    (message,) = check(SignalSet(signals=(signal,)), {"Q1": set()})
    assert "'.. stops'" in message
