"""Who may open the screen, and what its scenes say."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from ii_vendor.model.panel import FlagState
from ii_vendor.model.seat import Discipline
from ii_vendor.model.workshop import Room, Scene, Supposed
from ii_vendor.routes.sharing import SHARED
from tests.workshop.conftest import ITEM
from tests.workshop.screen.view import Screen, agreed

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_whoever_leads_opens_it(screen, phone, visit, evaluations, workshop):
    evaluations.leave(workshop, "Ben", release=True)
    evaluations.add_evaluator(workshop, "Cora", Discipline.security)
    assert phone("Ben").get(screen.path).status_code == 200
    for other in (visit(), phone("Olu"), phone("Cora")):
        page = other.get(screen.path)
        assert page.status_code == 403
        assert "Whoever leads the workshop opens it" in page.text
        for way in ("now", "stream"):
            refused = other.get(f"{screen.path}/{way}")
            assert (refused.status_code, refused.json()) == (403, {"gone": True})


def test_without_a_workshop_it_says_so(screen, evaluations, workshop):
    evaluations.close_workshop(workshop)
    page = screen.client.get(screen.path)
    assert page.status_code == 404
    assert "No workshop is open" in page.text
    assert screen.client.get(f"{screen.path}/now").status_code == 403
    for way in ("", "/now", "/stream"):
        assert screen.client.get(f"/room/nothing-here/screen{way}").status_code == (403 if way else 404)


def test_the_holding_screen_says_how_to_join_and_who_is_there(screen, evaluations, workshop):
    code = evaluations.get(workshop).workshop.code
    said = screen.shows(Room())
    assert f"{code[:3]} {code[3:]}" in said
    assert "panel.example:8501/join" in said
    assert "<b>Amara</b> <span>operations</span>" in said
    assert 'class="qr"' in said
    assert "2 people are here" in said


def test_an_app_for_this_computer_alone_says_how_to_share_it(screen, monkeypatch):
    monkeypatch.delenv(SHARED)
    here = TestClient(screen.client.app, "http://127.0.0.1:8501", client=("127.0.0.1", 40000))
    here.portal = screen.client.portal
    said = Screen(here, screen.evaluations, screen.key).shows(Room())
    assert "ii-vendor serve --lan" in said
    assert 'class="qr"' not in said


def test_the_agenda_says_how_much_can_change_the_outcome_and_when_to_stop(screen, evaluations, workshop):
    said = screen.shows(Room(scene=Scene.agenda))
    still = evaluations.agenda(evaluations.get(workshop)).still_decisive
    assert f'<b class="big">{still}</b> items can still change the outcome' in said
    assert "levels 0 to 4" in said
    for vendor in ("alder", "birch"):
        for question in ("Q1", "Q2", "L1", "L2", "DEA-1"):
            if (vendor, question) != ("birch", "L2"):
                agreed(screen, 4 if vendor == "alder" else 1, vendor=vendor, question=question)
    for flag in ("alder/Q1-stops", "alder/Q1-vague"):
        evaluations.decide_flag(workshop, flag, FlagState.confirmed, reason="They say it themselves.")
    said = screen.shows(Room(scene=Scene.agenda))
    assert "<b>Nothing left can change the outcome.</b> You can stop here." in said
    assert "<b>9</b> agreed" in said


@pytest.mark.parametrize(
    ("supposed", "words"),
    [
        (Supposed(level=4), "If Alder, Q1, were level 4."),
        (Supposed(weights={"critical": 17, "lock_in": 80, "flows": 3}), "If “Lock-in” weighed 80 % (now 30 %)"),
    ],
)
def test_a_what_if_is_marked_and_recorded_nowhere(screen, evaluations, workshop, supposed, words):
    before = evaluations.get(workshop).sequence
    plain = screen.shows(Room(scene=Scene.picture, item=ITEM))
    said = screen.shows(Room(scene=Scene.picture, item=ITEM, supposed=supposed))
    assert "What if: not recorded." not in plain
    assert f"<b>What if: not recorded.</b> {words}" in screen.part("banner")
    assert screen.told["supposed"] is True
    assert said != plain
    assert evaluations.get(workshop).sequence == before


def test_a_dark_screen_holds_nothing(screen):
    screen.shows(Room(scene=Scene.item, item=ITEM, blank=True))
    answer = screen.client.get(f"{screen.path}/now").json()
    assert answer["told"]["scene"] == "blank"
    assert set(answer["parts"].values()) == {""}


def test_the_timer_is_told_and_counts_with_the_servers_clock(screen):
    ends = datetime.now(UTC) + timedelta(minutes=3)
    screen.shows(Room(scene=Scene.item, item=ITEM, timer_ends=ends))
    assert screen.told["ends"] == int(ends.timestamp() * 1000)
    assert re.search(r'"now": \d{13}', screen.client.get(screen.path).text)
    assert "now" not in screen.told
