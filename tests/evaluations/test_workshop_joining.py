"""Who comes into the room: by the code and a name, by a personal link, or from this computer."""

from __future__ import annotations

import pytest

from ii_vendor.evaluations import Refused
from ii_vendor.model.actor import NOBODY, Actor
from ii_vendor.model.seat import Discipline
from ii_vendor.model.workshop import Choice, Item, Settings
from ii_vendor.rules.seats import own_seat

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

Q1 = Item.answer("alder", "Q1")


@pytest.fixture
def room(evaluations, opened, renewal) -> str:
    opened(renewal)
    evaluations.open_workshop(renewal)
    return renewal


@pytest.fixture
def visitor(evaluations):
    """Somebody from the street."""
    return evaluations.acting_as(NOBODY)


def code_of(evaluations, room: str) -> str:
    return evaluations.get(room).workshop.code


def test_a_code_is_read_as_people_type_it(evaluations, visitor, room):
    code = code_of(evaluations, room)
    assert not set(code) & set("01IOL")
    for typed in (code, code.lower(), f" {code[:3]} {code[3:]}", f"{code[:3]}-{code[3:]}."):
        assert visitor.workshop_by_code(typed) == room


def test_codes_that_hold_no_more_open_nothing(evaluations, visitor, room):
    old = code_of(evaluations, room)
    visitor.join(room, old, "Amara")
    evaluations.change_workshop(room, new_code=True)
    for code in (old, "", "ABCDEF"):
        with pytest.raises(Refused, match="opens no workshop"):
            visitor.workshop_by_code(code)
        with pytest.raises(Refused, match="opens no workshop"):
            visitor.join(room, code, "Ben")
    assert list(evaluations.get(room).workshop.present) == ["Amara"]
    latest = code_of(evaluations, room)
    evaluations.close_workshop(room)
    with pytest.raises(Refused, match="opens no workshop"):
        visitor.join(room, latest, "Ben")


def test_a_ballot_is_its_seat_until_the_workshop_ends(evaluations, visitor, room):
    given = visitor.join(room, code_of(evaluations, room), " amara ")
    actor = visitor.ballot_held(room, given.secret)
    assert (given.evaluator, actor.name) == ("Amara", "Amara")
    assert own_seat(evaluations.get(room), actor).name == "Amara"
    assert evaluations.acting_as(actor).listing()[0].id == room
    assert visitor.ballot_held(room, "guessed") is None
    evaluations.close_workshop(room)
    assert visitor.ballot_held(room, given.secret) is None
    with pytest.raises(Refused):
        evaluations.acting_as(actor).get(room)


def test_a_ballot_lets_its_holder_do_what_the_seat_may_and_no_more(evaluations, visitor, room):
    evaluations.add_evaluator(room, "Ida", Discipline.security)
    given = visitor.join(room, code_of(evaluations, room), "Ida")
    ida = evaluations.acting_as(visitor.ballot_held(room, given.secret))
    ida.declare(room, "Ida")
    evaluations.open_round(room, Q1)
    ida.vote(room, "Ida", 1, Choice.level_1)
    with pytest.raises(Refused, match="You speak for Ida here"):
        ida.vote(room, "Ben", 1, Choice.level_1)
    with pytest.raises(Refused, match="Only the facilitator"):
        ida.add_evaluator(room, "Eve", Discipline.security)
    with pytest.raises(Refused, match="Only the facilitator"):
        ida.go_to(room, "locked", reason="no")


def test_a_seat_is_joined_once_and_freed_for_another_phone(evaluations, visitor, room):
    code = code_of(evaluations, room)
    first = visitor.join(room, code, "Amara")
    assert [seat.name for seat in visitor.seats_to_join(room, code)] == ["Ben", "Olu"]
    with pytest.raises(Refused, match="has joined already"):
        visitor.join(room, code, "Amara")
    evaluations.leave(room, "Amara", release=True)
    assert visitor.ballot_held(room, first.secret) is None
    second = visitor.join(room, code, "Amara")
    assert visitor.ballot_held(room, second.secret).name == "Amara"


def test_who_is_not_on_the_panel_joins_where_guests_may(evaluations, visitor, room):
    code = code_of(evaluations, room)
    with pytest.raises(Refused, match="Gus is not on the panel"):
        visitor.join(room, code, "Gus", Discipline.security)
    evaluations.change_workshop(room, Settings(guests=True))
    visitor.join(room, code, "Gus", Discipline.security)
    assert evaluations.get(room).seat("Gus").discipline is Discipline.security
    for name, why in (("", "Give your name"), ("x" * 61, "60 letters")):
        with pytest.raises(Refused, match=why):
            visitor.join(room, code, name)


@pytest.mark.parametrize("discipline", [Discipline.operations, Discipline.it])
def test_a_guest_never_leads(evaluations, visitor, room, discipline):
    evaluations.change_workshop(room, Settings(guests=True))
    with pytest.raises(Refused, match="facilitator adds them"):
        visitor.join(room, code_of(evaluations, room), "Gus", discipline)
    assert evaluations.get(room).seat("Gus") is None


@pytest.mark.parametrize("name", ["Somebody", "facilitator"])
def test_a_guest_does_not_pass_for_whoever_leads(evaluations, visitor, room, name):
    evaluations.change_workshop(room, Settings(guests=True))
    with pytest.raises(Refused, match="name of whoever leads"):
        visitor.join(room, code_of(evaluations, room), name)
    # Nobody took the name, so whoever has it still leads.
    evaluations.acting_as(Actor.facilitator(name, "facilitator's link")).open_round(room, Q1)


@pytest.mark.parametrize("name", ["Ben\u200b", "\u202eneB", "\u200b", "some\u200bbody", "\u2800", "\u3164"])
def test_a_guest_does_not_pass_for_another_by_what_cannot_be_seen(evaluations, visitor, room, name):
    evaluations.change_workshop(room, Settings(guests=True))
    with pytest.raises(Refused, match="cannot be seen"):
        visitor.join(room, code_of(evaluations, room), name, Discipline.security)
    assert [seat.name for seat in evaluations.get(room).evaluators] == ["Amara", "Ben", "Olu"]


@pytest.mark.parametrize("name", ["Ben\u034f", "Ben\ufe0f", "Ben\u3164", "B-e-n", "Facilitator\ufe0e", "Ｂｅｎ"])
def test_a_guest_does_not_pass_for_another_by_a_name_that_reads_alike(evaluations, visitor, room, name):
    evaluations.change_workshop(room, Settings(guests=True))
    with pytest.raises(Refused, match=r"reads like Ben|whoever leads"):
        visitor.join(room, code_of(evaluations, room), name, Discipline.security)


def test_a_chair_who_signs_in_does_not_lead_by_the_code(evaluations, visitor, room):
    evaluations.add_evaluator(room, "Cora", Discipline.it, email="cora@plant.example")
    by_code = evaluations.acting_as(
        visitor.ballot_held(room, visitor.join(room, code_of(evaluations, room), "Cora").secret)
    )
    with pytest.raises(Refused, match="is led by"):
        by_code.open_round(room, Q1)


def test_a_ballot_makes_no_personal_link(evaluations, visitor, room):
    given = visitor.join(room, code_of(evaluations, room), "Amara")
    with pytest.raises(Refused, match="whoever holds the seat"):
        evaluations.acting_as(visitor.ballot_held(room, given.secret)).issue_link(room, "Amara")


def test_whoever_left_and_joins_again_with_the_same_phone_is_back_in_the_room(evaluations, visitor, room):
    given = visitor.join(room, code_of(evaluations, room), "Amara")
    evaluations.acting_as(visitor.ballot_held(room, given.secret)).leave(room, "Amara")
    visitor.join(room, code_of(evaluations, room), "Amara", secret=given.secret)
    assert "Amara" in evaluations.get(room).workshop.present


def test_a_chair_with_a_personal_link_leads_with_it_and_not_by_the_code(evaluations, visitor, room):
    evaluations.change_workshop(room, Settings(auto_reveal=False))
    code = code_of(evaluations, room)
    link = evaluations.issue_link(room, "Amara").partition("/")[2]
    by_code = evaluations.acting_as(visitor.ballot_held(room, visitor.join(room, code, "Amara").secret))
    with pytest.raises(Refused, match="is led by"):
        by_code.open_round(room, Q1)
    by_link = evaluations.acting_as(visitor.seat_by_session(room, visitor.take_seat(room, link).secret))
    by_link.open_round(room, Q1)
    with pytest.raises(Refused, match="is led by"):
        by_code.reveal(room, 1)
    by_code.vote(room, "Amara", 1, Choice.level_2)
    evaluations.revoke_links(room, "Amara", reason="The laptop was lost.")
    again = evaluations.acting_as(visitor.ballot_held(room, visitor.join(room, code, "Amara").secret))
    again.reveal(room, 1)


def test_a_closed_seat_is_closed_to_the_workshop_too(evaluations, visitor, room):
    evaluations.close_seat(room, "Ben", reason="He left the company.")
    assert "Ben" not in [seat.name for seat in visitor.seats_to_join(room, code_of(evaluations, room))]
    with pytest.raises(Refused, match="is closed"):
        visitor.join(room, code_of(evaluations, room), "Ben")


def test_the_holder_of_a_personal_link_needs_no_code(evaluations, visitor, room):
    secret = evaluations.issue_link(room, "Ben").partition("/")[2]
    session = visitor.take_seat(room, secret)
    ben = visitor.seat_by_session(room, session.secret)
    evaluations.acting_as(ben).enter(room, "Ben")
    evaluations.acting_as(ben).enter(room, "Ben")
    assert list(evaluations.get(room).workshop.present) == ["Ben"]
    with pytest.raises(Refused):
        evaluations.acting_as(ben).enter(room, "Amara")
    with pytest.raises(Refused):
        evaluations.acting_as(Actor.facilitator("Fay", "facilitator's link")).enter(room, "Amara")


def test_nobody_joins_as_somebody_who_is_there_by_a_personal_link(evaluations, visitor, room, seated):
    ben, code = seated("Ben"), code_of(evaluations, room)
    ben.enter(room, "Ben")
    evaluations.open_round(room, Q1)
    ben.vote(room, "Ben", 1, Choice.level_1)
    assert "Ben" not in [seat.name for seat in visitor.seats_to_join(room, code)]
    with pytest.raises(Refused, match="has joined already"):
        visitor.join(room, code, "Ben")
    evaluations.leave(room, "Ben", release=True)
    assert visitor.join(room, code, "Ben").evaluator == "Ben"
    assert ben.get(room).workshop.rounds[0].voted == ("Ben",)


@pytest.mark.parametrize("end", ["revoke_links", "close_seat"])
def test_what_ends_the_links_of_a_seat_ends_its_ballot(evaluations, visitor, room, end):
    given = visitor.join(room, code_of(evaluations, room), "Ben")
    getattr(evaluations, end)(room, "Ben", reason="His phone was stolen.")
    assert visitor.ballot_held(room, given.secret) is None
    held = evaluations.get(room).workshop
    assert (dict(held.ballots), dict(held.present)) == ({}, {})


def test_only_whoever_leads_sees_ballots(evaluations, visitor, room):
    given = visitor.join(room, code_of(evaluations, room), "Amara")
    amara = evaluations.acting_as(visitor.ballot_held(room, given.secret))
    assert evaluations.get(room).workshop.ballots
    assert amara.get(room).workshop.ballots == {}
