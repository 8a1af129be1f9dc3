"""Rounds as they are led: votes again, undone, put off, entered for somebody."""

from __future__ import annotations

import re

import pytest

from ii_vendor.model.actor import NOBODY
from ii_vendor.model.workshop import PutOff, Settings
from tests.workshop.lead.view import Q1, vote


@pytest.fixture(autouse=True)
def at_hand(lead):
    lead.take("item", vendor="alder", question="Q1")
    lead.take("round")


def test_who_is_missing_is_named(lead, evaluations, room):
    vote(evaluations, room, Amara=2)
    said = lead.text("people")
    assert "1 of 2 has voted" in said
    assert re.search(r"✓ Amara Waiting for Ben", said)
    assert "Not in the room: Cora" in said


def test_a_vote_is_repeated_with_the_first_kept(lead, evaluations, room):
    vote(evaluations, room, Amara=2, Ben=4)
    lead.refused("round")
    lead.take("reveal")
    lead.take("round")
    first, second = evaluations.get(room).workshop.rounds
    assert (first.revealed, len(first.votes), second.revealed, second.number) == (True, 2, False, 2)


def test_a_reveal_is_undone(lead, evaluations, room):
    vote(evaluations, room, Amara=2, Ben=4)
    lead.take("reveal")
    assert "marker of Ben" in lead.text()
    lead.take("undo")
    assert not evaluations.get(room).workshop.rounds[-1].revealed
    assert "marker of Ben" not in lead.text()


def test_the_furthest_apart_speak_first(lead, evaluations, room):
    vote(evaluations, room, Amara=1, Ben=4)
    lead.take("reveal")
    assert "Speak first: Amara, Ben (1 and 4)." in lead.text("item")
    evaluations.change_workshop(room, Settings(names=False))
    said = lead.text("item")
    assert "Ask who gave 1 and 4 to speak first" in said
    assert "marker of Amara" in said
    assert not re.search(r"(?<!of )(Amara|Ben)\b", said)


def test_parked_items_come_back_at_the_end(lead, evaluations, room):
    lead.take("park", reason="The test report is missing")
    left = evaluations.get(room).workshop.left[Q1.key]
    assert (left.how, left.reason) == (PutOff.parked, "The test report is missing")
    assert evaluations.room(evaluations.get(room)).room.item != Q1
    assert "Parked Alder, Q1 The test report is missing" in lead.text("agenda")
    while "Come back" not in lead.button:
        lead.take("skip")
        lead.take("scene", scene="agenda")
    assert lead.button == "Come back to Alder, Q1"
    lead.take("next")
    assert evaluations.room(evaluations.get(room)).room.item == Q1


def test_what_was_skipped_is_not_proposed_again(lead):
    lead.take("skip")
    while lead.button != "Show where the vendors stand":
        lead.take("skip")
        lead.take("scene", scene="agenda")
    assert "you can stop here" in lead.text("go")
    lead.take("next")
    assert lead.button == "Back to the agenda"


def test_nobody_waits_for_somebody_who_left(lead, evaluations, room):
    vote(evaluations, room, Amara=2)
    lead.take("leave", name="Ben")
    assert "Ben" not in evaluations.get(room).workshop.present
    assert lead.button == "Show the votes"


def test_a_seat_is_freed_for_another_phone(lead, evaluations, room):
    code = evaluations.get(room).workshop.code
    lead.take("leave", name="Ben", release=True)
    evaluations.acting_as(NOBODY).join(room, code, "Ben")
    lead.refused("leave", name="")
    lead.refused("leave", name="Zoe")


def test_a_vote_is_entered_for_somebody_without_a_phone(lead, evaluations, room):
    assert "Cora" in lead.now()["parts"]["hall"]
    lead.take("vote", name="Cora", round=1, choice="2", reason="marker of Cora")
    assert evaluations.get(room).workshop.rounds[-1].voted == ("Cora",)
    assert "marker of Cora" not in lead.text()
    lead.take("vote", name="Cora", round=1, choice="3")
    for wrong in (
        {"name": "Ben", "choice": "2"},
        {"name": "", "choice": "2"},
        {"name": "Olu", "choice": "2"},
        {"name": "Cora", "choice": ""},
        {"name": "Cora", "choice": "confirm"},
        {"name": "Cora", "choice": "2", "round": 7},
    ):
        lead.refused("vote", **{"round": 1, **wrong})
