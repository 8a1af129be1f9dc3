"""What the rubric of a question of the team's own can begin with."""

from __future__ import annotations

import pytest

from ii_vendor.library import load_library
from ii_vendor.model.own import OwnQuestionnaire
from ii_vendor.model.questionnaire import Question, Questionnaire, Section
from ii_vendor.report.own_starts import possible_starts


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Which functions stop when the licence server cannot be reached?", "L5 Licensing (most alike)"),
        ("Wie werden Mitarbeiter geschult?", "A plain scale that fits any question"),
    ],
)
def test_the_first_start_is_the_question_most_alike_or_else_the_plain_scale(text: str, first: str):
    question = Question(id="P-1", title="P", text=text, guidance="Say.", evidence=("a test",))
    section = Section(id="plant_all", title="Everything", questions=(question,))
    asked = Questionnaire(id="plant", title="P", version="1", purpose="P", sections=(section,))
    starts = list(possible_starts(load_library(), OwnQuestionnaire(questionnaire=asked), question).values())
    assert starts[0] == first
    assert len(starts) == 1 + len(load_library().rubrics)
