"""Who may have the view of whoever leads."""

from __future__ import annotations

import pytest


def test_somebody_at_this_computer(lead, evaluations, room):
    page = lead.client.get(lead.path)
    assert page.status_code == 200
    assert evaluations.get(room).workshop.code in page.text


@pytest.mark.parametrize("who", [{"facilitates": True}, {"seat": "Amara"}, {"seat": "Ben"}])
def test_the_facilitator_and_the_chairs(come, who):
    leading = come(**who)
    assert leading.client.get(leading.path).status_code == 200
    leading.take("scene", scene="agenda")


def test_a_chair_with_a_ballot_alone(come, evaluations, room):
    evaluations.leave(room, "Ben", release=True)
    assert come(ballot="Ben").take("next")["told"]["version"] == 1


@pytest.mark.parametrize("who", [{}, {"seat": "Cora"}, {"ballot": "Cora"}, {"seat": "Olu"}])
def test_nobody_else(come, who, evaluations, room):
    visitor, before = come(**who), evaluations.get(room)
    page = visitor.client.get(visitor.path)
    assert page.status_code == 403
    assert "whoever leads" in page.text
    for answer in (
        visitor.client.get(f"{visitor.path}/now"),
        visitor.client.get(f"{visitor.path}/stream"),
        visitor.post(step="next", version=0),
    ):
        assert answer.status_code == 403
        assert "Alder" not in answer.text
    assert evaluations.room(before).version == 0


def test_a_seat_that_is_closed_leads_no_more(come, evaluations, room):
    leading = come("Ben")
    leading.now()
    evaluations.close_seat(room, "Ben", reason="Left the company.")
    assert leading.client.get(f"{leading.path}/now").status_code == 403


def test_no_other_site_takes_a_step(come, evaluations, room):
    leading = come(facilitates=True)
    body = {"step": "next", "version": 0}
    answer = leading.client.post(leading.path, json=body, headers={"origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert evaluations.room(evaluations.get(room)).version == 0


def test_an_evaluation_that_does_not_exist(lead):
    for path, status in (("", 404), ("/now", 403), ("/stream", 403)):
        assert lead.client.get(f"/room/no-such/lead{path}").status_code == status
    assert lead.client.post("/room/no-such/lead", json={"step": "next"}).status_code == 403


def test_a_workshop_that_is_over(lead, evaluations, room):
    evaluations.close_workshop(room)
    page = lead.client.get(lead.path)
    assert page.status_code == 404
    assert f"/workshop?evaluation={room}" in page.text
    assert lead.client.get(f"{lead.path}/now").status_code == 403
    assert lead.post(step="next", version=0).status_code == 403


def test_votes_for_others_are_entered_at_this_computer_alone(come, evaluations, room):
    leading = come(facilitates=True)
    leading.take("item", vendor="alder", question="Q1")
    leading.take("round")
    assert "without a phone" not in leading.text("hall")
    leading.refused("vote", name="Cora", round=1, choice="2")
    assert evaluations.get(room).workshop.rounds[-1].voted == ()
