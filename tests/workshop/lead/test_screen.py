"""What whoever leads has the screen show, and how the workshop is held."""

from __future__ import annotations

import pytest

from ii_vendor.model.seat import Stage
from ii_vendor.model.workshop import Item, Scene, Settings
from tests.workshop.lead.view import GATE, STOPS, WEIGHTS, vote


def test_nothing_of_it_is_recorded(lead, evaluations, room):
    sequence = evaluations.get(room).sequence
    now = lambda: evaluations.room(evaluations.get(room)).room  # noqa: E731
    lead.take("scene", scene="picture")
    assert now().scene is Scene.picture
    lead.take("flag", vendor="alder", question="Q1", flag=STOPS)
    assert (now().scene, now().item) == (Scene.item, GATE)
    lead.take("weights")
    assert now().item == WEIGHTS
    lead.take("item", vendor="birch", question="L1")
    assert now().item == Item.answer("birch", "L1")
    lead.take("timer", minutes="5")
    first = now().timer_ends
    lead.take("timer", minutes=2, more=True)
    assert (now().timer_ends - first).total_seconds() == 120
    lead.take("timer", stop=True)
    assert now().timer_ends is None
    lead.take("suppose", level="4")
    assert (now().scene, now().supposed.level) == (Scene.picture, 4)
    lead.take("suppose", section="lock_in", share=65)
    assert dict(now().supposed.weights) == pytest.approx({"critical": 30, "lock_in": 65, "flows": 5})
    assert "“Lock-in” weighed 65" in lead.text("screen")
    lead.take("suppose", clear=True)
    assert now().supposed is None
    assert evaluations.get(room).sequence == sequence


def test_what_is_not_there_cannot_be_shown(lead):
    lead.refused("scene", scene="item")
    lead.refused("item", vendor="nobody", question="Q1")
    lead.refused("item", vendor="alder", question="Q9")
    lead.refused("flag", vendor="birch", question="Q1", flag=STOPS)
    for minutes in (0, 121, "", "many", True, None):
        lead.refused("timer", minutes=minutes)
    lead.refused("suppose", level="4")
    lead.take("item", vendor="alder", question="Q1")
    for wrong in (
        {"level": "5"},
        {"level": "n/a"},
        {"section": "x", "share": 5},
        {"section": "flows", "share": 101},
    ):
        lead.refused("suppose", **wrong)


def test_a_vendor_that_has_not_responded_is_not_taken_up(lead, evaluations, room):
    evaluations.close_workshop(room)
    evaluations.go_to(room, Stage.scoring, reason="One more asks to be heard.")
    evaluations.add_vendor(room, "Cedar")
    evaluations.go_to(room, Stage.moderation, reason="Their response comes later.")
    evaluations.open_workshop(room)
    assert "Cedar has not responded" in lead.refused("item", vendor="cedar", question="Q1")["error"]


def test_the_time_planned_for_an_item_begins_with_it(lead, evaluations, room):
    evaluations.change_workshop(room, Settings(minutes=7))
    assert lead.take("item", vendor="alder", question="Q1")["told"]["ends"]
    assert lead.take("scene", scene="picture")["told"]["ends"] is None


def test_it_says_what_the_room_sees(lead, evaluations, room):
    assert evaluations.get(room).workshop.code in lead.text("screen")
    lead.take("item", vendor="alder", question="Q1")
    lead.take("round")
    vote(evaluations, room, Amara=2)
    assert "Alder, Q1. 1 of 2 has voted, and votes are hidden." in lead.text("screen")
    lead.take("blank")
    assert "the screen is dark" in lead.text("screen")


def test_settings(lead, evaluations, room):
    lead.take("settings", names=False, auto_reveal=True, guests=True, minutes="9")
    wanted = Settings(names=False, auto_reveal=True, guests=True, minutes=9)
    assert evaluations.get(room).workshop.settings == wanted
    lead.refused("settings", names=False, auto_reveal=True, guests=True, minutes="61")
    lead.take("settings", names=False, auto_reveal=True, guests=True, minutes="")
    assert evaluations.get(room).workshop.settings.minutes == 0


def test_another_code(lead, evaluations, room):
    before = evaluations.get(room).workshop.code
    lead.take("code")
    assert evaluations.get(room).workshop.code != before
    assert before not in lead.text()


def test_it_is_closed_once_that_is_confirmed(lead, evaluations, room):
    asked = lead.refused("close")["second_look"]
    assert evaluations.get(room).workshop
    answer = lead.post(step="close", confirmed=asked)
    assert (answer.status_code, answer.json()["gone"]) == (403, True)
    assert evaluations.get(room).workshop is None
