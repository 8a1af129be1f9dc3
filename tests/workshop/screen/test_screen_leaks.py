"""What never reaches the screen: votes before they are shown, whose they are, masked names, secrets, markup."""

from __future__ import annotations

import re
from random import SystemRandom

import pytest

from ii_vendor.evaluations.seating import hash_of
from ii_vendor.model.actor import NOBODY
from ii_vendor.model.workshop import Choice, Room, Scene, Settings
from tests import phones
from tests.workshop.conftest import ITEM
from tests.workshop.screen.view import FLAG, ROOMS, SECTIONS, WEIGHTS, agreed

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.mark.parametrize("room", ROOMS, ids=str)
def test_no_vote_is_in_it_before_all_are_shown(screen, evaluations, workshop, room):
    evaluations.raise_flag(workshop, "alder", "Q1", rule="Q1-stops", quote="Operations stop when the link is lost.")
    evaluations.open_round(workshop, FLAG)
    evaluations.open_round(workshop, WEIGHTS)
    shown = []
    for level, verdict, first in (("0", "confirm", 100.0), ("4", "dismiss", 50.0)):
        screen.votes(Amara=level)
        screen.votes(2, Amara=verdict)
        points = dict(zip(SECTIONS, (first, 150 - first, 10.0), strict=True))
        phones.vote(evaluations, workshop, "Amara", 3, Choice.points, reason="marker of Amara", points=points)
        screen.shows(room)
        assert "marker of" not in screen.text
        answer = screen.client.get(f"{screen.path}/now").json()
        answer["told"].pop("version")
        shown.append((answer["parts"], answer["told"]))
    assert shown[0] == shown[1]


def test_an_undone_reveal_hides_the_votes_again(screen, evaluations, workshop):
    screen.votes(Amara="3", Ben="0")
    evaluations.reveal(workshop, 1)
    assert "marker of Amara" in screen.text
    evaluations.undo_reveal(workshop, 1)
    assert "marker of" not in screen.text
    assert "2 of 2" in screen.text


@pytest.mark.parametrize("item", [ITEM, FLAG, WEIGHTS], ids=lambda item: item.key)
def test_without_names_nothing_tells_whose_vote_is_whose(screen, evaluations, workshop, item):
    evaluations.change_workshop(workshop, Settings(names=False, auto_reveal=False))
    evaluations.raise_flag(workshop, "alder", "Q1", rule="Q1-stops", quote="Operations stop when the link is lost.")
    choices = {ITEM: ("3", "0"), FLAG: ("confirm", "dismiss"), WEIGHTS: ("points", "points")}[item]
    seen = []
    for order in (("Amara", "Ben"), ("Ben", "Amara")):
        if seen or item != ITEM:
            evaluations.open_round(workshop, item)
        round_id = evaluations.get(workshop).workshop.rounds[-1].id
        for place, name in enumerate(order):
            points = dict(zip(SECTIONS, (100.0, 10.0 + 40 * place, 10.0), strict=True)) if item == WEIGHTS else None
            phones.vote(
                evaluations, workshop, name, round_id, Choice(choices[place]), reason=f"reason {place}", points=points
            )
        evaluations.reveal(workshop, round_id)
        screen.shows(Room(scene=Scene.item, item=item))
        assert not re.search("Amara|Ben", screen.text)
        parts = [screen.part(name) for name in ("left", "right", "foot")]
        seen.append(
            [re.sub(r'<p class="rounds-head">.*?</p>|<span class="before">.*?</span>', "", each) for each in parts]
        )
    assert seen[0] == seen[1]
    if item == ITEM:
        assert "Whoever voted 0 or 3" in seen[0][2]
        assert "“reason 1” <cite>0</cite>" in seen[0][1]


@pytest.mark.parametrize("room", ROOMS, ids=str)
def test_masked_names_stay_masked(screen, evaluations, workshop, monkeypatch, room):
    monkeypatch.setattr(SystemRandom, "shuffle", lambda *_: None)
    evaluations.raise_flag(workshop, "alder", "Q1", rule="Q1-stops", quote="Operations stop when the link is lost.")
    evaluations.mask_names(workshop, True)
    phones.vote(evaluations, workshop, "Amara", 1, Choice.level_1, reason="Alder says so itself")
    phones.vote(evaluations, workshop, "Ben", 1, Choice.level_4, reason="Birch is better")
    evaluations.reveal(workshop, 1)
    agreed(screen, 2)
    said = screen.shows(room)
    assert not re.search("alder|birch", said, re.IGNORECASE)
    if room == ROOMS[2]:
        assert "Vendor A" in said


def test_neither_ballots_nor_whoever_leads_are_in_it(screen, evaluations, workshop):
    held = evaluations.get(workshop).workshop
    secret = evaluations.acting_as(NOBODY).join(workshop, held.code, "Olu").secret
    screen.client.params = {"facilitator": "Nadia"}
    agreed(screen, 2)
    for room in ROOMS[:5]:
        said = screen.shows(room)
        assert "somebody" not in screen.client.get(f"{screen.path}/now").text
        for hidden in (secret, hash_of(secret), "Nadia"):
            assert hidden not in said


def test_words_of_vendors_and_people_are_no_markup(screen, evaluations, workshop, response_of):
    evaluations.accept_response(
        workshop, response_of("Alder", Q1="<script>alert(1)</script> stays", original=b"other"), b"other"
    )
    phones.vote(evaluations, workshop, "Amara", 1, Choice.level_3, reason="<img src=x onerror=alert(1)>")
    evaluations.reveal(workshop, 1)
    raw = screen.client.get(f"{screen.path}/now").json()["parts"]
    assert "&lt;script&gt;" in raw["left"]
    assert "&lt;img src=x" in raw["right"]
    assert "<script" not in raw["left"]
    assert "<img" not in raw["right"]
