"""What somebody types as a level or as an evidence grade: understood where it can only mean one thing."""

from __future__ import annotations

import pytest

from ii_vendor.intake.levels import grade_read, level_read
from ii_vendor.model.rubric import EvidenceGrade


@pytest.mark.parametrize("text", ["3", " 3 ", "3.0", "3,00", "03"])
def test_a_number_is_its_level(text):
    assert level_read(text) == ("3", "plain")


@pytest.mark.parametrize("text", ["n/a", "N/A", "na", "N.A.", "not applicable"])
def test_not_applicable_has_many_spellings(text):
    assert level_read(text) == ("n/a", "plain")


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("3 - good", "3"),
        ("3 – good, mostly", "3"),
        ("3: good", "3"),
        ("3 (good)", "3"),
        ("3) good", "3"),
        ("Level 3", "3"),
        ("level 3 = good", "3"),
        ("0 stops", "0"),
        ("n/a - no cloud", "n/a"),
    ],
)
def test_a_level_with_words_is_taken_and_told(text, level):
    assert level_read(text) == (level, "taken")


@pytest.mark.parametrize(
    "text",
    [
        "5",
        "-1",
        "3.5",
        "3-4",
        "3 or 4",
        "3 or four",
        "0 - n/a",
        "3/4",
        "34",
        "good",
        "x",
        "?",
        "yes",
        "300%",
        "2026-04-03",
        "3x",
        "٣",
    ],
)
def test_what_could_mean_something_else_is_no_level(text):
    assert level_read(text) == ("", "unclear")


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_nothing_is_no_level_and_not_unclear(text):
    assert level_read(text) == ("", "plain")


@pytest.mark.parametrize(
    ("text", "grade", "how"),
    [
        ("document", "document", "plain"),
        ("Document", "document", "plain"),
        ("documents", "document", "taken"),
        ("2 - contract", "contract", "taken"),
        ("a trial in our plant", "trial", "taken"),
    ],
)
def test_a_grade_is_known_by_its_word(text, grade, how):
    assert grade_read(text) == (EvidenceGrade(grade), how)


@pytest.mark.parametrize("text", ["hearsay", "claim or document", "documentary", "3"])
def test_other_words_are_no_grade(text):
    assert grade_read(text) == (None, "unclear")
