"""What never shows on a lead view: hidden votes, masked names, answers that are closed to a chair."""

from __future__ import annotations

import re
from html import unescape
from random import SystemRandom

from ii_vendor.model.panel import WeighingMethod
from ii_vendor.model.workshop import Choice, Scene
from tests import phones
from tests.workshop.lead.view import GATE, Q1, SECTIONS, Lead, agreeing, vote


def everything(*leading: Lead) -> str:
    """All that these leaders can get hold of, with what comes back from a step."""
    texts = []
    for each in leading:
        refused = each.post(step="agree", **agreeing(level="0"), version=0)
        texts += [each.client.get(each.path).text, each.client.get(f"{each.path}/now").text, refused.text]
    return unescape("\n".join(texts))


def test_of_votes_before_they_are_shown(come, evaluations, room):
    leaders = [come(facilitates=True), come("Ben")]
    leaders[0].take("item", vendor="alder", question="Q1")
    leaders[0].take("round")
    vote(evaluations, room, Amara=1)
    phones.vote(evaluations, room, "Cora", 1, Choice.level_4, reason="marker of Cora")
    said = everything(*leaders)
    assert "Cora" in said
    assert "marker of" not in said
    leaders[1].take("reveal", confirmed=["so"])
    assert everything(*leaders).count("marker of Cora") >= 4


def test_of_names_under_masks(come, evaluations, room, monkeypatch):
    monkeypatch.setattr(SystemRandom, "shuffle", lambda *_: None)
    evaluations.mask_names(room, masked=True)
    facilitator, chair = come(facilitates=True), come("Ben")
    facilitator.take("item", vendor="vendor-a", question="Q1")
    assert evaluations.room(evaluations.get(room)).room.item == Q1
    chair.take("round")
    phones.vote(evaluations, room, "Amara", 1, Choice.level_1, reason="Alder says so itself, marker of Amara")
    assert "marker of" not in everything(facilitator, chair)
    facilitator.take("reveal", confirmed=["so"])
    said = everything(facilitator, chair)
    assert "Vendor A says so itself, marker of Amara" in said
    assert not re.search("alder|birch", said, re.IGNORECASE)
    for leading, level in ((facilitator, "0"), (chair, "4")):
        asked = leading.refused("agree", **agreeing(vendor="vendor-a", level=level))
        assert not re.search("alder|birch", str(asked), re.IGNORECASE)
        assert any("Vendor A" in reason for reason in asked["second_look"])
        leading.take("agree", **agreeing(vendor="vendor-a", level=level), confirmed=asked["second_look"])
    assert evaluations.get(room).consensus["alder", "Q1"].level == 4
    flag = {"vendor": "vendor-a", "question": "Q1", "flag": "vendor-a/Q1-stops"}
    chair.take("flag", **flag)
    chair.take("round")
    phones.vote(evaluations, room, "Amara", 2, Choice.confirm)
    chair.take("reveal", confirmed=["so"])
    chair.take("decide", **flag, state="confirmed", reason="So voted")
    facilitator.take("park")
    assert set(evaluations.get(room).workshop.left) == {GATE.key}
    assert not re.search("alder|birch", everything(facilitator, chair), re.IGNORECASE)


def test_of_interests_that_would_tell_who_is_behind_a_letter(come, evaluations, room, monkeypatch):
    monkeypatch.setattr(SystemRandom, "shuffle", lambda *_: None)
    phones.by_phone(evaluations, room, "Amara").declare(room, "Amara", {"alder": "marker of an interest"})
    chair = come("Ben")
    chair.take("item", vendor="alder", question="Q1")
    assert "No vote on this: Amara" in chair.text("people")
    evaluations.mask_names(room, masked=True)
    assert "No vote on this" not in chair.text("people")


def test_to_a_chair_whose_interests_conflict(come, evaluations, room):
    phones.by_phone(evaluations, room, "Ben").declare(room, "Ben", {"alder": "marker of an interest"})
    chair, facilitator = come("Ben"), come(facilitates=True)
    chair.take("item", vendor="alder", question="Q1")
    chair.take("round")
    phones.vote(evaluations, room, "Amara", 1, Choice.level_1, reason="marker of Amara")
    chair.take("next")
    assert "marker of Amara" in facilitator.text()
    said = everything(chair)
    for closed in ("marker of", "Operations stop", "levels 1 to", "can change Alder"):
        assert closed not in said
    assert "Your interests close this vendor to you" in said
    assert "Your interests" in chair.refused("agree", **agreeing())["error"]
    chair.refused("effect", vendor="alder", question="Q1", level="1", grade="claim")
    facilitator.take("agree", **agreeing(level="2"))
    chair.take("next")
    assert evaluations.room(evaluations.get(room)).room.scene is Scene.picture


def test_what_people_write_is_text(lead, evaluations, room):
    lead.take("item", vendor="alder", question="Q1")
    lead.take("round")
    phones.vote(evaluations, room, "Amara", 1, Choice.level_1, reason='<img src=x onerror="alert(1)">{room}')
    lead.take("reveal", confirmed=["so"])
    page = lead.client.get(lead.path).text
    assert "<img" not in page
    assert "&lt;img" in page


def test_a_proposal_from_before_is_nobodys_vote(lead, evaluations, room):
    given = dict.fromkeys(SECTIONS, 100.0)
    evaluations.propose_weights(room, "Cora", WeighingMethod.swing, given, reason="marker of Cora")
    lead.take("weights")
    lead.take("round")
    vote_points = {"critical": 100.0, "lock_in": 0.0, "flows": 0.0}
    phones.vote(evaluations, room, "Ben", 1, Choice.points, points=vote_points)
    lead.take("reveal", confirmed=["so"])
    assert "marker of Cora" not in lead.text()
    lead.refused("adopt", whose="Cora", reason="Cora knows")
