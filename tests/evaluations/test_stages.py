"""From stage to stage: what may be done in which, what handing in closes, and what locking ends."""

from __future__ import annotations

import pytest

from ii_vendor.evaluations import Refused
from ii_vendor.evaluations.pricing import Offer
from ii_vendor.model.panel import FlagState, WeighingMethod
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.seat import Discipline, Stage

STOPS = "alder/Q1-stops"
RATING = {"vendor": "alder", "question": "Q1", "level": 3, "reason": "seen"}
AGREED = {"vendor": "alder", "question": "Q1", "level": 3, "grade": EvidenceGrade.claim, "reason": "agreed"}
POINTS = {"critical": 100, "lock_in": 60, "flows": 40}
LOCKED = "This evaluation is locked. The facilitator can reopen it, with a reason, on the page Panel."


@pytest.fixture
def locked(evaluations, renewal, opened):
    """The evaluation, locked with something open."""
    opened(renewal)
    return evaluations.go_to(renewal, Stage.locked, reason="The board decided.")


def test_the_first_response_opens_an_evaluation(evaluations, content, response_of):
    key = evaluations.create("Line 3", content).id
    assert evaluations.get(key).stage is Stage.setup
    assert evaluations.accept_response(key, response_of("Alder"), b"alder").stage is Stage.open


def test_nothing_is_rated_before_scoring_begins(evaluations, content, response_of):
    key = evaluations.create("Line 3", content).id
    evaluations.add_evaluator(key, "Amara", Discipline.operations)
    evaluations.add_vendor(key, "Alder")
    evaluations.declare(key, "Amara")
    with pytest.raises(Refused, match="Ratings are given in the stage scoring, and this evaluation is in setup"):
        evaluations.rate(key, "Amara", **RATING)
    evaluations.accept_response(key, response_of("Alder"), b"alder")
    with pytest.raises(Refused, match="in the stage scoring, and this evaluation is in open"):
        evaluations.rate(key, "Amara", **RATING)
    evaluations.go_to(key, Stage.scoring)
    assert evaluations.acting_as("Amara").rate(key, "Amara", **RATING).ratings["alder", "Q1", "Amara"].level == 3


def test_scoring_needs_somebody_who_rates_and_something_to_rate(evaluations, content, response_of):
    key = evaluations.create("Line 3", content).id
    evaluations.add_evaluator(key, "Olu", Discipline.observer)
    evaluations.add_evaluator(key, "Ines", Discipline.asset_owner, rating=False)
    with pytest.raises(Refused, match="Nobody on the panel rates yet"):
        evaluations.go_to(key, Stage.scoring)
    evaluations.add_evaluator(key, "Amara", Discipline.operations)
    with pytest.raises(Refused, match="No response has arrived yet"):
        evaluations.go_to(key, Stage.scoring)
    evaluations.accept_response(key, response_of("Alder"), b"alder")
    assert evaluations.go_to(key, Stage.scoring).stage is Stage.scoring


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        (Stage.scoring, "This evaluation is in scoring already."),
        (Stage.locked, "An evaluation is locked after moderation. Open moderation first."),
        (Stage.open, "Going back from scoring to open needs a reason for the record."),
    ],
)
def test_stages_follow_each_other(evaluations, refused, stage, said):
    assert refused(evaluations.go_to, stage) == said


def test_moderation_follows_scoring(evaluations, renewal):
    evaluations.go_to(renewal, Stage.open, reason="Too early.")
    with pytest.raises(Refused, match="Moderation follows scoring"):
        evaluations.go_to(renewal, Stage.moderation, reason="x")


def test_handing_in_needs_everything_rated_and_closes_the_ratings(evaluations, renewal, refused, everybody_rated):
    assert refused(evaluations.hand_in, "Amara") == (
        "10 answers are not rated yet, Alder, Q1 for one. Rate them first."
    )
    everybody_rated("Amara")
    now = evaluations.hand_in(renewal, "Amara")
    assert set(now.handed_in) == {"Amara"}
    assert refused(evaluations.hand_in, "Amara") == "Amara has handed in already."
    assert refused(evaluations.rate, "Amara", **RATING) == (
        "Amara has handed in, so the ratings are closed. The facilitator can give them back."
    )


def test_an_assignment_given_back_can_be_changed_and_handed_in_again(evaluations, renewal, refused, everybody_rated):
    assert refused(evaluations.return_assignment, "Amara", reason="x") == "Amara has not handed in."
    everybody_rated("Amara")
    evaluations.hand_in(renewal, "Amara")
    assert "needs a reason" in refused(evaluations.return_assignment, "Amara", reason=" ")
    evaluations.return_assignment(renewal, "Amara", reason="She misread Q1.")
    evaluations.rate(renewal, "Amara", **RATING | {"level": 0})
    assert set(evaluations.hand_in(renewal, "Amara").handed_in) == {"Amara"}


def test_whoever_has_nothing_to_rate_hands_nothing_in(evaluations, renewal, refused):
    evaluations.declare(renewal, "Amara", {"alder": "I own shares.", "birch": "My sister works there."})
    assert "has nothing to rate" in refused(evaluations.hand_in, "Amara")


def test_progress_counts_each_seats_own_assignment(evaluations, renewal, everybody_rated, seated):
    evaluations.assign(renewal, "Ben", ["lock_in"], reason="He knows it.")
    evaluations.declare(renewal, "Ben", {"birch": "A friend."})
    everybody_rated("Amara")
    evaluations.hand_in(renewal, "Amara")
    seated("Ben").rate(renewal, "Ben", **RATING | {"question": "L1"})
    progress = evaluations.progress(evaluations.get(renewal))
    amara, ben = progress.seats
    assert (amara.evaluator, amara.rated, amara.assigned, amara.handed_in, amara.taken) == (
        "Amara",
        10,
        10,
        True,
        False,
    )
    assert (ben.evaluator, ben.rated, ben.assigned, ben.handed_in, ben.taken) == ("Ben", 1, 2, False, True)
    assert (amara.left_by_question, ben.left_by_question) == ({}, {"L2": 1})
    assert not progress.complete


def test_moderation_before_all_have_handed_in_needs_a_reason_and_the_record_says_who_had_not(
    evaluations, renewal, refused, everybody_rated
):
    everybody_rated("Amara")
    evaluations.hand_in(renewal, "Amara")
    open_still = "Ben has not handed in (10 answers not rated)"
    assert refused(evaluations.go_to, Stage.moderation) == (
        f"Still open: {open_still}. To go on all the same, give a reason for the record."
    )
    now = evaluations.go_to(renewal, Stage.moderation, reason="Ben is ill.")
    last = evaluations.history(now)[-1].change
    assert (last.stage, last.reason, last.unfinished) == (Stage.moderation, "Ben is ill.", (open_still,))


def test_moderation_opens_without_a_reason_once_all_have_handed_in(evaluations, renewal, everybody_rated):
    everybody_rated("Amara", "Ben")
    for name in ("Amara", "Ben"):
        evaluations.hand_in(renewal, name)
    assert evaluations.progress(evaluations.get(renewal)).complete
    assert evaluations.go_to(renewal, Stage.moderation).stage is Stage.moderation


def test_a_closed_seat_keeps_nobody_waiting(evaluations, renewal, everybody_rated):
    everybody_rated("Amara")
    evaluations.hand_in(renewal, "Amara")
    evaluations.close_seat(renewal, "Ben", reason="Left.")
    assert evaluations.go_to(renewal, Stage.moderation).stage is Stage.moderation


def test_opening_moderation_closes_all_ratings(evaluations, renewal, refused, opened, seated):
    opened(renewal)
    said = "Ratings are given in the stage scoring, and this evaluation is in moderation."
    for speaking, name in ((evaluations, "Amara"), (seated("Ben"), "Ben")):
        assert refused(speaking.rate, name, **RATING).startswith(said)
        assert "in the stage scoring" in refused(speaking.hand_in, name)
    assert "in the stage scoring" in refused(evaluations.return_assignment, "Amara", reason="x")
    assert "Vendors are added" in refused(evaluations.add_vendor, "Cedar")
    assert "Assignments are changed" in refused(evaluations.assign, "Amara", ["flows"], reason="x")


def test_locking_with_red_flags_undecided_needs_a_reason_and_the_record_counts_them(evaluations, renewal, opened):
    opened(renewal)
    with pytest.raises(Refused, match="Still open: 2 red flags undecided"):
        evaluations.go_to(renewal, Stage.locked)
    now = evaluations.go_to(renewal, Stage.locked, reason="The board decided.")
    assert evaluations.history(now)[-1].change.unfinished == ("2 red flags undecided",)


def test_a_locked_evaluation_takes_no_change(
    evaluations, renewal, locked, refused, response_of, content, profile_with, seated
):
    amara = seated("Amara")
    other = content.model_copy(update={"rubrics": content.rubrics[::-1]})
    attempts = [
        (amara.rate, ("Amara",), RATING),
        (amara.hand_in, ("Amara",), {}),
        (amara.declare, ("Amara",), {}),
        (amara.propose_weights, ("Amara", WeighingMethod.swing, POINTS), {}),
        (amara.decide_flag, (STOPS, FlagState.confirmed), {"reason": "seen"}),
        (amara.raise_flag, ("birch", "Q2"), {"rule": "Q2-agent"}),
        (amara.judge_flag, ("birch", "Q2-agent", None), {"reason": "odd"}),
        (amara.agree, (), AGREED | {"no_evidence": True}),
        (amara.dissent, ("Amara", "alder", "Q1", 1), {"reason": "no"}),
        (evaluations.rate, ("Ben",), RATING),
        (evaluations.decide_flag, (STOPS, FlagState.confirmed), {"reason": "seen"}),
        (evaluations.agree, (), AGREED | {"no_evidence": True}),
        (evaluations.attach_reply, (STOPS, "We run alone."), {}),
        (evaluations.accept_response, (response_of("Cedar"), b"cedar"), {}),
        (evaluations.add_vendor, ("Cedar",), {}),
        (evaluations.mask_names, (True,), {}),
        (evaluations.add_evaluator, ("Eve", Discipline.it), {}),
        (evaluations.assign, ("Ben", ["flows"]), {"reason": "x"}),
        (evaluations.return_assignment, ("Ben",), {"reason": "x"}),
        (evaluations.close_seat, ("Ben",), {"reason": "x"}),
        (evaluations.record_prices, ({"alder": Offer(5)},), {}),
        (evaluations.adopt_profile, (profile_with(autonomy=10),), {"reason": "x"}),
        (evaluations.adopt_content, (other,), {"reason": "x"}),
    ]
    for change, given, named in attempts:
        assert refused(change, *given, **named) == LOCKED, change.__name__
    assert evaluations.get(renewal).ratings == locked.ratings


def test_reopening_needs_a_reason_that_stands_in_the_record(evaluations, renewal, locked, refused, seated):
    assert locked.stage is Stage.locked
    for reason in ("", " "):
        assert "Going back from locked to moderation needs a reason" in refused(
            evaluations.go_to, Stage.moderation, reason=reason
        )
    assert "Only the facilitator" in refused(seated("Amara").go_to, Stage.moderation, reason="I want to.")
    now = evaluations.go_to(renewal, Stage.moderation, reason="A bidder complained.")
    last = evaluations.history(now)[-1]
    assert (last.actor, last.change.stage, last.change.reason) == ("somebody", Stage.moderation, "A bidder complained.")
    assert evaluations.decide_flag(renewal, STOPS, FlagState.confirmed, reason="seen").flags[STOPS].state == "confirmed"


def test_reopened_as_far_as_scoring_ratings_can_be_given_again(evaluations, renewal, locked):
    assert locked.stage is Stage.locked
    evaluations.go_to(renewal, Stage.scoring, reason="A new response.")
    assert evaluations.acting_as("Amara").rate(renewal, "Amara", **RATING).ratings["alder", "Q1", "Amara"].level == 3


def test_a_new_vendors_response_comes_too_late_once_moderation_is_open(evaluations, renewal, response_of):
    evaluations.go_to(renewal, Stage.moderation, reason="now")
    with pytest.raises(Refused, match="Vendors are added in the stage"):
        evaluations.accept_response(renewal, response_of("Cedar"), b"cedar")
