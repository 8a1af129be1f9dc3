"""Rounds of a workshop: hidden votes, shown together, voted again, with nothing of the first round lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from ii_vendor.evaluations import Refused
from ii_vendor.model.actor import NOBODY
from ii_vendor.model.panel import WeighingMethod
from ii_vendor.model.seat import Discipline, Stage
from ii_vendor.model.workshop import Choice, Item, PutOff, Room, Settings, Subject
from ii_vendor.rules import Stale
from ii_vendor.store.audit import audit

Q1 = Item.answer("alder", "Q1")
WEIGHTS = Item(subject=Subject.weights)


@pytest.fixture
def room(evaluations, opened, renewal) -> str:
    """An evaluation with an open workshop, in which Amara and Ben sit and Olu looks on."""
    opened(renewal)
    evaluations.open_workshop(renewal)
    for name in ("Amara", "Ben", "Olu"):
        evaluations.acting_as(name).enter(renewal, name)
    evaluations.open_round(renewal, Q1)
    return renewal


def vote(evaluations, room, name, choice, round_id=1, **more):
    return evaluations.acting_as(name).vote(room, name, round_id, Choice(choice), **more)


def round_of(evaluations, room, round_id=1):
    return evaluations.get(room).workshops[-1].round(round_id)


def test_votes_are_hidden_until_all_are_in_and_then_shown(evaluations, room):
    vote(evaluations, room, "Amara", "3", reason="It runs.")
    hidden = round_of(evaluations, room)
    assert (hidden.revealed, hidden.voted, hidden.votes) == (False, ("Amara",), {})
    vote(evaluations, room, "Ben", "1")
    shown = round_of(evaluations, room)
    assert shown.revealed_how == "all in"
    assert {name: each.choice.value for name, each in shown.votes.items()} == {"Amara": "3", "Ben": "1"}
    assert shown.votes["Amara"].reason == "It runs."
    assert audit(evaluations._record.engine, room).valid


def test_by_hand_votes_are_shown_by_hand(evaluations, room):
    evaluations.change_workshop(room, Settings(auto_reveal=False))
    for name in ("Amara", "Ben"):
        vote(evaluations, room, name, "2")
    assert not round_of(evaluations, room).revealed
    evaluations.reveal(room, 1)
    assert round_of(evaluations, room).revealed_how == "all in"


def test_votes_entered_at_this_computer_one_after_another_are_shown_with_the_last(evaluations, room):
    for name in ("Amara", "Ben"):
        evaluations.leave(room, name)
    evaluations.vote(room, "Amara", 1, Choice.level_2)
    assert not round_of(evaluations, room).revealed
    evaluations.vote(room, "Ben", 1, Choice.level_3)
    assert round_of(evaluations, room).revealed_how == "all in"


def test_who_waits_for_nobody_shows_what_is_there(evaluations, room):
    with pytest.raises(Refused, match="Nobody has voted yet"):
        evaluations.reveal(room, 1)
    vote(evaluations, room, "Amara", "2")
    evaluations.reveal(room, 1)
    assert round_of(evaluations, room).revealed_how == "by hand"
    with pytest.raises(Refused, match="shown already"):
        vote(evaluations, room, "Ben", "2")
    with pytest.raises(Refused, match="shown already"):
        evaluations.reveal(room, 1)


def test_when_the_last_one_awaited_leaves_the_votes_are_shown(evaluations, room):
    vote(evaluations, room, "Amara", "2")
    evaluations.acting_as("Ben").leave(room, "Ben")
    assert round_of(evaluations, room).revealed_how == "all in"
    assert "Ben" not in evaluations.get(room).workshop.present


def test_when_the_last_one_awaited_declares_a_conflict_the_votes_are_shown(evaluations, room):
    vote(evaluations, room, "Amara", "2")
    evaluations.acting_as("Ben").declare(room, "Ben", {"alder": "My brother works there."})
    assert round_of(evaluations, room).revealed_how == "all in"


def test_when_the_seat_of_the_last_one_awaited_is_closed_the_votes_are_shown(evaluations, room):
    vote(evaluations, room, "Amara", "2")
    evaluations.close_seat(room, "Ben", reason="He left the company.")
    assert round_of(evaluations, room).revealed_how == "all in"


CHANGES_BESIDE = {
    "the same vote again": lambda door, room: door.vote(room, "Amara", 1, Choice.level_2, reason="x"),
    "settings as they are": lambda door, room: door.change_workshop(room),
    "time for each item": lambda door, room: door.change_workshop(room, Settings(minutes=5)),
    "another code": lambda door, room: door.change_workshop(room, new_code=True),
    "parking the item": lambda door, room: door.put_off(room, Q1, PutOff.parked, reason="later"),
    "a red flag": lambda door, room: door.judge_flag(
        room, "alder", "Q1-stops", None, reason="It says so.", quote="Operations stop"
    ),
}


@pytest.mark.parametrize("change", CHANGES_BESIDE.values(), ids=CHANGES_BESIDE)
def test_what_is_changed_beside_shows_no_votes_that_are_being_entered(evaluations, room, change):
    for name in ("Amara", "Ben"):
        evaluations.leave(room, name)
    evaluations.vote(room, "Amara", 1, Choice.level_2, reason="x")
    change(evaluations, room)
    assert not round_of(evaluations, room).revealed
    evaluations.vote(room, "Ben", 1, Choice.level_3)
    assert round_of(evaluations, room).revealed_how == "all in"


def test_whoever_leaves_shows_the_round_that_waited_for_them_and_none_that_was_parked(evaluations, room):
    q2 = Item.answer("alder", "Q2")
    vote(evaluations, room, "Amara", "2")
    evaluations.open_round(room, q2)
    vote(evaluations, room, "Amara", "2", 2)
    evaluations.put_off(room, q2, PutOff.parked)
    evaluations.acting_as("Ben").leave(room, "Ben")
    assert [each.revealed for each in evaluations.get(room).workshop.rounds] == [True, False]


def test_votes_that_are_all_in_are_shown_once_the_workshop_is_held_so(evaluations, room):
    evaluations.change_workshop(room, Settings(auto_reveal=False))
    for name in ("Amara", "Ben"):
        vote(evaluations, room, name, "2")
    evaluations.change_workshop(room, Settings(auto_reveal=True))
    assert round_of(evaluations, room).revealed_how == "all in"


def test_votes_still_to_be_entered_at_this_computer_are_waited_for_when_the_workshop_is_held_so(evaluations, room):
    evaluations.change_workshop(room, Settings(auto_reveal=False))
    for name in ("Amara", "Ben"):
        evaluations.leave(room, name)
    evaluations.vote(room, "Amara", 1, Choice.level_2)
    evaluations.change_workshop(room, Settings(auto_reveal=True))
    assert not round_of(evaluations, room).revealed


def test_somebody_who_left_while_others_are_awaited_shows_nothing(evaluations, room):
    vote(evaluations, room, "Amara", "2")
    evaluations.acting_as("Olu").leave(room, "Olu")
    assert not round_of(evaluations, room).revealed


@pytest.mark.parametrize("stage", [Stage.scoring, Stage.locked])
def test_no_stage_ends_under_an_open_workshop(evaluations, room, stage):
    with pytest.raises(Refused, match="A workshop is open"):
        evaluations.go_to(room, stage, reason="We are through.")
    evaluations.close_workshop(room)
    assert evaluations.go_to(room, stage, reason="We are through.").stage is stage


@pytest.mark.parametrize("name", ["Ben", "Olu"])
def test_votes_that_were_hidden_again_stay_so_when_somebody_leaves(evaluations, room, name):
    for voter in ("Amara", "Ben"):
        vote(evaluations, room, voter, "2")
    evaluations.undo_reveal(room, 1)
    evaluations.acting_as(name).leave(room, name)
    assert not round_of(evaluations, room).revealed


def test_the_same_vote_again_is_no_change_and_another_one_replaces_it(evaluations, room):
    vote(evaluations, room, "Amara", "2", reason="so")
    before = evaluations.get(room).sequence
    vote(evaluations, room, "Amara", "2", reason=" so ")
    assert evaluations.get(room).sequence == before
    vote(evaluations, room, "Amara", "4", reason="read again")
    assert evaluations.acting_as("Amara").get(room).workshop.rounds[0].votes["Amara"].choice is Choice.level_4
    cast = [event.change for event in evaluations.acting_as("Amara").history(evaluations.get(room))]
    assert sum(getattr(change, "kind", "") == "vote cast" for change in cast) == 2


def test_a_vote_whose_acknowledgement_was_lost_is_acknowledged_when_it_comes_again(evaluations, room):
    vote(evaluations, room, "Amara", "2")
    vote(evaluations, room, "Ben", "4", reason="Seen.")
    before = evaluations.get(room)
    assert before.workshop.rounds[0].revealed
    vote(evaluations, room, "Ben", "4", reason="Seen.")
    assert evaluations.get(room).sequence == before.sequence
    with pytest.raises(Refused, match="shown already"):
        vote(evaluations, room, "Ben", "3", reason="Seen.")


def test_a_reveal_is_undone_and_votes_are_taken_again(evaluations, room):
    for name in ("Amara", "Ben"):
        vote(evaluations, room, name, "2")
    evaluations.undo_reveal(room, 1)
    hidden = round_of(evaluations, room)
    assert (hidden.revealed, hidden.votes, hidden.undone) == (False, {}, 1)
    # The first one changed does not show all: they were hidden by hand, and are shown by hand.
    vote(evaluations, room, "Ben", "0")
    assert not round_of(evaluations, room).revealed
    evaluations.reveal(room, 1)
    again = round_of(evaluations, room)
    assert {name: each.choice.value for name, each in again.votes.items()} == {"Amara": "2", "Ben": "0"}


def test_a_second_round_keeps_the_first(evaluations, room):
    with pytest.raises(Refused, match="open already"):
        evaluations.open_round(room, Q1)
    for name, choice in (("Amara", "0"), ("Ben", "4")):
        vote(evaluations, room, name, choice)
    evaluations.open_round(room, Q1)
    vote(evaluations, room, "Amara", "2", 2)
    first, second = evaluations.get(room).workshop.rounds_of(Q1)
    assert (first.number, second.number) == (1, 2)
    assert {each.choice.value for each in first.votes.values()} == {"0", "4"}
    assert second.votes == {}
    with pytest.raises(Refused, match="later round"):
        evaluations.undo_reveal(room, 1)


@pytest.mark.parametrize("choice", ["confirm", "points"])
def test_what_does_not_fit_the_item_cannot_be_voted(evaluations, room, choice):
    with pytest.raises(Refused, match="cannot be voted here"):
        vote(evaluations, room, "Amara", choice)
    with pytest.raises(Refused, match="no such round"):
        vote(evaluations, room, "Amara", "1", 7)
    with pytest.raises(Refused, match="500 characters"):
        vote(evaluations, room, "Amara", "1", reason="x" * 501)


def test_an_answer_left_empty_is_level_0_or_does_not_apply(evaluations, room):
    evaluations.open_round(room, Item.answer("birch", "L2"))
    with pytest.raises(Refused, match="did not answer"):
        vote(evaluations, room, "Amara", "1", 2)
    vote(evaluations, room, "Amara", "not applicable", 2)
    vote(evaluations, room, "Ben", "abstain", 2)
    assert round_of(evaluations, room, 2).revealed


def test_who_may_not_judge_does_not_vote_and_is_not_waited_for(evaluations, room):
    evaluations.add_evaluator(room, "Ida", Discipline.security)
    evaluations.add_evaluator(room, "Margit", Discipline.asset_owner, rating=False)
    evaluations.acting_as("Margit").declare(room, "Margit")
    evaluations.acting_as("Ben").declare(room, "Ben", {"alder": "I worked there."})
    for name in ("Ida", "Margit"):
        evaluations.acting_as(name).enter(room, name)
    refused = {"Olu": "observer", "Ida": "interests", "Margit": "red flags alone", "Ben": "conflict of interest"}
    for name, why in refused.items():
        with pytest.raises(Refused, match=why):
            vote(evaluations, room, name, "1")
    vote(evaluations, room, "Amara", "1")
    # Ida sits there and can vote as soon as she has declared her interests.
    assert not round_of(evaluations, room).revealed
    evaluations.leave(room, "Ida")
    assert round_of(evaluations, room).revealed


def test_a_conflict_that_is_declared_after_voting_takes_the_hidden_vote_back(evaluations, room):
    vote(evaluations, room, "Ben", "4")
    evaluations.acting_as("Ben").declare(room, "Ben", {"alder": "I worked there."})
    assert round_of(evaluations, room).voted == ()
    vote(evaluations, room, "Amara", "1")
    assert {name: each.choice.value for name, each in round_of(evaluations, room).votes.items()} == {"Amara": "1"}
    assert audit(evaluations._record.engine, room).valid


def test_a_conflict_that_is_declared_later_leaves_what_the_room_has_seen(evaluations, room):
    for name in ("Amara", "Ben"):
        vote(evaluations, room, name, "2")
    evaluations.open_round(room, Item.answer("birch", "Q1"))
    vote(evaluations, room, "Ben", "3", 2)
    evaluations.acting_as("Ben").declare(room, "Ben", {"alder": "I worked there."})
    assert set(round_of(evaluations, room).votes) == {"Amara", "Ben"}
    assert round_of(evaluations, room, 2).voted == ("Ben",)


def test_red_flags_are_voted_on_by_all_who_judge(evaluations, room):
    evaluations.judge_flag(room, "alder", "Q1-stops", None, reason="It says so.", quote="Operations stop")
    flag = Item(subject=Subject.flag, vendor="alder", question="Q1", flag="alder/Q1-stops")
    evaluations.add_evaluator(room, "Margit", Discipline.asset_owner, rating=False)
    evaluations.acting_as("Margit").declare(room, "Margit")
    evaluations.acting_as("Margit").enter(room, "Margit")
    evaluations.open_round(room, flag)
    for name, choice in (("Amara", "confirm"), ("Ben", "dismiss"), ("Margit", "confirm")):
        vote(evaluations, room, name, choice, 2)
    assert round_of(evaluations, room, 2).revealed
    with pytest.raises(Refused, match="no red flag"):
        evaluations.open_round(room, flag.model_copy(update={"flag": "alder/none"}))
    with pytest.raises(Refused, match="no red flag"):
        evaluations.open_round(room, flag.model_copy(update={"vendor": "birch"}))


def test_points_become_everybodys_weights_once_they_are_shown(evaluations, room, content):
    evaluations.open_round(room, WEIGHTS)
    sections = [section.id for section in content.sections]
    points = dict.fromkeys(sections, 50.0) | {sections[0]: 100.0}
    with pytest.raises(Refused, match="Every section"):
        vote(evaluations, room, "Amara", "points", 2, points={sections[0]: 100})
    with pytest.raises(Refused, match="100 points"):
        vote(evaluations, room, "Amara", "points", 2, points=dict.fromkeys(sections, 50))
    vote(evaluations, room, "Amara", "points", 2, points=points, reason="The first one decides.")
    assert evaluations.get(room).proposals == {}
    vote(evaluations, room, "Ben", "abstain", 2)
    now = evaluations.get(room)
    proposal = now.proposals["Amara", ""]
    assert (proposal.method, dict(proposal.given)) == (WeighingMethod.swing, points)
    assert ("Ben", "") not in now.proposals


@pytest.mark.parametrize("odd", [float("nan"), float("inf"), -1.0, 100.5])
def test_points_are_numbers_from_0_to_100(evaluations, room, content, odd):
    evaluations.open_round(room, WEIGHTS)
    first, *others = (section.id for section in content.sections)
    with pytest.raises(Refused):
        vote(evaluations, room, "Amara", "points", 2, points=dict.fromkeys(others, odd) | {first: 100.0})
    assert round_of(evaluations, room, 2).voted == ()


def test_points_of_another_round_are_proposed_again_only_where_they_changed(evaluations, room, content):
    evaluations.open_round(room, WEIGHTS)
    first, second, *others = (section.id for section in content.sections)
    points = dict.fromkeys(others, 50.0) | {first: 100.0, second: 10.0}
    for name in ("Amara", "Ben"):
        vote(evaluations, room, name, "points", 2, points=points)
    with pytest.raises(Refused, match="became proposals"):
        evaluations.undo_reveal(room, 2)
    evaluations.open_round(room, WEIGHTS)
    vote(evaluations, room, "Amara", "points", 3, points=points)
    vote(evaluations, room, "Ben", "points", 3, points=points | {second: 20.0})
    now = evaluations.get(room)
    made = [event.change for event in evaluations.history(now) if event.change.kind == "weights proposed"]
    assert [change.evaluator for change in made] == ["Amara", "Ben", "Ben"]
    assert {name: each.given[second] for (name, _), each in now.proposals.items()} == {"Amara": 10.0, "Ben": 20.0}


def test_why_an_item_was_put_off_can_be_said_later_and_is_not_lost(evaluations, room):
    for reason in ("", "Wait for the visit.", ""):
        evaluations.put_off(room, Q1, PutOff.skipped, reason=reason)
    assert evaluations.get(room).workshop.left[Q1.key].reason == "Wait for the visit."
    evaluations.put_off(room, Q1, PutOff.parked)
    assert evaluations.get(room).workshop.left[Q1.key].how is PutOff.parked
    with pytest.raises(Refused, match="500 characters"):
        evaluations.put_off(room, Q1, PutOff.parked, reason="x" * 501)


def test_an_item_is_parked_and_taken_up_again(evaluations, room):
    vote(evaluations, room, "Amara", "1")
    evaluations.put_off(room, Q1, PutOff.parked, reason="Wait for the visit.")
    left = evaluations.get(room).workshop.left[Q1.key]
    assert (left.how, left.reason) == (PutOff.parked, "Wait for the visit.")
    # The round goes on where it was.
    vote(evaluations, room, "Ben", "1")
    evaluations.open_round(room, Q1)
    assert evaluations.get(room).workshop.left == {}


def test_only_the_facilitator_and_the_chairs_lead(evaluations, room):
    evaluations.add_evaluator(room, "Ida", Discipline.security)
    ida = evaluations.acting_as(held(evaluations, room, "Ida"))
    chair = evaluations.acting_as(held(evaluations, room, "Amara"))
    for step in (
        lambda door: door.reveal(room, 1),
        lambda door: door.open_round(room, WEIGHTS),
        lambda door: door.put_off(room, Q1, PutOff.skipped),
        lambda door: door.change_workshop(room, new_code=True),
        lambda door: door.change_room(room, lambda before: before),
        lambda door: door.leave(room, "Ben"),
        lambda door: door.close_workshop(room),
    ):
        with pytest.raises(Refused, match="led by the facilitator or by a chair"):
            step(ida)
    chair.open_round(room, WEIGHTS)
    chair.close_workshop(room)
    assert evaluations.get(room).workshop is None


def held(evaluations, room, name):
    """The holder of a ballot, who does not sit at this computer."""
    visitor = evaluations.acting_as(NOBODY)
    given = visitor.join(room, evaluations.get(room).workshop.code, name)
    return visitor.ballot_held(room, given.secret)


def test_a_workshop_is_held_in_moderation_and_one_at_a_time(evaluations, renewal, opened):
    with pytest.raises(Refused, match="in the stage moderation"):
        evaluations.open_workshop(renewal)
    opened(renewal)
    evaluations.open_workshop(renewal)
    with pytest.raises(Refused, match="open already"):
        evaluations.open_workshop(renewal)
    evaluations.open_round(renewal, Q1)
    evaluations.close_workshop(renewal)
    with pytest.raises(Refused, match="No workshop is open"):
        evaluations.reveal(renewal, 1)


def test_of_many_who_press_at_once_one_is_taken(evaluations, room):
    vote(evaluations, room, "Amara", "2")
    steps = (
        lambda door: door.reveal(room, 1),
        lambda door: door.undo_reveal(room, 1),
        lambda door: door.open_round(room, WEIGHTS),
    )
    for step in steps:
        before = evaluations.get(room).sequence
        with ThreadPoolExecutor(6) as threads:
            pressed = [threads.submit(step, evaluations.acting_as(name)) for name in ("Fay", "Amara", "Ben") * 2]
        errors = [each.exception() for each in pressed if each.exception()]
        assert len(errors) == 5
        assert all(isinstance(error, Refused) for error in errors)
        assert evaluations.get(room).sequence == before + 1


def test_whoever_steers_by_an_older_screen_is_told(evaluations, room):
    seen = evaluations.room(evaluations.get(room))
    shown = evaluations.change_room(room, lambda before: before.model_copy(update={"blank": True}), seen=seen.version)
    with pytest.raises(Stale, match="moved on"):
        evaluations.change_room(room, lambda _: Room(), seen=seen.version)
    assert evaluations.room(evaluations.get(room)) == shown
    evaluations.close_workshop(room)
    assert evaluations.room(evaluations.get(room)).room == Room()


def test_with_the_end_of_the_workshop_every_vote_is_open(evaluations, room):
    vote(evaluations, room, "Amara", "3", reason="It runs.")
    evaluations.close_workshop(room)
    assert round_of(evaluations, room).votes["Amara"].reason == "It runs."
