"""Weights as they are led: voted on, and adopted by the facilitator."""

from __future__ import annotations

import pytest

from ii_vendor.model.workshop import Choice
from tests import phones
from tests.workshop.lead.view import SECTIONS


@pytest.fixture(autouse=True)
def voted(lead, evaluations, room):
    lead.take("weights")
    lead.take("round")
    for name, points in (("Amara", (100, 50, 50)), ("Ben", (50, 100, 50))):
        given = dict(zip(SECTIONS, points, strict=True))
        phones.vote(evaluations, room, name, 1, Choice.points, points=given, reason=f"marker of {name}")


def test_nothing_is_adopted_before_the_votes_are_shown(lead):
    lead.refused("adopt", whose="", reason="The mean")
    lead.refused("adopt", whose="Ben", reason="Ben knows")
    lead.refused("effect", whose="")
    assert "marker of" not in lead.text()


def test_the_mean_of_the_room(lead, evaluations, room):
    lead.take("reveal")
    assert "What decides 60 % 38 % 25–50 %" in lead.text("item")
    assert lead.take("effect", whose="")["effect"]
    lead.refused("adopt", whose="", reason=" ")
    lead.take("adopt", whose="", reason="We settled on it.")
    now = evaluations.get(room)
    weights = evaluations.content(now).profile.section_weights
    assert dict(weights) == pytest.approx({"critical": 37.5, "lock_in": 37.5, "flows": 25})
    assert "The mean of the points that 2 people gave" in evaluations.history(now)[-1].change.reason


def test_one_persons(lead, evaluations, room):
    lead.take("reveal")
    lead.refused("adopt", whose="Cora", reason="Cora knows")
    lead.take("adopt", whose="Ben", reason="Ben knows")
    weights = evaluations.content(evaluations.get(room)).profile.section_weights
    assert dict(weights) == pytest.approx({"critical": 25, "lock_in": 50, "flows": 25})


def test_the_facilitator_alone_adopts(come, evaluations, room):
    before = evaluations.get(room).content_hash
    chair = come("Ben")
    chair.take("reveal")
    assert "The facilitator adopts weights" in chair.text("result")
    assert "Only the facilitator" in chair.refused("adopt", whose="", reason="We settled on it.")["error"]
    assert evaluations.get(room).content_hash == before
