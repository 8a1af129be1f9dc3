"""A consensus as it is led: proposed by the round, looked at twice, recorded."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.workshop.lead.view import agreeing, vote


@pytest.fixture(autouse=True)
def voted(lead, evaluations, room):
    lead.take("item", vendor="alder", question="Q1")
    lead.take("round")
    vote(evaluations, room, Amara=3, Ben=2)


def test_nothing_is_agreed_while_votes_are_hidden(lead):
    assert lead.now()["parts"]["result"] == ""


def test_the_round_proposes_a_level_and_a_reason(lead, evaluations, room):
    lead.take("reveal")
    form = lead.now()["parts"]["result"]
    assert re.search(r'name="level"[^>]*value="2"[^>]* checked', form)
    assert "Round 1: 1 of 2 voted level 2, 1 level 3." in unescape(form)
    lead.take("round")
    vote(evaluations, room, Amara=3, Ben="abstain")
    lead.take("reveal")
    assert "Round 2: 1 of 2 voted level 3, 1 abstained." in unescape(lead.now()["parts"]["result"])


def test_it_enters_the_record_and_the_agenda_is_worked_out_anew(lead, evaluations, room):
    lead.take("reveal")
    before = lead.text("agenda")
    said = lead.take("agree", **agreeing())["said"]
    assert said == "The consensus is recorded."
    agreed = evaluations.get(room).consensus["alder", "Q1"]
    assert (agreed.level, agreed.grade, agreed.reason, agreed.by) == (3, "trial", "We saw it.", "Nadia")
    assert agreed.quote == "Operations stop when the link is lost."
    assert lead.text("agenda") != before
    assert "level 3" in lead.text("agenda")


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": " "},
        {"words": ""},
        {"words": "Operations stop when the link is lost."},
        {"copied": "These words are not in the answer"},
        {"level": ""},
        {"level": "7"},
        {"grade": "hope"},
        {"vendor": "nobody"},
        {"vendor": ["alder"]},
        {"reason": "x" * 5000},
    ],
)
def test_what_is_missing_is_said(lead, evaluations, room, wrong):
    lead.take("reveal")
    lead.refused("agree", **agreeing(**wrong))
    assert not evaluations.get(room).consensus


def test_without_evidence_or_with_other_words(lead, evaluations, room):
    lead.take("agree", **agreeing(words="none"))
    assert evaluations.get(room).consensus["alder", "Q1"].no_evidence
    lead.take("agree", **agreeing(words="none", copied="Our cloud is required at all times."))
    assert evaluations.get(room).consensus["alder", "Q1"].quote == "Our cloud is required at all times."


def test_far_from_the_mean_it_is_looked_at_twice(lead, evaluations, room):
    lead.take("reveal")
    asked = lead.refused("agree", **agreeing(level="0"))["second_look"]
    assert any("a move of" in reason for reason in asked)
    lead.refused("agree", **agreeing(level="0"), confirmed=asked[:-1])
    lead.take("agree", **agreeing(level="0"), confirmed=asked)
    assert evaluations.get(room).consensus["alder", "Q1"].second_look == tuple(asked)


def test_what_it_would_change_is_told_before(lead, evaluations, room):
    sequence = evaluations.get(room).sequence
    effect = lead.take("effect", vendor="alder", question="Q1", level="0", grade="claim")["effect"]
    assert "Alder becomes rejected." in effect
    assert evaluations.get(room).sequence == sequence
    lead.refused("effect", vendor="alder", question="Q1", level="", grade="claim")


def test_a_chair_records_it_too_and_nobody_else(come, evaluations, room):
    come("Ben").take("agree", **agreeing())
    assert evaluations.get(room).consensus["alder", "Q1"].by == "Ben"
