"""The minutes of a workshop: every round with its votes and reasons, what came of it, and nothing too early."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.actor import NOBODY
from ii_vendor.model.panel import FlagState
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.workshop import Choice, Item, PutOff, Settings, Subject
from ii_vendor.report.minutes import minutes_html
from tests.small import NOON

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

Q1, L1 = Item.answer("alder", "Q1"), Item.answer("birch", "L1")


@pytest.fixture
def held(evaluations: Evaluations, opened, renewal: str) -> str:
    """A workshop in which two items were voted on, one of them twice."""
    opened(renewal)
    evaluations.open_workshop(renewal, Settings(auto_reveal=False, minutes=5))
    evaluations.open_round(renewal, Q1)
    vote(evaluations, renewal, 1, Amara=("0", "It <b>stops</b>."), Ben=("3", "Only the reports stop."))
    evaluations.reveal(renewal, 1)
    evaluations.undo_reveal(renewal, 1)
    evaluations.reveal(renewal, 1)
    evaluations.open_round(renewal, Q1)
    vote(evaluations, renewal, 2, Amara=("1", "Not all of it."), Ben=("1", ""))
    evaluations.reveal(renewal, 2)
    evaluations.agree(
        renewal,
        "alder",
        "Q1",
        1,
        grade=EvidenceGrade.claim,
        reason="Most of it stops.",
        no_evidence=True,
        confirmed=True,
    )
    evaluations.dissent(renewal, "Ben", "alder", "Q1", 2, reason="I would give more.")
    evaluations.open_round(renewal, L1)
    vote(evaluations, renewal, 3, Amara=("4", "hidden words"))
    return renewal


def vote(evaluations: Evaluations, key: str, round_id: int, **votes: tuple[str, str]) -> None:
    for name, (choice, reason) in votes.items():
        evaluations.vote(key, name, round_id, Choice(choice), reason=reason)


def minutes(evaluations: Evaluations, key: str, number: int = 1) -> str:
    found = evaluations.get(key)
    history, content = evaluations.history(found), evaluations.content(found)
    return minutes_html(found, found.workshops[number - 1], history, content, evaluations.compare(found))


def words_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page.split("</style>")[1])).split())


def test_every_round_stands_there_with_its_votes_and_reasons(evaluations, held):
    said = words_of(minutes(evaluations, held))
    assert "Minutes of workshop 1" in said
    assert "5 minutes are planned for an item" in said
    assert "1. Alder: Q1" in said
    assert re.search(
        r"Round 1, \d\d:\d\d Shown at \d\d:\d\d, when all were in\. The votes had been hidden again 1 time\.", said
    )
    assert "1 × level 0 and 1 × level 3, 3 levels apart." in said
    assert "Amara level 0 It <b>stops</b>. Ben level 3 Only the reports stop." in said
    assert "Amara level 1 Not all of it. Ben level 1 no reason given" in said
    assert "recorded the consensus on Alder, Q1: level 1" in said
    assert "put on record that Ben dissents on Alder, Q1: level 2, because: I would give more." in said


def test_words_are_words_and_never_markup(evaluations, held):
    assert "It <b>stops</b>" not in minutes(evaluations, held)


def test_votes_that_are_not_shown_are_in_nobodys_minutes(evaluations, held):
    for door in (evaluations, evaluations.acting_as("Ben")):
        page = minutes(door, held)
        assert "hidden words" not in page
        assert "1 vote given. Votes stay hidden until they are shown." in words_of(page)
    evaluations.close_workshop(held)
    closed = words_of(minutes(evaluations, held))
    assert "hidden words" in closed
    assert "Never shown in the room; open since the workshop was closed." in closed


def test_whoever_may_not_see_a_vendor_does_not_read_about_it(evaluations, held):
    evaluations.acting_as("Ben").declare(held, "Ben", {"alder": "I worked there."})
    page = minutes(evaluations.acting_as("Ben"), held)
    assert "1. Alder: Q1 On its own This vendor is closed to you." in words_of(page)
    assert "Not all of it." not in page
    assert "Most of it stops." not in page


def test_vendors_under_letters_stay_under_letters(evaluations, held):
    evaluations.mask_names(held, masked=True)
    visitor = evaluations.acting_as(NOBODY)
    given = visitor.join(held, evaluations.get(held).workshop.code, "Amara")
    page = minutes(evaluations.acting_as(visitor.ballot_held(held, given.secret)), held)
    assert "Vendors’ names were hidden" in words_of(page)
    assert "Alder" not in page
    assert "alder" not in page


def test_red_flags_weights_and_what_was_put_off_stand_there_too(evaluations, held):
    evaluations.judge_flag(held, "alder", "Q1-stops", None, reason="It says so.", quote="Operations stop")
    flag = Item(subject=Subject.flag, vendor="alder", question="Q1", flag="alder/Q1-stops")
    evaluations.open_round(held, flag)
    vote(evaluations, held, 4, Amara=("confirm", "Read it."))
    evaluations.reveal(held, 4)
    evaluations.decide_flag(held, "alder/Q1-stops", FlagState.confirmed, reason="All agree.")
    evaluations.open_round(held, Item(subject=Subject.weights))
    evaluations.put_off(held, L1, PutOff.parked, reason="Olu has to look it up.")
    said = words_of(minutes(evaluations, held))
    assert "Round 1 on the red flag “Q1-stops holds” (Alder, Q1)" in said
    assert "Amara confirm Read it." in said
    assert "confirmed, because: All agree." in said
    assert "What should weigh how much" in said
    assert "parked Birch, L1, because: Olu has to look it up." in said


def test_the_time_at_hand_runs_until_the_next_item(evaluations, held):
    evaluations.close_workshop(held)
    found = evaluations.get(held)
    content, comparison = evaluations.content(found), evaluations.compare(found)
    # One event a minute.
    history = [
        event.model_copy(update={"at": NOON + number * timedelta(minutes=1)})
        for number, event in enumerate(evaluations.history(found))
    ]
    said = words_of(minutes_html(found, found.workshops[0], history, content, comparison))
    # Two rounds of two votes, a reveal undone and shown again, a consensus and a dissent, up to the next round.
    assert re.search(r"1\. Alder: Q1 .*? Taken up at \d\d:\d\d UTC, 12 minutes\.", said)
    assert re.search(r"2\. Birch: L1 .*? Taken up at \d\d:\d\d UTC, 2 minutes\.", said)


def test_the_minutes_can_be_checked_against_the_record(evaluations, held):
    found = evaluations.get(held)
    page = minutes(evaluations, held)
    assert found.record_hash in page
    assert found.content_hash in page
    assert f"ii-vendor audit verify {held} --hash {found.record_hash[:16]}" in words_of(page)
    assert "http" not in page


def test_a_second_workshop_has_minutes_of_its_own(evaluations, held):
    evaluations.close_workshop(held)
    evaluations.open_workshop(held)
    evaluations.open_round(held, L1)
    said = words_of(minutes(evaluations, held, 2))
    assert "Minutes of workshop 2" in said
    assert "Alder: Q1" not in said
    assert "1. Birch: L1" in said
