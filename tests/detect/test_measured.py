"""How often the signals are right on answers whose authors had never seen them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ii_vendor.detect import find
from ii_vendor.library import load_library
from ii_vendor.model.response import Answer, Cell

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT / "scoring" / "answers", ROOT.parent / "shared" / "answers")
UNSEEN = ("h", "i")


def unseen_answers() -> list[dict[str, Any]]:
    for folder in FOLDERS:
        files = [folder / f"{author}.jsonl" for author in UNSEEN]
        if all(file.exists() for file in files):
            return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    pytest.skip("the labelled answers of the authors h and i are not here")


def test_red_findings_are_right_at_least_85_times_in_100_and_reach_45_of_100_red_answers() -> None:
    signals = load_library().signals
    right = wrong = red = 0
    for labelled in unseen_answers():
        findings = find(signals, Answer(question=labelled["question"], cells=(Cell(text=labelled["text"]),)))
        found = any(finding.polarity == "red" for finding in findings)
        red += labelled["red"]
        right += found and labelled["red"]
        wrong += found and not labelled["red"]
    assert right / (right + wrong) >= 0.85
    assert right / red >= 0.45
