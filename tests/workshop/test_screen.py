"""The screen of the room as the projector gets it: what each scene says, who may open it, and what never reaches it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from random import SystemRandom

import pytest
from starlette.testclient import TestClient

from ii_vendor.evaluations import Evaluations
from ii_vendor.evaluations.seating import hash_of
from ii_vendor.facilitator import issue_key
from ii_vendor.model.actor import NOBODY
from ii_vendor.model.panel import FlagState
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.seat import Discipline
from ii_vendor.model.workshop import Choice, Item, Room, Scene, Settings, Subject, Supposed
from ii_vendor.routes import process
from ii_vendor.routes.sharing import SHARED
from ii_vendor.rules import NeedsSecondLook
from tests.workshop.conftest import ITEM

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

FLAG = Item(subject=Subject.flag, vendor="alder", question="Q1", flag="alder/Q1-stops")
WEIGHTS = Item(subject=Subject.weights)
SECTIONS = ("critical", "lock_in", "flows")
ROOMS = (
    *(Room(scene=scene, item=ITEM) for scene in Scene),
    Room(scene=Scene.item, item=ITEM, blank=True),
    Room(scene=Scene.item, item=FLAG),
    Room(scene=Scene.item, item=WEIGHTS),
    Room(scene=Scene.item, item=ITEM, supposed=Supposed(level=4)),
    Room(scene=Scene.picture, item=ITEM, supposed=Supposed(level=0)),
    Room(scene=Scene.picture, supposed=Supposed(weights={"critical": 1, "lock_in": 8, "flows": 1})),
)
"""One of everything that the screen can show."""


class Screen:
    """The window on the projector, and what steers it."""

    def __init__(self, client: TestClient, evaluations: Evaluations, key: str) -> None:
        self.client, self.evaluations, self.key = client, evaluations, key
        self.path = f"/room/{key}/screen"

    def shows(self, room: Room) -> str:
        """All that there is to get while it shows this: the page and what its script is told."""
        self.evaluations.change_room(self.key, lambda _: room)
        return self.text

    @property
    def text(self) -> str:
        answers = self.client.get(self.path), self.client.get(f"{self.path}/now")
        assert [answer.status_code for answer in answers] == [200, 200]
        return unescape("\n".join(answer.text for answer in answers))

    def part(self, name: str) -> str:
        return unescape(self.client.get(f"{self.path}/now").json()["parts"][name])

    @property
    def told(self) -> dict[str, object]:
        return self.client.get(f"{self.path}/now").json()["told"]

    def votes(self, round_id: int = 1, **by_name: str) -> None:
        for name, choice in by_name.items():
            self.evaluations.vote(self.key, name, round_id, Choice(choice), reason=f"marker of {name}")


@pytest.fixture
def screen(visit: Callable[[], TestClient], evaluations: Evaluations, workshop: str) -> Screen:
    """The screen that the facilitator opened; Amara and Ben are in the room."""
    client = visit()
    client.get(f"/facilitate?key={issue_key(process.record())}")
    held = evaluations.get(workshop).workshop
    assert held
    for name in ("Amara", "Ben"):
        evaluations.acting_as(NOBODY).join(workshop, held.code, name)
    return Screen(client, evaluations, workshop)


def agreed(screen: Screen, level: int, *, vendor: str = "alder", question: str = "Q1") -> None:
    said = {"grade": EvidenceGrade.claim, "reason": "The room read it together.", "no_evidence": True}
    try:
        screen.evaluations.agree(screen.key, vendor, question, level, **said)
    except NeedsSecondLook as look:
        screen.evaluations.agree(screen.key, vendor, question, level, **said, confirmed=look.reasons)


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
        evaluations.vote(workshop, "Amara", 3, Choice.points, reason="marker of Amara", points=points)
        screen.shows(room)
        assert "marker of" not in screen.text
        answer = screen.client.get(f"{screen.path}/now").json()
        answer["told"].pop("version")
        shown.append((answer["parts"], answer["told"]))
    assert shown[0] == shown[1]


def test_who_has_voted_is_said_and_by_how_many(screen):
    screen.votes(Amara="3")
    assert ">1 of 2</b>" in screen.part("figure")
    assert 'class="voted" data-voter="Amara"' in screen.part("foot")
    assert 'class="waits"><i aria-label="waiting"></i>Ben' in screen.part("foot")
    assert "Olu" not in screen.text


def test_an_undone_reveal_hides_the_votes_again(screen, evaluations, workshop):
    screen.votes(Amara="3", Ben="0")
    evaluations.reveal(workshop, 1)
    assert "marker of Amara" in screen.text
    evaluations.undo_reveal(workshop, 1)
    assert "marker of" not in screen.text
    assert "2 of 2" in screen.text


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
            evaluations.vote(workshop, name, round_id, Choice(choices[place]), reason=f"reason {place}", points=points)
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
    evaluations.vote(workshop, "Amara", 1, Choice.level_1, reason="Alder says so itself")
    evaluations.vote(workshop, "Ben", 1, Choice.level_4, reason="Birch is better")
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
        evaluations.decide_flag(workshop, flag, FlagState.dismissed, reason="It is about the past.")
    said = screen.shows(Room(scene=Scene.agenda))
    assert "<b>Nothing left can change the outcome.</b> You can stop here." in said
    assert "<b>9</b> agreed" in said


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
        evaluations.vote(workshop, name, 2, Choice.points, points=given)
    evaluations.reveal(workshop, 2)
    left = screen.part("left")
    assert left.count('class="dot"') == 6
    assert re.findall(r'class="mean">(\d+) %<', left) == ["53", "42", "5"]
    assert re.findall(r'class="now">(\d+) %<', left) == ["60", "30", "10"]
    assert "Furthest apart: " in screen.part("foot")


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


def test_words_of_vendors_and_people_are_no_markup(screen, evaluations, workshop, response_of):
    evaluations.accept_response(
        workshop, response_of("Alder", Q1="<script>alert(1)</script> stays", original=b"other"), b"other"
    )
    evaluations.vote(workshop, "Amara", 1, Choice.level_3, reason="<img src=x onerror=alert(1)>")
    evaluations.reveal(workshop, 1)
    raw = screen.client.get(f"{screen.path}/now").json()["parts"]
    assert "&lt;script&gt;" in raw["left"]
    assert "&lt;img src=x" in raw["right"]
    assert "<script" not in raw["left"]
    assert "<img" not in raw["right"]
