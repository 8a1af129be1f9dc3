"""What the page Moderation says of an item and of a consensus before it is recorded."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ii_vendor.model.panel import Consensus
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.report.drilldown import consensus_html
from ii_vendor.report.moderation_words import agenda_words, effect_words, item_words, range_words
from ii_vendor.score import compare
from ii_vendor.score.agenda import agenda
from ii_vendor.score.second_look import consensus_moves
from tests.small import NOON

FULL = dict.fromkeys(("Q1", "Q2", "L1", "L2", "DEA-1"), 3)
APART = {**FULL, "Q1": {"Amara": 0, "Ben": 4}}


@pytest.fixture
def listed(content, judged):
    """The agenda of an evaluation of these ratings, with its comparison."""

    def build(ratings, flags=()):
        evaluation = judged(ratings, flags)
        comparison = compare(evaluation, content)
        return agenda(evaluation, content, comparison), comparison

    return build


def effect(content, judged, ratings, level):
    agreed = Consensus(
        vendor="alder",
        question="Q1",
        level=level,
        grade=EvidenceGrade.trial,
        reason="So be it.",
        no_evidence=True,
        response_version=1,
        by="Amara",
        at=NOON,
    )
    return effect_words(consensus_moves(judged(ratings), content, agreed))


def test_an_item_says_what_it_can_change(listed):
    found, comparison = listed({"alder": APART, "birch": {**FULL, "L2": 2}})
    assert agenda_words(found) == "1 item can still change the outcome, of 1 open."
    words = item_words(found.items[0], comparison)
    assert words[0] == "can change the leader"
    assert any(line.startswith("can change Alder from") and "reject" in line for line in words)
    assert range_words(found.items[0]) == "levels 0 to 4"


def test_an_item_that_changes_nothing_says_why_it_is_there(listed):
    found, comparison = listed({"alder": {**FULL, "L2": {"Amara": 2, "Ben": 4}}})
    assert "none of them can change the outcome by itself" in agenda_words(found)
    assert item_words(found.items[0], comparison) == ["levels far apart"]


def test_the_only_open_item_with_two_flags_can_change_the_outcome_and_says_so(listed, red_flag):
    flags = [red_flag("L1", "minor", "raised", name=f"alder/{each}") for each in ("one", "two")]
    found, comparison = listed({"alder": FULL}, flags)
    assert agenda_words(found) == "1 item can still change the outcome, of 1 open."
    assert "can change Alder from incomplete to conditional or shortlist" in item_words(found.items[0], comparison)


def test_that_a_rating_was_changed_after_the_panel_agreed_is_said_wherever_it_counts(content, judged):
    before = judged({"alder": FULL}, consensus={"alder": {"L1": 2}})
    key = ("alder", "L1", "Amara")
    anew = before.ratings[key].model_copy(update={"at": NOON + timedelta(minutes=1)})
    evaluation = before.model_copy(update={"ratings": {**before.ratings, key: anew}})
    comparison = compare(evaluation, content)
    (item,) = agenda(evaluation, content, comparison).items
    assert item_words(item, comparison)[-1] == "agreed before a rating was changed"
    (card,) = comparison.vendors
    assert [reason.text for reason in card.verdict.reasons] == ["The panel agreed before a rating was changed: L1."]
    assert "A rating was changed after it." in consensus_html(card.question("L1"))


def test_with_nothing_open_everything_is_settled(listed):
    assert agenda_words(listed({"alder": FULL})[0]) == "Everything is settled."


def test_the_move_from_the_mean_and_what_it_changes_are_said_before(content, judged):
    ratings = {"alder": APART, "birch": {**FULL, "L2": 2}}
    words = effect(content, judged, ratings, 4)
    assert words[0] == "2 above the mean of 2."
    assert "Alder would lead." in words
    assert effect(content, judged, ratings, 2)[0] == "That is the mean of what was given, 2."
    assert "Alder becomes rejected." in effect(content, judged, ratings, 0)
    assert "does not apply" in effect(content, judged, ratings, None)[0]


def test_a_consensus_that_changes_nothing_says_so(content, judged):
    assert effect(content, judged, {"alder": FULL}, 3)[1:] == ["No rank, no verdict and no leader changes."]
