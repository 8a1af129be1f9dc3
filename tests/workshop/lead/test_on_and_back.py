"""The big button and the way back: the natural next step, and never two at once."""

from __future__ import annotations

from ii_vendor.model.workshop import Room, Scene
from tests.workshop.lead.view import GATE, Q1, agreeing, vote


def test_from_how_to_join_to_the_next_item(lead, evaluations, room):
    def scene() -> Scene:
        return evaluations.room(evaluations.get(room)).room.scene

    assert lead.button == "Show the agenda"
    lead.take("next")
    assert (lead.button, scene()) == ("Next: Alder, Q1", Scene.agenda)
    lead.take("next")
    assert (lead.button, scene()) == ("Open the vote", Scene.item)
    lead.take("next")
    assert lead.button == "Waiting for votes"
    vote(evaluations, room, Amara=2)
    assert lead.button == "Show the votes, 1 missing"
    vote(evaluations, room, Ben=3)
    assert lead.button == "Show the votes"
    lead.take("next")
    assert evaluations.get(room).workshop.rounds[-1].revealed
    assert lead.button == "Agree on it first"
    assert "Record the consensus first, vote again, or park it." in lead.refused("next")["error"]
    assert not evaluations.get(room).consensus
    lead.take("agree", **agreeing())
    assert lead.button == "Show where the vendors stand"
    lead.take("next")
    assert scene() is Scene.picture
    assert lead.button == "Next: red flag, Alder, Q1"
    lead.take("next")
    assert evaluations.room(evaluations.get(room)).room.item == GATE


def test_votes_that_are_missing_are_asked_about(lead, evaluations, room):
    evaluations.open_round(room, Q1)
    lead.take("item", vendor="alder", question="Q1")
    vote(evaluations, room, Amara=2)
    asked = lead.refused("next")
    assert asked["second_look"] == ["1 person has not voted yet: Ben."]
    assert not evaluations.get(room).workshop.rounds[-1].revealed
    lead.take("next", confirmed=asked["second_look"])
    assert evaluations.get(room).workshop.rounds[-1].revealed_how == "by hand"


def test_nobody_jumps_two_items(lead, evaluations, room):
    lead.take("next")
    version = lead.now()["told"]["version"]
    assert lead.post(step="next", version=version).status_code == 200
    second = lead.post(step="next", version=version)
    assert second.status_code == 409
    assert "moved on" in second.json()["error"]
    assert second.json()["told"]["version"] == version + 1
    assert not evaluations.get(room).workshop.rounds


def test_the_button_does_what_it_said_or_nothing(lead):
    lead.take("item", vendor="alder", question="Q1")
    lead.refused("next", does="reveal")
    lead.refused("next", does="item")
    lead.take("scene", scene="agenda")
    lead.take("next", does="item", takes=Q1.key)
    lead.take("skip")
    lead.take("scene", scene="agenda")
    lead.refused("next", does="item", takes=Q1.key)


def test_a_step_sent_twice_is_taken_once(lead):
    body = {"step": "timer", "minutes": 5, "version": 0, "id": "1-2-3"}
    first, again = lead.post(**body), lead.post(**body)
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json()["told"] == first.json()["told"]


def test_back_undoes_nothing_in_the_record(lead, evaluations, room):
    evaluations.open_round(room, Q1)
    lead.take("item", vendor="alder", question="Q1")
    lead.take("scene", scene="picture")
    sequence, seen = evaluations.get(room).sequence, []
    while "back" in lead.now()["parts"]["go"]:
        lead.take("back")
        seen.append(evaluations.room(evaluations.get(room)).room.scene)
    assert seen == [Scene.item, Scene.agenda, Scene.holding]
    assert evaluations.get(room).sequence == sequence
    lead.take("back")
    lead.take("next")
    assert lead.button == "Back to Alder, Q1"


def test_on_a_dark_screen_both_bring_the_light_back(lead, evaluations, room):
    for step in ("next", "back", "blank"):
        lead.take("blank")
        assert lead.button == "Light the screen again"
        lead.take(step)
        assert evaluations.room(evaluations.get(room)).room == Room()


def test_a_step_that_is_none_changes_nothing(lead, evaluations, room):
    for body in (
        {"step": "dance"},
        {"step": 3},
        {},
        {"step": "next"},
        {"step": "scene", "version": 0, "scene": "x"},
    ):
        assert lead.post(**body).status_code == 409
    for raw in (b"", b"[]", b"{", b'{"step": "' + b"x" * 70_000 + b'"}'):
        assert lead.client.post(lead.path, content=raw).status_code == 400
    assert evaluations.room(evaluations.get(room)).version == 0
