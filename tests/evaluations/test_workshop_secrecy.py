"""What nobody may see before the votes are shown, by whatever way they ask."""

from __future__ import annotations

import io
import zipfile

import pytest

from ii_vendor.evaluations import Refused
from ii_vendor.model.actor import NOBODY, Actor
from ii_vendor.model.events import Withheld
from ii_vendor.model.seat import Discipline
from ii_vendor.model.workshop import Choice, Item, PutOff, Room, Scene, Settings, Subject
from ii_vendor.report.bundle import write_bundle
from ii_vendor.report.plain import record_jsonl

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

Q1 = Item.answer("alder", "Q1")
MARKER = "marker of Ben"
VIEWERS = (
    "facilitator at this computer",
    "facilitator by link",
    "Amara at this computer",
    "Amara by ballot",
    "Ida by link",
    "Kim in conflict",
)


@pytest.fixture
def room(evaluations, opened, renewal) -> str:
    """A workshop in which Ben has voted on Alder's answer to Q1."""
    for name in ("Ida", "Kim"):
        evaluations.add_evaluator(renewal, name, Discipline.security)
    evaluations.declare(renewal, "Ida")
    evaluations.acting_as("Kim").declare(renewal, "Kim", {"alder": "A sister works there."})
    opened(renewal)
    evaluations.open_workshop(renewal, Settings(auto_reveal=False))
    evaluations.open_round(renewal, Q1)
    evaluations.vote(renewal, "Ben", 1, Choice.level_4, reason=MARKER)
    return renewal


@pytest.fixture
def viewer(evaluations, room):
    """The evaluations as one of the viewers has them."""
    visitor = evaluations.acting_as(NOBODY)

    def ballot(name: str) -> Actor:
        given = visitor.join(room, evaluations.get(room).workshop.code, name)
        actor = visitor.ballot_held(room, given.secret)
        assert actor
        return actor

    def link(name: str) -> Actor:
        session = visitor.take_seat(room, evaluations.issue_link(room, name).partition("/")[2])
        actor = visitor.seat_by_session(room, session.secret)
        assert actor
        return actor

    def come(who: str):
        match who.split():
            case "facilitator", "at", *_:
                return evaluations
            case "facilitator", *_:
                return evaluations.acting_as(Actor.facilitator("Fay", "facilitator's link"))
            case name, "at", *_:
                return evaluations.acting_as(name)
            case name, "by", "ballot":
                return evaluations.acting_as(ballot(name))
            case name, "by", "link":
                return evaluations.acting_as(link(name))
            case name, *_:
                return evaluations.acting_as(ballot(name))
        raise AssertionError(who)

    return come


def everything(door, room: str) -> str:
    """All that somebody can read of the evaluation, and take out of it."""
    found = door.get(room)
    history, content, comparison = door.history(found), door.content(found), door.compare(found)
    bundle = io.BytesIO()

    def original(sha256: str):
        return door.original(found, sha256)

    write_bundle(bundle, comparison, found, content, history, door.robustness(found), original)
    with zipfile.ZipFile(bundle) as files:
        texts = [files.read(name).decode("utf-8", "replace") for name in files.namelist() if "." in name]
    return "\n".join([repr(found), record_jsonl(history), repr(door.effects(found)), repr(door.room(found)), *texts])


@pytest.mark.parametrize("who", VIEWERS)
def test_nobody_reads_anothers_vote_before_it_is_shown(evaluations, viewer, room, who):
    door = viewer(who)
    before = everything(door, room)
    assert MARKER not in before
    seen = door.get(room).workshop.rounds[0]
    assert (seen.voted, dict(seen.votes)) == (("Ben",), {})
    evaluations.reveal(room, 1)
    assert (MARKER in everything(door, room)) == (who != "Kim in conflict")


def test_who_voted_reads_the_own_vote(evaluations, room):
    assert MARKER in repr(evaluations.acting_as("Ben").get(room))
    assert any(MARKER in repr(event) for event in evaluations.acting_as("Ben").history(evaluations.get(room)))


def test_at_this_computer_nobody_reads_the_hidden_vote_of_a_phone_by_giving_its_name(evaluations, room):
    visitor = evaluations.acting_as(NOBODY)
    given = visitor.join(room, evaluations.get(room).workshop.code, "Ben")
    by_phone = evaluations.acting_as(visitor.ballot_held(room, given.secret))
    by_phone.vote(room, "Ben", 1, Choice.level_3, reason=f"{MARKER}, by phone")
    assert MARKER in everything(by_phone, room)
    assert MARKER not in everything(evaluations.acting_as("Ben"), room)
    evaluations.reveal(room, 1)
    assert MARKER in everything(evaluations.acting_as("Ben"), room)


def test_at_this_computer_nobody_votes_for_somebody_with_a_phone(evaluations, room):
    visitor = evaluations.acting_as(NOBODY)
    given = visitor.join(room, evaluations.get(room).workshop.code, "Ben")
    evaluations.acting_as(visitor.ballot_held(room, given.secret)).vote(room, "Ben", 1, Choice.level_3)
    with pytest.raises(Refused, match="Ben takes part with a phone"):
        evaluations.vote(room, "Ben", 1, Choice.level_0)
    evaluations.leave(room, "Ben", release=True)
    evaluations.vote(room, "Ben", 1, Choice.level_0)
    evaluations.reveal(room, 1)
    assert evaluations.get(room).workshop.round(1).votes["Ben"].choice is Choice.level_0


@pytest.mark.parametrize("who", ["at this computer", "with another phone"])
def test_whoever_comes_after_a_freed_seat_does_not_read_its_hidden_vote(evaluations, room, who):
    visitor = evaluations.acting_as(NOBODY)
    code = evaluations.get(room).workshop.code
    first = evaluations.acting_as(visitor.ballot_held(room, visitor.join(room, code, "Ben").secret))
    first.vote(room, "Ben", 1, Choice.level_3, reason=MARKER)
    evaluations.leave(room, "Ben", release=True)
    after = evaluations.acting_as("Ben")
    if who == "with another phone":
        after = evaluations.acting_as(visitor.ballot_held(room, visitor.join(room, code, "Ben").secret))
    assert MARKER not in everything(after, room)
    evaluations.reveal(room, 1)
    assert MARKER in everything(after, room)


def test_at_this_computer_nobody_declares_interests_for_somebody_with_a_phone(evaluations, room):
    visitor = evaluations.acting_as(NOBODY)
    given = visitor.join(room, evaluations.get(room).workshop.code, "Ben")
    evaluations.acting_as(visitor.ballot_held(room, given.secret)).vote(room, "Ben", 1, Choice.level_3)
    with pytest.raises(Refused, match="Ben takes part with a phone"):
        evaluations.declare(room, "Ben", {"alder": "said by somebody else"})
    assert "Ben" in evaluations.get(room).workshop.round(1).voted


def test_a_reveal_that_is_undone_hides_the_votes_again(evaluations, viewer, room):
    evaluations.reveal(room, 1)
    evaluations.undo_reveal(room, 1)
    assert MARKER not in everything(viewer("Amara by ballot"), room)


def test_points_are_no_proposal_that_others_can_read_before_they_are_shown(evaluations, viewer, room, content):
    evaluations.open_round(room, Item(subject=Subject.weights))
    points = {section.id: 100.0 for section in content.sections} | {content.sections[0].id: 37.0}
    evaluations.vote(room, "Ben", 2, Choice.points, points=points, reason="other marker")
    for who in VIEWERS:
        text = everything(viewer(who), room)
        assert "other marker" not in text
        assert "37.0" not in text
    evaluations.reveal(room, 2)
    assert "other marker" in everything(evaluations, room)


def test_the_order_of_those_who_voted_says_nothing_of_votes(evaluations, room):
    evaluations.vote(room, "Amara", 1, Choice.level_0)
    evaluations.vote(room, "Ben", 1, Choice.level_2, reason="changed")
    assert evaluations.get(room).workshop.rounds[0].voted == ("Ben", "Amara")


def test_whose_interests_conflict_does_not_read_why_an_item_was_put_off(evaluations, viewer, room):
    evaluations.put_off(room, Q1, PutOff.parked, reason="marker of the room")
    for who in VIEWERS:
        assert ("marker of the room" in everything(viewer(who), room)) == (who != "Kim in conflict")


def test_a_visitor_without_a_ballot_sees_nothing_at_all(evaluations, room):
    for ask in (lambda door: door.get(room), lambda door: door.history(evaluations.get(room))):
        with pytest.raises(Refused):
            ask(evaluations.acting_as(NOBODY))


def test_under_letters_nothing_of_a_workshop_names_a_vendor(evaluations, viewer, room):
    evaluations.vote(room, "Amara", 1, Choice.level_1, reason="Alder says so itself, and Birch too.")
    evaluations.reveal(room, 1)
    evaluations.put_off(room, Item.answer("birch", "L1"), PutOff.parked, reason="Ask Birch first.")
    evaluations.mask_names(room, masked=True)
    evaluations.change_room(room, lambda _: Room(scene=Scene.item, item=Q1))
    for who in ("Amara by ballot", "Ida by link"):
        door = viewer(who)
        text = everything(door, room)
        assert "Alder" not in text
        assert "Birch" not in text
        assert "A sister works there" not in text
        assert "'alder'" not in repr(door.room(door.get(room)))
        (held,) = door.get(room).workshops
        assert held.rounds[0].item.vendor != "alder"
        assert "says so itself" in held.rounds[0].votes["Amara"].reason
        # Of votes on a vendor the record says under letters only that they were cast.
        votes = [event for event in door.history(door.get(room)) if "vote cast" in repr(event.change)]
        assert votes
        assert all(isinstance(event.change, Withheld) for event in votes)
        (left,) = held.left.values()
        assert left.reason.startswith("Ask Vendor ")
        assert left.item.vendor in {vendor.id for vendor in door.get(room).vendors}


def test_a_chair_leads_by_letters(evaluations, viewer, room):
    evaluations.mask_names(room, masked=True)
    chair = viewer("Amara by ballot")
    shown = next(item for each in chair.get(room).workshop.rounds if (item := each.item))
    assert shown.vendor != "alder"
    chair.reveal(room, 1)
    after = chair.open_round(room, shown)
    assert [each.item for each in after.workshop.rounds] == [shown, shown]
    assert evaluations.get(room).workshop.rounds[1].item == Q1
    chair.put_off(room, shown, PutOff.parked)
    assert evaluations.get(room).workshop.left[Q1.key].item == Q1


def test_a_vote_is_no_news_to_those_who_may_not_see_it(evaluations, viewer, room):
    door = viewer("Amara by ballot")
    before = evaluations.get(room).sequence
    evaluations.vote(room, "Ida", 1, Choice.level_2)
    assert door.visible_sequence(room, before) == before
    evaluations.reveal(room, 1)
    assert door.visible_sequence(room, before) == evaluations.get(room).sequence
