"""Content that evaluations were frozen with before signals could say more: it keeps its hash, and still finds."""

from __future__ import annotations

from typing import Any

from ii_vendor.detect import find
from ii_vendor.model.base import canonical_json
from ii_vendor.model.response import Answer, Cell
from ii_vendor.model.signal import SignalSet

LANGUAGE = (
    "negations",
    "negations_after",
    "not_negations",
    "conditions",
    "hedges",
    "roadmap",
    "exceptions",
    "not_exceptions",
    "time_limits",
    "not_ours",
    "past",
)
KEPT: dict[str, Any] = {
    "lexicon": {
        "concepts": {"OFFICE_HOURS": ["mon - fri", "weekdays"]},
        "language": {name: [] for name in LANGUAGE},
    },
    "signals": [
        {
            "id": "office-hours",
            "polarity": "red",
            "flags": {"Q4": "Q4-office-hours"},
            "questions": [],
            "columns": [],
            "reason": "Help is tied to office hours.",
            "ask": "",
            "fact": None,
            "patterns": ["{OFFICE_HOURS}"],
            "tests": {"hit": ["On weekdays."], "none": ["At any hour."]},
        }
    ],
}


def test_what_was_kept_is_written_again_to_the_letter() -> None:
    assert canonical_json(SignalSet.model_validate(KEPT)) == canonical_json(KEPT)


def test_a_dash_in_a_kept_phrase_is_passed_over() -> None:
    (finding,) = find(SignalSet.model_validate(KEPT), Answer(question="Q4", cells=(Cell(text="Help Mon-Fri only."),)))
    assert finding.quote == "Help Mon-Fri only."


def test_what_is_new_is_written_as_soon_as_it_says_something() -> None:
    signals = SignalSet.model_validate(KEPT)
    hint = signals.signals[0].model_copy(update={"hint": True})
    assert canonical_json(signals.model_copy(update={"signals": (hint,)})) != canonical_json(KEPT)


def test_weights_from_before_whole_answers_had_any_are_written_again_to_the_letter_and_still_find() -> None:
    cut = {"bias": 0.0, "red": 0.0, "good": 0.0, "least": 0.0}
    layer = {
        "made_from": "9 labelled answers",
        "red": {**cut, "bias": -1.0},
        "good": cut,
        "weights": {"beg": [9.0, -9.0]},
    }
    kept = {**KEPT, "resemblance": layer}
    signals = SignalSet.model_validate(kept)
    assert canonical_json(signals) == canonical_json(kept)
    (finding,) = find(signals, Answer(question="Q4", cells=(Cell(text="You may beg us."),)))
    assert finding.possible
