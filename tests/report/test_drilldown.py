"""A score shown down to the words: what was agreed, by what reason, and then what each person gave."""

import re

import pytest

from ii_vendor.model.panel import Dissent
from ii_vendor.report.drilldown import section_html
from ii_vendor.score import compare
from tests.small import NOON

FULL = dict.fromkeys(("Q1", "Q2", "L1", "L2", "DEA-1"), 3)


@pytest.fixture(scope="module")
def shown(content, judged):
    """The words of Alder's section on lock-in, with what was agreed on L1 changed so."""

    def build(given, agreed, dissents=(), **more):
        evaluation = judged({"alder": {**FULL, "L1": given}}, consensus={"alder": {"L1": agreed}})
        found = evaluation.consensus["alder", "L1"].model_copy(update=more)
        evaluation = evaluation.model_copy(
            update={
                "consensus": {("alder", "L1"): found},
                "dissents": {("alder", "L1", each.evaluator): each for each in dissents},
            }
        )
        card = compare(evaluation, content).vendors[0]
        html = section_html(evaluation, content, card, "lock_in", {})
        return " ".join(re.sub("<[^>]+>", " ", html.split("L2")[0]).split())

    return build


def in_order(text, *parts):
    places = [text.index(part) for part in parts]
    return places == sorted(places)


def test_a_score_opens_to_the_consensus_then_the_ratings_then_the_answer(shown):
    dissent = Dissent(evaluator="Ben", vendor="alder", question="L1", level=4, reason="It is <open>.", at=NOON)
    words = {"quote": "OPC UA", "no_evidence": False, "second_look": ("A thin margin.",)}
    text = shown({"Amara": 2, "Ben": 4}, 2, [dissent], **words)
    assert "level 2 claimed, 2 evidenced · consensus" in text
    assert in_order(
        text,
        "Consensus : level 2, trial, 1 below the mean of 3. The panel agreed.",
        "Recorded by Amara, 2026-11-02.",
        "OPC UA",
        "A thin margin.",
        "Ben (level 4): It is &lt;open&gt;.",
        "Amara : level 2",
        "Ben : level 4",
        "OPC UA throughout.",
    )


@pytest.mark.parametrize(
    ("given", "agreed", "said"),
    [
        ({"Amara": 1, "Ben": 2}, 2, "level 2, trial, 0.5 above the mean of 1.5."),
        (3, 3, "level 3, trial, just the mean of the ratings."),
        (3, None, "not applicable, trial, from a mean of 3."),
        (None, 2, "level 2, trial, where nobody had given a level."),
    ],
)
def test_how_far_the_consensus_lies_from_the_ratings_is_said(shown, given, agreed, said):
    assert said in shown(given, agreed)


def test_a_consensus_without_words_of_the_vendor_says_that_there_were_none(shown):
    assert "No evidence was found in the answer." in shown(3, 2)
