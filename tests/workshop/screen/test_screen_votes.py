"""How the screen shows an item that is voted on, and what came of it."""

from __future__ import annotations

import re

import pytest

from ii_vendor.model.panel import FlagState
from ii_vendor.model.workshop import Choice, Room, Scene
from tests import phones
from tests.workshop.conftest import ITEM
from tests.workshop.screen.view import FLAG, SECTIONS, WEIGHTS, agreed

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_who_has_voted_is_said_and_by_how_many(screen):
    screen.votes(Amara="3")
    assert ">1 of 2</b>" in screen.part("figure")
    assert 'class="voted" data-voter="Amara"' in screen.part("foot")
    assert 'class="waits"><i role="img" aria-label="waiting"></i>Ben' in screen.part("foot")
    assert "Olu" not in screen.text


def test_the_script_knows_one_round_from_another(screen, evaluations, workshop):
    evaluations.raise_flag(workshop, "alder", "Q1", rule="Q1-stops", quote="Operations stop when the link is lost.")
    assert screen.told["round"] == 1
    screen.votes(Amara="3")
    evaluations.reveal(workshop, 1)
    assert screen.told["round"] == 1
    evaluations.open_round(workshop, ITEM)
    assert screen.told["round"] == 2
    screen.shows(Room(scene=Scene.item, item=FLAG))
    assert screen.told["round"] == 0


def test_shown_votes_say_who_and_why_and_who_speaks(screen, evaluations, workshop):
    screen.votes(Amara="3", Ben="0")
    evaluations.reveal(workshop, 1)
    assert "Lowest and highest, please speak:</span> <b>Ben (0), Amara (3)" in screen.part("foot")
    rows = re.findall(r'<li data-level="(\d)" class="(\w+)">.*?</li>', screen.part("right"))
    assert rows == [("0", "chosen"), ("1", "empty"), ("2", "empty"), ("3", "chosen"), ("4", "empty")]
    assert "“marker of Ben” <cite>Ben, 0</cite>" in screen.part("right")


def test_the_first_round_stays_beside_the_second(screen, evaluations, workshop):
    screen.votes(Amara="4", Ben="0")
    evaluations.reveal(workshop, 1)
    evaluations.open_round(workshop, ITEM)
    screen.votes(2, Amara="2")
    assert "marker of" not in screen.text
    screen.votes(2, Ben="2")
    evaluations.reveal(workshop, 2)
    right = screen.part("right")
    assert "<span>Round 1</span><span>Round 2</span>" in right
    assert re.findall(r'class="before">(.)<', right) == ["1", "·", "·", "·", "1"]
    assert "Everybody voted the same." in screen.part("foot")


def test_a_consensus_shows_with_what_it_changed(screen, evaluations, workshop):
    screen.votes(Amara="3", Ben="0")
    evaluations.reveal(workshop, 1)
    agreed(screen, 1)
    right = screen.part("right")
    assert '<span>Agreed</span><b class="big">1</b>' in right
    assert "The room read it together." in right
    assert "Autonomy" in right
    assert screen.told["state"] == "settled"
    screen.evaluations.open_round(workshop, ITEM)
    assert screen.told["state"] == "voting"
    picture = screen.shows(Room(scene=Scene.picture))
    assert "Last decision: Alder, Q1: agreed on level 1." in picture


def test_a_red_flag_is_voted_on_and_decided(screen, evaluations, workshop):
    evaluations.raise_flag(workshop, "alder", "Q1", rule="Q1-stops", quote="Operations stop when the link is lost.")
    evaluations.open_round(workshop, FLAG)
    said = screen.shows(Room(scene=Scene.item, item=FLAG))
    assert "gate: it rejects the vendor while confirmed" in said
    assert "<blockquote>Operations stop when the link is lost.</blockquote>" in said
    screen.votes(2, Amara="confirm", Ben="dismiss")
    evaluations.reveal(workshop, 2)
    assert 'class="confirm"><b class="big">1</b>' in screen.part("right")
    evaluations.decide_flag(workshop, FLAG.flag, FlagState.confirmed, reason="They say it themselves.")
    right = screen.part("right")
    assert '<b class="big">confirmed</b>' in right
    assert "They say it themselves." in right
    assert "Alder becomes rejected." in right


def test_weights_show_everybodys_dot_and_the_mean(screen, evaluations, workshop):
    evaluations.open_round(workshop, WEIGHTS)
    screen.shows(Room(scene=Scene.item, item=WEIGHTS))
    assert 'class="dot"' not in screen.part("left")
    for name, points in (("Amara", (100.0, 100.0, 0.0)), ("Ben", (100.0, 60.0, 20.0))):
        given = dict(zip(SECTIONS, points, strict=True))
        phones.vote(evaluations, workshop, name, 2, Choice.points, points=given)
    evaluations.reveal(workshop, 2)
    left = screen.part("left")
    assert left.count('class="dot"') == 6
    assert re.findall(r'class="mean">(\d+) %<', left) == ["53", "42", "5"]
    assert re.findall(r'class="now">(\d+) %<', left) == ["60", "30", "10"]
    assert "Furthest apart: " in screen.part("foot")
