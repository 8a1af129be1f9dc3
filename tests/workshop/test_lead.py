"""The view of whoever leads: who may have it, what each step does, and what never shows on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from random import SystemRandom
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from ii_vendor.evaluations import Evaluations
from ii_vendor.facilitator import issue_key
from ii_vendor.model.actor import NOBODY
from ii_vendor.model.panel import FlagState, WeighingMethod
from ii_vendor.model.seat import Discipline, Stage
from ii_vendor.model.workshop import Choice, Item, PutOff, Room, Scene, Settings, Subject
from ii_vendor.routes import Gate, lifespan, process, site
from ii_vendor.routes.openid import Tickets
from ii_vendor.routes.sharing import ADDRESS, SHARED
from ii_vendor.workshop.site import workshop_site

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

Q1 = Item.answer("alder", "Q1")
STOPS = "alder/Q1-stops"
GATE = Item(subject=Subject.flag, vendor="alder", question="Q1", flag=STOPS)
WEIGHTS = Item(subject=Subject.weights)
SECTIONS = ("critical", "lock_in", "flows")


class Lead:
    """Somebody's lead view: what it shows, and the steps they take on it."""

    def __init__(self, client: TestClient, key: str) -> None:
        self.client, self.path = client, f"/room/{key}/lead"

    def now(self) -> dict[str, Any]:
        answer = self.client.get(f"{self.path}/now")
        assert answer.status_code == 200
        return answer.json()

    @property
    def button(self) -> str:
        """What the big button says."""
        found = re.search(r'id="next"[^>]*>([^<]*)</button>', self.now()["parts"]["go"])
        assert found
        return unescape(found.group(1))

    def post(self, **body: object) -> Any:
        return self.client.post(self.path, json=body)

    def take(self, step: str, **body: object) -> dict[str, Any]:
        """Take a step, which is allowed."""
        answer = self.post(step=step, **{"version": self.now()["told"]["version"], **body})
        assert answer.status_code == 200, answer.json()
        return answer.json()

    def refused(self, step: str, **body: object) -> dict[str, Any]:
        """Try a step, which is refused in words: gives what came back."""
        answer = self.post(step=step, **{"version": self.now()["told"]["version"], **body})
        assert answer.status_code == 409
        assert answer.json()["error"]
        return answer.json()

    def text(self, part: str = "") -> str:
        """What a part, or the whole view, says."""
        parts = self.now()["parts"]
        html = parts[part] if part else "\n".join(parts.values())
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


@pytest.fixture
def room(evaluations: Evaluations, renewal: str, opened: Callable[[str], object]) -> str:
    """The id of an evaluation with an open workshop: Amara of operations and Ben of IT have joined by phone, Cora of
    security has not. Amara and Ben lie apart on Alder's Q1, which has an undecided red flag that is a gate."""
    evaluations.add_evaluator(renewal, "Cora", Discipline.security)
    evaluations.declare(renewal, "Cora")
    for vendor in ("alder", "birch"):
        for question in ("Q1", "Q2", "L1", "DEA-1"):
            for name in ("Amara", "Ben", "Cora"):
                apart = {"Amara": 1, "Ben": 4}.get(name, 3) if question == "Q1" else 3
                level = apart if vendor == "alder" else 1
                evaluations.rate(renewal, name, vendor, question, level, reason=f"{name} read it")
    evaluations.raise_flag(renewal, "alder", "Q1", rule="Q1-stops", quote="Operations stop when the link is lost.")
    opened(renewal)
    held = evaluations.open_workshop(renewal, Settings(auto_reveal=False)).workshop
    assert held
    for name in ("Amara", "Ben"):
        evaluations.acting_as(NOBODY).join(renewal, held.code, name)
    return renewal


@pytest.fixture
def app(database: str, monkeypatch: pytest.MonkeyPatch) -> Starlette:
    monkeypatch.setenv("II_VENDOR_DATABASE_URL", database)
    monkeypatch.delenv(ADDRESS, raising=False)
    monkeypatch.delenv(SHARED, raising=False)
    tickets = Tickets(lambda: "sealed")
    routes = [*site(tickets), *workshop_site(tickets)]
    return Starlette(routes=routes, middleware=[Middleware(Gate)], lifespan=lifespan)


@pytest.fixture
def lead(app: Starlette, room: str) -> Iterator[Lead]:
    """The view of Nadia, who facilitates at this computer."""
    with TestClient(app, "http://127.0.0.1:8501", client=("127.0.0.1", 40000)) as client:
        client.params = {"facilitator": "Nadia"}
        yield Lead(client, room)


@pytest.fixture
def come(app: Starlette, monkeypatch: pytest.MonkeyPatch, room: str) -> Iterator[Callable[..., Lead]]:
    """Somebody from elsewhere comes to the shared app: by the personal link of a seat, with a ballot that they joined
    for, with the facilitator's link, or with nothing."""
    monkeypatch.setenv(SHARED, "1")
    with TestClient(app, "http://panel.example:8501", client=("192.0.2.9", 40000)) as first:

        def visit(seat: str = "", *, ballot: str = "", facilitates: bool = False) -> Lead:
            client = TestClient(app, str(first.base_url), client=("192.0.2.9", 40000), follow_redirects=False)
            client.portal = first.portal
            service = process.service(NOBODY)
            if seat:
                client.post(f"/seat/{evaluations_here().issue_link(room, seat)}")
            if ballot:
                code = evaluations_here().get(room).workshop.code
                client.cookies.set(f"ii-ballot-{room}", service.join(room, code, ballot).secret)
            if facilitates:
                client.get(f"/facilitate?key={issue_key(process.record())}")
            return Lead(client, room)

        yield visit


def evaluations_here() -> Evaluations:
    return Evaluations(process.record(), "somebody")


def vote(evaluations: Evaluations, room: str, **levels: object) -> None:
    """Votes in the newest round, each with a reason that no other page holds."""
    workshop = evaluations.get(room).workshop
    assert workshop
    for name, level in levels.items():
        evaluations.vote(room, name, len(workshop.rounds), Choice(str(level)), reason=f"marker of {name}")


def agreeing(**changed: object) -> dict[str, object]:
    """What the form of a consensus says that nothing speaks against."""
    said = {"vendor": "alder", "question": "Q1", "level": "3", "grade": "trial", "reason": "We saw it."}
    return {**said, "words": "quote:Operations stop when the link is lost.", **changed}


class TestWhoMayLead:
    def test_somebody_at_this_computer(self, lead, evaluations, room):
        page = lead.client.get(lead.path)
        assert page.status_code == 200
        assert evaluations.get(room).workshop.code in page.text

    @pytest.mark.parametrize("who", [{"facilitates": True}, {"seat": "Amara"}, {"seat": "Ben"}])
    def test_the_facilitator_and_the_chairs(self, come, who):
        leading = come(**who)
        assert leading.client.get(leading.path).status_code == 200
        leading.take("scene", scene="agenda")

    def test_a_chair_with_a_ballot_alone(self, come, evaluations, room):
        evaluations.leave(room, "Ben", release=True)
        assert come(ballot="Ben").take("next")["told"]["version"] == 1

    @pytest.mark.parametrize("who", [{}, {"seat": "Cora"}, {"ballot": "Cora"}, {"seat": "Olu"}])
    def test_nobody_else(self, come, who, evaluations, room):
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

    def test_a_seat_that_is_closed_leads_no_more(self, come, evaluations, room):
        leading = come("Ben")
        leading.now()
        evaluations.close_seat(room, "Ben", reason="Left the company.")
        assert leading.client.get(f"{leading.path}/now").status_code == 403

    def test_no_other_site_takes_a_step(self, come, evaluations, room):
        leading = come(facilitates=True)
        body = {"step": "next", "version": 0}
        answer = leading.client.post(leading.path, json=body, headers={"origin": "https://elsewhere.example"})
        assert answer.status_code == 403
        assert evaluations.room(evaluations.get(room)).version == 0

    def test_an_evaluation_that_does_not_exist(self, lead):
        for path, status in (("", 404), ("/now", 403), ("/stream", 403)):
            assert lead.client.get(f"/room/no-such/lead{path}").status_code == status
        assert lead.client.post("/room/no-such/lead", json={"step": "next"}).status_code == 403

    def test_a_workshop_that_is_over(self, lead, evaluations, room):
        evaluations.close_workshop(room)
        page = lead.client.get(lead.path)
        assert page.status_code == 404
        assert f"/workshop?evaluation={room}" in page.text
        assert lead.client.get(f"{lead.path}/now").status_code == 403
        assert lead.post(step="next", version=0).status_code == 403


class TestOnAndBack:
    def test_from_how_to_join_to_the_next_item(self, lead, evaluations, room):
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

    def test_votes_that_are_missing_are_asked_about(self, lead, evaluations, room):
        evaluations.open_round(room, Q1)
        lead.take("item", vendor="alder", question="Q1")
        vote(evaluations, room, Amara=2)
        asked = lead.refused("next")
        assert asked["second_look"] == ["1 person has not voted yet: Ben."]
        assert not evaluations.get(room).workshop.rounds[-1].revealed
        lead.take("next", confirmed=asked["second_look"])
        assert evaluations.get(room).workshop.rounds[-1].revealed_how == "by hand"

    def test_nobody_jumps_two_items(self, lead, evaluations, room):
        lead.take("next")
        version = lead.now()["told"]["version"]
        assert lead.post(step="next", version=version).status_code == 200
        second = lead.post(step="next", version=version)
        assert second.status_code == 409
        assert "moved on" in second.json()["error"]
        assert second.json()["told"]["version"] == version + 1
        assert not evaluations.get(room).workshop.rounds

    def test_the_button_does_what_it_said_or_nothing(self, lead, evaluations, room):
        lead.take("item", vendor="alder", question="Q1")
        lead.refused("next", does="reveal")
        lead.refused("next", does="item")
        lead.take("scene", scene="agenda")
        lead.take("next", does="item", takes=Q1.key)
        lead.take("skip")
        lead.take("scene", scene="agenda")
        lead.refused("next", does="item", takes=Q1.key)

    def test_a_step_sent_twice_is_taken_once(self, lead, evaluations, room):
        body = {"step": "timer", "minutes": 5, "version": 0, "id": "1-2-3"}
        first, again = lead.post(**body), lead.post(**body)
        assert (first.status_code, again.status_code) == (200, 200)
        assert again.json()["told"] == first.json()["told"]

    def test_back_undoes_nothing_in_the_record(self, lead, evaluations, room):
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

    def test_on_a_dark_screen_both_bring_the_light_back(self, lead, evaluations, room):
        for step in ("next", "back", "blank"):
            lead.take("blank")
            assert lead.button == "Light the screen again"
            lead.take(step)
            assert evaluations.room(evaluations.get(room)).room == Room()

    def test_a_step_that_is_none_changes_nothing(self, lead, evaluations, room):
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


class TestTheScreen:
    def test_nothing_of_it_is_recorded(self, lead, evaluations, room):
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

    def test_what_is_not_there_cannot_be_shown(self, lead):
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

    def test_a_vendor_that_has_not_responded_is_not_taken_up(self, lead, evaluations, room):
        evaluations.go_to(room, Stage.scoring, reason="One more asks to be heard.")
        evaluations.add_vendor(room, "Cedar")
        evaluations.go_to(room, Stage.moderation, reason="Their response comes later.")
        assert "Cedar has not responded" in lead.refused("item", vendor="cedar", question="Q1")["error"]

    def test_the_time_planned_for_an_item_begins_with_it(self, lead, evaluations, room):
        evaluations.change_workshop(room, Settings(minutes=7))
        assert lead.take("item", vendor="alder", question="Q1")["told"]["ends"]
        assert lead.take("scene", scene="picture")["told"]["ends"] is None

    def test_it_says_what_the_room_sees(self, lead, evaluations, room):
        assert evaluations.get(room).workshop.code in lead.text("screen")
        lead.take("item", vendor="alder", question="Q1")
        lead.take("round")
        vote(evaluations, room, Amara=2)
        assert "Alder, Q1. 1 of 2 has voted, and votes are hidden." in lead.text("screen")
        lead.take("blank")
        assert "the screen is dark" in lead.text("screen")


class TestRounds:
    @pytest.fixture(autouse=True)
    def at_hand(self, lead):
        lead.take("item", vendor="alder", question="Q1")
        lead.take("round")

    def test_who_is_missing_is_named(self, lead, evaluations, room):
        vote(evaluations, room, Amara=2)
        said = lead.text("people")
        assert "1 of 2 has voted" in said
        assert re.search(r"✓ Amara Waiting for Ben", said)
        assert "Not in the room: Cora" in said

    def test_a_vote_is_repeated_with_the_first_kept(self, lead, evaluations, room):
        vote(evaluations, room, Amara=2, Ben=4)
        lead.refused("round")
        lead.take("reveal")
        lead.take("round")
        first, second = evaluations.get(room).workshop.rounds
        assert (first.revealed, len(first.votes), second.revealed, second.number) == (True, 2, False, 2)

    def test_a_reveal_is_undone(self, lead, evaluations, room):
        vote(evaluations, room, Amara=2, Ben=4)
        lead.take("reveal")
        assert "marker of Ben" in lead.text()
        lead.take("undo")
        assert not evaluations.get(room).workshop.rounds[-1].revealed
        assert "marker of Ben" not in lead.text()

    def test_the_furthest_apart_speak_first(self, lead, evaluations, room):
        vote(evaluations, room, Amara=1, Ben=4)
        lead.take("reveal")
        assert "Speak first: Amara, Ben (1 and 4)." in lead.text("item")
        evaluations.change_workshop(room, Settings(names=False))
        said = lead.text("item")
        assert "Ask who gave 1 and 4 to speak first" in said
        assert "marker of Amara" in said
        assert not re.search(r"(?<!of )(Amara|Ben)\b", said)

    def test_parked_items_come_back_at_the_end(self, lead, evaluations, room):
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

    def test_what_was_skipped_is_not_proposed_again(self, lead, evaluations, room):
        lead.take("skip")
        while lead.button != "Show where the vendors stand":
            lead.take("skip")
            lead.take("scene", scene="agenda")
        assert "you can stop here" in lead.text("go")
        lead.take("next")
        assert lead.button == "Back to the agenda"

    def test_nobody_waits_for_somebody_who_left(self, lead, evaluations, room):
        vote(evaluations, room, Amara=2)
        lead.take("leave", name="Ben")
        assert "Ben" not in evaluations.get(room).workshop.present
        assert lead.button == "Show the votes"

    def test_a_seat_is_freed_for_another_phone(self, lead, evaluations, room):
        code = evaluations.get(room).workshop.code
        lead.take("leave", name="Ben", release=True)
        evaluations.acting_as(NOBODY).join(room, code, "Ben")
        lead.refused("leave", name="")
        lead.refused("leave", name="Zoe")

    def test_a_vote_is_entered_for_somebody_without_a_phone(self, lead, evaluations, room):
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


def test_votes_for_others_are_entered_at_this_computer_alone(come, evaluations, room):
    leading = come(facilitates=True)
    leading.take("item", vendor="alder", question="Q1")
    leading.take("round")
    assert "without a phone" not in leading.text("hall")
    leading.refused("vote", name="Cora", round=1, choice="2")
    assert evaluations.get(room).workshop.rounds[-1].voted == ()


class TestConsensus:
    @pytest.fixture(autouse=True)
    def voted(self, lead, evaluations, room):
        lead.take("item", vendor="alder", question="Q1")
        lead.take("round")
        vote(evaluations, room, Amara=3, Ben=2)

    def test_nothing_is_agreed_while_votes_are_hidden(self, lead):
        assert lead.now()["parts"]["result"] == ""

    def test_the_round_proposes_a_level_and_a_reason(self, lead, evaluations, room):
        lead.take("reveal")
        form = lead.now()["parts"]["result"]
        assert re.search(r'name="level"[^>]*value="2"[^>]* checked', form)
        assert "Round 1: 1 of 2 voted level 2, 1 level 3." in unescape(form)
        lead.take("round")
        vote(evaluations, room, Amara=3, Ben="abstain")
        lead.take("reveal")
        assert "Round 2: 1 of 2 voted level 3, 1 abstained." in unescape(lead.now()["parts"]["result"])

    def test_it_enters_the_record_and_the_agenda_is_worked_out_anew(self, lead, evaluations, room):
        lead.take("reveal")
        before = lead.text("agenda")
        said = lead.take("agree", **agreeing())["said"]
        assert said == "The consensus is recorded."
        agreed = evaluations.get(room).consensus["alder", "Q1"]
        assert (agreed.level, agreed.grade, agreed.reason, agreed.by) == (3, "trial", "We saw it.", "Nadia")
        assert agreed.quote == "Operations stop when the link is lost."
        assert lead.text("agenda") != before
        assert "level 3" in lead.text("agenda")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"reason": " "},
            {"words": ""},
            {"words": "Operations stop when the link is lost."},
            {"copied": "These words are not in the answer"},
            {"level": ""},
            {"level": "7"},
            {"grade": "hope"},
            {"vendor": "nobody"},
            {"vendor": ["alder"]},
            {"reason": "x" * 5000},
        ],
    )
    def test_what_is_missing_is_said(self, lead, evaluations, room, wrong):
        lead.take("reveal")
        lead.refused("agree", **agreeing(**wrong))
        assert not evaluations.get(room).consensus

    def test_without_evidence_or_with_other_words(self, lead, evaluations, room):
        lead.take("agree", **agreeing(words="none"))
        assert evaluations.get(room).consensus["alder", "Q1"].no_evidence
        lead.take("agree", **agreeing(words="none", copied="Our cloud is required at all times."))
        assert evaluations.get(room).consensus["alder", "Q1"].quote == "Our cloud is required at all times."

    def test_far_from_the_mean_it_is_looked_at_twice(self, lead, evaluations, room):
        lead.take("reveal")
        asked = lead.refused("agree", **agreeing(level="0"))["second_look"]
        assert any("a move of" in reason for reason in asked)
        lead.refused("agree", **agreeing(level="0"), confirmed=asked[:-1])
        lead.take("agree", **agreeing(level="0"), confirmed=asked)
        assert evaluations.get(room).consensus["alder", "Q1"].second_look == tuple(asked)

    def test_what_it_would_change_is_told_before(self, lead, evaluations, room):
        sequence = evaluations.get(room).sequence
        effect = lead.take("effect", vendor="alder", question="Q1", level="0", grade="claim")["effect"]
        assert "Alder becomes rejected." in effect
        assert evaluations.get(room).sequence == sequence
        lead.refused("effect", vendor="alder", question="Q1", level="", grade="claim")

    def test_a_chair_records_it_too_and_nobody_else(self, come, evaluations, room):
        come("Ben").take("agree", **agreeing())
        assert evaluations.get(room).consensus["alder", "Q1"].by == "Ben"


class TestRedFlags:
    @pytest.fixture(autouse=True)
    def voted(self, lead, evaluations, room):
        lead.take("flag", vendor="alder", question="Q1", flag=STOPS)
        lead.take("round")
        vote(evaluations, room, Amara="confirm", Ben="confirm")
        lead.take("reveal")

    body = {"vendor": "alder", "question": "Q1", "flag": STOPS}

    def test_the_vote_proposes_and_the_leader_decides(self, lead, evaluations, room):
        assert lead.button == "Decide on it first"
        form = lead.now()["parts"]["result"]
        assert re.search(r'value="confirmed"[^>]* checked', form)
        assert "Round 1: 2 of 2 voted to confirm." in form
        lead.refused("decide", **self.body, state="confirmed", reason="")
        lead.refused("decide", **self.body, state="", reason="So voted")
        lead.refused("decide", **self.body, state="raised", reason="So voted")
        lead.take("decide", **self.body, state="confirmed", reason="So voted")
        assert evaluations.get(room).flags[STOPS].state is FlagState.confirmed
        assert lead.button == "Show where the vendors stand"

    def test_a_gate_is_set_aside_by_its_two_alone(self, lead, evaluations, room):
        assert "gate" in lead.refused("decide", **self.body, state="dismissed", reason="No")["error"]
        refusal = lead.refused("decide", **self.body, state="accepted", reason="We can", owner="Margit")["error"]
        assert "operations and the asset owner" in refusal
        assert evaluations.get(room).flags[STOPS].state is FlagState.raised

    def test_a_clarification_goes_to_the_vendor(self, lead, evaluations, room):
        lead.take("decide", **self.body, state="clarification sent", reason="Ask them")
        flag = evaluations.get(room).flags[STOPS]
        assert flag.state is FlagState.clarification_sent
        lead.take("scene", scene="agenda")
        assert "red flag, Alder, Q1" not in lead.button


class TestWeights:
    @pytest.fixture(autouse=True)
    def voted(self, lead, evaluations, room):
        lead.take("weights")
        lead.take("round")
        for name, points in (("Amara", (100, 50, 50)), ("Ben", (50, 100, 50))):
            given = dict(zip(SECTIONS, points, strict=True))
            evaluations.vote(room, name, 1, Choice.points, points=given, reason=f"marker of {name}")

    def test_nothing_is_adopted_before_the_votes_are_shown(self, lead):
        lead.refused("adopt", whose="", reason="The mean")
        lead.refused("adopt", whose="Ben", reason="Ben knows")
        lead.refused("effect", whose="")
        assert "marker of" not in lead.text()

    def test_the_mean_of_the_room(self, lead, evaluations, room):
        lead.take("reveal")
        assert "What decides 60 % 38 % 25–50 %" in lead.text("item")
        assert lead.take("effect", whose="")["effect"]
        lead.refused("adopt", whose="", reason=" ")
        lead.take("adopt", whose="", reason="We settled on it.")
        now = evaluations.get(room)
        weights = evaluations.content(now).profile.section_weights
        assert dict(weights) == pytest.approx({"critical": 37.5, "lock_in": 37.5, "flows": 25})
        assert "The mean of the points that 2 people gave" in evaluations.history(now)[-1].change.reason

    def test_one_persons(self, lead, evaluations, room):
        lead.take("reveal")
        lead.refused("adopt", whose="Cora", reason="Cora knows")
        lead.take("adopt", whose="Ben", reason="Ben knows")
        weights = evaluations.content(evaluations.get(room)).profile.section_weights
        assert dict(weights) == pytest.approx({"critical": 25, "lock_in": 50, "flows": 25})

    def test_the_facilitator_alone_adopts(self, come, evaluations, room):
        before = evaluations.get(room).content_hash
        chair = come("Ben")
        chair.take("reveal")
        assert "The facilitator adopts weights" in chair.text("result")
        assert "Only the facilitator" in chair.refused("adopt", whose="", reason="We settled on it.")["error"]
        assert evaluations.get(room).content_hash == before


class TestHowItIsHeld:
    def test_settings(self, lead, evaluations, room):
        lead.take("settings", names=False, auto_reveal=True, guests=True, minutes="9")
        wanted = Settings(names=False, auto_reveal=True, guests=True, minutes=9)
        assert evaluations.get(room).workshop.settings == wanted
        lead.refused("settings", names=False, auto_reveal=True, guests=True, minutes="61")
        lead.take("settings", names=False, auto_reveal=True, guests=True, minutes="")
        assert evaluations.get(room).workshop.settings.minutes == 0

    def test_another_code(self, lead, evaluations, room):
        before = evaluations.get(room).workshop.code
        lead.take("code")
        assert evaluations.get(room).workshop.code != before
        assert before not in lead.text()

    def test_it_is_closed_once_that_is_confirmed(self, lead, evaluations, room):
        asked = lead.refused("close")["second_look"]
        assert evaluations.get(room).workshop
        answer = lead.post(step="close", confirmed=asked)
        assert (answer.status_code, answer.json()["gone"]) == (403, True)
        assert evaluations.get(room).workshop is None


class TestNothingLeaks:
    def everything(self, *leading: Lead) -> str:
        """All that these leaders can get hold of, with what comes back from a step."""
        texts = []
        for each in leading:
            refused = each.post(step="agree", **agreeing(level="0"), version=0)
            texts += [each.client.get(each.path).text, each.client.get(f"{each.path}/now").text, refused.text]
        return unescape("\n".join(texts))

    def test_of_votes_before_they_are_shown(self, come, evaluations, room):
        leaders = [come(facilitates=True), come("Ben")]
        leaders[0].take("item", vendor="alder", question="Q1")
        leaders[0].take("round")
        vote(evaluations, room, Amara=1)
        evaluations.vote(room, "Cora", 1, Choice.level_4, reason="marker of Cora")
        said = self.everything(*leaders)
        assert "Cora" in said
        assert "marker of" not in said
        leaders[1].take("reveal", confirmed=["so"])
        assert self.everything(*leaders).count("marker of Cora") >= 4

    def test_of_names_under_masks(self, come, evaluations, room, monkeypatch):
        monkeypatch.setattr(SystemRandom, "shuffle", lambda *_: None)
        evaluations.mask_names(room, masked=True)
        facilitator, chair = come(facilitates=True), come("Ben")
        facilitator.take("item", vendor="vendor-a", question="Q1")
        assert evaluations.room(evaluations.get(room)).room.item == Q1
        chair.take("round")
        evaluations.vote(room, "Amara", 1, Choice.level_1, reason="Alder says so itself, marker of Amara")
        assert "marker of" not in self.everything(facilitator, chair)
        facilitator.take("reveal", confirmed=["so"])
        said = self.everything(facilitator, chair)
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
        evaluations.vote(room, "Amara", 2, Choice.confirm)
        chair.take("reveal", confirmed=["so"])
        chair.take("decide", **flag, state="confirmed", reason="So voted")
        facilitator.take("park")
        assert set(evaluations.get(room).workshop.left) == {GATE.key}
        assert not re.search("alder|birch", self.everything(facilitator, chair), re.IGNORECASE)

    def test_to_a_chair_whose_interests_conflict(self, come, evaluations, room):
        evaluations.declare(room, "Ben", {"alder": "marker of an interest"})
        chair, facilitator = come("Ben"), come(facilitates=True)
        chair.take("item", vendor="alder", question="Q1")
        chair.take("round")
        evaluations.vote(room, "Amara", 1, Choice.level_1, reason="marker of Amara")
        chair.take("next")
        assert "marker of Amara" in facilitator.text()
        said = self.everything(chair)
        for closed in ("marker of", "Operations stop", "levels 1 to", "can change Alder"):
            assert closed not in said
        assert "Your interests close this vendor to you" in said
        assert "Your interests" in chair.refused("agree", **agreeing())["error"]
        chair.refused("effect", vendor="alder", question="Q1", level="1", grade="claim")
        facilitator.take("agree", **agreeing(level="2"))
        chair.take("next")
        assert evaluations.room(evaluations.get(room)).room.scene is Scene.picture

    def test_what_people_write_is_text(self, lead, evaluations, room):
        lead.take("item", vendor="alder", question="Q1")
        lead.take("round")
        evaluations.vote(room, "Amara", 1, Choice.level_1, reason='<img src=x onerror="alert(1)">{room}')
        lead.take("reveal", confirmed=["so"])
        page = lead.client.get(lead.path).text
        assert "<img" not in page
        assert "&lt;img" in page

    def test_a_proposal_from_before_is_nobodys_vote(self, lead, evaluations, room):
        given = dict.fromkeys(SECTIONS, 100.0)
        evaluations.propose_weights(room, "Cora", WeighingMethod.swing, given, reason="marker of Cora")
        lead.take("weights")
        lead.take("round")
        vote_points = {"critical": 100.0, "lock_in": 0.0, "flows": 0.0}
        evaluations.vote(room, "Ben", 1, Choice.points, points=vote_points)
        lead.take("reveal", confirmed=["so"])
        assert "marker of Cora" not in lead.text()
        lead.refused("adopt", whose="Cora", reason="Cora knows")
