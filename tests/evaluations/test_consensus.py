"""What the panel agrees on: a layer over the ratings, which stay as they are whatever comes after."""

from __future__ import annotations

import pytest

from ii_vendor.evaluations import NeedsSecondLook
from ii_vendor.model.actor import Actor
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.scorecard import CONSENSUS
from ii_vendor.model.seat import Stage

WORDS = "At the boundary"
AGREED = {
    "vendor": "alder",
    "question": "Q2",
    "level": 2,
    "grade": EvidenceGrade.document,
    "reason": "We read it together.",
    "quote": WORDS,
    "confirmed": True,
}


@pytest.fixture
def moderating(renewal, everybody_rated, opened):
    """Amara and Ben have rated everything, a level apart; moderation is open. Gives the evaluation."""
    everybody_rated("Amara", level=1)
    everybody_rated("Ben", level=2)
    return opened(renewal)


def recorded(evaluations, key, *kinds):
    return [
        event.model_dump_json() for event in evaluations.history(evaluations.get(key)) if event.change.kind in kinds
    ]


def test_a_consensus_is_kept_with_all_that_it_rests_on(evaluations, renewal, moderating):
    assert moderating.consensus == {}
    now = evaluations.acting_as("Ben").agree(renewal, **AGREED | {"level": 3})
    agreed = now.consensus["alder", "Q2"]
    assert (agreed.level, agreed.grade, agreed.reason) == (3, EvidenceGrade.document, "We read it together.")
    assert (agreed.quote, agreed.no_evidence, agreed.response_version, agreed.by) == (WORDS, False, 1, "Ben")
    assert agreed.mean == pytest.approx(2.5)
    assert evaluations.compare(now).vendors[0].question("Q2").claimed == 3


def test_a_consensus_may_say_that_no_evidence_was_found(evaluations, renewal, moderating):
    given = AGREED | {"quote": "", "no_evidence": True, "level": moderating.ratings["alder", "Q2", "Ben"].level}
    agreed = evaluations.agree(renewal, **given).consensus["alder", "Q2"]
    assert (agreed.quote, agreed.no_evidence) == ("", True)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reason": " "}, "A consensus needs a reason: why this level, in a sentence."),
        ({"quote": ""}, "A consensus rests on the vendor's words: quote them, or say that no evidence was found"),
        ({"quote": "  "}, "A consensus rests on the vendor's words"),
        ({"no_evidence": True}, "A consensus rests on the vendor's words"),
        ({"quote": "at the boundary"}, "The quoted words do not stand in the answer."),
        ({"quote": "Tags FT-101"}, "The quoted words do not stand in the answer."),
        ({"level": 5}, "A level is 0, 1, 2, 3 or 4, not 5."),
        ({"vendor": "elm"}, "There is no vendor 'elm'"),
        ({"question": "Q9"}, "There is no question 'Q9'"),
        (
            {"vendor": "birch", "question": "L2", "quote": "", "no_evidence": True, "level": 1},
            "Birch did not answer L2: it can only be rated 0 or not applicable.",
        ),
    ],
    ids=str,
)
@pytest.mark.usefixtures("moderating")
def test_a_consensus_against_the_rules_is_refused(evaluations, refused, changed, said):
    assert refused(evaluations.agree, **AGREED | changed).startswith(said)


def test_there_is_no_consensus_before_moderation(evaluations, refused):
    assert "A consensus is recorded in the stage moderation" in refused(evaluations.agree, **AGREED)
    assert "A dissent is recorded in the stage moderation" in refused(
        evaluations.dissent, "Ben", "alder", "Q2", 1, reason="x"
    )


@pytest.mark.usefixtures("moderating")
def test_a_consensus_is_recorded_by_the_facilitator_or_a_chair(evaluations, renewal, refused, invited, seated):
    for name, discipline in (("Sam", "security"), ("Pia", "procurement"), ("Ines", "asset owner")):
        said = refused(invited(name, discipline, rating=True).agree, **AGREED)
        assert said == "A consensus is recorded by the facilitator or by a chair: operations or IT."
    fay = evaluations.acting_as(Actor.facilitator("Fay", "facilitator's link"))
    for chair in (seated("Amara"), seated("Ben"), fay):
        assert chair.agree(renewal, **AGREED).consensus["alder", "Q2"].by == chair.actor


@pytest.mark.usefixtures("moderating")
def test_a_large_move_has_to_be_confirmed_and_the_record_says_so(evaluations, renewal, refused):
    far = AGREED | {"level": 0, "confirmed": False}
    said = refused(evaluations.agree, **far)
    assert said.startswith("Please look a second time. ")
    with pytest.raises(NeedsSecondLook) as asked:
        evaluations.agree(renewal, **far)
    agreed = evaluations.agree(renewal, **far | {"confirmed": True}).consensus["alder", "Q2"]
    assert agreed.second_look == asked.value.reasons
    assert agreed.second_look


@pytest.mark.usefixtures("moderating")
def test_the_effect_of_a_consensus_is_shown_and_not_recorded(evaluations, renewal):
    before = evaluations.get(renewal)
    moves = evaluations.consensus_effect(before, "alder", "Q2", 0, EvidenceGrade.claim)
    assert (moves.mean, moves.move) == (pytest.approx(2.5), pytest.approx(-2.5))
    assert evaluations.get(renewal) == before
    after = evaluations.compare(evaluations.agree(renewal, **AGREED | {"level": 0, "grade": EvidenceGrade.claim}))
    assert [card.autonomy for card in moves.after.vendors] == [card.autonomy for card in after.vendors]


@pytest.mark.usefixtures("moderating")
def test_what_is_agreed_leaves_what_is_still_to_settle(evaluations, renewal):
    def todo():
        agenda = evaluations.agenda(evaluations.get(renewal))
        return {(item.vendor, item.question) for item in agenda.items}, {
            (item.vendor, item.question) for item in agenda.done
        }

    assert ("alder", "Q2") not in todo()[1]
    evaluations.agree(renewal, **AGREED)
    items, done = todo()
    assert ("alder", "Q2") in done - items


@pytest.mark.usefixtures("moderating")
def test_ratings_stay_byte_for_byte_whatever_comes_after(evaluations, renewal, seated):
    kept = {key: rating.model_dump_json() for key, rating in evaluations.get(renewal).ratings.items()}
    assert len(kept) == 20
    told = recorded(evaluations, renewal, "rating recorded")
    ben = seated("Ben")
    ben.agree(renewal, **AGREED | {"level": 0})
    ben.dissent(renewal, "Ben", "alder", "Q2", 4, reason="No.")
    evaluations.agree(renewal, **AGREED | {"level": None, "quote": "", "no_evidence": True})
    evaluations.close_seat(renewal, "Ben", reason="Left.")
    evaluations.revoke_links(renewal, "Amara", reason="Lost.")
    evaluations.declare(renewal, "Amara", {"alder": "I own shares."})
    evaluations.go_to(renewal, Stage.locked, reason="Decided.")
    evaluations.go_to(renewal, Stage.moderation, reason="A complaint.")
    now = evaluations.get(renewal)
    after = {**now.ratings, **now.set_aside}
    assert {key: rating.model_dump_json() for key, rating in after.items()} == kept
    assert recorded(evaluations, renewal, "rating recorded") == told
    assert evaluations.audit(now).valid


def test_ratings_of_a_vendor_with_which_a_conflict_is_declared_later_stay_and_count_no_more(
    evaluations, renewal, everybody_rated, opened
):
    everybody_rated("Amara", level=1)
    everybody_rated("Ben", level=3)
    evaluations.declare(renewal, "Amara", {"alder": "I own shares."})
    now = opened(renewal)
    assert {key[2] for key in now.ratings if key[0] == "alder"} == {"Ben"}
    assert {key[2] for key in now.ratings if key[0] == "birch"} == {"Amara", "Ben"}
    assert set(now.set_aside) == {("alder", question, "Amara") for question in evaluations.content(now).questions}
    assert evaluations.compare(now).vendors[0].question("Q2").claimed == 4
    assert len(recorded(evaluations, renewal, "rating recorded")) == 20


def test_ratings_stay_when_an_assignment_is_given_back(evaluations, renewal, everybody_rated, seated):
    everybody_rated("Amara")
    evaluations.hand_in(renewal, "Amara")
    amara = seated("Amara")
    kept = amara.get(renewal).ratings
    evaluations.return_assignment(renewal, "Amara", reason="Once more.")
    assert amara.get(renewal).ratings == kept


@pytest.mark.usefixtures("moderating")
def test_a_dissent_stands_beside_the_consensus(evaluations, renewal, seated):
    evaluations.agree(renewal, **AGREED)
    now = seated("Ben").dissent(renewal, "Ben", "alder", "Q2", 4, reason=" It is better. ")
    (dissent,) = now.dissents_of("alder", "Q2")
    assert (dissent.evaluator, dissent.level, dissent.reason) == ("Ben", 4, "It is better.")
    assert now.consensus["alder", "Q2"].level == 2
    assert evaluations.compare(now).vendors[0].question("Q2").dissents


@pytest.mark.usefixtures("moderating")
def test_a_dissent_lives_until_the_next_consensus_and_stays_in_the_record(evaluations, renewal):
    evaluations.agree(renewal, **AGREED)
    evaluations.dissent(renewal, "Ben", "alder", "Q2", 4, reason="It is better.")
    evaluations.agree(renewal, **AGREED | {"question": "L2", "quote": "You export"})
    assert evaluations.get(renewal).dissents_of("alder", "Q2")
    now = evaluations.agree(renewal, **AGREED | {"level": 3})
    assert now.dissents_of("alder", "Q2") == ()
    assert len(recorded(evaluations, renewal, "dissent recorded")) == 1
    assert len(recorded(evaluations, renewal, "consensus recorded")) == 3


@pytest.mark.usefixtures("moderating")
def test_a_dissent_needs_a_consensus_a_reason_and_a_level(evaluations, renewal, refused):
    given = {"evaluator": "Ben", "vendor": "alder", "question": "Q2", "level": 4, "reason": "It is better."}
    assert "no consensus on this answer yet" in refused(evaluations.dissent, **given)
    evaluations.agree(renewal, **AGREED)
    assert "A dissent needs a reason" in refused(evaluations.dissent, **given | {"reason": " "})
    assert "not -1" in refused(evaluations.dissent, **given | {"level": -1})


@pytest.mark.usefixtures("moderating")
def test_a_consensus_on_an_older_version_of_the_answer_is_told(evaluations, renewal, response_of):
    evaluations.agree(renewal, **AGREED)
    again = response_of("Alder", Q2="Nowhere at all.", original=b"second")
    now = evaluations.accept_response(renewal, again, b"second")
    assert now.consensus["alder", "Q2"].response_version == 1
    assert evaluations.compare(now).vendors[0].question("Q2").stale[0] == CONSENSUS
    stale = [item for item in evaluations.agenda(now).items if (item.vendor, item.question) == ("alder", "Q2")]
    assert stale
