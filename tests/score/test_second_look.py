"""What a proposed consensus would change, and what the panel is asked to look at twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ii_vendor.model.panel import Consensus
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.scorecard import Outcome
from ii_vendor.score import compare
from ii_vendor.score.second_look import consensus_moves, second_look
from tests.small import NOON

QUESTIONS = ("Q1", "Q2", "L1", "L2", "DEA-1")
FULL = dict.fromkeys(QUESTIONS, 3)
LOW = dict.fromkeys(QUESTIONS, 1)

settings.register_profile("quick", max_examples=30, deadline=None)
settings.load_profile("quick")


def consensus(level, question="L1", vendor="alder", grade="trial"):
    return Consensus(
        vendor=vendor,
        question=question,
        level=level,
        grade=EvidenceGrade(grade),
        reason="So be it.",
        no_evidence=True,
        response_version=1,
        by="Amara",
        at=NOON,
    )


@pytest.fixture(scope="module")
def moves(content, judged):
    """What a consensus changes in an evaluation of these ratings."""

    def build(ratings, agreed, **more):
        return consensus_moves(judged(ratings, **more), content, agreed)

    return build


@pytest.fixture(scope="module")
def reasons(moves):
    return lambda *given_, **more: second_look(moves(*given_, **more))


def test_a_small_move_that_changes_nothing_is_not_looked_at_twice(reasons):
    assert reasons({"alder": {**FULL, "L1": {"Amara": 3, "Ben": 2}}, "birch": LOW}, consensus(3)) == ()


@pytest.mark.parametrize(
    ("given_", "agreed", "said"),
    [
        ({"Amara": 4, "Ben": 3, "Chen": 1}, 1, "The panel’s mean is 2.7 and the consensus 1: a move of 1.7 levels."),
        ({"Amara": 2, "Ben": 4}, 4, "The panel’s mean is 3 and the consensus 4: a move of 1 level."),
        (
            {"Amara": 2, "Ben": None},
            None,
            "The panel’s mean is 2 and the consensus says that the question does not apply.",
        ),
    ],
)
def test_a_move_of_a_level_or_more_from_the_mean_is_said_in_levels(reasons, given_, agreed, said):
    assert reasons({"alder": {**FULL, "L1": given_}, "birch": LOW}, consensus(agreed)) == (said,)


def test_a_move_of_just_under_a_level_is_not_large(reasons):
    assert reasons({"alder": {**FULL, "L1": {"Amara": 2, "Ben": 3, "Chen": 3}}, "birch": LOW}, consensus(2)) == ()


@pytest.mark.parametrize(
    ("given_", "agreed", "said"),
    [
        ({"Amara": 3, "Ben": 4}, 2, "Level 2 is outside of what anybody gave: the levels went from 3 to 4."),
        ({"Amara": 3, "Ben": 3}, 4, "Level 4 is outside of what anybody gave: the levels were all 3."),
        ({"Amara": 3, "Ben": 3}, None, "Nobody rated the answer not applicable."),
        ({"Amara": None}, 2, "Everybody who rated the answer said that the question does not apply."),
    ],
)
def test_what_nobody_gave_is_looked_at_twice(reasons, given_, agreed, said):
    assert said in reasons({"alder": {**FULL, "L1": given_}, "birch": LOW}, consensus(agreed))


def test_an_answer_that_nobody_rated_has_no_mean_to_move_from(moves):
    rated = {question: 3 for question in QUESTIONS if question != "L1"}
    found = moves({"alder": rated, "birch": LOW}, consensus(3))
    assert (found.mean, found.move, found.given) == (None, None, ())
    assert second_look(found) == ("It changes the verdict on Alder from “incomplete” to “shortlist”.",)


def test_a_consensus_that_changes_the_lead_is_looked_at_twice(moves):
    # L1 weighs 0.15 of the whole: a level is 3.75 points. Alder has 78.75, Birch 75.
    found = moves({"alder": {**FULL, "L1": {"Amara": 4, "Ben": 4}}, "birch": FULL}, consensus(2))
    assert found.ranks == {"alder": (1, 2), "birch": (2, 1)}
    assert (found.leaders_before, found.leaders) == (("alder",), ("birch",))
    assert (found.lead_before, found.lead) == (3.75, 3.75)
    assert (found.above.vendor, found.above.points, found.below) == ("birch", 3.75, None)
    assert "It changes the lead: Birch leads then, now Alder." in second_look(found)


def test_a_consensus_that_rejects_a_vendor_is_looked_at_twice(moves):
    found = moves({"alder": {**FULL, "Q1": {"Amara": 0, "Ben": 1}}, "birch": FULL}, consensus(0, "Q1"))
    assert found.verdicts == {"alder": (Outcome.incomplete, Outcome.reject)}
    assert "It rejects Alder, which was “incomplete”." in second_look(found)


def test_a_lead_that_the_consensus_makes_thin_is_looked_at_twice(reasons):
    # DEA-1 weighs 0.1: a level is 2.5 points.
    ratings = {"alder": {**FULL, "DEA-1": {"Amara": 4, "Ben": 3}, "L1": 4}, "birch": {**FULL, "L1": 4}}
    assert reasons(ratings, consensus(4, "DEA-1")) == ()
    level = "A thin margin: it brings Alder and Birch level at the top."
    assert reasons(ratings, consensus(3, "DEA-1"))[-1] == level
    third = {**ratings, "alder": {**ratings["alder"], "DEA-1": {"Amara": 3, "Ben": 4, "Chen": 4}}}
    close = {**third, "birch": {**FULL, "L1": 4, "DEA-1": {"Amara": 3, "Ben": 4, "Chen": 3}}}
    assert reasons(close, consensus(4, "DEA-1")) == ("A thin margin: after it Alder is 1.7 points ahead of Birch.",)


def test_a_lead_that_was_thin_before_and_stays_as_it_is_is_not_this_decision(reasons):
    ratings = {
        "alder": {**FULL, "DEA-1": {"Amara": 4, "Ben": 3}},
        "birch": FULL,
        "cedar": {**LOW, "L1": {"Amara": 1, "Ben": 2}},
    }
    assert reasons(ratings, consensus(2, vendor="cedar")) == ()


def test_a_new_consensus_is_measured_against_the_ratings_and_not_against_the_last_one(moves):
    ratings = {"alder": {**FULL, "L1": {"Amara": 4, "Ben": 2}}, "birch": LOW}
    found = moves(ratings, consensus(3), consensus={"alder": {"L1": 1}})
    assert (found.mean, found.move) == (3, 0)
    assert second_look(found) == ()


level = st.none() | st.integers(0, 4)
ratings = st.dictionaries(
    st.sampled_from(QUESTIONS), st.dictionaries(st.sampled_from(["Amara", "Ben"]), level, min_size=1)
)
vendors = st.dictionaries(st.sampled_from(["alder", "birch", "cedar"]), ratings, min_size=1)


@given(vendors, st.sampled_from(QUESTIONS), level)
def test_what_it_would_change_is_what_it_changes(content, judged, drawn, question, agreed):
    vendor = next(iter(drawn))
    before = compare(judged(drawn), content)
    found = consensus_moves(judged(drawn), content, consensus(agreed, question, vendor), before)
    after = compare(judged(drawn, consensus={vendor: {question: agreed}}), content)
    pairs = list(zip(before.vendors, after.vendors, strict=True))
    assert found.ranks == {old.vendor: (old.rank, new.rank) for old, new in pairs if old.rank != new.rank}
    assert found.leaders == tuple(card.vendor for card in after.vendors if card.rank == 1)
    assert found.changes_leader == any((old.rank == 1) != (new.rank == 1) for old, new in pairs)
    said = second_look(found)
    assert len(said) >= len(found.verdicts) + found.changes_leader
    assert all(line.endswith(".") for line in said)
